// Owns what the shop tells the rest of the server, after the commit that made it true and once only.
// Orders carry the buyer's data: a listener sends them to staff of the show and nowhere else, and never to a log.
import type { Order } from '../protocol/order.ts';
import type { Promotion, PromotionMine } from '../protocol/promotions.ts';
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
  /** It is the seller's to work from now on; one that waits for money is told here when the money is there. @property identity who placed it, as their token says. */
  'order.placed': { order: Order; identity: string };
  'order.changed': { order: Order };
  /** Its money moved, or what is known of it. `order.changed` of the same order is told too. */
  'payment.changed': { order: Order };
  /** Buyers in a show have said that they have paid, and nobody has looked for `count` of these transfers yet; a reminder, told again and again. */
  'claims.waiting': { showId: string; count: number; oldestAt: number };
  /** As everybody in the show may see it. */
  'promotion.changed': { showId: string; promotion: Promotion };
  /** One that viewers do not see yet was planned, or given up. */
  'promotion.planned': { showId: string };
  /** News for one viewer alone, known by their token's identity. */
  'promotion.mine': { showId: string; identity: string; mine: PromotionMine };
  /** Somebody joined or left a waitlist in a show, had their turn, or let it pass. */
  'waitlist.changed': { showId: string };
  /** The ways to pay that a seller offers are others now. */
  'ways.changed': { sellerId: string };
}
