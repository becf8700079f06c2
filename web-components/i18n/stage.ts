// Owns the pairing of the catalogues of hearts, polls and announcements, apart from the viewer's so that the first picture does not wait for them.
import type { Catalogues } from './localize.ts';
import { stageEn, type StageMessages } from './stage.en.ts';
import { stageZhCN } from './stage.zh-CN.ts';

export const stageMessages: Catalogues<StageMessages> = { en: stageEn, 'zh-CN': stageZhCN };
export type { StageMessages } from './stage.en.ts';
