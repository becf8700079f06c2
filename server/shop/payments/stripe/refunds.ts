// Owns giving money back through Stripe: each refund once, however often it is tried and wherever the server stops in between.
import type { Selectable } from 'kysely';
import type Stripe from 'stripe';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { findOrder } from '../../orders.ts';
import type { ShopTables } from '../../schema.ts';
import { raiseProblem } from '../ledger.ts';
import { call, GatewayFault } from './client.ts';
import { ORDER_MARK, REFUND_MARK } from './marks.ts';
import { backoffMs, type StripeRows } from './rows.ts';
import type { Settlement } from './settlement.ts';

type Row = Selectable<ShopTables['payment_refunds']>;

/** Stripe keeps a key for 24 hours at least; a server that was off for longer may not lean on it. */
const KEY_TRUSTED_MS = 12 * 3600_000;

export class StripeRefunds {
  readonly #database: Database;
  readonly #stripe: Stripe;
  readonly #rows: StripeRows;
  readonly #settlement: Settlement;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<void>>();

  constructor(deps: { database: Database; stripe: Stripe; rows: StripeRows; settlement: Settlement; clock: Clock }) {
    this.#database = deps.database;
    this.#stripe = deps.stripe;
    this.#rows = deps.rows;
    this.#settlement = deps.settlement;
    this.#clock = deps.clock;
  }

  /** Orders with refunds that are to be tried now. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('payment_refunds')
      .innerJoin('payments', 'payments.order_id', 'payment_refunds.order_id')
      .select('payment_refunds.order_id')
      .distinct()
      .where('payments.method', '=', 'stripe')
      .where('payment_refunds.state', '=', 'asked')
      .where('next_try_at', '<=', this.#clock.now())
      .limit(limit)
      .execute();
    return rows.map((row) => row.order_id);
  }

  /** Sends what was asked for of one order. What Stripe does not answer stays asked for and is tried again. @throws GatewayFault when Stripe refuses one. */
  send(orderId: string): Promise<void> {
    const running = this.#running.get(orderId);
    if (running) return running;
    const fresh = this.#send(orderId).finally(() => this.#running.delete(orderId));
    this.#running.set(orderId, fresh);
    return fresh;
  }

  async #send(orderId: string): Promise<void> {
    const asked = await this.#database
      .read<ShopTables>()
      .selectFrom('payment_refunds')
      .selectAll()
      .where('order_id', '=', orderId)
      .where('state', '=', 'asked')
      .orderBy('created_at')
      .execute();
    for (const row of asked) await this.#one(row);
    if (asked.length > 0) await this.#settlement.settle(orderId);
  }

  async #one(row: Row): Promise<void> {
    const payment = await this.#rows.find(row.order_id);
    const intent = payment?.intent_id;
    if (!payment || !intent) return this.#fail(row, 'it was not paid through Stripe');
    try {
      // Asked first: after a fault of Stripe's own the key is another one, after a day Stripe has forgotten it, and the first try may have gone
      // through all the same.
      const isKeyGood = row.attempt === 1 && this.#clock.now() - row.created_at < KEY_TRUSTED_MS;
      const known = isKeyGood ? undefined : await this.#find(row, intent);
      const refund = known ?? (await this.#create(row, intent, payment));
      if (refund.status === 'failed' || refund.status === 'canceled') await this.#fail(row, refund.failure_reason ?? refund.status);
      else await this.#set(row, { state: 'done', gateway_ref: refund.id });
    } catch (error) {
      if (!(error instanceof GatewayFault)) throw error;
      if (error.isRefused) {
        await this.#fail(row, error.reason);
        throw error;
      }
      const now = this.#clock.now();
      await this.#set(row, { attempt: row.attempt + (error.isKeySpent ? 1 : 0), next_try_at: now + backoffMs(now - row.created_at, 5_000, 600_000) });
      throw error;
    }
  }

  #create(row: Row, intent: string, { account, fee_minor: feeMinor }: { account: string | null; fee_minor: number }): Promise<Stripe.Refund> {
    return call(() =>
      this.#stripe.refunds.create(
        {
          payment_intent: intent,
          amount: row.amount_minor,
          metadata: { [ORDER_MARK]: row.order_id, [REFUND_MARK]: row.id },
          // The seller's account gives back its part, and the platform its fee.
          ...(account === null ? {} : { reverse_transfer: true, ...(feeMinor > 0 ? { refund_application_fee: true } : {}) }),
        },
        { idempotencyKey: `refund-${row.id}-${row.attempt}` },
      ),
    );
  }

  async #find(row: Row, intent: string): Promise<Stripe.Refund | undefined> {
    const { data } = await call(() => this.#stripe.refunds.list({ payment_intent: intent, limit: 100 }));
    return data.find((refund) => refund.metadata?.[REFUND_MARK] === row.id);
  }

  async #set(row: Row, set: Partial<Pick<Row, 'state' | 'gateway_ref' | 'attempt' | 'next_try_at'>>): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.updateTable('payment_refunds').set(set).where('id', '=', row.id).where('state', '=', 'asked').execute();
    });
  }

  async #fail(row: Row, reason: string): Promise<void> {
    const order = await findOrder(this.#database, row.order_id);
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.updateTable('payment_refunds').set({ state: 'failed' }).where('id', '=', row.id).execute();
      await raiseProblem(transaction, {
        kind: 'refund-failed',
        orderId: row.order_id,
        amountMinor: row.amount_minor,
        currency: order?.currency ?? null,
        gatewayRef: row.id,
        detail: `The refund was refused: ${reason}.`,
        at: this.#clock.now(),
      });
    });
  }
}
