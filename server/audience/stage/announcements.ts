// Owns the one line that the staff put on the picture of a show.
import type { Selectable } from 'kysely';
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../protocol/ids.ts';
import type { Announcement, announcementRequest } from '../../protocol/stage.ts';
import type { StageTables } from './tables.ts';

export class Announcements {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Puts a line in the place of the one there is. The same words again go on as the same line, so that nobody is told twice. */
  async put(showId: string, { text, minutes }: v.InferOutput<typeof announcementRequest>, byName: string): Promise<Announcement> {
    const now = this.#clock.now();
    const row = await this.#database.write<StageTables, Selectable<StageTables['announcements']>>(async (transaction) => {
      const before = await transaction.selectFrom('announcements').selectAll().where('show_id', '=', showId).executeTakeFirst();
      const goesOn = before !== undefined && before.text === text && !this.#isOver(before);
      const next = { id: goesOn ? before.id : newId('ann'), text, at: goesOn ? before.at : now, ends_at: minutes === undefined ? null : now + minutes * 60_000, by_name: byName };
      await transaction
        .insertInto('announcements')
        .values({ show_id: showId, ...next })
        .onConflict((conflict) => conflict.column('show_id').doUpdateSet(next))
        .execute();
      return { show_id: showId, ...next };
    });
    return view(row);
  }

  async remove(showId: string): Promise<void> {
    await this.#database.write<StageTables, void>(async (transaction) => {
      await transaction.deleteFrom('announcements').where('show_id', '=', showId).execute();
    });
  }

  async standing(showId: string): Promise<Announcement | null> {
    const row = await this.#database.read<StageTables>().selectFrom('announcements').selectAll().where('show_id', '=', showId).executeTakeFirst();
    return row && !this.#isOver(row) ? view(row) : null;
  }

  #isOver({ ends_at: endsAt }: { ends_at: number | null }): boolean {
    return endsAt !== null && endsAt <= this.#clock.now();
  }
}

function view({ id, text, at, ends_at: endsAt }: Selectable<StageTables['announcements']>): Announcement {
  return { id, text, at, endsAt };
}
