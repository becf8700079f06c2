// Owns what a counter has run up to lately: its mean and its dearest second, from readings at any times.

/** How far back the dearest second is looked for: longer than two key frames are apart, short enough to forget a gust of motion. */
const USUAL_MEMORY_MS = 20_000;
const MEAN_MS = 5_000;
const SECOND_MS = 1_000;
const LATELY_MS = 1_500;

interface Reading {
  at: number;
  bytes: number;
  packets: number;
  /** Bytes of the second that ended here; undefined in the first one. */
  secondBytes: number | undefined;
}

export class RateWindow {
  readonly #readings: Reading[] = [];
  readonly #memoryMs: number;

  /** @param memoryMs how far back the dearest second is looked for */
  constructor(memoryMs = USUAL_MEMORY_MS) {
    this.#memoryMs = memoryMs;
  }

  /** @param bytes, packets since the reading before; the first reading only begins */
  add(at: number, bytes: number, packets: number): void {
    const last = this.#readings.at(-1);
    if (last && at <= last.at) {
      last.bytes += bytes;
      last.packets += packets;
    } else {
      this.#readings.push({ at, bytes: last ? bytes : 0, packets: last ? packets : 0, secondBytes: undefined });
    }
    const newest = this.#readings.at(-1) as Reading;
    newest.secondBytes = this.#bytesSince(newest.at - SECOND_MS);
    const keep = this.#readings.findIndex((reading) => reading.at >= newest.at - this.#memoryMs);
    if (keep > 0) this.#readings.splice(0, keep);
  }

  /** ms that are known. */
  get spanMs(): number {
    return (this.#readings.at(-1)?.at ?? 0) - (this.#readings[0]?.at ?? 0);
  }

  /** Over the last 5 s, or as far as is known. */
  get meanKbps(): number {
    const { bytes, ms } = this.#recent();
    return ms === 0 ? 0 : (bytes * 8) / ms;
  }

  get packetsPerS(): number {
    const { packets, ms } = this.#recent();
    return ms === 0 ? 0 : (packets * 1000) / ms;
  }

  /** The last whole second; undefined before it is over. */
  get lastKbps(): number | undefined {
    const bytes = this.#readings.at(-1)?.secondBytes;
    return bytes === undefined ? undefined : (bytes * 8) / SECOND_MS;
  }

  /**
   * What a dear second takes, 0 before one is over: the second dearest of those that are remembered, because a sender whose network
   * stood still for a moment catches up once, and that second is over before anybody could act on it. What goes on counts soon: the
   * last second and a half. In the older half of the memory seconds fade towards the mean.
   */
  get peakKbps(): number {
    const newest = this.#readings.at(-1)?.at ?? 0;
    const even = (this.meanKbps * SECOND_MS) / 8;
    const seconds = this.#readings.flatMap(({ at, secondBytes }) => {
      if (secondBytes === undefined) return [];
      const faded = secondBytes > even ? even + (secondBytes - even) * Math.min(1, 2 - (2 * (newest - at)) / this.#memoryMs) : secondBytes;
      return [{ at, bytes: faded }];
    });
    const dearest = most(seconds);
    if (!dearest) return 0;
    const second = most(seconds.filter(({ at }) => Math.abs(at - dearest.at) >= SECOND_MS)) ?? dearest;
    const lately = this.#bytesSince(newest - LATELY_MS);
    return Math.max((second.bytes * 8) / SECOND_MS, lately === undefined ? 0 : (lately * 8) / LATELY_MS);
  }

  #recent(): { bytes: number; packets: number; ms: number } {
    const end = this.#readings.at(-1)?.at ?? 0;
    const first = this.#readings.findIndex((reading) => reading.at >= end - MEAN_MS);
    let bytes = 0;
    let packets = 0;
    for (const reading of this.#readings.slice(first + 1)) {
      bytes += reading.bytes;
      packets += reading.packets;
    }
    return { bytes, packets, ms: end - (this.#readings[first]?.at ?? end) };
  }

  // A reading that lies across the edge counts by its part: traffic between two readings is taken as even.
  #bytesSince(from: number): number | undefined {
    let sum = 0;
    for (let index = this.#readings.length - 1; index > 0; index -= 1) {
      const { at, bytes } = this.#readings[index] as Reading;
      const before = (this.#readings[index - 1] as Reading).at;
      if (before <= from) return sum + (bytes * (at - from)) / (at - before);
      sum += bytes;
    }
    return undefined;
  }
}

function most(seconds: readonly { at: number; bytes: number }[]): { at: number; bytes: number } | undefined {
  return seconds.reduce<{ at: number; bytes: number } | undefined>((best, each) => (best && best.bytes >= each.bytes ? best : each), undefined);
}
