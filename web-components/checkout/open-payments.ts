// Owns which orders of a show this device has still to pay, so that a reload or a way through another app comes back to them.
import { deviceStorage, Kept } from '../show/index.ts';

export interface OpenPayment {
  orderId: string;
  number: number;
  /** Whether it was on the screen when the page went away. */
  isInView: boolean;
}

const isOpenPayments = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item?.orderId === 'string' && typeof item.number === 'number');

export class OpenPayments {
  #kept: Kept<OpenPayment[]>;
  #keptNewest: Kept<string>;

  constructor(serverUrl: string, showId: string, storage = deviceStorage()) {
    this.#kept = new Kept(storage, `unpaid:${serverUrl}:${showId}`, isOpenPayments);
    this.#keptNewest = new Kept(storage, `unpaid-newest:${serverUrl}:${showId}`, (value) => typeof value === 'string');
  }

  /** Whether this order is the last that was kept, be it paid since. */
  hasSeen(orderId: string): boolean {
    return this.#keptNewest.read() === orderId;
  }

  /** Newest first. */
  get all(): readonly OpenPayment[] {
    return this.#kept.read() ?? [];
  }

  /** Remembers an order; at most one is in view. */
  keep(payment: OpenPayment): void {
    const others = this.all.filter(({ orderId }) => orderId !== payment.orderId);
    if (!this.all.some(({ orderId }) => orderId === payment.orderId)) this.#keptNewest.write(payment.orderId);
    this.#kept.write([payment, ...others.map((other) => (payment.isInView ? { ...other, isInView: false } : other))]);
  }

  /** None is in view any longer. */
  leave(): void {
    if (this.all.some(({ isInView }) => isInView)) this.#kept.write(this.all.map((payment) => ({ ...payment, isInView: false })));
  }

  /** Paid, cancelled or gone. */
  forget(orderId: string): void {
    const others = this.all.filter((payment) => payment.orderId !== orderId);
    if (others.length > 0) this.#kept.write(others);
    else this.#kept.erase();
  }
}
