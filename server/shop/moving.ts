// Owns how people move an order: which move is allowed to whom, and how the last one is taken back.
import type { Once } from '../platform/db/database.ts';
import type { Role } from '../protocol/access.ts';
import { isCancellableByBuyer, type Order, type OrderState, orderTransitions } from '../protocol/order.ts';
import { type OrderWork, refuse, requireNoMoneyOnTheWay } from './order-work.ts';
import { readChanges } from './orders.ts';

/** Who moves an order, as its history will say. */
export interface Mover {
  role: Role;
  name: string;
}

const buyer: Mover = { role: 'viewer', name: '' };

export class Moving {
  readonly #work: OrderWork;

  constructor(work: OrderWork) {
    this.#work = work;
  }

  /**
   * @throws FieldcastError `not-found`, `order.wrong-state` (params `state`) where the order may not go, `payment.in-progress` where its
   * money is on the way.
   */
  move(id: string, to: OrderState, note: string, by: Mover, once?: Once): Promise<Order> {
    return this.#work.run(id, once, async (order, work) => {
      if (!orderTransitions[order.state].includes(to)) refuse(order, `An order that is ${order.state} cannot become ${to}.`);
      requireNoMoneyOnTheWay(order);
      await this.#work.change(work, order, { to, note, by });
    });
  }

  /**
   * Cancels until the order is packed. Cancelling a cancelled order changes nothing and is no error: the buyer's answer may have
   * been lost on the way. @param by staff who cancel in the buyer's place.
   * @throws FieldcastError `not-found`, `order.wrong-state`, `payment.in-progress`.
   */
  cancelByBuyer(id: string, by: Mover = buyer): Promise<Order> {
    return this.#work.run(id, undefined, async (order, work) => {
      if (order.state === 'cancelled') return;
      if (!isCancellableByBuyer(order.state)) refuse(order, `An order that is ${order.state} is no longer the buyer's to cancel.`);
      requireNoMoneyOnTheWay(order);
      await this.#work.change(work, order, { to: 'cancelled', note: '', by });
    });
  }

  /**
   * Takes back the last move that stands; called again, the one before it. What the buyer has cancelled stays cancelled, and what
   * waited for money does not wait again.
   * @param only position of the change that may be taken back; another one that stands last is left alone.
   * @throws FieldcastError `not-found`, `order.wrong-state` with nothing to take back, `stock.insufficient` when the goods of a
   * cancelled order have been sold meanwhile.
   */
  undo(id: string, by: Mover, only?: number): Promise<Order> {
    return this.#work.run(id, undefined, async (order, work) => {
      const standing = [];
      for (const each of await readChanges(work.transaction, id)) {
        if (each.undoes === null) standing.push(each);
        else standing.pop();
      }
      const last = standing.at(-1);
      if (!last || last.from_state === null) return refuse(order, 'There is no move to take back.');
      if (only !== undefined && last.position !== only) return refuse(order, 'It has moved on since.');
      if (last.by_role === 'viewer') return refuse(order, 'The buyer has cancelled; only the buyer can order again.');
      if (order.money.refundedMinor + order.money.refundingMinor > 0) return refuse(order, 'Its money has been given back; the buyer can order again.');
      if (last.from_state === 'awaiting-payment') return refuse(order, 'Its payment is over; the buyer can order again.');
      await this.#work.change(work, order, { to: last.from_state, note: '', by, undoes: last.position });
    });
  }
}
