// Owns what the shop tells the rest of the server, after the commit that made it true and once only.
// Orders carry the buyer's data: a listener sends them to staff of the show and nowhere else, and never to a log.
import type { Order } from '../protocol/order.ts';
import type { Product } from '../protocol/shop.ts';

/** Price and stock of a variant, as viewers of every show that sells it should see it now. */
export interface VariantFact {
  productId: string;
  variantId: string;
  priceMinor: number;
  stock: number;
}

export interface ShopFacts {
  'product.changed': { product: Product };
  'variants.changed': { sellerId: string; variants: VariantFact[] };
  /** @property identity who placed it, as their token says. */
  'order.placed': { order: Order; identity: string };
  'order.changed': { order: Order };
}
