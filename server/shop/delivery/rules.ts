// Owns the delivery rules of sellers as they are kept.
import type { Kysely } from 'kysely';
import * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type DeliveryRules, deliveryRules } from '../../protocol/delivery.ts';
import type { ShopTables } from '../schema.ts';

const EVERYWHERE_FREE: DeliveryRules = { areas: [] };

const find = compileOnce<ShopTables, { sellerId: string }>()((database, param) =>
  database.selectFrom('delivery_rules').select('rules').where('seller_id', '=', param('sellerId')),
);

/** Read once per text: a rush of orders asks for the same rules again and again. */
let latest = { text: '', rules: EVERYWHERE_FREE };

export async function rulesOf(database: Kysely<ShopTables>, sellerId: string): Promise<DeliveryRules> {
  const [row] = (await find(database, { sellerId })).rows;
  if (!row) return EVERYWHERE_FREE;
  if (row.rules !== latest.text) latest = { text: row.rules, rules: v.parse(deliveryRules, JSON.parse(row.rules)) };
  return latest.rules;
}

export class Deliveries {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @throws FieldcastError `not-found` for an unknown seller. */
  async read(sellerId: string): Promise<DeliveryRules> {
    const reader = this.#database.read<ShopTables>();
    const seller = await reader.selectFrom('sellers').select('id').where('id', '=', sellerId).executeTakeFirst();
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    return rulesOf(reader, sellerId);
  }

  /** Replaces them. @throws FieldcastError `not-found` for an unknown seller. */
  async change(sellerId: string, rules: DeliveryRules): Promise<DeliveryRules> {
    await this.read(sellerId);
    const row = { rules: JSON.stringify(rules), changed_at: this.#clock.now() };
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction
        .insertInto('delivery_rules')
        .values({ seller_id: sellerId, ...row })
        .onConflict((conflict) => conflict.column('seller_id').doUpdateSet(row))
        .execute();
    });
    return rules;
  }
}
