// Owns that a notice never flashes: what is over in a blink is not said, and what is said stays long enough to be read.

export interface SteadyOptions<T> {
  /** What lasts less than this is not shown, ms. */
  afterMs: number;
  /** What is shown stays at least this long, ms. */
  holdMs: number;
  onChange(shown: T | null): void;
}

/** From nothing to something and back it is slow; from one thing to another it follows at once. */
export class Steady<T> {
  readonly #options: SteadyOptions<T>;
  #shown: T | null = null;
  #wanted: T | null = null;
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SteadyOptions<T>) {
    this.#options = options;
  }

  set(wanted: T | null): void {
    if (wanted === this.#wanted) return;
    const wasNothing = this.#wanted === null;
    this.#wanted = wanted;
    if (wanted !== null && this.#shown !== null) {
      clearTimeout(this.#timer);
      this.#show();
    } else if (wanted === null || wasNothing) {
      clearTimeout(this.#timer);
      const waitMs = wanted === null ? Math.max(0, this.#options.holdMs - (performance.now() - this.#shownAt)) : this.#options.afterMs;
      if (wanted !== this.#shown) this.#timer = setTimeout(() => this.#show(), waitMs);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#wanted = this.#shown;
  }

  #show(): void {
    if (this.#shown === null) this.#shownAt = performance.now();
    if (this.#shown === this.#wanted) return;
    this.#shown = this.#wanted;
    this.#options.onChange(this.#shown);
  }
}
