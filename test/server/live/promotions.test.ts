// Promotions as people meet them over HTTP and sockets: who may start one, who hears of it, what it leaves behind when its show is deleted.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import type { FlashSale, PriceRecord, PromotionDesk } from '../../../server/protocol/promotions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openSocket } from '../../support/socket.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';

const clock = new FakeClock();
let test: TestApp;
let market: Market;
let path: string;
beforeAll(async () => {
  test = await startApp({ clock });
  clock.advance(60_000);
});
afterAll(() => test.close());
beforeEach(async () => {
  market = await openMarket(test, [30]);
  path = `/api/v1/shows/${market.show.id}`;
});

const product = () => market.products[0]!;
const variantId = () => product().variants[0]!.id;
const start = (body: object = {}, { token = market.hostToken, key = newId('key') } = {}) =>
  test.call<FlashSale>('POST', `${path}/flash-sales`, { token, headers: { 'idempotency-key': key }, body: { variantId: variantId(), priceMinor: 700, units: 5, countdownSeconds: 10, minutes: 5, ...body } });
const end = (sale: FlashSale, token = market.hostToken) => test.call<FlashSale>('POST', `/api/v1/promotions/${sale.id}/end`, { token, body: {} });
const order = (quantity: number, more: object = {}) => test.call<Order>('POST', `${path}/orders`, { body: { ...orderOf(product(), quantity), ...more }, headers: { 'idempotency-key': newId('key') } });
const prices = async () => (await test.call<PriceRecord>('GET', `/api/v1/products/${product().id}/prices`)).body;
/** As if it had been on the air. */
async function pretendItIsOver(): Promise<void> {
  const database = new SqliteDatabase(join(test.dataDir, 'fieldcast.sqlite'));
  database.prepare(`update shows set status = 'ended', started_at = 1, ended_at = 2 where id = ?`).run(market.show.id);
  database.close();
  // What is kept of a show is forgotten with a change of it.
  await test.call('PATCH', path, { token: test.operatorToken, body: { title: 'Apples, sold' } });
}
/** Timers of the server begin a turn after its answer. */
async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  clock.advance(ms);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a promotion', () => {
  it('is told to the room when it is announced, begins, sells and ends', async () => {
    const viewer = await openSocket(test.url);
    await viewer.ask('show.join', { showId: market.show.id });
    const { status, body: sale } = await start();
    expect(status).toBe(201);
    await pass(200);
    const first = await viewer.next('promotion.changed');
    expect(first).toMatchObject({ showId: market.show.id, promotion: { ...sale, state: 'countdown' } });
    await pass(10_000);
    await pass(200);
    const second = await viewer.next('promotion.changed');
    expect(second.seq).toBeGreaterThan(first.seq);
    expect(second.promotion).toMatchObject({ state: 'running', left: 5 });
    expect((await order(2, { expectedTotalMinor: 1_400 })).status).toBe(201);
    expect((await order(2)).body).toMatchObject({ totalMinor: 1_400, discountMinor: 600 });
    await pass(200);
    expect((await viewer.next('promotion.changed')).promotion).toMatchObject({ left: 1, revision: 4 });
    expect((await end(sale)).body).toMatchObject({ state: 'over', endedWhy: 'staff' });
    await pass(200);
    expect((await viewer.next('promotion.changed')).promotion).toMatchObject({ state: 'over', endedWhy: 'staff' });
    expect((await test.call('GET', `${path}/promotions`)).body).toMatchObject({ promotions: [{ id: sale.id, state: 'over' }], serverTime: clock.now() });
    viewer.close();
  });

  it('is the business of staff with the right to the shelf, of this show and while it is not over', async () => {
    const helper = (rights: string[], showId = market.show.id) => test.app.issueToken({ role: 'helper', identity: newId('per'), showId, rights: rights as never }, 60_000);
    const [chat, shelf, viewer] = [await helper(['chat']), await helper(['shelf']), await test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 60_000)];
    const { hostToken: stranger } = await openMarket(test, [1]);
    const { body: sale } = await start({}, { token: shelf });
    const desk = (token: string) => test.call<PromotionDesk>('GET', `${path}/promotions/desk`, { token });
    for (const [token, code] of [[chat, 'auth.right-missing'], [stranger, 'auth.forbidden'], [viewer, 'auth.forbidden']] as const) {
      expect([(await start({}, { token })).body.code, (await end(sale, token)).body.code, (await desk(token)).body.code]).toEqual([code, code, code]);
    }
    expect((await desk(shelf)).body.promotions).toMatchObject([{ promotion: { id: sale.id }, figures: { orders: 0, units: 0, takenOffMinor: 0 } }]);
    await pretendItIsOver();
    expect((await start()).body.code).toBe('show.wrong-state');
    expect((await end(sale)).body.state).toBe('over');
    expect((await test.call('GET', '/api/v1/shows/shw_nobody/promotions')).body.code).toBe('not-found');
  });

  it('goes with its show unless orders refer to it', async () => {
    const { body: unused } = await start({ minutes: 1 });
    await end(unused);
    const { body: sale } = await start();
    await pass(10_000);
    const { body: sold } = await order(1);
    for (const to of ['packed', 'shipped', 'delivered']) await test.call('POST', `/api/v1/orders/${sold.id}/state`, { token: test.operatorToken, body: { to } });
    expect((await test.call('DELETE', path, { token: test.operatorToken })).status).toBe(204);
    expect((await end(unused, test.operatorToken)).body.code).toBe('not-found');
    expect((await test.call<Order>('GET', `/api/v1/orders/${sold.id}`)).body).toMatchObject({ totalMinor: 700, discounts: [{ promotionId: sale.id, amountMinor: 300 }] });
  });
});

