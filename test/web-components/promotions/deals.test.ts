// What running promotions make of the prices on the shelf.
import { expect, it } from 'vitest';
import type { FlashSale } from '../../../server/protocol/flash-sale.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { dealPrices, withDeals } from '../../../web-components/promotions/deals.ts';

const sale = (part: Partial<FlashSale> = {}): FlashSale => ({
  kind: 'flash-sale', id: 'pro_1', title: '', startsAt: 1_000, endsAt: 2_000, state: 'countdown', endedWhy: null, revision: 1,
  productId: 'prd_1', variantId: 'var_1', priceMinor: 900, listMinor: 1_200, lowestMinor: 1_100, units: 10, left: 10, perBuyer: null, ...part,
});
const variant = (id: string, priceMinor: number) => ({ id, label: '', unit: 'kg', priceMinor, stock: 5 });
const snapshot = { shelf: [{ id: 'prd_1', variants: [variant('var_1', 1_200), variant('var_2', 800)] }, { id: 'prd_2', variants: [variant('var_3', 500)] }] } as unknown as ShowSnapshot;

it('reduces while it runs: not in the countdown, not at its end, not when all pieces or the sale itself are gone', () => {
  const price = (now: number, part: Partial<FlashSale> = {}) => dealPrices([sale(part)], now).get('var_1')?.priceMinor;
  expect(price(999)).toBeUndefined();
  expect(price(1_000)).toBe(900);
  expect(price(1_999)).toBe(900);
  expect(price(2_000)).toBeUndefined();
  expect(dealPrices([sale({ perBuyer: 2 })], 1_500).get('var_1')).toEqual({ priceMinor: 900, wasMinor: 1_100, units: 2 });
  expect(price(1_500, { left: 0 })).toBeUndefined();
  expect(price(1_500, { state: 'over', endedWhy: 'staff' })).toBeUndefined();
});

it('shows the cheaper price with the list price and the lowest of 30 days beside it, and leaves everything else as it is', () => {
  const shown = withDeals(snapshot, new Map([['var_1', { priceMinor: 900, wasMinor: 1_100, units: 3 }], ['var_2', { priceMinor: 850, wasMinor: 850, units: 3 }]]));
  expect(shown.shelf[0]?.variants).toEqual([{ ...variant('var_1', 900), listMinor: 1_200, wasMinor: 1_100, dealUnits: 3 }, variant('var_2', 800)]);
  expect(shown.shelf[1]).toBe(snapshot.shelf[1]);
  expect(withDeals(snapshot, new Map())).toBe(snapshot);
});
