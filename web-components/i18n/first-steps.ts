// Owns the pairing of the catalogues of the guided practice, which only who practises loads.
import { firstStepsEn, type FirstStepsMessages } from './first-steps.en.ts';
import { firstStepsZhCN } from './first-steps.zh-CN.ts';
import type { Catalogues } from './localize.ts';

export const firstStepsMessages: Catalogues<FirstStepsMessages> = { en: firstStepsEn, 'zh-CN': firstStepsZhCN };
export type { FirstStepsMessages } from './first-steps.en.ts';
