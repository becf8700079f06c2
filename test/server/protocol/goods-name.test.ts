// How goods are called in lists: nothing said twice.
import { expect, it } from 'vitest';
import { goodsName, variantName } from '../../../server/protocol/goods-name.ts';

it.each([
  [{ name: 'Apples', label: '' }, 'Apples'],
  [{ name: 'Apples', label: '5 kg box', grade: 'Premium' }, 'Apples · 5 kg box · Premium'],
  [{ name: '苹果', label: '一级 5 公斤', grade: '一级' }, '苹果 · 一级 5 公斤'],
  [{ name: 'Apples', label: 'box', grade: 'A' }, 'Apples · box · A'],
  [{ name: 'Apples', label: 'Grade A box', grade: 'A' }, 'Apples · Grade A box'],
  [{ name: 'Apples', label: 'A box', grade: 'A+' }, 'Apples · A box · A+'],
  [{ name: 'Premium apples', label: '', grade: 'premium' }, 'Premium apples'],
])('%j is %s', (line, name) => expect(goodsName(line)).toBe(name));

it('takes the grade of the product where the variant has none', () => {
  const product = { name: 'Apples', facts: { grade: 'A1' } };
  expect(variantName(product, { label: '5 kg' })).toBe('Apples · 5 kg · A1');
  expect(variantName(product, { label: '5 kg', grade: 'B2' })).toBe('Apples · 5 kg · B2');
});
