// Owns the English words of promotions as viewers see them. Each kind has its block.
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
  gone: 'Sold out at this price',
  before: (amount: string) => `Before: ${amount}`,
  lowest: (amount: string) => `30-day low ${amount}`,
};

export const promotionsEn = {
  label: 'Offers',
  close: 'Close',
  between: ': ',
  errors: errorsEn,
  units: unitsEn,
  kinds: promotionKindsEn,
  flashSale,
};

/** The shape of the catalogue of promotions. */
export type PromotionMessages = typeof promotionsEn;
