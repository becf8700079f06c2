// Owns what promotions brought: orders placed by them, beside those placed without them meanwhile and those of just before. Pure.
import type { PromotionEffect } from '../../protocol/analytics.ts';
import type { Promotion } from '../../protocol/promotions.ts';
import { withRatiosOf } from '../../protocol/figures.ts';
import type { CouponTaken, PastPromotion } from '../../shop/index.ts';
import { MINUTE_MS } from '../rollup/fold.ts';
import { isPlaced } from './counts.ts';
import type { PhasedSale, ShowFacts } from './show-facts.ts';

/** How long before a promotion says what would have come without it. */
const BEFORE_MS = 5 * MINUTE_MS;

export function promotionsOf(facts: ShowFacts): PromotionEffect[] {
  const placed = facts.sales.filter(isPlaced);
  return facts.promotions.map((past) => effectOf(past, placed, facts));
}

function effectOf({ promotion, endsAt }: PastPromotion, placed: readonly (PhasedSale & { placedAt: number })[], { show, now, promotionsBy, coupons }: ShowFacts): PromotionEffect {
  const { id: promotionId, kind, title, startsAt } = promotion;
  const by = placed.flatMap((sale) => promotionsBy(sale.orderId).flatMap((part) => (part.promotionId === promotionId ? [{ ...part, totalMinor: sale.totalMinor }] : [])));
  const used = new Set(by.map(({ orderId }) => orderId));
  const until = Math.min(endsAt ?? now, show.endedAt ?? now, now);
  const began = Math.max(startsAt, show.startedAt ?? startsAt);
  const meanwhile = between(placed, began, until);
  const without = meanwhile.filter(({ orderId }) => !used.has(orderId));
  const before = Math.min(BEFORE_MS, Math.max(0, startsAt - (show.startedAt ?? startsAt)));
  const { people, limit, taken } = partsOf(promotion, used.size);
  return {
    promotionId,
    kind,
    title,
    productId: 'productId' in promotion ? promotion.productId : null,
    startsAt,
    endsAt,
    orders: used.size,
    units: sum(by, ({ units }) => units),
    placedMinor: sum(by, ({ totalMinor }) => totalMinor),
    takenOffMinor: sum(by, ({ takenOffMinor }) => takenOffMinor),
    ordersWithout: without.length,
    placedMinorWithout: sum(without, ({ totalMinor }) => totalMinor),
    ordersPerMinute: perMinute(meanwhile.length, until - began),
    ordersPerMinuteBefore: perMinute(between(placed, startsAt - before, startsAt).length, before),
    people,
    limit,
    ...(kind === 'coupon' ? takenOf(coupons.find((coupon) => coupon.promotionId === promotionId)) : { couponClaims: null, couponUsers: null, couponUseRate: null }),
    sellThrough: limit === null || limit === 0 ? null : taken / limit,
  };
}

function takenOf(taken: CouponTaken | undefined) {
  return withRatiosOf(['couponClaims', 'couponUsers', 'couponUseRate'], { couponClaims: taken?.claims ?? 0, couponUsers: taken?.users ?? 0 });
}

/** Who took part, how much there was of it, and how much of that went. */
function partsOf(promotion: Promotion, orders: number): { people: number | null; limit: number | null; taken: number } {
  switch (promotion.kind) {
    case 'flash-sale':
      return { people: null, limit: promotion.units, taken: promotion.units - promotion.left };
    case 'coupon':
      return { people: null, limit: promotion.uses, taken: (promotion.uses ?? 0) - (promotion.left ?? 0) };
    case 'draw':
      return { people: promotion.entries, limit: promotion.prizes, taken: promotion.winners.length };
    case 'group-buy':
      return { people: promotion.buyers, limit: promotion.tiers.at(-1)?.buyers ?? null, taken: promotion.buyers };
    case 'auction':
      return { people: promotion.bidders, limit: 1, taken: Math.min(1, orders) };
    default:
      return promotion satisfies never;
  }
}

function between<S extends { placedAt: number }>(sales: readonly S[], from: number, to: number): S[] {
  return sales.filter(({ placedAt }) => placedAt >= from && placedAt < to);
}

function perMinute(count: number, ms: number): number | null {
  return ms > 0 ? (count / ms) * MINUTE_MS : null;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
