// What a promotion brought, worked out from the orders around it: a group, one that goes on, and what of it leaves the seller.
import { expect, it } from 'vitest';
import { reportWithoutSmallGroups } from '../../../server/analytics/reading/hiding.ts';
import { promotionsOf } from '../../../server/analytics/reading/promotions.ts';
import type { ShowFacts } from '../../../server/analytics/reading/show-facts.ts';
import type { ShowReport } from '../../../server/protocol/analytics.ts';
import type { GroupBuy } from '../../../server/protocol/promotions.ts';
import { START } from './stand.ts';

const MINUTE_MS = 60_000;
const group = { kind: 'group-buy', id: 'pro_group', title: 'Five together', productId: 'prd_apples', startsAt: START + 10 * MINUTE_MS, endsAt: START + 40 * MINUTE_MS, buyers: 3, tiers: [{ buyers: 2, priceMinor: 900 }, { buyers: 6, priceMinor: 800 }] } as unknown as GroupBuy;

/** @param minutes of the orders; the first `joined` after its beginning are by the group */
function factsOf(minutes: readonly number[], joined: readonly number[], now: number): ShowFacts {
  const sales = minutes.map((minute, index) => ({ orderId: `ord_${index}`, placedAt: START + minute * MINUTE_MS, totalMinor: 1_000, phase: 'live' }));
  const byGroup = new Set(joined.map((index) => `ord_${index}`));
  return {
    show: { startedAt: START, endedAt: null },
    now,
    sales,
    promotions: [{ promotion: group, endsAt: START + 40 * MINUTE_MS }],
    promotionsBy: (orderId: string) => (byGroup.has(orderId) ? [{ orderId, promotionId: group.id, units: 2, takenOffMinor: 200 }] : []),
  } as unknown as ShowFacts;
}

it('stands beside what came without it, and what came just before', () => {
  const [effect] = promotionsOf(factsOf([1, 6, 8, 11, 12, 13, 15], [3, 4, 5], START + 20 * MINUTE_MS));
  expect(effect).toMatchObject({
    kind: 'group-buy', productId: 'prd_apples', orders: 3, units: 6, placedMinor: 3_000, takenOffMinor: 600, ordersWithout: 1, placedMinorWithout: 1_000,
    // It is on since ten minutes; two orders came in the five before.
    ordersPerMinute: 0.4, ordersPerMinuteBefore: 0.4, people: 3, limit: 6, sellThrough: 0.5,
  });
});

it('of fewer than five orders tells nothing to others than the seller', () => {
  const shared = (orders: number) => {
    const joined = Array.from({ length: orders }, (_, index) => index);
    const promotions = promotionsOf(factsOf(joined.map((index) => 11 + index), joined, START + 30 * MINUTE_MS));
    const report = { figures: { live: {}, replay: {}, after: {}, total: {} }, apart: [], funnel: [], products: [], quality: { areas: [] }, promotions };
    return reportWithoutSmallGroups(report as unknown as ShowReport).promotions[0];
  };
  expect(shared(4)).toMatchObject({ orders: null, units: null, placedMinor: null, takenOffMinor: null, ordersWithout: null, placedMinorWithout: null, people: null, sellThrough: null });
  expect(shared(5)).toMatchObject({ orders: 5, units: 10, placedMinor: 5_000, people: null });
});
