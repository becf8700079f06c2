// Owns finding blocked words in what viewers write: as they are, dressed up, or as pinyin. No network, no list of its own.
import { fold, squeeze } from './fold.ts';
import { syllablesOf } from './pinyin.ts';

export type WordFilter = (text: string) => boolean;

const HAN = /\p{Script=Han}/u;
/** Initials of two syllables are half of all abbreviations; from three on they mean the word. */
const INITIALS_FROM_SYLLABLES = 3;
const PINYIN_FROM_SYLLABLES = 2;

interface Latin {
  text: string;
  /** Initials stand alone: inside a longer run of letters they are chance. */
  isWhole: boolean;
}

/** A filter of these words. Latin words are found as whole words, so that "ass" does not hit "class"; with signs between their letters too. */
export async function compileFilter(words: readonly string[]): Promise<WordFilter> {
  const han = new Set<string>();
  const latin: Latin[] = [];
  for (const word of words) {
    const plain = squeeze(word);
    if (plain === '') continue;
    if (HAN.test(plain)) {
      han.add(plain);
      latin.push(...(await pinyinOf(plain)));
    } else latin.push({ text: plain, isWhole: true });
  }
  return (text) => {
    const dense = squeeze(text);
    for (const word of han) if (dense.includes(word)) return true;
    if (latin.length === 0) return false;
    const tokens = tokensOf(text);
    const run = tokens.join('');
    return latin.some((word) => (word.isWhole ? tokens.includes(word.text) || isSpelledOut(tokens, word.text) : run.includes(word.text)));
  };
}

/** Runs of letters and digits as an eye reads them; Chinese characters end a run. */
function tokensOf(text: string): string[] {
  return fold(text).replace(/\p{Script=Han}/gu, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
}

// "s p a m" and "s.p.a.m": single letters that stand beside each other are read as one word.
function isSpelledOut(tokens: readonly string[], word: string): boolean {
  let run = '';
  for (const token of [...tokens, '  ']) {
    if (token.length === 1) run += token;
    else {
      if (run.includes(word)) return true;
      run = '';
    }
  }
  return false;
}

async function pinyinOf(word: string): Promise<Latin[]> {
  const syllables = await syllablesOf(word);
  const found: Latin[] = [];
  if (syllables.length >= PINYIN_FROM_SYLLABLES) found.push({ text: syllables.join(''), isWhole: false });
  if (syllables.length >= INITIALS_FROM_SYLLABLES) found.push({ text: syllables.map((syllable) => syllable[0]).join(''), isWhole: true });
  return found;
}
