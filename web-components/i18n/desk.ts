// Owns the pairing of the desk's catalogues, which only the staff load.
import { deskEn, type DeskMessages } from './desk.en.ts';
import { deskZhCN } from './desk.zh-CN.ts';
import type { Catalogues } from './localize.ts';

export const deskMessages: Catalogues<DeskMessages> = { en: deskEn, 'zh-CN': deskZhCN };
export type { DeskMessages } from './desk.en.ts';
