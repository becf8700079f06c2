// Owns the pairing of the catalogues of figures, which only staff load.
import { analyticsEn, type AnalyticsMessages } from './analytics.en.ts';
import { analyticsZhCN } from './analytics.zh-CN.ts';
import type { Catalogues } from './localize.ts';

export const analyticsMessages: Catalogues<AnalyticsMessages> = { en: analyticsEn, 'zh-CN': analyticsZhCN };
export type { AnalyticsMessages } from './analytics.en.ts';
