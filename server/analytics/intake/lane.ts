// Owns giving way: batches wait for nobody but are waited for by nobody either, so a turn of the event loop takes a few of them, however many
// came while it was busy. Whoever orders meanwhile is answered in between.
const A_TURN = 8;
/** Of what waits, so that what waits never grows without end. */
const SHARE = 0.1;

export class Lane {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the caller's turn, in the order of asking. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#next();
    });
  }

  #next(): void {
    setImmediate(() => {
      for (const go of this.#waiting.splice(0, Math.max(A_TURN, Math.floor(this.#waiting.length * SHARE)))) go();
      if (this.#waiting.length > 0) this.#next();
    });
  }
}
