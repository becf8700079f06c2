// Owns the pairing of the catalogues of the page where staff start promotions.
import type { Catalogues } from './localize.ts';
import { promotionDeskEn, type PromotionDeskMessages } from './promotion-desk.en.ts';
import { promotionDeskZhCN } from './promotion-desk.zh-CN.ts';

/** Words of the page of promotions: `new Localize(this, promotionDeskMessages)`. */
export const promotionDeskMessages: Catalogues<PromotionDeskMessages> = { en: promotionDeskEn, 'zh-CN': promotionDeskZhCN };
export type { PromotionDeskMessages } from './promotion-desk.en.ts';
