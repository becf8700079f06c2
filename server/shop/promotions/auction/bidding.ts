// Owns the rules of bidding: who leads, at which price, what the next bid has to be, when the hammer falls. Pure: a standing and a bid in, the next standing out.

/** From a price of `fromMinor` on the next bid is `stepMinor` more. */
export interface BidStep {
  fromMinor: number;
  stepMinor: number;
}

export interface BidRules {
  startMinor: number;
  /** Ascending from 0. */
  steps: readonly BidStep[];
}

export interface Standing {
  leader: number;
  /** The most that the leader pays: nobody else's to know. */
  maxMinor: number;
  /** What they would pay now. */
  priceMinor: number;
}

export interface Bid {
  bidder: number;
  /** Each bid is the most that somebody pays. */
  maxMinor: number;
}

export function stepAt(steps: readonly BidStep[], priceMinor: number): number {
  return steps.findLast(({ fromMinor }) => fromMinor <= priceMinor)?.stepMinor ?? 1;
}

/** What a bid has to say at least. Who leads may only say more than before. */
export function leastFor({ startMinor, steps }: BidRules, standing: Standing | null, bidder: number | null): number {
  if (!standing) return startMinor;
  return standing.leader === bidder ? standing.maxMinor + 1 : standing.priceMinor + stepAt(steps, standing.priceMinor);
}

/**
 * The server bids for everybody, step by step, no further than needed: who has said most leads (of two who said the same, who said it
 * first), one step above the other and never above what they have said. Who leads and says more is safer, and pays no more by it.
 * @returns null for a bid below {@link leastFor}
 */
export function afterBid(rules: BidRules, standing: Standing | null, { bidder, maxMinor }: Bid): Standing | null {
  if (maxMinor < leastFor(rules, standing, bidder)) return null;
  if (!standing) return { leader: bidder, maxMinor, priceMinor: rules.startMinor };
  if (standing.leader === bidder) return { ...standing, maxMinor };
  const [first, second] = maxMinor > standing.maxMinor ? [{ bidder, maxMinor }, standing] : [{ bidder: standing.leader, maxMinor: standing.maxMinor }, { maxMinor }];
  return { leader: first.bidder, maxMinor: first.maxMinor, priceMinor: Math.min(first.maxMinor, second.maxMinor + stepAt(rules.steps, second.maxMinor)) };
}

/** A bid in the last moments gives everybody else as long again, unless it is the leader's own word that nobody sees. */
export function endAfter(endsAt: number, bid: { at: number; isByLeader: boolean }, extensionMs: number): number {
  return bid.isByLeader || extensionMs === 0 ? endsAt : Math.max(endsAt, bid.at + extensionMs);
}

/** `A`, `B`, ... `Z`, `AA`: what a bidder is called before everybody, in the order they came. */
export function letterOf(bidder: number): string {
  const rest = Math.floor(bidder / 26);
  return (rest === 0 ? '' : letterOf(rest - 1)) + String.fromCharCode(65 + (bidder % 26));
}
