// Owns the pairing of the viewer's catalogues, apart from the export list so that the seller's page does not carry them.
import { en, type Messages } from './en.ts';
import type { Catalogues } from './localize.ts';
import { zhCN } from './zh-CN.ts';

/** Words of the viewer's elements: `new Localize(this, viewerMessages)`. */
export const viewerMessages: Catalogues<Messages> = { en, 'zh-CN': zhCN };
