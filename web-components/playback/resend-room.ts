// Owns how long a picture waits for packets that were lost and are sent again: not at all on a good line. Without room a frame that was
// repaired comes when the next ones are here already, and all but the last of them are decoded without being seen: a viewer who lost 30 %
// of the packets had decoded 96 % of the frames and was shown 27 % of them.

/** Browsers ask for a packet again in this rhythm while they know of no round trip: who only receives is never told one. */
const RETRY_MS = 100;
const MOST_MS = 600;
/** Less loss than this is repaired by the first retry, within what the browser waits by itself. */
const LEAST_LOSS = 0.02;
/** Packets of a usual frame, any of which is missed. */
const FRAME_PACKETS = 3;
/** Frames that may still come too late. */
const LATE_SHARE = 0.02;
/** A line that has lost this much loses it again soon. */
const HOLD_MS = 10_000;
/** In which half of what was counted is forgotten. */
const FADING_MS = 1_000;
/** Fewer packets say nothing of a share. */
const LEAST_PACKETS = 10;

export class ResendRoom {
  #before = { packets: 0, lost: 0 };
  #came = 0;
  #lost = 0;
  #roomMs = 0;
  #holdUntil = 0;
  #heardAt = 0;

  /**
   * How long to wait from now on, ms.
   * @param packets that have come, since the beginning
   * @param lost of them on the way, since the beginning; found again or not
   * @param roundTripMs to the server; 0 while it is not known
   */
  heard({ packets, lost }: { packets: number; lost: number }, roundTripMs: number, now: number): number {
    const kept = 0.5 ** ((now - this.#heardAt) / FADING_MS);
    this.#came = this.#came * kept + Math.max(0, packets - this.#before.packets);
    this.#lost = this.#lost * kept + Math.max(0, lost - this.#before.lost);
    this.#before = { packets, lost };
    this.#heardAt = now;
    const all = this.#came + this.#lost;
    const wanted = all < LEAST_PACKETS ? 0 : roomFor(this.#lost / all, Math.max(RETRY_MS, roundTripMs));
    if (wanted >= this.#roomMs && wanted > 0) this.#holdUntil = now + HOLD_MS;
    if (wanted > this.#roomMs || now >= this.#holdUntil) this.#roomMs = wanted;
    return this.#roomMs;
  }
}

/** Retries until all but a few frames are whole; question and answer are lost alike. */
function roomFor(loss: number, retryMs: number): number {
  if (loss < LEAST_LOSS) return 0;
  const failing = 1 - (1 - loss) ** 2;
  const retries = Math.ceil(Math.log(LATE_SHARE / (FRAME_PACKETS * loss)) / Math.log(failing));
  return Math.min(MOST_MS, Math.max(1, retries) * retryMs);
}
