// Owns what about money needs a person: reading it, and the word of whoever has dealt with it.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { PaymentProblem } from '../../protocol/payments.ts';
import type { ShopTables } from '../schema.ts';

const LIST_LIMIT = 500;

export class PaymentProblems {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Oldest first. @param sellerId undefined: of everybody, and what names no order here. */
  list(sellerId: string | undefined): Promise<PaymentProblem[]> {
    const query = this.#database
      .read<ShopTables>()
      .selectFrom('payment_problems')
      .leftJoin('orders', 'orders.id', 'payment_problems.order_id')
      .select([
        'payment_problems.id',
        'kind',
        'payment_problems.order_id as orderId',
        'orders.number as orderNumber',
        'amount_minor as amountMinor',
        'payment_problems.currency',
        'gateway_ref as gatewayRef',
        'detail',
        'payment_problems.at',
      ])
      .where('settled_at', 'is', null)
      .orderBy('payment_problems.at')
      .limit(LIST_LIMIT);
    return (sellerId === undefined ? query : query.where('orders.seller_id', '=', sellerId)).execute();
  }

  /** Called again it changes nothing. @param sellerId as in `list`. @throws FieldcastError `not-found`. */
  async settle(id: string, sellerId: string | undefined, word: { name: string; note: string }): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const found = await transaction
        .selectFrom('payment_problems')
        .leftJoin('orders', 'orders.id', 'payment_problems.order_id')
        .select(['orders.seller_id', 'settled_at'])
        .where('payment_problems.id', '=', id)
        .executeTakeFirst();
      if (!found || (sellerId !== undefined && found.seller_id !== sellerId)) throw new FieldcastError('not-found', 'There is no such problem.');
      if (found.settled_at !== null) return;
      const set = { settled_at: this.#clock.now(), settled_by: word.name, settled_note: word.note };
      await transaction.updateTable('payment_problems').set(set).where('id', '=', id).execute();
    });
  }
}
