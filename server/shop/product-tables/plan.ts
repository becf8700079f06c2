// Owns what a table of products would change: each row against the products as they are, without changing anything.
import { createHash } from 'node:crypto';
import { nextTurn, type TableRow } from '../../platform/csv-parse.ts';
import { UNREADABLE } from '../../platform/csv-decode.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Currency } from '../../protocol/money.ts';
import { minorUnitExponent } from '../../protocol/money-format.ts';
import type { ProductFactsPatch } from '../../protocol/product-facts.ts';
import { type ProductTableColumn, productTableColumns, type ProductTableFault, type ProductTablePreview, type ProductTableRow, PRODUCT_PREVIEW_LIMIT, PRODUCT_LIMIT } from '../../protocol/product-table.ts';
import { type Product, type Unit, VARIANT_LIMIT, type Variant } from '../../protocol/shop.ts';
import { columnOf, type RowValues, valueOf } from './columns.ts';

const TURN_MS = 8;
/** Headings that are told of; a broken file may have thousands. */
const UNKNOWN_LIMIT = 20;

/** What a product's rows say of the product itself. */
type ProductColumn = Exclude<ProductTableColumn, 'label' | 'sku' | 'unit' | 'price' | 'stock' | 'weight_g' | SharedColumn>;
/** Said by each row; where all rows of a product say the same, it is the product's. */
const sharedColumns = ['grade', 'specs'] as const;
type SharedColumn = (typeof sharedColumns)[number];
/** Without them there is nothing to sell. */
const neededColumns = ['unit', 'price', 'stock'] as const;
const variantColumns: readonly ProductTableColumn[] = ['label', 'sku', 'unit', 'price', 'stock', 'weight_g', ...sharedColumns];
const factOf: Partial<Record<ProductTableColumn, keyof ProductFactsPatch>> = {
  origin: 'origin', geographical_indication: 'geographicalIndication', harvested_on: 'harvestedOn',
  storage: 'storage', trace_code: 'traceCode', return_rule: 'returnRule',
};

export interface PlannedVariant {
  /** Null for a new one. */
  id: string | null;
  values: RowValues;
}

export interface PlannedProduct {
  /** Null for a new one. */
  id: string | null;
  name: string;
  /** What changes of the product itself. */
  patch: { name?: string; description?: string; limitPerBuyer?: number; facts?: ProductFactsPatch };
  /** Those that are new or change. */
  variants: PlannedVariant[];
}

export interface Plan {
  preview: Omit<ProductTablePreview, 'encoding' | 'isApplied'>;
  products: PlannedProduct[];
}

/** A product of the table while its rows are read. */
interface Draft {
  known: Product | null;
  name: string;
  /** First words of the table on each column of the product. */
  said: RowValues;
  newVariants: number;
  rows: DraftRow[];
  planned: PlannedProduct;
}

/** What a row says of its variant. */
interface DraftRow {
  /** Null: a new one. */
  variant: Variant | null;
  values: RowValues;
  changed: readonly ProductTableColumn[];
}

/**
 * @param rows with the heading first
 * @param products the seller's products that are on sale
 * @throws FieldcastError `table.unreadable` (params `reason`: `heading`, `line`) without the columns that every table needs.
 */
export async function planTable(rows: readonly TableRow[], products: readonly Product[], currency: Currency): Promise<Plan> {
  const [heading, ...body] = rows;
  const columns = heading?.cells.map(columnOf) ?? [];
  if (!columns.includes('name') && !columns.includes('sku')) {
    throw new FieldcastError('table.unreadable', 'The table cannot be read: no column is headed name or sku.', { params: { reason: 'heading', line: heading?.line ?? 1 } });
  }
  const planner = new Planner(products, currency);
  const tally = new Tally();
  let turnEndsAt = performance.now() + TURN_MS;
  for (const row of body) {
    tally.add(planner.row(row, columns));
    if (performance.now() < turnEndsAt) continue;
    await nextTurn();
    turnEndsAt = performance.now() + TURN_MS;
  }
  const planned = planner.planned();
  const unknownColumns = heading?.cells.filter((cell, index) => cell !== '' && columns[index] === undefined).slice(0, UNKNOWN_LIMIT) ?? [];
  return {
    products: planned,
    preview: { ...tally.told(), newProducts: planned.filter(({ id }) => id === null).length, unknownColumns: unknownColumns.map((cell) => cell.slice(0, 60)) },
  };
}

