// Owns when a host's media was captured, by the server's clock: from RTCP sender reports, whose clock is followed slowly.
// Picture and sound of one host are reported by the same clock, so one offset to the server's serves both and they stay together.
// The reports that the media server itself sends on are made from arrival times and of no use for this.
import { wrappedDistance } from './rtp-packet.ts';

/** The offset follows the quickest of the reports in this time: those were held up least on their way. */
const WINDOW_MS = 60_000;
const MOST_IN_WINDOW = 256;
/** While the first reports come, the offset follows at once. */
const SETTLING_REPORTS = 8;
/** A phone's clock and the server's part by less than this (parts of one); several times what bad crystals do. */
const FASTEST_DRIFT = 500e-6;
/** Media further from its arrival than a filled-up uplink explains is not where its report says: the sender's clock was set. */
const LATEST_ARRIVAL_MS = 5_000;
const EARLIEST_ARRIVAL_MS = -1_000;
/** Within this a new report corrects the old one softly: senders extrapolate them, and are off by some milliseconds. */
const SOFT_WITHIN_MS = 50;
const SOFTNESS = 1 / 8;
const SECONDS_1900_TO_1970 = 2_208_988_800;

export interface SenderReport {
  ssrc: number;
  timestamp: number;
  ntpSeconds: number;
  ntpFraction: number;
}

/** An RTP timestamp, and the server's time at which it was. */
interface Anchor {
  timestamp: number;
  at: number;
}

export class SenderClock {
  readonly #anchors = new Map<number, Anchor>();
  #recent: { offset: number; arrivedAt: number }[] = [];
  #offset = 0;
  #reports = 0;
  #reportedAt = 0;

  /** @param arrivedAt server's clock, ms since epoch */
  report({ ssrc, timestamp, ntpSeconds, ntpFraction }: SenderReport, clockRate: number, arrivedAt: number): void {
    const sentAt = (ntpSeconds - SECONDS_1900_TO_1970 + ntpFraction / 2 ** 32) * 1_000;
    this.#follow(arrivedAt - sentAt, arrivedAt);
    const at = sentAt + this.#offset;
    const known = this.#anchors.get(ssrc);
    const correction = known ? at - extrapolate(known, timestamp, clockRate) : Number.POSITIVE_INFINITY;
    const isSoft = Math.abs(correction) <= SOFT_WITHIN_MS;
    this.#anchors.set(ssrc, { timestamp, at: isSoft ? at - correction * (1 - SOFTNESS) : at });
  }

  /** The capture times of one source. @param ssrc as its reports name it; undefined while that is not known */
  track(ssrc: () => number | undefined, clockRate: number): TrackClock {
    return new TrackClock((timestamp) => {
      const anchor = this.#anchors.get(ssrc() ?? -1);
      return anchor && extrapolate(anchor, timestamp, clockRate);
    }, clockRate);
  }

  #follow(offset: number, arrivedAt: number): void {
    if (this.#reports > 0 && Math.abs(offset - this.#offset) > LATEST_ARRIVAL_MS) {
      this.#recent = [];
      this.#reports = 0;
    }
    this.#recent.push({ offset, arrivedAt });
    while (this.#recent.length > MOST_IN_WINDOW || (this.#recent[0]?.arrivedAt ?? arrivedAt) < arrivedAt - WINDOW_MS) this.#recent.shift();
    const quickest = this.#recent.reduce((least, each) => Math.min(least, each.offset), Number.POSITIVE_INFINITY);
    const most = FASTEST_DRIFT * Math.max(0, arrivedAt - this.#reportedAt);
    this.#offset = this.#reports < SETTLING_REPORTS ? quickest : this.#offset + Math.max(-most, Math.min(most, quickest - this.#offset));
    this.#reports += 1;
    this.#reportedAt = arrivedAt;
  }
}

export class TrackClock {
  readonly #reported: (timestamp: number) => number | undefined;
  readonly #clockRate: number;
  #arrival: Anchor | undefined;

  constructor(reported: (timestamp: number) => number | undefined, clockRate: number) {
    this.#reported = reported;
    this.#clockRate = clockRate;
  }

  /**
   * Where there is no report yet, or the last one cannot be true, the earliest arrival counts.
   * @returns ms since epoch, server's clock
   */
  captureTime(timestamp: number, arrivedAt: number): number {
    const reported = this.#reported(timestamp);
    if (reported !== undefined && isPlausible(reported, arrivedAt)) return reported;
    const guessed = this.#arrival ? extrapolate(this.#arrival, timestamp, this.#clockRate) : arrivedAt;
    // The anchor moves along, so that it never falls behind by half of the timestamp's range.
    const at = isPlausible(guessed, arrivedAt) ? Math.min(guessed, arrivedAt) : arrivedAt;
    this.#arrival = { timestamp, at };
    return at;
  }
}

function isPlausible(at: number, arrivedAt: number): boolean {
  const delayMs = arrivedAt - at;
  return delayMs >= EARLIEST_ARRIVAL_MS && delayMs <= LATEST_ARRIVAL_MS;
}

function extrapolate(anchor: Anchor, timestamp: number, clockRate: number): number {
  return anchor.at + (wrappedDistance(anchor.timestamp, timestamp, 32) / clockRate) * 1_000;
}
