// Owns the export list of the words and the controller that picks their language.
export { type AnyErrorCode, type ErrorMessages, errorsEn, type NetworkErrorCode } from './errors.en.ts';
export { errorsZhCN } from './errors.zh-CN.ts';
export { type Catalogues, type Locale, Localize, locales, pickLocale } from './localize.ts';
export { orderStatesEn, orderStatesZhCN, unitsEn, unitsZhCN } from './units.ts';
