// Owns how figures are written: numbers, money, shares and lengths of time as people say them.
import type { Currency } from '../../server/protocol/money-format.ts';
import type { FigureUnit } from '../../server/protocol/figures.ts';
import type { Say } from '../i18n/analytics.en.ts';
import type { ExploreMessages } from '../i18n/explore.ts';
import type { Localize } from '../i18n/index.ts';

export interface Writer extends Say {
  /** A figure in its own unit; null is a dash. */
  figure: (value: number | null, unit: FigureUnit) => string;
  clock: (at: number) => string;
}

export const DASH = '–';

/** Money on a small screen: without cents, and shorter from ten thousand on. */
export function shortMoney(minor: number, currency: Currency, locale: string): string {
  const major = minor / 100;
  const isLarge = major >= 10_000;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0, maximumFractionDigits: isLarge ? 1 : 0, ...(isLarge ? { notation: 'compact' } : {}) }).format(major);
}

export function writerFor(localize: Localize<ExploreMessages>, currency: Currency): Writer {
  const { locale, text } = localize;
  const number = (value: number): string => localize.number(Math.round(value));
  const decimal = (value: number): string => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  const money = (minor: number): string => localize.money(Math.round(minor), currency);
  const share = (value: number): string => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: value < 0.1 && value > -0.1 ? 1 : 0 }).format(value);
  const time = (seconds: number): string => {
    if (seconds < 60) return text.seconds(seconds < 10 ? decimal(seconds) : number(seconds));
    return seconds < 5_400 ? text.minutes(number(seconds / 60)) : text.hours(decimal(seconds / 3600));
  };
  const units: Record<FigureUnit, (value: number) => string> = {
    people: number, times: number, units: number, orders: number, seconds: time, ms: (value) => time(value / 1000), minor: money, 'minor per thousand': money, 'minor per hour': money, share,
    kbit: number, 'kbit/s': (value) => `${number(value)} kbit/s`,
  };
  return {
    number,
    money,
    share,
    time,
    figure: (value, unit) => (value === null ? DASH : units[unit](value)),
    clock: (at) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at),
  };
}
