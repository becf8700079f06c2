// Owns the English words of the viewer's elements. `Messages` is the shape that every other language has to fill.
import { priceFromEn, unitsEn } from './units.ts';

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const en = {
  common: {
    close: 'Close',
    back: 'Back',
    retry: 'Try again',
    less: 'One less',
    plus: 'One more',
    quantity: 'Quantity',
    perUnit: (price: string, unit: string) => `${price} / ${unit}`,
  },
  player: {
    label: (title: string) => `Live show: ${title}`,
    live: 'LIVE',
    replay: 'Replay',
    tapForSound: 'Tap for sound',
    mute: 'Mute',
    play: 'Play the show',
    data: 'Data use',
    connecting: 'Connecting…',
    unavailableTitle: 'The show cannot be reached',
    unavailableHint: 'Check Wi-Fi or mobile data; we keep trying.',
    viewers: (count: string) => `${count} watching`,
    pinned: 'Shown now',
    openProduct: (name: string) => `Look at ${name}`,
  },
  shelf: {
    title: 'On the shelf',
    count: (count: number) => `${count} ${plural(count, 'product', 'products')}`,
    empty: 'Nothing is on the shelf yet. Products will appear here during the show.',
    loading: 'The shelf is being loaded…',
    pinned: 'Shown now',
    fewLeft: (count: number) => `Only ${count} left`,
    inStock: 'In stock',
    soldOut: 'Sold out',
    addToCart: 'Add to cart',
    quickAdd: (name: string) => `Add ${name} to the cart`,
    added: (name: string) => `${name} is in your cart`,
    details: (name: string) => `Details of ${name}`,
    variants: 'Choose one',
    pictures: (index: number, count: number) => `Picture ${index} of ${count}`,
    allInCart: 'All that is left is in your cart',
  },
  live: {
    chat: 'Chat',
    label: 'Live shop',
    shelf: (count: number) => `Shelf · ${count}`,
    cart: 'Cart',
    openCart: (count: number) => `Open the cart, ${count} ${plural(count, 'item', 'items')}`,
    checkOut: (total: string) => `Check out · ${total}`,
  },
  units: unitsEn,
  priceFrom: priceFromEn,
};

/** The shape of the viewer's catalogue. */
export type Messages = typeof en;
