// Owns the order of one source's packets: waits a moment for a missing one, then goes on without it.
import { type RtpPacket, wrappedDistance } from './rtp-packet.ts';

/** Long enough for a retransmission over a mobile network with a round trip of 100 ms. */
export const REORDER_MS = 150;
/** A window of a large key frame; with more than this waiting, the missing one will not come in time. */
const MOST_WAITING = 512;
/** RFC 3550 appendix A.1: beyond these distances a sequence number is not late or lost but wrong, unless the next one follows it. */
const FARTHEST_AHEAD = 3_000;
const FARTHEST_BEHIND = 1_000;

export interface ReorderCounts {
  lost: number;
  /** Duplicates, packets that came too late, and single wrong sequence numbers. */
  dropped: number;
}

/** Called in order of sequence numbers. `isAfterHole` when packets before this one are missing for good. */
export type OrderedListener = (packet: RtpPacket, isAfterHole: boolean) => void;

export class ReorderBuffer {
  readonly counts: ReorderCounts = { lost: 0, dropped: 0 };
  readonly #deliver: OrderedListener;
  readonly #waiting = new Map<number, { packet: RtpPacket; until: number }>();
  #next: number | undefined;
  /** Where a sender that has jumped would go on. */
  #afterJump: number | undefined;
  #isAfterHole = false;

  constructor(deliver: OrderedListener) {
    this.#deliver = deliver;
  }

  /** @param now ms of any clock that does not go back */
  push(packet: RtpPacket, now: number): void {
    this.#next ??= packet.sequence;
    const distance = wrappedDistance(this.#next, packet.sequence, 16);
    if (distance > FARTHEST_AHEAD || distance < -FARTHEST_BEHIND) {
      this.#jumped(packet);
      return;
    }
    this.#afterJump = undefined;
    if (distance < 0 || this.#waiting.has(packet.sequence)) {
      this.counts.dropped += 1;
      return;
    }
    if (distance === 0) {
      this.#hand(packet);
      if (this.#waiting.size > 0) this.#handWaiting();
      return;
    }
    this.#waiting.set(packet.sequence, { packet, until: now + REORDER_MS });
    if (this.#waiting.size > MOST_WAITING) this.#skip();
    this.expire(now);
  }

  /** Gives up what has been waited for long enough; called now and then, so that the end of a burst does not wait for the next. */
  expire(now: number): void {
    while (this.#waiting.size > 0) {
      const [oldest] = this.#waiting.values();
      if (!oldest || oldest.until > now) return;
      this.#skip();
    }
  }

  // The first packet that jumps may be garbage; when the next one follows it, the sender has started anew.
  #jumped(packet: RtpPacket): void {
    if (packet.sequence !== this.#afterJump) {
      this.#afterJump = (packet.sequence + 1) & 0xffff;
      this.counts.dropped += 1;
      return;
    }
    this.#afterJump = undefined;
    this.counts.lost += 1;
    this.counts.dropped += this.#waiting.size;
    this.#waiting.clear();
    this.#isAfterHole = true;
    this.#hand(packet);
  }

  #skip(): void {
    let nearest = Number.POSITIVE_INFINITY;
    for (const sequence of this.#waiting.keys()) nearest = Math.min(nearest, wrappedDistance(this.#next as number, sequence, 16));
    this.counts.lost += nearest;
    this.#isAfterHole = true;
    this.#next = ((this.#next as number) + nearest) & 0xffff;
    this.#handWaiting();
  }

  #handWaiting(): void {
    for (;;) {
      const waiting = this.#waiting.get(this.#next as number);
      if (!waiting) return;
      this.#waiting.delete(waiting.packet.sequence);
      this.#hand(waiting.packet);
    }
  }

  #hand(packet: RtpPacket): void {
    this.#next = (packet.sequence + 1) & 0xffff;
    const isAfterHole = this.#isAfterHole;
    this.#isAfterHole = false;
    this.#deliver(packet, isAfterHole);
  }
}
