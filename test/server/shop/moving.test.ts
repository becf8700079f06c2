import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FieldcastError } from '../../../server/platform/errors.ts';
import { type Order, type OrderState, orderStates, orderTransitions } from '../../../server/protocol/order.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { onceFor, openShop, placeIn, refusal, requestFor, stockOf, type TestShop, variantId, viewer } from './open-shop.ts';

const host = { role: 'host', name: 'Li Wei' } as const;
// What waits for money is moved by money: payments/.
const worked = orderStates.filter((state) => state !== 'awaiting-payment');
const pathTo: Record<OrderState, OrderState[]> = {
  'awaiting-payment': [],
  placed: [],
  confirmed: ['confirmed'],
  packed: ['packed'],
  shipped: ['packed', 'shipped'],
  delivered: ['packed', 'shipped', 'delivered'],
  refused: ['packed', 'shipped', 'refused'],
  cancelled: ['cancelled'],
};

describe('moving an order', () => {
  let test: TestShop;
  let product: Product;
  beforeEach(async () => {
    test = await openShop();
    product = await test.product(1000);
  });
  afterEach(() => test.close());

  const place = (quantity = 3) => test.shop.orders.place(requestFor(product, quantity), placeIn(test.sellerId, product), viewer, undefined);
  async function placeAt(state: OrderState): Promise<Order> {
    let order = await place();
    for (const step of pathTo[state]) order = await test.shop.orders.move(order.id, step, '', host);
    return order;
  }
  const stock = async () => (await stockOf(test.shop, product))[0];

  it('allows exactly the moves of the table', async () => {
    const wrong: string[] = [];
    for (const from of worked) {
      for (const to of orderStates) {
        const order = await placeAt(from);
        const before = await stock();
        const outcome = await test.shop.orders.move(order.id, to, '', host).catch((error: unknown) => error);
        const after = await test.shop.orders.find(order.id);
        const isRefused = outcome instanceof FieldcastError && outcome.code === 'order.wrong-state' && outcome.toProblem().params?.['state'] === from;
        const isUntouched = isDeepStrictEqual(after, order) && (await stock()) === before;
        const isRight = orderTransitions[from].includes(to) ? after?.state === to && after.history.length === order.history.length + 1 : isRefused && isUntouched;
        if (!isRight) wrong.push(`${from} -> ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps each change with who, when and why', async () => {
    const order = await place();
    await test.shop.orders.move(order.id, 'confirmed', '', { role: 'helper', name: 'Chen' });
    const packed = await test.shop.orders.move(order.id, 'packed', 'two boxes', host);
    expect(packed.history.map(({ from, to, byRole, byName, note }) => [from, to, byRole, byName, note])).toEqual([
      [null, 'placed', 'viewer', '', ''],
      ['placed', 'confirmed', 'helper', 'Chen', ''],
      ['confirmed', 'packed', 'host', 'Li Wei', 'two boxes'],
    ]);
    expect(packed.changedAt).toBe(packed.history.at(-1)?.at);
    expect(test.facts.at(-1)).toEqual({ fact: 'order.changed', payload: { order: packed } });
  });

  it('moves once for one key', async () => {
    const order = await place();
    const once = onceFor('press-confirm');
    const answers = await Promise.all(Array.from({ length: 10 }, () => test.shop.orders.move(order.id, 'confirmed', '', host, once)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.history).toHaveLength(2);
    expect(test.facts.filter(({ fact }) => fact === 'order.changed')).toHaveLength(1);
  });

  it('gives stock back once when buyer and seller cancel at the same moment', async () => {
    const order = await place();
    expect(await stock()).toBe(997);
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 30 }, () => test.shop.orders.cancelByBuyer(order.id)),
      ...Array.from({ length: 30 }, () => test.shop.orders.move(order.id, 'cancelled', '', host)),
    ]);
    // The buyer's repeated cancel is answered with the cancelled order, the seller's is refused.
    expect(outcomes.slice(0, 30).every((outcome) => outcome.status === 'fulfilled')).toBe(true);
    expect(outcomes.slice(30).every((outcome) => outcome.status === 'rejected')).toBe(true);
    expect(await stock()).toBe(1000);
    expect((await test.shop.orders.find(order.id))?.history).toHaveLength(2);
    expect(test.facts.filter(({ fact }) => fact === 'order.changed')).toHaveLength(1);
  });

  it('gives every line of a cancelled order back', async () => {
    const two = await test.product(5, 8);
    const order = await test.shop.orders.place(requestFor(two, 5, 2), placeIn(test.sellerId, two), viewer, undefined);
    await test.shop.orders.cancelByBuyer(order.id);
    expect(await stockOf(test.shop, two)).toEqual([5, 8]);
    expect(test.facts.at(-2)?.payload.variants).toHaveLength(2);
  });

  it('lets the buyer cancel until the order is packed', async () => {
    for (const state of ['placed', 'confirmed'] as const) {
      const order = await placeAt(state);
      expect((await test.shop.orders.cancelByBuyer(order.id)).state).toBe('cancelled');
    }
    for (const state of ['packed', 'shipped', 'delivered', 'refused'] as const) {
      const order = await placeAt(state);
      expect(await refusal(test.shop.orders.cancelByBuyer(order.id))).toEqual({ code: 'order.wrong-state', params: { state } });
    }
  });

  it('takes moves back one by one, until there is none', async () => {
    const order = await placeAt('delivered');
    const states = [];
    for (let count = 0; count < 3; count += 1) states.push((await test.shop.orders.undo(order.id, host)).state);
    expect(states).toEqual(['shipped', 'packed', 'placed']);
    expect(await refusal(test.shop.orders.undo(order.id, host))).toMatchObject({ code: 'order.wrong-state' });
    const moved = await test.shop.orders.move(order.id, 'confirmed', '', host);
    expect(moved.history.filter((change) => change.isUndo)).toHaveLength(3);
    expect((await test.shop.orders.undo(order.id, host)).state).toBe('placed');
  });

  it('takes a move back once when two press undo at the same moment', async () => {
    const order = await placeAt('confirmed');
    const outcomes = await Promise.allSettled([test.shop.orders.undo(order.id, host), test.shop.orders.undo(order.id, host)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await test.shop.orders.find(order.id))?.state).toBe('placed');
  });

  it('reserves again when a cancel is taken back, and refuses when the goods are gone', async () => {
    const order = await place();
    await test.shop.orders.move(order.id, 'cancelled', '', host);
    expect(await stock()).toBe(1000);
    expect((await test.shop.orders.undo(order.id, host)).state).toBe('placed');
    expect(await stock()).toBe(997);

    await test.shop.orders.move(order.id, 'cancelled', '', host);
    await test.shop.catalogue.changeVariant(variantId(product), { stock: 2 });
    expect(await refusal(test.shop.orders.undo(order.id, host))).toEqual({
      code: 'stock.insufficient',
      params: { variantId: variantId(product), left: 2 },
    });
    expect(await stock()).toBe(2);
    expect((await test.shop.orders.find(order.id))?.state).toBe('cancelled');
  });

  it('does not bring back what the buyer has cancelled', async () => {
    const order = await place();
    await test.shop.orders.cancelByBuyer(order.id);
    expect((await refusal(test.shop.orders.undo(order.id, host))).code).toBe('order.wrong-state');
    expect(await stock()).toBe(1000);
  });

  it('knows no order by a foreign id', async () => {
    for (const id of ['ord_nothing', '__proto__', "' or 1=1 --"]) {
      expect(await test.shop.orders.find(id)).toBeUndefined();
      expect((await refusal(test.shop.orders.move(id, 'confirmed', '', host))).code).toBe('not-found');
      expect((await refusal(test.shop.orders.cancelByBuyer(id))).code).toBe('not-found');
      expect((await refusal(test.shop.orders.undo(id, host))).code).toBe('not-found');
    }
  });
});
