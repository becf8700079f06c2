// Owns what a group has reached: which price by how many buyers, and what an order that was paid at the first price gets back. Pure.

export interface Tier {
  /** From so many buyers on. */
  buyers: number;
  priceMinor: number;
}

/** Place of the cheapest tier that so many buyers reach; -1: too few for the first. @param tiers more buyers, lower price, in that order */
export function tierReached(tiers: readonly Tier[], buyers: number): number {
  return tiers.findLastIndex((tier) => tier.buyers <= buyers);
}

/** What everybody pays when they join: the price of the first tier. */
export function entryMinor(tiers: readonly Tier[]): number {
  const [first] = tiers;
  if (!first) throw new Error('a group has a tier at least');
  return first.priceMinor;
}

/** What an order gets back, in minor units, once its group has reached `reached`; its pieces cost `goodsMinor` when it was placed. */
export function differenceMinor(tiers: readonly Tier[], reached: number, order: { goodsMinor: number; quantity: number }): number {
  const tier = tiers[reached];
  return tier ? Math.max(0, order.goodsMinor - tier.priceMinor * order.quantity) : 0;
}
