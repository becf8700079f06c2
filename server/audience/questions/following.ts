// Owns how questions follow from the chat: every change of a message is looked at once, in order, also what came before a stop.
import type { Selectable, Transaction } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Goods } from '../../live/index.ts';
import type { MessageRow } from '../chat/messages.ts';
import { isQuestion } from './finder.ts';
import { questionKey } from './likeness.ts';
import { compileProductFinder, type ProductFinder, productMeant } from './product-meant.ts';
import { askingMessages, type Asked, attach, markAnswered, type QuestionRow, readMark, readQuestion, type Tables, touch } from './stored.ts';

/** Messages of one transaction: a flood does not keep other writes waiting. */
const BATCH = 200;

export class Following {
  readonly #database: Database;
  readonly #goods: Goods;
  readonly #onChanged: (showId: string, changed: Changed) => void;
  /** By show: the round under way, and the one after it if somebody waits for that. */
  readonly #rounds = new Map<string, { now: Promise<void>; next?: Promise<void> }>();
  /** Kept as long as the shelf that it was made of. */
  readonly #finders = new WeakMap<object, Promise<ProductFinder>>();

  constructor(deps: { database: Database; goods: Goods; onChanged: (showId: string, changed: Changed) => void }) {
    this.#database = deps.database;
    this.#goods = deps.goods;
    this.#onChanged = deps.onChanged;
  }

  /** Looks at all that has changed in a show's chat. Resolves when what was there at the call has been looked at. */
  catchUp(showId: string): Promise<void> {
    const round = this.#rounds.get(showId);
    if (!round) return this.#start(showId);
    // Who asks meanwhile waits for one more round, and all of them for the same.
    const start = (): Promise<void> => this.#start(showId);
    return (round.next ??= round.now.then(start, start));
  }

  /** What a message asks, whether it looks like a question or not. */
  async asked(message: MessageRow): Promise<Asked> {
    const shelf = await this.#goods.of(message.show_id);
    let finder = this.#finders.get(shelf);
    if (!finder) this.#finders.set(shelf, (finder = compileProductFinder(shelf)));
    const onShelf = new Set(shelf.map(({ id }) => id));
    const pinned = (await this.#goods.pinnedAt(message.show_id, message.picture_at ?? message.at)).filter((id) => onShelf.has(id));
    return { productId: productMeant(message.text, await finder, pinned), key: questionKey(message.text) };
  }

  #start(showId: string): Promise<void> {
    const round: { now: Promise<void>; next?: Promise<void> } = { now: this.#lookThrough(showId) };
    this.#rounds.set(showId, round);
    const over = (): void => {
      if (!round.next) this.#rounds.delete(showId);
    };
    round.now.then(over, over);
    return round.now;
  }

  async #lookThrough(showId: string): Promise<void> {
    for (;;) {
      const read = this.#database.read<Tables>();
      const cursor = await read.selectFrom('question_cursors').select('chat_revision').where('show_id', '=', showId).executeTakeFirst();
      const messages = await read
        .selectFrom('chat_messages')
        .selectAll()
        .where('show_id', '=', showId)
        .where('revision', '>', cursor?.chat_revision ?? 0)
        .orderBy('revision')
        .limit(BATCH)
        .execute();
      const last = messages.at(-1);
      if (!last) return;
      const asked = new Map<string, Asked>();
      for (const message of messages) if (isCandidate(message) && isQuestion(message.text)) asked.set(message.id, await this.asked(message));
      const changed = await this.#database.write<Tables, Changed>((transaction) => follow(transaction, { showId, messages, asked, upTo: last.revision }));
      if (changed.questions.length > 0) this.#onChanged(showId, changed);
      if (messages.length < BATCH) return;
    }
  }
}

/** Ids of what has changed: questions, and messages that are marked as answered or not any more. */
export interface Changed {
  questions: readonly string[];
  messages: readonly string[];
}

function isCandidate({ role, state }: Selectable<Tables['chat_messages']>): boolean {
  return role === 'viewer' && state === 'shown';
}

