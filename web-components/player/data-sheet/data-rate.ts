// Owns how much data a show takes in ten minutes, from what has really come; what it would take otherwise is reckoned. No DOM.

/** Less than this says more about the moment than about the show. */
const ENOUGH_MS = 4_000;
const WINDOW_MS = 20_000;
const TEN_MINUTES_MS = 600_000;
const MB = 1_000_000;

/** MB in ten minutes at so many kbit/s. */
const mbAt = (kbps: number) => (kbps * TEN_MINUTES_MS) / 8 / MB;

/** Layers are capped at 1200 and 150 kbit/s of picture; sound is 32, and headers of both are counted. */
export const RECKONED_MB = { auto: mbAt(1_200), save: mbAt(200), sound: mbAt(55) } as const;

interface Sample {
  atMs: number;
  bytes: number;
}

export class DataRate {
  #samples: Sample[] = [];
  #first: Sample;

  /** @param bytes that have come in the first `playingMs` */
  constructor(bytes: number, playingMs: number, nowMs: number) {
    this.#first = { bytes: 0, atMs: nowMs - playingMs };
    this.#samples = [{ bytes, atMs: nowMs }];
  }

  add(bytes: number, nowMs: number): void {
    this.#samples.push({ bytes, atMs: nowMs });
    while ((this.#samples[1]?.atMs ?? Infinity) <= nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** From now on something else comes: what came before says nothing of it. */
  restart(): void {
    const last = this.#samples.at(-1) as Sample;
    this.#first = last;
    this.#samples = [last];
  }

  /** MB in ten minutes as it is now; null before that can be told. */
  get mb(): number | null {
    const last = this.#samples.at(-1) as Sample;
    const [oldest] = this.#samples as [Sample];
    // What has come lately counts; until that is enough, all of it.
    const from = last.atMs - oldest.atMs >= ENOUGH_MS ? oldest : this.#first;
    const tookMs = last.atMs - from.atMs;
    return tookMs < ENOUGH_MS ? null : ((last.bytes - from.bytes) / tookMs) * (TEN_MINUTES_MS / MB);
  }
}

/** As people read it: one digit behind the point where there is none before it. */
export const roundMb = (mb: number): number => (mb < 1 ? Math.round(mb * 10) / 10 : Math.round(mb));
