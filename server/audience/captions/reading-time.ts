// Owns how long a line of captions takes to read. Pure.

const SHORTEST_MS = 2_000;
export const LONGEST_READING_MS = 8_000;
/** To find the line at all. */
const NOTICE_MS = 1_200;
/** Han, kana and hangul say a syllable or a word each; other letters spell. About 7 and 16 a second. */
const WIDE_MS = 150;
const NARROW_MS = 62;

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Time that a slow reader needs for `text`, ms. */
export function readingMs(text: string): number {
  let sum = NOTICE_MS;
  for (const sign of text) sum += WIDE.test(sign) ? WIDE_MS : NARROW_MS;
  return Math.min(LONGEST_READING_MS, Math.max(SHORTEST_MS, sum));
}
