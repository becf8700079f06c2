// Owns the pairing of the catalogues of the audience's panel, which only trainers load.
import type { Catalogues } from './localize.ts';
import { playedAudienceEn, type PlayedAudienceMessages } from './played-audience.en.ts';
import { playedAudienceZhCN } from './played-audience.zh-CN.ts';

export const playedAudienceMessages: Catalogues<PlayedAudienceMessages> = { en: playedAudienceEn, 'zh-CN': playedAudienceZhCN };
export type { PlayedAudienceMessages } from './played-audience.en.ts';
