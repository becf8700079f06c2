// Owns paying by Stripe as the port sees it: start, look, close, give back. An order waits for its money here, and only Stripe's own word moves it on.
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { Logger } from '../../../platform/log.ts';
import type { Order, OrderState } from '../../../protocol/order.ts';
import type { PaymentTerms } from '../../../protocol/payments.ts';
import type { Work } from '../../commits.ts';
import { findOrder } from '../../orders.ts';
import { bySystem } from '../ledger.ts';
import type { OrderMover, Payment } from '../payment.ts';
import { askRefund } from '../settling.ts';
import { GatewayFault } from './client.ts';
import type { Gateway, Ui } from './gateway.ts';
import type { StripeRefunds } from './refunds.ts';
import { refOf, type StripeRows } from './rows.ts';
import type { Settlement } from './settlement.ts';

/** A buyer is answered within 10 s, whatever Stripe does. */
const ANSWER_WITHIN_MS = 8_500;
/** Beyond the hold, so that it is us who close. */
const SESSION_OUTLIVES_MS = 31 * 60_000;
const SESSION_LIVES_MS = 60 * 60_000;

export interface StripePaymentDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  rows: StripeRows;
  settlement: Settlement;
  refunds: StripeRefunds;
  gateways: Readonly<Record<Ui, Gateway>>;
  holdMs: number;
  publishableKey: string;
  scriptUrl: string;
}

export function stripePayment(deps: StripePaymentDeps): Payment {
  const { database, clock, log, rows, settlement, refunds, gateways } = deps;
  const starting = new Map<string, Promise<PaymentTerms>>();

  async function start(order: Order): Promise<PaymentTerms> {
    const row = await rows.begin(order);
    const known = refOf(row);
    if (known) {
      const { seen, clientSecret } = await gateways[row.ui].read(known);
      if (seen.state === 'open' && clientSecret !== null) return terms(order, row.ui, clientSecret);
      await settlement.settle(order.id);
      throw over(await findOrder(database, order.id));
    }
    try {
      const holdUntil = order.money.holdUntil ?? row.created_at;
      const opened = await gateways[row.ui].open({
        orderId: order.id,
        title: `${order.sellerName} #${order.number}`,
        amountMinor: order.money.dueMinor,
        currency: order.currency,
        account: row.account,
        feeMinor: row.fee_minor,
        isMerchant: row.is_merchant === 1,
        expiresAt: Math.max(holdUntil + SESSION_OUTLIVES_MS, row.created_at + SESSION_LIVES_MS),
        idempotencyKey: `order-${order.id}-${row.attempt}`,
      });
      await rows.opened(order.id, opened);
      const now = await findOrder(database, order.id);
      if (now?.state !== 'awaiting-payment') throw over(now);
      return terms(order, row.ui, opened.clientSecret);
    } catch (error) {
      // What may have been opened under the spent key can take no money: nobody has its secret.
      if (error instanceof GatewayFault && error.isKeySpent) await rows.nextAttempt(row);
      throw error;
    }
  }

  function terms(order: Order, ui: Ui, clientSecret: string): PaymentTerms {
    const { publishableKey, scriptUrl } = deps;
    const { dueMinor, holdUntil } = order.money;
    return { method: 'stripe', orderId: order.id, amountMinor: dueMinor, currency: order.currency, holdUntil, ui, clientSecret, publishableKey, scriptUrl };
  }

  return {
    method: 'stripe',
    firstState: 'awaiting-payment',
    terms: ({ totalMinor }, _settings, { now }) => ({ dueMinor: totalMinor, holdUntil: now + deps.holdMs, reference: null }),

    async start(order) {
      if (order.state !== 'awaiting-payment' || order.money.state !== 'due' || order.money.isProcessing) throw over(order);
      // Two taps share one question.
      let running = starting.get(order.id);
      if (!running) {
        running = start(order).finally(() => starting.delete(order.id));
        starting.set(order.id, running);
      }
      return answered(clock, running);
    },

    check: (orderId) => answered(clock, settlement.settle(orderId)),

    async close(orderId) {
      const row = await rows.find(orderId);
      const ref = row && refOf(row);
      if (!row || !ref) return;
      try {
        await gateways[row.ui].close(ref);
        await settlement.settle(orderId);
      } catch (error) {
        // The goods go back in time all the same; `moved` has it closed later, and money that came meanwhile is given back.
        log.warn({ err: error, orderId }, 'a payment could not be closed');
      }
    },

    async refund(orderId) {
      try {
        await answered(clock, refunds.send(orderId));
      } catch (error) {
        if (error instanceof FieldcastError && error.code === 'payment.unavailable') return;
        throw error;
      }
    },

    async moved(order: Order, to: OrderState, work: Work, by: OrderMover) {
      if (to !== 'cancelled') return;
      const owedMinor = order.money.paidMinor - order.money.refundedMinor - order.money.refundingMinor;
      // A buyer's word is final, so their money goes at once; a seller may still take back a slip of the finger.
      if (owedMinor > 0 && by.role === 'viewer') await askRefund(work, order, owedMinor, { by: bySystem, note: 'cancelled by the buyer' });
      if (order.state !== 'awaiting-payment') return;
      await work.transaction.updateTable('stripe_payments').set({ is_closing: 1, next_check_at: work.now }).where('order_id', '=', order.id).execute();
    },
  };
}

function over(order: Order | undefined): FieldcastError {
  const state = order?.state === 'awaiting-payment' && order.money.isProcessing ? 'processing' : (order?.money.state ?? 'due');
  return new FieldcastError('payment.wrong-state', 'There is nothing to pay now.', { params: { state } });
}

/** The outcome, or after some seconds that nothing is decided: what runs on is found again by the next call. */
async function answered<Value>(clock: Clock, work: Promise<Value>): Promise<Value> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(ANSWER_WITHIN_MS, () => reject(new FieldcastError('payment.unavailable', 'The payment service is slow; nothing is decided.', { headers: { 'retry-after': '3' } })));
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof GatewayFault ? error.toError() : error;
  } finally {
    cancel();
    work.catch(() => undefined);
  }
}
