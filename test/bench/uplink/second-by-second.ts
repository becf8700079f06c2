// Owns the looking at a line: each second that begins at a quarter of one, and the seconds in which this process itself was late.
const EVERY_MS = 250;
/** A timer that comes this late means that packets have waited in this process, and are counted in the wrong second. */
const LATE_MS = 100;

export interface SeenSecond {
  /** When it ended, `performance.now()`. */
  at: number;
  kbps: number;
  wasLate: boolean;
}

export class SecondBySecond {
  readonly seconds: SeenSecond[] = [];
  readonly #late: { from: number; to: number }[] = [];
  readonly #readings: { at: number; bytes: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #bytes: () => number;
  #dueAt = performance.now() + EVERY_MS;

  /** @param bytes all that have come so far */
  constructor(bytes: () => number) {
    this.#bytes = bytes;
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  wasLate(from: number, ms: number): boolean {
    return this.#late.some((late) => late.from < from + ms && late.to > from);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const at = performance.now();
    if (at - this.#dueAt > LATE_MS) this.#late.push({ from: this.#dueAt, to: at });
    this.#dueAt = at + EVERY_MS;
    this.#readings.push({ at, bytes: this.#bytes() });
    const first = this.#readings.at(-1 - 1_000 / EVERY_MS);
    const last = this.#readings.at(-1);
    if (!first || !last) return;
    const ms = last.at - first.at;
    this.seconds.push({ at, kbps: ((last.bytes - first.bytes) * 8) / ms, wasLate: this.wasLate(first.at - LATE_MS, ms + LATE_MS) });
  }
}
