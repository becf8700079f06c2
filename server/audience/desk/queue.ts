// Owns what waits for the staff of a chat: held messages, and those that viewers have reported since somebody last decided.
import type { Kysely } from 'kysely';
import type { ChatMessage } from '../../protocol/chat.ts';
import { readMessagesById, viewMessage } from '../chat/messages.ts';
import type { AudienceTables } from '../tables.ts';

const LIMIT = 200;
const STAFF = { isStaff: true, identity: '' };

/** Oldest first. */
export async function flagged(database: Kysely<AudienceTables>, showId: string): Promise<{ message: ChatMessage; reports: number }[]> {
  const [held, reported] = await Promise.all([
    database.selectFrom('chat_messages').select('id').where('show_id', '=', showId).where('state', '=', 'held').orderBy('position').limit(LIMIT).execute(),
    database
      .selectFrom('chat_reports as report')
      .innerJoin('chat_messages as message', 'message.id', 'report.message_id')
      .select(['message.id', (eb) => eb.fn.countAll<number>().as('reports')])
      .where('report.reviewed_at', 'is', null)
      .where('message.show_id', '=', showId)
      .where('message.state', 'in', ['shown', 'held'])
      .groupBy('message.id')
      .orderBy('message.position')
      .limit(LIMIT)
      .execute(),
  ]);
  const reports = new Map([...held.map(({ id }) => [id, 0] as const), ...reported.map((row) => [row.id, row.reports] as const)]);
  const messages = await readMessagesById(database, [...reports.keys()]);
  return messages
    .flatMap((message) => viewMessage(message, STAFF) ?? [])
    .sort((a, b) => a.position - b.position)
    .slice(0, LIMIT)
    .map((message) => ({ message, reports: reports.get(message.id) ?? 0 }));
}
