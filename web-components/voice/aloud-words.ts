// Owns the sentences that are said, in the language of the voice, which need not be that of the page. Pure.
import type { Unit } from '../../server/protocol/shop.ts';
import { unitsEn, unitsZhCN } from '../i18n/units.ts';

export const aloudLangs = ['zh-CN', 'en'] as const;
export type AloudLang = (typeof aloudLangs)[number];
export type Topic = 'price' | 'delivery' | 'taste' | 'size' | 'stock' | 'pay';

/** A line of an order. */
export interface SoldLine {
  name: string;
  quantity: number;
  unit: Unit;
}

interface Words {
  says(name: string, text: string): string;
  asks(name: string, text: string): string;
  many(count: number, topic: Topic): string;
  same(count: number, text: string): string;
  order(lines: readonly SoldLine[]): string;
  test: string;
}

const topicsEn: Record<Topic, string> = { price: 'the price', delivery: 'delivery', taste: 'the taste', size: 'the size', stock: 'whether there is any left', pay: 'how to pay' };
const topicsZh: Record<Topic, string> = { price: '价格', delivery: '发货', taste: '口味', size: '大小', stock: '还有没有货', pay: '怎么付款' };
const NUMBERS_ZH = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];
const NUMBERS_EN = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

export const aloudWords: Record<AloudLang, Words> = {
  'zh-CN': {
    says: (name, text) => `${name || '有人'}说：${text}`,
    asks: (name, text) => `${name || '有人'}问：${text}`,
    many: (count, topic) => `${count} 个人在问${topicsZh[topic]}`,
    same: (count, text) => `${count} 个人说：${text}`,
    order: (lines) => `新订单：${lines.map(({ name, quantity, unit }) => `${NUMBERS_ZH[quantity] ?? quantity}${unitsZhCN[unit]}${name}`).join('，')}`,
    test: '这是朗读的声音，有人提问时您会听到。',
  },
  en: {
    says: (name, text) => `${name || 'Somebody'} says: ${text}`,
    asks: (name, text) => `${name || 'Somebody'} asks: ${text}`,
    many: (count, topic) => `${count} people ask about ${topicsEn[topic]}`,
    same: (count, text) => `${count} people say: ${text}`,
    order: (lines) => `New order: ${lines.map(({ name, quantity, unit }) => `${NUMBERS_EN[quantity] ?? quantity} ${unitsEn[unit].split(' (')[0]} of ${name}`).join(', ')}`,
    test: 'This is the voice. You will hear it when somebody asks.',
  },
};
