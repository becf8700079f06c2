// Owns a chat as a table for a spreadsheet: RFC 4180 with a byte order mark, and no cell that a spreadsheet would run.
import type { Kysely } from 'kysely';
import { authorKey } from '../chat/author.ts';
import type { AudienceTables } from '../tables.ts';

const BYTE_ORDER_MARK = '\ufeff';
const HEAD = ['time_utc', 'show_clock', 'author_key', 'author_name', 'role', 'state', 'private', 'answers_name', 'answers_text', 'text'];
/** Read in pieces, so that a long chat does not stop the room it is about. */
const PIECE = 2_000;

/** Quoted, and defused where Excel and its kin would begin a formula (OWASP: `=`, `+`, `-`, `@`, tab, return; also in full width). */
export function csvCell(value: string): string {
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** `1:02:03` since the start of the show; empty for what was said before it. */
export function showClock(at: number, startedAt: number | null): string {
  if (startedAt === null || at < startedAt) return '';
  const seconds = Math.floor((at - startedAt) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The whole chat of a show, oldest first. Nothing by which anybody could be found outside of it: no identity, no address. */
export async function chatAsCsv(database: Kysely<AudienceTables>, show: { id: string; startedAt: number | null }): Promise<Uint8Array> {
  const lines = [HEAD.map(csvCell).join(',')];
  for (let after = 0; ; ) {
    const rows = await database
      .selectFrom('chat_messages as message')
      .leftJoin('chat_messages as answered', 'answered.id', 'message.reply_to')
      .select(['message.position', 'message.at', 'message.identity', 'message.name', 'message.role', 'message.state', 'message.private_for', 'message.text'])
      .select(['answered.name as answers_name', 'answered.text as answers_text'])
      .where('message.show_id', '=', show.id)
      .where('message.position', '>', after)
      .orderBy('message.position')
      .limit(PIECE)
      .execute();
    for (const row of rows) {
      const cells = [
        new Date(row.at).toISOString(),
        showClock(row.at, show.startedAt),
        authorKey(show.id, row.identity),
        row.name,
        row.role,
        row.state,
        row.private_for === null ? '' : 'private',
        row.answers_name ?? '',
        row.answers_text ?? '',
        row.text,
      ];
      lines.push(cells.map(csvCell).join(','));
    }
    if (rows.length < PIECE) break;
    after = rows.at(-1)?.position ?? after;
  }
  return new TextEncoder().encode(`${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`);
}
