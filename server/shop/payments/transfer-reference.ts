// Owns the words that a buyer writes beside a transfer: the order's number with a word that follows from it.
import type { Currency } from '../../protocol/money-format.ts';

// 23 of them, a prime that divides no power of ten nor nine: one wrong digit, or two that changed places, asks for another word.
// None is something that a farmer sells, or "apple 12" would read like twelve apples.
const chinese = ['春风', '夏雨', '秋月', '冬雪', '青山', '绿水', '白云', '蓝天', '朝霞', '明月', '星光', '清泉', '小桥', '红日', '金秋', '百花', '松树', '柳树', '竹子', '梅花', '喜鹊', '燕子', '大雁'] as const;
const english = ['sun', 'moon', 'star', 'cloud', 'rain', 'snow', 'wind', 'river', 'lake', 'hill', 'stone', 'pine', 'willow', 'bamboo', 'swan', 'crane', 'lark', 'robin', 'deer', 'fox', 'bell', 'lamp', 'boat'] as const;

/**
 * `春风128` or `river 128`: short enough to be typed, and a slip of the finger does not name another order. In the language in which
 * people pay in that currency.
 */
export function transferReference(orderNumber: number, currency: Currency): string {
  return currency === 'CNY' ? `${chinese[orderNumber % chinese.length]}${orderNumber}` : `${english[orderNumber % english.length]} ${orderNumber}`;
}
