// Owns the pairing of the catalogues of looking through figures, apart from those of the report, which are as long again.
import { exploreEn, type ExploreMessages } from './explore.en.ts';
import { exploreZhCN } from './explore.zh-CN.ts';
import type { Catalogues } from './localize.ts';

export const exploreMessages: Catalogues<ExploreMessages> = { en: exploreEn, 'zh-CN': exploreZhCN };
export type { ExploreMessages } from './explore.en.ts';
