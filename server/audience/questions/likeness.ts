// Owns when two questions ask the same, so that one answer serves both: by what is left of them without courtesy and form. Pure.
import { squeeze } from '../chat/fold.ts';

const LIKE_ENOUGH = 0.8;
/** Of fewer characters one makes another question: 甜 and 酸, 5 斤 and 6 斤. */
const COMPARED_FROM = 6;
/** A longer one that holds a shorter one whole is still not alike from here on. */
const SHORTER_BY = 0.6;
const LOOKED_AT = 300;

// What is said in many ways and means one thing. In this order: a later rule sees what the earlier ones left.
const SAME: readonly (readonly [RegExp, string])[] = [
  [/(?:一|每)?(?:斤|公斤|箱|盒|袋|份|个)?(?:多少钱|什么价格?|啥价|怎么卖|咋卖|价格(?:是)?(?:多少|怎么样)?|几块钱|几元|卖多少|给个价)(?:一|每)?(?:斤|公斤|箱|盒|袋|份|个)?/gu, '价'],
  [/(?:how ?much|what ?(?:i)?s ?the ?(?:price|cost)|(?:the )?price|cost)/g, '价'],
  [/(?:什么时候|几时|啥时候|何时|多久|几天)(?:能|可以|会)?(?:发货|发出|寄出|发)/gu, '发货时间'],
  [/(?:什么时候|几时|啥时候|多久|几天|几日)(?:能|可以|会)?(?:收到|到货|送到|到)/gu, '到货时间'],
  [/(?:包不包邮|免不免邮|包邮|免邮|免运费|邮费包不包)/gu, '包邮'],
  [/(?:运费|邮费|快递费)(?:是)?(?:多少|怎么算|几块)?/gu, '运费'],
  [/(?:发什么快递|什么快递|哪家快递|走什么快递)/gu, '快递'],
  [/(?:甜度(?:怎么样|如何|高)?|甜味)/gu, '甜'],
  [/(?:保质期(?:是)?(?:多久|多长|几天)?|(?:能|可以)?(?:放|存|保存)(?:多久|几天|多长时间))/gu, '保存多久'],
  [/(?:怎么|如何|咋)(?:保存|存放|储存|放)/gu, '怎么保存'],
  [/(?:哪里|哪儿|什么地方|哪)(?:产|种|来)?(?:的)?$/gu, '产地'],
  [/产地(?:是|在)?(?:哪里|哪儿|哪)?/gu, '产地'],
  [/(?:有没有|有木有)/gu, '有'],
  [/(?:能不能|可不可以|可以不可以|可否|能否|可以)/gu, '能'],
  // 甜不甜 asks what 甜吗 asks.
  [/(\p{Script=Han})[不没]\1/gu, '$1'],
  // 包邮不 asks what 包邮吗 asks.
  [/(?<=\p{Script=Han}{2})(?:不|没)(?=[\s?？。!！~啊呀]*$)/gu, ''],
];

/** Courtesy, pointing and the forms of asking. */
const FILLERS_HAN = /请问一?下?|想问一?下?|问一?下|麻烦|你好|您好|主播|老板娘?|老乡|亲|这个|那个|这款|那款|这种|这|那|你们家?|你家|您家|你|您|咱们?|是不是|的话|一下|今天|现在|到底|还|很|的|了|是|吗|呢|嘛|么|啊|呀|吧|哦|哈|都|就|也/gu;
const FILLERS_LATIN = new Set('the a an is are am be it its this that these those they them you your u i we do does did please pls hi hello hey host so very really and ones one ok can could would will there have has got any some to of for'.split(' '));

/** What a question comes down to; two with the same key ask the same. Empty where nothing is left to compare. */
export function questionKey(message: string): string {
  const words = message.slice(0, LOOKED_AT).normalize('NFKC').toLowerCase();
  let key = words;
  for (const [form, meaning] of SAME) key = key.replace(form, meaning);
  key = key
    .replace(/[a-z0-9']+/g, (word) => (FILLERS_LATIN.has(word.replace(/'.*$/, '')) ? ' ' : `${stem(word)} `))
    .replace(FILLERS_HAN, '');
  return squeeze(key) || squeeze(words);
}

/** Whether other keys differ from this one by no more than a slip or an extra word. Numbers and a "not" make another question. */
export function likenessTo(one: string): (other: string) => boolean {
  const [signsOfOne, pairsOfOne] = [signs(one), pairs(one)];
  return (other) => {
    if (one === other) return true;
    if (Math.min(one.length, other.length) < COMPARED_FROM || Math.min(one.length, other.length) / Math.max(one.length, other.length) < SHORTER_BY) return false;
    if (signsOfOne !== signs(other)) return false;
    const pairsOfOther = pairs(other);
    let shared = 0;
    for (const pair of pairsOfOther) if (pairsOfOne.has(pair)) shared += 1;
    return (2 * shared) / (pairsOfOne.size + pairsOfOther.size) >= LIKE_ENOUGH;
  };
}

const signs = (key: string): string => (key.match(/\d+|[不没无非免]|not?\b|without|[大小红黄绿青黑白]/g) ?? []).sort().join(' ');
const stem = (word: string): string => (word.length > 3 ? word.replace(/(?:'s|es|s)$/, '') : word);

function pairs(key: string): Set<string> {
  const signsOf = [...key];
  return new Set(signsOf.slice(1).map((sign, index) => `${signsOf[index]}${sign}`));
}
