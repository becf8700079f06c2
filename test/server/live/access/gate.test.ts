// A gated show as people meet it: who gets in, by which code, from which site, for how long, and what guessing costs.
import { join as joinPath } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../../server/app.ts';
import { HlsPasses } from '../../../../server/media/index.ts';
import { systemClock } from '../../../../server/platform/clock.ts';
import type { FreshCode } from '../../../../server/protocol/gate.ts';
import { newId } from '../../../../server/protocol/ids.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';
import { openSocket } from '../../../support/socket.ts';

const CODE = 'APPLE2026';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.close());

const at = (market: Market, path: string) => `/api/v1/shows/${market.show.id}${path}`;
const setGate = (market: Market, body: object) => test.call('PUT', at(market, '/gate'), { token: market.hostToken, body });
const gateOf = async (market: Market) => (await test.call('GET', at(market, '/gate'), { token: market.hostToken })).body;
const makeCodes = async (market: Market, count: number): Promise<FreshCode[]> =>
  (await test.call('POST', at(market, '/gate/codes'), { token: market.hostToken, body: { count } })).body.codes;
const enter = (market: Market, code: string, options: { token?: string; headers?: Record<string, string> } = {}) =>
  test.call('POST', at(market, '/admission'), { body: { code }, ...options });
const order = (market: Market, token?: string) =>
  test.call('POST', at(market, '/orders'), { ...(token ? { token } : {}), body: orderOf(market.products[0]!), headers: { 'idempotency-key': newId('key') } });

async function gatedMarket(): Promise<Market> {
  const market = await openMarket(test);
  expect((await setGate(market, { needsCode: true, code: CODE })).status).toBe(200);
  return market;
}

/** A join's error, or its value. */
async function join(market: Market, token?: string, app: Pick<App, 'url'> = test) {
  const socket = await openSocket(app.url, token);
  const result = await socket.send('show.join', { showId: market.show.id });
  socket.close();
  return result.ok ? { value: result.value } : { error: result.error };
}

