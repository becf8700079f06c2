// Owns the pairing of the catalogues of the captions' desk.
import { captionDeskEn, type CaptionDeskMessages } from './caption-desk.en.ts';
import { captionDeskZhCN } from './caption-desk.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words of the captions' desk: `new Localize(this, captionDeskMessages)`. */
export const captionDeskMessages: Catalogues<CaptionDeskMessages> = { en: captionDeskEn, 'zh-CN': captionDeskZhCN };
