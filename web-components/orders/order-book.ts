// Owns the orders that a desk shows: one queue or what was looked for, kept current, and what is done to them.
import { countDeskOrders, listDeskOrders, moveDeskOrders, trackOrder, undoDeskBatch } from '../../server/protocol/endpoints.ts';
import type { Batch, DeskCounts, Queue } from '../../server/protocol/desk.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Order, OrderState } from '../../server/protocol/order.ts';
import type { Failure, Outcome, StaffRoom } from '../show/index.ts';

/** Facts of a rush come many a second; the desk is asked anew at most this often. */
const CALM_MS = 700;
/** What no fact tells is seen this late: facts come for one show, and may be missed while a connection is lost. */
const LOOK_MS = { show: 20_000, seller: 5_000 };
/** Orders that a refresh brings back at most; further ones are read on again. */
const MOST_KEPT = 200;

/** Whose orders: those of a show, or all of a seller. */
export interface BookScope {
  showId: string;
  sellerId: string;
}

export class OrderBook {
  orders: readonly Order[] = [];
  counts: DeskCounts | null = null;
  next: number | null = null;
  queue: Queue | null = null;
  search = '';
  fault: Failure | null = null;
  isLoaded = false;
  readonly selected = new Set<string>();
  readonly busy = new Set<string>();
  readonly #room: StaffRoom;
  readonly #scope: BookScope;
  readonly #onChange: () => void;
  readonly #stops: (() => void)[];
  #calming: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(options: { room: StaffRoom; scope: BookScope; onChange: () => void }) {
    this.#room = options.room;
    this.#scope = options.scope;
    this.#onChange = options.onChange;
    const soon = ({ showId }: { showId: string }): void => {
      if (!this.#scope.showId || showId === this.#scope.showId) this.#refreshSoon();
    };
    const look = setInterval(() => document.visibilityState === 'visible' && void this.refresh(), options.scope.showId ? LOOK_MS.show : LOOK_MS.seller);
    this.#stops = [options.room.client.on('order.placed', soon), options.room.client.on('order.changed', soon), () => clearInterval(look)];
  }

  close(): void {
    clearTimeout(this.#calming);
    for (const stop of this.#stops) stop();
  }

  get scopeQuery(): { showId: string } | { sellerId: string } {
    return this.#scope.showId ? { showId: this.#scope.showId } : { sellerId: this.#scope.sellerId };
  }

  /** Opens with the queue that has work. */
  async begin(): Promise<void> {
    await this.#count();
    const { counts } = this;
    const first = (['confirm', 'pack', 'ship', 'claimed', 'problems', 'sent'] as const).find((queue) => (counts?.[queue] ?? 0) > 0);
    this.queue ??= first ?? 'confirm';
    await this.#open();
  }

  async show(queue: Queue): Promise<void> {
    this.queue = queue;
    this.search = '';
    await Promise.all([this.#count(), this.#open()]);
  }

  async find(words: string): Promise<void> {
    this.search = words;
    await this.#open();
  }

  async refresh(): Promise<void> {
    await Promise.all([this.#count(), this.#read(Math.min(Math.max(this.orders.length, 1), MOST_KEPT))]);
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    const asked = this.#asked;
    const page = await this.#page(this.next);
    if (asked !== this.#asked || !page.ok) return;
    this.orders = [...this.orders, ...page.value.orders];
    this.next = page.value.next;
    this.#onChange();
  }

  toggle(orderId: string): void {
    if (!this.selected.delete(orderId)) this.selected.add(orderId);
    this.#onChange();
  }

  selectAll(isOn: boolean): void {
    this.selected.clear();
    if (isOn) for (const { id } of this.orders) this.selected.add(id);
    this.#onChange();
  }

  get chosen(): readonly Order[] {
    return this.orders.filter(({ id }) => this.selected.has(id));
  }

  async move(orders: readonly Order[], to: OrderState, note = ''): Promise<Outcome<Batch>> {
    const ids = orders.map(({ id }) => id);
    for (const id of ids) this.busy.add(id);
    this.#onChange();
    const outcome = await this.#room.client.call(moveDeskOrders, { body: { orderIds: ids, to, note }, idempotencyKey: newId('key'), timeoutMs: 30_000 });
    for (const id of ids) this.busy.delete(id);
    if (outcome.ok) this.selected.clear();
    await this.refresh();
    return outcome;
  }

  async undo(batchId: string): Promise<Outcome<{ undone: Order[]; refused: Batch['refused'] }>> {
    const outcome = await this.#room.client.call(undoDeskBatch, { params: { batchId }, body: {}, timeoutMs: 30_000 });
    await this.refresh();
    return outcome;
  }

  async track(order: Order, tracking: { courier: string; number: string }): Promise<Outcome<Order>> {
    const outcome = await this.#room.client.call(trackOrder, { params: { orderId: order.id }, body: tracking });
    await this.refresh();
    return outcome;
  }

  async #open(): Promise<void> {
    this.#asked += 1;
    this.selected.clear();
    this.orders = [];
    this.next = null;
    this.isLoaded = false;
    this.#onChange();
    await this.#read(1);
  }

  /** @param atLeast orders that were shown: as many come back */
  async #read(atLeast: number): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const orders: Order[] = [];
    let next: number | null = null;
    do {
      const page = await this.#page(next);
      if (asked !== this.#asked) return;
      this.fault = page.ok ? null : page.error;
      if (!page.ok) return this.#onChange();
      orders.push(...page.value.orders);
      next = page.value.next;
    } while (next !== null && orders.length < atLeast);
    this.orders = orders;
    this.next = next;
    this.isLoaded = true;
    for (const id of [...this.selected]) if (!orders.some((order) => order.id === id)) this.selected.delete(id);
    this.#onChange();
  }

  #page(cursor: number | null): Promise<Outcome<{ orders: Order[]; next: number | null }>> {
    const query = { ...this.scopeQuery, queue: this.queue ?? 'all', ...(this.search ? { search: this.search } : {}), ...(cursor === null ? {} : { cursor: String(cursor) }) };
    return this.#room.client.call(listDeskOrders, { query });
  }

  async #count(): Promise<void> {
    const outcome = await this.#room.client.call(countDeskOrders, { query: this.scopeQuery });
    if (!outcome.ok) return;
    this.counts = outcome.value.counts;
    this.#onChange();
  }

  #refreshSoon(): void {
    this.#calming ??= setTimeout(() => {
      this.#calming = undefined;
      void this.refresh();
    }, CALM_MS);
  }
}
