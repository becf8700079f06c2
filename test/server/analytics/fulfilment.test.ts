// What became of orders by product, area, packer and courier: an order's money divided to the cent, small groups together, nothing to be worked out of what is hidden.
import { expect, it } from 'vitest';
import { type CountedGroup, fulfilmentIn, fulfilmentOver, fulfilmentTold } from '../../../server/analytics/reading/fulfilment.ts';
import type { PhasedSale, ShowFacts } from '../../../server/analytics/reading/show-facts.ts';
import type { Fulfilment } from '../../../server/protocol/analytics.ts';
import { START } from './stand.ts';

const DAY_MS = 24 * 3600_000;
const goods: Record<string, { goodsMinor: number; units: number }[]> = {};
function sale(orderId: string, change: Partial<PhasedSale>, lines = [{ goodsMinor: 1_000, units: 1 }]): PhasedSale {
  goods[orderId] = lines;
  return {
    orderId, showId: 'shw_test', begunAt: START, placedAt: START, paidAt: null, sentAt: null, payment: 'cod', state: 'placed', totalMinor: 1_000, units: 1, paidMinor: 0, refundedMinor: 0,
    isLost: false, buyer: orderId, isReturning: false, area: '', staff: null, courier: null, phase: 'live', ...change,
  };
}
const factsOf = (sales: PhasedSale[], now = START) => ({ sales, now, linesOf: (orderId: string) => goods[orderId]?.map((line, index) => ({ orderId, productId: `prd_${index}`, name: `Goods ${index}`, ...line })) }) as unknown as ShowFacts;
const by = (kind: Fulfilment['by'], groups: readonly CountedGroup[], isShared = false) => fulfilmentTold(groups, isShared).filter((group) => group.by === kind);

it('divides the money of an order among its goods, and loses no cent of it', () => {
  const lines = [{ goodsMinor: 333, units: 1 }, { goodsMinor: 333, units: 1 }, { goodsMinor: 334, units: 1 }];
  const groups = fulfilmentIn(factsOf([sale('ord_1', { paidMinor: 1_001, refundedMinor: 100 }, lines), sale('ord_2', { paidMinor: 7 }, [{ goodsMinor: 0, units: 3 }, { goodsMinor: 0, units: 4 }])]));
  const told = by('product', groups);
  expect(told.map(({ name, orders, paidMinor, refundedMinor }) => [name, orders, paidMinor, refundedMinor])).toEqual([['Goods 0', 2, 336, 33], ['Goods 1', 2, 338, 34], ['Goods 2', 1, 334, 33]]);
  expect(told[0]?.refundRate).toBe(33 / 336);
});

it('is late three days after it was placed, unless it was cancelled', () => {
  const sales = [sale('ord_1', { sentAt: START + 3 * DAY_MS }), sale('ord_2', { sentAt: START + 3 * DAY_MS + 1 }), sale('ord_3', {}), sale('ord_4', { state: 'cancelled' }), sale('ord_5', { placedAt: null })];
  expect(by('staff', fulfilmentIn(factsOf(sales, START + 4 * DAY_MS)))).toMatchObject([{ id: '', orders: 4, dueOrders: 3, lateOrders: 2, lateShipRate: 2 / 3 }]);
  expect(by('staff', fulfilmentIn(factsOf(sales.slice(2, 3), START + DAY_MS)))).toMatchObject([{ dueOrders: 0, lateShipRate: null }]);
});

it('leaves the seller with no group of fewer than five buyers, alone or as what is missing in the sum', () => {
  const in_ = (area: string, count: number) => Array.from({ length: count }, (_, index) => sale(`ord_${area}_${index}`, { area }));
  const told = (areas: Record<string, number>) => by('area', fulfilmentIn(factsOf(Object.entries(areas).flatMap(([area, count]) => in_(area, count)))), true).map(({ id, orders }) => [id, orders]);
  expect(told({ West: 9, South: 6, East: 3, North: 2 })).toEqual([['West', 9], ['South', 6], ['', 5]]);
  expect(told({ West: 9, South: 6, East: 3 })).toEqual([['West', 9], ['', 9]]);
  expect(told({ West: 9, South: 6 })).toEqual([['West', 9], ['South', 6]]);
  expect(told({ West: 4 })).toEqual([]);
  // Nine orders of one buyer are one buyer; so they are over several shows.
  const shows = [0, 1, 2, 3, 4].map((show) => fulfilmentIn(factsOf([sale(`ord_same_${show}`, { area: 'West', buyer: 'one' })])));
  expect(by('area', fulfilmentOver(shows))).toMatchObject([{ id: 'West', orders: 5 }]);
  expect(by('area', fulfilmentOver(shows), true)).toEqual([]);
});

it('tells a hundred of a kind by name and the others together', () => {
  const sales = Array.from({ length: 103 }, (_, index) => sale(`ord_${index}`, { area: `Area ${index}` }));
  const told = by('area', fulfilmentIn(factsOf([...sales, sale('ord_more', { area: 'Area 102' })])));
  expect(told).toHaveLength(101);
  expect(told[0]).toMatchObject({ id: 'Area 102', orders: 2 });
  expect(told.at(-1)).toMatchObject({ id: '', orders: 3 });
});