describe('a price', () => {
  const DAY_MS = 24 * 3600_000;
  const change = (priceMinor: number) => test.call('PATCH', `/api/v1/variants/${variantId()}`, { token: test.operatorToken, body: { priceMinor } });
  // Staff tokens are good for minutes, and these tests are about days.
  const startLater = async (body: object) => start(body, { token: await test.app.issueToken({ role: 'operator', identity: newId('per') }, 60_000) });

  it('is recorded with its time, whoever changed it and by whatever way', async () => {
    const from = clock.now();
    clock.advance(5_000);
    expect((await start({ priceMinor: 700, minutes: 1 })).status).toBe(201);
    clock.advance(20_000);
    await test.call('POST', `/api/v1/products/${product().id}/variants`, { token: market.hostToken, body: { id: variantId(), label: '', unit: 'kg', priceMinor: 900, stock: 30 } });
    await change(900);
    const record = await prices();
    expect(record.lowest).toEqual([{ variantId: variantId(), lowestMinor: 700 }]);
    expect(record.prices.map(({ kind, priceMinor, from: at, until }) => [kind, priceMinor, at - from, until === null ? null : until - from])).toEqual([
      ['list', 900, 25_000, null],
      ['deal', 700, 15_000, null],
      ['list', 1_000, 0, 25_000],
    ]);
    clock.advance(120_000);
    expect((await prices()).prices[1]).toMatchObject({ kind: 'deal', until: from + 75_000 });
    expect((await test.call('GET', '/api/v1/products/prd_nobody/prices')).body.code).toBe('not-found');
  });

  it('that is a deal is below all list prices of 30 days, and not above a deal of them', async () => {
    await change(650);
    clock.advance(1_000);
    await change(1_000);
    expect((await start({ priceMinor: 650 })).body).toMatchObject({ code: 'promotion.price-not-honest', params: { lowestMinor: 650, days: 30 } });
    const { body: sale } = await start({ priceMinor: 600, minutes: 1 });
    expect(sale).toMatchObject({ listMinor: 1_000, lowestMinor: 650 });
    await pass(120_000);
    expect((await start({ priceMinor: 601 })).body).toMatchObject({ code: 'promotion.price-not-honest', params: { lowestMinor: 600 } });
    expect((await start({ priceMinor: 600, minutes: 1 })).body).toMatchObject({ lowestMinor: 600 });
    clock.set(31 * DAY_MS);
    expect((await startLater({ priceMinor: 999 })).body).toMatchObject({ lowestMinor: 1_000 });
  });
});
