// Owns what all kinds of promotions have in common, and how a promotion stands in the price of an order.
import * as v from 'valibot';
import { id } from './ids.ts';
import { totalMinor } from './money.ts';
import { line } from './text.ts';

export const promotionKinds = ['flash-sale', 'coupon', 'draw', 'group-buy', 'auction'] as const;
export type PromotionKind = (typeof promotionKinds)[number];

/** `planned` is for staff alone: viewers hear of a promotion from its countdown on. */
export const promotionStates = ['planned', 'countdown', 'running', 'over'] as const;
export type PromotionState = (typeof promotionStates)[number];

/** Why it ended: its time was up, its units were all taken, or somebody of the staff ended it. */
export const promotionEnds = ['time', 'sold-out', 'staff'] as const;
export type PromotionEnd = (typeof promotionEnds)[number];

/** How long after its end viewers can still read how it ended. */
export const PROMOTION_SHOWN_AFTER_MS = 120_000;

export const promotionTitle = line(0, 60);

/** Fields of every promotion beside its `kind`. Times are the server's clock, ms since epoch. */
export const promotionFields = {
  id,
  /** As the host named it; may be empty. */
  title: v.string(),
  /** Its countdown, if it has one, runs until then. */
  startsAt: v.number(),
  /** Null: until somebody ends it. */
  endsAt: v.nullable(v.number()),
  /** As it was when this was told; from the times it can be told at any moment: {@link stateAt}. */
  state: v.picklist(promotionStates),
  endedWhy: v.nullable(v.picklist(promotionEnds)),
  /** Grows with every change: of two views the one with the larger is newer. */
  revision: v.number(),
};

export interface PromotionTimes {
  /** From when viewers see it; missing: they do already. */
  shownAt?: number;
  startsAt: number;
  endsAt: number | null;
  /** Set when it ended, also before its time. */
  endedAt?: number | null;
}

/** State of a promotion at a moment: a function of its times alone, so that no timer decides anything. Ends are exclusive: at `endsAt` it is over. */
export function stateAt({ shownAt, startsAt, endsAt, endedAt }: PromotionTimes, now: number): PromotionState {
  if ((endedAt ?? null) !== null || (endsAt !== null && now >= endsAt)) return 'over';
  if (now >= startsAt) return 'running';
  return shownAt !== undefined && now < shownAt ? 'planned' : 'countdown';
}

/** What one promotion took off an order. */
export const orderDiscount = v.object({
  promotionId: id,
  kind: v.picklist(promotionKinds),
  title: v.string(),
  /** Whose pieces became cheaper; null: it is for the order as a whole. */
  variantId: v.nullable(id),
  /** Pieces that it is for; 0 for the order as a whole. */
  quantity: v.number(),
  /** Always above 0: to be taken off. */
  amountMinor: totalMinor,
});
export type OrderDiscount = v.InferOutput<typeof orderDiscount>;

/** As a buyer types it: neither case nor width nor spaces around it matter. */
export const couponCode = line(1, 40);

/** Why the coupon asked for takes nothing off. `coupon.not-usable` has params `why`: `minimum` (`missingMinor` are missing), `goods` (none of them is one it is for), `delivery` (there is no fee to take off), `used` (by this phone number), `used-up` (by others), `not-live` (its show is not on), `over`. */
export const couponRefusals = ['coupon.unknown', 'coupon.not-usable'] as const;
export const couponRefusal = v.object({ code: v.picklist(couponRefusals), params: v.record(v.string(), v.union([v.string(), v.number()])) });
export type CouponRefusal = v.InferOutput<typeof couponRefusal>;
