// Owns the rules of bidding: who leads, at which price, what the next bid has to be, when the hammer falls. Pure: bids in, a standing out.

/** From a price of `fromMinor` on the next bid is `stepMinor` more. */
export interface BidStep {
  fromMinor: number;
  stepMinor: number;
}

export interface BidRules {
  startMinor: number;
  /** Ascending from 0, and never a smaller step at a higher price: else a higher second bid could make a lower price. */
  steps: readonly BidStep[];
}

/** The most that a bidder pays, and the place among all bids of the one that said so. */
export interface Maximum {
  bidder: number;
  maxMinor: number;
  position: number;
}

export interface Standing {
  leader: number | null;
  /** What the leader would pay now; without a bid the price that the first one has to say. */
  priceMinor: number;
  /** What somebody else has to say at least. */
  leastMinor: number;
}

export function stepAt(steps: readonly BidStep[], priceMinor: number): number {
  return steps.findLast(({ fromMinor }) => fromMinor <= priceMinor)?.stepMinor ?? 1;
}

/**
 * Every bid is a maximum: the server bids for everybody, step by step, no further than needed. So the leader is who has said most (of
 * two who said the same, who said it first) and pays one step more than the second, never more than they have said.
 * @param maxima one a bidder, in any order
 */
export function standingOf({ startMinor, steps }: BidRules, maxima: readonly Maximum[]): Standing {
  const [first, second] = [...maxima].sort((a, b) => b.maxMinor - a.maxMinor || a.position - b.position);
  if (!first) return { leader: null, priceMinor: startMinor, leastMinor: startMinor };
  const priceMinor = second ? Math.min(first.maxMinor, second.maxMinor + stepAt(steps, second.maxMinor)) : startMinor;
  return { leader: first.bidder, priceMinor, leastMinor: priceMinor + stepAt(steps, priceMinor) };
}

/** What this bidder has to say at least. Who leads may only say more than before: their price does not rise by it. */
export function leastFor(standing: Standing, own: Maximum | undefined): number {
  return own && standing.leader === own.bidder ? own.maxMinor + 1 : standing.leastMinor;
}

/** A bid that moved anything in the last moments gives everybody else as long again; one by which nothing moved does not. */
export function endAfter(endsAt: number, bid: { at: number; before: Standing; after: Standing }, extensionMs: number): number {
  const hasMoved = bid.before.leader !== bid.after.leader || bid.before.priceMinor !== bid.after.priceMinor;
  return hasMoved && extensionMs > 0 ? Math.max(endsAt, bid.at + extensionMs) : endsAt;
}

/** `A`, `B`, ... `Z`, `AA`: what a bidder is called before everybody, in the order they came. */
export function letterOf(bidder: number): string {
  const rest = Math.floor(bidder / 26);
  return (rest === 0 ? '' : letterOf(rest - 1)) + String.fromCharCode(65 + (bidder % 26));
}
