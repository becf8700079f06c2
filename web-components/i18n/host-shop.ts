// Owns the pairing of the catalogues of a shop's own cart.
import { hostShopEn, type HostShopMessages } from './host-shop.en.ts';
import { hostShopZhCN } from './host-shop.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words of a shop's own cart: `new Localize(this, hostShopMessages)`. */
export const hostShopMessages: Catalogues<HostShopMessages> = { en: hostShopEn, 'zh-CN': hostShopZhCN };
export type { HostShopMessages } from './host-shop.en.ts';
