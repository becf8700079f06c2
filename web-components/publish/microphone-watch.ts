// Owns noticing that a live microphone has died: phones hand over nothing but zeros after a call. Pure; the readings are the sender's, so listening costs nothing.

/** A microphone that works has noise in every second; two of pure zeros are a dead one. */
const DEAD_AFTER_MS = 2_000;
/** Opening it again mostly helps, and needs no word; after this long it did not. */
const TELL_AFTER_MS = 5_000;
/** Between two tries to open it again. During a call none of them helps. */
const RETRY_MS = { first: 4_000, most: 30_000 };

export class MicrophoneWatch {
  #zeroSinceMs: number | null = null;
  #nextTryMs = 0;
  #retryMs = RETRY_MS.first;

  /**
   * Takes one second's reading.
   * @param isZero whether there were only zeros; null when not known or when the host is muted, which says nothing
   * @returns whether to open the microphone again now, and whether the host has to know
   */
  read(isZero: boolean | null, nowMs: number): { reopen: boolean; isDead: boolean } {
    if (isZero === null || !isZero) {
      this.#zeroSinceMs = null;
      this.#retryMs = RETRY_MS.first;
      return { reopen: false, isDead: false };
    }
    // The reading is about the second before it.
    this.#zeroSinceMs ??= nowMs - 1_000;
    const zeroMs = nowMs - this.#zeroSinceMs;
    const isFirst = this.#retryMs === RETRY_MS.first;
    const reopen = zeroMs >= DEAD_AFTER_MS && (isFirst || nowMs >= this.#nextTryMs);
    if (reopen) {
      this.#nextTryMs = nowMs + this.#retryMs;
      this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS.most);
    }
    return { reopen, isDead: zeroMs >= TELL_AFTER_MS };
  }
}
