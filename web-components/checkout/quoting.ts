// Owns what an order will cost before it is placed: asked of the server as cart and address change, because only it knows the fee.
import type { Quote, QuoteRequest } from '../../server/protocol/delivery.ts';
import { quoteOrder } from '../../server/protocol/endpoints.ts';
import type { Call } from '../show/index.ts';

/** A stepper that is tapped five times asks once. */
const SETTLE_MS = 250;
const TIMEOUT_MS = 4_000;

export class Quoting {
  #call: Call;
  #showId: string;
  #onChange: () => void;
  #asked = '';
  #answered = '';
  #quote: Quote | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | null = null;

  constructor(options: { call: Call; showId: string; onChange: () => void }) {
    this.#call = options.call;
    this.#showId = options.showId;
    this.#onChange = options.onChange;
  }

  /** What `request` costs; null while the server has not said so. */
  of(request: QuoteRequest): Quote | null {
    return this.#answered === JSON.stringify(request) ? this.#quote : null;
  }

  /** Asks soon, unless this was asked already. */
  want(request: QuoteRequest): void {
    const key = JSON.stringify(request);
    if (key === this.#asked) return;
    this.#asked = key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(request), SETTLE_MS);
  }

  /** Prices, stock or rules have changed: the next `want` asks again. */
  forget(): void {
    this.#asked = '';
    this.#answered = '';
  }

  /** Waits for the answer to `request`; null when there is none, as without a network. */
  async settle(request: QuoteRequest): Promise<Quote | null> {
    const key = JSON.stringify(request);
    clearTimeout(this.#timer);
    if (this.#answered === key) return this.#quote;
    if (this.#asked !== key || !this.#asking) {
      this.#asked = key;
      this.#asking = this.#ask(request, key);
    }
    await this.#asking;
    return this.of(request);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#onChange = () => undefined;
  }

  async #ask(request: QuoteRequest, key: string): Promise<void> {
    const outcome = await this.#call(quoteOrder, { params: { showId: this.#showId }, body: request, timeoutMs: TIMEOUT_MS });
    if (this.#asked !== key) return;
    this.#asking = null;
    if (outcome.ok) {
      this.#quote = outcome.value;
      this.#answered = key;
    } else this.#asked = '';
    this.#onChange();
  }
}
