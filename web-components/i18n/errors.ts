// Owns the pairing of the catalogues of errors, apart from the viewer's: most viewers never meet one.
import { errorsEn, type ErrorMessages } from './errors.en.ts';
import { errorsZhCN } from './errors.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** What happened, by code: `new Localize(this, errorMessages)`. */
export const errorMessages: Catalogues<ErrorMessages> = { en: errorsEn, 'zh-CN': errorsZhCN };
