// Owns the clock of held goods: an order whose money has not come in time is closed and cancelled, also when the server was down meanwhile.
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { Payments } from './payment.ts';
import type { Settling } from './settling.ts';

const LOOK_EVERY_MS = 5_000;
/** Ends of one look; after a long stop the rest follows at once. */
const AT_ONCE = 50;

export class Holds {
  readonly #settling: Settling;
  readonly #payments: Payments;
  readonly #clock: Clock;
  readonly #log: Logger;
  #cancel: () => void = () => undefined;
  #looking: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: { settling: Settling; payments: Payments; clock: Clock; log: Logger }) {
    this.#settling = deps.settling;
    this.#payments = deps.payments;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Looks now, and every few seconds. */
  start(): void {
    void this.look()
      .catch((error: unknown) => this.#log.error({ err: error }, 'held goods could not be looked at'))
      .finally(() => {
        if (!this.#isClosed) this.#cancel = this.#clock.after(LOOK_EVERY_MS, () => this.start());
      });
  }

  /** Ends every hold that has run out. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#looking?.catch(() => undefined);
  }

  async #look(): Promise<void> {
    const tried = new Set<string>();
    while (!this.#isClosed) {
      const due = (await this.#settling.overdue(this.#clock.now(), AT_ONCE)).filter(({ orderId }) => !tried.has(orderId));
      if (due.length === 0) return;
      for (const { orderId } of due) tried.add(orderId);
      // Together: one gateway that does not answer may not keep the goods of all others.
      await Promise.all(due.map(({ orderId, method }) => this.#end(orderId, method)));
    }
  }

  async #end(orderId: string, method: keyof Payments): Promise<void> {
    try {
      await this.#payments[method]?.close?.(orderId);
      const isOver = (holdUntil: number | null, now: number): boolean => holdUntil !== null && holdUntil <= now;
      await this.#settling.closeUnpaid(orderId, 'not paid in time', ({ money }, now) => isOver(money.holdUntil, now));
    } catch (error) {
      this.#log.error({ err: error, orderId }, 'a hold could not be ended');
    }
  }
}
