// Owns the pairing of the catalogues of practice, which only those who practise and their coaches load.
import type { Catalogues } from './localize.ts';
import { trainingEn, type TrainingMessages } from './training.en.ts';
import { trainingZhCN } from './training.zh-CN.ts';

export const trainingMessages: Catalogues<TrainingMessages> = { en: trainingEn, 'zh-CN': trainingZhCN };
export type { TrainingMessages } from './training.en.ts';
