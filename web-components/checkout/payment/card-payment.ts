// Owns the way of one payment by Stripe: form, confirmation, and asking the server what has become of it. Draws nothing.
import { checkPayment, startPayment } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import type { Order } from '../../../server/protocol/order.ts';
import type { Call, Failure } from '../../show/index.ts';
import type { CardForm, CardStart } from './card-form.ts';
import { CALL_TIMEOUT_MS, insist, patience, PATIENCE_MS, paused, RETRY_MS, untilAborted } from './patience.ts';

/** `unknown`: the browser cannot say how it ended, and the server not yet. `failed`: there is no form to pay by. */
export type CardStage = 'preparing' | 'form' | 'confirming' | 'checking' | 'unknown' | 'failed';
/** What went wrong, to be told above the ways on. `message` is Stripe's own, in the buyer's language, or empty. */
export type Trouble =
  | { kind: 'declined' | 'not-paid'; message: string }
  | { kind: 'unknown' | 'no-form' }
  | { kind: 'refused'; error: Failure };

export interface CardPaymentOptions {
  orderId: string;
  call: Call;
  /** Draws the form. Its `close` takes it away again. */
  openForm: (start: CardStart, signal: AbortSignal) => Promise<CardForm>;
  onOrder: (order: Order) => void;
  onChange: () => void;
  /** The server's clock has been heard, ms since epoch. */
  onServerTime: (now: number) => void;
  /** The server refused because the order is elsewhere: it has to be looked at. */
  onElsewhere: () => void;
}

export interface CheckOptions {
  /** The browser believes that it is paid, so a "no" may only be early. */
  isExpected?: boolean;
  /** What the form said was wrong. */
  message?: string;
  /** Nobody has tried to pay here yet: that it is not paid is no news. */
  isFirst?: boolean;
}

const isOpen = ({ state, money }: Order): boolean => state === 'awaiting-payment' && !money.isProcessing;

export class CardPayment {
  #options: CardPaymentOptions;
  #stage: CardStage = 'preparing';
  #trouble: Trouble | null = null;
  #isSlow = false;
  #form: CardForm | null = null;
  #attempt = new AbortController();
  #isClosed = false;

  constructor(options: CardPaymentOptions) {
    this.#options = options;
  }

  get stage(): CardStage {
    return this.#stage;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Whether a confirmation has taken so long that the buyer may look for themselves. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  get needsEmail(): boolean {
    return this.#form?.needsEmail ?? false;
  }

  /** Asks the server for what the form needs, and draws it. Ends in `form` or `failed`, within 10 s. */
  async start(trouble: Trouble | null = null): Promise<void> {
    this.#dropForm();
    const attempt = new AbortController();
    this.#attempt = attempt;
    const timer = setTimeout(() => attempt.abort(), PATIENCE_MS);
    this.#move('preparing', trouble);
    const idempotencyKey = newId('key');
    const { call, orderId, openForm } = this.#options;
    try {
      const outcome = await insist(attempt.signal, () => call(startPayment, { params: { orderId }, body: {}, idempotencyKey, timeoutMs: CALL_TIMEOUT_MS, signal: attempt.signal }));
      if (this.#attempt !== attempt) return;
      if (!outcome.ok) {
        this.#move('failed', { kind: 'refused', error: outcome.error });
        if (outcome.error.status === 409) this.#options.onElsewhere();
        return;
      }
      this.#options.onServerTime(outcome.value.serverTime);
      if (outcome.value.method !== 'stripe') return this.#move('failed', { kind: 'no-form' });
      const opening = openForm(outcome.value, attempt.signal);
      // One that comes after nobody waits for it any longer goes away again.
      opening.then((form) => form !== this.#form && attempt.signal.aborted && form.close()).catch(() => undefined);
      const form = await Promise.race([opening, untilAborted(attempt.signal)]);
      if (this.#attempt !== attempt) return form.close();
      this.#form = form;
      this.#move('form', trouble);
    } catch {
      if (this.#attempt === attempt) this.#move('failed', { kind: 'no-form' });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Pays by what stands in the form. Whatever the browser then believes, the server is asked. */
  async confirm(options: { returnUrl: string; email: string }): Promise<void> {
    const form = this.#form;
    if (!form || this.#stage !== 'form') return;
    this.#isSlow = false;
    this.#move('confirming');
    const slow = setTimeout(() => {
      this.#isSlow = true;
      this.#options.onChange();
    }, PATIENCE_MS);
    const answer = await form.confirm(options).catch(() => ({ kind: 'unknown', message: '' }) as const);
    clearTimeout(slow);
    // Meanwhile the buyer may have looked themselves, or the order moved on.
    if (this.#isClosed || form !== this.#form) return;
    if (answer.kind === 'declined') this.#move('form', { kind: 'declined', message: answer.message });
    else await this.check({ isExpected: answer.kind === 'accepted', message: answer.kind === 'unknown' ? answer.message : '' });
  }

  /** Asks the server, which asks Stripe. Ends within 10 s: the order has moved on, or there is a form again, or `unknown`. */
  async check({ isExpected = false, message = '', isFirst = false }: CheckOptions = {}): Promise<void> {
    const form = this.#form;
    const { call, orderId, onOrder } = this.#options;
    this.#move('checking');
    const { signal, end } = patience();
    const isEarly = (answered: Order | null) => isExpected && answered !== null && isOpen(answered);
    let order: Order | null = null;
    do {
      const outcome = await insist(signal, () => call(checkPayment, { params: { orderId }, body: {}, timeoutMs: CALL_TIMEOUT_MS, signal }));
      order = outcome.ok ? outcome.value : null;
      if (order && !this.#isClosed) onOrder(order);
    } while (!this.#isClosed && isEarly(order) && (await paused(RETRY_MS, signal)));
    end();
    if (this.#isClosed || this.#stage !== 'checking') return;
    if (!order || isEarly(order)) return this.#move('unknown', { kind: 'unknown' });
    if (!isOpen(order)) return this.#options.onChange();
    const trouble: Trouble | null = isFirst ? null : { kind: 'not-paid', message };
    if (form && form === this.#form) this.#move('form', trouble);
    else await this.start(trouble);
  }

  /**
   * Asks the server once more by itself, where nobody knew how it ended. What it says then is the end: it has asked Stripe, and a form that
   * stands again pays the same payment, never a second one.
   */
  async lookOnceMore(): Promise<void> {
    const { call, orderId, onOrder } = this.#options;
    if (this.#stage !== 'unknown') return;
    const outcome = await call(checkPayment, { params: { orderId }, body: {}, timeoutMs: CALL_TIMEOUT_MS });
    if (this.#isClosed || !outcome.ok) return;
    onOrder(outcome.value);
    // By now the order may have ended this, or the buyer have looked themselves.
    if (this.#stage !== 'unknown' || this.#isClosed || !isOpen(outcome.value)) return;
    const trouble: Trouble = { kind: 'not-paid', message: '' };
    if (this.#form) this.#move('form', trouble);
    else await this.start(trouble);
  }

  close(): void {
    this.#isClosed = true;
    this.#dropForm();
  }

  #dropForm(): void {
    this.#attempt.abort();
    this.#form?.close();
    this.#form = null;
  }

  #move(stage: CardStage, trouble: Trouble | null = null): void {
    this.#stage = stage;
    this.#trouble = trouble;
    this.#options.onChange();
  }
}
