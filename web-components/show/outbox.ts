// Owns orders on their way: kept on the device until the server has answered, sent again with the same key, so that each is placed exactly once.
import { newId } from '../../server/protocol/new-id.ts';
import type { Currency } from '../../server/protocol/money.ts';
import type { Order, OrderRequest } from '../../server/protocol/order.ts';
import { type Failure, failure, isRetryable, type Outcome } from './outcome.ts';
import { type DeviceStorage, Kept } from './storage.ts';
import { Watchable } from './watchable.ts';

/** An order that the server has not answered yet, or has refused. */
export interface PendingOrder {
  /** Its `Idempotency-Key`, made once. */
  key: string;
  request: OrderRequest;
  createdAtMs: number;
  attempts: number;
  state: 'waiting' | 'sending' | 'refused';
  /** When it is sent again (device clock, ms), while waiting. */
  retryAtMs: number;
  error: Failure | null;
}

/** What is remembered of an order after it was placed: no name, no address. */
export interface PlacedOrder {
  id: string;
  number: number;
  placedAtMs: number;
  totalMinor: number;
  currency: Currency;
  /** It waited for its money when it was placed. */
  isUnpaid?: boolean;
}

const RETRY_FIRST_MS = 700;
const RETRY_MAX_MS = 15_000;
const ATTEMPT_TIMEOUT_MS = 8_000;
/** Nobody expects an order of this morning to be placed in the evening because the phone found a network. */
const EXPIRY_MS = 2 * 60 * 60 * 1000;
const PLACED_KEPT = 20;

/** Sends an order once. The endpoint's schemas come with the first order, not with the first picture. */
export type SendOrder = (request: OrderRequest, key: string, timeoutMs: number) => Promise<Outcome<Order>>;

export interface OutboxOptions {
  send: SendOrder;
  storage: DeviceStorage;
  serverUrl: string;
  showId: string;
  /** Called with every answered order, also one that was sent before a reload. */
  onPlaced?: (order: Order, request: OrderRequest) => void;
}

const isPending = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item?.key === 'string' && Array.isArray(item.request?.lines));
const isPlaced = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item?.id === 'string' && typeof item.number === 'number');

export class Outbox extends Watchable {
  #sendOrder: SendOrder;
  #kept: Kept<PendingOrder[]>;
  #keptPlaced: Kept<PlacedOrder[]>;
  #onPlaced: (order: Order, request: OrderRequest) => void;
  #pending: PendingOrder[];
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #isClosed = false;
  #onOnline = () => this.nudge();

  constructor({ send, storage, serverUrl, showId, onPlaced }: OutboxOptions) {
    super();
    this.#sendOrder = send;
    this.#onPlaced = onPlaced ?? (() => undefined);
    this.#kept = new Kept(storage, `outbox:${serverUrl}:${showId}`, isPending);
    this.#keptPlaced = new Kept(storage, `orders:${serverUrl}:${showId}`, isPlaced);
    // An order that was being sent when the page went away may or may not have arrived: the same key settles it.
    this.#pending = (this.#kept.read() ?? []).map((order) => (order.state === 'sending' ? { ...order, state: 'waiting', retryAtMs: 0 } : order));
  }

  get pending(): readonly PendingOrder[] {
    return this.#pending;
  }

  /** Orders placed in this show on this device, newest first. */
  get placed(): readonly PlacedOrder[] {
    return this.#keptPlaced.read() ?? [];
  }

  /** Resumes what an earlier page left. */
  open(): void {
    if (typeof addEventListener === 'function') addEventListener('online', this.#onOnline);
    for (const order of this.#pending) if (order.state === 'waiting') void this.#send(order.key);
  }

  close(): void {
    this.#isClosed = true;
    if (typeof removeEventListener === 'function') removeEventListener('online', this.#onOnline);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Keeps an order and starts sending it; answers its key. */
  place(request: OrderRequest): string {
    const order: PendingOrder = { key: newId('key'), request, createdAtMs: Date.now(), attempts: 0, state: 'waiting', retryAtMs: 0, error: null };
    this.#write([...this.#pending, order]);
    void this.#send(order.key);
    return order.key;
  }

  /** Sends waiting orders now: the network has come back. */
  nudge(): void {
    for (const order of this.#pending) if (order.state === 'waiting') void this.#send(order.key);
  }

  /** Takes a refused order away; one that may still be placed stays. */
  dismiss(key: string): void {
    this.#write(this.#pending.filter((order) => order.key !== key || order.state !== 'refused'));
  }

  async #send(key: string): Promise<void> {
    const order = this.#pending.find((candidate) => candidate.key === key);
    if (this.#isClosed || !order || order.state !== 'waiting') return;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    if (Date.now() - order.createdAtMs > EXPIRY_MS) {
      this.#change(key, { state: 'refused', error: failure('order.not-sent', 'too old to be sent').error });
      return;
    }
    this.#change(key, { state: 'sending', attempts: order.attempts + 1 });
    const outcome = await this.#sendOrder(order.request, key, ATTEMPT_TIMEOUT_MS);
    if (!this.#isClosed) this.#settle(key, order, outcome);
  }

  #settle(key: string, { request, attempts }: PendingOrder, outcome: Outcome<Order>): void {
    if (outcome.ok) {
      this.remember(outcome.value);
      this.#write(this.#pending.filter((order) => order.key !== key));
      this.#onPlaced(outcome.value, request);
    } else if (isRetryable(outcome.error)) {
      const delayMs = outcome.error.retryAfterMs ?? Math.min(RETRY_FIRST_MS * 2 ** attempts, RETRY_MAX_MS) * (0.75 + Math.random() / 2);
      this.#change(key, { state: 'waiting', retryAtMs: Date.now() + delayMs, error: outcome.error });
      this.#timers.set(key, setTimeout(() => void this.#send(key), delayMs));
    } else this.#change(key, { state: 'refused', error: outcome.error });
  }

  /** Keeps a placed order among those of this device. */
  remember({ id, number, placedAt, totalMinor, currency, state }: Order): void {
    const earlier = this.placed.filter((order) => order.id !== id);
    this.#keptPlaced.write([{ id, number, placedAtMs: placedAt, totalMinor, currency, isUnpaid: state === 'awaiting-payment' }, ...earlier].slice(0, PLACED_KEPT));
  }

  #change(key: string, part: Partial<PendingOrder>): void {
    this.#write(this.#pending.map((order) => (order.key === key ? { ...order, ...part } : order)));
  }

  #write(pending: PendingOrder[]): void {
    this.#pending = pending;
    if (pending.length > 0) this.#kept.write(pending);
    else this.#kept.erase();
    this.changed();
  }
}
