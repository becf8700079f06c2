// Owns the English words of a shop's own cart in the player.
import type { HostNoticeReason } from './host-shop-reasons.ts';

const about = (name: string, words: string): string => (name === '' ? words : `${name}: ${words}`);

export const hostShopEn = {
  title: 'Your cart',
  empty: 'Your cart is empty',
  emptyHint: 'Choose something from the shelf; the video goes on meanwhile.',
  off: 'The cart is not open yet',
  offHint: 'You can go on watching. Ask the shop in the chat how to order.',
  remove: (name: string) => `Remove ${name}`,
  gone: 'No longer on the shelf',
  asking: 'Asking the shop…',
  otherItems: (count: number) => (count === 1 ? '1 more item is in your cart in the shop.' : `${count} more items are in your cart in the shop.`),
  total: 'Total',
  checkOut: 'Check out in the shop',
  checkOutFor: (total: string) => `Check out in the shop · ${total}`,
  opening: 'Opening the shop’s checkout…',
  load: 'Load the cart again',
  shopSays: (message: string) => `The shop says: ${message}`,
  notices: {
    'out-of-stock': (name: string) => about(name, 'not enough left. Your cart is as it was.'),
    'limit-reached': (name: string) => about(name, 'you cannot have more of it. Your cart is as it was.'),
    'not-found': (name: string) => about(name, 'the shop does not sell this now.'),
    'sign-in': (name: string) => about(name, 'sign in to the shop first, then try again.'),
    unavailable: (name: string) => about(name, 'that did not work. Your cart is as it was; try again.'),
    timeout: (name: string) => about(name, 'the shop did not answer in time. Look at your cart, then try again.'),
    off: (name: string) => about(name, 'ordering is not open yet.'),
    'not-loaded': () => 'The shop’s cart could not be loaded.',
  } satisfies Record<HostNoticeReason, (name: string) => string>,
};

/** The shape of the catalogue of a shop's own cart. */
export type HostShopMessages = typeof hostShopEn;
