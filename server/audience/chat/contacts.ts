// Owns finding links and telephone numbers in what viewers write, however they are dressed up.
import { fold } from './fold.ts';

const LINK = /(?:https?:|www\.|\b[a-z0-9-]{2,}\.(?:com|cn|net|org|top|xyz|shop|vip|club|cc|me|io|ru|info|link|site|online)\b)/;
/** Chinese mobile numbers, and any run of nine digits or more that signs only seem to break up. */
const DIGITS_AT_LEAST = 9;
const DIGIT_WORDS: Readonly<Record<string, string>> = {
  零: '0', 〇: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9', 壹: '1', 贰: '2', 叁: '3', 肆: '4', 伍: '5',
  陆: '6', 柒: '7', 捌: '8', 玖: '9', 幺: '1',
};
const MESSENGERS = /(?:(?:加|\+)\s*(?:我)?\s*(?:微信|威信|薇信|v信|vx|wx|qq|扣扣|电报|tg)|(?:微信|vx|wx|qq|扣扣)\s*(?:号)?\s*[:：]?\s*[a-z0-9_-]{5,})/;

/** Whether the text holds a link, a telephone number or a messenger's name to add. Prices, weights and dates do not count. */
export function hasContact(text: string): boolean {
  const plain = fold(text);
  if (LINK.test(plain.replace(/\s*(?:\[?\(?(?:dot|点)\)?\]?)\s*/g, '.'))) return true;
  if (MESSENGERS.test(plain)) return true;
  const digits = [...plain].map((sign) => DIGIT_WORDS[sign] ?? sign).join('');
  return [...digits.matchAll(/\d(?:[\s\-.·_()*#/|~]{0,2}\d)+/g)].some(([run]) => run.replace(/\D/g, '').length >= DIGITS_AT_LEAST);
}
