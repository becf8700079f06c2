import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceMinor, entryMinor, type Tier, tierReached } from '../../../../../server/shop/promotions/group-buy/tiers.ts';

const tiers = fc
  .tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 10_000 }), fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 900 })), { maxLength: 4 }))
  .map(([buyers, lowest, more]) => {
    const found: Tier[] = [{ buyers, priceMinor: lowest + more.reduce((sum, [, off]) => sum + off, 0) }];
    for (const [gap, off] of more) found.push({ buyers: found.at(-1)!.buyers + gap, priceMinor: found.at(-1)!.priceMinor - off });
    return found;
  });

it('reaches the cheapest tier that there are buyers for, and none below the first', () => {
  const three = [{ buyers: 3, priceMinor: 900 }, { buyers: 10, priceMinor: 800 }, { buyers: 50, priceMinor: 600 }];
  expect([0, 2, 3, 9, 10, 49, 50, 9999].map((buyers) => tierReached(three, buyers))).toEqual([-1, -1, 0, 0, 1, 1, 2, 2]);
  expect(entryMinor(three)).toBe(900);
  expect(differenceMinor(three, 2, { goodsMinor: 2700, quantity: 3 })).toBe(900);
  expect(differenceMinor(three, -1, { goodsMinor: 2700, quantity: 3 })).toBe(0);
});

it('never makes it dearer when more come, gives back no more than was paid, and leaves every unit a price', () => {
  fc.assert(
    fc.property(tiers, fc.nat(200), fc.nat(200), fc.integer({ min: 1, max: 999 }), (asked, few, more, quantity) => {
      const order = { goodsMinor: entryMinor(asked) * quantity, quantity, unitMinor: entryMinor(asked) };
      const back = (buyers: number) => differenceMinor(asked, tierReached(asked, buyers), order);
      expect(back(few + more)).toBeGreaterThanOrEqual(back(few));
      expect(back(few)).toBeGreaterThanOrEqual(0);
      expect(order.goodsMinor - back(few)).toBeGreaterThanOrEqual(quantity);
      const reached = tierReached(asked, few);
      const priceMinor = asked[reached]?.priceMinor ?? order.unitMinor;
      expect(order.goodsMinor - back(few)).toBe(priceMinor * quantity);
    }),
  );
});
