// Owns products and their variants: what they are called, look like and cost. How many are left is changed in stock.ts.
import { type Kysely, sql, type Transaction } from 'kysely';
import type * as v from 'valibot';
import { compileOnce } from '../platform/db/compile-once.ts';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { newId } from '../protocol/ids.ts';
import { type Product, type ProductRequest, type productPatch, VARIANT_LIMIT, type Variant, type variantPatch, type variantRequest } from '../protocol/shop.ts';
import type { Commits, Work } from './commits.ts';
import type { ShopTables } from './schema.ts';
import { adjust, factOf } from './stock.ts';

type ProductPatch = v.InferOutput<typeof productPatch>;
type VariantRequest = v.InferOutput<typeof variantRequest>;
type VariantPatch = v.InferOutput<typeof variantPatch>;

/** A list that a person scrolls; a cooperative has hundreds of products, not thousands. */
const LIST_LIMIT = 2_000;

export class Catalogue {
  readonly #database: Database;
  readonly #commits: Commits;

  constructor(deps: { database: Database; commits: Commits }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
  }

  /** @throws FieldcastError `not-found`. */
  async product(id: string): Promise<Product> {
    const [product] = await this.products([id]);
    return product ?? missing('product');
  }

  /** Products in the order asked; ids that name none are left out. Archived ones are among them. */
  products(ids: readonly string[]): Promise<Product[]> {
    return readProducts(this.#database.read<ShopTables>(), ids);
  }

  /** The seller's products, newest first: those on sale, or with `archived` those put away. */
  async list(filter: { sellerId: string; archived?: boolean }): Promise<Product[]> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('products')
      .select('id')
      .where('seller_id', '=', filter.sellerId)
      .where('archived', '=', filter.archived ? 1 : 0)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(LIST_LIMIT)
      .execute();
    return this.products(rows.map((row) => row.id));
  }

  /** Seller of a product or of a variant. @throws FieldcastError `not-found`. */
  async sellerOf(id: string): Promise<string> {
    const row = await this.#database
      .read<ShopTables>()
      .selectFrom('products')
      .select('seller_id')
      .where((eb) => eb.or([eb('id', '=', id), eb('id', '=', eb.selectFrom('variants').select('product_id').where('variants.id', '=', id))]))
      .executeTakeFirst();
    return row?.seller_id ?? missing('product or variant');
  }

  /** @throws FieldcastError `not-found` for an unknown seller, `input.invalid` for an unknown picture. */
  create(sellerId: string, request: ProductRequest, once?: Once): Promise<Product> {
    return this.#write(once, async ({ transaction, now }) => {
      const seller = await transaction.selectFrom('sellers').select('id').where('id', '=', sellerId).executeTakeFirst();
      if (!seller) missing('seller');
      const id = newId('prd');
      const { name, description } = request;
      await transaction
        .insertInto('products')
        .values({ id, seller_id: sellerId, name, description, archived: 0, created_at: now })
        .execute();
      await setPictures(transaction, id, request.pictures);
      for (const variant of request.variants) await putVariant(transaction, id, variant);
      return id;
    });
  }

  /** Changes what the patch names. @throws FieldcastError `not-found`, `input.invalid` for an unknown picture. */
  change(id: string, patch: ProductPatch): Promise<Product> {
    return this.#write(undefined, async ({ transaction }) => {
      const { numUpdatedRows } = await transaction
        .updateTable('products')
        .set({
          id, // A patch of pictures alone sets nothing else, and an UPDATE has to set something.
          ...(patch.name === undefined ? {} : { name: patch.name }),
          ...(patch.description === undefined ? {} : { description: patch.description }),
          ...(patch.archived === undefined ? {} : { archived: patch.archived ? 1 : 0 }),
        })
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) missing('product');
      if (patch.pictures) await setPictures(transaction, id, patch.pictures);
      return id;
    });
  }

  /** Adds a variant, or changes the one whose id is given. @throws FieldcastError `not-found`, `input.invalid` when there are too many. */
  setVariant(productId: string, request: VariantRequest, once?: Once): Promise<Product> {
    return this.#write(once, async ({ transaction }) => {
      const product = await transaction.selectFrom('products').select('id').where('id', '=', productId).executeTakeFirst();
      if (!product) missing('product');
      await putVariant(transaction, productId, request);
      return productId;
    });
  }

  /** Changes what the patch names. @throws FieldcastError `not-found`, `stock.insufficient` when `stockDelta` leads below zero. */
  changeVariant(id: string, patch: VariantPatch, once?: Once): Promise<Product> {
    // Price and stock go out as the small fact that is gathered over a rush; words need the whole product.
    const isWording = patch.label !== undefined || patch.unit !== undefined;
    return this.#write(
      once,
      async ({ transaction }) => {
        const row = await transaction
          .updateTable('variants')
          .set({
            id,
            ...(patch.label === undefined ? {} : { label: patch.label }),
            ...(patch.unit === undefined ? {} : { unit: patch.unit }),
            ...(patch.priceMinor === undefined ? {} : { price_minor: patch.priceMinor }),
            ...(patch.stock === undefined ? {} : { stock: patch.stock }),
          })
          .where('id', '=', id)
          .returning('product_id')
          .executeTakeFirst();
        if (!row) return missing('variant');
        if (patch.stockDelta) await adjust(transaction, id, patch.stockDelta);
        return row.product_id;
      },
      async ({ transaction, tell }, product) => {
        if (isWording) tell('product.changed', { product });
        else tell('variants.changed', { sellerId: product.sellerId, variants: [await factOf(transaction, id)] });
      },
    );
  }

  /** Runs a write that answers a product id, and answers that product. */
  #write(
    once: Once | undefined,
    run: (work: Work) => Promise<string>,
    announce: (work: Work, product: Product) => unknown = ({ tell }, product) => tell('product.changed', { product }),
  ): Promise<Product> {
    return this.#commits.run(
      once,
      async (work) => {
        const [product] = await readProducts(work.transaction, [await run(work)]);
        if (!product) return missing('product');
        await announce(work, product);
        return product;
      },
      (id) => this.product(id),
    );
  }
}

