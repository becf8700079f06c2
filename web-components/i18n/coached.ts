// Owns the pairing of the catalogues of what a host sees of a coach.
import { coachedEn, type CoachedMessages } from './coached.en.ts';
import { coachedZhCN } from './coached.zh-CN.ts';
import type { Catalogues } from './localize.ts';

export const coachedMessages: Catalogues<CoachedMessages> = { en: coachedEn, 'zh-CN': coachedZhCN };
