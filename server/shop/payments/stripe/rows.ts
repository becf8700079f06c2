// Owns the rows of what was opened at Stripe for each order, and when it is looked at next.
import type { Selectable } from 'kysely';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Order } from '../../../protocol/order.ts';
import type { ShopTables } from '../../schema.ts';
import { readSettings } from '../settings.ts';
import type { PaymentRef, Ui } from './gateway.ts';
import type { Seen } from './seen.ts';

type Row = Selectable<ShopTables['stripe_payments']>;

/** A payment whose word does not come is asked after: soon at first, later every ten minutes. */
const FIRST_CHECK_MS = 60_000;
const LAST_CHECK_MS = 600_000;

/** Waits half as long as it has been waiting, within bounds: a retry needs no counter that a crash could lose. */
export function backoffMs(sinceMs: number, leastMs: number, mostMs: number): number {
  return Math.min(Math.max(Math.floor(sinceMs / 2), leastMs), mostMs);
}

export class StripeRows {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #ui: Ui;

  constructor(deps: { database: Database; clock: Clock; ui: Ui }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#ui = deps.ui;
  }

  /** The order's row, made when there is none: it is on the disk before Stripe is asked, so that whatever comes back is known. */
  begin(order: Order): Promise<Row> {
    return this.#database.write<ShopTables, Row>(async (transaction) => {
      const known = await transaction.selectFrom('stripe_payments').selectAll().where('order_id', '=', order.id).executeTakeFirst();
      if (known) return known;
      const { stripeAccount, applicationFeeBps, isMerchant } = await readSettings(transaction, order.sellerId);
      const now = this.#clock.now();
      const row: Row = {
        order_id: order.id,
        ui: this.#ui,
        attempt: 1,
        session_id: null,
        intent_id: null,
        account: stripeAccount,
        fee_minor: stripeAccount === null ? 0 : Math.floor((order.money.dueMinor * applicationFeeBps) / 10_000),
        is_merchant: stripeAccount !== null && isMerchant ? 1 : 0,
        is_closing: 0,
        created_at: now,
        next_check_at: now + FIRST_CHECK_MS,
      };
      await transaction.insertInto('stripe_payments').values(row).execute();
      return row;
    });
  }

  find(orderId: string): Promise<Row | undefined> {
    return this.#database.read<ShopTables>().selectFrom('stripe_payments').selectAll().where('order_id', '=', orderId).executeTakeFirst();
  }

  /** The order of a payment that we have opened. */
  async orderOf(ref: { objectId: string; intentId: string | null }): Promise<string | undefined> {
    const ids = ref.intentId === null ? [ref.objectId] : [ref.objectId, ref.intentId];
    const row = await this.#database
      .read<ShopTables>()
      .selectFrom('stripe_payments')
      .select('order_id')
      .where((eb) => eb.or([eb('session_id', 'in', ids), eb('intent_id', 'in', ids)]))
      .executeTakeFirst();
    return row?.order_id;
  }

  /** Keeps what was opened. It is closed again at once when the order has gone on without it. */
  async opened(orderId: string, ref: PaymentRef): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const order = await transaction.selectFrom('orders').select('state').where('id', '=', orderId).executeTakeFirstOrThrow();
      const isClosing = order.state === 'awaiting-payment' ? (0 as const) : (1 as const);
      const next = isClosing === 1 ? { next_check_at: this.#clock.now() } : {};
      await transaction
        .updateTable('stripe_payments')
        .set({ session_id: ref.sessionId, intent_id: ref.intentId, is_closing: isClosing, ...next })
        .where('order_id', '=', orderId)
        .execute();
    });
  }

  /** The key of this try is spent. */
  async nextAttempt(row: Row): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction
        .updateTable('stripe_payments')
        .set({ attempt: row.attempt + 1 })
        .where('order_id', '=', row.order_id)
        .where('attempt', '=', row.attempt)
        .execute();
    });
  }

  /** Takes what was opened under our mark while its answer was lost. */
  async adopt(orderId: string, ref: PaymentRef): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction
        .updateTable('stripe_payments')
        .set({ session_id: ref.sessionId, intent_id: ref.intentId })
        .where('order_id', '=', orderId)
        .where('session_id', 'is', null)
        .where('intent_id', 'is', null)
        .execute();
    });
  }

  /** After a look at Stripe: what is known from it, and whether to look again. */
  async looked(row: Row, seen: Pick<Seen, 'state' | 'intentId'>): Promise<void> {
    const now = this.#clock.now();
    const isOver = seen.state === 'paid' || seen.state === 'closed';
    const next = isOver ? null : now + backoffMs(now - row.created_at, FIRST_CHECK_MS, LAST_CHECK_MS);
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction
        .updateTable('stripe_payments')
        .set({ next_check_at: next, intent_id: seen.intentId ?? row.intent_id, ...(isOver ? { is_closing: 0 as const } : {}) })
        .where('order_id', '=', row.order_id)
        .execute();
    });
  }

  /** Nothing could be seen: later. */
  async later(row: Row): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const next = now + backoffMs(now - row.created_at, row.is_closing === 1 ? 10_000 : FIRST_CHECK_MS, LAST_CHECK_MS);
      await transaction.updateTable('stripe_payments').set({ next_check_at: next }).where('order_id', '=', row.order_id).execute();
    });
  }

  /** What is to be looked at now. */
  async toCheck(limit: number): Promise<Row[]> {
    return this.#database
      .read<ShopTables>()
      .selectFrom('stripe_payments')
      .selectAll()
      .where('next_check_at', '<=', this.#clock.now())
      .orderBy('next_check_at')
      .limit(limit)
      .execute();
  }
}

export function refOf(row: Row): PaymentRef | undefined {
  return row.session_id === null && row.intent_id === null ? undefined : { sessionId: row.session_id, intentId: row.intent_id };
}
