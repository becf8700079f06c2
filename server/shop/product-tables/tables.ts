// Owns products as tables: the preview of taking one in, taking it in, and writing one out.
import { createHash } from 'node:crypto';
import { csvFile } from '../../platform/csv.ts';
import { decodeTable } from '../../platform/csv-decode.ts';
import { parseTable } from '../../platform/csv-parse.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { PRODUCT_TABLE_ROW_LIMIT, productTableColumns, type ProductTablePreview } from '../../protocol/product-table.ts';
import type { Seller } from '../../protocol/shop.ts';
import { type Catalogue, insertProduct, putVariant, readProducts, updateProduct, updateVariant } from '../catalogue.ts';
import type { Commits, Work } from '../commits.ts';
import type { Sellers } from '../sellers.ts';
import { headings, type RowValues, unitCell } from './columns.ts';
import { type PlannedProduct, type PlannedVariant, planTable, textOf, valuesOf } from './plan.ts';

/** Products of one commit: orders of meanwhile go between. */
const BATCH = 20;

export class Tables {
  readonly #catalogue: Catalogue;
  readonly #sellers: Sellers;
  readonly #commits: Commits;
  /** One at a time: a large one takes a second of a core and a hundred megabytes. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: { catalogue: Catalogue; sellers: Sellers; commits: Commits }) {
    this.#catalogue = deps.catalogue;
    this.#sellers = deps.sellers;
    this.#commits = deps.commits;
  }

  /**
   * What a table would change, and with `apply` the change, in batches: cut short, the same table sent again does the rest.
   * @param options.expect fingerprint of the preview that was agreed to
   * @throws FieldcastError `table.unreadable` (params `reason`, `line`), `import.changed` when it is another preview by now, `not-found`.
   */
  take(sellerId: string, bytes: Uint8Array, options: { apply: boolean; expect?: string | undefined }): Promise<ProductTablePreview> {
    const mine = this.#turn.then(() => this.#take(sellerId, bytes, options));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** The products on sale, a row for each variant. @throws FieldcastError `not-found`. */
  async write(sellerId: string): Promise<Uint8Array> {
    const { currency } = await this.#seller(sellerId);
    const products = await this.#catalogue.list({ sellerId });
    const rows = products.flatMap((product) =>
      product.variants.map((variant) => {
        const values = valuesOf(product, variant);
        return productTableColumns.map((column) => (column === 'unit' ? unitCell(variant.unit) : textOf(column, values, currency)));
      }),
    );
    return csvFile(productTableColumns.map((column) => headings[column]), rows);
  }

  async #take(sellerId: string, bytes: Uint8Array, { apply, expect }: { apply: boolean; expect?: string | undefined }): Promise<ProductTablePreview> {
    const { currency } = await this.#seller(sellerId);
    const { text, encoding } = decodeTable(bytes);
    const rows = await parseTable(text, { mostRows: PRODUCT_TABLE_ROW_LIMIT + 1 });
    const { preview, products } = await planTable(rows, await this.#catalogue.list({ sellerId }), currency);
    // The rows alone would be the same for other prices.
    const fingerprint = createHash('sha256').update(sellerId).update(bytes).update(preview.fingerprint).digest('hex');
    if (expect !== undefined && expect !== fingerprint) throw new FieldcastError('import.changed', 'Taking the table in would do something else by now.');
    if (apply) {
      for (let at = 0; at < products.length; at += BATCH) await this.#apply(sellerId, products.slice(at, at + BATCH));
    }
    return { ...preview, encoding, fingerprint, isApplied: apply };
  }

  async #apply(sellerId: string, products: readonly PlannedProduct[]): Promise<void> {
    const done = { id: sellerId };
    await this.#commits.run(
      undefined,
      async (work) => {
        const ids: string[] = [];
        for (const product of products) ids.push(await applyProduct(work, sellerId, product));
        for (const product of await readProducts(work.transaction, ids)) work.tell('product.changed', { product });
        return done;
      },
      async () => done,
    );
  }

  async #seller(id: string): Promise<Seller> {
    const seller = await this.#sellers.find(id);
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    return seller;
  }
}

async function applyProduct({ transaction, now }: Work, sellerId: string, { id, name, patch, variants }: PlannedProduct): Promise<string> {
  if (id === null) {
    return insertProduct(transaction, sellerId, { description: '', ...patch, name, pictures: [], variants: variants.map(newVariant) }, now);
  }
  if (Object.keys(patch).length > 0) await updateProduct(transaction, id, patch);
  for (const variant of variants) {
    if (variant.id === null) await putVariant(transaction, id, newVariant(variant), now);
    else await updateVariant(transaction, variant.id, given(variant.values), now);
  }
  return id;
}

function newVariant({ values }: PlannedVariant) {
  // The plan refuses a new variant without them.
  const { unit, price, stock } = values as Required<Pick<RowValues, 'unit' | 'price' | 'stock'>>;
  return { label: '', unit, priceMinor: price, stock, ...given(values) };
}

function given({ label, unit, price, stock, sku, weight_g: weightGrams, grade, specs }: RowValues) {
  return {
    ...(label === undefined ? {} : { label }),
    ...(unit === undefined ? {} : { unit }),
    ...(price === undefined ? {} : { priceMinor: price }),
    ...(stock === undefined ? {} : { stock }),
    ...(sku === undefined ? {} : { sku }),
    ...(weightGrams === undefined ? {} : { weightGrams }),
    ...(grade === undefined ? {} : { grade }),
    ...(specs === undefined ? {} : { specs }),
  };
}
