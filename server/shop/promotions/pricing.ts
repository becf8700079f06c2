// Owns what an order costs. Pure: goods at list prices, what promotions have for them, and the rules of delivery in; discounts and totals out.
import type { CouponRefusal, OrderDiscount, PromotionKind } from '../../protocol/promotion-shape.ts';

export interface PricedLine {
  variantId: string;
  productId: string;
  quantity: number;
  /** Price of one piece without any promotion, in minor units, as all amounts here. */
  listMinor: number;
}

/** So many pieces of a variant may be had at this price. */
export interface Deal {
  promotionId: string;
  kind: PromotionKind;
  title: string;
  variantId: string;
  unitMinor: number;
  units: number;
}

export interface Coupon {
  promotionId: string;
  title: string;
  discount: { kind: 'amount'; amountMinor: number } | { kind: 'percent'; percent: number } | { kind: 'free-delivery' };
  /** Least goods after deals. */
  minimumMinor: number;
  /** The one product it is for; null: all. */
  productId: string | null;
}

export interface Pricing {
  /** One line a variant. */
  lines: readonly PricedLine[];
  deals: readonly Deal[];
  coupon: Coupon | null;
  /** Fee for goods that cost so much after deals; null: not known yet. */
  deliveryOf: (goodsMinor: number) => number | null;
}

export interface Priced {
  /** At list prices. */
  lines: (PricedLine & { totalMinor: number })[];
  discounts: OrderDiscount[];
  goodsMinor: number;
  /** What minimums and delivery look at. */
  afterDealsMinor: number;
  discountMinor: number;
  deliveryMinor: number | null;
  /** `goodsMinor` - `discountMinor` + `deliveryMinor`, which counts as 0 while it is not known. At least 1. */
  totalMinor: number;
  couponRefusal: CouponRefusal | null;
}

/**
 * Each piece has at most one deal, the cheapest for the buyer and never above its list price; beyond what a deal has left it is at its
 * list price. Delivery looks at goods after deals. Then one coupon: on what is left of the goods it is for, but not on pieces of a group buy.
 */
export function priceOrder({ lines, deals, coupon, deliveryOf }: Pricing): Priced {
  const priced = lines.map((line) => ({ ...line, totalMinor: line.listMinor * line.quantity }));
  const dealt = lines.map((line) => ({ line, discounts: dealsFor(line, deals) }));
  const discounts = dealt.flatMap((each) => each.discounts);
  const goodsMinor = sum(priced.map((line) => line.totalMinor));
  const afterDealsMinor = goodsMinor - sum(discounts.map((discount) => discount.amountMinor));
  const deliveryMinor = deliveryOf(afterDealsMinor);

  let couponRefusal: CouponRefusal | null = null;
  if (coupon) {
    const eligibleMinor = sum(dealt.map(({ line, discounts: own }) => (coupon.productId === null || coupon.productId === line.productId ? leftFor(line, own) : 0)));
    const taken = couponAmount(coupon, { afterDealsMinor, eligibleMinor, deliveryMinor });
    if ('code' in taken) couponRefusal = taken;
    else if (taken.amountMinor > 0) {
      discounts.push({ promotionId: coupon.promotionId, kind: 'coupon', title: coupon.title, variantId: null, quantity: 0, amountMinor: taken.amountMinor });
    }
  }
  const discountMinor = sum(discounts.map((discount) => discount.amountMinor));
  return { lines: priced, discounts, goodsMinor, afterDealsMinor, discountMinor, deliveryMinor, totalMinor: goodsMinor - discountMinor + (deliveryMinor ?? 0), couponRefusal };
}

/** Fills a line's pieces from the cheapest deal on. */
function dealsFor(line: PricedLine, deals: readonly Deal[]): OrderDiscount[] {
  const found: OrderDiscount[] = [];
  let open = line.quantity;
  const usable = deals.filter((deal) => deal.variantId === line.variantId && deal.unitMinor < line.listMinor).sort(cheapestFirst);
  for (const { promotionId, kind, title, variantId, unitMinor, units } of usable) {
    const quantity = Math.min(open, units);
    if (quantity <= 0) continue;
    found.push({ promotionId, kind, title, variantId, quantity, amountMinor: (line.listMinor - unitMinor) * quantity });
    open -= quantity;
  }
  return found;
}

/** Of two that cost the same, the one that leaves a coupon its pieces comes first, in whatever order they were found. */
function cheapestFirst(one: Deal, other: Deal): number {
  return one.unitMinor - other.unitMinor || Number(one.kind === 'group-buy') - Number(other.kind === 'group-buy');
}

/** What a coupon may still take of a line. */
function leftFor({ listMinor, quantity }: PricedLine, discounts: readonly OrderDiscount[]): number {
  const grouped = sum(discounts.filter(({ kind }) => kind === 'group-buy').map((discount) => discount.quantity));
  const others = discounts.filter(({ kind }) => kind !== 'group-buy');
  return listMinor * (quantity - grouped) - sum(others.map((discount) => discount.amountMinor));
}

function couponAmount(
  { discount, minimumMinor }: Coupon,
  { afterDealsMinor, eligibleMinor, deliveryMinor }: { afterDealsMinor: number; eligibleMinor: number; deliveryMinor: number | null },
): { amountMinor: number } | CouponRefusal {
  if (afterDealsMinor < minimumMinor) return notUsable({ why: 'minimum', missingMinor: minimumMinor - afterDealsMinor });
  if (eligibleMinor <= 0) return notUsable({ why: 'goods' });
  // Nothing is given away whole: somebody has to be able to pay it.
  const mostMinor = Math.min(eligibleMinor, afterDealsMinor + (deliveryMinor ?? 0) - 1);
  switch (discount.kind) {
    case 'free-delivery':
      return deliveryMinor === 0 ? notUsable({ why: 'delivery' }) : { amountMinor: deliveryMinor ?? 0 };
    case 'amount':
      return worthwhile(Math.min(discount.amountMinor, mostMinor));
    case 'percent':
      return worthwhile(Math.min(Math.floor((eligibleMinor * discount.percent) / 100), mostMinor));
  }
}

function worthwhile(amountMinor: number): { amountMinor: number } | CouponRefusal {
  return amountMinor > 0 ? { amountMinor } : notUsable({ why: 'goods' });
}

function notUsable(params: CouponRefusal['params']): CouponRefusal {
  return { code: 'coupon.not-usable', params };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
