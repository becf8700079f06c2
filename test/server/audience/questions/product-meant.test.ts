// Which product a question is about: what it names in either language, else what was pinned in the picture.
import { beforeAll, describe, expect, it } from 'vitest';
import { compileProductFinder, type ProductFinder, productMeant } from '../../../../server/audience/questions/product-meant.ts';
import type { Product } from '../../../../server/protocol/shop.ts';

const product = (id: string, name: string, labels: string[] = ['']): Product => ({
  id,
  sellerId: 'sel',
  name,
  description: '',
  currency: 'CNY',
  pictures: [],
  variants: labels.map((label, index) => ({ id: `${id}${index}`, label, unit: 'jin', priceMinor: 100, stock: 1 })),
  archived: false,
});

const SHELF = [
  product('fuji', '红富士苹果', ['5 斤装', '10 斤装']),
  product('green', '青苹果'),
  product('walnut', '薄皮核桃', ['2 斤袋装', '礼盒']),
  product('honey', 'Acacia Honey', ['500 g jar', 'Gift box']),
  product('cherry', 'Yellow cherries'),
];

let find: ProductFinder;
beforeAll(async () => {
  find = await compileProductFinder(SHELF);
});

describe('the product that a question means', () => {
  it.each([
    ['红富士甜吗', 'fuji'],
    ['富士苹果多少钱', 'fuji'],
    ['核桃皮薄吗', 'walnut'],
    ['薄皮的核桃怎么卖', 'walnut'],
    ['青苹果酸不酸', 'green'],
    ['hongfushi 多少钱', 'fuji'],
    ['hetao haiyou ma', 'walnut'],
    ['bphetao 有吗', 'walnut'],
    ['hfs 怎么卖', 'fuji'],
    ['红的甜吗', 'fuji'],
    ['are the red ones sweet', 'fuji'],
    ['yellow ones please, how much', 'cherry'],
    ['is the honey raw?', 'honey'],
    ['how much are the cherries', 'cherry'],
    ['ACACIA', 'honey'],
    ['3号链接多少钱', 'walnut'],
    ['讲讲 3 号', 'walnut'],
    ['how much is number 3', 'walnut'],
    ['10 斤的红富士多少钱', 'fuji'],
    ['ｈｏｎｅｙ', 'honey'],
  ])('is named in %s', (text, id) => {
    expect(productMeant(text, find, ['cherry' === id ? 'honey' : 'cherry'])).toBe(id);
  });

  it.each(['多少钱', '包邮吗', 'how much', '有红包吗', '新鲜吗', 'is it fresh?', 'do you have a small box', '大箱有吗', '20号能到吗', '5 个多少钱', '9号链接有吗', 'can I get 500'])('is what was pinned for %s', (text) => {
    expect(productMeant(text, find, ['walnut'])).toBe('walnut');
    expect(productMeant(text, find, [])).toBeNull();
  });

  it('is the pinned one of those that the words may mean', () => {
    expect(productMeant('苹果多少钱', find, ['honey', 'green'])).toBe('green');
    expect(productMeant('苹果多少钱', find, ['fuji'])).toBe('fuji');
    expect(productMeant('苹果多少钱', find, ['honey'])).toBe('fuji');
  });

  it('is told from another of the same name by its number', async () => {
    const numbered = await compileProductFinder([product('one', 'Apples 1'), product('two', 'Apples 2')]);
    expect(productMeant('apples 2 多少钱', numbered, ['one'])).toBe('two');
    expect(productMeant('apples 多少钱', numbered, ['two'])).toBe('two');
  });

  it('is none on an empty shelf', async () => {
    expect(productMeant('苹果多少钱', await compileProductFinder([]), [])).toBeNull();
  });
});
