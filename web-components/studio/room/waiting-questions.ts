// Owns how many questions wait, for the badge on their segment. No DOM.
import { readQuestions } from '../../../server/protocol/endpoints.ts';
import { Watchable } from '../../show/index.ts';
import type { StaffRoom } from './segments.ts';

export class WaitingQuestions extends Watchable {
  readonly #room: Pick<StaffRoom, 'client' | 'store' | 'showId'>;
  readonly #stops: (() => void)[];
  #joins: number;
  count = 0;

  /** Runs until `stop`. */
  constructor(room: Pick<StaffRoom, 'client' | 'store' | 'showId'>) {
    super();
    this.#room = room;
    this.#joins = room.store.joinCount;
    this.#stops = [
      room.client.on('questions.changed', ({ showId, open }) => showId === room.showId && this.#set(open)),
      room.store.subscribe(() => {
        if (this.#joins === room.store.joinCount) return;
        this.#joins = room.store.joinCount;
        void this.#read();
      }),
    ];
    void this.#read();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  // A failure is made good by the next join or the next question.
  async #read(): Promise<void> {
    const list = await this.#room.client.call(readQuestions, { params: { showId: this.#room.showId } });
    if (list.ok) this.#set(list.value.open);
  }

  #set(count: number): void {
    if (count === this.count) return;
    this.count = count;
    this.changed();
  }
}
