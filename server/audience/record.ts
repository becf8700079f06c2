// Owns what is left of what was said in a show, for modules above: the words of its captions, and how its questions went.
import type { Database } from '../platform/db/database.ts';
import type { CaptionTables } from './captions/tables.ts';
import type { QuestionTables } from './questions/tables.ts';

export interface ShowRecord {
  /** Lines of captions by the server's clock, in the order of time; what was taken away is left out. */
  spoken(showId: string): Promise<{ at: number; text: string }[]>;
  /** Questions that somebody still asks, except those that were dismissed. */
  questions(showId: string): Promise<{ asked: number; answered: number }>;
}

export function showRecord(database: Database): ShowRecord {
  return {
    spoken: (showId) => database.read<CaptionTables>().selectFrom('captions').select(['at', 'text']).where('show_id', '=', showId).where('removed', '=', 0).orderBy('at').orderBy('position').execute(),
    async questions(showId) {
      const rows = await database
        .read<QuestionTables>()
        .selectFrom('questions')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .where('show_id', '=', showId)
        .where('state', '<>', 'dismissed')
        .where((eb) => eb.exists(eb.selectFrom('question_messages').select('message_id').whereRef('question_id', '=', 'questions.id').where('shown', '=', 1)))
        .groupBy('state')
        .execute();
      return { asked: rows.reduce((sum, { count }) => sum + count, 0), answered: rows.find(({ state }) => state === 'answered')?.count ?? 0 };
    },
  };
}
