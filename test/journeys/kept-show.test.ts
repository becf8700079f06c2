// A show as it is kept: a light host goes live, pins, drops, comes back and ends; then its replay, its orders' moments, its downloads,
// and its end, over the public API of a whole server.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import type { OrderMoments, PinEntry, Replay, Storage } from '../../server/protocol/replay.ts';
import { LightPeers, throughSocket } from '../support/light-peer.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../support/start-app.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';

let test: TestApp;
let market: Market;
let host: TestSocket;
let peers: LightPeers;
let apples: string;
let pears: string;
let orderId: string;
let strangeOrderId: string;
/** When things happened by the server's clock, from before they were asked for until they were done. */
const at: Record<'first' | 'pears' | 'ordered' | 'dropped' | 'back' | 'apples' | 'ended', { from: number; to: number }> = Object.create(null);
async function noted<T>(what: keyof typeof at, done: Promise<T>): Promise<T> {
  const from = Date.now();
  const result = await done;
  at[what] = { from, to: Date.now() };
  return result;
}
/** That `ms` is a moment of the span, give or take. */
function expectWithin(ms: number, { from, to }: { from: number; to: number }, toleranceMs: number): void {
  expect(ms).toBeGreaterThan(from - toleranceMs);
  expect(ms).toBeLessThan(to + toleranceMs);
}
/** How much later something was than something else, at least and at most. */
const later = (then: { from: number; to: number }, since: { from: number; to: number }) => ({ from: then.from - since.to, to: then.to - since.from });

const address = (rest = '') => `/api/v1/shows/${market.show.id}${rest}`;
const pin = (...productIds: string[]) => test.call('PUT', address('/pins'), { token: market.hostToken, body: { productIds } });
const readReplay = () => test.call<Replay>('GET', address('/replay'));
/** @returns how to stop, as a phone does that closes its page */
async function goLive(): Promise<() => Promise<void>> {
  const signalling = throughSocket((name, input) => host.ask(name, input));
  let transportId = '';
  const publish = async () => {
    const transport = await signalling.publish();
    transportId = transport.id;
    return transport;
  };
  const publisher = await peers.publish({ ...signalling, publish });
  return async () => {
    publisher.close();
    await host.ask('media.close', { transportId });
  };
}
async function place(product = market.products[0]!): Promise<string> {
  const placed = await test.call('POST', address('/orders'), { body: orderOf(product), headers: { 'idempotency-key': newId('key') } });
  expect(placed.status).toBe(201);
  return placed.body.id;
}

beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [10, 10, 10]);
  [apples, pears] = market.products.map(({ id }) => id) as [string, string];
  host = await openSocket(test.url, market.hostToken);
  const { rtpCapabilities } = await host.ask('show.join', { showId: market.show.id });
  peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
});
afterAll(async () => {
  peers?.close();
  host?.close();
  await test?.close();
});

describe('a show that is recorded', () => {
  it('is none before its first picture', async () => {
    expect((await readReplay()).body.code).toBe('replay.not-found');
    expect((await test.call('GET', address())).body.replay).toBe('none');
  });

  it('is recorded from its first picture, over a drop', async () => {
    await pin(apples);
    const hangUp = await noted('first', goLive());
    expect((await host.next('replay.changed')).state).toBe('recording');
    expect((await host.next('stream.changed', ({ stream }) => stream.recording === 'on')).stream.hls).toBe(true);
    await delay(4_000);
    await noted('pears', pin(pears));
    await delay(1_000);
    strangeOrderId = await noted('ordered', place(market.products[2]));
    orderId = await place();

    // What is recorded so far goes to the last whole segment, and a chapter has three seconds at least.
    await expect.poll(async () => (await readReplay()).body, { timeout: 20_000, interval: 250 }).toMatchObject({ state: 'recording', hlsUrl: null, chapters: [{ productId: apples }, { productId: pears }] });
    await noted('dropped', hangUp());
    await host.next('stream.changed', ({ stream }) => stream.producers.length === 0);
    await noted('back', goLive());
    await delay(2_000);
    await noted('apples', pin(apples, pears));
    await delay(4_000);
  });

  it('can be watched again seconds after its end', async () => {
    const from = Date.now();
    await noted('ended', test.call('POST', address('/end'), { token: market.hostToken, body: {} }));
    expect((await host.next('replay.changed', ({ state }) => state !== 'recording')).state).toBe('ready');
    expect(Date.now() - from).toBeLessThan(5_000);
    expect((await test.call('GET', address())).body.replay).toBe('ready');
  });
});

