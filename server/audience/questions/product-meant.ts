// Owns which product of a shelf a message names: by its name, a part of it, a variant, pinyin, or "the red ones". Pure.
import type { Product } from '../../protocol/shop.ts';
import { fold, squeeze } from '../chat/fold.ts';
import { syllablesOf } from '../chat/pinyin.ts';

/** "3号链接", "讲讲 3 号", "number 3": the third on the shelf. "20号能到吗" is a day. */
const BY_NUMBER = /(?:讲|看|介绍|上|切)[讲看一下]*\s*(\d{1,3})\s*号|(\d{1,3})\s*号\s*(?:链接|宝贝|商品|品|款|多少|怎么|什么|有|还|甜)|(?:\bnumber|\bno\.|#|\blink|\bitem)\s*(\d{1,3})\b/;

/** Answers the ids of the products that a message names best; more than one where it cannot tell them apart, none where it names nothing. */
export type ProductFinder = (message: string) => string[];

const HAN = /\p{Script=Han}+/gu;
const LATIN = /[a-z0-9]+/g;
/** One character of a name is chance; two in a row are a word. */
const SHORTEST_PART = 2;
const INITIALS_FROM_SYLLABLES = 3;
const LOOKED_AT = 300;

/** Words of names and variants that say nothing about which product. */
const COMMON = new Set('the a an of and or with from for in to is it our fresh new local organic kg g jin box boxes bag bags pack jar bottle piece pieces large small big'.split(' '));
const COMMON_HAN = /新鲜|农家|自家|正宗|特产|精选|包邮|现摘|一箱|一斤|公斤|大箱|小箱|大果|小果|礼盒|多少|什么/;

/** What people point by when they leave the name out, in both languages. */
const LOOKS: readonly (readonly [han: string, latin: string])[] = [
  ['红', 'red'], ['黄', 'yellow'], ['绿', 'green'], ['青', 'green'], ['黑', 'black'], ['白', 'white'], ['紫', 'purple'], ['金', 'golden'], ['橙', 'orange'], ['粉', 'pink'],
  ['大', 'big'], ['小', 'small'], ['干', 'dried'], ['生', 'raw'], ['熟', 'roasted'], ['甜', 'sweet'], ['辣', 'spicy'], ['酸', 'sour'],
];

interface Known {
  id: string;
  han: readonly string[];
  latin: readonly string[];
  /** Set one product apart from another of the same name; alone they name none. */
  numbers: readonly string[];
  /** Pinyin of the name and of its parts as they are typed in one go; initials stand alone. */
  pinyin: readonly string[];
  initials: readonly string[];
}

export async function compileProductFinder(products: readonly Product[]): Promise<ProductFinder> {
  const known = await Promise.all(products.map(knownOf));
  return (message) => {
    const text = fold(message.slice(0, LOOKED_AT));
    // Looked through as one text: names have no spaces, and a hundred short runs cost no more than a long one.
    const han = (text.match(HAN) ?? []).join(' ');
    const words = (text.match(LATIN) ?? []).map(singular);
    const numbered = products[Number(BY_NUMBER.exec(text)?.slice(1).find(Boolean) ?? 0) - 1];
    if (numbered) return [numbered.id];
    const scores = known.map((product) => scoreOf(product, han, words) || lookScore(product, text));
    const best = Math.max(0, ...scores);
    return best === 0 ? [] : known.filter((_, index) => scores[index] === best).map(({ id }) => id);
  };
}

async function knownOf({ id, name, variants }: Product): Promise<Known> {
  const labels = [name, ...variants.map(({ label }) => label)];
  const plain = labels.map(fold).join(' ');
  const han = plain.match(HAN) ?? [];
  const [title] = fold(name).match(HAN) ?? [];
  const syllables = title === undefined ? [] : await syllablesOf(title);
  // Of 红富士苹果 people type hongfushi or pingguo: the front or the back of it, two syllables or more.
  const pinyin = syllables.flatMap((_, at) => [syllables.slice(0, at + 1), syllables.slice(at)]).filter((part) => part.length >= 2);
  return {
    id,
    han,
    latin: (plain.match(LATIN) ?? []).map(singular).filter((word) => /[a-z]{2}/.test(word) && !COMMON.has(word)),
    numbers: plain.match(/\d+/g) ?? [],
    pinyin: [...new Set(pinyin.map((part) => part.join('')))],
    initials: [...new Set(pinyin.filter((part) => part.length >= INITIALS_FROM_SYLLABLES).map((part) => part.map((syllable) => syllable[0]).join('')))],
  };
}

/** The longest part that message and product share: each Chinese character counts two, each Latin word four. */
function scoreOf(product: Known, han: string, words: readonly string[]): number {
  let score = 0;
  for (const name of product.han) score = Math.max(score, 2 * longestShared(han, name));
  score = Math.max(score, 4 * new Set(words.filter((word) => product.latin.includes(word))).size);
  const typed = words.join('');
  for (const part of product.pinyin) if (typed.includes(part)) score = Math.max(score, part.length);
  if (words.some((word) => product.initials.includes(word))) score = Math.max(score, 6);
  return score > 0 && words.some((word) => product.numbers.includes(word)) ? score + 1 : score;
}

// "红的甜吗", "are the red ones sweet": only with the words that point, so that "红包" names nothing.
function lookScore(product: Known, text: string): number {
  const named = product.han.join(' ');
  const isPointing = LOOKS.some(([han, latin]) => {
    const isNamed = named.includes(han) || product.latin.includes(latin);
    return isNamed && (text.includes(`${han}的`) || text.includes(`${han}色`) || text.includes(`${han}那`) || new RegExp(`\\b${latin} ones?\\b`).test(text));
  });
  return isPointing ? 1 : 0;
}

function longestShared(text: string, name: string): number {
  let longest = 0;
  for (let start = 0; start < name.length; start += 1) {
    for (let end = start + Math.max(SHORTEST_PART, longest + 1); end <= name.length; end += 1) {
      const part = name.slice(start, end);
      if (!text.includes(part)) break;
      if (!COMMON_HAN.test(part)) longest = part.length;
    }
  }
  return longest;
}

function singular(word: string): string {
  if (/(?:s|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

/** The product that a message is about: the one it names, else what was pinned. Of several that it may mean, a pinned one. */
export function productMeant(message: string, find: ProductFinder, pinned: readonly string[]): string | null {
  const named = squeeze(message) === '' ? [] : find(message);
  if (named.length === 1) return named[0] as string;
  const candidates = named.length === 0 ? pinned : pinned.filter((id) => named.includes(id));
  return candidates[0] ?? named[0] ?? null;
}
