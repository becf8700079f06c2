// Owns the one clock of promotions: it rings when the database says that something is due, so a restart loses nothing.
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';

export interface Dated {
  /** When there is next something to settle (ms since epoch); in the past: now. Null: nothing is. Asked of the database each time. */
  dueAt(): Promise<number | null>;
  /** Settles all that is due at `now`: step by step, each in its own transaction, and harmless when it is done already. */
  settle(now: number): Promise<void>;
}

/** What could not be settled is tried again after so long. */
const RETRY_MS = 1_000;

export class Timetable {
  readonly #dated: Dated[] = [];
  readonly #clock: Clock;
  readonly #log: Logger;
  #cancel: () => void = () => undefined;
  #looking: Promise<void> | undefined;
  #isWoken = false;
  #isRunning = false;

  constructor({ clock, log }: { clock: Clock; log: Logger }) {
    this.#clock = clock;
    this.#log = log;
  }

  register(dated: Dated): void {
    this.#dated.push(dated);
  }

  start(): void {
    this.#isRunning = true;
    this.wake();
  }

  /** To be called after each commit that has put something on the timetable, or moved it. */
  wake(): void {
    if (!this.#isRunning) return;
    this.#cancel();
    void this.look();
  }

  /** Settles what is due, and sets the alarm for what comes next. */
  async look(): Promise<void> {
    this.#isWoken = true;
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async close(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    await this.#looking;
  }

  async #look(): Promise<void> {
    let next: number | null = null;
    // Again, when somebody woke it meanwhile: what they have put in may be due before all else.
    while (this.#isWoken) {
      this.#isWoken = false;
      const dueAt = await Promise.all(this.#dated.map((dated) => this.#settle(dated)));
      next = dueAt.reduce((first, each) => (first === null || (each !== null && each < first) ? each : first), null);
    }
    this.#cancel();
    if (this.#isRunning && next !== null) this.#cancel = this.#clock.after(Math.max(0, next - this.#clock.now()), () => this.wake());
  }

  /** @returns when this is due next. */
  async #settle(dated: Dated): Promise<number | null> {
    const now = this.#clock.now();
    try {
      const dueAt = await dated.dueAt();
      if (dueAt === null || dueAt > now) return dueAt;
      await dated.settle(now);
      const next = await dated.dueAt();
      return next !== null && next <= now ? now + RETRY_MS : next;
    } catch (error) {
      this.#log.error({ err: error }, 'promotions could not be settled');
      return now + RETRY_MS;
    }
  }
}
