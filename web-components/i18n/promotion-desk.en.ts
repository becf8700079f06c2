// Owns the English words of the page where staff start promotions. Each kind has its block.
import type { PromotionEnd, PromotionKind } from '../../server/protocol/promotion-shape.ts';
import { errorsEn } from './errors.en.ts';
import { promotionKindsEn } from './promotion-kinds.ts';
import { unitsEn } from './units.ts';

const hints: Record<PromotionKind, string> = {
  'flash-sale': 'One product cheaper, for some minutes',
  coupon: 'A code that takes money off',
  draw: 'Viewers win something',
  'group-buy': 'Cheaper the more people join',
  auction: 'The highest bid takes it',
};

const endedWhy: Record<PromotionEnd, string> = { time: 'Time was up', 'sold-out': 'All sold', staff: 'Ended by hand' };

const flashSale = {
  product: 'Product',
  otherProduct: 'Choose another product',
  price: 'Price now',
  priceHint: (amount: string) => `${amount} is the lowest of 30 days. The price has to be below it.`,
  priceTooHigh: (amount: string) => `Set ${amount} or less. Else it is no offer.`,
  off: (percent: number) => `${percent}% off`,
  otherPrice: 'Other price',
  units: 'How many',
  all: (count: string) => `All ${count}`,
  other: 'Other',
  minutes: 'How long',
  minutesShort: (count: number) => `${count} min`,
  more: 'Countdown, limit, start',
  countdown: 'Countdown before it',
  seconds: (count: number) => (count < 60 ? `${count} s` : `${count / 60} min`),
  perBuyer: 'Most for one buyer',
  noLimit: 'No limit',
  when: 'Start',
  atOnce: 'Now',
  later: 'At a time',
  start: (amount: string) => `Start at ${amount}`,
  plan: (amount: string) => `Plan at ${amount}`,
  nothing: 'Nothing is on the shelf',
  nothingHint: 'Put a product with stock on the shelf first.',
  soldOut: 'Sold out',
  started: 'The countdown runs',
  planned: 'It is planned',
};

export const promotionDeskEn = {
  errors: errorsEn,
  units: unitsEn,
  title: 'Offers',
  loading: 'Loading…',
  retry: 'Try again',
  close: 'Close',
  undo: 'Undo',
  kinds: promotionKindsEn,
  hints,
  start: 'Start something',
  on: 'On now',
  earlier: 'Earlier in this show',
  none: 'Nothing is on. Tap what you want to start.',
  planned: (when: string) => `Begins ${when}`,
  startsIn: (clock: string) => `Starts in ${clock}`,
  endsIn: (clock: string) => `Ends in ${clock}`,
  untilEnded: 'Until you end it',
  figures: (units: string, orders: string) => `${units} sold in ${orders} orders`,
  left: (left: string, units: string) => `${left} of ${units} left`,
  takenOff: (amount: string) => `${amount} taken off`,
  end: 'End',
  takeBack: 'Take back',
  endTitle: (title: string) => `End “${title}” now?`,
  endHint: 'It cannot go on afterwards. Orders placed stay as they are.',
  endYes: 'Yes, end it',
  endNo: 'No, go on',
  ended: 'Ended',
  endedWhy,
  flashSale,
};

/** The shape of the catalogue of the page of promotions. */
export type PromotionDeskMessages = typeof promotionDeskEn;
