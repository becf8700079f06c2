// Owns how many people came to some shows together. Exact: who agreed is known again by a key, everybody else is somebody else in each show.
import type { Database } from '../../platform/db/database.ts';
import type { AnalyticsTables } from '../store/tables.ts';

/** Who agreed, each once in all of these shows. */
export async function knownAcross(database: Database, shows: readonly number[]): Promise<number> {
  if (shows.length === 0) return 0;
  const row = await database
    .read<AnalyticsTables>()
    .selectFrom('devices')
    .select((eb) => eb.fn.count<number>('person_across').distinct().as('people'))
    .where('show', 'in', shows)
    .where('mark', '=', '')
    .where('person_across', 'is not', null)
    .executeTakeFirst();
  return row?.people ?? 0;
}

/** Devices of everybody else in one show. */
export async function unknownIn(database: Database, show: number): Promise<number> {
  const row = await database
    .read<AnalyticsTables>()
    .selectFrom('devices')
    .select((eb) => eb.fn.countAll<number>().as('devices'))
    .where('show', '=', show)
    .where('mark', '=', '')
    .where('person_across', 'is', null)
    .executeTakeFirst();
  return row?.devices ?? 0;
}
