// Owns the pairing of the lobby's catalogues, apart from the viewer's so that the first picture does not wait for them.
import { lobbyEn, type LobbyMessages } from './lobby.en.ts';
import { lobbyZhCN } from './lobby.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words before the picture: `new Localize(this, lobbyMessages)`. */
export const lobbyMessages: Catalogues<LobbyMessages> = { en: lobbyEn, 'zh-CN': lobbyZhCN };
export type { LobbyMessages } from './lobby.en.ts';
