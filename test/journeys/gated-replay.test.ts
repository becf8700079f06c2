// A replay behind a gate: nothing of it for strangers, and addresses with a pass for those who are in, because pictures send no token.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderMoments, Replay } from '../../server/protocol/replay.ts';
import { type KeptShows, startWithKeptShow } from '../support/kept-shows.ts';

let test: KeptShows;
let replay: Replay;
const address = (rest = '') => `/api/v1/shows/${test.market.show.id}${rest}`;
const problemOf = async (path: string) => (await test.call('GET', path)).body.code;
const statusOf = async (path: string) => (await fetch(test.url + path)).status;
const frame = (template: string) => template.replace('{ms}', '3000').replace('{width}', '480');
const clip = (template: string) => template.replace('{from}', '2000').replace('{to}', '6000');

beforeAll(async () => {
  test = await startWithKeptShow();
  await test.call('PUT', address('/gate'), { token: test.market.hostToken, body: { needsCode: true, code: 'APPLES26' } });
  replay = (await test.call<Replay>('GET', address('/replay'), { token: test.market.hostToken })).body;
});
afterAll(() => test.close());

describe('the replay of a gated show', () => {
  it('is nothing for who has not entered the code, by any address', async () => {
    expect(await problemOf(address('/replay'))).toBe('show.gated');
    expect(await problemOf(address('/replay/frames/3000/480'))).toBe('show.gated');
    expect(await problemOf(address('/replay/clip.mp4?from=2000&to=6000'))).toBe('show.gated');
    expect(await problemOf(address('/replay/clip.mp4?from=2000&to=6000&pass=AAAAAAAAAAAAAAAAAAAAAA'))).toBe('show.gated');
    expect(await statusOf(`/hls/${test.market.show.id}/index.m3u8`)).toBe(403);
  });

  it('is there by its addresses for who is in, without a token', async () => {
    const { viewerToken } = (await test.call('POST', address('/admission'), { body: { code: 'apples 26' } })).body;
    const seen = (await test.call<Replay>('GET', address('/replay'), { token: viewerToken })).body;
    expect(seen).toEqual(replay);
    expect(await statusOf(seen.hlsUrl!)).toBe(200);
    expect(await statusOf(clip(seen.clipUrl))).toBe(200);
    const picture = await fetch(test.url + frame(seen.frameUrl));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(await statusOf(seen.chapters[0]!.thumbnailUrl)).toBe(200);
  });

  it('gives a buyer the moment of their order: who has ordered was inside', async () => {
    const { moments } = (await test.call<OrderMoments>('GET', `/api/v1/orders/${test.orderId}/moments`)).body;
    expect(moments).toMatchObject([{ productId: test.market.products[0]!.id, fromMs: 2_000, toMs: 10_000, why: 'pinned' }]);
    expect(await statusOf(moments[0]!.clipUrl)).toBe(200);
  });

  it('has no pass for another show', async () => {
    const pass = new URL(clip(replay.clipUrl), test.url).searchParams.get('pass');
    const other = (await test.call('POST', '/api/v1/shows', { token: test.operatorToken, body: { title: 'Other', hostName: 'Li' } })).body;
    await test.call('PUT', `/api/v1/shows/${other.id}/gate`, { token: test.operatorToken, body: { needsCode: true, code: 'PEARS26' } });
    expect(await problemOf(`/api/v1/shows/${other.id}/replay/clip.mp4?from=0&to=1000&pass=${pass}`)).toBe('show.gated');
  });
});
