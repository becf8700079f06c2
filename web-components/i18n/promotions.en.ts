// Owns the English words of promotions as viewers see them. Each kind has its block.
import { couponEn } from './coupon.ts';
import { errorsEn } from './errors.en.ts';
import { promotionKindsEn } from './promotion-kinds.ts';
import { unitsEn } from './units.ts';

const flashSale = {
  startsIn: 'Starts in',
  endsIn: 'Ends in',
  left: (count: string) => `${count} left`,
  most: (count: number) => `${count} per buyer`,
  buy: 'Add',
  buyLabel: (name: string) => `Add ${name} to the cart at the flash price`,
  soon: 'Soon',
  toCart: 'Cart',
  toCartLabel: (count: number) => `${count} in your cart. Open the cart`,
  over: 'The flash sale is over',
  soldOut: 'Sold out',
  gone: 'Sold out at this price',
  before: (amount: string) => `Before: ${amount}`,
  lowest: (amount: string) => `30-day low ${amount}`,
};

const coupon = {
  from: (amount: string) => `From ${amount} of goods`,
  anyAmount: 'For any order',
  only: (name: string) => `Only for ${name}`,
  once: 'One per buyer',
  live: 'During this show',
  until: (when: string) => `Until ${when}`,
  left: (count: string) => `${count} left`,
  take: 'Take it',
  taken: 'The coupon is yours. The checkout uses it by itself.',
  use: 'Use it',
  gone: 'All taken',
  over: 'The coupon is over',
};

export const promotionsEn = {
  label: 'Offers',
  close: 'Close',
  announce: (kind: string, name: string) => (name ? `${kind}: ${name}` : kind),
  errors: errorsEn,
  units: unitsEn,
  kinds: promotionKindsEn,
  flashSale,
  couponWords: couponEn,
  coupon,
};

/** The shape of the catalogue of promotions. */
export type PromotionMessages = typeof promotionsEn;