describe('a show that needs a code', () => {
  it('shows nothing of what is inside to a stranger, over any entrance', async () => {
    const market = await gatedMarket();
    const refusal = { code: 'show.gated', params: { hasCode: 1, title: 'Apples' } };
    expect((await join(market)).error).toMatchObject(refusal);
    expect((await test.call('GET', at(market, ''))).body).toMatchObject({ status: 403, ...refusal });
    expect((await order(market)).body).toMatchObject(refusal);
    const whep = await fetch(`${test.url}/whep/${market.show.id}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: 'v=0' });
    expect(await whep.json()).toMatchObject(refusal);
  });

  it('lets its staff pass', async () => {
    const market = await gatedMarket();
    for (const token of [market.hostToken, test.operatorToken]) {
      expect((await join(market, token)).value?.isStaff).toBe(true);
      expect((await test.call('GET', at(market, ''), { token })).status).toBe(200);
    }
    const other = await openMarket(test);
    expect((await join(market, other.hostToken)).error?.code).toBe('show.gated');
  });

  it('lets a device in by the code, however it is typed, and gives it an identity', async () => {
    const market = await gatedMarket();
    const { status, body } = await enter(market, ' apple-２０２６ ');
    expect(status).toBe(200);
    const token = body.viewerToken;
    expect((await join(market, token)).value?.snapshot.show).toMatchObject({ needsCode: true });
    expect((await test.call('GET', at(market, ''), { token })).status).toBe(200);
    expect((await order(market, token)).status).toBe(201);
  });

  it('has passes that are no tokens, and takes no token for a pass, nor what the key of tokens signs', async () => {
    const market = await gatedMarket();
    const { hlsUrl } = (await join(market, market.hostToken)).value!;
    const [, pass = ''] = /^\/hls\/[^/]+\/([^/]+)\/index\.m3u8$/.exec(hlsUrl) ?? [];
    const hls = async (inPath: string) => (await (await fetch(`${test.url}/hls/${market.show.id}/${inPath}/index.m3u8`)).json()).code;
    expect(await hls(pass)).toBe('show.not-live');
    expect((await test.call('GET', at(market, ''), { token: pass })).body.code).toBe('auth.invalid');
    expect(await hls(market.hostToken)).toBe('not-found');
    expect(await hls(market.hostToken.split('.')[2]!.slice(0, pass.length))).toBe('auth.invalid');
    const database = new SqliteDatabase(joinPath(test.dataDir, 'fieldcast.sqlite'), { readonly: true });
    const { value } = database.prepare("select value from settings where name = 'token-key'").get() as { value: string };
    database.close();
    expect(await hls(new HlsPasses(Buffer.from(value, 'base64url'), systemClock).make(market.show.id))).toBe('auth.invalid');
  });

  it('keeps the identity of a device that has one', async () => {
    const [open, market] = [await openMarket(test), await gatedMarket()];
    const token = (await join(open)).value?.viewerToken as string;
    expect((await enter(market, CODE, { token })).body.viewerToken).toBeNull();
    expect((await join(market, token)).value).toBeDefined();
  });

  it('refuses a wrong code', async () => {
    const market = await gatedMarket();
    expect((await enter(market, 'PEARS2026')).body).toMatchObject({ status: 403, code: 'gate.code-wrong' });
    const other = await gatedMarket();
    const [code] = await makeCodes(other, 1);
    expect((await enter(market, code!.code)).body.code).toBe('gate.code-wrong');
  });

  it('lets in those who watch when it starts to need one', async () => {
    const market = await openMarket(test);
    const viewer = await openSocket(test.url);
    const token = (await viewer.ask('show.join', { showId: market.show.id })).viewerToken as string;
    await setGate(market, { needsCode: true, code: CODE });
    viewer.close();
    expect((await join(market, token)).value).toBeDefined();
    expect((await join(market)).error?.code).toBe('show.gated');
  });

  it('asks nobody again when the code changes, and everybody when they are signed out', async () => {
    const market = await gatedMarket();
    const token = (await enter(market, CODE)).body.viewerToken;
    await setGate(market, { code: 'PEARS2026' });
    const viewer = await openSocket(test.url, token);
    await viewer.ask('show.join', { showId: market.show.id });
    expect((await enter(market, CODE)).body.code).toBe('gate.code-wrong');

    const host = await openSocket(test.url, market.hostToken);
    await host.ask('show.join', { showId: market.show.id });
    await setGate(market, { signOutEveryone: true });
    await viewer.next('admission.ended');
    expect(await viewer.send('media.watch', { rtpCapabilities: {} })).toMatchObject({ ok: false, error: { code: 'show.wrong-state' } });
    expect(await viewer.send('show.join', { showId: market.show.id })).toMatchObject({ ok: false, error: { code: 'show.gated' } });
    expect(host.events.some(({ name }) => name === 'admission.ended')).toBe(false);
    expect((await gateOf(market)).admitted).toBe(0);
    expect((await enter(market, 'PEARS2026', { token })).status).toBe(200);
    expect((await viewer.send('show.join', { showId: market.show.id })).ok).toBe(true);
    viewer.close();
    host.close();
  });

  it('never tells the code, not even to its staff', async () => {
    const market = await gatedMarket();
    const told = JSON.stringify([await gateOf(market), await setGate(market, {}), await test.call('GET', at(market, ''), { token: market.hostToken })]);
    expect(told).not.toContain(CODE);
    expect(await gateOf(market)).toMatchObject({ needsCode: true, hasCode: true, isHidden: false, origins: [] });
  });

  it('is its own staff\'s to change', async () => {
    const market = await gatedMarket();
    const other = await openMarket(test);
    for (const [method, path, body] of [['GET', '/gate'], ['PUT', '/gate', { needsCode: false }], ['POST', '/gate/codes', { count: 1 }], ['GET', '/gate/codes'], ['DELETE', '/gate/codes']] as const) {
      expect((await test.call(method, at(market, path), { token: other.hostToken, ...(body ? { body } : {}) })).body.code, `${method} ${path}`).toBe('auth.forbidden');
    }
  });
});

describe('a one-time code', () => {
  it('lets one device in, once', async () => {
    const market = await gatedMarket();
    const [first, second] = await makeCodes(market, 2);
    const token = (await enter(market, first!.code.toLowerCase())).body.viewerToken;
    expect((await join(market, token)).value).toBeDefined();
    expect((await enter(market, first!.code)).body).toMatchObject({ status: 410, code: 'gate.code-used' });
    const { codes } = (await test.call('GET', at(market, '/gate/codes'), { token: market.hostToken })).body;
    expect(codes).toMatchObject([{ number: 1, usedAt: expect.any(Number) }, { number: 2, usedAt: null }]);
    expect(JSON.stringify(codes)).not.toContain(second!.code);
    expect((await gateOf(market)).codes).toEqual({ unused: 1, used: 1, revoked: 0 });
  });

  it('lets only one of two devices in that come at the same moment', async () => {
    const market = await gatedMarket();
    const [code] = await makeCodes(market, 1);
    const answers = await Promise.all([enter(market, code!.code), enter(market, code!.code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it('is not used up twice by a device whose answer was lost', async () => {
    const market = await gatedMarket();
    const [code] = await makeCodes(market, 1);
    const headers = { 'idempotency-key': newId('key') };
    await enter(market, code!.code, { headers });
    const again = await enter(market, code!.code, { headers });
    expect(again.status).toBe(200);
    expect((await join(market, again.body.viewerToken)).value).toBeDefined();
    expect((await gateOf(market)).admitted).toBe(1);
  });

  it('is not used up by a device that is in already', async () => {
    const market = await gatedMarket();
    const [code] = await makeCodes(market, 1);
    const token = (await enter(market, CODE)).body.viewerToken;
    await enter(market, code!.code, { token });
    expect((await gateOf(market)).codes.unused).toBe(1);
  });

  it('works without a general code', async () => {
    const market = await openMarket(test);
    const [code] = await makeCodes(market, 1);
    await setGate(market, { needsCode: true, code: null });
    expect((await enter(market, CODE)).body.code).toBe('gate.code-wrong');
    expect((await enter(market, code!.code)).status).toBe(200);
  });

  it('is revoked together with the admission it gave', async () => {
    const market = await gatedMarket();
    const [used, unused, third] = await makeCodes(market, 3);
    const token = (await enter(market, used!.code)).body.viewerToken;
    const viewer = await openSocket(test.url, token);
    await viewer.ask('show.join', { showId: market.show.id });
    const revoke = (id: string) => test.call('DELETE', at(market, `/gate/codes/${id}`), { token: market.hostToken });
    expect((await revoke(used!.id)).status).toBe(204);
    await viewer.next('admission.ended');
    viewer.close();
    expect((await revoke(unused!.id)).status).toBe(204);
    expect((await enter(market, unused!.code)).body.code).toBe('gate.code-used');
    await test.call('DELETE', at(market, '/gate/codes'), { token: market.hostToken });
    expect((await enter(market, third!.code)).body.code).toBe('gate.code-used');
    expect((await revoke('cod_unknown')).body.code).toBe('not-found');
    const other = await gatedMarket();
    expect((await test.call('DELETE', at(other, `/gate/codes/${third!.id}`), { token: other.hostToken })).body.code).toBe('not-found');
  });

  it('counts on where the last batch ended, up to its limit', async () => {
    const market = await openMarket(test);
    await makeCodes(market, 2);
    expect((await makeCodes(market, 1))[0]?.number).toBe(3);
    for (let made = 3; made + 200 <= 2_000; made += 200) await makeCodes(market, 200);
    const answer = await test.call('POST', at(market, '/gate/codes'), { token: market.hostToken, body: { count: 200 } });
    expect(answer.body.code).toBe('input.invalid');
  });
});

describe('guessing', () => {
  it('is slowed down by address, and right codes of the same address are not', async () => {
    const market = await gatedMarket();
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    for (let index = 0; index < 15; index += 1) expect((await enter(market, CODE, { headers })).status).toBe(200);
    const wrong = await Promise.all(Array.from({ length: 15 }, (_, index) => enter(market, `WRONG${index}000`, { headers })));
    expect(wrong.filter(({ body }) => body.code === 'rate.limited').length).toBe(5);
    expect((await enter(market, CODE, { headers })).body).toMatchObject({ code: 'rate.limited', params: { seconds: expect.any(Number) } });
    expect((await enter(market, CODE, { headers: { 'x-forwarded-for': '203.0.113.8' } })).status).toBe(200);
  });

  it('is slowed down by show, over all addresses', async () => {
    const [market, other] = [await gatedMarket(), await gatedMarket()];
    const from = (index: number) => ({ headers: { 'x-forwarded-for': `203.0.${Math.floor(index / 200)}.${index % 200}` } });
    const wrong = await Promise.all(Array.from({ length: 130 }, (_, index) => enter(market, `WRONG${index}000`, from(500 + index))));
    expect(wrong.filter(({ body }) => body.code === 'rate.limited').length).toBe(10);
    expect((await enter(market, CODE, from(1_000))).body.code).toBe('rate.limited');
    expect((await enter(other, CODE, from(1_001))).status).toBe(200);
  });
});

describe('the sites of a show', () => {
  const shop = 'https://shop.example.org';

  it('may embed it, and others may not', async () => {
    const market = await openMarket(test);
    await setGate(market, { origins: [shop] });
    const read = (headers: Record<string, string>) => test.call('GET', at(market, ''), { headers });
    expect((await read({ origin: shop })).status).toBe(200);
    expect((await read({ origin: 'https://thief.example.org' })).body).toMatchObject({ code: 'show.gated', params: { hasCode: 0 } });
    expect((await read({ origin: 'null' })).body.code).toBe('show.gated');
    expect((await read({ origin: test.url })).status).toBe(200);
    expect((await read({})).status).toBe(200);
    expect((await test.call('GET', at(market, ''), { headers: { origin: 'https://thief.example.org' }, token: market.hostToken })).status).toBe(200);
  });

  it('are looked at when a socket opens', async () => {
    const market = await openMarket(test);
    await setGate(market, { origins: [shop] });
    const from = async (origin: string) => {
      const socket = await openSocket(test.url, undefined, { origin });
      const result = await socket.send('show.join', { showId: market.show.id });
      socket.close();
      return result.ok ? 'in' : result.error.code;
    };
    expect(await from(shop)).toBe('in');
    expect(await from('https://thief.example.org')).toBe('show.gated');
    expect(await from(test.url)).toBe('in');
  });

  it.each(['shop.example.org', 'https://shop.example.org/live', 'ftp://shop.example.org', 'https://*.example.org', 'javascript:alert(1)'])('are origins, not %s', async (origin) => {
    const market = await openMarket(test);
    expect((await setGate(market, { origins: [origin] })).body.code).toBe('input.invalid');
  });
});

describe('a hidden show', () => {
  it('is in its staff\'s lists only, and open to who has its link', async () => {
    const market = await openMarket(test);
    await setGate(market, { isHidden: true });
    const ids = async (token?: string) => (await test.call('GET', '/api/v1/shows?limit=200', token ? { token } : {})).body.shows.map((show: { id: string }) => show.id);
    const other = await openMarket(test);
    expect(await ids()).not.toContain(market.show.id);
    expect(await ids(other.hostToken)).not.toContain(market.show.id);
    expect(await ids(market.hostToken)).toContain(market.show.id);
    expect(await ids(test.operatorToken)).toContain(market.show.id);
    const { entries } = (await test.call('GET', `/api/v1/programme?sellerId=${market.show.sellerId}`)).body;
    expect(entries).toEqual([]);
    expect((await join(market)).value?.snapshot.show).toMatchObject({ isHidden: true });
  });
});

it('remembers who is in when the server starts again', async () => {
  const first = await startApp();
  const market = await openMarket(first);
  await first.call('PUT', `/api/v1/shows/${market.show.id}/gate`, { token: market.hostToken, body: { needsCode: true, code: CODE } });
  const { viewerToken } = (await first.call('POST', `/api/v1/shows/${market.show.id}/admission`, { body: { code: CODE } })).body;
  await first.app.close();
  const second = await startApp({ dataDir: first.dataDir });
  expect((await join(market, viewerToken, second)).value).toBeDefined();
  expect((await join(market, undefined, second)).error?.code).toBe('show.gated');
  await second.close();
  await first.close();
});
