// Owns the books of all shows that are heard of: opened from the database, kept every few seconds, closed when nobody comes any more.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Show } from '../../protocol/show.ts';
import { LATE_MS } from '../../protocol/telemetry.ts';
import { Members } from '../rollup/members.ts';
import { type NamedSet, Pending } from '../rollup/pending.ts';
import { Book, type Unkept } from './book.ts';
import { Device } from './device.ts';
import { addChunk, keepDevice, keepRollUps } from './rows.ts';
import { ShowRows } from './show-rows.ts';
import type { AnalyticsTables } from './tables.ts';
import { Turns, UNHURRIED } from './turns.ts';

/** A killed server loses what came in the last seconds before it. */
const KEEP_MS = 3_000;
const IDLE_MS = LATE_MS + 10 * 60_000;

interface Open {
  book: Promise<Book>;
  usedAt: number;
}

export class Books {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #shows: ShowRows;
  readonly #onFault: (error: unknown) => void;
  readonly #onIdle: (showId: string) => void;
  readonly #open = new Map<string, Open>();
  /** Shows whose rows are being changed, each until that is over. */
  readonly #rewritten = new Map<string, Promise<void>>();
  #keeping: Promise<void> = Promise.resolve();
  #cancel: () => void;
  #isClosed = false;

  /** @param deps.onIdle nobody has come to this show for more than an hour */
  constructor(deps: { database: Database; clock: Clock; onFault: (error: unknown) => void; onIdle?: (showId: string) => void }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#shows = new ShowRows(deps.database);
    this.#onFault = deps.onFault;
    this.#onIdle = deps.onIdle ?? (() => undefined);
    this.#cancel = this.#clock.after(KEEP_MS, () => this.#tick());
  }

  /** What is done with the book has to be done in the same turn: it may be closed in another. */
  async open(show: Pick<Show, 'id' | 'sellerId' | 'startedAt' | 'endedAt'>): Promise<Book> {
    for (let over = this.#rewritten.get(show.id); over; over = this.#rewritten.get(show.id)) await over;
    let open = this.#open.get(show.id);
    if (!open) {
      const book = this.#shows.numberOf(show).then((number) => this.#read(number, show.id));
      this.#open.set(show.id, (open = { book, usedAt: 0 }));
      book.catch(() => this.#open.delete(show.id));
    }
    open.usedAt = this.#clock.now();
    return open.book;
  }

  /** Keeps everything counted so far. Rejects when the disk does not take all of it; what it did not is tried again then, and holds up no other show's. */
  keep(): Promise<void> {
    return this.#alone(async () => {
      const faults: unknown[] = [];
      for (const { book } of this.#open.values()) await book.then((each) => this.#keepBook(each)).catch((error: unknown) => faults.push(error));
      if (faults.length > 0) throw faults.length === 1 ? faults[0] : new AggregateError(faults, `${faults.length} books of figures could not be kept.`);
    });
  }

  /** Nobody is known in other shows by that key any more; what holds it in memory is kept without it. */
  async unknow(personAcross: string): Promise<void> {
    const books = [...this.#open.values()].map(({ book }) => book.catch(() => undefined));
    for (const book of await Promise.all(books)) book?.unknow(personAcross);
    await this.keep();
  }

  /** Nobody opens or counts in a show's book until `work` is done with what is kept of it; then it is read anew. Rejects as `keep` does. */
  rewrite<Value>(showId: string, work: () => Promise<Value>): Promise<Value> {
    return this.#alone(async () => {
      let done: () => void = () => undefined;
      this.#rewritten.set(showId, new Promise<void>((resolve) => (done = resolve)));
      try {
        const book = await this.#open.get(showId)?.book;
        if (book) {
          // Whoever was handed it in this turn counts in it first.
          await new Promise((resolve) => setImmediate(resolve));
          await this.#keepBook(book);
          this.#open.delete(showId);
        }
        return await work();
      } finally {
        this.#rewritten.delete(showId);
        done();
      }
    });
  }

  /** The show is no more. */
  async forget(showId: string): Promise<void> {
    await this.#alone(async () => {
      this.#open.delete(showId);
      await this.#shows.remove(showId);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.keep();
  }

  #tick(): void {
    void this.keep()
      .then(() => this.#closeIdle())
      .catch(this.#onFault)
      .finally(() => {
        if (!this.#isClosed) this.#cancel = this.#clock.after(KEEP_MS, () => this.#tick());
      });
  }

  #closeIdle(): void {
    for (const [showId, { usedAt }] of this.#open) {
      if (usedAt >= this.#clock.now() - IDLE_MS) continue;
      this.#open.delete(showId);
      this.#onIdle(showId);
    }
  }

  #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#keeping.then(work);
    this.#keeping = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #keepBook(book: Book): Promise<void> {
    await book.prepare();
    const unkept = book.take();
    if (!unkept) return;
    try {
      await this.#write(book, unkept);
    } catch (error) {
      book.giveBack(unkept);
      throw error;
    }
  }

  async #write(book: Book, { raw, devices, rollUps }: Unkept): Promise<void> {
    const { show, position } = book;
    // As they are now, not as they will be when the transaction comes to them: what is counted meanwhile is kept with its events.
    const rows = devices.map((device) => device.toRow(show));
    const sets = rollUps.sets.map((set) => ({ ...set, members: new Members(set.members.bytes()) }));
    const chunks = await Promise.all(raw.map((lines) => lines.packed()));
    await this.#database.write<AnalyticsTables, void>(async (transaction) => {
      const turns = new Turns(UNHURRIED);
      for (const row of rows) {
        await keepDevice(transaction, row);
        await turns.next();
      }
      for (const [index, chunk] of chunks.entries()) await addChunk(transaction, { show, position: position + index, ...chunk });
      await keepRollUps(transaction, show, { sums: rollUps.sums, sets }, turns);
    });
    book.position += chunks.length;
  }

  async #read(number: number, showId: string): Promise<Book> {
    const reader = this.#database.read<AnalyticsTables>();
    const [devices, sets, last] = await Promise.all([
      reader.selectFrom('devices').select(['number', 'device', 'mark', 'first_at', 'area', 'person', 'person_across', 'story', 'pages']).where('show', '=', number).execute(),
      reader.selectFrom('sets').selectAll().where('show', '=', number).execute(),
      reader.selectFrom('raw_chunks').select((eb) => eb.fn.max('position').as('position')).where('show', '=', number).executeTakeFirst(),
    ]);
    const named = sets.map(({ phase, name, subject, members }) => ({ phase, name, subject, members: new Members(members) }) as NamedSet);
    return new Book({ number, showId, position: (last?.position ?? -1) + 1 }, new Pending(named), devices.map((row) => new Device(row)));
  }
}
