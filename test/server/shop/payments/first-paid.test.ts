// "First paid, first served": an order that waits for money takes no goods before the money is there.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../open-shop.ts';
import { GOOD_CARD, HOLD_MS, host, PayingShop } from './open-paying-shop.ts';

let test: PayingShop;
beforeEach(async () => {
  test = await PayingShop.open();
  await rule('payment');
});
afterEach(() => test.close());

const word = { by: host, note: '' };
const rule = (policy: 'order' | 'payment') => test.shop.cash.ways.change(test.sellerId, { stock: { policy } });
const confirm = (id: string) => test.shop.money.settling.confirm(id, word);
const statesOf = async (ids: readonly string[]): Promise<string[]> => (await Promise.all(ids.map((id) => test.order(id)))).map(({ state }) => state);

describe('first paid, first served', () => {
  it('gives 20 orders to 200 buyers who pay at once for 20 pieces, and all other money is owed back', async () => {
    const product = await test.product(20);
    const orders = await Promise.all(Array.from({ length: 200 }, () => test.place(product, 'transfer')));
    expect(await test.stock(product)).toEqual([20]);
    await Promise.all(orders.map(({ id }) => confirm(id)));
    const after = await Promise.all(orders.map(({ id }) => test.order(id)));
    expect(after.filter(({ state }) => state === 'placed')).toHaveLength(20);
    const gone = after.filter(({ state }) => state === 'cancelled');
    expect(gone).toHaveLength(180);
    expect(gone.every(({ money, history }) => money.state === 'paid' && money.problem === 'refund-owed' && history.at(-1)?.byRole === 'system')).toBe(true);
    expect(await test.stock(product)).toEqual([0]);
    expect(test.facts.filter(({ fact }) => fact === 'order.placed')).toHaveLength(20);
  });

  it('sends the money of a card back by itself, once, when the goods are gone', async () => {
    const product = await test.product(1);
    const [first, second] = [await test.place(product), await test.place(product)];
    const [one, two] = [await test.pay(first), await test.pay(second)];
    await test.stripe.pay(one.clientSecret, GOOD_CARD);
    await test.stripe.pay(two.clientSecret, GOOD_CARD);
    await Promise.all([test.shop.money.check(second), test.shop.money.check(second), test.tell(test.stripe.events)]);
    await test.restart();
    await test.shop.money.check(first);
    await test.tell(test.stripe.events);
    expect((await statesOf([first.id, second.id])).sort()).toEqual(['cancelled', 'placed']);
    const charges = [...test.stripe.ledger.intents.values()].map(({ charge }) => charge?.amount_refunded);
    expect(charges.sort()).toEqual([0, 1250]);
    expect(await test.problems()).toEqual([]);
    const [loser] = (await Promise.all([test.order(first.id), test.order(second.id)])).filter(({ state }) => state === 'cancelled');
    expect(loser).toMatchObject({ isFirstPaid: true, money: { state: 'refunded', paidMinor: 1250, refundedMinor: 1250 } });
    expect(await test.stock(product)).toEqual([0]);
  });

  it('lets nobody order, or begin to pay by card, what is sold out', async () => {
    const product = await test.product(1);
    const [first, late, sent] = [await test.place(product, 'transfer'), await test.place(product), await test.place(product, 'transfer')];
    expect(await test.pay(sent)).not.toHaveProperty('isSoldOut');
    await confirm(first.id);
    expect(await refusal(test.place(product))).toMatchObject({ code: 'stock.insufficient', params: { left: 0 } });
    expect(await refusal(test.pay(late))).toMatchObject({ code: 'stock.insufficient', params: { left: 0 } });
    // Whoever has sent the money already can say so, and gets it back.
    expect(await test.pay(sent)).toMatchObject({ method: 'transfer', isSoldOut: true });
    await test.shop.money.settling.claim(sent.id);
    await confirm(sent.id);
    test.clock.advance(HOLD_MS);
    await test.shop.money.runDue();
    expect(await statesOf([late.id, sent.id])).toEqual(['cancelled', 'cancelled']);
    expect(await test.problems()).toEqual(['refund-owed']);
    expect(await test.stock(product)).toEqual([0]);
  });

  it('takes all lines of an order or none, and gives back only what was taken', async () => {
    const product = await test.product(5, 1);
    const both = await test.place(product, 'transfer', 2, 1);
    const also = await test.place(product, 'transfer', 3, 1);
    await test.shop.orders.cancelByBuyer((await test.place(product, 'transfer', 1)).id);
    await confirm(both.id);
    await confirm(also.id);
    expect([await statesOf([both.id, also.id]), await test.stock(product)]).toEqual([['placed', 'cancelled'], [3, 0]]);
    expect((await refusal(test.shop.orders.undo(also.id, host))).code).toBe('order.wrong-state');
    await test.shop.orders.move(both.id, 'cancelled', '', host);
    expect(await test.stock(product)).toEqual([5, 1]);
    await test.shop.orders.undo(both.id, host);
    expect(await test.stock(product)).toEqual([3, 0]);
  });

  it('takes the goods of cash on delivery with the order, and changes no order that is there when the rule changes', async () => {
    const product = await test.product(10);
    const open = await test.place(product, 'transfer', 2);
    await test.place(product, 'cod', 3);
    expect(await test.stock(product)).toEqual([7]);
    await rule('order');
    const held = await test.place(product, 'transfer', 4);
    expect(await test.stock(product)).toEqual([3]);
    await rule('payment');
    await test.shop.orders.cancelByBuyer(held.id);
    expect(await test.stock(product)).toEqual([7]);
    await confirm(open.id);
    expect(await test.stock(product)).toEqual([5]);
  });

  it('gives an order its numbers when it gets its goods', async () => {
    const product = await test.product(0);
    const variantId = product.variants[0]!.id;
    await test.shop.promotions.lots.add(variantId, { name: 'Spring', harvestedOn: null, quota: 5, isNumbered: true, addsToStock: true }, undefined);
    const [slow, quick] = [await test.place(product, 'transfer', 2), await test.place(product, 'transfer', 2)];
    expect(slow.lines[0]?.lots).toBeUndefined();
    await confirm(quick.id);
    await confirm(slow.id);
    const firsts = (await Promise.all([quick, slow].map(({ id }) => test.order(id)))).map(({ lines }) => lines[0]?.lots?.[0]?.first);
    expect(firsts).toEqual([1, 3]);
  });

  it('leaves what was kept for somebody with them', async () => {
    const product = await test.product(1);
    const variantId = product.variants[0]!.id;
    const holder = await test.place(product, 'cod');
    await test.shop.promotions.waitlist.join({ variantId, quantity: 1 }, { showId: 'shw_test', sellerId: test.sellerId, allowedProductIds: new Set([product.id]) }, 'vwr_3');
    await test.shop.orders.cancelByBuyer(holder.id);
    await test.place(product, 'transfer').catch(() => undefined);
    const theirs = await test.place(product, 'transfer');
    expect(theirs.isFirstPaid).toBeUndefined();
    expect(await test.stock(product)).toEqual([0]);
    await confirm(theirs.id);
    expect(await statesOf([theirs.id])).toEqual(['placed']);
  });
});
