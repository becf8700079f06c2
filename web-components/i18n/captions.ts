// Owns the pairing of the catalogues of captions, apart from the viewer's so that the first picture does not wait for them.
import { captionsEn, type CaptionMessages } from './captions.en.ts';
import { captionsZhCN } from './captions.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words around captions: `new Localize(this, captionMessages)`. */
export const captionMessages: Catalogues<CaptionMessages> = { en: captionsEn, 'zh-CN': captionsZhCN };
export type { CaptionMessages } from './captions.en.ts';
