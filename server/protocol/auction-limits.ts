// Owns the bounds of auctions. Apart from their schemas, so that a page can keep to them without carrying those.

export const AUCTION_SECONDS_LEAST = 15;
export const AUCTION_SECONDS_MOST = 3600;
export const AUCTION_COUNTDOWN_SECONDS_MOST = 3600;
export const BID_STEPS_MOST = 8;
/** How long everybody has again after a bid in the last moments, s; 0: the hammer falls all the same. */
export const extensions = [0, 5, 7, 10] as const;
export type ExtensionSeconds = (typeof extensions)[number];

/** Steps that suit a start price: about a twentieth of it, and larger ones when the price has grown. All in minor units. */
export function usualSteps(startMinor: number): { fromMinor: number; stepMinor: number }[] {
  const first = round(startMinor / 20);
  return [
    { fromMinor: 0, stepMinor: first },
    { fromMinor: startMinor * 4, stepMinor: Math.max(first, round(startMinor / 5)) },
    { fromMinor: startMinor * 20, stepMinor: Math.max(first, round(startMinor)) },
  ];
}

/** 1, 2 or 5 with noughts: what people count in. */
function round(minor: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, minor)));
  const digit = minor / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}
