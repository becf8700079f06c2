// Owns practice sellers: a seller beside the real one with copies of some products, whose stock, prices and orders touch nothing else.
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { newId } from '../../protocol/ids.ts';
import { holdsStock } from '../../protocol/order.ts';
import { insertProduct, readProducts } from '../catalogue.ts';
import type { Pictures } from '../pictures.ts';
import type { ShopTables } from '../schema.ts';
import { eraseWithAll } from './erase-with-all.ts';

/** A copied variant beside its original as that is now. */
export interface CopiedVariant {
  copyId: string;
  sourceId: string;
  /** Of the original when it was copied. */
  copiedMinor: number;
}

export interface CopiedProduct {
  copyId: string;
  sourceId: string;
  variants: CopiedVariant[];
}

export class Practice {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #pictures: Pictures;

  constructor({ database, clock, pictures }: { database: Database; clock: Clock; pictures: Pictures }) {
    this.#database = database;
    this.#clock = clock;
    this.#pictures = pictures;
  }

  /**
   * Opens a practice seller with copies of these products, on sale with their present stock.
   * @param keptDays how long its recordings are kept
   * @returns its id. @throws FieldcastError `not-found` for a seller who is none or who practises themselves, and for a product of another or that was put away
   */
  async open(request: { sellerId: string; productIds: readonly string[]; keptDays: number }, once: Once | undefined): Promise<string> {
    const now = this.#clock.now();
    const { value } = await this.#database.writeOnce<ShopTables, { id: string }>(once, now, async (transaction) => {
      const seller = await transaction.selectFrom('sellers').selectAll().where('id', '=', request.sellerId).executeTakeFirst();
      if (!seller || seller.practice_of !== null) throw new FieldcastError('not-found', 'There is no such seller.');
      const id = newId('sel');
      await transaction
        .insertInto('sellers')
        .values({ ...seller, id, last_order_number: 0, retention_days: request.keptDays, retention_gb: null, created_at: now, practice_of: seller.id })
        .execute();
      const products = await readProducts(transaction, [...new Set(request.productIds)]);
      const strange = request.productIds.find((productId) => !products.some((product) => product.id === productId && product.sellerId === seller.id && !product.archived));
      if (strange !== undefined) throw new FieldcastError('not-found', 'There is no such product of this seller.', { params: { productId: strange } });
      for (const product of products) {
        const variants = product.variants.map((variant) => ({ ...variant, id: undefined }));
        const copyId = await insertProduct(transaction, id, { ...product, variants }, now);
        await transaction.insertInto('practice_products').values({ product_id: copyId, source_id: product.id }).execute();
        const copies = await transaction.selectFrom('variants').select('id').where('product_id', '=', copyId).orderBy('position').execute();
        const rows = copies.flatMap((copy, at) => {
          const source = product.variants[at];
          return source ? [{ variant_id: copy.id, source_id: source.id, price_minor: source.priceMinor }] : [];
        });
        if (rows.length > 0) await transaction.insertInto('practice_variants').values(rows).execute();
      }
      return { id };
    });
    return value.id;
  }

  /** The real seller behind a practice seller; undefined for any other. */
  async realSellerOf(sellerId: string): Promise<string | undefined> {
    const row = await this.#database.read<ShopTables>().selectFrom('sellers').select('practice_of').where('id', '=', sellerId).executeTakeFirst();
    return row?.practice_of ?? undefined;
  }

  /** What a practice seller's products and variants are copies of; what was made for practice alone is left out. */
  async copies(sellerId: string): Promise<CopiedProduct[]> {
    const read = this.#database.read<ShopTables>();
    const [products, variants] = await Promise.all([
      read.selectFrom('practice_products').innerJoin('products', 'products.id', 'practice_products.product_id').select(['product_id', 'source_id']).where('seller_id', '=', sellerId).execute(),
      read
        .selectFrom('practice_variants')
        .innerJoin('variants', 'variants.id', 'practice_variants.variant_id')
        .innerJoin('products', 'products.id', 'variants.product_id')
        .select(['variant_id', 'product_id', 'source_id', 'practice_variants.price_minor as copied'])
        .where('seller_id', '=', sellerId)
        .orderBy('product_id')
        .orderBy('variants.position')
        .execute(),
    ]);
    return products.map((product) => ({
      copyId: product.product_id,
      sourceId: product.source_id,
      variants: variants.filter(({ product_id }) => product_id === product.product_id).map((row) => ({ copyId: row.variant_id, sourceId: row.source_id, copiedMinor: row.copied })),
    }));
  }

  /** How much of each variant of a product orders in practice hold. */
  async taken(productId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('order_lines')
      .innerJoin('orders', 'orders.id', 'order_lines.order_id')
      .select((eb) => ['variant_id', 'state', 'first_paid', eb.fn.sum<number>('quantity').as('quantity')])
      .where('product_id', '=', productId)
      .groupBy(['variant_id', 'state', 'first_paid'])
      .execute();
    const taken = new Map<string, number>();
    for (const { variant_id, state, first_paid, quantity } of rows) if (holdsStock({ state, isFirstPaid: first_paid === 1 })) taken.set(variant_id, (taken.get(variant_id) ?? 0) + quantity);
    return taken;
  }

  /** From now on a product that was made in practice is a copy of this one, which has the same variants. */
  async link(madeId: string, sourceId: string): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const of = (productId: string) => transaction.selectFrom('variants').select(['id', 'price_minor']).where('product_id', '=', productId).orderBy('position').execute();
      const [made, sources] = [await of(madeId), await of(sourceId)];
      await transaction.insertInto('practice_products').values({ product_id: madeId, source_id: sourceId }).execute();
      const rows = made.flatMap(({ id }, at) => (sources[at] ? [{ variant_id: id, source_id: sources[at].id, price_minor: sources[at].price_minor }] : []));
      if (rows.length > 0) await transaction.insertInto('practice_variants').values(rows).execute();
    });
  }

  /** Takes that back: what this practice seller has as a copy of these is made for practice alone again. */
  async unlink(sellerId: string, sourceIds: readonly string[]): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const rows = await transaction.selectFrom('practice_products').innerJoin('products', 'products.id', 'product_id').select('product_id').where('seller_id', '=', sellerId).where('source_id', 'in', sourceIds).execute();
      const made = rows.map(({ product_id }) => product_id);
      await transaction.deleteFrom('practice_variants').where('variant_id', 'in', (eb) => eb.selectFrom('variants').select('id').where('product_id', 'in', made)).execute();
      await transaction.deleteFrom('practice_products').where('product_id', 'in', made).execute();
    });
  }

  /**
   * Erases a practice seller with everything that refers to it: products, orders, promotions, money, and the pictures that were taken for it.
   * Any other seller is left alone.
   */
  async erase(sellerId: string): Promise<void> {
    const read = this.#database.read<ShopTables>();
    const seller = await read.selectFrom('sellers').select(['practice_of', 'created_at']).where('id', '=', sellerId).executeTakeFirst();
    if (!seller?.practice_of) return;
    const products = read.selectFrom('products').select('id').where('seller_id', '=', sellerId);
    const shown = await read.selectFrom('product_pictures').select('picture_id').where('product_id', 'in', products).execute();
    // An order keeps the picture that its goods had then.
    const ordered = await read.selectFrom('order_lines').select('picture_id').distinct().where('product_id', 'in', products).execute();
    const pictures = [...shown, ...ordered].flatMap(({ picture_id }) => picture_id ?? []);
    await this.#database.write<ShopTables, void>((transaction) => eraseWithAll(transaction, 'sellers', sellerId));
    await this.#pictures.eraseUnused(pictures, seller.created_at);
  }
}
