// Codes, waitlists and lots as pages meet them over HTTP and sockets: who may what, what is told to whom, what stays after a restart.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeAt } from '../../../../server/audience/codes/naming.ts';
import { newId } from '../../../../server/protocol/ids.ts';
import type { CodeDesk, Codes } from '../../../../server/protocol/codes.ts';
import type { Lot } from '../../../../server/protocol/lots.ts';
import type { Order } from '../../../../server/protocol/order.ts';
import { WAIT_HOLD_MS, type Wait, type WaitlistDesk } from '../../../../server/protocol/waitlist.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openSocket, type TestSocket } from '../../../support/socket.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

const clock = new FakeClock();
let test: TestApp;
let dataDir: string;
let market: Market;
let path: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-test-'));
  test = await startApp({ clock, dataDir });
});
afterAll(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  market = await openMarket(test, [5, 0]);
  path = `/api/v1/shows/${market.show.id}`;
  clock.advance(60_000);
});

const asViewer = (identity = newId('vwr')) => test.app.issueToken({ role: 'viewer', identity }, 24 * 3600_000);
const asHelper = (...rights: string[]) => test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: rights as never }, 3600_000);
const turn = (isOn: boolean, token = market.hostToken) => test.call<CodeDesk>('PUT', `${path}/codes`, { token, body: { isOn } });
const say = (text: string, token: string, key = newId('key')) =>
  test.call<{ ordered: { variantId: string; quantity: number }[] }>('POST', `${path}/messages`, { token, body: { text }, headers: { 'idempotency-key': key } });
const variant = (index: number) => market.products[index]!.variants[0]!.id;
const restock = (index: number, stock: number) => test.call('PATCH', `/api/v1/variants/${variant(index)}`, { token: market.hostToken, body: { stock }, headers: { 'idempotency-key': newId('key') } });
const wait = (token: string, quantity = 1) => test.call<Wait>('POST', `${path}/waits`, { token, body: { variantId: variant(1), quantity } });
const own = async (token: string) => (await test.call<{ waits: Wait[] }>('GET', `${path}/waits`, { token })).body.waits;

async function enter(token: string): Promise<TestSocket> {
  const socket = await openSocket(test.url, token);
  await socket.ask('show.join', { showId: market.show.id });
  return socket;
}

