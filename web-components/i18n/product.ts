// Owns the pairing of the catalogues of a product's facts.
import type { Catalogues } from './localize.ts';
import { productEn, type ProductMessages } from './product.en.ts';
import { productZhCN } from './product.zh-CN.ts';

/** Words of a product's facts: `new Localize(this, productMessages)`. */
export const productMessages: Catalogues<ProductMessages> = { en: productEn, 'zh-CN': productZhCN };
export type { ProductMessages } from './product.en.ts';
