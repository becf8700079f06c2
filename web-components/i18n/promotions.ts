// Owns the pairing of the catalogues of promotions as viewers see them.
import type { Catalogues } from './localize.ts';
import { promotionsEn, type PromotionMessages } from './promotions.en.ts';
import { promotionsZhCN } from './promotions.zh-CN.ts';

export const promotionMessages: Catalogues<PromotionMessages> = { en: promotionsEn, 'zh-CN': promotionsZhCN };
export type { PromotionMessages } from './promotions.en.ts';
