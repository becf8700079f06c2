// Owns a page's copy of a show's questions: read anew with each connection, kept by what is told in between. No DOM.
import { newId } from '../../server/protocol/new-id.ts';
import { answerQuestion, changeMessage, changeQuestion, markQuestion, readQuestions, unmarkQuestion } from '../../server/protocol/endpoints.ts';
import type { Question } from '../../server/protocol/questions.ts';
import { type Failure, type Outcome, Watchable } from '../show/index.ts';
import { onJoin, type QuestionRoom } from './room.ts';

const RETRY_MS = 2_000;

export class QuestionLog extends Watchable {
  readonly #room: QuestionRoom;
  readonly #questions = new Map<string, Question>();
  #isLoaded = false;
  #stops: (() => void)[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  #reading = 0;
  /** A failed answer is sent again under its key, so that it is not written twice. */
  #unsent: { key: string; what: string } | null = null;
  /** How many wait, those that were not sent here too. */
  openCount = 0;
  /** Why nothing could be read; null while all is well. */
  fault: Failure | null = null;

  constructor(room: QuestionRoom) {
    super();
    this.#room = room;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** By when they were asked first, so that nothing moves under a thumb. */
  get open(): readonly Question[] {
    return this.#all.filter(({ state }) => state === 'open').sort((a, b) => a.askedAt - b.askedAt || a.revision - b.revision);
  }

  /** Answered ones, the newest first. */
  get answered(): readonly Question[] {
    return this.#all.filter(({ state }) => state === 'answered').sort((a, b) => b.revision - a.revision);
  }

  find(id: string): Question | undefined {
    return this.#questions.get(id);
  }

  start(): void {
    const { client, showId } = this.#room;
    this.#stops = [
      client.on('questions.changed', (event) => {
        if (event.showId !== showId) return;
        this.openCount = event.open;
        this.#take(event.questions);
      }),
      onJoin(this.#room, () => void this.read()),
    ];
    void this.read();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#retry);
  }

  async read(): Promise<void> {
    clearTimeout(this.#retry);
    this.#reading += 1;
    const mine = this.#reading;
    const list = await this.#room.client.call(readQuestions, { params: { showId: this.#room.showId } });
    if (mine !== this.#reading || this.#stops.length === 0) return;
    if (!list.ok) {
      this.fault = list.error;
      this.#retry = setTimeout(() => void this.read(), RETRY_MS * (0.75 + Math.random() / 2));
      this.changed();
      return;
    }
    this.fault = null;
    this.#isLoaded = true;
    this.openCount = list.value.open;
    // What was told after the answer was made is newer than it.
    for (const [id, { revision }] of this.#questions) if (revision <= list.value.revision) this.#questions.delete(id);
    this.#take(list.value.questions);
  }

  /** Marks as answered, dismisses, or opens again. */
  async set(question: Question, state: Question['state']): Promise<boolean> {
    return this.#put(await this.#room.client.call(changeQuestion, { params: this.#params(question), body: { state } }));
  }

  /** Sends an answer. @returns ids of the messages that were written; null when it did not work. */
  async answer(question: Question, text: string, isPrivate: boolean): Promise<string[] | null> {
    const what = JSON.stringify([question.id, text, isPrivate]);
    if (this.#unsent?.what !== what) this.#unsent = { key: newId('key'), what };
    const sent = await this.#room.client.call(answerQuestion, { params: this.#params(question), body: { text, isPrivate }, idempotencyKey: this.#unsent.key });
    if (!sent.ok) return null;
    this.#unsent = null;
    this.#take([sent.value.question]);
    return sent.value.messages.map(({ id }) => id);
  }

  /** Takes answers away again, which opens the question. */
  async takeBack(messageIds: readonly string[]): Promise<boolean> {
    const { client, showId } = this.#room;
    const taken = await Promise.all(messageIds.map((messageId) => client.call(changeMessage, { params: { showId, messageId }, body: { action: 'remove' } })));
    void this.read();
    return taken.every(({ ok }) => ok);
  }

  /** Says that a message asks nothing. */
  async unmark({ messageId }: Question): Promise<boolean> {
    const { client, showId } = this.#room;
    const done = await client.call(unmarkQuestion, { params: { showId, messageId } });
    if (done.ok) void this.read();
    return done.ok;
  }

  async mark({ messageId }: Question): Promise<boolean> {
    const { client, showId } = this.#room;
    return this.#put(await client.call(markQuestion, { params: { showId, messageId } }));
  }

  #put(outcome: Outcome<Question>): boolean {
    if (outcome.ok) this.#take([outcome.value]);
    return outcome.ok;
  }

  #take(questions: readonly Question[]): void {
    for (const question of questions) {
      if (question.revision >= (this.#questions.get(question.id)?.revision ?? 0)) this.#questions.set(question.id, question);
    }
    this.changed();
  }

  #params({ id }: Question): { showId: string; questionId: string } {
    return { showId: this.#room.showId, questionId: id };
  }

  get #all(): Question[] {
    return [...this.#questions.values()].filter(({ askers }) => askers > 0);
  }
}

/** Open questions of one product, or of none. */
export interface QuestionGroup {
  productId: string | null;
  questions: Question[];
}

/** Groups questions: what is pinned first, then the shelf's order, at the end what is about no product of it. */
export function groupByProduct(questions: readonly Question[], shelfIds: readonly string[], pins: readonly string[]): QuestionGroup[] {
  const order = [...new Set([...pins.filter((id) => shelfIds.includes(id)), ...shelfIds])];
  const groups = new Map<string | null, Question[]>([...order, null].map((id) => [id, []]));
  for (const question of questions) (groups.get(question.productId) ?? groups.get(null))?.push(question);
  return [...groups].flatMap(([productId, each]) => (each.length > 0 ? [{ productId, questions: each }] : []));
}
