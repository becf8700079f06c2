// Owns amounts as people type them into a field: whole units with a point or a comma, full-width digits too, never a float in between.
import { type Currency, minorUnitExponent } from '../../server/protocol/money-format.ts';

/** `49.5`, `49,50`, `４９.５`, `1,200.00`, `¥49.50` -> minor units; null for what is no amount. */
export function readAmount(typed: string, currency: Currency): number | null {
  const exponent = minorUnitExponent(currency);
  const plain = typed.normalize('NFKC').replaceAll(/[^\d.,-]/g, '');
  // One comma before two digits or one at the end is a point; any other comma only groups.
  const pointed = /^\d+,\d{1,2}$/.test(plain) && exponent > 0 ? plain.replace(',', '.') : plain.replaceAll(',', '');
  const found = /^(\d{1,9})(?:\.(\d*))?$/.exec(pointed);
  if (!found) return null;
  const [, whole = '', cents = ''] = found;
  if (cents.length > exponent) return null;
  return Number(whole) * 10 ** exponent + Number(cents.padEnd(exponent, '0') || 0);
}

/** Minor units as they stand in the field: `49.50`. */
export function shownAmount(amountMinor: number, currency: Currency): string {
  const exponent = minorUnitExponent(currency);
  if (exponent === 0) return String(amountMinor);
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
