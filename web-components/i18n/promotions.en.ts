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

const draw = {
  endsIn: 'Drawn in',
  entries: (count: string, value: number) => (value === 1 ? '1 takes part' : `${count} take part`),
  prizes: (count: number) => (count === 1 ? '1 winner' : `${count} winners`),
  noPurchase: 'Free, no purchase needed',
  forFollowers: 'For followers, no purchase needed',
  number: (entry: string) => `Your number: ${entry}`,
  enter: 'Take part',
  followAndEnter: 'Follow and take part',
  say: (word: string) => `Send “${word}”`,
  entered: 'You are in',
  drawing: 'Drawing…',
  drawn: 'The winners are drawn',
  won: 'You have won!',
  lost: 'Not this time',
  nobody: 'Nobody took part',
  calledOff: 'Called off',
  claim: 'Get the prize',
  prize: 'Your prize',
  result: 'Winners',
  winners: (count: number) => (count === 1 ? 'The winner' : `${count} winners`),
  numbersHint: 'Each person who took part has a number. It tells nothing of who they are.',
  yourNumber: (entry: string) => `Your number is ${entry}.`,
  notWon: (entry: string) => `Your number ${entry} was not drawn.`,
  youWon: (prize: string) => `You have won: ${prize}`,
  place: (place: number) => `Winner no. ${place}.`,
  whereTo: 'Say where it is to go.',
  fields: { name: 'Name', phone: 'Phone', address: 'Address' },
  fieldFaults: { name: 'Write the name of the person who receives it.', phone: 'Write a phone number, like 138 0013 8000.', address: 'Write the full address: village or street, and number.' },
  phoneHasPrize: 'This phone number has another prize of this draw already.',
  send: 'Send me the prize',
  onlySeller: 'Only the seller sees this.',
  prizeComes: (prize: string) => `The seller will send you: ${prize}`,
  change: 'Change',
  fair: 'Is it fair?',
  fairHint: 'The winners come from a secret number that is fixed before anybody takes part. This is its seal. The number is told at the end, and your page can check that it fits the seal and gives these winners.',
  checkHint: 'Your page can draw again by itself, from the number that was sealed before and from the list of all who took part.',
  checkElsewhere: 'Browsers compute this on secure pages (https) alone. The numbers are below: anybody can check them elsewhere.',
  check: 'Draw again here',
  seedHeard: 'The secret number is the one that was sealed when you came.',
  seedKept: 'The secret number fits its seal.',
  seedChanged: 'The secret number is another one than was sealed before!',
  inList: (count: string) => `Your number is in the list of ${count}.`,
  notInList: 'Your number is not in the list!',
  winnersRight: 'Drawn again here: the same winners.',
  winnersWrong: 'Drawn again here: other winners!',
  numbers: 'The numbers behind it',
  commitment: 'Seal (SHA-256 of the secret number)',
  seed: 'Secret number',
  list: (count: string) => `List of all ${count} numbers`,
};

const waiting = {
  yourTurn: 'It is your turn',
  turnOver: 'Your turn is over',
  keptFor: 'Kept for',
  kept: (count: string) => `${count} kept for you`,
  order: 'Order',
  toCart: 'To the cart',
  lapsed: 'It went to the next in line.',
  closed: 'The host closed the list.',
  again: 'Wait again',
  aside: 'Put this aside',
};

export const promotionsEn = {
  label: 'Offers',
  close: 'Close',
  announce: (kind: string, name: string) => (name ? `${kind}: ${name}` : kind),
  errors: errorsEn,
  units: unitsEn,
  kinds: promotionKindsEn,
  flashSale,
  waiting,
  couponWords: couponEn,
  coupon,
  draw,
};

/** The shape of the catalogue of promotions. */
export type PromotionMessages = typeof promotionsEn;
