// Owns the shapes of promotions as viewers and staff see them: one variant by kind. A show is only an id here.
import * as v from 'valibot';
import { auction } from './auction.ts';
import { coupon } from './coupon.ts';
import { draw, drawEntry } from './draw.ts';
import { flashSale } from './flash-sale.ts';
import { groupBuy } from './group-buy.ts';
import { id } from './ids.ts';
import { priceMinor, totalMinor } from './money.ts';

export * from './auction.ts';
export * from './coupon.ts';
export * from './draw.ts';
export * from './flash-sale.ts';
export * from './group-buy.ts';
export * from './promotion-shape.ts';

/** What everybody may know: no buyer, no private code. */
export const promotion = v.variant('kind', [flashSale, coupon, draw, groupBuy, auction]);
export type Promotion = v.InferOutput<typeof promotion>;

/** What is on, or has been over for less than two minutes; newest first. */
export const promotions = v.object({ promotions: v.array(promotion), serverTime: v.number() });

/** What came of a promotion so far: orders that stand, their pieces at its price, and what it took off them. */
export const promotionFigures = v.object({ orders: v.number(), units: v.number(), takenOffMinor: totalMinor });

/** All promotions of a show for its staff, planned ones among them, newest first. */
export const promotionDesk = v.object({
  promotions: v.array(v.object({ promotion, figures: promotionFigures, byName: v.string(), createdAt: v.number() })),
  serverTime: v.number(),
});
export type PromotionDesk = v.InferOutput<typeof promotionDesk>;

/** News of a promotion that are one viewer's alone. */
export const promotionMine = v.variant('what', [
  v.object({ what: v.literal('outbid'), promotionId: id, leastMinor: priceMinor }),
  /** Of a draw: this is the entry. */
  v.object({ what: v.literal('entered'), promotionId: id, entry: drawEntry }),
  /** Of an auction, with the order that the server placed; of a draw without one. */
  v.object({ what: v.literal('won'), promotionId: id, orderId: v.nullable(id) }),
  /** Goods that somebody waited for are held for them. */
  v.object({ what: v.literal('your-turn'), waitId: id, variantId: id, quantity: v.number(), until: v.number() }),
  /** Their place on a waitlist is over: the time was up, they gave it up, or the list was closed. */
  v.object({ what: v.literal('wait-over'), waitId: id, variantId: id, why: v.picklist(['lapsed', 'left', 'closed']) }),
]);
export type PromotionMine = v.InferOutput<typeof promotionMine>;

/** Prices of a product's variants in the last 30 days, newest first. */
export const PRICE_DAYS = 30;
export const priceRecord = v.object({
  days: v.number(),
  /** The lowest of each variant in these days, the present one among them. */
  lowest: v.array(v.object({ variantId: id, lowestMinor: priceMinor })),
  prices: v.array(
    v.object({
      variantId: id,
      kind: v.picklist(['list', 'deal']),
      priceMinor,
      from: v.number(),
      /** Null: it is in force now. */
      until: v.nullable(v.number()),
      promotionId: v.nullable(id),
    }),
  ),
});
export type PriceRecord = v.InferOutput<typeof priceRecord>;
