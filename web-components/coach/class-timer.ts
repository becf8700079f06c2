// Owns the class's clock: minutes for an exercise, paused and gone on with, kept over a reload of the page.
import { Watchable } from '../show/index.ts';

const KEPT_AS = 'fieldcast:class-timer';

/** `endsAt` while it runs, `leftMs` while it is paused. */
interface Kept {
  endsAt: number | null;
  leftMs: number;
}

export class ClassTimer extends Watchable {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #now: () => number;
  #kept: Kept | null;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = sessionStorage, now: () => number = Date.now) {
    super();
    this.#storage = storage;
    this.#now = now;
    this.#kept = read(storage.getItem(KEPT_AS));
    this.#tick();
  }

  /** `up`: the time is over, and nobody has stopped it yet. */
  get state(): 'off' | 'running' | 'paused' | 'up' {
    if (!this.#kept) return 'off';
    if (this.leftMs <= 0) return 'up';
    return this.#kept.endsAt === null ? 'paused' : 'running';
  }

  get leftMs(): number {
    if (!this.#kept) return 0;
    return Math.max(0, this.#kept.endsAt === null ? this.#kept.leftMs : this.#kept.endsAt - this.#now());
  }

  start(minutes: number): void {
    this.#keep({ endsAt: this.#now() + minutes * 60_000, leftMs: 0 });
  }

  pause(): void {
    if (this.state === 'running') this.#keep({ endsAt: null, leftMs: this.leftMs });
  }

  goOn(): void {
    if (this.state === 'paused') this.#keep({ endsAt: this.#now() + this.leftMs, leftMs: 0 });
  }

  stop(): void {
    this.#keep(null);
  }

  close(): void {
    clearInterval(this.#ticking);
  }

  #keep(kept: Kept | null): void {
    this.#kept = kept;
    if (kept) this.#storage.setItem(KEPT_AS, JSON.stringify(kept));
    else this.#storage.removeItem(KEPT_AS);
    this.#tick();
    this.changed();
  }

  #tick(): void {
    clearInterval(this.#ticking);
    if (this.state !== 'running') return;
    this.#ticking = setInterval(() => {
      if (this.state !== 'running') clearInterval(this.#ticking);
      this.changed();
    }, 250);
  }
}

function read(text: string | null): Kept | null {
  try {
    const { endsAt, leftMs } = JSON.parse(text ?? 'null') as Partial<Kept>;
    if (endsAt === null && typeof leftMs === 'number') return { endsAt, leftMs };
    return typeof endsAt === 'number' ? { endsAt, leftMs: 0 } : null;
  } catch {
    return null;
  }
}
