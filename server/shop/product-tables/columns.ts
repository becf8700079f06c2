// Owns what stands in the columns of a table of products: how people head them in either language, and what a cell means.
import * as v from 'valibot';
import type { Currency } from '../../protocol/money.ts';
import { minorUnitExponent } from '../../protocol/money-format.ts';
import { productFactsPatch } from '../../protocol/product-facts.ts';
import { productTableColumns, type ProductTableColumn } from '../../protocol/product-table.ts';
import { productPatch, type Unit, units, variantPatchFields } from '../../protocol/shop.ts';

/** As a heading is written out: a person of either language finds the column, and so does the way back. */
export const headings: Readonly<Record<ProductTableColumn, string>> = {
  name: '商品名称 name',
  label: '规格 label',
  sku: '货号 sku',
  unit: '单位 unit',
  price: '价格 price',
  stock: '库存 stock',
  weight_g: '重量(克) weight_g',
  limit_per_buyer: '每人限购 limit_per_buyer',
  description: '介绍 description',
  grade: '等级 grade',
  specs: '参数 specs',
  origin: '产地 origin',
  geographical_indication: '地理标志 geographical_indication',
  harvested_on: '采收日期 harvested_on',
  storage: '储存方法 storage',
  trace_code: '追溯码 trace_code',
  return_rule: '售后 return_rule',
};

const otherHeadings: Partial<Record<ProductTableColumn, readonly string[]>> = {
  name: ['名称', '品名', '商品', 'product', 'title'],
  label: ['型号', 'variant', 'option'],
  sku: ['商品编码', '编码', '商家编码', 'code'],
  price: ['单价', '售价'],
  stock: ['数量', 'quantity', 'inventory'],
  weight_g: ['重量', '克重', 'weight', 'grams'],
  limit_per_buyer: ['限购', 'limit'],
  description: ['描述', '简介', '详情'],
  specs: ['特征', 'specifications'],
  origin: ['产区'],
  harvested_on: ['采收', '采摘日期', 'harvest', 'harvested'],
  storage: ['保存方法', '储存', '保存'],
  trace_code: ['溯源码', 'trace'],
  return_rule: ['退货', '退换', 'returns'],
};

const byHeading = new Map<string, ProductTableColumn>(
  productTableColumns.flatMap((column) => [...plainHeading(headings[column]).split(' '), ...(otherHeadings[column] ?? [])].map((word) => [word, column] as const)),
);

/** Column of a heading; undefined for one that means nothing here. */
export function columnOf(heading: string): ProductTableColumn | undefined {
  const plain = plainHeading(heading);
  return byHeading.get(plain) ?? plain.split(' ').map((word) => byHeading.get(word)).find((column) => column !== undefined);
}

function plainHeading(heading: string): string {
  return heading.normalize('NFKC').toLowerCase().replaceAll(/\(.*?\)|[*:]/g, '').replaceAll(/\s+/g, ' ').trim();
}

const unitWords: Readonly<Record<Unit, readonly string[]>> = {
  kg: ['公斤', '千克'], jin: ['斤', '市斤'], g: ['克'], box: ['箱', '盒'], bag: ['袋'], jar: ['罐', '坛'], bottle: ['瓶'], piece: ['个', '件', '只', '枚', '条'], pack: ['包', '份'], bunch: ['把', '束'],
};
const byUnitWord = new Map<string, Unit>(units.flatMap((unit) => [unit, ...unitWords[unit]].map((word) => [word, unit] as const)));

/** As a unit is written out. */
export const unitCell = (unit: Unit): string => `${unitWords[unit][0]} ${unit}`;

/** What a row says, by column; a blank cell says nothing. */
export interface RowValues {
  name?: string;
  label?: string;
  sku?: string;
  unit?: Unit;
  price?: number;
  stock?: number;
  weight_g?: number;
  limit_per_buyer?: number;
  description?: string;
  grade?: string;
  specs?: { name: string; value: string }[];
  origin?: string;
  geographical_indication?: string;
  harvested_on?: string;
  storage?: string;
  trace_code?: string;
  return_rule?: string;
}

const facts = productFactsPatch.entries;
const schemas: Readonly<Record<ProductTableColumn, v.GenericSchema>> = {
  name: productPatch.entries.name,
  label: variantPatchFields.label,
  sku: variantPatchFields.sku,
  unit: variantPatchFields.unit,
  price: variantPatchFields.priceMinor,
  stock: variantPatchFields.stock,
  weight_g: variantPatchFields.weightGrams,
  limit_per_buyer: productPatch.entries.limitPerBuyer,
  description: productPatch.entries.description,
  grade: facts.grade,
  specs: facts.specs,
  origin: facts.origin,
  geographical_indication: facts.geographicalIndication,
  harvested_on: facts.harvestedOn,
  storage: facts.storage,
  trace_code: facts.traceCode,
  return_rule: facts.returnRule,
};

/** Value of a cell that is not blank; undefined when it means nothing. */
export function valueOf<Column extends ProductTableColumn>(column: Column, cell: string, currency: Currency): RowValues[Column] | undefined {
  const read = readers[column];
  const parsed = v.safeParse(schemas[column], read ? read(cell, currency) : cell);
  return parsed.success ? (parsed.output as RowValues[Column]) : undefined;
}

const readers: Partial<Record<ProductTableColumn, (cell: string, currency: Currency) => unknown>> = {
  unit: (cell) => cell.normalize('NFKC').toLowerCase().split(/\s+/).map((word) => byUnitWord.get(word)).find((unit) => unit !== undefined),
  price: (cell, currency) => minorOf(cell, minorUnitExponent(currency)),
  stock: wholeNumber,
  limit_per_buyer: wholeNumber,
  weight_g: gramsOf,
  harvested_on: dayOf,
  specs: (cell) =>
    cell.split(/[;；|\n]/).map((part) => part.trim()).filter((part) => part !== '').map((part) => {
      const [name = '', ...value] = part.split(/[:：]/);
      return { name: name.trim(), value: value.join(':').trim() };
    }),
};

/** `¥1,280.50` in fen is 128050; by digits, because 0.1 + 0.2 is no money. */
function minorOf(cell: string, exponent: number): number | undefined {
  const plain = cell.normalize('NFKC').replaceAll(/[\s¥$€£₫₩₹฿元]/g, '').replaceAll(/,(?=\d{3}(?:\D|$))/g, '').replace(',', '.');
  const match = /^(\d{1,10})(?:\.(\d{1,4}))?$/.exec(plain);
  if (!match) return undefined;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > exponent) return undefined;
  return Number(`${match[1]}${fraction.padEnd(exponent, '0')}`);
}

function wholeNumber(cell: string): number | undefined {
  const plain = cell.normalize('NFKC').replaceAll(/,(?=\d{3}(?:\D|$))/g, '');
  return /^\d{1,9}(?:\.0+)?$/.test(plain) ? Number(plain) : undefined;
}

/** `5 kg`, `2斤`, `500` (grams). */
function gramsOf(cell: string): number | undefined {
  const match = /^(\d{1,7}(?:\.\d{1,3})?)\s*(kg|公斤|千克|斤|g|克)?$/i.exec(cell.normalize('NFKC').trim());
  if (!match) return undefined;
  const each = { kg: 1_000, 公斤: 1_000, 千克: 1_000, 斤: 500, g: 1, 克: 1 }[(match[2] ?? 'g').toLowerCase()] ?? 1;
  return Math.round(Number(match[1]) * each);
}

/** `2026-11-03`, `2026/11/3`, `2026年11月3日`. */
function dayOf(cell: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell.normalize('NFKC').trim());
  return match ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}` : undefined;
}
