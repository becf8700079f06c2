// Owns the pairing of the catalogues of the coach's console.
import { coachEn, type CoachMessages } from './coach.en.ts';
import { coachZhCN } from './coach.zh-CN.ts';
import type { Catalogues } from './localize.ts';

export const coachMessages: Catalogues<CoachMessages> = { en: coachEn, 'zh-CN': coachZhCN };
export type { CoachMessages } from './coach.en.ts';
