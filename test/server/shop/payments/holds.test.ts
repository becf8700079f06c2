import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../../server/protocol/shop.ts';
import { refusal } from '../open-shop.ts';
import { GOOD_CARD, HOLD_MS, host, PayingShop } from './open-paying-shop.ts';

const word = { by: host, note: '' };

describe('goods that are held for money', () => {
  let test: PayingShop;
  let product: Product;
  beforeEach(async () => {
    test = await PayingShop.open();
    product = await test.product(10, 10);
  });
  afterEach(() => test.close());

  it('go back once when it does not come, to the minute and by the clock', async () => {
    const order = await test.place(product, 'stripe', 3, 2);
    test.clock.advance(HOLD_MS - 1);
    await test.shop.money.runDue();
    expect(await test.stock(product)).toEqual([7, 8]);
    test.clock.advance(1);
    await Promise.all([test.shop.money.runDue(), test.shop.money.holds.look(), test.shop.orders.cancelByBuyer(order.id)]);
    await test.shop.money.runDue();
    expect(await test.stock(product)).toEqual([10, 10]);
    expect(await test.order(order.id)).toMatchObject({ state: 'cancelled', money: { state: 'due', holdUntil: null } });
    expect((await test.order(order.id)).history).toHaveLength(2);
  });

  it('go back by themselves after a start, though the time ran out while the server was down', async () => {
    const order = await test.place(product, 'stripe', 3);
    await test.stop();
    test.clock.advance(HOLD_MS + 1);
    await test.start();
    test.shop.money.start();
    while ((await test.order(order.id)).state !== 'cancelled') await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await test.order(order.id)).history.at(-1)).toMatchObject({ to: 'cancelled', byRole: 'system', note: 'not paid in time' });
    expect(await test.stock(product)).toEqual([10, 10]);
  });

  it('stay where the payment came in the last moment and nobody has told us yet', async () => {
    const order = await test.place(product, 'stripe', 3);
    await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
    test.clock.advance(HOLD_MS + 1);
    await test.shop.money.holds.look();
    expect((await test.order(order.id)).state).toBe('placed');
    expect(await test.stock(product)).toEqual([7, 10]);
  });

  it('cannot be paid any more once they have gone back', async () => {
    const order = await test.place(product);
    const { clientSecret } = await test.pay(order);
    test.clock.advance(HOLD_MS + 1);
    await test.shop.money.holds.look();
    expect((await test.stripe.pay(clientSecret, GOOD_CARD)).error).toBeDefined();
    expect(await refusal(test.pay(order))).toEqual({ code: 'payment.wrong-state', params: { state: 'due' } });
  });

  it('stay for a transfer that the buyer claims, until its seller says yes or no', async () => {
    const [seen, unseen] = [await test.place(product, 'transfer', 1), await test.place(product, 'transfer', 2)];
    for (const { id } of [seen, unseen]) await test.shop.money.settling.claim(id);
    test.clock.advance(24 * 3600_000);
    await test.shop.money.runDue();
    expect(await test.stock(product)).toEqual([7, 10]);
    expect(await refusal(test.shop.orders.cancelByBuyer(seen.id))).toEqual({ code: 'payment.in-progress' });

    expect(await test.shop.money.settling.confirm(seen.id, word)).toMatchObject({ state: 'placed', money: { state: 'paid', holdUntil: null } });
    const again = await test.shop.money.settling.refuseClaim(unseen.id, word);
    expect(again).toMatchObject({ state: 'awaiting-payment', money: { state: 'due', holdUntil: test.clock.now() + 120 * 60_000 } });
    test.clock.advance(120 * 60_000);
    await test.shop.money.runDue();
    expect((await test.order(unseen.id)).state).toBe('cancelled');
    expect(await test.stock(product)).toEqual([9, 10]);
  });

  it('stay where the buyer pays or claims in the very moment in which they run out', async () => {
    const [claimed, paying] = [await test.place(product, 'transfer', 1), await test.place(product, 'stripe', 2)];
    await test.stripe.pay((await test.pay(paying)).clientSecret, { ...GOOD_CARD, isSlow: true });
    await test.shop.money.check(paying);
    await test.shop.money.settling.claim(claimed.id);
    for (const { id } of [claimed, paying]) await test.shop.money.settling.closeUnpaid(id, 'not paid in time');
    expect([(await test.order(claimed.id)).state, (await test.order(paying.id)).state]).toEqual(['awaiting-payment', 'awaiting-payment']);
    expect(await test.stock(product)).toEqual([7, 10]);
  });

  it('of a show full of buyers all go back, though they are more than one look takes', async () => {
    const many = await test.product(100);
    for (let count = 0; count < 60; count += 1) await test.place(many, 'transfer');
    expect(await test.stock(many)).toEqual([40]);
    test.clock.advance(24 * 3600_000);
    await test.shop.money.holds.look();
    expect(await test.stock(many)).toEqual([100]);
  });
});
