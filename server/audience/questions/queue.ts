// Owns what the staff do with questions: mark, dismiss, open again, answer; and telling the staff of every change.
import type { Kysely } from 'kysely';
import type { Question, QuestionList } from '../../protocol/questions.ts';
import { OPEN_QUESTIONS_LIMIT, PRIVATE_ASKERS_LIMIT } from '../../protocol/questions.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Feed } from '../chat/feed.ts';
import type { MessageRow } from '../chat/messages.ts';
import type { Changed, Following } from './following.ts';
import { askingMessages, attach, countOpen, listQuestions, markAnswered, type QuestionRow, readMark, readQuestion, type Tables, touch, viewQuestions } from './stored.ts';

/** The staff of a show, as questions speak to them. */
export interface QuestionAudience {
  sendToStaff(showId: string, event: 'questions.changed', body: { questions: Question[]; open: number }): void;
}

export class Queue {
  readonly #database: Database;
  readonly #following: Following;
  readonly #feed: Pick<Feed, 'changedForAuthors'>;
  readonly #audience: QuestionAudience;

  constructor(deps: { database: Database; following: Following; feed: Pick<Feed, 'changedForAuthors'>; audience: QuestionAudience }) {
    this.#database = deps.database;
    this.#following = deps.following;
    this.#feed = deps.feed;
    this.#audience = deps.audience;
  }

  async list(showId: string): Promise<QuestionList> {
    await this.#following.catchUp(showId);
    return listQuestions(this.#read, showId);
  }

  /** @throws FieldcastError `not-found`. */
  async set(showId: string, questionId: string, state: Question['state']): Promise<Question> {
    await this.#following.catchUp(showId);
    const messages = await this.#database.write<Tables, string[]>(async (transaction) => {
      const question = (await readQuestion(transaction, showId, questionId)) ?? missing('question');
      await transaction
        .updateTable('questions')
        .set({ state, ...(state === 'open' ? { answer_id: null } : {}) })
        .where('id', '=', question.id)
        .execute();
      await touch(transaction, showId, [question.id]);
      return markAnswered(transaction, question, state === 'answered');
    });
    await this.tell(showId, { questions: [questionId], messages });
    return this.#view(showId, questionId);
  }

  /** Makes a question of a viewer's message. @throws FieldcastError `not-found`, `chat.wrong-state`. */
  async mark(showId: string, messageId: string): Promise<Question> {
    await this.#following.catchUp(showId);
    const message = (await this.#message(this.#read, showId, messageId)) ?? missing('message');
    if (message.role !== 'viewer' || message.state !== 'shown') throw new FieldcastError('chat.wrong-state', 'Only what a viewer can be seen to say is a question.');
    const asked = await this.#following.asked(message);
    const questionId = await this.#database.write<Tables, string>(async (transaction) => {
      const mark = await readMark(transaction, messageId);
      const known = mark?.question_id ? await readQuestion(transaction, showId, mark.question_id) : undefined;
      const question = known ?? (await attach(transaction, message, asked));
      await transaction.updateTable('questions').set({ state: 'open', answer_id: null }).where('id', '=', question.id).execute();
      await touch(transaction, showId, [question.id]);
      return question.id;
    });
    await this.tell(showId, { questions: [questionId], messages: [] });
    return this.#view(showId, questionId);
  }

  /** Says that a message asks nothing. @throws FieldcastError `not-found`. */
  async unmark(showId: string, messageId: string): Promise<void> {
    await this.#following.catchUp(showId);
    const questionId = await this.#database.write<Tables, string | null>(async (transaction) => {
      if (!(await this.#message(transaction, showId, messageId))) missing('message');
      const mark = await readMark(transaction, messageId);
      const no = { question_id: null, shown: 0 };
      await transaction
        .insertInto('question_messages')
        .values({ message_id: messageId, show_id: showId, ...no })
        .onConflict((conflict) => conflict.column('message_id').doUpdateSet(no))
        .execute();
      if (mark?.question_id) await touch(transaction, showId, [mark.question_id]);
      return mark?.question_id ?? null;
    });
    if (questionId) await this.tell(showId, { questions: [questionId], messages: [] });
  }

  /**
   * Messages that an answer has to go to: the newest for everybody; in private the newest of each asker.
   * @throws FieldcastError `not-found`, `chat.wrong-state` when nobody is seen to ask it any more, or too many for private answers.
   */
  async toAnswer(showId: string, questionId: string, isPrivate: boolean): Promise<string[]> {
    await this.#following.catchUp(showId);
    const question = (await readQuestion(this.#read, showId, questionId)) ?? missing('question');
    const asking = await askingMessages(this.#read, question.id).orderBy('chat_messages.position', 'desc').execute();
    const newest = asking.filter((message, index) => asking.findIndex(({ identity }) => identity === message.identity) === index);
    const [last] = newest;
    if (!last) throw new FieldcastError('chat.wrong-state', 'What asked this was taken away.');
    if (!isPrivate) return [last.id];
    if (newest.length > PRIVATE_ASKERS_LIMIT) throw new FieldcastError('chat.wrong-state', `More than ${PRIVATE_ASKERS_LIMIT} people ask this; answer everybody.`);
    return newest.map(({ id }) => id);
  }

  /** The question after its answers were written. */
  async answered(showId: string, questionId: string): Promise<Question> {
    await this.#following.catchUp(showId);
    return this.#view(showId, questionId);
  }

  /** Tells the staff of questions that have changed, and authors of their messages. */
  async tell(showId: string, { questions: ids, messages }: Changed): Promise<void> {
    this.#feed.changedForAuthors(showId, messages);
    const newest = ids.slice(-OPEN_QUESTIONS_LIMIT);
    const rows = await this.#read.selectFrom('questions').selectAll().where('id', 'in', newest).orderBy('revision').execute();
    const [questions, open] = await Promise.all([viewQuestions(this.#read, rows), countOpen(this.#read, showId)]);
    this.#audience.sendToStaff(showId, 'questions.changed', { questions, open });
  }

  async #view(showId: string, questionId: string): Promise<Question> {
    const row: QuestionRow = (await readQuestion(this.#read, showId, questionId)) ?? missing('question');
    const [view] = await viewQuestions(this.#read, [row]);
    return view ?? missing('question');
  }

  async #message(database: Kysely<Tables>, showId: string, id: string): Promise<MessageRow | undefined> {
    return database.selectFrom('chat_messages').selectAll().where('id', '=', id).where('show_id', '=', showId).executeTakeFirst();
  }

  get #read(): Kysely<Tables> {
    return this.#database.read<Tables>();
  }
}

function missing(what: string): never {
  throw new FieldcastError('not-found', `There is no such ${what}.`);
}
