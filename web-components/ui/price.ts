// Owns how a product's price and stock are told in one line: the cheapest variant, "from" where there are several, few left, sold out.
import { html, nothing, type TemplateResult } from 'lit';
import type { Product, Unit, Variant } from '../../server/protocol/shop.ts';

/** A variant as it is shown: where a promotion takes something off, with its list price, the price that may be crossed out, and for how many pieces of one buyer it holds. */
export type ShownVariant = Variant & { listMinor?: number; wasMinor?: number; dealUnits?: number };

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

/** How a language writes prices; every `Localize` here is one. */
interface PriceWords {
  text: { priceFrom: (amount: string) => string; units: Readonly<Record<Unit, string>> };
  money(amountMinor: number, currency: Product['currency']): string;
}

/** A product's price as it is written everywhere: with "from" where its variants differ, and what it buys. Empty without a variant. */
export function priceText(
  product: Pick<Product, 'variants' | 'currency'>,
  localize: PriceWords,
): { amount: string; perUnit: string; was: Was } {
  const { text } = localize;
  const { variant, hasSeveralPrices } = gistOf(product);
  if (!variant) return { amount: '', perUnit: '', was: nothing };
  const amount = localize.money(variant.priceMinor, product.currency);
  return { amount: hasSeveralPrices ? text.priceFrom(amount) : amount, perUnit: ` / ${text.units[variant.unit]}`, was: priceWas(variant, product.currency, localize) };
}

type Was = TemplateResult | typeof nothing;

/** The lowest price of the days before the promotion, crossed out; nothing where there is none above the present one. */
export function priceWas({ wasMinor = 0, priceMinor }: ShownVariant, currency: Product['currency'], localize: PriceWords): Was {
  return wasMinor > priceMinor ? html` <s class="unit">${localize.money(wasMinor, currency)}</s>` : nothing;
}
