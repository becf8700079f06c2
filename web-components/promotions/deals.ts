// Owns how running promotions show in the prices of shelf and pins: what a piece costs now, and what it costs otherwise beside it.
import type { Promotion } from '../../server/protocol/promotions.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import { type PromotionLog, promotionStateAt, type ShowStore } from '../show/index.ts';

/** Prices of single pieces that hold for everybody now, by variant: the cheapest of each. */
export function dealPrices(promotions: readonly Promotion[], now: number): Map<string, number> {
  const prices = new Map<string, number>();
  for (const promotion of promotions) {
    if (promotion.kind !== 'flash-sale' || promotion.left === 0 || promotionStateAt(promotion, now) !== 'running') continue;
    prices.set(promotion.variantId, Math.min(promotion.priceMinor, prices.get(promotion.variantId) ?? Infinity));
  }
  return prices;
}

/** The show with those prices on its shelf; the same object where nothing is reduced. */
export function withDeals(plain: ShowSnapshot, prices: ReadonlyMap<string, number>): ShowSnapshot {
  if (prices.size === 0) return plain;
  const shelf = plain.shelf.map((product) => {
    if (!product.variants.some(({ id }) => prices.has(id))) return product;
    const variants = product.variants.map((variant) => {
      const dealMinor = prices.get(variant.id);
      return dealMinor === undefined || dealMinor >= variant.priceMinor ? variant : { ...variant, priceMinor: dealMinor, listMinor: variant.priceMinor };
    });
    return { ...product, variants };
  });
  return { ...plain, shelf };
}

/** Keeps what a show's page is shown reduced by what is running. Answers the function that stops it. */
export function dealsOf(log: PromotionLog, store: ShowStore): () => void {
  let said = '';
  const look = (): void => {
    const prices = dealPrices(log.shown, log.now());
    const now = JSON.stringify([...prices]);
    if (now === said) return;
    said = now;
    let last: [ShowSnapshot, ShowSnapshot] | null = null;
    store.reduceWith((plain) => {
      if (last?.[0] !== plain) last = [plain, withDeals(plain, prices)];
      return last[1];
    });
  };
  look();
  const stop = log.subscribe(look);
  return () => {
    stop();
    store.reduceWith((plain) => plain);
  };
}
