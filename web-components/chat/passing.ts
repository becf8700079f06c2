// Owns the one small line under the chat that tells who came and who bought: one after the other, the newest, then nothing. No DOM.
import type { EventPayload } from '../../server/protocol/events.ts';

type Told = Pick<EventPayload<'notices.told'>, 'joined' | 'bought' | 'moreOrders'>;
export type PassingLine = { kind: 'joined'; names: readonly string[]; count: number } | { kind: 'bought'; name: string; product: string; quantity: number } | { kind: 'orders'; count: number };

/** Long enough to be read. */
const STANDS_MS = 2_500;
/** The last one of a rush stays until it is old news. */
const LINGERS_MS = 12_000;
/** What is older than these is not news any more. */
const WAITING = 4;

export class Passing {
  #line: PassingLine | null = null;
  #waiting: PassingLine[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get line(): PassingLine | null {
    return this.#line;
  }

  take({ joined, bought, moreOrders }: Told): void {
    const isIdle = this.#waiting.length === 0;
    // Who came matters least: of those only the newest waits.
    if (joined.count > 0) this.#waiting = [...this.#waiting.filter(({ kind }) => kind !== 'joined'), { kind: 'joined', ...joined }];
    this.#waiting.push(...bought.map((each) => ({ kind: 'bought' as const, ...each })));
    if (moreOrders > 0) this.#waiting.push({ kind: 'orders', count: moreOrders });
    this.#waiting = this.#waiting.slice(-WAITING);
    if (isIdle) this.#next();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#line = null;
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#line = this.#waiting.shift() ?? null;
    if (this.#line) {
      const wait = (): void => {
        this.#timer = setTimeout(() => this.#next(), this.#waiting.length > 0 ? 0 : LINGERS_MS - STANDS_MS);
      };
      this.#timer = setTimeout(wait, STANDS_MS);
    }
    this.#onChange();
  }
}
