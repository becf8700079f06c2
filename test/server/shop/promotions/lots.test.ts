// Harvest lots: filled in order, every numbered piece in one order alone, numbers given back and given out again.
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lotText } from '../../../../server/protocol/lot-text.ts';
import type { Order } from '../../../../server/protocol/order.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { onceFor, openShop, placeIn, refusal, requestFor, type TestShop, viewer } from '../open-shop.ts';

let test: TestShop;
let product: Product;

beforeAll(async () => {
  test = await openShop();
});
afterAll(() => test.close());
beforeEach(async () => {
  product = await test.product(0);
});

const variantId = () => product.variants[0]!.id;
const add = (quota: number, part: { name?: string; isNumbered?: boolean; addsToStock?: boolean } = {}) =>
  test.shop.promotions.lots.add(variantId(), { name: 'North field', harvestedOn: '2026-11-03', quota, isNumbered: true, addsToStock: true, ...part }, undefined);
const order = (quantity: number, once?: string) => test.shop.orders.place(requestFor(product, quantity), placeIn(test.sellerId, product), viewer, once ? onceFor(once) : undefined);
const cancel = (id: string) => test.shop.orders.cancelByBuyer(id);
const numbers = (of: Order) => (of.lines[0]?.lots ?? []).flatMap(({ first, quantity }) => Array.from({ length: quantity }, (_none, index) => (first ?? NaN) + index));
const left = async () => (await test.shop.promotions.lots.of(product.id)).map((lot) => lot.left);

describe('a lot', () => {
  it('brings its pieces into the stock, or is counted there already', async () => {
    await add(10);
    await add(5, { addsToStock: false });
    expect((await test.shop.catalogue.product(product.id)).variants[0]!.stock).toBe(10);
    expect(await left()).toEqual([10, 5]);
  });

  it('numbers its pieces, the same for a repeated call and for whoever reads the order', async () => {
    await add(40);
    const first = await order(2, 'once-2');
    expect(first.lines[0]?.lots).toEqual([{ lotId: expect.any(String), name: 'North field', harvestedOn: '2026-11-03', quantity: 2, first: 1, quota: 40 }]);
    expect((await order(2, 'once-2')).lines).toEqual(first.lines);
    expect(numbers(await order(3))).toEqual([3, 4, 5]);
    expect((await test.shop.orders.find(first.id))?.lines).toEqual(first.lines);
  });

  it('is sold before the next one, in the order in which they came', async () => {
    await add(3, { name: 'first picking' });
    await add(3, { name: 'second picking', isNumbered: false });
    await order(2);
    const both = await order(2);
    expect(both.lines[0]?.lots).toMatchObject([{ name: 'first picking', first: 3, quantity: 1 }, { name: 'second picking', first: null, quantity: 1 }]);
    expect(lotText(both.lines[0]?.lots, 'en')).toBe('Lot first picking, no. 3 of 3; second picking ×1');
    expect(lotText(both.lines[0]?.lots, 'zh-CN')).toBe('批次：first picking 第 3 号（共 3 件）；second picking ×1');
  });

  it('leaves the rest of the stock without a lot', async () => {
    await test.shop.catalogue.changeVariant(variantId(), { stock: 5 });
    await add(2, { addsToStock: false });
    expect(numbers(await order(3))).toEqual([1, 2]);
    expect((await order(1)).lines[0]).not.toHaveProperty('lots');
  });

  it('gives the smallest free number next, and takes back what is cancelled, once', async () => {
    await add(10);
    const [one, two] = [await order(2), await order(2)];
    expect((await cancel(one.id)).lines[0]).not.toHaveProperty('lots');
    await cancel(one.id);
    expect(await left()).toEqual([8]);
    expect(numbers(await order(1))).toEqual([1]);
    expect(numbers(await order(3))).toEqual([2, 5, 6]);
    expect(numbers((await test.shop.orders.find(two.id))!)).toEqual([3, 4]);
  });

  it('gives an order that is taken up again what is free then', async () => {
    await add(2);
    const host = { role: 'host', name: 'Zhang' } as const;
    const first = await order(1);
    await test.shop.orders.move(first.id, 'cancelled', '', host);
    expect(numbers(await order(1))).toEqual([1]);
    expect(numbers(await test.shop.orders.undo(first.id, host))).toEqual([2]);
  });

  it('grows and shrinks, but not below the numbers that are out', async () => {
    const { id } = await add(10);
    const one = await order(4);
    await order(2);
    await cancel(one.id);
    expect(await refusal(test.shop.promotions.lots.change(id, { quota: 5 }))).toMatchObject({ code: 'input.invalid' });
    expect(await test.shop.promotions.lots.change(id, { quota: 6 })).toMatchObject({ quota: 6, left: 4 });
    expect(await test.shop.promotions.lots.change(id, { quota: 8, name: 'South field' })).toMatchObject({ left: 6, name: 'South field' });
    expect(numbers(await order(6))).toEqual([1, 2, 3, 4, 7, 8]);
  });

  it('is sold no further once it is closed', async () => {
    const { id } = await add(5);
    await test.shop.promotions.lots.change(id, { isClosed: true });
    expect((await order(1)).lines[0]).not.toHaveProperty('lots');
    await test.shop.promotions.lots.change(id, { isClosed: false });
    expect(numbers(await order(1))).toEqual([1]);
  });
});

it('has each number in one order at most, whatever is bought, cancelled and resized', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('order' as const), quantity: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('cancel' as const), at: fc.nat(5) }),
    fc.record({ do: fc.constant('resize' as const), quota: fc.integer({ min: 1, max: 14 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      product = await test.product(100);
      let quota = 8;
      const { id } = await add(quota, { addsToStock: false });
      const orders: Order[] = [];
      for (const each of steps) {
        if (each.do === 'order') orders.push(await order(each.quantity));
        const gone = each.do === 'cancel' ? orders.splice(each.at, 1)[0] : undefined;
        if (gone) await cancel(gone.id);
        if (each.do === 'resize') quota = await test.shop.promotions.lots.change(id, { quota: each.quota }).then((lot) => lot.quota, () => quota);
      }
      const standing = await Promise.all(orders.map(async (one) => (await test.shop.orders.find(one.id))!));
      const all = standing.flatMap(numbers);
      expect(new Set(all).size).toBe(all.length);
      expect(all.every((number) => number >= 1 && number <= quota)).toBe(true);
      expect(await left()).toEqual([quota - all.length]);
    }),
    { numRuns: 12 },
  );
});
