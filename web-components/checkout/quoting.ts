// Owns what an order will cost before it is placed: asked of the server as cart, prices and address change, because only it knows the fee.
import type { Quote, QuoteRequest } from '../../server/protocol/delivery.ts';
import { quoteOrder } from '../../server/protocol/endpoints.ts';
import type { Call } from '../show/index.ts';

/** A stepper that is tapped five times asks once. */
const SETTLE_MS = 250;
const TIMEOUT_MS = 4_000;
const AGAIN_MS = 5_000;

/** A cart to be counted. */
export interface Question extends QuoteRequest {
  /** What its goods cost by what this page knows: another price is another question. */
  goodsMinor: number;
  /** Which promotions are on by what this page knows, for the same reason. */
  dealsKey: string;
}

/** All of a question but for whom and whereto. */
function goodsKey({ address: _address, phone: _phone, ...goods }: Question): string {
  return JSON.stringify(goods);
}

export class Quoting {
  #call: Call;
  #showId: string;
  #onChange: () => void;
  /** The question that is to be answered, be it not asked yet. */
  #wanted = '';
  #asking: { key: string; done: Promise<void> } | null = null;
  #answer: { key: string; goods: string; quote: Quote } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: { call: Call; showId: string; onChange: () => void }) {
    this.#call = options.call;
    this.#showId = options.showId;
    this.#onChange = options.onChange;
  }

  /** What it costs; null while the server has not said so. */
  of(question: Question): Quote | null {
    return this.#answer?.key === JSON.stringify(question) ? this.#answer.quote : null;
  }

  /** What the same goods cost for another address, while the server has not said more: sums do not jump while somebody writes. */
  near(question: Question): Quote | null {
    const { goods, quote } = this.#answer ?? {};
    return quote && goods === goodsKey(question) && quote.couponRefusal === null && quote.refusals.length === 0 ? quote : null;
  }

  /** Asks soon, unless this was asked already. */
  want(question: Question): void {
    const key = JSON.stringify(question);
    if (key === this.#wanted) return;
    this.#wanted = key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(question), SETTLE_MS);
  }

  /** Stock or rules may have changed: the next `want` asks again. */
  forget(): void {
    this.#wanted = '';
    this.#answer = null;
  }

  /** Waits for the answer; null when there is none, as without a network. */
  async settle(question: Question): Promise<Quote | null> {
    const key = JSON.stringify(question);
    this.#wanted = key;
    clearTimeout(this.#timer);
    if (this.#answer?.key !== key) {
      if (this.#asking?.key !== key) this.#asking = { key, done: this.#ask(question, key) };
      await this.#asking.done;
    }
    return this.of(question);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#onChange = () => undefined;
  }

  async #ask(question: Question, key: string): Promise<void> {
    const { goodsMinor: _known, dealsKey: _deals, ...body } = question;
    const outcome = await this.#call(quoteOrder, { params: { showId: this.#showId }, body, timeoutMs: TIMEOUT_MS });
    if (this.#asking?.key === key) this.#asking = null;
    if (this.#wanted !== key) return;
    if (outcome.ok) this.#answer = { key, goods: goodsKey(question), quote: outcome.value };
    else {
      this.#timer = setTimeout(() => {
        this.#wanted = '';
        this.#onChange();
      }, AGAIN_MS);
    }
    this.#onChange();
  }
}
