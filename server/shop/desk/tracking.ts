// Owns tracking numbers: who carries a parcel and under which number.
import type { Commits } from '../commits.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Order } from '../../protocol/order.ts';
import type { Mover } from '../moving.ts';
import { readOrder } from '../orders.ts';
import type { ShopTables } from '../schema.ts';
import type { Database } from '../../platform/db/database.ts';

export interface Tracking {
  courier: string;
  number: string;
}

export class TrackingNumbers {
  readonly #database: Database;
  readonly #commits: Commits;

  constructor(deps: { database: Database; commits: Commits }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
  }

  /** An empty number takes it away; the same one changes nothing. @throws FieldcastError `not-found`, `input.invalid`. */
  async set(orderId: string, { courier, number }: Tracking, by: Mover): Promise<Order> {
    if (number === '' && courier !== '') throw new FieldcastError('input.invalid', 'A courier without a tracking number tells nothing.');
    return this.#commits.run(
      undefined,
      async ({ transaction, now, tell }) => {
        const before = await readOrder(transaction, orderId);
        if (!before) throw new FieldcastError('not-found', 'There is no such order.');
        if (number === (before.tracking?.number ?? '') && courier === (before.tracking?.courier ?? '')) return before;
        if (number === '') await transaction.deleteFrom('order_tracking').where('order_id', '=', orderId).execute();
        else {
          const row = { courier, number, at: now, by_role: by.role, by_name: by.name };
          await transaction.insertInto('order_tracking').values({ order_id: orderId, ...row }).onConflict((conflict) => conflict.column('order_id').doUpdateSet(row)).execute();
        }
        const after = (await readOrder(transaction, orderId)) ?? before;
        tell('order.changed', { order: after });
        return after;
      },
      async (id) => {
        const order = await readOrder(this.#database.read<ShopTables>(), id);
        if (!order) throw new FieldcastError('not-found', 'There is no such order.');
        return order;
      },
    );
  }
}
