// Owns the pairing of the chat's catalogues, apart from the viewer's so that the first picture does not wait for them.
import { chatEn, type ChatMessages } from './chat.en.ts';
import { chatZhCN } from './chat.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words of the chat: `new Localize(this, chatMessages)`. */
export const chatMessages: Catalogues<ChatMessages> = { en: chatEn, 'zh-CN': chatZhCN };
export type { ChatMessages } from './chat.en.ts';