async function follow(
  transaction: Transaction<Tables>,
  what: { showId: string; messages: readonly MessageRow[]; asked: ReadonlyMap<string, Asked>; upTo: number },
): Promise<Changed> {
  const questions = new Set<string>();
  const marked: string[] = [];
  for (const message of what.messages) {
    if (message.role === 'viewer') for (const id of await followViewer(transaction, message, what.asked.get(message.id))) questions.add(id);
    else await followStaff(transaction, message, questions, marked);
  }
  await transaction
    .insertInto('question_cursors')
    .values({ show_id: what.showId, chat_revision: what.upTo, revision: 0 })
    .onConflict((conflict) => conflict.column('show_id').doUpdateSet({ chat_revision: what.upTo }))
    .execute();
  if (questions.size > 0) await touch(transaction, what.showId, questions);
  return { questions: [...questions], messages: marked };
}

/** A viewer's message: new, let through, taken away, put back or erased. @returns ids of the questions that change by it. */
async function followViewer(transaction: Transaction<Tables>, message: MessageRow, asked: Asked | undefined): Promise<string[]> {
  // Most of what is said is new and asks nothing.
  if (!asked && message.position === message.revision) return [];
  const mark = await readMark(transaction, message.id);
  if (!mark) return asked ? [(await attach(transaction, message, asked)).id] : [];
  const shown = message.state === 'shown' ? 1 : 0;
  if (mark.question_id === null) return [];
  if (message.text === '') return [await forget(transaction, message, mark.question_id)];
  if (mark.shown === shown) return [];
  await transaction.updateTable('question_messages').set({ shown }).where('message_id', '=', message.id).execute();
  return [mark.question_id];
}

// The key is made of the text, so it goes with the last message that is erased.
async function forget(transaction: Transaction<Tables>, message: MessageRow, questionId: string): Promise<string> {
  await transaction.deleteFrom('question_messages').where('message_id', '=', message.id).execute();
  const other = await transaction.selectFrom('question_messages').select('message_id').where('question_id', '=', questionId).executeTakeFirst();
  if (!other) await transaction.updateTable('questions').set({ key: questionId, state: 'dismissed' }).where('id', '=', questionId).execute();
  return questionId;
}

/** A message of the staff: an answer that came, or that was taken away again. Its other changes (a pin) mean nothing here. */
async function followStaff(transaction: Transaction<Tables>, message: MessageRow, questions: Set<string>, marked: string[]): Promise<void> {
  if (message.reply_to === null) return;
  const shown = message.state === 'shown' ? 1 : 0;
  if ((await readMark(transaction, message.id))?.shown === shown) return;
  await transaction
    .insertInto('question_messages')
    .values({ message_id: message.id, show_id: message.show_id, question_id: null, shown })
    .onConflict((conflict) => conflict.column('message_id').doUpdateSet({ shown }))
    .execute();
  if (shown) {
    const mark = await readMark(transaction, message.reply_to);
    const question = mark?.question_id ? await readQuestion(transaction, message.show_id, mark.question_id) : undefined;
    if (!question || question.state !== 'open') return;
    marked.push(...(await markAnswered(transaction, question, true, message.private_for ?? undefined)));
    const isLeft = message.private_for !== null && (await isStillAsked(transaction, question));
    await transaction.updateTable('questions').set({ answer_id: message.id, state: isLeft ? 'open' : 'answered' }).where('id', '=', question.id).execute();
    questions.add(question.id);
    return;
  }
  const answered = await transaction.selectFrom('questions').selectAll().where('answer_id', '=', message.id).execute();
  for (const question of answered) {
    await transaction.updateTable('questions').set({ answer_id: null, state: 'open' }).where('id', '=', question.id).execute();
    marked.push(...(await markAnswered(transaction, question, false)));
    questions.add(question.id);
  }
}

/** Whether somebody asks it who has no answer yet. */
async function isStillAsked(transaction: Transaction<Tables>, question: QuestionRow): Promise<boolean> {
  return (await askingMessages(transaction, question.id).where('chat_messages.answered', '=', 0).executeTakeFirst()) !== undefined;
}
