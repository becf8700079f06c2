// Owns harvest lots: adding and changing them, and their part in orders.
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Database, Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { newId } from '../../../protocol/ids.ts';
import { type Lot, LOT_LIMIT, type LotPatch, type LotRequest } from '../../../protocol/lots.ts';
import { holdsStock, type Order, type OrderState } from '../../../protocol/order.ts';
import type { Commits, Work } from '../../commits.ts';
import { lotsOfOrders } from '../../order-lots.ts';
import type { ShopTables } from '../../schema.ts';
import { adjust, factOf } from '../../stock.ts';
import { type Asked, goodsTurn, type OrderPart } from '../part.ts';
import { giveNumbersBack, takeNumbers } from './numbers.ts';

type Row = Selectable<ShopTables['lots']>;

export class Lots implements OrderPart {
  readonly #database: Database;
  readonly #commits: Commits;

  constructor(deps: { database: Database; commits: Commits }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
  }

  /** A product's lots, variant by variant in the order in which they are sold. */
  async of(productId: string): Promise<Lot[]> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('lots')
      .innerJoin('variants', 'variants.id', 'lots.variant_id')
      .selectAll('lots')
      .where('variants.product_id', '=', productId)
      .orderBy('variants.position')
      .orderBy('lots.position')
      .execute();
    return rows.map(viewOf);
  }

  /** Id of the variant that a lot is of. @throws FieldcastError `not-found`. */
  async variantOf(lotId: string): Promise<string> {
    return (await find(this.#database.read<ShopTables>(), lotId)).variant_id;
  }

  /** Adds a lot behind those there are. @throws FieldcastError `not-found`, `input.invalid` when there are too many, or there would be too much stock. */
  add(variantId: string, request: LotRequest, once: Once | undefined): Promise<Lot> {
    return this.#run(once, async (work) => {
      const { transaction, now } = work;
      const variant = await transaction
        .selectFrom('variants')
        .innerJoin('products', 'products.id', 'variants.product_id')
        .select('products.seller_id as sellerId')
        .where('variants.id', '=', variantId)
        .executeTakeFirst();
      if (!variant) throw new FieldcastError('not-found', 'There is no such variant.');
      const { last, open } = await transaction
        .selectFrom('lots')
        .select((eb) => [eb.fn.max<number | null>('position').as('last'), sql<number>`count(*) filter (where is_closed = 0)`.as('open')])
        .where('variant_id', '=', variantId)
        .executeTakeFirstOrThrow();
      if (open >= LOT_LIMIT) throw invalid('body', 'too many lots; close those that are sold');
      const { name, harvestedOn, quota, isNumbered } = request;
      const row = { id: newId('lot'), variant_id: variantId, position: (last ?? 0) + 1, name, harvested_on: harvestedOn, quota, is_numbered: isNumbered ? (1 as const) : (0 as const), created_at: now };
      await transaction.insertInto('lots').values(row).execute();
      if (request.addsToStock) {
        await adjust(transaction, variantId, quota);
        work.tell('variants.changed', { sellerId: variant.sellerId, variants: [await factOf(transaction, variantId)] });
      }
      return row.id;
    });
  }

  /** Changes what the patch names. @throws FieldcastError `not-found`, `input.invalid` for a quota below what is sold or numbered. */
  change(lotId: string, patch: LotPatch): Promise<Lot> {
    return this.#run(undefined, async ({ transaction }) => {
      const lot = await find(transaction, lotId);
      if (patch.quota !== undefined) await fit(transaction, lot, patch.quota);
      await transaction
        .updateTable('lots')
        .set({
          name: patch.name ?? lot.name,
          harvested_on: patch.harvestedOn === undefined ? lot.harvested_on : patch.harvestedOn,
          is_closed: patch.isClosed === undefined ? lot.is_closed : patch.isClosed ? 1 : 0,
        })
        .where('id', '=', lotId)
        .execute();
      return lotId;
    });
  }

  async placed(order: Order, _asked: Asked, { transaction }: Work): Promise<void> {
    if (!holdsStock(order)) return;
    for (const line of order.lines) await takeNumbers(transaction, order.id, line);
    const lots = (await lotsOfOrders(transaction, [order.id])).get(order.id);
    for (const line of order.lines) {
      const own = lots?.get(line.variantId);
      if (own) line.lots = own;
    }
  }

  async moved(order: Order, to: OrderState, { transaction }: Work): Promise<void> {
    const turn = goodsTurn(order, to);
    if (turn === 'back') await giveNumbersBack(transaction, order.id);
    // The numbers it had may be somebody else's by now.
    if (turn === 'take') for (const line of order.lines) await takeNumbers(transaction, order.id, line);
  }

  #run(once: Once | undefined, act: (work: Work) => Promise<string>): Promise<Lot> {
    return this.#commits.run(once, async (work) => viewOf(await find(work.transaction, await act(work))), async (id) => viewOf(await find(this.#database.read<ShopTables>(), id)));
  }
}

/** Makes a lot larger or smaller; numbers above its quota that nobody has are none any more. @throws FieldcastError `input.invalid`. */
async function fit(transaction: Transaction<ShopTables>, lot: Row, quota: number): Promise<void> {
  // A number above the quota would be "No. 12 of 10".
  const least = await highestNumber(transaction, lot.id);
  if (quota < least) throw invalid('body.quota', `at least ${least}: so many are sold`);
  for (const { first_number, quantity } of await transaction.selectFrom('lot_free').selectAll().where('lot_id', '=', lot.id).execute()) {
    const fits = Math.min(quantity, quota + 1 - first_number);
    if (fits === quantity) continue;
    await transaction.deleteFrom('lot_free').where('lot_id', '=', lot.id).where('first_number', '=', first_number).execute();
    if (fits > 0) await transaction.insertInto('lot_free').values({ lot_id: lot.id, first_number, quantity: fits }).execute();
  }
  await transaction
    .updateTable('lots')
    .set({ quota, next_number: Math.min(lot.next_number, quota + 1) })
    .where('id', '=', lot.id)
    .execute();
}

/** The largest number that an order has. */
async function highestNumber(database: Kysely<ShopTables>, lotId: string): Promise<number> {
  const { highest } = await database
    .selectFrom('order_lots')
    .select(sql<number | null>`max(first_number + quantity - 1)`.as('highest'))
    .where('lot_id', '=', lotId)
    .executeTakeFirstOrThrow();
  return highest ?? 0;
}

async function find(database: Kysely<ShopTables>, id: string): Promise<Row> {
  const row = await database.selectFrom('lots').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new FieldcastError('not-found', 'There is no such lot.');
  return row;
}

function viewOf({ id, variant_id: variantId, name, harvested_on: harvestedOn, quota, taken, is_numbered, is_closed }: Row): Lot {
  return { id, variantId, name, harvestedOn, quota, left: quota - taken, isNumbered: is_numbered === 1, isClosed: is_closed === 1 };
}

function invalid(path: string, message: string): FieldcastError {
  return new FieldcastError('input.invalid', 'The lot cannot be like that.', { issues: [{ path, message }] });
}
