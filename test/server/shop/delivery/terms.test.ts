// Delivery, limits and quotes together with orders, in a shop on a real database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryRules } from '../../../../server/protocol/delivery.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { onceFor, openShop, placeIn, refusal, requestFor, stockOf, type TestShop, variantId, viewer } from '../open-shop.ts';

const rules: DeliveryRules = {
  areas: [
    { name: 'Near', words: ['Yan’an'], fee: { by: 'order', feeMinor: 500 }, freeFromMinor: 5_000, minimumMinor: 0 },
    { name: 'Far', words: ['Xi’an'], fee: { by: 'weight', firstGrams: 1_000, firstMinor: 800, stepGrams: 1_000, stepMinor: 200, otherGrams: 1_000 }, freeFromMinor: null, minimumMinor: 2_000 },
  ],
};

let test: TestShop;
let product: Product;
beforeEach(async () => {
  test = await openShop();
  product = await test.product(50, 50);
});
afterEach(() => test.close());

const at = (address: string, ...quantities: number[]) => {
  const request = requestFor(product, ...quantities);
  return { ...request, buyer: { ...request.buyer, address } };
};
const place = (request: ReturnType<typeof at>, key?: string) => test.shop.orders.place(request, placeIn(test.sellerId, product), viewer, key === undefined ? undefined : onceFor(key));
const quote = (request: ReturnType<typeof at>, more: { address?: string; phone?: string } = {}) =>
  test.shop.quotes.of({ lines: request.lines, address: request.buyer.address, phone: request.buyer.phone, ...more }, placeIn(test.sellerId, product), 'vwr_test');

describe('delivery', () => {
  it('is free without rules, as it was', async () => {
    expect(await place(at('12 Orchard Road, Yan’an', 2))).toMatchObject({ totalMinor: 2_500, deliveryMinor: 0 });
    expect(await test.shop.delivery.read(test.sellerId)).toEqual({ areas: [] });
  });

  it('is a line of the order and part of its total, as quoted before', async () => {
    await test.shop.delivery.change(test.sellerId, rules);
    const request = at('12 Orchard Road, Yan’an', 2);
    expect(await quote(request)).toEqual({ currency: 'CNY', goodsMinor: 2_500, discounts: [], discountMinor: 0, couponRefusal: null, deliveryMinor: 500, totalMinor: 3_000, areaName: 'Near', freeInMinor: 2_500, refusals: [] });
    const order = await place({ ...request, expectedTotalMinor: 3_000 });
    expect(order).toMatchObject({ totalMinor: 3_000, deliveryMinor: 500, money: { dueMinor: 3_000 } });
    expect(await test.shop.orders.find(order.id)).toEqual(order);
    expect(await place(at('12 Orchard Road, Yan’an', 4))).toMatchObject({ totalMinor: 5_000, deliveryMinor: 0 });
    // By the kilogram: 3 kg in all.
    expect(await place(at('1 Bell Street, Xi’an', 1, 2))).toMatchObject({ totalMinor: 3_750 + 800 + 400, deliveryMinor: 1_200 });
  });

  it('makes a page that shows another total be told so', async () => {
    await test.shop.delivery.change(test.sellerId, rules);
    expect(await refusal(place({ ...at('12 Orchard Road, Yan’an', 2), expectedTotalMinor: 2_500 }))).toEqual({ code: 'order.price-changed', params: { totalMinor: 3_000 } });
  });

  it('refuses what is not brought, changes nothing then, and says so in the quote too', async () => {
    await test.shop.delivery.change(test.sellerId, rules);
    const nowhere = at('5 Ocean Drive, Sanya', 2);
    expect(await refusal(place(nowhere))).toEqual({ code: 'delivery.not-here', params: {} });
    const little = at('1 Bell Street, Xi’an', 1);
    const params = { areaName: 'Far', minimumMinor: 2_000, missingMinor: 750 };
    expect(await refusal(place(little))).toEqual({ code: 'delivery.below-minimum', params });
    expect(await stockOf(test.shop, product)).toEqual([50, 50]);
    expect(await quote(nowhere)).toMatchObject({ goodsMinor: 2_500, deliveryMinor: null, totalMinor: 2_500, refusals: [{ code: 'delivery.not-here', params: {} }] });
    expect(await quote(little)).toMatchObject({ refusals: [{ code: 'delivery.below-minimum', params }] });
    expect(await quote(little, { address: '' })).toMatchObject({ deliveryMinor: null, refusals: [] });
  });

  it('counts orders that are placed by the rules of their time', async () => {
    await test.shop.delivery.change(test.sellerId, rules);
    const order = await place(at('12 Orchard Road, Yan’an', 1), 'key-one');
    await test.shop.delivery.change(test.sellerId, { areas: [] });
    expect(await place(at('12 Orchard Road, Yan’an', 1), 'key-one')).toEqual(order);
    expect(await place(at('12 Orchard Road, Yan’an', 1))).toMatchObject({ deliveryMinor: 0 });
  });

  it('has no rules for sellers that there are not', async () => {
    expect((await refusal(test.shop.delivery.read('sel_nobody'))).code).toBe('not-found');
    expect((await refusal(test.shop.delivery.change('sel_nobody', rules))).code).toBe('not-found');
  });
});

describe('what one buyer may have', () => {
  const limitTo = async (limitPerBuyer: number | null) => {
    product = await test.shop.catalogue.change(product.id, { limitPerBuyer });
  };
  const by = (phone: string, ...quantities: number[]) => {
    const request = at('12 Orchard Road, Yan’an', ...quantities);
    return { ...request, buyer: { ...request.buyer, phone } };
  };

  it('is counted over variants and orders, however the number is written', async () => {
    await limitTo(3);
    expect(await refusal(place(by('13812341234', 2, 2)))).toEqual({ code: 'order.limit-reached', params: { productId: product.id, variantId: variantId(product, 1), limit: 3, left: 3 } });
    await place(by('13812341234', 1, 1));
    expect(await refusal(place(by('+86 138-1234-1234', 2)))).toMatchObject({ code: 'order.limit-reached', params: { left: 1 } });
    expect(await quote(by('+86 138 1234 1234', 2))).toMatchObject({ refusals: [{ code: 'order.limit-reached', params: { left: 1 } }] });
    await place(by('138 1234 1234', 1));
    await place(by('13812345678', 3));
  });

  it('comes back with a cancelled order, and ends with the limit', async () => {
    await limitTo(1);
    const order = await place(by('13812341234', 1));
    expect((await refusal(place(by('13812341234', 1)))).code).toBe('order.limit-reached');
    await test.shop.orders.cancelByBuyer(order.id);
    await place(by('13812341234', 1));
    await limitTo(null);
    await place(by('13812341234', 9));
  });

  it('holds for many orders at once', async () => {
    await limitTo(5);
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => place(by('13812341234', 1))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(await stockOf(test.shop, product)).toEqual([45, 50]);
  });
});

describe('a quote', () => {
  it('tells of every line that cannot be had', async () => {
    const request = at('12 Orchard Road, Yan’an', 51, 1);
    const answer = await quote({ ...request, lines: [...request.lines, { variantId: 'var_nobody', quantity: 1 }] });
    expect(answer.refusals).toEqual([
      { code: 'shelf.not-on-shelf', params: { variantId: 'var_nobody' } },
      { code: 'stock.insufficient', params: { variantId: variantId(product), left: 50 } },
    ]);
    expect(answer.goodsMinor).toBe(52 * 1_250);
  });
});
