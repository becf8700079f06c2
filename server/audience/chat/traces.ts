// Owns what a chat keeps of people beside their messages, and its end with the show.
import type { Database } from '../../platform/db/database.ts';
import type { QuestionTables } from '../questions/tables.ts';
import type { AudienceTables } from '../tables.ts';

/** Remembers who has ordered, for chats that only buyers write in. */
export async function noteBuyer(database: Database, showId: string, identity: string): Promise<void> {
  await database.write<AudienceTables, void>(async (transaction) => {
    await transaction
      .insertInto('chat_buyers')
      .values({ show_id: showId, identity })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Erases everything that was said in a show and about it. */
export async function eraseShow(database: Database, showId: string): Promise<void> {
  await database.write<AudienceTables & QuestionTables, void>(async (transaction) => {
    for (const table of ['questions', 'question_cursors', 'chat_messages', 'chat_rules', 'chat_restrictions', 'chat_buyers', 'moderation_log'] as const) {
      await transaction.deleteFrom(table).where('show_id', '=', showId).execute();
    }
  });
}
