// How often cash on delivery is refused: by product, by area, by reason.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CashShop, DAY_MS, host, openCashShop } from './cash-shop.ts';

let test: CashShop;
beforeEach(async () => {
  test = await openCashShop();
});
afterEach(() => test.close());

describe('refusals at the door', () => {
  it('are counted by product, area and reason, of what reached a door in that time', async () => {
    const { shop, sellerId, apples } = test;
    const { id: courier } = await shop.cash.couriers.create(sellerId, { name: '老刘', phone: '' });
    const pears = await shop.catalogue.create(sellerId, { name: 'Pears', description: '', pictures: [], variants: [{ label: '', unit: 'kg', priceMinor: 900, stock: 50 }] });
    const hangzhou = { address: '浙江省杭州市西湖区文三路 1 号' };
    const yanan = { address: '陕西省延安市洛川县凤栖镇 2 号' };
    for (const [product, buyer, reason] of [[apples, hangzhou, null], [apples, hangzhou, null], [apples, yanan, 'not-home'], [pears, yanan, 'damaged'], [pears, hangzhou, 'not-home']] as const) {
      const { id } = await test.sent(courier, { product, buyer });
      if (reason) await shop.cash.door.refused(id, { reason, note: '' }, host);
      else await shop.cash.door.delivered(id, { note: '' }, host);
    }
    await test.sent(courier);
    await test.order('transfer');
    expect(await shop.cash.refusals(sellerId, 30)).toEqual({
      days: 30,
      delivered: 2,
      refused: 3,
      products: [{ productId: pears.id, name: 'Pears', delivered: 0, refused: 2 }, { productId: apples.id, name: 'Fuji apples', delivered: 2, refused: 1 }],
      areas: [{ area: '陕西省延安市洛川县', delivered: 0, refused: 2 }, { area: '浙江省杭州市西湖区', delivered: 2, refused: 1 }],
      reasons: [{ reason: 'not-home', count: 2 }, { reason: 'damaged', count: 1 }],
    });
    test.clock.advance(31 * DAY_MS);
    expect(await shop.cash.refusals(sellerId, 30)).toMatchObject({ delivered: 0, refused: 0, products: [], areas: [], reasons: [] });
  });
});
