// Owns long work in short pieces: others are answered in between.

/** An order takes about as long. */
const TURN_MS = 2;

/** To be awaited between two pieces; goes round the event loop once they have taken long enough. */
export class Turns {
  #startedAt = performance.now();

  /** Undefined while there is time left. */
  next(): Promise<void> | undefined {
    if (performance.now() - this.#startedAt < TURN_MS) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        this.#startedAt = performance.now();
        resolve();
      }),
    );
  }
}
