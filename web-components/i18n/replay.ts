// Owns the pairing of the replay's catalogues, apart from the viewer's so that the first picture does not wait for them.
import type { Catalogues } from './localize.ts';
import { replayEn, type ReplayMessages } from './replay.en.ts';
import { replayZhCN } from './replay.zh-CN.ts';

/** Words around replays: `new Localize(this, replayMessages)`. */
export const replayMessages: Catalogues<ReplayMessages> = { en: replayEn, 'zh-CN': replayZhCN };
export type { ReplayMessages } from './replay.en.ts';
