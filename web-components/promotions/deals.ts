// Owns what is laid over shelf and pins as they are shown: what a piece costs now, and otherwise, and its code for the chat.
import type { Promotion } from '../../server/protocol/promotions.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import { type CodeLog, type PromotionLog, promotionStateAt, type ShowStore, withCodes } from '../show/index.ts';

/** What a piece costs, and how many of them one buyer gets at it. */
export interface Deal {
  priceMinor: number;
  /** The lowest of the 30 days before, which may be crossed out. */
  wasMinor: number;
  units: number;
}

/** Prices of single pieces that hold for everybody now, by variant: the cheapest of each. */
export function dealPrices(promotions: readonly Promotion[], now: number): Map<string, Deal> {
  const prices = new Map<string, Deal>();
  for (const promotion of promotions) {
    if (promotion.kind !== 'flash-sale' || promotion.left === 0 || promotionStateAt(promotion, now) !== 'running') continue;
    const { variantId, priceMinor, lowestMinor: wasMinor, left, perBuyer } = promotion;
    if (priceMinor < (prices.get(variantId)?.priceMinor ?? Infinity)) prices.set(variantId, { priceMinor, wasMinor, units: Math.min(left, perBuyer ?? left) });
  }
  return prices;
}

/** The show with those prices on its shelf; the same object where nothing is reduced. */
export function withDeals(plain: ShowSnapshot, prices: ReadonlyMap<string, Deal>): ShowSnapshot {
  if (prices.size === 0) return plain;
  const shelf = plain.shelf.map((product) => {
    if (!product.variants.some(({ id }) => prices.has(id))) return product;
    const variants = product.variants.map((variant) => {
      const deal = prices.get(variant.id);
      return !deal || deal.priceMinor >= variant.priceMinor ? variant : { ...variant, priceMinor: deal.priceMinor, listMinor: variant.priceMinor, wasMinor: deal.wasMinor, dealUnits: deal.units };
    });
    return { ...product, variants };
  });
  return { ...plain, shelf };
}

/** Something laid over the shelf as it is shown. */
interface Layer {
  subscribe(listener: () => void): () => void;
  /** Changes with what it lays. */
  key(): string;
  lay(plain: ShowSnapshot): ShowSnapshot;
}

/** What running promotions take off. */
export function dealLayer(log: PromotionLog): Layer {
  const prices = (): Map<string, Deal> => dealPrices(log.shown, log.now());
  return { subscribe: (listener) => log.subscribe(listener), key: () => JSON.stringify([...prices()]), lay: (plain) => withDeals(plain, prices()) };
}

/** Codes for ordering in the chat. */
export function codeLayer(log: CodeLog): Layer {
  return { subscribe: (listener) => log.subscribe(listener), key: () => JSON.stringify([...log.codes]), lay: (plain) => withCodes(plain, log.codes) };
}

/** Keeps what a show's page is shown under these layers, the first one undermost. Answers the function that stops it. */
export function layOver(layers: readonly Layer[], store: ShowStore): () => void {
  let said = layers.map(() => '[]').join('\n');
  const look = (): void => {
    const now = layers.map((layer) => layer.key()).join('\n');
    if (now === said) return;
    said = now;
    let last: [ShowSnapshot, ShowSnapshot] | null = null;
    store.reduceWith((plain) => {
      if (last?.[0] !== plain) last = [plain, layers.reduce((shown, layer) => layer.lay(shown), plain)];
      return last[1];
    });
  };
  look();
  const stops = layers.map((layer) => layer.subscribe(look));
  return () => {
    for (const stop of stops) stop();
    store.reduceWith((plain) => plain);
  };
}
