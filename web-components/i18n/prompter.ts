// Owns the pairing of the catalogues of cue cards and scripts, loaded with them.
import type { Catalogues } from './localize.ts';
import { prompterEn, type PrompterMessages } from './prompter.en.ts';
import { prompterZhCN } from './prompter.zh-CN.ts';

export const prompterMessages: Catalogues<PrompterMessages> = { en: prompterEn, 'zh-CN': prompterZhCN };
export type { PrompterMessages } from './prompter.en.ts';
