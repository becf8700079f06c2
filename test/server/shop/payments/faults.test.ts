import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../../../server/protocol/order.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import type { FaultKind } from '../../../support/stripe/faults.ts';
import { refusal } from '../open-shop.ts';
import { GOOD_CARD, HOLD_MS, host, PayingShop } from './open-paying-shop.ts';

const faults: FaultKind[] = ['rate-limited', 'fault', 'fault-after', 'reset', 'answer-lost', 'half-answer', 'black-hole'];

describe('Stripe that does not answer as it should', () => {
  let test: PayingShop;
  let product: Product;
  beforeEach(async () => {
    test = await PayingShop.open();
    product = await test.product(10);
  });
  afterEach(() => test.close());

  /** Ten seconds of the buyer's go by as soon as Stripe is asked. */
  async function withinTenSeconds<Value>(ask: () => Promise<Value>): Promise<Value> {
    const asked = test.stripe.requests.length;
    const answer = ask();
    answer.catch(() => undefined);
    while (test.stripe.requests.length === asked) await new Promise((resolve) => setTimeout(resolve, 5));
    test.clock.advance(10_000);
    return answer;
  }

  async function payInTheEnd(order: Order): Promise<void> {
    test.stripe.faults.clear();
    const { clientSecret } = await test.pay(order);
    expect((await test.stripe.pay(clientSecret, GOOD_CARD)).error).toBeUndefined();
    expect((await test.shop.money.check(order)).state).toBe('placed');
    expect(test.stripe.charged()).toEqual(new Map([[order.id, 1]]));
    expect(await test.problems()).toEqual([]);
  }

  it.each(faults)('%s: starting answers in time that nothing is decided, and is settled once later', async (kind) => {
    const order = await test.place(product);
    test.stripe.faults.add({ kind, of: /POST .*sessions$/ });
    expect((await refusal(kind === 'black-hole' ? withinTenSeconds(() => test.pay(order)) : test.pay(order))).code).toBe('payment.unavailable');
    expect(await test.order(order.id)).toMatchObject({ state: 'awaiting-payment', money: { state: 'due' } });
    if (kind === 'black-hole') {
      // The question is still open on the line: the line breaks, as it does after some seconds.
      await test.stripe.refuse();
      await test.stripe.answerAgain();
      test.stripe.faults.clear();
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    await payInTheEnd(order);
  });

  it('refused: cash on delivery is sold all the same, and the card is paid when Stripe is back', async () => {
    await test.stripe.refuse();
    const [card, cash] = [await test.place(product), await test.place(product, 'cod')];
    expect(cash.state).toBe('placed');
    expect((await refusal(test.pay(card))).code).toBe('payment.unavailable');
    await test.stripe.answerAgain();
    await payInTheEnd(card);
  });

  it('asks again with the same key while nothing was answered, and with another once the answer is a fault that would be repeated', async () => {
    const order = await test.place(product);
    test.stripe.faults.add({ kind: 'answer-lost', of: /POST/, times: 3 });
    await refusal(test.pay(order));
    test.stripe.faults.clear();
    await test.pay(order);
    expect(new Set(test.stripe.requests.filter(({ method }) => method === 'POST').map(({ key }) => key))).toEqual(new Set([`order-${order.id}-1`]));
    expect(test.stripe.ledger.sessions.size).toBe(1);

    const other = await test.place(product);
    test.stripe.faults.add({ kind: 'fault', of: /POST/, times: 1 });
    await refusal(test.pay(other));
    await test.pay(other);
    expect(test.stripe.requests.at(-1)?.key).toBe(`order-${other.id}-2`);
  });

  it.each(faults.filter((kind) => kind !== 'black-hole'))('%s: a refund goes out once', async (kind) => {
    const order = await test.paid(product, 2);
    test.stripe.faults.add({ kind, of: /POST .*refunds$/ });
    const asked = await test.shop.money.settling.refund(order.id, 700, { by: host, note: '' }, undefined);
    expect(asked.money.refundedMinor + asked.money.refundingMinor).toBe(700);
    test.stripe.faults.clear();
    for (let look = 0; look < 3; look += 1) {
      test.clock.advance(60_000);
      await test.shop.money.runDue();
    }
    expect((await test.order(order.id)).money).toMatchObject({ state: 'part-refunded', refundedMinor: 700, refundingMinor: 0, problem: null });
    expect(test.stripe.ledger.refunds.map(({ amount }) => amount)).toEqual([700]);
  });

  it('answer lost, and the server off for two days: a part goes back once though Stripe has forgotten the key', async () => {
    const order = await test.paid(product, 4);
    test.stripe.faults.add({ kind: 'answer-lost', of: /POST .*refunds$/ });
    await test.shop.money.settling.refund(order.id, 700, { by: host, note: '' }, undefined);
    await test.stop();
    test.stripe.faults.clear();
    test.clock.advance(48 * 3600_000);
    await test.start();
    await test.shop.money.runDue();
    expect((await test.order(order.id)).money).toMatchObject({ state: 'part-refunded', refundedMinor: 700, refundingMinor: 0, problem: null });
    expect(test.stripe.ledger.refunds.map(({ amount }) => amount)).toEqual([700]);
  });

  it('gives held goods back in time though Stripe is gone, and the money that came meanwhile when it is back', async () => {
    const [unpaid, paid] = [await test.place(product, 'stripe', 2), await test.place(product, 'stripe', 3)];
    const secrets = [await test.pay(unpaid), await test.pay(paid)].map(({ clientSecret }) => clientSecret);
    await test.stripe.pay(secrets[1] as string, GOOD_CARD);
    await test.stripe.refuse();
    test.clock.advance(HOLD_MS + 1);
    await test.shop.money.holds.look();
    expect([(await test.order(unpaid.id)).state, (await test.order(paid.id)).state]).toEqual(['cancelled', 'cancelled']);
    expect(await test.stock(product)).toEqual([10]);

    await test.stripe.answerAgain();
    for (let look = 0; look < 3; look += 1) {
      test.clock.advance(60_000);
      await test.shop.money.runDue();
    }
    expect((await test.stripe.pay(secrets[0] as string, GOOD_CARD)).error).toBeDefined();
    expect((await test.order(paid.id)).money).toMatchObject({ state: 'refunded', refundedMinor: 3750, problem: null });
    expect(await test.stock(product)).toEqual([10]);
  });

  it('logs no key, no secret and nothing about the buyer', async () => {
    test.stripe.faults.add({ kind: 'fault', of: /POST/ });
    const order = await test.place(product);
    await refusal(test.pay(order));
    await test.stripe.refuse();
    await refusal(test.pay(order));
    const logged = test.logLines.join('');
    for (const secret of ['sk_test', 'whsec_', order.buyer.name, order.buyer.phone, order.buyer.address]) expect(logged).not.toContain(secret);
  });
});
