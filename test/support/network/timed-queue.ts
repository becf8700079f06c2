// Owns things that are due in the order in which they came: one timer for all of them, which can be held.
export class TimedQueue {
  readonly #waiting: { dueAt: number; run: () => void }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;

  /** Runs `run` after `delayMs`, never before what came earlier; at once when nothing keeps it. */
  push(delayMs: number, run: () => void): void {
    const now = performance.now();
    const dueAt = Math.max(this.#waiting.at(-1)?.dueAt ?? 0, now + delayMs);
    if (!this.#isHeld && this.#waiting.length === 0 && dueAt <= now) {
      run();
      return;
    }
    if (this.#waiting.push({ dueAt, run }) === 1) this.#arm();
  }

  /** Lets nothing go while true. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#arm();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const [next] = this.#waiting;
    if (next && !this.#isHeld) this.#timer = setTimeout(() => this.#go(), Math.max(0, next.dueAt - performance.now()));
  }

  #go(): void {
    const now = performance.now();
    while (!this.#isHeld && this.#waiting[0] && this.#waiting[0].dueAt <= now) this.#waiting.shift()?.run();
    this.#arm();
  }
}