/** A row with what it is about, by which two previews are told apart. */
type Judged = ProductTableRow & { target: string };

class Planner {
  readonly #currency: Currency;
  readonly #count: number;
  readonly #bySku = new Map<string, { product: Product; variant: Variant }>();
  readonly #byName = new Map<string, Product[]>();
  readonly #drafts = new Map<string, Draft>();
  /** Variants and numbers that a row has named. */
  readonly #taken = new Set<string>();
  readonly #plainNames = new Map<string, string>();
  #newProducts = 0;

  constructor(products: readonly Product[], currency: Currency) {
    this.#currency = currency;
    this.#count = products.length;
    for (const product of products) {
      const key = plainName(product.name);
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), product]);
      for (const variant of product.variants) if (variant.sku) this.#bySku.set(variant.sku, { product, variant });
    }
  }

  planned(): PlannedProduct[] {
    return [...this.#drafts.values()].map(shared).filter(({ id, patch, variants }) => variants.length > 0 || (id !== null && Object.keys(patch).length > 0));
  }

  row(row: TableRow, columns: readonly (ProductTableColumn | undefined)[]): Judged {
    const { told, values, name: written, fault } = this.#read(row, columns);
    const refuse = (kind: ProductTableFault, column: ProductTableColumn | null): Judged => ({ ...told, changes: [], state: 'refused', fault: { kind, column }, target: kind });
    if (fault) return refuse(fault.kind, fault.column);

    const found = values.sku === undefined ? undefined : this.#bySku.get(values.sku);
    const name = written ?? found?.product.name;
    if (name === undefined) return refuse('missing', 'name');
    const plain = this.#plain(name);
    const named = this.#byName.get(plain) ?? [];
    if (!found && named.length > 1) return refuse('ambiguous', 'name');
    if (found && named.length > 0 && !named.includes(found.product)) return refuse('other-product', 'sku');
    const known = found?.product ?? named[0] ?? null;
    const variant = found?.variant ?? known?.variants.find(({ label }) => label === (values.label ?? '')) ?? null;
    const key = known?.id ?? plain;
    const target = variant?.id ?? `${key}\n${values.label ?? ''}`;
    if (this.#taken.has(target)) return refuse('twice', null);
    if (values.sku !== undefined && this.#taken.has(`sku\n${values.sku}`)) return refuse('twice', 'sku');
    if (!variant) {
      const missing = neededColumns.find((column) => values[column] === undefined);
      if (missing) return refuse('missing', missing);
    }

    const draft = this.#drafts.get(key) ?? draftOf(known, name);
    // Typed in another case or width it is no other name; by its number a product can be renamed.
    if (plain !== this.#plain(draft.name)) values.name = name;
    const differs = productColumns(values).find((column) => draft.said[column] !== undefined && textOf(column, draft.said, this.#currency) !== textOf(column, values, this.#currency));
    if (differs) return refuse('differs', differs);
    if (!variant && (known?.variants.length ?? 0) + draft.newVariants >= VARIANT_LIMIT) return refuse('too-many-variants', null);
    if (!known && !this.#drafts.has(key) && this.#count + this.#newProducts >= PRODUCT_LIMIT) return refuse('catalogue-full', null);

    if (!known && !this.#drafts.has(key)) this.#newProducts += 1;
    this.#drafts.set(key, draft);
    this.#taken.add(target);
    if (values.sku !== undefined) this.#taken.add(`sku\n${values.sku}`);
    told.name = name;
    told.label = values.label ?? variant?.label ?? '';
    told.sku = values.sku ?? variant?.sku ?? '';
    const before = known && variant ? valuesOf(known, variant) : {};
    const changed = productTableColumns.filter((column) => values[column] !== undefined && textOf(column, before, this.#currency) !== textOf(column, values, this.#currency));
    // Told once, with the first row that says it.
    told.changes = changed
      .filter((column) => variantColumns.includes(column) || draft.said[column as ProductColumn] === undefined)
      .map((column) => ({ column, from: textOf(column, before, this.#currency).slice(0, 200), to: textOf(column, values, this.#currency).slice(0, 200) }));
    this.#note(draft, values, changed);
    draft.rows.push({ variant, values, changed });
    if (!variant) {
      draft.newVariants += 1;
      draft.planned.variants.push({ id: null, values });
      return { ...told, state: 'new', fault: null, target };
    }
    const own = Object.fromEntries(Object.entries(values).filter(([column]) => variantColumns.includes(column as ProductTableColumn) && changed.includes(column as ProductTableColumn)));
    if (Object.keys(own).length > 0) draft.planned.variants.push({ id: variant.id, values: own });
    return { ...told, state: told.changes.length > 0 ? 'changed' : 'unchanged', fault: null, target };
  }

  /** What the cells say, and the first thing that is wrong with them. The name is apart: it says which product is meant. */
  #read({ line, cells }: TableRow, columns: readonly (ProductTableColumn | undefined)[]) {
    const values: RowValues = {};
    const told = { line, name: '', label: '', sku: '', changes: [] as ProductTableRow['changes'] };
    let name: string | undefined;
    let fault: { kind: ProductTableFault; column: ProductTableColumn } | undefined;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const cell = plainCell(cells[index] ?? '');
      if (!column || cell === '') continue;
      if (column === 'name' || column === 'label' || column === 'sku') told[column] = cell.slice(0, 80);
      const value = cell.includes(UNREADABLE) ? undefined : valueOf(column, cell, this.#currency);
      if (value === undefined) fault ??= { kind: cell.includes(UNREADABLE) ? 'unreadable' : 'wrong', column };
      else if (column === 'name') name = value as string;
      else (values as Record<string, unknown>)[column] = value;
    }
    return { told, values, name, fault };
  }

  #plain(name: string): string {
    let plain = this.#plainNames.get(name);
    if (plain === undefined) this.#plainNames.set(name, (plain = plainName(name)));
    return plain;
  }

  #note({ known, said, planned }: Draft, values: RowValues, changed: readonly ProductTableColumn[]): void {
    for (const column of productColumns(values)) {
      Object.assign(said, { [column]: values[column] });
      if (known && !changed.includes(column)) continue;
      const fact = factOf[column];
      if (fact) planned.patch.facts = { ...planned.patch.facts, [fact]: values[column] };
      else if (column === 'limit_per_buyer') planned.patch.limitPerBuyer = values.limit_per_buyer as number;
      else if (column === 'name' || column === 'description') planned.patch[column] = values[column] as string;
    }
  }
}

function draftOf(known: Product | null, name: string): Draft {
  return { known, name: known?.name ?? name, said: {}, newVariants: 0, rows: [], planned: { id: known?.id ?? null, name, patch: {}, variants: [] } };
}

/** Grade and specs that all variants have in common are told of the product; where they differ each variant has its own. */
function shared({ known, rows, planned }: Draft): PlannedProduct {
  for (const column of sharedColumns) {
    if (!rows.some(({ changed }) => changed.includes(column))) continue;
    // Of a new product it may be said once; of a known one a blank cell leaves its variant as it is.
    const areAllNamed = !known || (rows.every(({ values }) => values[column] !== undefined) && known.variants.every(({ id }) => rows.some(({ variant }) => variant?.id === id)));
    const value = rows.find(({ values }) => values[column] !== undefined)?.values[column];
    if (!areAllNamed || rows.some(({ values }) => values[column] !== undefined && plainText(values[column]) !== plainText(value))) continue;
    planned.patch.facts = { ...planned.patch.facts, [column]: value };
    for (const { variant, values } of rows) {
      const plan = planned.variants.find(({ id, values: own }) => (variant === null ? own === values : id === variant.id));
      if (variant?.[column] === undefined) delete plan?.values[column];
      else if (plan) Object.assign(plan.values, { [column]: column === 'grade' ? '' : [] });
      else planned.variants.push({ id: variant.id, values: column === 'grade' ? { grade: '' } : { specs: [] } });
    }
  }
  planned.variants = planned.variants.filter(({ id, values }) => id === null || Object.keys(values).length > 0);
  return planned;
}

const plainText = (value: RowValues[SharedColumn]): string => JSON.stringify(value);

function productColumns(values: RowValues): ProductColumn[] {
  return (Object.keys(values) as ProductTableColumn[]).filter((column): column is ProductColumn => !variantColumns.includes(column));
}

/** Case and width make no other product. */
function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** A variant and its product as a row would say them. */
export function valuesOf(product: Product, variant: Variant): RowValues {
  const { facts = {} } = product;
  return {
    name: product.name,
    label: variant.label,
    sku: variant.sku ?? '',
    unit: variant.unit,
    price: variant.priceMinor,
    stock: variant.stock,
    description: product.description,
    grade: variant.grade ?? facts.grade ?? '',
    specs: variant.specs ?? facts.specs ?? [],
    origin: facts.origin ?? '',
    geographical_indication: facts.geographicalIndication ?? '',
    harvested_on: facts.harvestedOn ?? '',
    storage: facts.storage ?? '',
    trace_code: facts.traceCode ?? '',
    return_rule: facts.returnRule ?? '',
    ...(variant.weightGrams === undefined ? {} : { weight_g: variant.weightGrams }),
    ...(product.limitPerBuyer === undefined ? {} : { limit_per_buyer: product.limitPerBuyer }),
  };
}

/** A value as it is written in a cell. */
export function textOf(column: ProductTableColumn, values: RowValues, currency: Currency): string {
  const value = values[column];
  if (value === undefined) return '';
  if (column === 'price') return (Number(value) / 10 ** minorUnitExponent(currency)).toFixed(minorUnitExponent(currency));
  if (Array.isArray(value)) return value.map((spec) => `${spec.name}: ${spec.value}`).join('; ');
  return String(value as string | number | Unit);
}

/** A cell as it was before it was kept from being a formula, by this server or by a careful person. */
function plainCell(cell: string): string {
  const text = cell.trim();
  return /^'\s*[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text;
}

/** Counts all rows, keeps those that are told, and names them all in one fingerprint. */
class Tally {
  readonly #counts: ProductTablePreview['counts'] = { new: 0, changed: 0, unchanged: 0, refused: 0 };
  readonly #told: Record<ProductTableRow['state'], ProductTableRow[]> = { refused: [], new: [], changed: [], unchanged: [] };
  readonly #hash = createHash('sha256');

  add({ target, ...row }: Judged): void {
    this.#counts[row.state] += 1;
    const told = this.#told[row.state];
    if (told.length < PRODUCT_PREVIEW_LIMIT) told.push(row);
    // Not what it is now: an order that comes in between changes the stock, and not what was agreed to.
    this.#hash.update(`${row.line}\n${target}\n${row.state === 'refused' || row.state === 'new' ? row.state : 'known'}\n`);
  }

  told(): Pick<ProductTablePreview, 'counts' | 'rows' | 'fingerprint'> {
    const { refused, new: fresh, changed, unchanged } = this.#told;
    const touched = [...fresh, ...changed].sort((one, other) => one.line - other.line);
    return { counts: this.#counts, rows: [...refused, ...touched, ...unchanged].slice(0, PRODUCT_PREVIEW_LIMIT), fingerprint: this.#hash.digest('hex') };
  }
}
