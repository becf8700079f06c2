// Owns the shapes of coupons: what one takes off, for which orders, and how its code reaches a buyer.
import * as v from 'valibot';
import { id } from './ids.ts';
import { priceMinor, totalMinor } from './money.ts';
import { promotionFields, promotionTitle } from './promotion-shape.ts';
import { timestampMs } from './text.ts';

export const COUPON_PERCENT_MOST = 95;
export const COUPON_USES_MOST = 1_000_000;
export const COUPON_CODE_LEAST = 2;
export const COUPON_CODE_MOST = 20;

/** A code as it is compared: neither case, width, spaces nor signs between its letters matter. */
export function foldCouponCode(code: string): string {
  return code.normalize('NFKC').toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Taken off the goods after all other promotions, or the fee for delivery as a whole. */
export const couponDiscount = v.variant('kind', [
  v.strictObject({ kind: v.literal('amount'), amountMinor: priceMinor }),
  v.strictObject({ kind: v.literal('percent'), percent: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(COUPON_PERCENT_MOST)) }),
  v.strictObject({ kind: v.literal('free-delivery') }),
]);
export type CouponDiscount = v.InferOutput<typeof couponDiscount>;

export const coupon = v.object({
  kind: v.literal('coupon'),
  ...promotionFields,
  discount: couponDiscount,
  /** Least goods of an order, after all other promotions; 0 without one. */
  minimumMinor: totalMinor,
  /** The one product whose pieces it is for; null: all of the seller's. */
  productId: v.nullable(id),
  /** Orders that can use it, and how many still can; null without a limit. */
  uses: v.nullable(v.number()),
  left: v.nullable(v.number()),
  /** One order for one phone number. */
  oncePerBuyer: v.boolean(),
  /** Only in orders placed while the show is on. */
  liveOnly: v.boolean(),
  /** Whether viewers have it before them, to be taken with one tap. What is not pinned is told to nobody but the staff. */
  isPinned: v.boolean(),
});
export type Coupon = v.InferOutput<typeof coupon>;

export const couponRequest = v.strictObject({
  title: v.optional(promotionTitle, ''),
  discount: couponDiscount,
  minimumMinor: v.optional(totalMinor, 0),
  productId: v.optional(v.nullable(id), null),
  uses: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(COUPON_USES_MOST))), null),
  oncePerBuyer: v.optional(v.boolean(), true),
  /** Until when, in every show of the seller and after them; null: as long as this show is on. At most a year ahead. */
  until: v.optional(v.nullable(timestampMs), null),
  /** To be said aloud or written elsewhere; one is made up without. */
  code: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(40),
      v.transform(foldCouponCode),
      v.check((code) => [...code].length >= COUPON_CODE_LEAST && [...code].length <= COUPON_CODE_MOST, 'not a code of 2 to 20 letters or digits'),
    ),
  ),
  isPinned: v.optional(v.boolean(), true),
});
export type CouponRequest = v.InferOutput<typeof couponRequest>;

export const couponPatch = v.strictObject({ isPinned: v.boolean() });

/** A coupon with what an order says to use it. */
export const codedCoupon = v.object({ coupon, code: v.string() });
export type CodedCoupon = v.InferOutput<typeof codedCoupon>;
