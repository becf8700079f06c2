// Owns the one way by which a Stripe payment changes an order: ask Stripe how it stands, compare everything, then apply. Whoever wants to
// know (a webhook, a page that came back, the clock) comes here; done twice it changes nothing.
import type { Database } from '../../../platform/db/database.ts';
import type { Logger } from '../../../platform/log.ts';
import { type Order, SOLD_OUT_NOTE } from '../../../protocol/order.ts';
import type { PaymentProblemKind } from '../../../protocol/payments.ts';
import type { Work } from '../../commits.ts';
import type { OrderWork } from '../../order-work.ts';
import { findOrder } from '../../orders.ts';
import type { ShopTables } from '../../schema.ts';
import { bySystem, raiseProblem } from '../ledger.ts';
import { askRefund, type MoneyWord, type Settling } from '../settling.ts';
import type { Gateway, Ui } from './gateway.ts';
import { refOf, type StripeRows } from './rows.ts';
import type { Seen } from './seen.ts';

export class Settlement {
  readonly #database: Database;
  readonly #work: OrderWork;
  readonly #settling: Settling;
  readonly #rows: StripeRows;
  readonly #gateways: Readonly<Record<Ui, Gateway>>;
  readonly #livemode: boolean;
  readonly #log: Logger;
  readonly #running = new Map<string, { now: Promise<void>; next: Promise<void> | undefined }>();

  constructor(deps: {
    database: Database;
    work: OrderWork;
    settling: Settling;
    rows: StripeRows;
    gateways: Readonly<Record<Ui, Gateway>>;
    livemode: boolean;
    log: Logger;
  }) {
    this.#database = deps.database;
    this.#work = deps.work;
    this.#settling = deps.settling;
    this.#rows = deps.rows;
    this.#gateways = deps.gateways;
    this.#livemode = deps.livemode;
    this.#log = deps.log;
  }

  /**
   * Brings an order to what Stripe knows of its payment now. Callers at the same time share one question: whoever comes while it is asked
   * waits for the next, because the answer under way may be older than what they know of.
   * @throws GatewayFault when Stripe cannot be asked: nothing is changed then.
   */
  settle(orderId: string): Promise<void> {
    const running = this.#running.get(orderId);
    if (!running) {
      const entry = { now: this.#settle(orderId), next: undefined as Promise<void> | undefined };
      this.#running.set(orderId, entry);
      const done = (): void => {
        if (entry.next === undefined) this.#running.delete(orderId);
      };
      entry.now.then(done, done);
      return entry.now;
    }
    running.next ??= running.now
      .catch(() => undefined)
      .then(() => {
        this.#running.delete(orderId);
        return this.settle(orderId);
      });
    return running.next;
  }

  async #settle(orderId: string): Promise<void> {
    const row = await this.#rows.find(orderId);
    const ref = row && refOf(row);
    if (!row || !ref) return;
    const { seen } = await this.#gateways[row.ui].read(ref);
    await this.#work.run(orderId, undefined, (order, work) => this.#apply(work, order, seen, row.account));
    await this.#followMoneyBack(orderId, seen);
    await this.#rows.looked(row, seen);
  }

