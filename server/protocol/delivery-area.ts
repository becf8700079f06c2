// Owns which of a seller's areas an address is in, by the words that a person would look for.
import type { DeliveryArea } from './delivery.ts';

const HAN = /\p{Script=Han}/u;
/** `北京路`, `南京东路`, `上海大道` are streets of other towns. */
const STREET = /^[东西南北中]?[一二三四五六七八九十]?(?:路|街|大街|大道|道|巷|弄|胡同)/u;
/** Buyers leave out what kind of place it is, sellers do not. */
const KIND = /(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市)$/u;

/** The first area with a word that stands in the address; one without words takes every address. */
export function areaOf(areas: readonly DeliveryArea[], address: string): DeliveryArea | undefined {
  const plain = address.normalize('NFKC').toLowerCase();
  return areas.find(({ words }) => words.length === 0 || words.some((word) => standsIn(plain, word.normalize('NFKC').toLowerCase())));
}

function standsIn(address: string, word: string): boolean {
  if (!HAN.test(word)) return standsAsWord(address.replaceAll(/\s+/g, ' '), word.replaceAll(/\s+/g, ' '));
  const whole = address.replaceAll(/\s+/g, '');
  const short = word.replaceAll(/\s+/g, '').replace(KIND, '');
  const wanted = short.length >= 2 ? short : word;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) {
    if (!STREET.test(whole.slice(at + wanted.length))) return true;
  }
  return false;
}

/** `york` is in `12 High St, York`, and not in `Yorkshire`. */
function standsAsWord(address: string, word: string): boolean {
  for (let at = address.indexOf(word); at >= 0; at = address.indexOf(word, at + 1)) {
    const isLetter = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);
    if (!isLetter(address.slice(0, at).slice(-1)) && !isLetter(address.charAt(at + word.length))) return true;
  }
  return false;
}
