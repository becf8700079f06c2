// Owns the way of one payment by transfer: what to send where, "I have paid", and what the seller says to it. Draws nothing.
import { claimPayment, startPayment } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import type { Order } from '../../../server/protocol/order.ts';
import type { PaymentStart } from '../../../server/protocol/payments.ts';
import type { Call, Failure, Kept } from '../../show/index.ts';
import { CALL_TIMEOUT_MS, insist, patience } from './patience.ts';

export type TransferStart = Extract<PaymentStart, { method: 'transfer' }>;

export interface TransferPaymentOptions {
  orderId: string;
  call: Call;
  /** Whether this device has said "I have paid": an order that is due again was looked for in vain. */
  claimed: Pick<Kept<boolean>, 'read' | 'write' | 'erase'>;
  onOrder: (order: Order) => void;
  onChange: () => void;
  /** The server's clock has been heard, ms since epoch. */
  onServerTime: (now: number) => void;
  /** The server refused because the order is elsewhere: it has to be looked at. */
  onElsewhere: () => void;
}

export class TransferPayment {
  #options: TransferPaymentOptions;
  #start: TransferStart | null = null;
  #error: Failure | null = null;
  #isClaiming = false;
  #isClosed = false;

  constructor(options: TransferPaymentOptions) {
    this.#options = options;
  }

  /** What to send where; null while it is asked for, or when that failed. */
  get details(): TransferStart | null {
    return this.#start;
  }

  get error(): Failure | null {
    return this.#error;
  }

  get isClaiming(): boolean {
    return this.#isClaiming;
  }

  /** The seller has looked and found nothing. */
  get hasNotArrived(): boolean {
    return this.#options.claimed.read() !== null;
  }

  /** Ends within 10 s, in details or an error. */
  async start(): Promise<void> {
    const { call, orderId } = this.#options;
    const idempotencyKey = newId('key');
    this.#error = null;
    this.#options.onChange();
    const { signal, end } = patience();
    const outcome = await insist(signal, () => call(startPayment, { params: { orderId }, body: {}, idempotencyKey, timeoutMs: CALL_TIMEOUT_MS, signal }));
    end();
    if (this.#isClosed) return;
    if (outcome.ok) {
      this.#options.onServerTime(outcome.value.serverTime);
      if (outcome.value.method === 'transfer') this.#start = outcome.value;
    } else this.#refused(outcome.error);
    this.#options.onChange();
  }

  /** "I have paid." Said again it changes nothing, so it is repeated until it has been heard, for 10 s. */
  async claim(): Promise<void> {
    const { call, orderId, claimed, onOrder } = this.#options;
    this.#isClaiming = true;
    this.#error = null;
    this.#options.onChange();
    const { signal, end } = patience();
    const outcome = await insist(signal, () => call(claimPayment, { params: { orderId }, body: {}, timeoutMs: CALL_TIMEOUT_MS, signal }));
    end();
    this.#isClaiming = false;
    if (outcome.ok) {
      claimed.write(true);
      if (!this.#isClosed) onOrder(outcome.value);
    } else this.#refused(outcome.error);
    if (!this.#isClosed) this.#options.onChange();
  }

  #refused(error: Failure): void {
    this.#error = error;
    if (error.status === 409) this.#options.onElsewhere();
  }

  close(): void {
    this.#isClosed = true;
  }
}
