// Owns the shapes of delivery: where a seller brings goods, what that costs, and what an order will cost before it is placed.
import * as v from 'valibot';
import { id } from './ids.ts';
import { currency, totalMinor } from './money.ts';
import { ORDER_LINE_LIMIT, QUANTITY_LIMIT } from './order-limits.ts';
import { couponCode, couponRefusal, orderDiscount } from './promotion-shape.ts';
import { line, text } from './text.ts';

export const AREA_LIMIT = 40;
export const AREA_WORD_LIMIT = 60;

/** A fee in minor units: at most 10,000 major units, so that no sum of an order leaves the safe integers. */
const feeMinor = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const amountMinor = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));
const grams = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(1_000_000));
const pieces = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(QUANTITY_LIMIT));

/** How the fee of an area is counted. `weight` and `piece` are a courier's first and further ones; a part of a step counts as a whole one. */
export const deliveryFee = v.variant('by', [
  v.strictObject({ by: v.literal('order'), feeMinor }),
  v.strictObject({ by: v.literal('weight'), firstGrams: grams, firstMinor: feeMinor, stepGrams: grams, stepMinor: feeMinor, /** Counted for a piece of unknown weight. */ otherGrams: grams }),
  v.strictObject({ by: v.literal('piece'), firstPieces: pieces, firstMinor: feeMinor, stepMinor: feeMinor }),
  /** Nothing is brought there. */
  v.strictObject({ by: v.literal('none') }),
]);
export type DeliveryFee = v.InferOutput<typeof deliveryFee>;

export const deliveryArea = v.strictObject({
  name: line(1, 40),
  /** Provinces, towns, counties, streets: one of them stands in the address. None: everywhere else. */
  words: v.pipe(v.array(line(1, 30)), v.maxLength(AREA_WORD_LIMIT)),
  fee: deliveryFee,
  /** Free from goods of this amount on; null: never. */
  freeFromMinor: v.nullable(amountMinor),
  /** Least goods of an order, in minor units. */
  minimumMinor: amountMinor,
});
export type DeliveryArea = v.InferOutput<typeof deliveryArea>;

/** Areas in the order in which they are tried: the first that fits an address counts. No area at all: everywhere, free. */
export const deliveryRules = v.strictObject({
  areas: v.pipe(
    v.array(deliveryArea),
    v.maxLength(AREA_LIMIT),
    v.check((areas) => areas.slice(0, -1).every((area) => area.words.length > 0), 'only the last area may be without words: it is everywhere else'),
  ),
});
export type DeliveryRules = v.InferOutput<typeof deliveryRules>;

/** `POST /api/v1/shows/{showId}/quote`: without an address the goods alone; without a phone number no limits per buyer. */
export const quoteRequest = v.strictObject({
  lines: v.pipe(
    v.array(v.strictObject({ variantId: id, quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(QUANTITY_LIMIT)) })),
    v.minLength(1),
    v.maxLength(ORDER_LINE_LIMIT),
  ),
  address: v.optional(text(0, 300), ''),
  phone: v.optional(v.pipe(v.string(), v.maxLength(30)), ''),
  /** As in an order. */
  coupon: v.optional(couponCode),
  groupBuyId: v.optional(id),
  waitId: v.optional(id),
});
export type QuoteRequest = v.InferOutput<typeof quoteRequest>;

/** Why the order would be refused as it stands: the same codes with the same params as placing it. */
export const quoteRefusals = ['shelf.not-on-shelf', 'stock.insufficient', 'delivery.not-here', 'delivery.below-minimum', 'order.limit-reached', 'promotion.limit-reached'] as const;

export const quote = v.object({
  currency,
  /** At list prices. */
  goodsMinor: totalMinor,
  /** What promotions take off; their sum is `discountMinor`. */
  discounts: v.array(orderDiscount),
  discountMinor: totalMinor,
  /** Why the coupon asked for takes nothing off: the order would be refused with it. */
  couponRefusal: v.nullable(couponRefusal),
  /** Null while no area is known: there is no address yet, or nothing is brought there. */
  deliveryMinor: v.nullable(totalMinor),
  /** Goods and, as far as it is known, delivery, less the discounts: what `expectedTotalMinor` of an order has to say. */
  totalMinor,
  /** Name of the area that the address is in; null where the seller has none. */
  areaName: v.nullable(v.string()),
  /** Goods for this much more make delivery free; null where they do not, or it is free already. */
  freeInMinor: v.nullable(totalMinor),
  refusals: v.array(v.object({ code: v.picklist(quoteRefusals), params: v.record(v.string(), v.union([v.string(), v.number()])) })),
});
export type Quote = v.InferOutput<typeof quote>;
