// Owns what of a show's chat is worth saying aloud to a host who works with both hands: questions, not greetings; five askers, said once. Pure.
import { type AloudLang, aloudWords, type SoldLine, type Topic } from './aloud-words.ts';

export interface AloudMessage {
  id: string;
  authorKey: string;
  name: string;
  text: string;
}

export interface ChooserSettings {
  what: 'questions' | 'all';
  lang: AloudLang;
}

/** Something to be said. An interrupted one may be given back. */
export interface Saying {
  text: string;
  /** When it came, ms. */
  at: number;
  isOrder: boolean;
}

/** More than this cannot be caught up with; the oldest go. */
const QUEUE_LIMIT = 8;
/** What has waited for so long is not being talked about any more, ms. */
const STALE_MS = 60_000;
/** The same words again within this time add to the count instead of being said again. */
const REPEAT_MS = 120_000;
/** So many askers of one thing are one sentence. */
const BURST = 3;
const TEXT_LIMIT = 80;
const NAME_LIMIT = 12;

const GREETING =
  /^(?:(?:大家|主播|各位|老板|亲|宝)?(?:们)?(?:早上|上午|中午|下午|晚上)?好[啊呀呢吖]*|你好|您好|哈[喽啰]|嗨|来了|来啦|我来了|打卡|签到|支持|加油|冲|赞|棒|真棒|厉害|牛|哈+|呵+|嘻+|6+|8+|1+|哇+|嗯+|哦+|好的?|谢谢|感谢|关注了|晚安|拜拜|再见|first|hi+|hello+|hey+|good (?:morning|evening|afternoon|night)|thanks?(?: you)?|thx|ok(?:ay)?|wow+|lol+|(?:ha)+|nice|cool|great|love (?:it|this)|bye+)$/iu;
const QUESTION =
  /[?？]|[吗呢么]\s*[。.!！~～]*$|多少|几[个斤块钱箱天号时]|怎[么样]|什么|啥|哪[里儿个些]|能不能|能否|可不可以|可以.*吗|有没有|有无|是不是|要不要|多久|多大|多重|甜不甜|包邮|^(?:how|what|when|where|which|why|who|is|are|do|does|can|could|will|would|any|have|has)\b|\b(?:how much|price|shipping|deliver)\b/iu;
const TOPICS: readonly [Topic, RegExp][] = [
  ['price', /多少钱|价格|怎么卖|几块|什么价|贵|便宜|优惠|\b(?:price|cost|how much|cheap|discount)\b/iu],
  ['delivery', /发货|快递|包邮|邮费|运费|送到|多久到|几天到|\b(?:ship|shipping|deliver|delivery|postage|arrive)\b/iu],
  ['taste', /甜|酸|好吃|口感|味道|新鲜|\b(?:sweet|sour|taste|fresh|crisp)\b/iu],
  ['size', /多大|多重|几斤|大小|几个|规格|\b(?:size|big|large|heavy|weigh|weight|kilo|kg)\b/iu],
  ['stock', /还有吗|有货|没货|库存|卖完|\b(?:left|stock|sold out|available)\b/iu],
  ['pay', /付款|货到付|支付|怎么买|怎么下单|\b(?:pay|payment|order)\b/iu],
];

/** What a voice can say of a message: no pictures, no addresses of pages, no rows of one sign. */
export function sayable(text: string): string {
  return text
    .replace(/https?:\/\/\S+|www\.\S+/giu, ' ')
    .replace(/\[[^\]]{1,8}\]/gu, ' ')
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u200d|\ufe0f|\u20e3/gu, ' ')
    .replace(/(.)\1{3,}/gu, '$1$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, TEXT_LIMIT);
}

const bare = (text: string): string => text.toLowerCase().replace(/[\p{P}\p{S}\s]/gu, '');

export const isQuestion = (text: string): boolean => QUESTION.test(text);
export const isGreeting = (text: string): boolean => GREETING.test(text.replace(/[\p{P}\p{S}]/gu, '').trim());

interface Waiting {
  text: string;
  name: string;
  plain: string;
  authors: Set<string>;
  topic: Topic | null;
  isQuestion: boolean;
  at: number;
}

export class Chooser {
  settings: ChooserSettings;
  #waiting: Waiting[] = [];
  #orders: Saying[] = [];
  #said = new Map<string, number>();

  constructor(settings: ChooserSettings) {
    this.settings = settings;
  }

  /** How much waits to be said. */
  get size(): number {
    return this.#waiting.length + this.#orders.length;
  }

  take(message: AloudMessage, now: number): void {
    const text = sayable(message.text);
    const plain = bare(text);
    if (plain === '' || isGreeting(text)) return;
    const asks = isQuestion(text);
    if (this.settings.what === 'questions' && !asks) return;
    const same = this.#waiting.find((each) => each.plain === plain);
    if (same) {
      same.authors.add(message.authorKey);
      return;
    }
    if (now - (this.#said.get(plain) ?? -Infinity) < REPEAT_MS) return;
    const topic = asks ? (TOPICS.find(([, pattern]) => pattern.test(text))?.[0] ?? null) : null;
    this.#waiting.push({ text, name: sayable(message.name).slice(0, NAME_LIMIT), plain, authors: new Set([message.authorKey]), topic, isQuestion: asks, at: now });
    if (this.#waiting.length > QUEUE_LIMIT) this.#waiting.shift();
  }

  takeOrder(lines: readonly SoldLine[], now: number): void {
    const sayableLines = lines.slice(0, 3).map((line) => ({ ...line, name: sayable(line.name).slice(0, 24) }));
    this.#orders.push({ text: aloudWords[this.settings.lang].order(sayableLines), at: now, isOrder: true });
    if (this.#orders.length > QUEUE_LIMIT) this.#orders.shift();
  }

  /** Gives back what was interrupted: it comes first again. */
  giveBack(saying: Saying): void {
    this.#orders.unshift(saying);
  }

  /** What to say next; null while nothing waits. Orders first, then the oldest, together with all who ask the same. */
  next(now: number): Saying | null {
    this.#orders = this.#orders.filter(({ at }) => now - at < STALE_MS);
    this.#waiting = this.#waiting.filter(({ at }) => now - at < STALE_MS);
    const order = this.#orders.shift();
    if (order) return order;
    const first = this.#waiting.shift();
    if (!first) return null;
    const words = aloudWords[this.settings.lang];
    const like = first.topic === null ? [] : this.#waiting.filter(({ topic }) => topic === first.topic);
    const askers = new Set([first, ...like].flatMap(({ authors }) => [...authors]));
    const saying = { at: first.at, isOrder: false };
    for (const each of [first, ...(first.topic !== null && askers.size >= BURST ? like : [])]) this.#remember(each.plain, now);
    if (first.topic !== null && askers.size >= BURST) {
      this.#waiting = this.#waiting.filter((each) => !like.includes(each));
      return { ...saying, text: words.many(askers.size, first.topic) };
    }
    if (first.authors.size > 1) return { ...saying, text: words.same(first.authors.size, first.text) };
    return { ...saying, text: first.isQuestion ? words.asks(first.name, first.text) : words.says(first.name, first.text) };
  }

  clear(): void {
    this.#waiting = [];
    this.#orders = [];
  }

  #remember(plain: string, now: number): void {
    for (const [old, at] of this.#said) if (now - at >= REPEAT_MS) this.#said.delete(old);
    this.#said.set(plain, now);
  }
}
