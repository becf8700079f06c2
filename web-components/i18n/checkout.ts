// Owns the pairing of the catalogues of cart and order.
import { checkoutEn, type CheckoutMessages } from './checkout.en.ts';
import { checkoutZhCN } from './checkout.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words of `<fieldcast-checkout>` and `<fieldcast-order>`: `new Localize(this, checkoutMessages)`. */
export const checkoutMessages: Catalogues<CheckoutMessages> = { en: checkoutEn, 'zh-CN': checkoutZhCN };
export type { CheckoutMessages } from './checkout.en.ts';
