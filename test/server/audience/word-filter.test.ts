// Owns the proof that blocked words and contacts are found however they are dressed up, and ordinary talk is let through.
import { beforeAll, describe, expect, it } from 'vitest';
import { rangeOf } from '../../../server/platform/address-range.ts';
import { hasContact } from '../../../server/audience/chat/contacts.ts';
import { compileFilter, type WordFilter } from '../../../server/audience/chat/word-filter.ts';

describe('the word filter', () => {
  let isBlocked: WordFilter;
  beforeAll(async () => {
    isBlocked = await compileFilter(['骗子', '赌博网站', 'scam', 'ass']);
  });

  it.each([
    ['骗子', 'as it is'],
    ['这个人是骗 子！', 'with a space'],
    ['骗*_*子', 'with signs between'],
    ['骗\u200b子', 'with an invisible sign'],
    ['ＳＣＡＭ', 'in full width'],
    ['Sc\u0430m!', 'with a Cyrillic letter'],
    ['s c a m', 'spelled out'],
    ['s.c.a.m', 'with dots'],
    ['scám', 'with an accent'],
    ['ni zhe ge pianzi', 'in pinyin'],
    ['dbwz 加我', 'as initials of four syllables'],
    ['赌-博-网-站', 'with hyphens'],
  ])('finds %s (%s)', (text) => {
    expect(isBlocked(text)).toBe(true);
  });

  it.each(['苹果多少钱一斤', 'first class apples', 'grass-fed', 'How much is the Fuji?', '这个品种甜吗', 'pz', '八毛钱', '好吃 😋😋'])('lets %s through', (text) => {
    expect(isBlocked(text)).toBe(false);
  });

  it('blocks nothing without words', async () => {
    expect((await compileFilter(['', '  ', '!!!']))('骗子')).toBe(false);
  });
});

describe('contacts', () => {
  it.each([
    '加我微信 apple888',
    'vx: zhang_apple',
    '看这里 http://x.example',
    'best-deal.top 便宜',
    'cheap dot com'.replace(' dot ', '点'),
    '电话 138 0000 1234',
    '一三八零零零零一二三四',
    '1-3-8-0-0-0-0-1-2-3-4',
    '１３８００００１２３４',
  ])('finds one in %s', (text) => {
    expect(hasContact(text)).toBe(true);
  });

  it.each(['5 斤 39.90 元', '2026-11-22 发货吗', '10 箱 2000 元', '八十八块', 'I take 3 boxes, 12.50 each', '保质期 12 个月'])('leaves %s alone', (text) => {
    expect(hasContact(text)).toBe(false);
  });
});

describe('an address range', () => {
  it.each([
    ['192.0.2.17', '192.0.2'],
    ['::ffff:192.0.2.99', '192.0.2'],
    ['2001:db8:1:2ff::1', '2001:0db8:0001:02'],
    ['2001:DB8:1:2aa:5:6:7:8', '2001:0db8:0001:02'],
    ['fe80::1%eth0', 'fe80:0000:0000:00'],
  ])('of %s is %s', (address, range) => {
    expect(rangeOf(address)).toBe(range);
  });
});