/** Timers of the server begin a turn after its answer. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

it('makes codes that nobody takes for another', () => {
  const all = Array.from({ length: 6_000 }, (_none, index) => codeAt(index));
  expect(new Set(all).size).toBe(6_000);
  expect([all[0], all[98], all[99], all[22 * 99]]).toEqual(['A1', 'A99', 'B1', 'A100']);
  expect(all.every((code) => /^[A-HJKMNP-WYZ]\d{1,3}$/.test(code))).toBe(true);
});

describe('codes', () => {
  it('are given to what is on the shelf, stay the same when it moves, and are told to the room', async () => {
    const li = await enter(await asViewer());
    expect((await test.call<Codes>('GET', `${path}/codes`, {})).body).toEqual({ isOn: false, codes: [] });
    expect((await turn(true)).body.codes.map(({ code }) => code)).toEqual(['A1', 'A2']);
    expect(await li.next('codes.changed')).toMatchObject({ isOn: true, codes: [{ variantId: variant(0), code: 'A1' }, { variantId: variant(1), code: 'A2' }] });
    const token = market.hostToken;
    await test.call('PUT', `${path}/shelf`, { token, body: { productIds: [market.products[1]!.id, market.products[0]!.id] } });
    expect(await li.next('codes.changed')).toMatchObject({ codes: [{ variantId: variant(1), code: 'A2' }, { variantId: variant(0), code: 'A1' }] });
    await turn(false);
    expect(await li.next('codes.changed')).toMatchObject({ isOn: false, codes: [] });
    li.close();
  });

  it('order what is written by them, for whoever wrote it, and are counted once', async () => {
    await turn(true);
    const token = await asViewer();
    const key = newId('key');
    const first = await say('A1 x2', token, key);
    expect(first.body.ordered).toEqual([{ variantId: variant(0), quantity: 2 }]);
    expect((await say('A1 x2', token, key)).body.ordered).toEqual(first.body.ordered);
    await pass(60_000);
    expect((await say('A1 多少钱', token)).body.ordered).toEqual([]);
    expect((await say('A1 x2', market.hostToken)).body.ordered).toEqual([]);
    const desk = await test.call<CodeDesk>('GET', `${path}/codes/desk`, { token: market.hostToken });
    expect(desk.body.codes[0]).toEqual({ variantId: variant(0), code: 'A1', times: 1, pieces: 2 });
    await turn(false);
    await pass(60_000);
    expect((await say('A1 x2', token)).body.ordered).toEqual([]);
  });

  it('are the business of whoever may work the shelf', async () => {
    expect((await turn(true, await asHelper('chat'))).body.code).toBe('auth.right-missing');
    expect((await turn(true, await asViewer())).body.code).toBe('auth.forbidden');
    expect((await turn(true, await asHelper('shelf'))).status).toBe(200);
  });
});

describe('a waitlist', () => {
  it('takes known viewers, tells whose turn it is and the staff, and sells to them alone', async () => {
    const [li, wang] = [await asViewer(), await asViewer()];
    const [liPage, host] = [await enter(li), await enter(market.hostToken)];
    expect((await test.call('POST', `${path}/waits`, { body: { variantId: variant(1) } })).body.code).toBe('auth.missing');
    expect((await wait(market.hostToken)).body.code).toBe('auth.forbidden');
    expect((await wait(li, 2)).body).toMatchObject({ place: 1, state: 'waiting' });
    expect((await wait(wang)).body).toMatchObject({ place: 2 });
    await host.next('waitlist.changed');

    expect((await restock(1, 2)).body.variants[0].stock).toBe(0);
    expect(await liPage.next('promotion.mine')).toMatchObject({ mine: { what: 'your-turn', variantId: variant(1), quantity: 2, until: clock.now() + WAIT_HOLD_MS } });
    expect(await own(li)).toMatchObject([{ state: 'held', heldQuantity: 2 }]);
    expect((await test.call<WaitlistDesk>('GET', `${path}/waitlist`, { token: await asHelper('shelf') })).body.variants).toMatchObject([{ waiting: 1, held: 2 }]);

    const buy = (token: string, quantity: number) => test.call<Order>('POST', `${path}/orders`, { token, body: orderOf(market.products[1]!, quantity), headers: { 'idempotency-key': newId('key') } });
    expect((await buy(wang, 1)).body.code).toBe('stock.insufficient');
    const quote = await test.call('POST', `${path}/quote`, { token: li, body: { lines: orderOf(market.products[1]!, 2).lines } });
    expect(quote.body.refusals).toEqual([]);
    expect((await buy(li, 2)).status).toBe(201);
    expect(await own(li)).toEqual([]);
    liPage.close();
    host.close();
  });

  it('goes on by itself when a hold runs out, also when the server was down meanwhile', async () => {
    const [li, wang] = [await asViewer(), await asViewer()];
    await wait(li);
    await wait(wang);
    await restock(1, 1);
    await pass(WAIT_HOLD_MS);
    expect(await own(wang)).toMatchObject([{ state: 'held' }]);
    expect(await own(li)).toMatchObject([{ state: 'lapsed' }]);
    await test.close();
    clock.advance(WAIT_HOLD_MS + 1);
    test = await startApp({ clock, dataDir });
    await pass(10);
    expect(await own(wang)).toMatchObject([{ state: 'lapsed' }]);
    expect((await test.call('GET', path, {})).body.shelf[1].variants[0].stock).toBe(1);
  });

  it('forgets who wants to be forgotten, and closes with the shelf', async () => {
    const [li, wang] = [await asViewer(), await asViewer()];
    await wait(li);
    await wait(wang);
    await restock(1, 1);
    expect((await test.call('DELETE', '/api/v1/me', { token: li })).status).toBe(204);
    expect(await own(li)).toEqual([]);
    expect(await own(wang)).toMatchObject([{ state: 'held' }]);
    await test.call('PUT', `${path}/shelf`, { token: market.hostToken, body: { productIds: [market.products[0]!.id] } });
    await pass(10);
    expect(await own(wang)).toMatchObject([{ state: 'closed' }]);
  });

  it('is closed by the staff, and left by whose place it is', async () => {
    const [li, wang] = [await asViewer(), await asViewer()];
    const { body: place } = await wait(li);
    await wait(wang);
    await test.call('DELETE', `${path}/waits/${place.id}`, { token: wang });
    expect(await own(li)).toMatchObject([{ state: 'waiting' }]);
    expect((await test.call('DELETE', `${path}/waits/${place.id}`, { token: li })).status).toBe(204);
    expect(await own(li)).toEqual([]);
    expect((await test.call('DELETE', `${path}/waitlist/${variant(1)}`, { token: market.hostToken })).status).toBe(204);
    expect(await own(wang)).toMatchObject([{ state: 'closed' }]);
  });
});

describe('lots', () => {
  it('are added by who may count the stock, seen by everybody, printed on the receipt', async () => {
    const body = { name: 'North field', harvestedOn: '2026-11-03', quota: 10, isNumbered: true };
    const add = (token: string) => test.call<Lot>('POST', `/api/v1/variants/${variant(1)}/lots`, { token, body, headers: { 'idempotency-key': newId('key') } });
    expect((await add(await asHelper('shelf'))).body.code).toBe('auth.right-missing');
    const { body: lot } = await add(market.hostToken);
    const placed = await test.call<Order>('POST', `${path}/orders`, { token: await asViewer(), body: orderOf(market.products[1]!, 2), headers: { 'idempotency-key': newId('key') } });
    expect(placed.body.lines[0]?.lots).toMatchObject([{ name: 'North field', first: 1, quantity: 2 }]);
    expect((await test.call<{ lots: Lot[] }>('GET', `/api/v1/products/${market.products[1]!.id}/lots`, {})).body.lots).toEqual([{ ...lot, left: 8 }]);
    expect((await test.call('PATCH', `/api/v1/lots/${lot.id}`, { token: market.hostToken, body: { quota: 1 } })).body.code).toBe('input.invalid');
  });
});