describe('its replay', () => {
  let replay: Replay;
  beforeAll(async () => {
    replay = (await readReplay()).body;
  });

  it('is as long as the show was on the air', () => {
    const [first, second] = [later(at.dropped, at.first), later(at.ended, at.back)];
    expectWithin(replay.durationMs, { from: first.from + second.from, to: first.to + second.to }, replay.durationMs * 0.01 + 300);
    expect(replay.stretches.map(({ startMs }) => startMs)).toEqual([0, replay.stretches[0]!.endMs]);
  });

  it('has a chapter for each time that a product was explained, where it was', () => {
    const firstMs = replay.stretches[0]!.endMs;
    const second = replay.stretches[1]!;
    expect(replay.chapters.map(({ productId }) => productId)).toEqual([apples, pears, apples]);
    const [first, middle, last] = replay.chapters;
    expect(first!.startMs).toBe(0);
    expectWithin(middle!.startMs + replay.startedAt, at.pears, 300);
    expectWithin(last!.startMs - firstMs + second.at, at.apples, 300);
    expect(last!.endMs).toBe(replay.durationMs);
    expect(replay.pins.map(({ productIds }) => productIds)).toEqual([[apples], [pears], [apples, pears]]);
  });

  it('is played from the same address as the show was', async () => {
    const playlist = await fetch(test.url + replay.hlsUrl);
    expect(playlist.status).toBe(200);
    const name = (await playlist.text()).split('\n').find((line) => line !== '' && !line.startsWith('#'))!;
    const video = await (await fetch(new URL(name, playlist.url))).text();
    expect(video).toContain('#EXT-X-ENDLIST');
    const seconds = [...video.matchAll(/#EXTINF:([\d.]+)/g)].reduce((total, [, length]) => total + Number(length), 0);
    expect(Math.abs(seconds * 1000 - replay.durationMs)).toBeLessThan(100);
  });

  it('can be taken as clips by anybody, and whole by its staff only', async () => {
    const clip = await fetch(test.url + replay.chapters[1]!.clipUrl);
    expect([clip.status, clip.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(Buffer.from(await clip.arrayBuffer()).subarray(4, 8).toString()).toBe('ftyp');

    const whole = address('/replay/show.mp4');
    expect((await fetch(test.url + whole)).status).toBe(403);
    expect((await fetch(`${test.url}${whole}?ticket=made-up-ticket`)).status).toBe(403);
    expect((await test.call('POST', address('/replay/download'), { body: {} })).status).toBe(401);
    const { url } = (await test.call('POST', address('/replay/download'), { token: market.hostToken, body: {} })).body;
    const download = await fetch(test.url + url);
    expect([download.status, download.headers.get('content-disposition')]).toEqual([200, `attachment; filename="show.mp4"; filename*=UTF-8''Apples.mp4`]);
    expect((await download.arrayBuffer()).byteLength).toBeGreaterThan(100_000);
  });

  it('refuses clips that are too long, backwards or outside', async () => {
    for (const query of ['', '?from=0', '?from=0&to=300001', '?from=5&to=5', '?from=9000&to=1000', '?from=-1&to=5', '?from=0&to=1e3', '?from=0&to=1000&x=1', '?from=900000&to=901000']) {
      expect((await test.call('GET', address(`/replay/clip.mp4${query}`))).body.code, query).toBe('input.invalid');
    }
  });

  it('keeps the record of pins for its staff, also as a table', async () => {
    const path = address('/pins/log');
    expect((await test.call('GET', path)).status).toBe(401);
    const { entries } = (await test.call<{ entries: PinEntry[] }>('GET', path, { token: market.hostToken })).body;
    expect(entries.map(({ productId, rank, startMs, endMs }) => [productId, rank, startMs, endMs])).toEqual([
      [apples, 0, 0, replay.chapters[0]!.endMs],
      [pears, 0, replay.chapters[1]!.startMs, replay.chapters[1]!.endMs],
      [apples, 0, replay.chapters[2]!.startMs, replay.durationMs],
      [pears, 1, replay.chapters[2]!.startMs, replay.durationMs],
    ]);
    expectWithin(entries.at(-1)!.endedAt!, at.ended, 1_000);
    const table = await fetch(`${test.url}${path}.csv`, { headers: { authorization: `Bearer ${market.hostToken}` } });
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await table.text()).trim().split('\r\n')).toHaveLength(5);
  });

  it('leads from an order to the seconds in which its product was shown', async () => {
    const read = async (id: string, token?: string) => test.call<OrderMoments>('GET', `/api/v1/orders/${id}/moments`, token ? { token } : {});
    const { body } = await read(orderId);
    const [first] = replay.chapters;
    expect(body).toMatchObject({ orderId, showId: market.show.id, reason: null, keptUntil: replay.keptUntil });
    expect(body.moments).toEqual([
      {
        productId: apples,
        name: 'Apples 1',
        fromMs: 0,
        toMs: first!.endMs,
        why: 'pinned',
        url: `${test.url}/demo/shop.html?show=${market.show.id}&t=0`,
        thumbnailUrl: first!.thumbnailUrl,
        clipUrl: first!.clipUrl,
      },
    ]);
    const [strange] = (await read(strangeOrderId, market.hostToken)).body.moments;
    expect(strange).toMatchObject({ why: 'before-order', fromMs: 0 });
    expectWithin(strange!.toMs + replay.startedAt, at.ordered, 500);
    expect((await read(orderId, (await openMarket(test)).hostToken)).body.code).toBe('auth.forbidden');
    expect((await read('ord_aaaaaaaaaaaaaaaaaaaaaaaa')).body.code).toBe('not-found');
  });

  it('takes room that the operator sees', async () => {
    const storage = (await test.call<Storage>('GET', '/api/v1/storage', { token: test.operatorToken })).body;
    expect(storage).toMatchObject({ budgetBytes: 20e9, reserveBytes: 1_024e6, state: 'ok', retentionDays: 30 });
    expect(storage.recordings).toEqual([
      expect.objectContaining({ showId: market.show.id, title: 'Apples', sellerName: 'Orchard', state: 'ready', durationMs: replay.durationMs, keptUntil: replay.keptUntil }),
    ]);
    expect(storage.usedBytes).toBe(storage.recordings[0]!.bytes);
    expect(storage.usedBytes).toBeGreaterThan(300_000);
  });
});

describe('the end of it', () => {
  it('is the replay\'s when its host says so; orders and the record of pins stay', async () => {
    expect((await test.call('DELETE', address('/replay'), { token: (await openMarket(test)).hostToken })).body.code).toBe('auth.forbidden');
    expect((await test.call('DELETE', address('/replay'), { token: market.hostToken })).status).toBe(204);
    expect((await host.next('replay.changed', ({ state }) => state === 'none')).showId).toBe(market.show.id);
    expect((await readReplay()).body.code).toBe('replay.not-found');
    expect((await test.call('DELETE', address('/replay'), { token: market.hostToken })).body.code).toBe('replay.not-found');
    expect((await test.call<OrderMoments>('GET', `/api/v1/orders/${orderId}/moments`)).body).toMatchObject({ moments: [], reason: 'deleted' });
    expect((await test.call('GET', address('/pins/log'), { token: market.hostToken })).body.entries).toHaveLength(4);
    expect((await test.call<Storage>('GET', '/api/v1/storage', { token: test.operatorToken })).body).toMatchObject({ usedBytes: 0, recordings: [] });
  });

  it('is the whole show\'s once no order is open, with everybody\'s data', async () => {
    const erase = (token: string) => test.call('DELETE', address(), { token });
    expect((await erase(market.hostToken)).body.code).toBe('auth.forbidden');
    expect((await erase(test.operatorToken)).body).toMatchObject({ code: 'show.open-orders', params: { count: 2 } });
    for (const id of [orderId, strangeOrderId]) await test.call('POST', `/api/v1/orders/${id}/cancel`, { body: {} });
    expect((await erase(test.operatorToken)).status).toBe(204);

    expect((await test.call('GET', address())).body.code).toBe('not-found');
    expect((await test.call('GET', '/api/v1/shows')).body.shows.map(({ id }: { id: string }) => id)).not.toContain(market.show.id);
    const { body: order } = await test.call('GET', `/api/v1/orders/${orderId}`);
    expect(order).toMatchObject({ number: 2, totalMinor: 1000, buyer: { name: '', address: '' } });
    expect((await erase(test.operatorToken)).body.code).toBe('not-found');
  });
});
