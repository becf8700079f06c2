// Owns the payments of the shop as one piece: the ways of paying, what each can do for a caller, and the clocks that run beside them.
import type { Clock } from '../../platform/clock.ts';
import type { StripeSettings } from '../../platform/config.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Bus } from '../../platform/events.ts';
import type { Logger } from '../../platform/log.ts';
import type { Order } from '../../protocol/order.ts';
import type { PaymentChange, PaymentStart } from '../../protocol/payments.ts';
import type { ShopFacts } from '../facts.ts';
import type { OrderWork } from '../order-work.ts';
import { findOrder } from '../orders.ts';
import type { ShopTables } from '../schema.ts';
import { shortLine } from '../stock.ts';
import { CardAccounts } from './card-accounts.ts';
import { Holds } from './holds.ts';
import { readMoneyChanges } from './ledger.ts';
import type { Payments } from './payment.ts';
import { PaymentProblems } from './problems.ts';
import { Settling } from './settling.ts';
import { createStripe, type StripeParts } from './stripe/index.ts';

const CLOSE_WITHIN_MS = 2_000;

/** How payments are set up on this server. */
export interface PaymentSetup {
  /** Undefined: no seller here is paid by Stripe. */
  stripe: StripeSettings | undefined;
  /** How long goods are held for a payment by Stripe, ms. */
  holdMs: number;
}

export class Money {
  readonly settling: Settling;
  readonly problems: PaymentProblems;
  /** Ends holds that have run out; `look` does it now. */
  readonly holds: Holds;
  /** Who gets the money of card payments. */
  readonly accounts: CardAccounts;
  readonly #database: Database;
  readonly #payments: Payments;
  readonly #clock: Clock;
  readonly #bus: Bus<ShopFacts>;
  readonly #stripe: StripeParts | undefined;
  #unlisten: () => void = () => undefined;

  /** Adds Stripe to `payments` where it is set up. */
  constructor(deps: { database: Database; bus: Bus<ShopFacts>; clock: Clock; log: Logger; work: OrderWork; payments: Payments; setup: PaymentSetup }) {
    const { database, clock, payments, setup } = deps;
    this.#database = database;
    this.#payments = payments;
    this.#clock = clock;
    this.#bus = deps.bus;
    this.settling = new Settling(deps);
    this.problems = new PaymentProblems(deps);
    this.holds = new Holds({ ...deps, settling: this.settling });
    this.#stripe = setup.stripe && createStripe({ ...deps, keys: setup.stripe, holdMs: setup.holdMs, settling: this.settling });
    this.accounts = new CardAccounts({ database, stripe: this.#stripe });
    if (this.#stripe) payments.stripe = this.#stripe.payment;
  }

  /** What the buyer needs to pay. @throws FieldcastError `payment.wrong-state`, `payment.not-offered`, `stock.insufficient` (params `variantId`, `left`), `payment.unavailable`, `payment.refused`. */
  async pay(order: Order): Promise<PaymentStart> {
    const payment = this.#payments[order.payment];
    if (!payment) throw new FieldcastError('payment.not-offered', 'This way of paying is not set up.', { params: { method: order.payment } });
    if (!payment.start || order.state !== 'awaiting-payment' || order.money.state !== 'due') {
      throw new FieldcastError('payment.wrong-state', 'There is nothing to pay now.', { params: { state: order.money.state } });
    }
    const short = order.isFirstPaid ? await shortLine(this.#database.read<ShopTables>(), order.id) : undefined;
    if (short && order.payment !== 'transfer') throw new FieldcastError('stock.insufficient', 'Others have paid first, and there is not enough left.', { params: short });
    const start = await payment.start(order);
    const serverTime = this.#clock.now();
    // Whoever has sent a transfer already has to find the way to say so.
    return short && start.method === 'transfer' ? { ...start, isSoldOut: true, serverTime } : { ...start, serverTime };
  }

  /** The order as it is once whoever holds the money was asked. @throws FieldcastError `payment.unavailable`. */
  async check(order: Order): Promise<Order> {
    await this.#payments[order.payment]?.check?.(order.id);
    return (await findOrder(this.#database, order.id)) ?? order;
  }

  /** Every step of an order's money, oldest first. */
  changes(orderId: string): Promise<PaymentChange[]> {
    return readMoneyChanges(this.#database.read<ShopTables>(), orderId);
  }

  /** @throws FieldcastError `webhook.not-genuine`, `not-found` where there is no Stripe. */
  async takeStripeEvent(body: Uint8Array, signature: string | undefined): Promise<void> {
    if (!this.#stripe) throw new FieldcastError('not-found', 'This server takes no payments by Stripe.');
    await this.#stripe.webhook.take(body, signature);
  }

  /** Starts the clocks. What came due while the server was down is done at once. */
  start(): void {
    this.holds.start();
    const stripe = this.#stripe;
    if (!stripe) return;
    // A cancelled order has its payment closed, and money on its way back is sent, without waiting for the next look.
    this.#unlisten = this.#bus.on('order.changed', ({ order }) => {
      if (order.payment === 'stripe' && (order.state === 'cancelled' || order.money.refundingMinor > 0)) stripe.errands.kick();
    });
    stripe.errands.start();
  }

  /** Does all that is due now; for tests and for a stop that wants nothing left over. */
  async runDue(): Promise<void> {
    await this.holds.look();
    await this.#stripe?.errands.run();
  }

  /** Waits for what is under way, but not for a gateway that does not answer: all of it is stored and found again. */
  async close(): Promise<void> {
    this.#unlisten();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_WITHIN_MS)));
    await Promise.race([limit, Promise.all([this.holds.close(), this.#stripe?.errands.close()])]);
    clearTimeout(timer);
  }
}
