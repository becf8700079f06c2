import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../../server/protocol/order.ts';
import { openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';
import { LocalStripe, WEBHOOK_SECRETS } from '../../../support/stripe/local-stripe.ts';
import { bodyOf, deliver, deliverRaw, eventOf, signatureOf } from '../../../support/stripe/webhooks.ts';

describe('payments over HTTP', () => {
  let stripe: LocalStripe;
  let test: TestApp;
  let market: Awaited<ReturnType<typeof openMarket>>;
  let buyers = 0;
  beforeAll(async () => {
    stripe = await LocalStripe.open();
    test = await startApp({ env: stripe.settings });
    stripe.webhookUrl = `${test.url}/api/v1/stripe/webhook`;
    market = await openMarket(test, [1000]);
  });
  afterAll(async () => {
    await test.close();
    await stripe.close();
  });

  async function place(payment: string): Promise<Order> {
    buyers += 1;
    const body = { ...orderOf(market.products[0]!), payment };
    body.buyer = { ...body.buyer, phone: `139${String(10_000_000 + buyers)}`, address: `${buyers} Orchard Road` };
    const answer = await test.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': crypto.randomUUID() } });
    expect(answer.status).toBe(201);
    return answer.body;
  }
  const pay = (order: Order, key = crypto.randomUUID()) => test.call('POST', `/api/v1/orders/${order.id}/payment`, { body: {}, headers: { 'idempotency-key': key } });

  it('tells which ways a show takes, and refuses others', async () => {
    const { body } = await test.call('GET', `/api/v1/shows/${market.show.id}`);
    expect(body.ways).toEqual([{ method: 'cod' }, { method: 'stripe', publishableKey: 'pk_test_local' }]);
    const refused = await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, {
      body: { ...orderOf(market.products[0]!), payment: 'transfer' },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'payment.not-offered', params: { method: 'transfer' } } });
  });

  it('takes a card from the order to the paid order, by signed webhooks over the raw body', async () => {
    const order = await place('stripe');
    const start = await pay(order);
    expect(start.body).toMatchObject({ ui: 'checkout-session', amountMinor: 1000, scriptUrl: `${stripe.url}/stripe.js` });
    await stripe.pay(start.body.clientSecret, { number: '4242424242424242' });
    await stripe.delivered();
    const read = () => test.call<Order>('GET', `/api/v1/orders/${order.id}`);
    while ((await read()).body.state === 'awaiting-payment') await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await read()).body).toMatchObject({ state: 'placed', money: { state: 'paid', paidMinor: 1000 } });
    expect(await pay(order)).toMatchObject({ status: 409, body: { code: 'payment.wrong-state', params: { state: 'paid' } } });

    const changes = await test.call('GET', `/api/v1/orders/${order.id}/payment/changes`, { token: market.hostToken });
    expect(changes.body.changes).toMatchObject([{ to: 'paid', amountMinor: 1000 }]);
    const refund = () => test.call('POST', `/api/v1/orders/${order.id}/payment/refund`, { token: market.hostToken, body: { amountMinor: 400, note: 'bruised' }, headers: { 'idempotency-key': 'give-back-400' } });
    for (const answer of [await refund(), await refund()]) expect(answer).toMatchObject({ status: 200, body: { money: { refundedMinor: 400 } } });
    expect(stripe.ledger.refunds).toHaveLength(1);
  });

  it('answers a webhook with another type, size or signature with a refusal and not with a fault', async () => {
    const url = `${test.url}/api/v1/stripe/webhook`;
    const event = eventOf('payment_intent.succeeded', { object: 'payment_intent', id: 'pi_http' });
    expect((await deliver(url, event, WEBHOOK_SECRETS)).status).toBe(200);
    expect((await deliver(url, event, ['whsec_other'])).status).toBe(400);
    expect((await deliverRaw(url, bodyOf(event), undefined)).status).toBe(400);
    expect((await deliverRaw(url, 'x'.repeat(600_000), signatureOf('x', WEBHOOK_SECRETS, Date.now()))).status).toBe(413);
    const form = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' });
    expect(form.status).toBe(415);
  });

  it('lets only its own staff near the money of an order', async () => {
    const order = await place('cod');
    const other = await openMarket(test, [1]);
    const calls = ['confirm', 'refuse', 'collected', 'refund'].map((verb) => ['POST', `/api/v1/orders/${order.id}/payment/${verb}`] as const);
    for (const [method, path] of [...calls, ['GET', `/api/v1/orders/${order.id}/payment/changes`] as const]) {
      const extra = { ...(method === 'POST' ? { body: {} } : {}), headers: { 'idempotency-key': crypto.randomUUID() } };
      expect((await test.call(method, path, extra)).status, path).toBe(401);
      expect((await test.call(method, path, { ...extra, token: other.hostToken })).status, path).toBe(403);
    }
    const collected = await test.call('POST', `/api/v1/orders/${order.id}/payment/collected`, { token: market.hostToken, body: {} });
    expect(collected.body).toMatchObject({ state: 'placed', money: { state: 'paid' } });
  });

  it('shows staff the problems of their own orders, and operators all', async () => {
    const order = await place('stripe');
    await deliver(`${test.url}/api/v1/stripe/webhook`, eventOf('charge.succeeded', { object: 'charge', id: 'ch_x', metadata: { fieldcast_order: order.id } }, { account: 'acct_other' }), WEBHOOK_SECRETS);
    await deliver(`${test.url}/api/v1/stripe/webhook`, eventOf('charge.succeeded', { object: 'charge', id: 'ch_y', metadata: { fieldcast_order: 'ord_nobody' } }, { account: 'acct_other' }), WEBHOOK_SECRETS);
    const problems = (token: string) => test.call('GET', '/api/v1/payment-problems', { token });
    while ((await problems(test.operatorToken)).body.problems.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await problems(market.hostToken)).body.problems).toMatchObject([{ kind: 'foreign', orderId: order.id, gatewayRef: 'ch_x' }]);
    const other = await openMarket(test, [1]);
    expect((await problems(other.hostToken)).body.problems).toEqual([]);
    const [problem] = (await problems(market.hostToken)).body.problems;
    const settle = (token: string) => test.call('POST', `/api/v1/payment-problems/${problem.id}/settle`, { token, body: { note: 'seen' } });
    expect((await settle(other.hostToken)).status).toBe(404);
    expect([(await settle(market.hostToken)).status, (await settle(market.hostToken)).status]).toEqual([204, 204]);
    expect((await problems(market.hostToken)).body.problems).toEqual([]);
  });
});
