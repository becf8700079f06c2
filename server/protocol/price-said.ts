// Owns whether a sentence names a price: in digits, in Chinese or in English words, as people say it. Pure; runs in browser and server.
import type { Unit } from './shop.ts';

/** A price that may be said. */
export interface SaidPrice {
  priceMinor: number;
  /** Digits after the point. */
  exponent: number;
  unit: Unit;
}

const DIGITS_ZH: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const PLACES_ZH: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };
const WORDS_EN: Record<string, number> = {
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15,
  sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
};

/** Whether any of the prices is named in the text. A price for a kilo may be said for a jin, which is half of one. */
export function saysPrice(text: string, prices: readonly SaidPrice[]): boolean {
  const named = amountsIn(text);
  return prices.some(({ priceMinor, exponent, unit }) => {
    const major = priceMinor / 10 ** exponent;
    return [major, ...(unit === 'kg' ? [major / 2] : unit === 'jin' ? [major * 2] : [])].some((wanted) => named.some((amount) => Math.abs(amount - wanted) < 0.005));
  });
}

/** Everything in a text that may be an amount. */
export function amountsIn(text: string): number[] {
  const plain = text.toLowerCase().replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/(\d)[,，](?=\d{3})/gu, '$1');
  return [...chineseIn(plain.replace(MEASURE_ZH, ' ')), ...englishIn(plain)];
}

// In `六块四一斤` the last number is how much there is for it.
const MEASURE_ZH = /[一每](?:公斤|千克|斤|箱|盒|袋|包|罐|瓶|个|只|枚|份|把|件|克|两|提)/gu;
// `12.8`, `12块8`, `12元8角5分`, `十二块八`, `二十九块九毛`, `九块九`, `一百二`
const AMOUNT_ZH = /((?:\d+(?:\.\d+)?)|[零〇一二两三四五六七八九十百千万]+(?:点[零〇一二三四五六七八九]+)?)(?:(?:块|元)(?:钱)?(?:零)?(?:([\d一二两三四五六七八九])(?![\d十百千])(?:角|毛)?(?:([\d一二三四五六七八九])分?)?)?)?/gu;

function chineseIn(text: string): number[] {
  return [...text.matchAll(AMOUNT_ZH)].flatMap(([, whole = '', tenths, hundredths]) => {
    const major = /^\d/u.test(whole) ? Number(whole) : chineseNumber(whole);
    if (major === null) return [];
    return [major + digit(tenths) / 10 + digit(hundredths) / 100];
  });
}

function digit(sign: string | undefined): number {
  return sign === undefined ? 0 : (DIGITS_ZH[sign] ?? Number(sign));
}

function chineseNumber(said: string): number | null {
  const [whole = '', decimals = ''] = said.split('点');
  let total = 0;
  let below = 0;
  let waiting: number | null = null;
  let lastPlace = 0;
  for (const sign of whole) {
    const place = PLACES_ZH[sign];
    if (place === undefined) {
      // Digit after digit is a number being spelt, such as a telephone's.
      if (waiting !== null && waiting !== 0) return null;
      waiting = DIGITS_ZH[sign] ?? 0;
      continue;
    }
    if (place === 10_000) {
      total = (total + below + (waiting ?? 0)) * place;
      below = 0;
    } else below += (waiting ?? 1) * place;
    waiting = null;
    lastPlace = place;
  }
  // `一百二` is 120: the last digit stands one place below.
  const isShort = waiting !== null && lastPlace >= 100 && !whole.includes('零') && !whole.includes('〇');
  total += below + (waiting ?? 0) * (isShort ? lastPlace / 10 : 1);
  const fraction = [...decimals].reduce((sum, sign, index) => sum + (DIGITS_ZH[sign] ?? 0) / 10 ** (index + 1), 0);
  return total + fraction;
}

/** `twelve eighty`, `twelve dollars and eighty cents`, `a hundred and twenty`, `nine ninety-nine`. */
function englishIn(text: string): number[] {
  const words = text.replace(/-/gu, ' ').match(/[a-z]+/gu) ?? [];
  const amounts: number[] = [];
  for (let start = 0; start < words.length; start += 1) {
    const first = englishNumber(words, start);
    if (!first) continue;
    amounts.push(first.value);
    let next = first.next;
    while (/^(?:dollars?|bucks?|pounds?|euros?|yuan|and|point)$/u.test(words[next] ?? '')) next += 1;
    const second = englishNumber(words, next);
    if (second && second.value < 100) amounts.push(first.value + second.value / (second.value < 10 && words[next - 1] === 'point' ? 10 : 100));
    start = first.next - 1;
  }
  return amounts;
}

function englishNumber(words: readonly string[], from: number): { value: number; next: number } | null {
  let next = from;
  let value = wordValue(words, next);
  if (value === null && /^(?:a|an)$/u.test(words[next] ?? '') && words[next + 1] === 'hundred') value = { value: 1, next: next + 1 };
  if (value === null) return null;
  next = value.next;
  if (words[next] !== 'hundred') return value;
  next += 1;
  const rest = wordValue(words, words[next] === 'and' ? next + 1 : next);
  return rest ? { value: value.value * 100 + rest.value, next: rest.next } : { value: value.value * 100, next };
}

function wordValue(words: readonly string[], from: number): { value: number; next: number } | null {
  const first = WORDS_EN[words[from] ?? ''];
  if (first === undefined) return null;
  const second = WORDS_EN[words[from + 1] ?? ''];
  // `twenty nine` is one number, `twelve eighty` is two.
  return first >= 20 && second !== undefined && second > 0 && second < 10 ? { value: first + second, next: from + 2 } : { value: first, next: from + 1 };
}
