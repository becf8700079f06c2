// Owns what polls and announcements keep of people and shows, and its end.
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { StageTables } from './tables.ts';

/** Takes the votes of one person out of all polls, or of one show's. */
export async function eraseVotes(transaction: Transaction<StageTables>, identity: string, showId?: string): Promise<void> {
  let theirs = transaction.selectFrom('poll_votes').innerJoin('polls', 'polls.id', 'poll_votes.poll_id').select('polls.id').where('poll_votes.identity', '=', identity);
  if (showId !== undefined) theirs = theirs.where('polls.show_id', '=', showId);
  const ids = (await theirs.execute()).map(({ id }) => id);
  if (ids.length === 0) return;
  await transaction.deleteFrom('poll_votes').where('identity', '=', identity).where('poll_id', 'in', ids).execute();
  await transaction.updateTable('polls').set((eb) => ({ revision: eb('revision', '+', 1) })).where('id', 'in', ids).execute();
}

/** Votes go with their polls. */
export async function eraseStage(database: Database, showId: string): Promise<void> {
  await database.write<StageTables, void>(async (transaction) => {
    for (const table of ['polls', 'announcements'] as const) await transaction.deleteFrom(table).where('show_id', '=', showId).execute();
  });
}
