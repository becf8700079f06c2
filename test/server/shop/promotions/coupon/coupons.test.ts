// Coupons as hosts and buyers meet them over HTTP: taken with a tap, used by an order, given back, and refused with a reason.
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CodedCoupon, couponRequest } from '../../../../../server/protocol/coupon.ts';
import { type Quote, quoteRequest } from '../../../../../server/protocol/delivery.ts';
import { newId } from '../../../../../server/protocol/ids.ts';
import type { Order } from '../../../../../server/protocol/order.ts';
import type { Promotion } from '../../../../../server/protocol/promotions.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';
import { openSocket } from '../../../../support/socket.ts';
import { eraseCouponClaims, erasePromotions } from '../../../../../server/shop/index.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../../support/start-app.ts';
import { openShop, placeIn, requestFor } from '../../open-shop.ts';

const clock = new FakeClock();
let test: TestApp;
let market: Market;
let path: string;

beforeAll(async () => {
  test = await startApp({ clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  market = await openMarket(test, [100, 100]);
  path = `/api/v1/shows/${market.show.id}`;
  // Calls of one device are limited by the minute.
  clock.advance(60_000);
});

const tomorrow = () => clock.now() + 24 * 3600_000;
const give = (body: object, { token = market.hostToken, key = newId('key') } = {}) =>
  test.call<CodedCoupon>('POST', `${path}/coupons`, { token, body: { until: tomorrow(), ...body }, headers: { 'idempotency-key': key } });
const TEN_OFF = { discount: { kind: 'amount', amountMinor: 1000 } };
const order = (coupon: string | undefined, { quantity = 5, phone = '13800001234', product = 0, extra = {} } = {}) => {
  const plain = orderOf(market.products[product]!, quantity);
  return test.call<Order>('POST', `${path}/orders`, { body: { ...plain, buyer: { ...plain.buyer, phone }, ...(coupon === undefined ? {} : { coupon }), ...extra }, headers: { 'idempotency-key': newId('key') } });
};
const quote = async (coupon: string, { quantity = 5, phone = '', product = 0 } = {}) =>
  (await test.call<Quote>('POST', `${path}/quote`, { body: { lines: orderOf(market.products[product]!, quantity).lines, coupon, phone } })).body;
const listed = async () => (await test.call<{ promotions: Promotion[] }>('GET', `${path}/promotions`)).body.promotions;
const left = async (id: string) => (await test.call<{ coupons: CodedCoupon[] }>('GET', `${path}/coupons`, { token: market.hostToken })).body.coupons.find(({ coupon }) => coupon.id === id)?.coupon.left;
const cancel = (id: string) => test.call('POST', `/api/v1/orders/${id}/cancel`, { body: {} });

describe('a pinned coupon', () => {
  it('is told without its code, taken with a tap, and used by the order', async () => {
    const viewer = await openSocket(test.url);
    await viewer.ask('show.join', { showId: market.show.id });
    const { body } = await give({ ...TEN_OFF, minimumMinor: 3000, title: 'Harvest' });
    clock.advance(200);
    const { promotion } = await viewer.next('promotion.changed');
    expect(promotion).toMatchObject({ id: body.coupon.id, kind: 'coupon', title: 'Harvest', minimumMinor: 3000, isPinned: true, state: 'running' });
    expect(JSON.stringify([promotion, await listed()])).not.toContain(body.code);
    const taken = await test.call<CodedCoupon>('GET', `/api/v1/coupons/${body.coupon.id}/code`);
    expect(taken.body.code).toBe(body.code);
    const placed = await order(taken.body.code);
    expect(placed.body).toMatchObject({ totalMinor: 4000, discountMinor: 1000, discounts: [{ promotionId: body.coupon.id, kind: 'coupon', title: 'Harvest', variantId: null, amountMinor: 1000 }] });
    viewer.close();
  });

  it('loses its card and keeps its worth; what was never pinned nobody is told', async () => {
    const viewer = await openSocket(test.url);
    await viewer.ask('show.join', { showId: market.show.id });
    const { body: secret } = await give({ ...TEN_OFF, code: '村里人', isPinned: false });
    expect((await order(' 村里人 ')).status).toBe(201);
    expect((await test.call('GET', `/api/v1/coupons/${secret.coupon.id}/code`)).status).toBe(404);
    const { body } = await give(TEN_OFF);
    await test.call('PATCH', `/api/v1/coupons/${body.coupon.id}`, { token: market.hostToken, body: { isPinned: false } });
    clock.advance(1_000);
    const { promotion } = await viewer.next('promotion.changed', (event) => event.promotion.kind === 'coupon' && !event.promotion.isPinned);
    expect(promotion.id).toBe(body.coupon.id);
    expect(viewer.events.filter(({ payload }) => payload?.promotion?.id === secret.coupon.id)).toEqual([]);
    expect(await listed()).toEqual([]);
    expect((await order(body.code, { phone: '13900001111' })).body.discountMinor).toBe(1000);
    viewer.close();
  });

  it('is given out once for one key, by staff with the right to', async () => {
    const key = newId('key');
    const [first, again] = [await give(TEN_OFF, { key }), await give(TEN_OFF, { key })];
    expect(again.body).toMatchObject({ code: first.body.code, coupon: { id: first.body.coupon.id } });
    const helper = await test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: ['orders'] as never }, 3600_000);
    expect((await give(TEN_OFF, { token: helper })).body.code).toBe('auth.right-missing');
    expect((await test.call('GET', `${path}/coupons`)).body.code).toBe('auth.missing');
    const elsewhere = await openMarket(test);
    expect((await give(TEN_OFF, { token: elsewhere.hostToken })).body.code).toBe('auth.forbidden');
    expect((await give({ ...TEN_OFF, productId: elsewhere.products[0]!.id })).status).toBe(404);
  });
});

