// Owns products and their variants: what they are called, look like and cost. How many are left is changed in stock.ts.
import { type Kysely, sql, type Transaction } from 'kysely';
import type * as v from 'valibot';
import { compileOnce } from '../platform/db/compile-once.ts';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { newId } from '../protocol/ids.ts';
import type { ProductFacts, ProductFactsPatch, Specs } from '../protocol/product-facts.ts';
import { type Product, type ProductRequest, type productPatch, VARIANT_LIMIT, type Variant, type variantPatch, type variantRequest } from '../protocol/shop.ts';
import type { Commits, Work } from './commits.ts';
import { noteListPrice } from './promotions/price-record/record.ts';
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
      return insertProduct(transaction, sellerId, request, now);
    });
  }

  /** Changes what the patch names. @throws FieldcastError `not-found`, `input.invalid` for an unknown picture. */
  change(id: string, patch: ProductPatch): Promise<Product> {
    return this.#write(undefined, async ({ transaction }) => {
      await updateProduct(transaction, id, patch);
      return id;
    });
  }

  /** Adds a variant, or changes the one whose id is given. @throws FieldcastError `not-found`, `input.invalid` when there are too many. */
  setVariant(productId: string, request: VariantRequest, once?: Once): Promise<Product> {
    return this.#write(once, async ({ transaction, now }) => {
      const product = await transaction.selectFrom('products').select('id').where('id', '=', productId).executeTakeFirst();
      if (!product) missing('product');
      await putVariant(transaction, productId, request, now);
      return productId;
    });
  }

  /** Changes what the patch names. @throws FieldcastError `not-found`, `stock.insufficient` when `stockDelta` leads below zero. */
  changeVariant(id: string, patch: VariantPatch, once?: Once): Promise<Product> {
    // Price and stock go out as the small fact that is gathered over a rush; words need the whole product.
    const isWording = [patch.label, patch.unit, patch.sku, patch.weightGrams, patch.grade, patch.specs, patch.archived].some((part) => part !== undefined);
    return this.#write(
      once,
      async ({ transaction, now }) => {
        const productId = await updateVariant(transaction, id, patch, now);
        if (patch.stockDelta) await adjust(transaction, id, patch.stockDelta);
        return productId;
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
        const id = await run(work);
        // What somebody waits for is theirs before anybody reads that it is there.
        await work.follow();
        const [product] = await readProducts(work.transaction, [id]);
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
      sql<string>`coalesce(nullif(variants.grade, ''), json_extract(products.facts, '$.grade'), '')`.as('grade'),
      sql<string>`coalesce(json_extract(products.facts, '$.traceCode'), '')`.as('traceCode'),
      'variants.unit',
      'variants.price_minor as priceMinor',
      'variants.stock',
      'variants.weight_grams as weightGrams',
      'products.limit_per_buyer as limitPerBuyer',
      'products.name',
      'products.seller_id as sellerId',
      sql<0 | 1>`max(products.archived, variants.archived)`.as('archived'),
      'product_pictures.picture_id as pictureId',
    ])
    .where('variants.id', '=', param('variantId')),
);

/** @returns the id of the new product. @throws FieldcastError `input.invalid` for an unknown picture or a sku that another variant has. */
export async function insertProduct(transaction: Transaction<ShopTables>, sellerId: string, request: Omit<ProductRequest, 'sellerId'>, now: number): Promise<string> {
  const id = newId('prd');
  const { name, description, facts = {}, limitPerBuyer = null } = request;
  await transaction
    .insertInto('products')
    .values({ id, seller_id: sellerId, name, description, archived: 0, created_at: now, facts: JSON.stringify(merged({}, facts)), limit_per_buyer: limitPerBuyer })
    .execute();
  await setPictures(transaction, id, request.pictures);
  for (const variant of request.variants) await putVariant(transaction, id, variant, now);
  return id;
}

