// Owns how what was said is cut into lines of captions: each fits two rows of a phone. Pure.
import { isWide, ROW_WIDTH } from '../text-width.ts';

const WIDTH_LIMIT = 2 * ROW_WIDTH;
/** A line is cut at a mark only when it is at least so full, else lines flicker by. */
const WIDTH_LEAST = 24;

const SENTENCE_END = /[。！？!?；;…]/u;
const PAUSE = /[，,、：:]/u;

const widthOf = (sign: string): number => (isWide(sign) ? 2 : 1);

/** Cuts at the ends of sentences, then at pauses, then between words; inside a word only where it is longer than a line. */
export function splitCaption(text: string): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest !== '') {
    const cut = cutOf(rest);
    lines.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return lines;
}

/** UTF-16 index at which the first line ends. */
function cutOf(text: string): number {
  let width = 0;
  let index = 0;
  let sentence = 0;
  let pause = 0;
  let space = 0;
  for (const sign of text) {
    if (width + widthOf(sign) > WIDTH_LIMIT) return sentence || pause || space || index;
    width += widthOf(sign);
    index += sign.length;
    if (width < WIDTH_LEAST) continue;
    // A mark belongs to what it ends.
    const isStop = sign === '.' && (text[index] ?? ' ') === ' ';
    if (isStop || SENTENCE_END.test(sign)) sentence = index;
    else if (PAUSE.test(sign)) pause = index;
    else if (sign === ' ' || widthOf(sign) === 2) space = index;
  }
  return index;
}