/** What an order needs to know of a variant, whatever its product's state. */
export const offerOf = compileOnce<ShopTables, { variantId: string }>()((database, param) =>
  database
    .selectFrom('variants')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .leftJoin('product_pictures', (join) =>
      join.onRef('product_pictures.product_id', '=', 'products.id').on('product_pictures.position', '=', sql.lit(0)),
    )
    .select([
      'variants.product_id as productId',
      'variants.label',
      'variants.unit',
      'variants.price_minor as priceMinor',
      'products.name',
      'products.seller_id as sellerId',
      'products.archived',
      'product_pictures.picture_id as pictureId',
    ])
    .where('variants.id', '=', param('variantId')),
);

async function readProducts(database: Kysely<ShopTables>, ids: readonly string[]): Promise<Product[]> {
  if (ids.length === 0) return [];
  const [products, variants, pictures] = await Promise.all([
    database
      .selectFrom('products')
      .innerJoin('sellers', 'sellers.id', 'products.seller_id')
      .select(['products.id', 'seller_id', 'products.name', 'description', 'currency', 'archived'])
      .where('products.id', 'in', ids)
      .execute(),
    database
      .selectFrom('variants')
      .select(['id', 'product_id', 'label', 'unit', 'price_minor as priceMinor', 'stock'])
      .where('product_id', 'in', ids)
      .orderBy('product_id')
      .orderBy('position')
      .execute(),
    database
      .selectFrom('product_pictures')
      .selectAll()
      .where('product_id', 'in', ids)
      .orderBy('product_id')
      .orderBy('position')
      .execute(),
  ]);
  const byId = new Map<string, Product>();
  for (const { seller_id: sellerId, archived, ...rest } of products) {
    byId.set(rest.id, { ...rest, sellerId, archived: archived === 1, pictures: [], variants: [] });
  }
  for (const { product_id: productId, ...variant } of variants) byId.get(productId)?.variants.push(variant satisfies Variant);
  for (const each of pictures) byId.get(each.product_id)?.pictures.push(each.picture_id);
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function setPictures(transaction: Transaction<ShopTables>, productId: string, pictureIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(pictureIds)];
  await transaction.deleteFrom('product_pictures').where('product_id', '=', productId).execute();
  if (wanted.length === 0) return;
  const known = await transaction.selectFrom('pictures').select('id').where('id', 'in', wanted).execute();
  if (known.length < wanted.length) {
    throw new FieldcastError('input.invalid', 'A picture is not known here; upload it first.', {
      issues: [{ path: 'body.pictures', message: 'unknown picture' }],
    });
  }
  const rows = wanted.map((pictureId, position) => ({ product_id: productId, position, picture_id: pictureId }));
  await transaction.insertInto('product_pictures').values(rows).execute();
}

async function putVariant(transaction: Transaction<ShopTables>, productId: string, request: VariantRequest): Promise<void> {
  const columns = { label: request.label, unit: request.unit, price_minor: request.priceMinor, stock: request.stock };
  if (request.id !== undefined) {
    const { numUpdatedRows } = await transaction
      .updateTable('variants')
      .set(columns)
      .where('id', '=', request.id)
      .where('product_id', '=', productId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) missing('variant of this product');
    return;
  }
  const { count } = await transaction
    .selectFrom('variants')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('product_id', '=', productId)
    .executeTakeFirstOrThrow();
  if (count >= VARIANT_LIMIT) {
    throw new FieldcastError('input.invalid', `A product has at most ${VARIANT_LIMIT} variants.`);
  }
  await transaction.insertInto('variants').values({ id: newId('var'), product_id: productId, position: count, ...columns }).execute();
}

function missing(what: string): never {
  throw new FieldcastError('not-found', `There is no such ${what}.`);
}
