// Owns the pairing of the catalogues of the score sheet, loaded with it.
import type { Catalogues } from './localize.ts';
import { scoresEn, type ScoreMessages } from './scores.en.ts';
import { scoresZhCN } from './scores.zh-CN.ts';

export const scoreMessages: Catalogues<ScoreMessages> = { en: scoresEn, 'zh-CN': scoresZhCN };
export type { ScoreMessages } from './scores.en.ts';
