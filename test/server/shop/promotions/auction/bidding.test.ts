import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterBid, type Bid, type BidRules, endAfter, leastFor, letterOf, type Standing, stepAt } from '../../../../../server/shop/promotions/auction/bidding.ts';

const plain: BidRules = { startMinor: 1000, steps: [{ fromMinor: 0, stepMinor: 100 }, { fromMinor: 5000, stepMinor: 500 }] };

/** What stands after these bids; those that are too low change nothing. */
function after(rules: BidRules, ...bids: [bidder: number, maxMinor: number][]): Standing | null {
  return bids.reduce<Standing | null>((standing, [bidder, maxMinor]) => afterBid(rules, standing, { bidder, maxMinor }) ?? standing, null);
}

const rules = fc
  .record({ startMinor: fc.integer({ min: 1, max: 10_000 }), steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 500 })), { minLength: 1, maxLength: 5 }) })
  .map(({ startMinor, steps }): BidRules => {
    let fromMinor = 0;
    return { startMinor, steps: steps.map(([gap, stepMinor], index) => ({ fromMinor: index === 0 ? 0 : (fromMinor += gap), stepMinor })) };
  });
/** What people try to say: around what is asked, now and then far above, and too little as well. */
const tries = fc.array(fc.record({ bidder: fc.integer({ min: 0, max: 4 }), over: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 20_000 })), afterMs: fc.integer({ min: 0, max: 4_000 }) }), { maxLength: 30 });

/** An auction as it goes: each bid with what stood before and after it; null where it was too low. */
function walk(asked: BidRules, attempts: readonly { bidder: number; over: number; afterMs: number }[]) {
  let at = 0;
  let standing: Standing | null = null;
  return attempts.map(({ bidder, over, afterMs }) => {
    at += afterMs;
    const before: Standing | null = standing;
    const least = leastFor(asked, before, bidder);
    const bid: Bid = { bidder, maxMinor: least + over };
    const next = afterBid(asked, before, bid);
    standing = next ?? before;
    return { before, bid, least, next, at, standing };
  });
}

describe('who leads and at which price', () => {
  it('begins at the start price, and stays there for a single bidder', () => {
    expect(leastFor(plain, null, null)).toBe(1000);
    expect(after(plain, [0, 9000])).toEqual({ leader: 0, maxMinor: 9000, priceMinor: 1000 });
    expect(after(plain, [0, 999])).toBeNull();
  });

  it('is one step above the second, and no more than the leader has said', () => {
    expect(after(plain, [0, 9000], [1, 3000])).toEqual({ leader: 0, maxMinor: 9000, priceMinor: 3100 });
    expect(after(plain, [0, 3000], [1, 3050])).toEqual({ leader: 1, maxMinor: 3050, priceMinor: 3050 });
    expect(after(plain, [0, 6000], [1, 9000])).toMatchObject({ leader: 1, priceMinor: 6500 });
  });

  it('is who said it first when two say the same', () => {
    expect(after(plain, [1, 3000], [0, 3000])).toEqual({ leader: 1, maxMinor: 3000, priceMinor: 3000 });
  });

  it('costs the leader nothing to say more', () => {
    const standing = after(plain, [1, 3000], [0, 3000]);
    expect(leastFor(plain, standing, 1)).toBe(3001);
    expect(after(plain, [1, 3000], [0, 3000], [1, 8000])).toEqual({ leader: 1, maxMinor: 8000, priceMinor: 3000 });
  });

  it('takes a larger step at a higher price', () => {
    expect([stepAt(plain.steps, 0), stepAt(plain.steps, 4999), stepAt(plain.steps, 5000)]).toEqual([100, 100, 500]);
  });

  it('takes a bid if and only if it says enough', () => {
    fc.assert(fc.property(rules, tries, (asked, attempts) => {
      for (const { bid, least, next } of walk(asked, attempts)) expect(next !== null).toBe(bid.maxMinor >= least);
    }));
  });

  it('has the one lead who has said most, first, for no more than they said and no less than the others have', () => {
    fc.assert(fc.property(rules, tries, (asked, attempts) => {
      const most = new Map<number, number>();
      for (const { bid, next, standing } of walk(asked, attempts)) {
        if (next) most.set(bid.bidder, bid.maxMinor);
        if (!standing) continue;
        expect(most.get(standing.leader)).toBe(standing.maxMinor);
        expect(standing.priceMinor).toBeGreaterThanOrEqual(asked.startMinor);
        expect(standing.priceMinor).toBeLessThanOrEqual(standing.maxMinor);
        // Nobody is passed over at a price that they would have paid and the leader does not.
        const others = [...most].filter(([bidder]) => bidder !== standing.leader).map(([, maxMinor]) => maxMinor);
        expect(Math.max(0, ...others)).toBeLessThanOrEqual(standing.priceMinor);
      }
    }));
  });

  it('only ever rises, and asks for more than the price', () => {
    fc.assert(fc.property(rules, tries, (asked, attempts) => {
      for (const { before, bid, next } of walk(asked, attempts)) {
        if (!next) continue;
        expect(leastFor(asked, next, null)).toBeGreaterThan(next.priceMinor);
        if (!before) continue;
        const isByLeader = before.leader === bid.bidder;
        expect(Math.sign(next.priceMinor - before.priceMinor)).toBe(isByLeader ? 0 : 1);
      }
    }));
  });
});

describe('when the hammer falls', () => {
  it('gives as long again after a bid in the last moments, and never takes anything away', () => {
    fc.assert(fc.property(fc.nat(100_000), fc.nat(100_000), fc.boolean(), fc.constantFrom(0, 5_000, 7_000, 10_000), (endsAt, leftMs, isByLeader, extensionMs) => {
      const end = endAfter(endsAt, { at: endsAt - leftMs, isByLeader }, extensionMs);
      expect(end - endsAt).toBe(isByLeader ? 0 : Math.max(0, extensionMs - leftMs));
    }));
  });

  it('is sudden death without an extension', () => {
    expect(endAfter(10_000, { at: 9_999, isByLeader: false }, 0)).toBe(10_000);
  });
});

it('calls bidders by letters, for as many as there are', () => {
  expect([0, 1, 25, 26, 27, 701, 702].map(letterOf)).toEqual(['A', 'B', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
});
