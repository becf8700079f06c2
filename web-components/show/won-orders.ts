// Owns orders that were not placed by the checkout, as of an auction that was won: kept among the orders of this device, and brought to the checkout to be paid.
import { readOrder } from '../../server/protocol/endpoints/orders.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { Visit } from './visit.ts';
import { Watchable } from './watchable.ts';

export class WonOrders extends Watchable {
  readonly #visit: Visit;
  #brought: Order[] = [];

  constructor(visit: Visit) {
    super();
    this.#visit = visit;
  }

  /** Keeps an order among those of this device, where it is not yet. */
  async keep(orderId: string): Promise<void> {
    if (!this.#visit.outbox.placed.some(({ id }) => id === orderId)) await this.#read(orderId);
  }

  /** The same, and brings it to the checkout. Null when it worked. */
  async bring(orderId: string): Promise<Failure | null> {
    const outcome = await this.#read(orderId);
    if (!outcome.ok) return outcome.error;
    this.hand(outcome.value);
    return null;
  }

  /** The same with an order that is known: the checkout shows it, also where it comes only later. */
  hand(order: Order): void {
    this.#brought = [order, ...this.#brought.filter(({ id }) => id !== order.id)];
    this.changed();
  }

  /** The last that was brought and not taken yet, once. */
  take(): Order | null {
    const [order = null] = this.#brought;
    this.#brought = [];
    return order;
  }

  async #read(orderId: string): Promise<Outcome<Order>> {
    const outcome = await this.#visit.client.call(readOrder, { params: { orderId } });
    if (outcome.ok) this.#visit.outbox.remember(outcome.value);
    return outcome;
  }
}

const known = new WeakMap<object, WonOrders>();

/** Those of a visit; cards bring them, the checkout takes them. */
export function wonOrdersOf(visit: Visit): WonOrders {
  let orders = known.get(visit);
  if (!orders) known.set(visit, (orders = new WonOrders(visit)));
  return orders;
}
