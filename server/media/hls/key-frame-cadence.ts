// Owns when the packager asks a host for a key frame: early enough for the end of a segment, and once. Pure: the clock is the caller's.
const QUICKEST_ANSWER_MS = 50;
const SLOWEST_ANSWER_MS = 900;
const ASK_AGAIN_AFTER_MS = 1_000;
/** After a hole every picture that is dropped is a reason to ask. The media worker passes one request on in half a second anyway. */
const LEAST_BETWEEN_REQUESTS_MS = 250;
/**
 * A segment is seen to end only with the picture after the key frame, which tells how long the one before it lasts. Who asks in between
 * gets a second key frame for each segment, and the host and every viewer pay for it.
 */
const NOTICED_AFTER_MS = 500;

export class KeyFrameCadence {
  #askedAt: number | undefined;
  /** From asking to the key frame, as it was lately. */
  #answerMs = 250;

  /**
   * Whether one is to be asked for.
   * @param keyAt when the last one came, ms since epoch; undefined before the first
   * @param wants whether a key frame that comes after so many ms is in time for the present segment
   */
  isDue(keyAt: number | undefined, now: number, wants: (answerMs: number) => boolean): boolean {
    if (this.#askedAt !== undefined && keyAt !== undefined && keyAt >= this.#askedAt) {
      const answerMs = Math.min(SLOWEST_ANSWER_MS, Math.max(QUICKEST_ANSWER_MS, keyAt - this.#askedAt));
      this.#answerMs += (answerMs - this.#answerMs) / 4;
      this.#askedAt = undefined;
    }
    if (this.#askedAt !== undefined && now < this.#askedAt + ASK_AGAIN_AFTER_MS) return false;
    if (keyAt === undefined) return true;
    return now >= keyAt + NOTICED_AFTER_MS && wants(this.#answerMs);
  }

  /** Notes that one is asked for now, whatever for. @returns false when that was done a moment ago */
  ask(now: number): boolean {
    if (this.#askedAt !== undefined && now < this.#askedAt + LEAST_BETWEEN_REQUESTS_MS) return false;
    this.#askedAt = now;
    return true;
  }

  /** Of another host nothing is asked yet. */
  restart(): void {
    this.#askedAt = undefined;
  }
}
