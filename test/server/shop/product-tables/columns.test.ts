// What people head columns with and write into cells.
import { describe, expect, it } from 'vitest';
import { columnOf, headings, valueOf } from '../../../../server/shop/product-tables/columns.ts';
import { productTableColumns } from '../../../../server/protocol/product-table.ts';

describe('a heading', () => {
  it('is known as it is written out, in each of its languages', () => {
    for (const column of productTableColumns) {
      expect(columnOf(headings[column])).toBe(column);
      for (const word of headings[column].split(' ')) expect(columnOf(word)).toBe(column);
    }
  });

  it.each([['Name', 'name'], [' 单价（元）', 'price'], ['库 存', undefined], ['重量(克)*', 'weight_g'], ['产地：', 'origin'], ['SKU', 'sku'], ['colour', undefined], ['', undefined], ['__proto__', undefined]])('%j is %s', (heading, column) =>
    expect(columnOf(heading)).toBe(column),
  );
});

describe('a cell', () => {
  it.each([
    ['price', '68', 6_800],
    ['price', '¥1,280.50', 128_050],
    ['price', '68,5', 6_850],
    ['price', '６８．００元', 6_800],
    ['price', '0.1', 10],
    ['price', '4.35', 435],
    ['price', '1.005', undefined],
    ['price', '0', undefined],
    ['price', '-5', undefined],
    ['price', '1e3', undefined],
    ['price', 'gratis', undefined],
    ['price', '99999999999', undefined],
    ['stock', '12', 12],
    ['stock', '12.0', 12],
    ['stock', '12.5', undefined],
    ['stock', '1,200', 1_200],
    ['stock', '-1', undefined],
    ['unit', '箱', 'box'],
    ['unit', '公斤 kg', 'kg'],
    ['unit', 'Box', 'box'],
    ['unit', 'dozen', undefined],
    ['weight_g', '5kg', 5_000],
    ['weight_g', '2斤', 1_000],
    ['weight_g', '450', 450],
    ['weight_g', '0', undefined],
    ['limit_per_buyer', '3', 3],
    ['limit_per_buyer', '0', undefined],
    ['harvested_on', '2026/11/3', '2026-11-03'],
    ['harvested_on', '2026年11月3日', '2026-11-03'],
    ['harvested_on', '2026-02-30', undefined],
    ['harvested_on', 'yesterday', undefined],
    ['specs', '糖度: 14；果径：80 mm', [{ name: '糖度', value: '14' }, { name: '果径', value: '80 mm' }]],
    ['specs', 'sweet', undefined],
    ['name', 'x'.repeat(81), undefined],
    ['name', 'gnp.\u202eexe', undefined],
    ['storage', '冷藏', '冷藏'],
  ] as const)('%s %j is %j', (column, cell, value) => expect(valueOf(column, cell, 'CNY')).toEqual(value));

  it('has no fractions of a currency that has none', () => {
    expect(valueOf('price', '1200', 'JPY')).toBe(1_200);
    expect(valueOf('price', '1200.00', 'JPY')).toBe(1_200);
    expect(valueOf('price', '1200.50', 'JPY')).toBeUndefined();
  });
});
