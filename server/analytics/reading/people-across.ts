// Owns how many people came to some shows together. Exact: who agreed is known again by a key, everybody else is somebody else in each show.
import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { AnalyticsTables } from '../store/tables.ts';

export interface PeopleAcross {
  /** Who agreed, each once. */
  known: number;
  /** Devices of everybody else, once in each show. */
  perShow: number;
}

/** The one place that counts people over shows: a sketch that can be merged takes the place of this query where sellers have millions. */
export async function peopleAcross(database: Database, shows: readonly number[]): Promise<PeopleAcross> {
  if (shows.length === 0) return { known: 0, perShow: 0 };
  const row = await database
    .read<AnalyticsTables>()
    .selectFrom('devices')
    .select([sql<number>`count(distinct person_across)`.as('known'), sql<number>`count(*) filter (where person_across is null)`.as('perShow')])
    .where('show', 'in', shows)
    .where('mark', '=', '')
    .executeTakeFirst();
  return { known: row?.known ?? 0, perShow: row?.perShow ?? 0 };
}
