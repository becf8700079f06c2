// Owns which orders are news to the seller, and what the show has sold: fetched on every join, kept current by facts.
import { listOrders } from '../../server/protocol/endpoints.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Client, ShowStore } from '../show/index.ts';

export interface OrderInboxOptions {
  client: Pick<Client, 'call' | 'on'>;
  store: Pick<ShowStore, 'showId' | 'connectionCount' | 'subscribe'>;
  onChange: () => void;
  /** A new order, and one whose buyer says that it is paid; once each. */
  onArrival: (order: Order) => void;
  /** Buyers have waited for a while to hear whether their transfers came. */
  onWaiting: (count: number) => void;
}

export class OrderInbox {
  #orders = new Map<string, Order>();
  readonly #unseen = new Set<string>();
  #isLoaded = false;
  readonly #stops: (() => void)[];
  readonly #options: OrderInboxOptions;

  constructor(options: OrderInboxOptions) {
    this.#options = options;
    const { client, store } = options;
    let { connectionCount } = store;
    this.#stops = [
      client.on('order.placed', ({ showId, order }) => showId === store.showId && this.take(order)),
      client.on('order.changed', ({ showId, order }) => showId === store.showId && this.take(order)),
      client.on('claims.waiting', ({ showId, count }) => showId === store.showId && options.onWaiting(count)),
      store.subscribe(() => {
        if (store.connectionCount === connectionCount) return;
        connectionCount = store.connectionCount;
        // Facts may have been missed while the connection was away.
        void this.load();
      }),
    ];
  }

  /** Newest first. */
  get orders(): readonly Order[] {
    return [...this.#orders.values()].sort((a, b) => b.placedAt - a.placedAt || b.number - a.number);
  }

  /** Transfers that buyers say they have sent, and that nobody has looked for yet. */
  get claimCount(): number {
    return this.orders.filter(({ money }) => money.state === 'claimed').length;
  }

  get unseenCount(): number {
    return this.#unseen.size;
  }

  async load(): Promise<void> {
    const listed = await this.#options.client.call(listOrders, { params: { showId: this.#options.store.showId }, query: {} });
    if (!listed.ok) return;
    for (const order of listed.value.orders) this.take(order);
    this.#isLoaded = true;
    this.#options.onChange();
  }

  /** Takes an order as the server told it; an older telling than the known one changes nothing. */
  take(order: Order): void {
    const known = this.#orders.get(order.id);
    if (known && (known.changedAt > order.changedAt || (known.changedAt === order.changedAt && known.history.length > order.history.length))) return;
    this.#orders.set(order.id, order);
    // The first list is what was there before this page; only what comes after it is news, and what nobody has paid yet is none.
    const isOrdered = order.state === 'placed' && (!known || known.state === 'awaiting-payment');
    const isClaimed = order.money.state === 'claimed' && known?.money.state !== 'claimed';
    if (this.#isLoaded && (isOrdered || isClaimed)) {
      this.#unseen.add(order.id);
      this.#options.onArrival(order);
    }
    this.#options.onChange();
  }

  markSeen(): void {
    if (this.#unseen.size === 0) return;
    this.#unseen.clear();
    this.#options.onChange();
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }
}
