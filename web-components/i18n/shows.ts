// Owns the pairing of the catalogues of the list of shows, which stands on pages without a player too.
import type { Catalogues } from './localize.ts';
import { showsEn, type ShowsMessages } from './shows.en.ts';
import { showsZhCN } from './shows.zh-CN.ts';

/** Words of the list of shows: `new Localize(this, showsMessages)`. */
export const showsMessages: Catalogues<ShowsMessages> = { en: showsEn, 'zh-CN': showsZhCN };
export type { ShowsMessages } from './shows.en.ts';