describe('what it takes off', () => {
  it('is percent of one product, rounded down, or the fee for delivery', async () => {
    const { body: fifth } = await give({ discount: { kind: 'percent', percent: 15 }, productId: market.products[1]!.id });
    expect((await quote(fifth.code, { product: 1, quantity: 3 })).discountMinor).toBe(450);
    expect((await quote(fifth.code)).couponRefusal).toMatchObject({ params: { why: 'goods' } });
    const { body: free } = await give({ discount: { kind: 'free-delivery' } });
    expect((await quote(free.code)).couponRefusal).toMatchObject({ params: { why: 'delivery' } });
    const sellerId = market.show.sellerId;
    await test.call('PUT', `/api/v1/sellers/${sellerId}/delivery`, { token: market.hostToken, body: { areas: [{ name: 'All', words: [], fee: { by: 'order', feeMinor: 800 }, freeFromMinor: null, minimumMinor: 0 }] } });
    expect((await order(free.code)).body).toMatchObject({ deliveryMinor: 800, discountMinor: 800, totalMinor: 5000 });
  });

  it('is never more than the goods, and an order never costs nothing', async () => {
    const { body } = await give({ discount: { kind: 'amount', amountMinor: 999_999 } });
    expect((await order(body.code, { quantity: 1 })).body).toMatchObject({ totalMinor: 1 });
  });

  it('is something, and not the whole', async () => {
    const wrong = [{ kind: 'percent', percent: 100 }, { kind: 'percent', percent: 0 }, { kind: 'amount', amountMinor: 0 }, { kind: 'amount', amountMinor: -5 }, { kind: 'gift' }];
    for (const discount of wrong) expect((await give({ discount })).body.code, JSON.stringify(discount)).toBe('input.invalid');
  });
});

