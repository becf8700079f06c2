import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BidRules, endAfter, leastFor, letterOf, type Maximum, type Standing, standingOf, stepAt } from '../../../../../server/shop/promotions/auction/bidding.ts';

const plain: BidRules = { startMinor: 1000, steps: [{ fromMinor: 0, stepMinor: 100 }, { fromMinor: 5000, stepMinor: 500 }] };
const max = (bidder: number, maxMinor: number, position = bidder): Maximum => ({ bidder, maxMinor, position });

const rules = fc
  .record({ startMinor: fc.integer({ min: 1, max: 10_000 }), gaps: fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 500 })), { maxLength: 4 }), first: fc.integer({ min: 1, max: 500 }) })
  .map(({ startMinor, gaps, first }): BidRules => {
    const steps = [{ fromMinor: 0, stepMinor: first }];
    for (const [from, more] of gaps) steps.push({ fromMinor: steps.at(-1)!.fromMinor + from, stepMinor: steps.at(-1)!.stepMinor + more });
    return { startMinor, steps };
  });
/** What people try to say: around what is asked, now and then far above, and too little as well. */
const tries = fc.array(fc.record({ bidder: fc.integer({ min: 0, max: 4 }), over: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 20_000 })), afterMs: fc.integer({ min: 0, max: 4_000 }) }), { maxLength: 30 });

/** An auction as the server holds it: what is too low is refused, the rest stands. */
function held(asked: BidRules, attempts: readonly { bidder: number; over: number; afterMs: number }[], extensionMs = 0) {
  const maxima = new Map<number, Maximum>();
  const seen: { before: Standing; after: Standing; bid: Maximum; at: number; endsAt: number }[] = [];
  let at = 0;
  let endsAt = 30_000;
  for (const [position, { bidder, over, afterMs }] of attempts.entries()) {
    at += afterMs;
    if (at >= endsAt) break;
    const before = standingOf(asked, [...maxima.values()]);
    const least = leastFor(before, maxima.get(bidder));
    const bid = max(bidder, least + over, position);
    if (bid.maxMinor < least) continue;
    maxima.set(bidder, bid);
    const after = standingOf(asked, [...maxima.values()]);
    endsAt = endAfter(endsAt, { at, before, after }, extensionMs);
    seen.push({ before, after, bid, at, endsAt });
  }
  return { maxima: [...maxima.values()], seen, standing: standingOf(asked, [...maxima.values()]), endsAt };
}

describe('who leads and at which price', () => {
  it('begins at the start price, and stays there for a single bidder', () => {
    expect(standingOf(plain, [])).toEqual({ leader: null, priceMinor: 1000, leastMinor: 1000 });
    expect(standingOf(plain, [max(0, 9000)])).toEqual({ leader: 0, priceMinor: 1000, leastMinor: 1100 });
  });

  it('is one step above the second, and no more than the leader has said', () => {
    expect(standingOf(plain, [max(0, 9000), max(1, 3000)])).toEqual({ leader: 0, priceMinor: 3100, leastMinor: 3200 });
    expect(standingOf(plain, [max(0, 3050), max(1, 3000)])).toMatchObject({ leader: 0, priceMinor: 3050 });
    expect(standingOf(plain, [max(0, 9000), max(1, 6000)])).toEqual({ leader: 0, priceMinor: 6500, leastMinor: 7000 });
  });

  it('is who said it first when two say the same', () => {
    expect(standingOf(plain, [max(0, 3000, 7), max(1, 3000, 2)])).toMatchObject({ leader: 1, priceMinor: 3000 });
  });

  it('takes a larger step at a higher price', () => {
    expect([stepAt(plain.steps, 0), stepAt(plain.steps, 4999), stepAt(plain.steps, 5000)]).toEqual([100, 100, 500]);
  });

  it('never asks the leader for more than they said, nor anybody for less than the start', () => {
    fc.assert(
      fc.property(rules, tries, (asked, attempts) => {
        const { maxima, standing } = held(asked, attempts);
        const leading = maxima.find(({ bidder }) => bidder === standing.leader);
        expect(leading === undefined).toBe(maxima.length === 0);
        if (!leading) return;
        expect(standing.priceMinor).toBeLessThanOrEqual(leading.maxMinor);
        expect(standing.priceMinor).toBeGreaterThanOrEqual(asked.startMinor);
        for (const { maxMinor } of maxima) expect(leading.maxMinor).toBeGreaterThanOrEqual(maxMinor);
        // Who lost would have had to say more: nobody lost at a price they had agreed to, but for one who was second with the same word.
        for (const each of maxima) if (each !== leading) expect(each.maxMinor).toBeLessThanOrEqual(standing.priceMinor);
      }),
    );
  });

  it('only ever rises, and a bid that is taken makes somebody pay more, or another lead, or the leader safer', () => {
    fc.assert(
      fc.property(rules, tries, (asked, attempts) => {
        for (const { before, after, bid } of held(asked, attempts).seen) {
          expect(after.priceMinor).toBeGreaterThanOrEqual(before.priceMinor);
          expect(after.leastMinor).toBeGreaterThan(after.priceMinor);
          if (before.leader === bid.bidder) expect(after).toEqual(before);
          else if (before.leader !== null) expect(after.priceMinor).toBeGreaterThan(before.priceMinor);
        }
      }),
    );
  });

  it('does not depend on the order in which the maxima are read', () => {
    fc.assert(
      fc.property(rules, tries, fc.infiniteStream(fc.nat()), (asked, attempts, random) => {
        const { maxima, standing } = held(asked, attempts);
        const shuffled = maxima.map((each) => ({ each, key: random.next().value })).sort((a, b) => a.key - b.key);
        expect(standingOf(asked, shuffled.map(({ each }) => each))).toEqual(standing);
      }),
    );
  });
});

describe('when the hammer falls', () => {
  it('gives as long again after a bid in the last moments, and never less than was left', () => {
    fc.assert(
      fc.property(rules, tries, fc.constantFrom(0, 5_000, 7_000, 10_000), (asked, attempts, extensionMs) => {
        let last = 30_000;
        for (const { before, after, at, endsAt } of held(asked, attempts, extensionMs).seen) {
          expect(endsAt).toBeGreaterThanOrEqual(last);
          const hasMoved = before.leader !== after.leader || before.priceMinor !== after.priceMinor;
          expect(endsAt).toBe(hasMoved && extensionMs > 0 ? Math.max(last, at + extensionMs) : last);
          last = endsAt;
        }
      }),
    );
  });

  it('is sudden death without an extension', () => {
    const before = standingOf(plain, []);
    expect(endAfter(10_000, { at: 9_999, before, after: standingOf(plain, [max(0, 1000)]) }, 0)).toBe(10_000);
  });
});

it('calls bidders by letters, for as many as there are', () => {
  expect([0, 1, 25, 26, 27, 701, 702].map(letterOf)).toEqual(['A', 'B', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
});
