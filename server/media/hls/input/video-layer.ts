// Owns one simulcast layer of the picture: from its RTP packets to decodable pictures with their time of capture.
import type { VideoFormat } from '../sample.ts';
import { type AccessUnit, AccessUnits } from './access-units.ts';
import { ReorderBuffer } from './reorder-buffer.ts';
import type { RtpPacket } from './rtp-packet.ts';
import type { TrackClock } from './sender-clock.ts';
import { readSps } from './sps.ts';
import type { TimedPicture } from './stretch-writer.ts';

export interface VideoLayerOptions {
  clock: TrackClock;
  deliver: (picture: TimedPicture, format: VideoFormat, now: number) => void;
  keyFrameNeeded: () => void;
}

export class VideoLayer {
  readonly #options: VideoLayerOptions;
  readonly #order: ReorderBuffer;
  readonly #units: AccessUnits;
  #now = 0;
  #format: VideoFormat | undefined;

  constructor(options: VideoLayerOptions) {
    this.#options = options;
    this.#units = new AccessUnits((unit) => this.#take(unit), options.keyFrameNeeded);
    this.#order = new ReorderBuffer((packet, isAfterHole) => this.#units.push(packet, isAfterHole));
  }

  get lostPackets(): number {
    return this.#order.counts.lost;
  }

  get droppedPictures(): number {
    return this.#units.dropped;
  }

  push(packet: RtpPacket, now: number): void {
    this.#now = now;
    this.#order.push(packet, now);
  }

  tick(now: number): void {
    this.#now = now;
    this.#order.expire(now);
  }

  waitForKey(): void {
    this.#units.waitForKey();
  }

  #take({ timestamp, data, isKey, sps, pps }: AccessUnit): void {
    if (isKey && sps && pps && (this.#format?.sps !== sps || this.#format.pps !== pps)) {
      const picture = readSps(sps);
      if (!picture) return this.#refuse();
      this.#format = { sps, pps, ...picture };
    }
    if (!this.#format) return this.#refuse();
    const at = this.#options.clock.captureTime(timestamp, this.#now);
    this.#options.deliver({ at, data, isKey }, this.#format, this.#now);
  }

  #refuse(): void {
    this.#units.waitForKey();
    this.#options.keyFrameNeeded();
  }
}
