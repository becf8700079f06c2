// Owns which of the taken coupons a cart uses by itself: the one that takes off most, by what the page knows. The server decides what it does.
import type { HeldCoupon } from '../show/index.ts';

/** One line of the cart. */
export interface CartGoods {
  productId: string;
  totalMinor: number;
}

/** What a coupon would take off, in minor units; 0 where it takes nothing. `deliveryMinor` is null while the fee is not known. */
export function worthOf({ discount, minimumMinor, productId }: Pick<HeldCoupon, 'discount' | 'minimumMinor' | 'productId'>, goods: readonly CartGoods[], deliveryMinor: number | null): number {
  const sum = (lines: readonly CartGoods[]): number => lines.reduce((total, line) => total + line.totalMinor, 0);
  const eligible = sum(productId === null ? goods : goods.filter((line) => line.productId === productId));
  if (sum(goods) < minimumMinor || eligible === 0) return 0;
  if (discount.kind === 'free-delivery') return deliveryMinor ?? 0;
  return discount.kind === 'percent' ? Math.floor((eligible * discount.percent) / 100) : Math.min(discount.amountMinor, eligible);
}

/**
 * The best of those that were not refused, the first of equals; one that takes nothing off stands too, so that the server says what is
 * missing for it. Null where there is none.
 */
export function bestOf(coupons: readonly HeldCoupon[], goods: readonly CartGoods[], deliveryMinor: number | null, isRefused: (code: string) => boolean): HeldCoupon | null {
  const open = coupons.filter(({ code }) => !isRefused(code));
  const worth = new Map(open.map((coupon) => [coupon, worthOf(coupon, goods, deliveryMinor)]));
  const [best] = open.toSorted((one, other) => worth.get(other)! - worth.get(one)! || one.minimumMinor - other.minimumMinor);
  return best ?? null;
}
