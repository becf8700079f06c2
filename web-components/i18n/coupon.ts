// Owns how a coupon is called in both languages, by what it takes off and from which amount on; shared by viewer's and seller's elements.
import type { CouponDiscount } from '../../server/protocol/coupon.ts';
import type { Currency } from '../../server/protocol/money-format.ts';

export interface CouponWords {
  off: (amount: string) => string;
  percent: (percent: number) => string;
  freeDelivery: string;
  /** What it takes off, and the least goods for it. */
  from: (what: string, amount: string) => string;
}

export const couponEn: CouponWords = {
  off: (amount) => `${amount} off`,
  percent: (percent) => `${percent}% off`,
  freeDelivery: 'Free delivery',
  from: (what, amount) => `${what} from ${amount}`,
};

export const couponZhCN: CouponWords = {
  off: (amount) => `减${amount}`,
  percent: (percent) => `${(100 - percent) / 10}折`,
  freeDelivery: '免运费',
  from: (what, amount) => `满${amount}${what}`,
};

/** Whole amounts without their zeros: a coupon's are nearly always whole, and stand in little room. */
export function shortMoney(amountMinor: number, localize: Money, currency: Currency): string {
  return localize.money(amountMinor, currency).replace(/[.,]00(?!\d)/, '');
}

/** How a language writes amounts; every `Localize` is one. */
interface Money {
  money(amountMinor: number, currency: Currency): string;
}

/** What it takes off, in few letters. */
export function couponValue(discount: CouponDiscount, words: CouponWords, localize: Money, currency: Currency): string {
  if (discount.kind === 'free-delivery') return words.freeDelivery;
  return discount.kind === 'percent' ? words.percent(discount.percent) : words.off(shortMoney(discount.amountMinor, localize, currency));
}

/** The name its host gave it, else what it does. */
export function couponName(
  { title, discount, minimumMinor }: { title: string; discount: CouponDiscount; minimumMinor: number },
  words: CouponWords,
  localize: Money,
  currency: Currency,
): string {
  if (title !== '') return title;
  const what = couponValue(discount, words, localize, currency);
  return minimumMinor > 0 ? words.from(what, shortMoney(minimumMinor, localize, currency)) : what;
}
