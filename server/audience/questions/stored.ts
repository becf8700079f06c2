// Owns questions as they are stored: rows, revisions, and how the staff see them.
import type { Kysely, Selectable, Transaction } from 'kysely';
import { newId } from '../../protocol/ids.ts';
import { CLOSED_QUESTIONS_LIMIT, OPEN_QUESTIONS_LIMIT, type Question, type QuestionList } from '../../protocol/questions.ts';
import { changeMessage, type MessageRow } from '../chat/messages.ts';
import type { AudienceTables } from '../tables.ts';
import { likenessTo } from './likeness.ts';
import type { QuestionTables } from './tables.ts';

export type Tables = AudienceTables & QuestionTables;
export type QuestionRow = Selectable<QuestionTables['questions']>;

/** So many open questions are compared with a new one; the same words are found among all. */
const COMPARED = 100;
/** So many messages of one question are marked as answered, the newest; the others can see the answer in the chat. */
const MARKED_LIMIT = 50;

/** What a message asks. */
export interface Asked {
  productId: string | null;
  key: string;
}

export async function readQuestion(database: Kysely<Tables>, showId: string, id: string): Promise<QuestionRow | undefined> {
  return database.selectFrom('questions').selectAll().where('id', '=', id).where('show_id', '=', showId).executeTakeFirst();
}

export async function readMark(database: Kysely<Tables>, messageId: string) {
  return database.selectFrom('question_messages').selectAll().where('message_id', '=', messageId).executeTakeFirst();
}

/** Puts a message with those that ask the same, or makes a new question of it. */
export async function attach(transaction: Transaction<Tables>, message: MessageRow, asked: Asked): Promise<QuestionRow> {
  const question = (await findSame(transaction, message, asked)) ?? (await addQuestion(transaction, message, asked));
  const mark = { question_id: question.id, shown: message.state === 'shown' ? 1 : 0 };
  await transaction
    .insertInto('question_messages')
    .values({ message_id: message.id, show_id: message.show_id, ...mark })
    .onConflict((conflict) => conflict.column('message_id').doUpdateSet(mark))
    .execute();
  return question;
}

/** A dismissed one takes those that ask the same later; an answered one does not, because they did not hear the answer. */
async function findSame(transaction: Transaction<Tables>, message: MessageRow, { productId, key }: Asked): Promise<QuestionRow | undefined> {
  if (message.private_for !== null) return undefined;
  const waiting = transaction
    .selectFrom('questions')
    .where('show_id', '=', message.show_id)
    .where('product_id', productId === null ? 'is' : '=', productId)
    .where('private_for', 'is', null);
  const same = await waiting.selectAll().where('key', '=', key).where('state', 'in', ['open', 'dismissed']).orderBy('revision', 'desc').executeTakeFirst();
  if (same) return same;
  const others = await waiting.select(['id', 'key']).where('state', '=', 'open').orderBy('revision', 'desc').limit(COMPARED).execute();
  const isLike = likenessTo(key);
  const like = others.find((other) => isLike(other.key));
  return like && readQuestion(transaction, message.show_id, like.id);
}

async function addQuestion(transaction: Transaction<Tables>, message: MessageRow, { productId, key }: Asked): Promise<QuestionRow> {
  const row: QuestionRow = { id: newId('qst'), show_id: message.show_id, revision: 0, product_id: productId, key, private_for: message.private_for, state: 'open', answer_id: null };
  await transaction.insertInto('questions').values(row).execute();
  return row;
}

/** Changes questions and gives each the next revision. */
export async function touch(transaction: Transaction<Tables>, showId: string, questionIds: Iterable<string>): Promise<void> {
  let revision = await newestRevision(transaction, showId);
  for (const id of new Set(questionIds)) {
    revision += 1;
    await transaction.updateTable('questions').set({ revision }).where('id', '=', id).execute();
  }
  await transaction
    .insertInto('question_cursors')
    .values({ show_id: showId, chat_revision: 0, revision })
    .onConflict((conflict) => conflict.column('show_id').doUpdateSet({ revision }))
    .execute();
}

/** Marks messages of a question as answered, or not any more. @param identity only this person's. @returns ids of the messages that have changed. */
export async function markAnswered(transaction: Transaction<Tables>, question: QuestionRow, isAnswered: boolean, identity?: string): Promise<string[]> {
  let query = askingMessages(transaction, question.id).where('chat_messages.answered', '=', isAnswered ? 0 : 1);
  if (identity !== undefined) query = query.where('chat_messages.identity', '=', identity);
  const rows = await query.orderBy('chat_messages.position', 'desc').limit(MARKED_LIMIT).execute();
  for (const row of rows.reverse()) await changeMessage(transaction as unknown as Transaction<AudienceTables>, row, { answered: isAnswered ? 1 : 0 });
  return rows.map((row) => row.id);
}

