// Owns the pairing of the catalogues of a seller's money, which only staff load.
import type { Catalogues } from './localize.ts';
import { moneyEn, type MoneyMessages } from './money.en.ts';
import { moneyZhCN } from './money.zh-CN.ts';

export const moneyMessages: Catalogues<MoneyMessages> = { en: moneyEn, 'zh-CN': moneyZhCN };
export type { MoneyMessages } from './money.en.ts';
