// Owns the sound: from RTP packets to Opus packets with their time of capture.
import { readOpus } from './opus.ts';
import { ReorderBuffer } from './reorder-buffer.ts';
import { type RtpPacket, wrappedDistance } from './rtp-packet.ts';
import type { TrackClock } from './sender-clock.ts';
import type { TimedSound } from './stretch-writer.ts';

export interface SoundTrackOptions {
  clock: TrackClock;
  deliver: (sound: TimedSound & { isStereo: boolean }) => void;
}

export class SoundTrack {
  /** Payloads that are no Opus. */
  refused = 0;
  readonly #options: SoundTrackOptions;
  readonly #order: ReorderBuffer;
  #now = 0;
  #last: { timestamp: number; ticks: number } | undefined;

  constructor(options: SoundTrackOptions) {
    this.#options = options;
    this.#order = new ReorderBuffer((packet) => this.#take(packet));
  }

  get lostPackets(): number {
    return this.#order.counts.lost;
  }

  push(packet: RtpPacket, now: number): void {
    this.#now = now;
    this.#order.push(packet, now);
  }

  tick(now: number): void {
    this.#now = now;
    this.#order.expire(now);
  }

  #take({ timestamp, payload }: RtpPacket): void {
    const info = readOpus(payload);
    if (!info) {
      this.refused += 1;
      return;
    }
    const ticks = this.#last ? this.#last.ticks + wrappedDistance(this.#last.timestamp, timestamp, 32) : 0;
    this.#last = { timestamp, ticks };
    const at = this.#options.clock.captureTime(timestamp, this.#now);
    this.#options.deliver({ at, ticks, data: payload, ...info });
  }
}