/** Changes what the patch names. @throws FieldcastError `not-found`, `input.invalid` for an unknown picture. */
export async function updateProduct(transaction: Transaction<ShopTables>, id: string, patch: ProductPatch): Promise<void> {
  const before = await transaction.selectFrom('products').select('facts').where('id', '=', id).executeTakeFirst();
  if (!before) return missing('product');
  await transaction
    .updateTable('products')
    .set({
      id, // A patch of pictures alone sets nothing else, and an UPDATE has to set something.
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.description === undefined ? {} : { description: patch.description }),
      ...(patch.archived === undefined ? {} : { archived: patch.archived ? 1 : 0 }),
      ...(patch.limitPerBuyer === undefined ? {} : { limit_per_buyer: patch.limitPerBuyer }),
      ...(patch.facts === undefined ? {} : { facts: JSON.stringify(merged(JSON.parse(before.facts) as ProductFacts, patch.facts)) }),
    })
    .where('id', '=', id)
    .execute();
  if (patch.pictures) await setPictures(transaction, id, patch.pictures);
}

/** Facts with a patch over them; what is empty then is not kept. */
function merged(facts: ProductFacts, patch: ProductFactsPatch): ProductFacts {
  const entries = Object.entries({ ...facts, ...patch }).filter(([, value]) => value !== undefined && value !== null && value.length > 0);
  return Object.fromEntries(entries) as ProductFacts;
}

