// Owns orders that were not placed by the checkout, as of an auction that was won: kept among the orders of this device, and brought to the checkout to be paid.
import { readOrder } from '../../server/protocol/endpoints/orders.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Failure } from './outcome.ts';
import type { Visit } from './visit.ts';
import { Watchable } from './watchable.ts';

export class WonOrders extends Watchable {
  readonly #visit: Visit;
  #brought: Order[] = [];

  constructor(visit: Visit) {
    super();
    this.#visit = visit;
  }

  /** Reads an order, keeps it among those of this device and brings it to the checkout. Null when it worked. */
  async bring(orderId: string): Promise<Failure | null> {
    const outcome = await this.#visit.client.call(readOrder, { params: { orderId } });
    if (!outcome.ok) return outcome.error;
    this.#visit.outbox.remember(outcome.value);
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
}

const known = new WeakMap<object, WonOrders>();

/** Those of a visit; cards bring them, the checkout takes them. */
export function wonOrdersOf(visit: Visit): WonOrders {
  let orders = known.get(visit);
  if (!orders) known.set(visit, (orders = new WonOrders(visit)));
  return orders;
}
