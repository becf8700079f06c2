// Owns a page's copy of the seller's ready answers. No DOM.
import { addReadyAnswer, changeReadyAnswer, deleteReadyAnswer, listReadyAnswers } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { ReadyAnswer } from '../../server/protocol/questions.ts';
import { type Failure, Watchable } from '../show/index.ts';
import type { QuestionRoom } from './room.ts';

export class ReadyBook extends Watchable {
  readonly #room: QuestionRoom;
  answers: readonly ReadyAnswer[] = [];
  isLoaded = false;

  constructor(room: QuestionRoom) {
    super();
    this.#room = room;
  }

  async load(): Promise<void> {
    const list = await this.#room.client.call(listReadyAnswers, { params: { showId: this.#room.showId } });
    if (!list.ok) return;
    this.isLoaded = true;
    this.#set(list.value.answers);
  }

  /** Those of use for a question, its product's own first. */
  for(productId: string | null): readonly ReadyAnswer[] {
    const own = productId === null ? [] : this.answers.filter((answer) => answer.productId === productId);
    return [...own, ...this.answers.filter((answer) => answer.productId === null)];
  }

  /** @returns why it did not work; null when it did. */
  async save(answer: { id: string | null; text: string; productId: string | null }): Promise<Failure | null> {
    const { client, showId } = this.#room;
    const { id, text, productId } = answer;
    const saved =
      id === null
        ? await client.call(addReadyAnswer, { params: { showId }, body: { text, productId }, idempotencyKey: newId('key') })
        : await client.call(changeReadyAnswer, { params: { showId, answerId: id }, body: { text, productId } });
    if (!saved.ok) return saved.error;
    this.#set(id === null ? [...this.answers, saved.value] : this.answers.map((each) => (each.id === id ? saved.value : each)));
    return null;
  }

  async remove({ id }: ReadyAnswer): Promise<boolean> {
    const { client, showId } = this.#room;
    const removed = await client.call(deleteReadyAnswer, { params: { showId, answerId: id } });
    if (removed.ok) this.#set(this.answers.filter((each) => each.id !== id));
    return removed.ok;
  }

  #set(answers: readonly ReadyAnswer[]): void {
    this.answers = answers;
    this.changed();
  }
}
