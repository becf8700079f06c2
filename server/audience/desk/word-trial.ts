// Owns showing what a blocked word catches: variants as people write them to get past a filter, each tried against the filter itself.
import { fold, squeeze } from '../chat/fold.ts';
import { syllablesOf } from '../chat/pinyin.ts';
import { compileFilter } from '../chat/word-filter.ts';

const HAN = /\p{Script=Han}/u;
const LOOK_ALIKE: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', i: 'і' };

/** @returns at most six spellings that the filter finds, and whether it finds the word in `text`. */
export async function tryWord(word: string, text: string): Promise<{ variants: string[]; isCaught: boolean }> {
  const isBlocked = await compileFilter([word]);
  const variants = (await spellings(word)).filter((each) => each !== word && isBlocked(each));
  return { variants: [...new Set(variants)].slice(0, 6), isCaught: text !== '' && isBlocked(text) };
}

async function spellings(word: string): Promise<string[]> {
  const signs = [...squeeze(word)];
  const latin = fold(word);
  const pinyin = HAN.test(word) ? await syllablesOf(squeeze(word)) : [];
  return [
    signs.join(' '),
    signs.join('.'),
    [...latin].map((sign) => (/[!-~]/.test(sign) ? String.fromCodePoint(sign.codePointAt(0)! + 0xfee0) : sign)).join(''),
    [...latin].map((sign) => LOOK_ALIKE[sign] ?? sign).join(''),
    latin.toUpperCase(),
    pinyin.join(''),
    pinyin.map((syllable) => syllable[0]).join(''),
  ].filter((each) => each !== '');
}
