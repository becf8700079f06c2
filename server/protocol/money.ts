// Owns money: integer minor units (fen, cents) beside an ISO 4217 code. Never a float, never a bare number without its currency.
import * as v from 'valibot';

/** Currencies a seller may choose. A new one needs its minor-unit exponent in `minorUnitExponent`. */
export const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'SGD', 'THB', 'VND', 'JPY', 'KRW', 'INR', 'KES'] as const;
export type Currency = (typeof currencies)[number];
export const currency = v.picklist(currencies);

/** Price of one unit in minor units: at least 1, at most 10 million major units. */
export const priceMinor = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000));
/** A sum in minor units; 0 is allowed. */
export const totalMinor = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** Digits after the point: 2 for CNY, 0 for JPY, KRW, VND. */
export function minorUnitExponent(code: Currency): number {
  return code === 'JPY' || code === 'KRW' || code === 'VND' ? 0 : 2;
}

/** Writes an amount as the locale does, e.g. `formatMoney(12900, 'CNY', 'zh-CN')` is `¥129.00`. */
export function formatMoney(amountMinor: number, code: Currency, locale: string): string {
  const exponent = minorUnitExponent(code);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(amountMinor / 10 ** exponent);
}