  async #apply(work: Work, order: Order, seen: Seen, account: string | null): Promise<void> {
    const { state } = order.money;
    if (seen.state === 'paid') {
      const wrong = this.#compare(order, seen, account);
      if (wrong) return this.#raise(work, order, seen, wrong);
      if (state !== 'due' && state !== 'claimed') return;
      const word: MoneyWord = { by: bySystem, note: 'Stripe' };
      const isToGoBack = await this.#settling.receive(work, order, seen.receivedMinor, word, seen.intentId);
      if (isToGoBack) await this.#giveBackLate(work, order, seen.receivedMinor);
      return;
    }
    if (seen.state === 'processing') return this.#settling.setProcessing(work, order, this.#compare(order, seen, account) === undefined);
    await this.#settling.setProcessing(work, order, false);
    if (seen.state === 'closed' && order.state === 'awaiting-payment' && state === 'due') {
      await this.#work.change(work, order, { to: 'cancelled', note: 'the payment failed', by: bySystem });
    }
  }

  /** The buyer gets back by itself what came for an order that was over, or whose goods were gone. */
  async #giveBackLate(work: Work, before: Order, amountMinor: number): Promise<void> {
    await askRefund(work, before, amountMinor, { by: bySystem, note: before.state === 'cancelled' ? 'the order was over when the money came' : SOLD_OUT_NOTE });
  }

  /** What went back, and what the buyer's bank did. */
  async #followMoneyBack(orderId: string, seen: Seen): Promise<void> {
    const known = await findOrder(this.#database, orderId);
    if (!known || known.money.paidMinor === 0 || seen.state !== 'paid') return;
    const refundedMinor = Math.min(seen.refundedMinor, known.money.paidMinor);
    const isLost = seen.dispute === 'lost' && known.money.state !== 'lost';
    if (refundedMinor === known.money.refundedMinor && seen.dispute === 'none') return;
    await this.#work.run(orderId, undefined, async (order, work) => {
      if (refundedMinor < order.money.refundedMinor) await this.#raise(work, order, seen, 'refund-failed');
      await this.#settling.setRefunded(work, order, refundedMinor, await this.#whoRefunded(work, order, refundedMinor));
      if (seen.dispute !== 'none') await this.#raise(work, order, seen, 'disputed');
    });
    if (isLost) await this.#work.run(orderId, undefined, (order, work) => this.#settling.lose(work, order, "the buyer's bank took it back"));
  }

  /** Whoever asked for it here, unless more went back than was asked for: then somebody did so at Stripe. */
  async #whoRefunded({ transaction }: Work, order: Order, refundedMinor: number): Promise<MoneyWord> {
    const asked = await transaction
      .selectFrom('payment_refunds')
      .select(['by_role', 'by_name', 'note', 'amount_minor'])
      .where('order_id', '=', order.id)
      .where('state', '!=', 'failed')
      .orderBy('created_at', 'desc')
      .execute();
    const [last] = asked;
    const isOurs = last !== undefined && asked.reduce((sum, row) => sum + row.amount_minor, 0) >= refundedMinor;
    return isOurs ? { by: { role: last.by_role, name: last.by_name }, note: last.note } : { by: bySystem, note: 'Stripe' };
  }

  /** An order is called paid by nothing but exactly its own money. */
  #compare(order: Order, seen: Seen, account: string | null): PaymentProblemKind | undefined {
    if (seen.orderId !== order.id || seen.livemode !== this.#livemode || seen.account !== account) return 'foreign';
    if (seen.currency !== order.currency || seen.askedMinor !== order.money.dueMinor) return 'amount';
    if (seen.state === 'paid' && seen.receivedMinor !== order.money.dueMinor) return 'amount';
    return undefined;
  }

  async #raise({ transaction, now }: Work, order: Order, seen: Seen, kind: PaymentProblemKind): Promise<void> {
    this.#log.warn({ orderId: order.id, kind, intentId: seen.intentId }, 'a payment needs a person');
    await raiseProblem(transaction, {
      kind,
      orderId: order.id,
      amountMinor: seen.receivedMinor,
      currency: seen.currency,
      gatewayRef: seen.intentId ?? seen.sessionId,
      detail: problemDetails[kind],
      at: now,
    });
  }

  /** Money that names no payment we have opened: kept for a person to look at. */
  async raiseForeign(problem: { orderId: string; gatewayRef: string; amountMinor: number | null; currency: string | null; detail: string }, now: number): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const order = await transaction.selectFrom('orders').select('id').where('id', '=', problem.orderId).executeTakeFirst();
      await raiseProblem(transaction, { ...problem, kind: 'foreign', orderId: order?.id ?? null, at: now });
    });
    this.#log.warn({ kind: 'foreign', gatewayRef: problem.gatewayRef }, 'a payment needs a person');
  }
}

const problemDetails: Record<PaymentProblemKind, string> = {
  late: 'Money came for an order that is over.',
  amount: 'Another sum or currency was paid than asked.',
  foreign: 'The payment names another order, account or mode.',
  'refund-owed': 'The order is over and its money still here.',
  'refund-failed': 'Money that was given back did not arrive.',
  disputed: 'The buyer has gone to their bank.',
  'difference-owed': 'A group made it cheaper after it was paid.',
};
