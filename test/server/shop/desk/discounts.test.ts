// What a promotion took off an order, as the desk's papers and tables tell it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Order } from '../../../../server/protocol/order.ts';
import { ordersAsCsv } from '../../../../server/shop/desk/export.ts';
import { paper } from '../../../../server/shop/desk/papers/papers.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openShop, placeIn, requestFor, type TestShop, variantId, viewer } from '../open-shop.ts';

const clock = new FakeClock();
let test: TestShop;
let order: Order;

beforeAll(async () => {
  test = await openShop({ clock });
  const apples = await test.product(50);
  const place = placeIn(test.sellerId, apples);
  const sale = { title: 'Picked today', variantId: variantId(apples), priceMinor: 1000, units: 20, perBuyer: 2, countdownSeconds: 10, minutes: 5 };
  await test.shop.promotions.flashSales.start(sale, { ...place, byName: 'Zhang' }, undefined);
  clock.advance(10_000);
  order = await test.shop.orders.place(requestFor(apples, 3), place, viewer, undefined);
});
afterAll(() => test?.close());

it('has a receipt whose rows make its total: goods at the list price, less what was taken off', async () => {
  expect(order).toMatchObject({ discountMinor: 500, totalMinor: 3250 });
  const record = await test.shop.desk.records.find(test.sellerId);
  const print = (lang: 'en' | 'zh-CN') => paper({ kind: 'receipts', lang, orders: [order], record: () => record, orderUrl: String }).html;
  for (const text of ['¥37.50', 'Flash sale Picked today × 2', '−¥5.00', '¥32.50']) expect(print('en')).toContain(text);
  expect(print('zh-CN')).toContain('秒杀优惠 Picked today × 2');
});

it('asks the courier for what is left to pay', async () => {
  const record = await test.shop.desk.records.find(test.sellerId);
  const { html } = paper({ kind: 'labels', lang: 'en', orders: [order], record: () => record, orderUrl: String });
  expect(html).toContain('¥32.50');
  expect(html).not.toContain('37.50');
});

it('has a table with what was taken off, and by which promotion', async () => {
  const bytes = await ordersAsCsv(test.shop.desk.queues, { showId: null, sellerId: test.sellerId }, { queue: 'all', search: '', phoneDigits: 0 }, (each) => each);
  const table = new TextDecoder().decode(bytes).replaceAll('"', '');
  expect(table).toContain('goods,quantity,discount,promotions,delivery,total,');
  expect(table).toContain('Fuji apples grade 1 x3,3,5,flash-sale Picked today 5,0,32.5,');
});
