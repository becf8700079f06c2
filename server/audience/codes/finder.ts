// Owns finding what somebody orders by code in a chat message: "A12 x2", "a12 两份", full width, several at once. Pure: text and codes in, lines out.
import type { Unit } from '../../protocol/shop.ts';
import { fold } from '../chat/fold.ts';
import { QUANTITY, quantityOf } from './quantity-words.ts';

/** What a code stands for. */
export interface Coded {
  variantId: string;
  unit: Unit;
}

export interface Wanted {
  variantId: string;
  quantity: number;
}

/** More lines than this are a price list, and no order. */
const MOST_LINES = 5;
const MOST_PIECES = 99;

/** Words that count whatever one price buys. */
const COUNTERS = '份|个|件|箱|盒|袋|包|瓶|罐|桶|捆|把|束|组|套|(?:pcs?|pieces?|box(?:es)?|bags?|jars?|bottles?|packs?|bunch(?:es)?)(?![a-z0-9])';
/** Weights count only what is sold by them: five jin of something in boxes is a question of the box. */
const WEIGHTS: readonly { words: string; unit: Unit }[] = [
  { words: '公斤|千克|(?:kgs?|kilos?)(?![a-z0-9])', unit: 'kg' },
  { words: '市斤|斤|jin(?![a-z0-9])', unit: 'jin' },
  { words: '克|(?:grams?|g)(?![a-z0-9])', unit: 'g' },
];
const measure = (name: string): string => `(?<${name}>${[COUNTERS, ...WEIGHTS.map(({ words }) => words)].join('|')})`;

const TIMES = '[x×✕✖*]';
/** One code, with how many before it or after it. */
const ITEM = new RegExp(
  `(?:(?<![a-z0-9])(?<before>${QUANTITY})\\s*(?:${measure('beforeOf')}\\s*)?(?:${TIMES}\\s*|of\\s+)?)?` +
    `(?<![a-z0-9])(?<letter>[a-z])[ -]?(?<digits>\\d{1,3})(?!\\d)(?:号链接|号)?` +
    `(?:\\s*(?:${TIMES}|[:=+])?\\s*(?:要|来|买|拍)?\\s*(?<after>${QUANTITY})\\s*(?:${measure('afterOf')})?|\\s*,\\s*(?:要|来|买|拍)?\\s*(?<last>${QUANTITY})\\s*${measure('lastOf')}(?=[^\\p{L}\\p{N}]*$))?`,
  'gu',
);
/** "A1 B2 各两份" */
const EACH = new RegExp(`(?:各|每样|每个|each)\\s*(?:要|来|买|拍)?\\s*(?<each>${QUANTITY})\\s*(?:${measure('eachOf')})?|(?<each2>${QUANTITY})\\s*each`, 'u');
/** What is said around an order and changes nothing of it. Anything else makes the message mean something else. */
const AROUND = new RegExp(
  [
    '我要|给我|帮我|麻烦|下单|来一单|一单|还有|谢谢|多谢|老板娘|老板|主播|大哥|大姐|我|要|来|买|拍|订|定|扣|加|再|和|跟|与|及|请|吧|啊|呀|哈|哦|嗯|好的|好|哥|姐',
    "(?<![a-z])(?:i'?ll|i'?d|i|me|want|would|like|take|get|buy|order|need|give|please|pls|plz|of|the|and|to|for|thanks?|thx|thank you|yes|ok|okay|hi|hello)(?![a-z])",
  ].join('|'),
  'gu',
);

/**
 * The lines of an order in a chat message, in the order in which they are named; none where it is a question, or says anything else.
 * @param codes by code in lower case: `a12`. A code that stands for nothing is passed over.
 */
export function findOrdered(text: string, codes: ReadonlyMap<string, Coded>): Wanted[] {
  if (codes.size === 0) return [];
  const plain = fold(text).replace(/[\p{Ps}\p{Pe}\p{Pi}\p{Pf}]/gu, ' ');
  if (plain.includes('?')) return [];
  const each = EACH.exec(plain);
  const eachQuantity = each ? quantityOf(each.groups?.['each'] ?? each.groups?.['each2'] ?? '') : null;
  const wanted = new Map<string, number>();
  let isOrder = true;
  const rest = (each ? plain.replace(each[0], ' ') : plain).replaceAll(ITEM, (...found) => {
    const { before, beforeOf, letter, digits, last, lastOf, after = last, afterOf = lastOf } = found.at(-1) as Record<string, string | undefined>;
    const coded = codes.get(`${letter}${Number(digits)}`);
    if (!coded) return ' ';
    const quantity = counted(after, afterOf, coded.unit) ?? counted(before, beforeOf, coded.unit) ?? (after ?? before ? null : (eachQuantity ?? 1));
    if (quantity === null || quantity < 1) isOrder = false;
    else wanted.set(coded.variantId, (wanted.get(coded.variantId) ?? 0) + quantity);
    return ' ';
  });
  if (!isOrder || wanted.size > MOST_LINES || /[\p{L}\p{N}]/u.test(rest.replaceAll(AROUND, ' '))) return [];
  const lines = [...wanted].map(([variantId, quantity]) => ({ variantId, quantity }));
  return lines.every(({ quantity }) => quantity <= MOST_PIECES) ? lines : [];
}

/** Null where nothing is counted: a weight of what is not sold by it. */
function counted(number: string | undefined, measured: string | undefined, unit: Unit): number | null {
  if (number === undefined) return null;
  const weight = WEIGHTS.find(({ words }) => measured !== undefined && new RegExp(`^(?:${words})$`, 'u').test(measured));
  return weight && weight.unit !== unit ? null : quantityOf(number);
}
