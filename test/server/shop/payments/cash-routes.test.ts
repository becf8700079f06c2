// Money that no gateway moves, over HTTP: who may see and change it, what a wrong question is answered with, and the table as a file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../../server/protocol/order.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

let test: TestApp;
let market: Market;
let other: Market;
let courierId: string;
let helper: string;
let chatHelper: string;
beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [100]);
  other = await openMarket(test, [1]);
  const [showId, identity] = [market.show.id, 'per_helper_of_test'];
  helper = await test.app.issueToken({ role: 'helper', identity, showId, name: 'Mei', rights: ['orders'] }, 3600_000);
  chatHelper = await test.app.issueToken({ role: 'helper', identity, showId, name: 'Mei', rights: ['chat'] }, 3600_000);
  courierId = (await test.call('POST', `/api/v1/sellers/${market.show.sellerId}/couriers`, { token: market.hostToken, body: { name: '老刘' } })).body.id;
});
afterAll(() => test?.close());

const seller = () => `/api/v1/sellers/${market.show.sellerId}`;
const now = Date.now();
const day = `from=${now - 43_200_000}&to=${now + 43_200_000}`;
async function place(): Promise<Order> {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  return (await test.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!), headers })).body;
}

describe('cash over HTTP', () => {
  it('lets only its own staff with the right near it', async () => {
    const order = await place();
    const calls: [string, string, unknown?][] = [
      ['GET', `${seller()}/ways`], ['GET', `${seller()}/couriers`], ['POST', `${seller()}/couriers`, { name: 'x' }], ['GET', `${seller()}/refusals`],
      ['GET', `${seller()}/money?${day}`], ['GET', `${seller()}/money.csv?${day}`], ['GET', `${seller()}/risks?orderIds=${order.id}`],
      ['GET', `/api/v1/couriers/${courierId}`], ['PATCH', `/api/v1/couriers/${courierId}`, { name: 'x' }], ['POST', `/api/v1/couriers/${courierId}/cash`, { amountMinor: 1 }],
      ['GET', `/api/v1/orders/${order.id}/door`], ['POST', `/api/v1/orders/${order.id}/calls`, { outcome: 'reached' }],
      ['POST', `/api/v1/orders/${order.id}/handover`, { courierId }], ['POST', `/api/v1/orders/${order.id}/delivered`, {}], ['POST', `/api/v1/orders/${order.id}/refused`, { reason: 'other' }],
    ];
    for (const [method, path, body] of calls) {
      const codeOf = async (token?: string) => {
        const headers = { 'idempotency-key': crypto.randomUUID() };
        const answer = await test.call(method, path, { ...(token ? { token } : {}), ...(body ? { body } : {}), headers });
        return `${path} ${answer.status} ${answer.body.code}`;
      };
      expect(await codeOf()).toMatch(/ 40[13] auth\.(?:missing|forbidden)$/);
      expect(await codeOf(other.hostToken)).toBe(`${path} 403 auth.forbidden`);
      expect(await codeOf(chatHelper)).toBe(`${path} 403 auth.right-missing`);
    }
    expect((await test.call<Order>('GET', `/api/v1/orders/${order.id}`)).body.state).toBe('placed');
  });

  it('lets a helper work orders with hidden numbers, and only hosts change how the seller is paid', async () => {
    const order = await place();
    const called = await test.call<Order>('POST', `/api/v1/orders/${order.id}/calls`, { token: helper, body: { outcome: 'reached' } });
    expect(called).toMatchObject({ status: 200, body: { state: 'confirmed', buyer: { phone: expect.stringContaining('****') } } });
    expect((await test.call('GET', `${seller()}/ways`, { token: helper })).status).toBe(200);
    expect((await test.call('PATCH', `${seller()}/ways`, { token: helper, body: { cod: true } })).status).toBe(403);
    expect((await test.call('PATCH', `/api/v1/sellers/${other.show.sellerId}/ways`, { token: market.hostToken, body: { cod: true } })).status).toBe(403);
  });

  it('names buyers to a helper in their own show alone, on the page and in the table', async () => {
    const show = (await test.call('POST', '/api/v1/shows', { token: test.operatorToken, body: { title: 'Another evening', sellerId: market.show.sellerId, hostName: 'Wu' } })).body;
    await test.call('PUT', `/api/v1/shows/${show.id}/shelf`, { token: test.operatorToken, body: { productIds: [market.products[0]?.id] } });
    const body = { ...orderOf(market.products[0]!), buyer: { name: '赵云', phone: '13900005678', address: '成都市武侯区 2 号' } };
    const there = (await test.call<Order>('POST', `/api/v1/shows/${show.id}/orders`, { body, headers: { 'idempotency-key': crypto.randomUUID() } })).body;
    const here = await place();
    for (const [order, to] of [[here, '李梅'], [there, '赵云']] as const) {
      expect(order.buyer.name).toBe(to);
      await test.call('POST', `/api/v1/orders/${order.id}/payment/collected`, { token: test.operatorToken, body: {} });
    }
    const namesFor = async (token: string) => ({
      page: (await test.call('GET', `${seller()}/money?${day}`, { token })).body.steps.map(({ buyerName }: { buyerName: string }) => buyerName),
      table: String((await test.call('GET', `${seller()}/money.csv?${day}`, { token })).body),
    });
    const [host, own] = [await namesFor(test.operatorToken), await namesFor(helper)];
    expect(host.page).toEqual(expect.arrayContaining(['李梅', '赵云']));
    expect(host.table).toContain('赵云');
    expect(own.page).toContain('李梅');
    expect([own.page.includes('赵云'), own.table.includes('赵云'), own.page.length]).toEqual([false, false, host.page.length]);
  });

  it.each([
    ['PATCH', () => `${seller()}/ways`, { transfer: { holdMinutes: 1 } }],
    ['PATCH', () => `${seller()}/ways`, { limits: { unpaidPerBuyer: 0 } }],
    ['PATCH', () => `${seller()}/ways`, { stripeAccount: 'acct_mine' }],
    ['POST', () => `/api/v1/couriers/${courierId}/cash`, { amountMinor: -5 }],
    ['POST', () => `/api/v1/couriers/${courierId}/cash`, { amountMinor: 0.5 }],
    ['POST', () => `/api/v1/couriers/${courierId}/cash`, { amountMinor: 1e15 }],
    ['GET', () => `${seller()}/money?from=1&to=2`, undefined],
    ['GET', () => `${seller()}/money?from=${now}&to=${now - 1}`, undefined],
    ['GET', () => `${seller()}/money.csv?${day}&zone=${encodeURIComponent('../../etc')}`, undefined],
    ['GET', () => `${seller()}/risks?orderIds=`, undefined],
    ['GET', () => `${seller()}/risks?orderIds=${Array.from({ length: 51 }, (_, each) => `ord_${each}`).join(',')}`, undefined],
    ['GET', () => `${seller()}/refusals?days=1e9`, undefined],
  ])('refuses %s of a wrong kind', async (method, path, body) => {
    const answer = await test.call(method, path(), { token: market.hostToken, ...(body ? { body } : {}), headers: { 'idempotency-key': crypto.randomUUID() } });
    expect([answer.status, answer.body.code]).toEqual([400, 'input.invalid']);
  });

  it('takes cash once for a repeated call', async () => {
    const take = () => test.call('POST', `/api/v1/couriers/${courierId}/cash`, { token: market.hostToken, body: { amountMinor: 700 }, headers: { 'idempotency-key': 'cash-of-today' } });
    for (const answer of [await take(), await take()]) expect(answer).toMatchObject({ status: 200, body: { courier: { handedOverMinor: 700 } } });
  });

  it('answers the table as a file that no cache keeps', async () => {
    const answer = await test.call('GET', `${seller()}/money.csv?${day}&zone=Asia/Shanghai`, { token: market.hostToken });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store', 'content-disposition': 'attachment; filename="money.csv"' });
  });
});
