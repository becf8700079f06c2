// Owns the steps of an order's money and what each means for the order: paid, claimed, given back, lost, or never come.
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { newId } from '../../protocol/ids.ts';
import { type Order, SOLD_OUT_NOTE } from '../../protocol/order.ts';
import type { MoneyState } from '../../protocol/payments.ts';
import type { Work } from '../commits.ts';
import type { OrderWork } from '../order-work.ts';
import { goodsTurn } from '../promotions/part.ts';
import type { ShopTables } from '../schema.ts';
import { shortLine } from '../stock.ts';
import { takeCash } from './door-cash.ts';
import { bySystem, type MoneyMover, moveMoney, noteMoney, raiseProblem, withdrawProblems } from './ledger.ts';
import type { Payments } from './payment.ts';
import { readSettings } from './settings.ts';

/** Who, and the word they leave. */
export interface MoneyWord {
  by: MoneyMover;
  note: string;
}

/** Claims of one order after whose refusal its goods are held on. */
const CLAIMS_HEARD = 3;
/** How long after its end money for an order is still looked for. */
const LATE_CLAIM_MS = 24 * 3600_000;

const over: readonly Order['state'][] = ['cancelled', 'refused'];

export class Settling {
  readonly #database: Database;
  readonly #work: OrderWork;
  readonly #payments: Payments;

  constructor(deps: { database: Database; work: OrderWork; payments: Payments }) {
    this.#database = deps.database;
    this.#work = deps.work;
    this.#payments = deps.payments;
  }

