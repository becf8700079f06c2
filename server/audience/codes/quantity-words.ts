// Owns how many somebody means by a number as people write it: digits, Chinese numerals, small English words.

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const ENGLISH: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, a: 1 };

/** Source of a pattern that takes whatever {@link quantityOf} may read. */
export const QUANTITY = `\\d{1,4}(?!\\d)|[一二两俩三四五六七八九十百]{1,5}|(?:${Object.keys(ENGLISH).join('|')})(?![a-z0-9])`;

/** Null where it is no number that anybody would write. */
export function quantityOf(word: string): number | null {
  if (/^\d+$/.test(word)) return Number(word);
  return ENGLISH[word] ?? chinese(word);
}

function chinese(word: string): number | null {
  const read = /^(?:(.)百零?)?(?:(.?)十)?(.?)$/.exec(word);
  if (!read || word === '') return null;
  const [, hundreds = '', tens, ones = ''] = read;
  // 十二 is twelve: the one before the ten is left out.
  const parts = [hundreds === '' ? 0 : digit(hundreds) * 100, tens === undefined ? 0 : (tens === '' ? 1 : digit(tens)) * 10, ones === '' ? 0 : digit(ones)];
  const sum = parts.reduce((total, part) => total + part, 0);
  return Number.isNaN(sum) ? null : sum;
}

function digit(sign: string): number {
  return DIGITS[sign] ?? NaN;
}
