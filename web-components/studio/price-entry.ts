// Owns what the number pad's keys do to what was typed, and how that becomes an amount. Pure text in, text out.

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '.' | 'delete';

const INTEGER_DIGITS = 7;

/**
 * What is typed after one more key.
 * @param exponent digits after the point that the currency has; 0 for a count
 */
export function press(typed: string, key: PadKey, exponent: number): string {
  if (key === 'delete') return typed.slice(0, -1);
  const [whole = '', fraction] = typed.split('.');
  if (key === '.') return exponent === 0 || fraction !== undefined ? typed : `${whole || '0'}.`;
  if (fraction !== undefined) return fraction.length >= exponent ? typed : typed + key;
  if (whole === '0') return key;
  return whole.length >= INTEGER_DIGITS ? typed : typed + key;
}

/** The amount in minor units; null when nothing was typed. */
export function toMinor(typed: string, exponent: number): number | null {
  if (!/\d/.test(typed)) return null;
  const [whole = '0', fraction = ''] = typed.split('.');
  return Number(whole) * 10 ** exponent + Number(fraction.padEnd(exponent, '0').slice(0, exponent) || '0');
}

/** An amount as one would type it: 1280 is "12.8" in a currency with two digits. */
export function fromMinor(minor: number, exponent: number): string {
  if (exponent === 0) return String(minor);
  const whole = Math.floor(minor / 10 ** exponent);
  const fraction = String(minor % 10 ** exponent).padStart(exponent, '0').replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}` : String(whole);
}
