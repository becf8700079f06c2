// Owns what about money needs a person: reading it, and the word of whoever has dealt with it.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { PaymentProblem } from '../../protocol/payments.ts';
import type { OrderWork } from '../order-work.ts';
import type { ShopTables } from '../schema.ts';
import { settleProblem } from './ledger.ts';

const LIST_LIMIT = 500;

export class PaymentProblems {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #work: OrderWork;

  constructor(deps: { database: Database; clock: Clock; work: OrderWork }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#work = deps.work;
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
    const found = await this.#database
      .read<ShopTables>()
      .selectFrom('payment_problems')
      .leftJoin('orders', 'orders.id', 'payment_problems.order_id')
      .select(['orders.seller_id', 'payment_problems.order_id', 'settled_at'])
      .where('payment_problems.id', '=', id)
      .executeTakeFirst();
    if (!found || (sellerId !== undefined && found.seller_id !== sellerId)) throw new FieldcastError('not-found', 'There is no such problem.');
    if (found.settled_at !== null) return;
    const { order_id: orderId } = found;
    if (orderId === null) await this.#database.write<ShopTables, void>((transaction) => settleProblem(transaction, id, null, word, this.#clock.now()));
    // Whoever looks at the order sees that it is dealt with.
    else await this.#work.run(orderId, undefined, (_order, { transaction, now }) => settleProblem(transaction, id, orderId, word, now));
  }
}
