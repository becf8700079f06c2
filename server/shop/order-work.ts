// Owns one piece of work on one order: read, act, read again in a single transaction, and tell what came of it.
import { isDeepStrictEqual } from 'node:util';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { Order, OrderState } from '../protocol/order.ts';
import type { Commits, Work } from './commits.ts';
import { insertChange, readOrder, updateState } from './orders.ts';
import { followToDoor } from './payments/door-rows.ts';
import { noteMoney, raiseProblem, withdrawProblems } from './payments/ledger.ts';
import type { OrderMover, Payments } from './payments/payment.ts';
import { goodsTurn, type OrderPart } from './promotions/part.ts';
import type { ShopTables } from './schema.ts';
import { giveBack, reserveAll } from './stock.ts';

export interface OrderStep {
  to: OrderState;
  note: string;
  by: OrderMover;
  /** Position of the change that this one takes back. */
  undoes?: number;
}

export class OrderWork {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #payments: Payments;
  readonly #parts: readonly OrderPart[];

  constructor(deps: { database: Database; commits: Commits; payments: Payments; parts: readonly OrderPart[] }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#payments = deps.payments;
    this.#parts = deps.parts;
  }

  /** Runs `act` once per key and answers the order as it is then. @throws FieldcastError `not-found`, and what `act` throws: nothing is changed then. */
  run(id: string, once: Once | undefined, act: (order: Order, work: Work) => Promise<void>): Promise<Order> {
    return this.#commits.run(
      once,
      async (work) => {
        const before = await this.#read(work, id);
        await act(before, work);
        const after = await this.#read(work, id);
        if (isDeepStrictEqual(before, after)) return after;
        work.tell('order.changed', { order: after });
        if (!isDeepStrictEqual(before.money, after.money)) work.tell('payment.changed', { order: after });
        if (before.state === 'awaiting-payment' && after.state === 'placed') await this.#tellPlaced(after, work);
        return after;
      },
      async () => (await readOrder(this.#database.read<ShopTables>(), id)) ?? missing(),
    );
  }

  /**
   * Moves an order as it was read to another state; its goods go back on the shelf, or are taken, where the two differ in that.
   * @throws FieldcastError `order.wrong-state`, `stock.insufficient`, `promotion.limit-reached`.
   */
  async change(work: Work, order: Order, step: OrderStep): Promise<void> {
    const { transaction, now, tell } = work;
    // Conditional, so that stock moves once even where another process writes to the same file.
    if (!(await updateState(transaction, order.id, order.state, { to: step.to, at: now }))) refuse(order, 'The order has just changed.');
    const change = { from: order.state, to: step.to, at: now, byRole: step.by.role, byName: step.by.name, note: step.note };
    await insertChange(transaction, order.id, order.history.length, change, step.undoes ?? null);
    const turn = goodsTurn(order, step.to);
    if (turn !== undefined) {
      const variants = await (turn === 'take' ? reserveAll(transaction, order.id) : giveBack(transaction, order.id));
      tell('variants.changed', { sellerId: order.sellerId, variants });
    }
    for (const part of this.#parts) await part.moved?.(order, step.to, work);
    await followToDoor(order, step.to, work);
    await noteOwed(order, step.to, work);
    await this.#payments[order.payment]?.moved?.(order, step.to, work, step.by);
  }

  async #read(work: Work, id: string): Promise<Order> {
    return (await readOrder(work.transaction, id)) ?? missing();
  }

  async #tellPlaced(order: Order, { transaction, tell }: Work): Promise<void> {
    const { identity } = await transaction.selectFrom('payments').select('identity').where('order_id', '=', order.id).executeTakeFirstOrThrow();
    await transaction.updateTable('payments').set({ identity: '' }).where('order_id', '=', order.id).execute();
    tell('order.placed', { order, identity });
  }
}

/** An order that is over holds no goods for money any more, and owes what was paid. */
async function noteOwed(order: Order, to: OrderState, { transaction, now }: Work): Promise<void> {
  const isOver = to === 'cancelled' || to === 'refused';
  if (order.money.holdUntil !== null && to !== 'awaiting-payment') {
    // Who ordered is kept for the moment in which it is placed, and no longer.
    await noteMoney(transaction, order.id, { hold_until: null, is_processing: 0, ...(isOver ? { identity: '' } : {}) }, now);
  }
  const owedMinor = order.money.paidMinor - order.money.refundedMinor;
  if (!isOver) await withdrawProblems(transaction, order.id, 'refund-owed');
  else if (owedMinor > 0) {
    const detail = `The order is ${to}, and what was paid is still here.`;
    await raiseProblem(transaction, { kind: 'refund-owed', orderId: order.id, amountMinor: owedMinor, currency: order.currency, gatewayRef: null, detail, at: now });
  }
}

/** @throws FieldcastError `order.wrong-state` (params `state`). */
export function refuse(order: Order, detail: string): never {
  throw new FieldcastError('order.wrong-state', detail, { params: { state: order.state } });
}

/** To be asked before people move an order. @throws FieldcastError `payment.in-progress` where its buyer has paid, or says so, and nobody knows yet. */
export function requireNoMoneyOnTheWay({ state, money }: Order): void {
  if (state !== 'awaiting-payment' || (!money.isProcessing && money.state !== 'claimed')) return;
  throw new FieldcastError('payment.in-progress', 'Its money is on the way; first that has to be settled.');
}

function missing(): never {
  throw new FieldcastError('not-found', 'There is no such order.');
}
