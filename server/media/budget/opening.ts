// Owns when pictures begin: several together, with one key frame for all of them, and not while others are still on their way down.
// Each key frame goes to everybody who watches the stream, so a hundred who come within two seconds must not ask for many.
import { ignore } from '../../platform/errors.ts';
import { isMore, type Seat } from './seat.ts';
import type { ThinLinks } from './thin-links.ts';

/** After a key frame of the stream was asked for, by whomever. The packager of a recording asks every one to two seconds. */
const BETWEEN_KEY_FRAMES_MS = 800;
/** Others may ask all the time (lossy viewers); nobody waits for a quiet moment longer than this. */
const LONGEST_WAIT_MS = 1_500;
/** A viewer who was lowered gets the large layer until a key frame of the small one has come. */
const GOING_DOWN_MS = 700;

export class Opening {
  readonly #thinLinks: ThinLinks;
  readonly #waiting = new Map<Seat, number>();
  #loweredAt = Number.NEGATIVE_INFINITY;

  constructor(thinLinks: ThinLinks) {
    this.#thinLinks = thinLinks;
  }

  /** Sends what a seat holds now: less at once, more when its turn comes. */
  follow(seat: Seat, now: number): void {
    const { session } = seat;
    const level = this.#thinLinks.level(seat, now);
    if (!session || level === undefined) {
      this.#waiting.delete(seat);
      return;
    }
    if (isMore(level, session.level)) {
      if (!this.#waiting.has(seat)) this.#waiting.set(seat, now);
      return;
    }
    this.#waiting.delete(seat);
    if (level === session.level) return;
    this.#loweredAt = now;
    this.#send(seat, now);
  }

  /** @param keyFrameAgoMs since one was last asked of a stream's host; negative when the clock was set back meanwhile */
  open(now: number, keyFrameAgoMs: (streamId: string) => number): void {
    if (this.#waiting.size === 0) return;
    const isOpen = new Map<string, boolean>();
    for (const [seat, since] of this.#waiting) {
      const { streamId } = seat.visitor;
      const waitedMs = now - since;
      if (now - this.#loweredAt < GOING_DOWN_MS && waitedMs < LONGEST_WAIT_MS) continue;
      let opens = isOpen.get(streamId);
      if (opens === undefined) {
        const agoMs = keyFrameAgoMs(streamId);
        isOpen.set(streamId, (opens = agoMs < 0 || agoMs >= BETWEEN_KEY_FRAMES_MS));
      }
      if (!opens && waitedMs < LONGEST_WAIT_MS) continue;
      this.#waiting.delete(seat);
      this.#send(seat, now);
    }
  }

  #send(seat: Seat, now: number): void {
    const level = this.#thinLinks.level(seat, now);
    if (level) seat.session?.setLevel(level).catch(ignore('the session ended meanwhile, which its owner hears of'));
  }
}
