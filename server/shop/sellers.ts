// Owns sellers of record: whose goods they are, in which currency they sell, how far their order numbers have come.
import type { Clock } from '../platform/clock.ts';
import { compileOnce } from '../platform/db/compile-once.ts';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { newId } from '../protocol/ids.ts';
import type { Currency } from '../protocol/money.ts';
import type { Seller, SellerPatch } from '../protocol/shop.ts';
import type { ShopTables } from './schema.ts';

const columns = ['id', 'name', 'currency', 'retention_days as retentionDays', 'retention_gb as retentionGb'] as const;

const byId = compileOnce<ShopTables, { id: string }>()((database, param) => database.selectFrom('sellers').select(columns).where('id', '=', param('id')));

export class Sellers {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** All sellers, the oldest first; with `practice` also those who are one for practice alone. */
  list({ practice = false }: { practice?: boolean } = {}): Promise<Seller[]> {
    let query = this.#database.read<ShopTables>().selectFrom('sellers').select(columns);
    if (!practice) query = query.where('practice_of', 'is', null);
    return query.orderBy('created_at').orderBy('id').execute();
  }

  /** The seller that a server with one cooperative works for. */
  first(): Promise<Seller | undefined> {
    const query = this.#database.read<ShopTables>().selectFrom('sellers').select(columns);
    return query.where('practice_of', 'is', null).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();
  }

  async find(id: string): Promise<Seller | undefined> {
    return (await byId(this.#database.read<ShopTables>(), { id })).rows[0];
  }

  /** @param once makes a repeated call answer the seller that the first one made. */
  async create(request: { name: string; currency: Currency }, once?: Once): Promise<Seller> {
    const now = this.#clock.now();
    const { value } = await this.#database.writeOnce<ShopTables, Seller>(once, now, async (transaction) => {
      const seller = { id: newId('sel'), name: request.name, currency: request.currency };
      await transaction
        .insertInto('sellers')
        .values({ ...seller, last_order_number: 0, retention_days: null, retention_gb: null, created_at: now })
        .execute();
      return { ...seller, retentionDays: null, retentionGb: null };
    });
    return value;
  }

  /** Changes what is given. @throws FieldcastError `not-found`. */
  async change(id: string, patch: SellerPatch): Promise<Seller> {
    const set = {
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.retentionDays === undefined ? {} : { retention_days: patch.retentionDays }),
      ...(patch.retentionGb === undefined ? {} : { retention_gb: patch.retentionGb }),
    };
    if (Object.keys(set).length > 0) {
      await this.#database.write<ShopTables, void>(async (transaction) => {
        await transaction.updateTable('sellers').set(set).where('id', '=', id).execute();
      });
    }
    const seller = await this.find(id);
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    return seller;
  }
}

/** Counts the seller's orders up by one and answers who sells; no row for an unknown seller. */
export const takeOrderNumber = compileOnce<ShopTables, { sellerId: string }>()((database, param) =>
  database
    .updateTable('sellers')
    .set((eb) => ({ last_order_number: eb('last_order_number', '+', 1) }))
    .where('id', '=', param('sellerId'))
    .returning(['name', 'currency', 'last_order_number as number']),
);
