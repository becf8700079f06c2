// Owns how an order changes state: which move is allowed to whom, what it does to stock, and how the last one is taken back.
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { Role } from '../protocol/access.ts';
import { holdsStock, isCancellableByBuyer, type Order, type OrderState, orderTransitions } from '../protocol/order.ts';
import type { Commits, Work } from './commits.ts';
import { insertChange, readChanges, readOrder, updateState } from './orders.ts';
import type { ShopTables } from './schema.ts';
import { giveBack, reserveAgain } from './stock.ts';

/** Who moves an order, as its history will say. */
export interface Mover {
  role: Role;
  name: string;
}

const buyer: Mover = { role: 'viewer', name: '' };

export class Moving {
  readonly #database: Database;
  readonly #commits: Commits;

  constructor(deps: { database: Database; commits: Commits }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
  }

  /** @throws FieldcastError `not-found`, `order.wrong-state` (params `state`) where the order may not go. */
  move(id: string, to: OrderState, note: string, by: Mover, once?: Once): Promise<Order> {
    return this.#run(id, once, async (order, work) => {
      if (!orderTransitions[order.state].includes(to)) refuse(order, `An order that is ${order.state} cannot become ${to}.`);
      await change(work, order, { to, note, by });
    });
  }

  /**
   * Cancels until the order is packed. Cancelling a cancelled order changes nothing and is no error: the buyer's answer may have
   * been lost on the way. @param by staff who cancel in the buyer's place. @throws FieldcastError `not-found`, `order.wrong-state`.
   */
  cancelByBuyer(id: string, by: Mover = buyer): Promise<Order> {
    return this.#run(id, undefined, async (order, work) => {
      if (order.state === 'cancelled') return;
      if (!isCancellableByBuyer(order.state)) refuse(order, `An order that is ${order.state} is no longer the buyer's to cancel.`);
      await change(work, order, { to: 'cancelled', note: '', by });
    });
  }

  /**
   * Takes back the last move that stands; called again, the one before it. What the buyer has cancelled stays cancelled.
   * @throws FieldcastError `not-found`, `order.wrong-state` with nothing to take back, `stock.insufficient` when the goods of a
   * cancelled order have been sold meanwhile.
   */
  undo(id: string, by: Mover): Promise<Order> {
    return this.#run(id, undefined, async (order, work) => {
      const standing = [];
      for (const each of await readChanges(work.transaction, id)) {
        if (each.undoes === null) standing.push(each);
        else standing.pop();
      }
      const last = standing.at(-1);
      if (!last || last.from_state === null) return refuse(order, 'There is no move to take back.');
      if (last.by_role === 'viewer') return refuse(order, 'The buyer has cancelled; only the buyer can order again.');
      await change(work, order, { to: last.from_state, note: '', by, undoes: last.position });
    });
  }

  #run(id: string, once: Once | undefined, act: (order: Order, work: Work) => Promise<void>): Promise<Order> {
    return this.#commits.run(
      once,
      async (work) => {
        const before = (await readOrder(work.transaction, id)) ?? missing();
        await act(before, work);
        const after = (await readOrder(work.transaction, id)) ?? missing();
        if (after.history.length > before.history.length) work.tell('order.changed', { order: after });
        return after;
      },
      async () => (await readOrder(this.#database.read<ShopTables>(), id)) ?? missing(),
    );
  }
}

async function change(
  { transaction, now, tell }: Work,
  order: Order,
  step: { to: OrderState; note: string; by: Mover; undoes?: number },
): Promise<void> {
  // Conditional, so that stock moves once even where another process writes to the same file.
  if (!(await updateState(transaction, order.id, order.state, { to: step.to, at: now }))) refuse(order, 'The order has just changed.');
  const { role, name } = step.by;
  await insertChange(
    transaction,
    order.id,
    order.history.length,
    { from: order.state, to: step.to, at: now, byRole: role, byName: name, note: step.note },
    step.undoes ?? null,
  );
  if (holdsStock(order.state) === holdsStock(step.to)) return;
  const variants = holdsStock(step.to) ? await reserveAgain(transaction, order.id) : await giveBack(transaction, order.id);
  tell('variants.changed', { sellerId: order.sellerId, variants });
}

function refuse(order: Order, detail: string): never {
  throw new FieldcastError('order.wrong-state', detail, { params: { state: order.state } });
}

function missing(): never {
  throw new FieldcastError('not-found', 'There is no such order.');
}