export async function readProducts(database: Kysely<ShopTables>, ids: readonly string[]): Promise<Product[]> {
  if (ids.length === 0) return [];
  const [products, variants, pictures] = await Promise.all([
    database
      .selectFrom('products')
      .innerJoin('sellers', 'sellers.id', 'products.seller_id')
      .select(['products.id', 'seller_id', 'products.name', 'description', 'currency', 'archived', 'facts', 'limit_per_buyer'])
      .where('products.id', 'in', ids)
      .execute(),
    database
      .selectFrom('variants')
      .select(['id', 'product_id', 'label', 'unit', 'price_minor as priceMinor', 'stock', 'sku', 'weight_grams', 'grade', 'specs'])
      .where('product_id', 'in', ids)
      .where('archived', '=', 0)
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
  for (const { seller_id: sellerId, archived, facts, limit_per_buyer: limitPerBuyer, ...rest } of products) {
    const product: Product = { ...rest, sellerId, archived: archived === 1, pictures: [], variants: [] };
    if (facts !== '{}') product.facts = JSON.parse(facts) as ProductFacts;
    if (limitPerBuyer !== null) product.limitPerBuyer = limitPerBuyer;
    byId.set(rest.id, product);
  }
  for (const { product_id: productId, sku, weight_grams: weightGrams, grade, specs, ...rest } of variants) {
    const variant: Variant = { ...rest, ...(sku === '' ? {} : { sku }), ...(weightGrams === null ? {} : { weightGrams }), ...(grade === '' ? {} : { grade }) };
    if (specs !== '[]') variant.specs = JSON.parse(specs) as Specs;
    byId.get(productId)?.variants.push(variant);
  }
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

/** Adds a variant, or changes the one whose id is given. */
export async function putVariant(transaction: Transaction<ShopTables>, productId: string, request: VariantRequest, now: number): Promise<void> {
  const columns = {
    label: request.label,
    unit: request.unit,
    price_minor: request.priceMinor,
    stock: request.stock,
    ...(request.sku === undefined ? {} : { sku: request.sku }),
    ...(request.weightGrams === undefined ? {} : { weight_grams: request.weightGrams }),
    ...(request.grade === undefined ? {} : { grade: request.grade }),
    ...(request.specs === undefined ? {} : { specs: JSON.stringify(request.specs) }),
  };
  if (request.id !== undefined) {
    const { numUpdatedRows } = await transaction
      .updateTable('variants')
      .set(columns)
      .where('id', '=', request.id)
      .where('product_id', '=', productId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) missing('variant of this product');
    await noteListPrice(transaction, request.id, request.priceMinor, now);
    if (request.sku) await requireOwnSku(transaction, request.id, request.sku);
    return;
  }
  const position = await nextPosition(transaction, productId);
  const id = newId('var');
  await transaction.insertInto('variants').values({ id, product_id: productId, position, ...columns }).execute();
  await noteListPrice(transaction, id, request.priceMinor, now);
  if (request.sku) await requireOwnSku(transaction, id, request.sku);
}

/** After those there are, put away or not. @throws FieldcastError `input.invalid` when no more are taken. */
async function nextPosition(transaction: Transaction<ShopTables>, productId: string): Promise<number> {
  const rows = await transaction.selectFrom('variants').select(['position', 'archived']).where('product_id', '=', productId).execute();
  if (rows.filter(({ archived }) => archived === 0).length >= VARIANT_LIMIT) throw new FieldcastError('input.invalid', `A product has at most ${VARIANT_LIMIT} variants.`);
  return rows.reduce((next, { position }) => Math.max(next, position + 1), 0);
}

/** Puts a variant away, or brings it back as the last one. @throws FieldcastError `input.invalid` for the last that is sold, and when there are too many. */
async function putAway(transaction: Transaction<ShopTables>, id: string, productId: string, isArchived: boolean): Promise<void> {
  const variant = await transaction.selectFrom('variants').select(['archived', 'sku']).where('id', '=', id).executeTakeFirstOrThrow();
  if ((variant.archived === 1) === isArchived) return;
  if (isArchived) {
    const others = await transaction.selectFrom('variants').select('id').where('product_id', '=', productId).where('archived', '=', 0).where('id', '<>', id).execute();
    if (others.length === 0) throw new FieldcastError('input.invalid', 'A product keeps one variant at least; put the product away instead.');
    await transaction.updateTable('variants').set({ archived: 1 }).where('id', '=', id).execute();
    return;
  }
  const position = await nextPosition(transaction, productId);
  await transaction.updateTable('variants').set({ archived: 0, position }).where('id', '=', id).execute();
  if (variant.sku) await requireOwnSku(transaction, id, variant.sku);
}

/** Changes what the patch names, but for `stockDelta`. @returns the id of its product. @throws FieldcastError `not-found`, `input.invalid` for a sku that another variant has. */
export async function updateVariant(transaction: Transaction<ShopTables>, id: string, patch: Omit<VariantPatch, 'stockDelta'>, now: number): Promise<string> {
  const row = await transaction
    .updateTable('variants')
    .set({
      id,
      ...(patch.label === undefined ? {} : { label: patch.label }),
      ...(patch.unit === undefined ? {} : { unit: patch.unit }),
      ...(patch.priceMinor === undefined ? {} : { price_minor: patch.priceMinor }),
      ...(patch.stock === undefined ? {} : { stock: patch.stock }),
      ...(patch.sku === undefined ? {} : { sku: patch.sku }),
      ...(patch.weightGrams === undefined ? {} : { weight_grams: patch.weightGrams }),
      ...(patch.grade === undefined ? {} : { grade: patch.grade }),
      ...(patch.specs === undefined ? {} : { specs: JSON.stringify(patch.specs) }),
    })
    .where('id', '=', id)
    .returning('product_id')
    .executeTakeFirst();
  if (!row) return missing('variant');
  if (patch.priceMinor !== undefined) await noteListPrice(transaction, id, patch.priceMinor, now);
  if (patch.sku) await requireOwnSku(transaction, id, patch.sku);
  if (patch.archived !== undefined) await putAway(transaction, id, row.product_id, patch.archived);
  return row.product_id;
}

/** @throws FieldcastError `input.invalid` when another variant on sale with this seller has the number. */
async function requireOwnSku(transaction: Transaction<ShopTables>, variantId: string, sku: string): Promise<void> {
  const other = await transaction
    .selectFrom('variants')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .select('variants.id')
    .where('sku', '=', sku)
    // So that the index of those that have one is used.
    .where('sku', '<>', '')
    .where('variants.id', '<>', variantId)
    .where('products.archived', '=', 0)
    .where('variants.archived', '=', 0)
    .where('seller_id', '=', (eb) =>
      eb.selectFrom('variants as own').innerJoin('products as home', 'home.id', 'own.product_id').select('home.seller_id').where('own.id', '=', variantId),
    )
    .executeTakeFirst();
  if (!other) return;
  throw new FieldcastError('input.invalid', 'Another variant of this seller has this number.', { issues: [{ path: 'body.sku', message: 'taken by another variant' }] });
}

function missing(what: string): never {
  throw new FieldcastError('not-found', `There is no such ${what}.`);
}
