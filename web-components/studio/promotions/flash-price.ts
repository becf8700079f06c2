// Owns what a flash sale may cost: below every list price of the last 30 days, and not above what it was sold for in them.
import type { PriceRecord } from '../../../server/protocol/promotions.ts';

/** The highest price that is honest, minor units; null while nothing is known of the last days. */
export function highestDeal({ prices }: Pick<PriceRecord, 'prices'>, variantId: string, listMinor: number): number {
  const own = prices.filter((price) => price.variantId === variantId);
  const lists = own.filter(({ kind }) => kind === 'list').map(({ priceMinor }) => priceMinor - 1);
  const deals = own.filter(({ kind }) => kind === 'deal').map(({ priceMinor }) => priceMinor);
  return Math.min(listMinor - 1, ...lists, ...deals);
}

/**
 * A price with so much off, as a seller would write it: whole tenths of the coin where there are any (12.8 and not 12.83).
 * @param exponent digits of the currency after the point
 */
export function reduced(fromMinor: number, percent: number, exponent: number): number {
  const exact = Math.floor((fromMinor * (100 - percent)) / 100);
  const step = exponent >= 2 ? 10 : 1;
  return Math.max(1, exact >= step ? Math.floor(exact / step) * step : exact);
}
