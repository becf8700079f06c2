// What is an order by code in a chat message, and what is not: as people type it, in two languages and with every sort of sign.
import { describe, expect, it } from 'vitest';
import { type Coded, findOrdered } from '../../../../server/audience/codes/finder.ts';
import { quantityOf } from '../../../../server/audience/codes/quantity-words.ts';

const codes = new Map<string, Coded>([
  ['a1', { variantId: 'var_apples', unit: 'box' }],
  ['a12', { variantId: 'var_pears', unit: 'box' }],
  ['b3', { variantId: 'var_rice', unit: 'jin' }],
]);
const found = (text: string) => Object.fromEntries(findOrdered(text, codes).map(({ variantId, quantity }) => [variantId, quantity]));

describe('an order by code', () => {
  it.each([
    ['A12', 1],
    ['a12', 1],
    ['A12 x2', 2],
    ['A12x2', 2],
    ['A12*2', 2],
    ['A12 × 2', 2],
    ['A12 X 2', 2],
    ['Ａ１２ ＊２', 2],
    ['Ａ１２×２', 2],
    ['a12 两份', 2],
    ['A12两份', 2],
    ['A12 2份', 2],
    ['A12，2份', 2],
    ['A12，要两箱！', 2],
    ['A12 要3箱', 3],
    ['我要两箱A12', 2],
    ['我要A12', 1],
    ['老板，A12来十二箱！', 12],
    ['2份A12', 2],
    ['2 x A12', 2],
    ['3 A12', 3],
    ['A-12', 1],
    ['A 12 +2', 2],
    ['A012', 1],
    ['А12 x2', 2],
    ['I want two A12 please', 2],
    ["I'll take a box of A12", 1],
    ['A12 two boxes, thanks', 2],
    ['A12 🙏', 1],
    ['A12号', 1],
    ['A12 A12', 2],
  ])('%s', (text, pieces) => {
    expect(found(text)).toEqual({ var_pears: pieces });
  });

  it('names several things at once', () => {
    expect(found('A12 x2, A1')).toEqual({ var_pears: 2, var_apples: 1 });
    expect(found('A1 两箱，B3 五斤')).toEqual({ var_apples: 2, var_rice: 5 });
    expect(found('A1和A12各两箱')).toEqual({ var_apples: 2, var_pears: 2 });
    expect(found('A1 and A12, 2 each')).toEqual({ var_apples: 2, var_pears: 2 });
  });

  it('passes over a code that stands for nothing', () => {
    expect(found('A12 x2, K9')).toEqual({ var_pears: 2 });
    expect(found('K9')).toEqual({});
  });
});

describe('no order', () => {
  it.each([
    'A12 多少钱',
    'A12?',
    'A12 有货吗？',
    'A12 x2 ?',
    '不要A12',
    'A12 没收到',
    'A12 取消',
    'cancel A12',
    'A12 is sour',
    'when will A12 come',
    'A120',
    'AA12',
    'A12B',
    'A12 x0',
    'A12 x100',
    'A12 x9999',
    'A12 5斤',
    '12',
    'hello',
    '',
    'A1 B3 A12 13800138000',
    'A12, 2024',
    'grade A1',
  ])('%s', (text) => {
    expect(found(text)).toEqual({});
  });

  it('is found quickly in a message of nothing but numbers and signs', () => {
    const startedAt = performance.now();
    for (const text of ['1 '.repeat(250), 'a'.repeat(500), 'a1'.repeat(250), '十'.repeat(500), 'a1 x'.repeat(125), '- '.repeat(250)]) findOrdered(text, codes);
    // No figure of speed: catastrophic backtracking takes minutes.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

it('reads numbers as people write them', () => {
  const read = Object.fromEntries(['十', '十二', '二十', '二十五', '一百', '一百零五', '两', '2', 'ten', '百', '一二', '二两'].map((word) => [word, quantityOf(word)]));
  expect(read).toEqual({ 十: 10, 十二: 12, 二十: 20, 二十五: 25, 一百: 100, 一百零五: 105, 两: 2, 2: 2, ten: 10, 百: null, 一二: null, 二两: null });
});
