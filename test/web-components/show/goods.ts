// Owns a small show with a shelf for the tests of a page's own state.
import type { Product } from '../../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';

export function productOf(name: string, options: { stock?: number; priceMinor?: number } = {}): Product {
  const { stock = 20, priceMinor = 1280 } = options;
  return {
    id: `prd_${name}`,
    sellerId: 'sel_coop',
    name,
    description: '',
    currency: 'CNY',
    pictures: [],
    variants: [{ id: `var_${name}`, label: '', unit: 'kg', priceMinor, stock }],
    archived: false,
  };
}

export function snapshotOf(shelf: Product[], part: Partial<ShowSnapshot> = {}): ShowSnapshot {
  return {
    show: {
      id: 'shw_orchard',
      title: 'Orchard',
      status: 'live',
      sellerId: 'sel_coop',
      sellerName: 'Cooperative',
      hostId: 'per_host',
      hostName: 'Uncle Zhang',
      currency: 'CNY',
      posterPictureId: null,
      plannedAt: null,
      startedAt: 1_000,
      pausedAt: null,
      graceUntil: null,
      endedAt: null,
      pageUrl: null,
      needsCode: false,
      kind: 'live',
      isHidden: false,
    },
    shelf,
    pins: [],
    replay: 'none',
    viewers: 1,
    seq: 10,
    serverTime: 5_000,
    ...part,
  };
}
