// Owns the currencies and how an amount of one is written. Apart from the schemas, so that a page can write prices without carrying them.

/** Currencies a seller may choose. A new one needs its minor-unit exponent in `minorUnitExponent`. */
export const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'SGD', 'THB', 'VND', 'JPY', 'KRW', 'INR', 'KES'] as const;
export type Currency = (typeof currencies)[number];

/** Digits after the point: 2 for CNY, 0 for JPY, KRW, VND. */
export function minorUnitExponent(code: Currency): number {
  return code === 'JPY' || code === 'KRW' || code === 'VND' ? 0 : 2;
}

/** Writes an amount as the locale does, e.g. `formatMoney(12900, 'CNY', 'zh-CN')` is `¥129.00`. */
export function formatMoney(amountMinor: number, code: Currency, locale: string): string {
  const exponent = minorUnitExponent(code);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    // `¥` and not `CN¥`: the page names its currency once, a price tag has no room.
    currencyDisplay: 'narrowSymbol',
    currency: code,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(amountMinor / 10 ** exponent);
}
