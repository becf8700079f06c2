// Owns money: integer minor units (fen, cents) beside an ISO 4217 code. Never a float, never a bare number without its currency.
import * as v from 'valibot';
import { currencies } from './money-format.ts';

export { currencies, type Currency, formatMoney, minorUnitExponent } from './money-format.ts';

export const currency = v.picklist(currencies);

/** Price of one unit in minor units: at least 1, at most 10 million major units. */
export const priceMinor = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000));
/** A sum in minor units; 0 is allowed. */
export const totalMinor = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
