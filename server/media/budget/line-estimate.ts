// Owns the guess of what the line carries, for an operator who does not know it (`FIELDCAST_UPLINK_KBPS=auto`). One viewer who loses
// packets has a bad link; when half of them lose packets or wait longer in the same seconds, it is the line they share. What was sent
// then is a little more than it carries. Without such signs the guess grows only while it is used, so it never says more than was tried.

/** Where nothing is known yet: what the smallest line of a township carries. */
export const FIRST_GUESS_KBPS = 10_000;
/** Under this it is not the line, and a show needs something to live on. */
export const FLOOR_KBPS = 2_000;
const CEILING_KBPS = 1_000_000;
/** Fewer say nothing of what they share. */
const LEAST_VIEWERS = 4;
const NEWS_MS = 5_000;
const LOSS_SHARE = 0.03;
/** A home router keeps some hundred ms of packets before it drops one. */
const QUEUE_MS = 120;
/** What was sent when the line was full, by what it is taken to carry. */
const STEP_DOWN = 0.88;
const SETTLE_MS = 4_000;
const STEP_UP = 1.05;
/** So much of the guess has to be in use for it to be tried further. */
const IN_USE = 0.85;
const CALM_MS = 8_000;
/** After a line was found full its edge is not tried for this long. */
const RESPECT_MS = 60_000;

interface News {
  at: number;
  lossShare: number;
  queueMs: number;
}

export class LineEstimate {
  #kbps = FIRST_GUESS_KBPS;
  readonly #news = new Map<object, News>();
  readonly #quickest = new WeakMap<object, number>();
  #changedAt = 0;
  /** What was carried when the line was last found full, and when. */
  #edge: { kbps: number; at: number } | undefined;

  get kbps(): number {
    return Math.round(this.#kbps);
  }

  /** What one viewer reports. @param roundTripMs undefined or 0 while it is not known */
  heard(viewer: object, at: number, lossShare: number, roundTripMs: number | undefined): void {
    const quickest = roundTripMs ? Math.min(this.#quickest.get(viewer) ?? roundTripMs, roundTripMs) : undefined;
    if (quickest !== undefined) this.#quickest.set(viewer, quickest);
    this.#news.set(viewer, { at, lossShare, queueMs: roundTripMs && quickest !== undefined ? roundTripMs - quickest : 0 });
  }

  /** To be called about once a second. @param sentKbps all that leaves now */
  tick(at: number, sentKbps: number): void {
    for (const [viewer, news] of this.#news) if (at - news.at > NEWS_MS) this.#news.delete(viewer);
    const calmMs = at - this.#changedAt;
    if (this.#isFull) {
      if (calmMs < SETTLE_MS) return;
      this.#edge = { kbps: sentKbps, at };
      // Only ever down: a guess that nobody used up cannot be what filled the line.
      return this.#move(at, Math.min(this.#kbps, sentKbps * STEP_DOWN));
    }
    if (calmMs < CALM_MS || sentKbps < this.#kbps * IN_USE) return;
    const next = this.#kbps * STEP_UP;
    if (this.#edge && at - this.#edge.at < RESPECT_MS && next >= this.#edge.kbps * 0.97) return;
    this.#move(at, next);
  }

  get #isFull(): boolean {
    if (this.#news.size < LEAST_VIEWERS) return false;
    const all = [...this.#news.values()];
    return median(all.map((each) => each.lossShare)) > LOSS_SHARE || median(all.map((each) => each.queueMs)) > QUEUE_MS;
  }

  #move(at: number, kbps: number): void {
    this.#kbps = Math.min(CEILING_KBPS, Math.max(FLOOR_KBPS, kbps));
    this.#changedAt = at;
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