  /**
   * The buyer of a transfer says it is paid. Also of one that was not paid in time, for a day: the money may have left before the hold
   * ended, and somebody has to look for it. @throws FieldcastError `not-found`, `payment.wrong-state`.
   */
  claim(id: string): Promise<Order> {
    return this.#work.run(id, undefined, async (order, { transaction, now }) => {
      if (order.payment !== 'transfer') wrongState(order, 'Only a transfer is paid by word of the buyer.');
      if (order.money.state !== 'due') return;
      if (order.state !== 'awaiting-payment' && !isJustTooLate(order, now)) wrongState(order, 'This order waits for no money any more.');
      await moveMoney(transaction, order, { to: 'claimed', amountMinor: 0, by: { role: 'viewer', name: '' }, why: '', at: now, set: {} });
    });
  }

  /** The seller has seen the transfer. @throws FieldcastError `not-found`, `payment.wrong-state`. */
  confirm(id: string, word: MoneyWord, once?: Once): Promise<Order> {
    return this.#work.run(id, once, async (order, work) => {
      if (order.payment !== 'transfer') wrongState(order, 'Only a transfer is confirmed by its seller.');
      if (order.money.state !== 'due' && order.money.state !== 'claimed') wrongState(order, 'There is nothing to confirm.');
      await this.receive(work, order, order.money.dueMinor, word);
    });
  }

  /** No such transfer came: due again, with a fresh hold; after the third time without, so that no word alone holds goods for ever. @throws FieldcastError `not-found`, `payment.wrong-state`. */
  refuseClaim(id: string, word: MoneyWord, once?: Once): Promise<Order> {
    return this.#work.run(id, once, async (order, { transaction, now }) => {
      if (order.money.state !== 'claimed') wrongState(order, 'Nobody says that it is paid.');
      const { transferHoldMinutes } = await readSettings(transaction, order.sellerId);
      const { claims } = await transaction
        .selectFrom('payment_changes')
        .select((eb) => eb.fn.countAll<number>().as('claims'))
        .where('order_id', '=', id)
        .where('to_state', '=', 'claimed')
        .executeTakeFirstOrThrow();
      const holdMs = claims < CLAIMS_HEARD ? transferHoldMinutes * 60_000 : 0;
      const set = order.state === 'awaiting-payment' ? { hold_until: now + holdMs } : {};
      await moveMoney(transaction, order, { to: 'due', amountMinor: 0, by: word.by, why: word.note, at: now, set });
    });
  }

  /** The courier's cash is in. @throws FieldcastError `not-found`, `payment.wrong-state`. */
  collect(id: string, word: MoneyWord, once?: Once): Promise<Order> {
    return this.#work.run(id, once, async (order, work) => {
      if (order.payment !== 'cod') wrongState(order, 'No courier collects for this order.');
      if (order.money.state !== 'due' || over.includes(order.state)) wrongState(order, 'There is no cash to collect.');
      await takeCash(order, undefined, word.note, word.by, work);
    });
  }

  /**
   * Gives money back. Through a gateway it is asked for here, and on its way when that has taken it; elsewhere the word of the staff is enough.
   * @param amountMinor undefined: all that is left
   * @throws FieldcastError `not-found`, `payment.wrong-state`, `payment.refund-too-large` (params `leftMinor`), `payment.refused`.
   */
  async refund(id: string, amountMinor: number | undefined, word: MoneyWord, once: Once | undefined): Promise<Order> {
    const order = await this.#work.run(id, once, async (before, work) => {
      const { state, paidMinor, refundedMinor, refundingMinor } = before.money;
      if (state !== 'paid' && state !== 'part-refunded') wrongState(before, 'There is nothing to give back.');
      const leftMinor = paidMinor - refundedMinor - refundingMinor;
      const wanted = amountMinor ?? leftMinor;
      if (wanted > leftMinor || wanted <= 0) {
        throw new FieldcastError('payment.refund-too-large', 'There is not so much left to give back.', { params: { leftMinor } });
      }
      if (this.#payments[before.payment]?.refund) await askRefund(work, before, wanted, word);
      else await this.setRefunded(work, before, refundedMinor + wanted, word);
    });
    if (order.money.refundingMinor === 0) return order;
    await this.#payments[order.payment]?.refund?.(id);
    return this.#work.run(id, undefined, async () => undefined);
  }

  /**
   * Money of this order was seen. Its order goes on; of an order that is over it is noted as owed. An order that takes its goods only now
   * is cancelled where they are gone, and its money is owed too.
   * @returns whether the money is to go back: its order is over.
   */
  async receive(work: Work, order: Order, amountMinor: number, { by, note }: MoneyWord, gatewayRef: string | null = null): Promise<boolean> {
    const { transaction, now } = work;
    const paidMinor = order.money.paidMinor + amountMinor;
    const set = { paid_minor: paidMinor, hold_until: null, is_processing: 0 as const };
    await moveMoney(transaction, order, { to: 'paid', amountMinor, by, why: note, at: now, set });
    if (order.state === 'awaiting-payment') {
      const isSoldOut = goodsTurn(order, 'placed') === 'take' && (await shortLine(transaction, order.id)) !== undefined;
      const paid = { ...order, money: { ...order.money, paidMinor } };
      await this.#work.change(work, paid, isSoldOut ? { to: 'cancelled', note: SOLD_OUT_NOTE, by: bySystem } : { to: 'placed', note: '', by });
      return isSoldOut;
    }
    if (over.includes(order.state)) {
      const detail = `Money came for an order that is ${order.state}.`;
      await raiseProblem(transaction, { kind: 'late', orderId: order.id, amountMinor, currency: order.currency, gatewayRef, detail, at: now });
    }
    return order.state === 'cancelled';
  }

  /** All that went back so far, as whoever holds the money says. Less than before: a refund did not arrive. */
  async setRefunded(work: Work, order: Order, refundedMinor: number, { by, note }: MoneyWord): Promise<void> {
    const { paidMinor } = order.money;
    if (refundedMinor === order.money.refundedMinor) return;
    const to: MoneyState = refundedMinor === 0 ? 'paid' : refundedMinor < paidMinor ? 'part-refunded' : 'refunded';
    const amountMinor = order.money.refundedMinor - refundedMinor;
    await moveMoney(work.transaction, order, { to, amountMinor, by, why: note, at: work.now, set: { refunded_minor: refundedMinor } });
    await withdrawProblems(work.transaction, order.id, 'difference-owed', { coveredByMinor: refundedMinor - order.money.refundedMinor });
    if (refundedMinor < paidMinor) return;
    for (const kind of ['late', 'refund-owed', 'difference-owed'] as const) await withdrawProblems(work.transaction, order.id, kind);
  }

  /** The buyer's bank has taken it back for good. */
  async lose(work: Work, order: Order, note: string): Promise<void> {
    if (order.money.state === 'lost') return;
    const { paidMinor, refundedMinor } = order.money;
    await moveMoney(work.transaction, order, { to: 'lost', amountMinor: refundedMinor - paidMinor, by: bySystem, why: note, at: work.now, set: {} });
  }

  /** Whether the way of paying is still at it. */
  async setProcessing(work: Work, order: Order, isProcessing: boolean): Promise<void> {
    if (order.money.isProcessing === isProcessing || order.state !== 'awaiting-payment') return;
    await noteMoney(work.transaction, order.id, { is_processing: isProcessing ? 1 : 0 }, work.now);
  }

  /** An order whose money never came is cancelled, and its goods go back. Nothing happens to one that is paid, claimed or being paid. */
  closeUnpaid(id: string, note: string, mayClose: (order: Order, now: number) => boolean = () => true): Promise<Order> {
    return this.#work.run(id, undefined, async (order, work) => {
      const { state, isProcessing } = order.money;
      if (order.state !== 'awaiting-payment' || state !== 'due' || isProcessing || !mayClose(order, work.now)) return;
      await this.#work.change(work, order, { to: 'cancelled', note, by: bySystem });
    });
  }

  /** Orders that hold goods for money that has not come in time, and that nobody is paying. */
  async overdue(now: number, limit: number): Promise<{ orderId: string; method: Order['payment'] }[]> {
    return this.#database
      .read<ShopTables>()
      .selectFrom('payments')
      .select(['order_id as orderId', 'method'])
      .where('hold_until', '<=', now)
      .where('state', '=', 'due')
      .where('is_processing', '=', 0)
      .orderBy('hold_until')
      .limit(limit)
      .execute();
  }
}

/** Stores that money is to go back; whoever can do so finds it there, also after a restart. */
export async function askRefund({ transaction, now }: Work, order: Order, amountMinor: number, { by, note }: MoneyWord): Promise<void> {
  await transaction
    .insertInto('payment_refunds')
    .values({
      id: newId('ref'),
      order_id: order.id,
      amount_minor: amountMinor,
      state: 'asked',
      by_role: by.role,
      by_name: by.name,
      note,
      attempt: 1,
      gateway_ref: null,
      created_at: now,
      next_try_at: now,
    })
    .execute();
}

/** Cancelled by the clock, and not long ago. */
function isJustTooLate({ state, history }: Order, now: number): boolean {
  const last = history.at(-1);
  return state === 'cancelled' && last?.byRole === 'system' && now - last.at < LATE_CLAIM_MS;
}

function wrongState(order: Order, detail: string): never {
  throw new FieldcastError('payment.wrong-state', detail, { params: { state: order.money.state } });
}