/** Messages that ask a question and can be seen. */
export function askingMessages(database: Kysely<Tables>, questionId: string) {
  return database
    .selectFrom('question_messages')
    .innerJoin('chat_messages', 'chat_messages.id', 'question_messages.message_id')
    .selectAll('chat_messages')
    .where('question_messages.question_id', '=', questionId)
    .where('question_messages.shown', '=', 1);
}

export async function listQuestions(database: Kysely<Tables>, showId: string): Promise<QuestionList> {
  // The number is read first: what comes in between is told again, and known by its revision.
  const revision = await newestRevision(database, showId);
  const newest = (states: readonly Question['state'][], limit: number) =>
    database.selectFrom('questions').selectAll().where('show_id', '=', showId).where('state', 'in', states).orderBy('revision', 'desc').limit(limit).execute();
  const rows = [...(await newest(['open'], OPEN_QUESTIONS_LIMIT)), ...(await newest(['answered', 'dismissed'], CLOSED_QUESTIONS_LIMIT))];
  const questions = (await viewQuestions(database, rows)).filter(({ askers }) => askers > 0);
  return { questions, open: await countOpen(database, showId), revision };
}

export async function newestRevision(database: Kysely<Tables>, showId: string): Promise<number> {
  return (await database.selectFrom('question_cursors').select('revision').where('show_id', '=', showId).executeTakeFirst())?.revision ?? 0;
}

/** Questions that wait and that somebody can still be seen to ask. */
export async function countOpen(database: Kysely<Tables>, showId: string): Promise<number> {
  const { count } = await database
    .selectFrom('questions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('show_id', '=', showId)
    .where('state', '=', 'open')
    .where((eb) =>
      eb.exists(
        eb.selectFrom('question_messages').select('message_id').whereRef('question_messages.question_id', '=', 'questions.id').where('question_messages.shown', '=', 1),
      ),
    )
    .executeTakeFirstOrThrow();
  return count;
}

/** Questions as the staff see them, in the order given. */
export async function viewQuestions(database: Kysely<Tables>, rows: readonly QuestionRow[]): Promise<Question[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const counts = await database
    .selectFrom('question_messages')
    .innerJoin('chat_messages', 'chat_messages.id', 'question_messages.message_id')
    .select((eb) => [
      'question_messages.question_id as id',
      eb.fn.count<number>('chat_messages.identity').distinct().as('askers'),
      eb.fn.min('chat_messages.position').as('first'),
      eb.fn.max('chat_messages.position').as('last'),
    ])
    .where('question_messages.question_id', 'in', ids)
    .where('question_messages.shown', '=', 1)
    .groupBy('question_messages.question_id')
    .execute();
  const [{ show_id: showId } = { show_id: '' }] = rows;
  const positions = [...new Set(counts.flatMap(({ first, last }) => [first, last]))];
  const answerIds = rows.flatMap(({ answer_id }) => answer_id ?? []);
  const read = database.selectFrom('chat_messages').selectAll();
  const messages = new Map((positions.length > 0 ? await read.where('show_id', '=', showId).where('position', 'in', positions).execute() : []).map((row) => [row.position, row]));
  const answers = new Map((answerIds.length > 0 ? await read.where('id', 'in', answerIds).execute() : []).map((row) => [row.id, row]));
  const countOf = new Map(counts.map((count) => [count.id, count]));
  return rows.map((row) => {
    const count = countOf.get(row.id);
    const first = count && messages.get(count.first);
    const last = count && messages.get(count.last);
    const answer = row.answer_id === null ? undefined : answers.get(row.answer_id);
    return {
      id: row.id,
      revision: row.revision,
      productId: row.product_id,
      text: first?.text ?? '',
      name: first?.name ?? '',
      askers: count?.askers ?? 0,
      isPrivate: row.private_for !== null,
      state: row.state,
      askedAt: first?.at ?? 0,
      lastAskedAt: last?.at ?? 0,
      messageId: last?.id ?? row.id,
      answer: answer ? { id: answer.id, text: answer.text, isPrivate: answer.private_for !== null } : null,
    };
  });
}
