// Owns the pairing of the seller's catalogues, apart from the viewer's.
import type { Catalogues } from './localize.ts';
import { studioEn, type StudioMessages } from './studio.en.ts';
import { studioZhCN } from './studio.zh-CN.ts';

/** Words of the studio's elements: `new Localize(this, studioMessages)`. */
export const studioMessages: Catalogues<StudioMessages> = { en: studioEn, 'zh-CN': studioZhCN };
export type { StudioMessages } from './studio.en.ts';