describe('a coupon that cannot be used', () => {
  it('says what is missing, and the order is not placed with it', async () => {
    const { body } = await give({ ...TEN_OFF, minimumMinor: 6000 });
    expect((await quote(body.code)).couponRefusal).toEqual({ code: 'coupon.not-usable', params: { why: 'minimum', missingMinor: 1000 } });
    expect((await order(body.code)).body).toMatchObject({ code: 'coupon.not-usable', params: { why: 'minimum', missingMinor: 1000 } });
    expect((await quote('NOSUCH')).couponRefusal).toEqual({ code: 'coupon.unknown', params: {} });
    expect((await order('NOSUCH')).body.code).toBe('coupon.unknown');
    const elsewhere = await openMarket(test);
    const there = await test.call('POST', `/api/v1/shows/${elsewhere.show.id}/orders`, { body: { ...orderOf(elsewhere.products[0]!, 9), coupon: body.code }, headers: { 'idempotency-key': newId('key') } });
    expect(there.body.code).toBe('coupon.unknown');
  });

  it('was used by this phone number, however written; cancelling gives it back', async () => {
    const { body } = await give(TEN_OFF);
    const first = await order(body.code.toLowerCase());
    expect(first.status).toBe(201);
    expect((await order(body.code, { phone: '+86 138-0000-1234' })).body).toMatchObject({ code: 'coupon.not-usable', params: { why: 'used' } });
    expect((await quote(body.code, { phone: '13800001234' })).couponRefusal?.params).toEqual({ why: 'used' });
    await cancel(first.body.id);
    await cancel(first.body.id);
    const second = await order(body.code);
    expect(second.status).toBe(201);
    // What the staff cancelled comes back only where the buyer has not used it elsewhere meanwhile.
    const move = (id: string, to: string) => test.call('POST', `/api/v1/orders/${id}/state`, { token: market.hostToken, body: { to } });
    await move(second.body.id, 'cancelled');
    const third = await order(body.code);
    expect((await test.call('POST', `/api/v1/orders/${second.body.id}/undo`, { token: market.hostToken, body: {} })).body).toMatchObject({ code: 'coupon.not-usable', params: { why: 'used' } });
    await cancel(third.body.id);
    expect((await test.call('POST', `/api/v1/orders/${second.body.id}/undo`, { token: market.hostToken, body: {} })).body.state).toBe('placed');
  });

  it('was used up by others, exactly', async () => {
    const { body } = await give({ ...TEN_OFF, uses: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, buyer) => order(body.code, { phone: `1390000000${buyer}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'coupon.not-usable', params: { why: 'used-up' } });
    expect(await left(body.coupon.id)).toBe(0);
    const [won] = answers.filter(({ status }) => status === 201);
    await cancel(won!.body.id);
    expect(await left(body.coupon.id)).toBe(1);
  });

  it('is for the show while it is on, or over', async () => {
    const { body: here } = await give({ ...TEN_OFF, until: null });
    expect((await quote(here.code)).couponRefusal?.params).toEqual({ why: 'not-live' });
    const { body: dated } = await give({ ...TEN_OFF, until: clock.now() + 60_000 });
    expect((await quote(dated.code)).discountMinor).toBe(1000);
    clock.advance(60_000);
    expect((await quote(dated.code)).couponRefusal?.params).toEqual({ why: 'over' });
    const { body: ended } = await give(TEN_OFF);
    await test.call('POST', `/api/v1/promotions/${ended.coupon.id}/end`, { token: market.hostToken, body: {} });
    expect((await quote(ended.code)).couponRefusal?.params).toEqual({ why: 'over' });
    expect((await test.call('GET', `/api/v1/coupons/${ended.coupon.id}/code`)).body.code).toBe('promotion.over');
    for (const until of [clock.now(), clock.now() + 400 * 24 * 3600_000]) expect((await give({ ...TEN_OFF, until })).body.code).toBe('input.invalid');
  });
});

describe('a code', () => {
  it('of the host is free again when its coupon is over', async () => {
    const { body } = await give({ ...TEN_OFF, code: 'Apple-10' });
    expect(body.code).toBe('APPLE10');
    expect((await give({ ...TEN_OFF, code: 'ａｐｐｌｅ１０' })).body).toMatchObject({ code: 'coupon.code-taken', params: { code: 'APPLE10' } });
    await test.call('POST', `/api/v1/promotions/${body.coupon.id}/end`, { token: market.hostToken, body: {} });
    const { body: again } = await give({ discount: { kind: 'amount', amountMinor: 300 }, code: 'APPLE10' });
    expect((await quote('apple10')).discounts).toMatchObject([{ promotionId: again.coupon.id, amountMinor: 300 }]);
  });

  it('has 2 to 20 letters or digits', async () => {
    for (const code of ['', 'a', '--', 'x'.repeat(21), 7]) expect((await give({ ...TEN_OFF, code })).body.code, `${code}`).toBe('input.invalid');
  });
});

describe('a coupon for one show alone', () => {
  it('holds while that show is on, and in no other', async () => {
    const { shop, product, sellerId, close } = await openShop();
    const goods = await product(9);
    const { code } = await shop.promotions.coupons.open(v.parse(couponRequest, TEN_OFF), { showId: 'shw_test', sellerId, byName: '' }, undefined);
    const ask = async (place: { showId?: string; isOnAir: boolean }) =>
      (await shop.quotes.of(v.parse(quoteRequest, { lines: requestFor(goods, 1).lines, coupon: code }), { ...placeIn(sellerId, goods), ...place }, 'vwr_test')).couponRefusal?.params;
    expect(await ask({ isOnAir: true })).toBeUndefined();
    expect(await ask({ isOnAir: false })).toEqual({ why: 'not-live' });
    expect(await ask({ isOnAir: true, showId: 'shw_other' })).toEqual({ why: 'not-live' });
    await shop.promotions.coupons.showOver('shw_test');
    expect(await ask({ isOnAir: true })).toEqual({ why: 'over' });
    await close();
  });
});

describe('who took a coupon', () => {
  it('is counted once, by tap or code; forgotten they stay one, and go with a deleted show', async () => {
    const { shop, product, sellerId, database, close } = await openShop();
    const goods = await product(9);
    const open = (title: string) => shop.promotions.coupons.open(v.parse(couponRequest, { ...TEN_OFF, title, discount: { kind: 'amount', amountMinor: 100 } }), { showId: 'shw_test', sellerId, byName: '' }, undefined);
    const [{ coupon, code }, { coupon: other }] = [await open('One'), await open('Two')];
    const ann = { claims: { role: 'viewer' as const, identity: 'vwr_ann' }, isKnown: true, address: '127.0.0.1' };
    for (const who of ['vwr_ann', 'vwr_ann', 'vwr_ben']) await shop.promotions.coupons.take(coupon.id, who);
    await shop.promotions.coupons.take(other.id, 'vwr_ann');
    await shop.promotions.coupons.take(coupon.id);
    await shop.orders.place({ ...requestFor(goods, 1), coupon: code }, placeIn(sellerId, goods), ann, undefined);
    const now = Date.now();
    const taken = async () => new Map((await shop.sales.couponsOf('shw_test', { endedAt: now - 3600_000, until: now + 3600_000 })).map(({ promotionId, ...counts }) => [promotionId, counts]));
    const counted = new Map([[coupon.id, { liveClaims: 0, liveUsers: 0, claims: 2, users: 1 }], [other.id, { liveClaims: 0, liveUsers: 0, claims: 1, users: 0 }]]);
    expect(await taken()).toEqual(counted);
    await database.write<any, void>((transaction) => eraseCouponClaims(transaction as never, 'vwr_ann'));
    expect(await taken()).toEqual(counted);
    const people = async () => (await database.read<any>().selectFrom('coupon_claims').select('person').execute()).map(({ person }) => person as string);
    expect(new Set(await people()).size).toBe(3);
    expect(await people()).not.toContain('vwr_ann');
    await database.write<any, void>((transaction) => erasePromotions(transaction as never, 'shw_test'));
    expect(await people()).toEqual([]);
    await close();
  });
});
