// Owns what a shop page gives to `<fieldcast-live>` so that it keeps its own products and its own cart.
import type { Currency } from '../../server/protocol/money.ts';

/** All of them are needed before the shop's cart switches on. */
export const hostCallbacks = ['provideProducts', 'addToCart', 'updateCart', 'checkout', 'syncCart'] as const;
export type HostCallback = (typeof hostCallbacks)[number];

type Answer<T> = T | Promise<T>;

/** A product of the shelf as the player knows it: `sku` is what the shop knows its goods by. */
export interface HostProductQuery {
  productId: string;
  name: string;
  variants: readonly { variantId: string; sku: string | null; label: string }[];
}

/** A variant is named by `variantId` or by `sku`. */
export interface HostVariantName {
  variantId?: string;
  sku?: string;
}

/** What the shop says of a product; what is missing stays as the player knows it. */
export interface HostProduct {
  productId: string;
  name?: string;
  description?: string;
  /** Addresses of pictures, the main one first. */
  imageUrls?: readonly string[];
  variants?: readonly (HostVariantName & {
    label?: string;
    /** Integer in the smallest unit of the show's currency. */
    priceMinor?: number;
    stock?: number;
    /** In place of a stock that the shop does not tell. */
    isAvailable?: boolean;
  })[];
}

/** A line as it shall be; `quantity` 0 of `updateCart` takes it out. */
export interface HostLine {
  productId: string;
  variantId: string;
  sku: string | null;
  name: string;
  quantity: number;
  /** As the buyer saw it. */
  priceMinor: number;
  currency: Currency;
}

/** The shop's cart. What is in it and not on the shelf is counted in `otherCount`. */
export interface HostCart {
  lines: readonly (HostVariantName & { quantity: number })[];
  otherCount?: number;
  /** Of the whole cart, in the smallest unit. */
  totalMinor?: number;
}

export type HostReason = 'out-of-stock' | 'limit-reached' | 'not-found' | 'sign-in' | 'unavailable';

export interface HostRefusal {
  ok: false;
  reason?: HostReason;
  /** The shop's own words, shown beside those of the reason. */
  message?: string;
}

/** With `cart` the player takes over the shop's cart as it is then. */
export type HostResult = { ok: true; cart?: HostCart } | HostRefusal;
/** With `url` the player goes there; without it the page has done what is to be done. */
export type HostCheckout = { ok: true; url?: string } | HostRefusal;

export interface HostCallbacks {
  provideProducts(products: readonly HostProductQuery[]): Answer<readonly HostProduct[]>;
  addToCart(line: HostLine): Answer<HostResult>;
  updateCart(line: HostLine): Answer<HostResult>;
  checkout(cart: { lines: readonly HostLine[] }): Answer<HostCheckout>;
  syncCart(): Answer<HostCart>;
}
