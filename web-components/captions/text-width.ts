// Owns how wide text is in captions, in letters: a Han sign takes the room of two. Pure.

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;

export const isWide = (sign: string): boolean => WIDE.test(sign);

export function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += isWide(sign) ? 2 : 1;
  return width;
}

/** What fits one row of a phone; a line of captions is two of them at most. */
export const ROW_WIDTH = 30;
