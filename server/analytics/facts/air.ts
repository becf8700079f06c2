// Owns what the server itself sees of a show: that its host sends, proved as often as viewers prove that they watch, and its drops.
import type { MediaFacts } from '../../media/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Bus } from '../../platform/events.ts';
import type { Show } from '../../protocol/show.ts';
import { HEARTBEAT_MS } from '../../protocol/telemetry.ts';
import { type RawEvent, SERVER_DEVICE, serverKinds } from '../rollup/raw-event.ts';
import type { Books } from '../store/books.ts';
import type { ShowRows } from '../store/show-rows.ts';

/** A transport that is rebuilt is back within a second or two, and nobody calls that a drop. */
const DROP_MS = 3_000;

export interface AirDeps {
  books: Books;
  rows: ShowRows;
  clock: Clock;
  findShow: (showId: string) => Promise<Show | undefined>;
  onFault: (error: unknown) => void;
}

export class Air {
  readonly #deps: AirDeps;
  /** Until when it is counted, of those that are on. */
  readonly #on = new Map<string, number>();
  #work: Promise<void> = Promise.resolve();
  #cancel: () => void;

  constructor(deps: AirDeps) {
    this.#deps = deps;
    this.#cancel = deps.clock.after(HEARTBEAT_MS, () => this.#tick());
  }

  /** @returns what ends it */
  follow(bus: Bus<Pick<MediaFacts, 'stream.started' | 'stream.stopped'>>): () => void {
    const ends = [
      bus.on('stream.started', ({ streamId }) => this.#next(() => this.#started(streamId))),
      bus.on('stream.stopped', ({ streamId }) => this.#next(() => this.#stopped(streamId))),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  /** Counts up to now. */
  async close(): Promise<void> {
    this.#cancel();
    this.#next(() => this.#prove());
    await this.#work;
  }

  // One after the other: a stop that comes while a start is written down waits for it.
  #next(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch(this.#deps.onFault);
  }

  #tick(): void {
    this.#next(() => this.#prove());
    this.#cancel = this.#deps.clock.after(HEARTBEAT_MS, () => this.#tick());
  }

  async #started(showId: string): Promise<void> {
    const now = this.#deps.clock.now();
    const row = await this.#deps.rows.find(showId);
    this.#on.set(showId, now);
    const awayMs = row && row.air_until > 0 ? now - row.air_until : 0;
    if (awayMs >= DROP_MS) await this.#count(showId, { kind: serverKinds.outage, args: [awayMs] }, now);
  }

  async #stopped(showId: string): Promise<void> {
    await this.#proveOne(showId);
    this.#on.delete(showId);
  }

  async #prove(): Promise<void> {
    for (const showId of this.#on.keys()) await this.#proveOne(showId);
  }

  async #proveOne(showId: string): Promise<void> {
    const since = this.#on.get(showId);
    const now = this.#deps.clock.now();
    if (since === undefined || now <= since) return;
    this.#on.set(showId, now);
    await this.#count(showId, { kind: serverKinds.air, args: [now - since] }, now);
    await this.#deps.rows.noteAir(showId, now);
  }

  async #count(showId: string, happening: Pick<Extract<RawEvent, { kind: 20 | 21 }>, 'kind' | 'args'>, at: number): Promise<void> {
    const show = await this.#deps.findShow(showId);
    if (!show) return;
    const book = await this.#deps.books.open(show);
    book.count([{ ...happening, at, device: SERVER_DEVICE, phase: 'live', mark: '' }], undefined);
  }
}
