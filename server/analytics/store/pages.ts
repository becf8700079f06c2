// Owns what is known of one page of a device: which of its batches came, and how its clock stands to the server's.

/** Batches may arrive out of order by no more than this; what is behind counts as having come. */
const WINDOW = 64;
/** Another answer than this about a clock means that it was stopped or set. Less is the way here, and the first answer is kept, so that heartbeats follow each other without a gap. */
const STEADY_MS = 2_000;

export interface KeptPage {
  id: string;
  /** Smallest number that has not come. */
  next: number;
  /** Those above that have. */
  ahead: number[];
  offsetMs: number;
  firstAt: number;
  lastAt: number;
}

export class Page {
  readonly #kept: KeptPage;

  constructor(kept: KeptPage) {
    this.#kept = kept;
  }

  /** @param sentAt the page's clock when its first batch left, which arrives now */
  static open(id: string, sentAt: number, now: number): Page {
    return new Page({ id, next: 0, ahead: [], offsetMs: now - sentAt, firstAt: now, lastAt: now });
  }

  get id(): string {
    return this.#kept.id;
  }
  get firstAt(): number {
    return this.#kept.firstAt;
  }
  get lastAt(): number {
    return this.#kept.lastAt;
  }

  /** False when this batch came before. */
  take(number: number): boolean {
    const page = this.#kept;
    if (number < page.next || page.ahead.includes(number)) return false;
    page.ahead.push(number);
    // A hole that nobody will fill any more is passed over.
    if (page.ahead.length > WINDOW) page.next = Math.min(...page.ahead);
    while (page.ahead.includes(page.next)) {
      page.ahead = page.ahead.filter((each) => each !== page.next);
      page.next += 1;
    }
    return true;
  }

  /** Turns the page's clock into the server's, as of a batch that left at `sentAt` and arrives now. */
  clock(sentAt: number, now: number): (at: number) => number {
    const page = this.#kept;
    page.lastAt = now;
    if (Math.abs(now - sentAt - page.offsetMs) > STEADY_MS) page.offsetMs = now - sentAt;
    const { offsetMs } = page;
    return (at) => Math.min(now, Math.round(at + offsetMs));
  }

  toJSON(): unknown[] {
    const { id, next, ahead, offsetMs, firstAt, lastAt } = this.#kept;
    return [id, next, ahead, offsetMs, firstAt, lastAt];
  }

  static from(kept: unknown): Page {
    const [id, next, ahead, offsetMs, firstAt, lastAt] = kept as [string, number, number[], number, number, number];
    return new Page({ id, next, ahead, offsetMs, firstAt, lastAt });
  }
}
