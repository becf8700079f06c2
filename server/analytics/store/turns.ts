// Owns long work in short pieces: others are answered in between.

/** For what somebody waits for: an order takes about as long as a piece. */
export const BRISK = { workMs: 2, restMs: 0 };
/** For what nobody waits for: a quarter of the time, so that who orders meanwhile does not notice. */
export const UNHURRIED = { workMs: 1, restMs: 3 };

export class Turns {
  readonly #pace: typeof BRISK;
  #startedAt = performance.now();

  constructor(pace: typeof BRISK) {
    this.#pace = pace;
  }

  /** To be awaited between two pieces; undefined while there is time left in this one. */
  next(): Promise<void> | undefined {
    const { workMs, restMs } = this.#pace;
    if (performance.now() - this.#startedAt < workMs) return undefined;
    return new Promise((resolve) => {
      const go = (): void => {
        this.#startedAt = performance.now();
        resolve();
      };
      if (restMs === 0) setImmediate(go);
      else setTimeout(go, restMs);
    });
  }
}
