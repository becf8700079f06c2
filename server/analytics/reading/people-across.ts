// Owns how many people came to some shows together. Exact: who agreed is known again by a key, everybody else is somebody else in each show.
import type { Database } from '../../platform/db/database.ts';
import type { AnalyticsTables } from '../store/tables.ts';

/** Who agreed, each once in all of these shows. Show by show, because SQLite answers in one turn: to count a year of them there took a second. */
export async function knownAcross(database: Database, shows: readonly number[]): Promise<number> {
  const people = new Set<string | null>();
  for (const show of shows) {
    const rows = await database.read<AnalyticsTables>().selectFrom('devices').select('person_across').where('show', '=', show).where('mark', '=', '').where('person_across', 'is not', null).execute();
    for (const { person_across } of rows) people.add(person_across);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return people.size;
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
