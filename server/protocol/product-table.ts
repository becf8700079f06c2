// Owns the shapes of a table of products: its columns, and what taking it in would change.
import * as v from 'valibot';
import { id } from './ids.ts';

/** Rows after the heading. */
export const PRODUCT_TABLE_ROW_LIMIT = 100_000;
/** Products of a seller that are on sale: more nobody scrolls. */
export const PRODUCT_LIMIT = 2_000;
/** Largest table in bytes. */
export const PRODUCT_TABLE_MAX_BYTES = 24 * 1024 * 1024;
/** Rows that a preview tells one by one, the refused ones first; the counts are of all. */
export const PRODUCT_PREVIEW_LIMIT = 300;

/** Columns in the order in which they are written. A row is a variant; rows of one name are one product. */
export const productTableColumns = [
  'name', 'label', 'sku', 'unit', 'price', 'stock', 'weight_g', 'limit_per_buyer', 'description',
  'grade', 'specs', 'origin', 'geographical_indication', 'harvested_on', 'storage', 'trace_code', 'return_rule',
] as const;
export type ProductTableColumn = (typeof productTableColumns)[number];

/**
 * `unreadable`: letters are broken. `missing`, `wrong`: of the column. `twice`: the same variant stands in an earlier row. `ambiguous`: several
 * products have this name, so a sku is needed. `other-product`: the sku is another product's. `differs`: an earlier row of the same product
 * says something else. `too-many-variants`, `catalogue-full`.
 */
export const productTableFaults = ['unreadable', 'missing', 'wrong', 'twice', 'ambiguous', 'other-product', 'differs', 'too-many-variants', 'catalogue-full'] as const;
export type ProductTableFault = (typeof productTableFaults)[number];

export const productTableRow = v.object({
  /** Line of the file, from 1. */
  line: v.number(),
  state: v.picklist(['new', 'changed', 'unchanged', 'refused']),
  name: v.string(),
  label: v.string(),
  sku: v.string(),
  changes: v.array(v.object({ column: v.picklist(productTableColumns), from: v.string(), to: v.string() })),
  fault: v.nullable(v.object({ kind: v.picklist(productTableFaults), column: v.nullable(v.picklist(productTableColumns)) })),
});
export type ProductTableRow = v.InferOutput<typeof productTableRow>;

export const productTablePreview = v.object({
  encoding: v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']),
  counts: v.object({ new: v.number(), changed: v.number(), unchanged: v.number(), refused: v.number() }),
  /** New products, in which the new rows are variants. */
  newProducts: v.number(),
  rows: v.array(productTableRow),
  /** Headings that name no column here; their cells are left aside. */
  unknownColumns: v.array(v.string()),
  /** Names what was shown: sent as `expect`, nothing else is taken in. */
  fingerprint: v.string(),
  isApplied: v.boolean(),
});
export type ProductTablePreview = v.InferOutput<typeof productTablePreview>;

export const productTableQuery = v.strictObject({
  sellerId: v.optional(id),
  /** Take it in; without it only the preview is answered. */
  apply: v.optional(v.picklist(['true'])),
  /** Fingerprint of the preview that was agreed to. */
  expect: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});
