// Owns the memory of replays that were there and are gone, so that nobody is told that a show was never recorded; and the deleting itself.
import type { Bus } from '../../platform/events.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Replays } from '../../media/index.ts';
import type { LiveFacts } from '../facts.ts';
import type { LiveTables } from '../tables.ts';

export class DeletedReplays {
  readonly #deps: { database: Database; replays: Pick<Replays, 'remove'>; bus: Bus<LiveFacts>; clock: Clock };

  constructor(deps: { database: Database; replays: Pick<Replays, 'remove'>; bus: Bus<LiveFacts>; clock: Clock }) {
    this.#deps = deps;
  }

  async has(showId: string): Promise<boolean> {
    const row = await this.#deps.database.read<LiveTables>().selectFrom('deleted_replays').select('show_id').where('show_id', '=', showId).executeTakeFirst();
    return row !== undefined;
  }

  /** Deletes a show's recording for good. @returns false when there is none, or it is being written. */
  async remove(showId: string): Promise<boolean> {
    const { database, replays, bus, clock } = this.#deps;
    if (!(await replays.remove(showId))) return false;
    await database.write<LiveTables, void>(async (transaction) => {
      await transaction
        .insertInto('deleted_replays')
        .values({ show_id: showId, deleted_at: clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
    bus.emit('replay.changed', { showId, state: 'none' });
    return true;
  }
}
