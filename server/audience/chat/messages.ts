// Owns chat messages as they are stored: rows, revisions, pages. Who may do what with them is decided in chat.ts and moderation.ts.
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ChatMessage } from '../../protocol/chat.ts';
import { isPlayed } from '../../protocol/ids.ts';
import type { AudienceTables, MessageState } from '../tables.ts';
import { authorKey } from './author.ts';

export type MessageRow = Selectable<AudienceTables['chat_messages']>;

/** A stored message with what it answers. */
export interface StoredMessage extends MessageRow {
  reply: { id: string; name: string; text: string; state: MessageState; privateFor: string | null } | null;
}

/** Whose eyes read: staff who may chat see all, others what is shown and their own. */
export interface Reader {
  isStaff: boolean;
  identity: string;
}

/** A message as one reader sees it; undefined for what is not theirs to see. */
export function viewMessage(message: StoredMessage, reader: Reader): ChatMessage | undefined {
  const isOwn = message.identity === reader.identity;
  const state = message.state === 'shadow' ? (reader.isStaff ? 'removed' : 'shown') : message.state;
  if (!reader.isStaff && !isOwn && (message.state === 'held' || message.state === 'shadow')) return undefined;
  const isHidden = (privateFor: string | null): boolean => privateFor !== null && !reader.isStaff && privateFor !== reader.identity;
  if (isHidden(message.private_for)) return undefined;
  const { reply } = message;
  return {
    id: message.id,
    position: message.position,
    revision: message.revision,
    at: message.at,
    author: { key: authorKey(message.show_id, message.identity), name: message.name, role: message.role },
    text: message.state === 'removed' && !reader.isStaff ? '' : message.text,
    replyTo: reply && { id: reply.id, name: reply.name, text: reply.state === 'shown' && !isHidden(reply.privateFor) ? reply.text : '' },
    state,
    isPinned: message.pinned === 1 && message.state === 'shown',
    isPrivate: message.private_for !== null,
    isAnswered: message.answered === 1,
    ...(isPlayed(message.identity) ? { isSynthetic: true } : {}),
  };
}

/** The next revision of a show's chat. Inside the writing transaction only, so that no two changes get the same. */
export async function nextRevision(transaction: Transaction<AudienceTables>, showId: string): Promise<number> {
  return (await newestRevision(transaction, showId)) + 1;
}

export async function newestRevision(database: Kysely<AudienceTables>, showId: string): Promise<number> {
  const row = await database
    .selectFrom('chat_messages')
    .select((eb) => eb.fn.max('revision').as('newest'))
    .where('show_id', '=', showId)
    .executeTakeFirst();
  return row?.newest ?? 0;
}

/**
 * A page, oldest first: the newest messages, those `before` a position, or, by revision, those changed `after` one.
 * What was taken away is in the page only for `after`: who has never seen it need not hear of it.
 */
export async function readMessages(
  database: Kysely<AudienceTables>,
  filter: {
    showId: string;
    after?: number | undefined;
    before?: number | undefined;
    /** Server clock, ms since epoch; `from` inclusive, `to` not. */
    from?: number | undefined;
    to?: number | undefined;
    limit: number;
    reader: Reader;
  },
): Promise<StoredMessage[]> {
  let query = selectMessages(database).where('chat_messages.show_id', '=', filter.showId).limit(filter.limit);
  const { reader } = filter;
  // Left out here and not from the page: a full page has to mean that there is more.
  if (!reader.isStaff) {
    query = query.where((eb) =>
      eb.and([
        eb.or([eb('chat_messages.private_for', 'is', null), eb('chat_messages.private_for', '=', reader.identity)]),
        eb.or([eb('chat_messages.state', 'in', ['shown', 'removed']), eb('chat_messages.identity', '=', reader.identity)]),
      ]),
    );
  }
  if (filter.after !== undefined) query = query.where('chat_messages.revision', '>', filter.after).orderBy('chat_messages.revision', 'asc');
  else {
    if (filter.from !== undefined) query = query.where('chat_messages.at', '>=', filter.from);
    if (filter.to !== undefined) query = query.where('chat_messages.at', '<', filter.to);
    query = query.where('chat_messages.state', '!=', 'removed').orderBy('chat_messages.position', 'desc');
    if (filter.before !== undefined) query = query.where('chat_messages.position', '<', filter.before);
  }
  const messages = (await query.execute()).map(toStored);
  return filter.after === undefined ? messages.reverse() : messages;
}

export async function readMessage(database: Kysely<AudienceTables>, showId: string, id: string): Promise<StoredMessage | undefined> {
  const row = await selectMessages(database).where('chat_messages.id', '=', id).where('chat_messages.show_id', '=', showId).executeTakeFirst();
  return row && toStored(row);
}

/** Several messages of a show, by revision. */
export async function readMessagesById(database: Kysely<AudienceTables>, ids: readonly string[]): Promise<StoredMessage[]> {
  if (ids.length === 0) return [];
  const rows = await selectMessages(database).where('chat_messages.id', 'in', ids).orderBy('chat_messages.revision').execute();
  return rows.map(toStored);
}

/** Changes a message and gives it the next revision. */
export async function changeMessage(
  transaction: Transaction<AudienceTables>,
  message: Pick<MessageRow, 'id' | 'show_id'>,
  change: Partial<Pick<MessageRow, 'state' | 'pinned' | 'removed_by' | 'text' | 'name' | 'place' | 'answered'>>,
): Promise<void> {
  const revision = await nextRevision(transaction, message.show_id);
  await transaction
    .updateTable('chat_messages')
    .set({ ...change, revision })
    .where('id', '=', message.id)
    .execute();
}

function selectMessages(database: Kysely<AudienceTables>) {
  return database
    .selectFrom('chat_messages')
    .leftJoin('chat_messages as answered', 'answered.id', 'chat_messages.reply_to')
    .selectAll('chat_messages')
    .select(['answered.name as reply_name', 'answered.text as reply_text', 'answered.state as reply_state', 'answered.private_for as reply_private_for']);
}

type JoinedRow = MessageRow & { reply_name: string | null; reply_text: string | null; reply_state: MessageState | null; reply_private_for: string | null };

function toStored({ reply_name: name, reply_text: text, reply_state: state, reply_private_for: privateFor, ...row }: JoinedRow): StoredMessage {
  return { ...row, reply: row.reply_to !== null && name !== null && text !== null && state !== null ? { id: row.reply_to, name, text, state, privateFor } : null };
}
