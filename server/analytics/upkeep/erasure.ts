// Owns the taking away of raw events: of one person at once, of whole shows when their time is over. Sums stay, because nobody is in them.
import type { Transaction } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { People } from '../intake/people.ts';
import type { Books } from '../store/books.ts';
import { packChunk } from '../store/chunk.ts';
import { readChunks } from '../store/raw-log.ts';
import { removeSetAside } from '../store/set-aside.ts';
import type { AnalyticsTables } from '../store/tables.ts';

const DAY_MS = 24 * 3600_000;
const nobody = { device: null, area: '', person: null, person_across: null, story: '', pages: '' } as const;

export interface ErasureDeps {
  dataDir: string;
  database: Database;
  books: Books;
  people: People;
  clock: Clock;
  /** How long raw events are kept after a show. */
  rawDays: number;
}

export class RawErasure {
  readonly #deps: ErasureDeps;

  constructor(deps: ErasureDeps) {
    this.#deps = deps;
  }

  /** Raw events of one person in all shows, and by what they could be found. */
  async person(identity: string): Promise<void> {
    const { database, books, people, dataDir } = this.#deps;
    await removeSetAside(dataDir);
    await books.keep();
    const shows = await database.read<AnalyticsTables>().selectFrom('shows').select(['number', 'show_id']).execute();
    for (const { number: show, show_id: showId } of shows) {
      const person = people.inShow(showId, identity);
      const theirs = await database.read<AnalyticsTables>().selectFrom('devices').select('number').where('show', '=', show).where('person', '=', person).execute();
      if (theirs.length === 0) continue;
      const numbers = theirs.map(({ number }) => number);
      await books.rewrite(showId, async () => {
        await this.#withoutDevices(show, new Set(numbers));
        await database.write<AnalyticsTables, void>(async (transaction) => {
          await transaction.updateTable('devices').set(nobody).where('show', '=', show).where('number', 'in', numbers).execute();
          await cut(transaction, show);
        });
      });
    }
  }

  /** By what one person was known again in other shows; what was counted of them in each show stays. */
  async recognition(identity: string): Promise<void> {
    const { database, books, people, dataDir } = this.#deps;
    await removeSetAside(dataDir);
    const known = people.across(identity);
    await books.unknow(known);
    await database.write<AnalyticsTables, void>(async (transaction) => {
      await transaction.updateTable('devices').set({ person_across: null }).where('person_across', '=', known).execute();
    });
  }

  /** A show that is deleted. */
  async show(showId: string): Promise<void> {
    await removeSetAside(this.#deps.dataDir);
    await this.#deps.books.forget(showId);
  }

  /** Shows whose days are over, and what was put aside as long ago. */
  async expired(): Promise<void> {
    const { database, books, clock, rawDays, dataDir } = this.#deps;
    await removeSetAside(dataDir, clock.now() - rawDays * DAY_MS);
    const shows = await database
      .read<AnalyticsTables>()
      .selectFrom('shows')
      .select(['number', 'show_id'])
      .where('ended_at', '<', clock.now() - rawDays * DAY_MS)
      .where((eb) => eb.exists(eb.selectFrom('raw_chunks').select('position').whereRef('raw_chunks.show', '=', 'shows.number').where('last_at', '<', clock.now() - rawDays * DAY_MS)))
      .execute();
    for (const { number: show, show_id: showId } of shows) {
      await books.rewrite(showId, () =>
        database.write<AnalyticsTables, void>(async (transaction) => {
          await transaction.deleteFrom('raw_chunks').where('show', '=', show).execute();
          await transaction.updateTable('devices').set(nobody).where('show', '=', show).execute();
          await cut(transaction, show);
        }),
      );
    }
  }

  async #withoutDevices(show: number, devices: ReadonlySet<number>): Promise<void> {
    const { database } = this.#deps;
    for await (const { position, events } of readChunks(database, show)) {
      const others = events.filter(({ device }) => !devices.has(device));
      if (others.length === events.length) continue;
      const chunk = others.length > 0 ? await packChunk(others) : undefined;
      await database.write<AnalyticsTables, void>(async (transaction) => {
        if (chunk) await transaction.updateTable('raw_chunks').set(chunk).where('show', '=', show).where('position', '=', position).execute();
        else await transaction.deleteFrom('raw_chunks').where('show', '=', show).where('position', '=', position).execute();
      });
    }
  }
}

async function cut(transaction: Transaction<AnalyticsTables>, show: number): Promise<void> {
  await transaction.updateTable('shows').set({ raw_is_cut: 1 }).where('number', '=', show).execute();
}
