// Owns which order is being paid in the checkout: begun after placing, left for later, come back to after a reload or another app.
import { checkPayment, readOrder } from '../../server/protocol/endpoints.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Failure, Visit } from '../show/index.ts';
import { define } from '../ui/index.ts';
import { type OpenPayment, OpenPayments } from './open-payments.ts';

/** An order whose payment nobody has begun is not brought up again after this. */
const NEWS_MS = 3600_000;
/** How often an order that waits elsewhere than on the screen is asked after: its money may come without this page. */
const LOOK_EVERY_MS = 20_000;

export interface PayingOptions {
  onChange: () => void;
  /** The order has been paid, or was meanwhile: it is placed now. */
  onPlaced: (order: Order) => void;
  /** As `onPlaced`, of an order that is not on the screen. */
  onPlacedElsewhere: (order: Order) => void;
}

export class Paying {
  #options: PayingOptions;
  #visit: Visit | null = null;
  #kept: OpenPayments | null = null;
  #order: Order | null = null;
  #isResumed = false;
  #error: Failure | null = null;
  #isLoaded = false;
  #hasLoadFailed = false;
  #looking: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PayingOptions) {
    this.#options = options;
  }

  /** The order that is on the screen to be paid. */
  get order(): Order | null {
    return this.#order;
  }

  /** Whether it may have been paid before this page came to it. */
  get isResumed(): boolean {
    return this.#isResumed;
  }

  /** Why an order could not be come back to. */
  get error(): Failure | null {
    return this.#error;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get hasLoadFailed(): boolean {
    return this.#hasLoadFailed;
  }

  /** Orders that wait elsewhere than on the screen. */
  get waiting(): readonly OpenPayment[] {
    return (this.#kept?.all ?? []).filter(({ orderId }) => orderId !== this.#order?.id);
  }

  /** Comes back to what was on the screen when the page went away. Answers whether there is something. */
  async enter(visit: Visit | null): Promise<boolean> {
    this.#visit = visit;
    this.#order = null;
    this.#kept = visit ? new OpenPayments(visit.serverUrl, visit.showId) : null;
    const newest = visit?.outbox.placed[0];
    // Answered to the page before this part of it was there, be it after a reload.
    const isNews = newest?.isUnpaid && Date.now() - newest.placedAtMs < NEWS_MS && !this.#kept?.hasSeen(newest.id);
    const inView = isNews ? newest.id : this.#kept?.all.find(({ isInView }) => isInView)?.orderId;
    const isBack = inView ? await this.resume(inView) : false;
    void this.#lookAfter();
    return isBack;
  }

  /** A new order is to be paid. */
  begin(order: Order): void {
    this.#show(order, false);
  }

  /** Comes back to an order, as the server knows it. Answers whether it is on the screen. */
  async resume(orderId: string): Promise<boolean> {
    const visit = this.#visit;
    if (!visit) return false;
    this.#error = null;
    const outcome = await visit.client.call(readOrder, { params: { orderId } });
    if (visit !== this.#visit) return false;
    if (outcome.ok) this.#show(outcome.value, true);
    else {
      this.#error = outcome.error;
      if (outcome.error.code === 'not-found') this.#kept?.forget(orderId);
    }
    this.#options.onChange();
    return outcome.ok;
  }

  /** A newer state of the order on the screen. */
  take(order: Order): void {
    if (order.id !== this.#order?.id) return;
    this.#order = order;
    if (order.state === 'cancelled') this.#kept?.forget(order.id);
    else if (order.state !== 'awaiting-payment') {
      this.#kept?.forget(order.id);
      this.#order = null;
      this.#options.onPlaced(order);
    }
    this.#options.onChange();
  }

  /** Off the screen; it can be come back to while it is not paid. */
  leave(): void {
    this.#order = null;
    this.#kept?.leave();
    this.#options.onChange();
    void this.#lookAfter();
  }

  /** Nobody may read that an order is not paid when it is, or is over. */
  async #lookAfter(): Promise<void> {
    clearTimeout(this.#looking);
    const visit = this.#visit;
    if (!visit) return;
    for (const { orderId } of document.visibilityState === 'visible' ? this.waiting : []) {
      const outcome = await visit.client.call(checkPayment, { params: { orderId }, body: {} });
      if (visit !== this.#visit) return;
      const isOver = outcome.ok ? outcome.value.state !== 'awaiting-payment' : outcome.error.code === 'not-found';
      // Meanwhile the buyer may have come back to it.
      if (!isOver || !this.waiting.some((each) => each.orderId === orderId)) continue;
      this.#kept?.forget(orderId);
      if (outcome.ok && outcome.value.state !== 'cancelled') this.#options.onPlacedElsewhere(outcome.value);
      this.#options.onChange();
    }
    clearTimeout(this.#looking);
    if (this.waiting.length > 0) this.#looking = setTimeout(() => void this.#lookAfter(), LOOK_EVERY_MS);
  }

  /** The part of the page that pays: loaded when somebody has to pay before the order is placed. */
  async load(): Promise<void> {
    this.#hasLoadFailed = false;
    this.#options.onChange();
    try {
      const { FieldcastPayment } = await import('./payment/index.ts');
      define('fieldcast-payment', FieldcastPayment);
      this.#isLoaded = true;
    } catch {
      this.#hasLoadFailed = true;
    }
    this.#options.onChange();
  }

  #show(order: Order, isResumed: boolean): void {
    this.#order = order;
    this.#isResumed = isResumed;
    this.#kept?.keep({ orderId: order.id, number: order.number, isInView: true });
    if (!this.#isLoaded) void this.load();
    this.take(order);
  }
}
