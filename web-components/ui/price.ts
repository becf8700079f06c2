// Owns how a product's price and stock are told in one line: the cheapest variant, "from" where there are several, few left, sold out.
import type { Product, Variant } from '../../server/protocol/shop.ts';

/** From this stock on downward a page says how few are left. */
export const FEW_LEFT = 10;

export interface ProductGist {
  /** The cheapest variant that can be bought, or the cheapest of all when none can. */
  variant: Variant | null;
  hasSeveralPrices: boolean;
  stock: number;
  isSoldOut: boolean;
  isFewLeft: boolean;
}

export function gistOf({ variants }: Pick<Product, 'variants'>): ProductGist {
  const stock = variants.reduce((sum, variant) => sum + variant.stock, 0);
  const candidates = stock > 0 ? variants.filter((variant) => variant.stock > 0) : variants;
  const variant = candidates.reduce<Variant | null>((least, next) => (!least || next.priceMinor < least.priceMinor ? next : least), null);
  return {
    variant,
    hasSeveralPrices: new Set(variants.map(({ priceMinor }) => priceMinor)).size > 1,
    stock,
    isSoldOut: stock === 0,
    isFewLeft: stock > 0 && stock <= FEW_LEFT,
  };
}
