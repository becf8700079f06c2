// Owns what the questions need of a show's page.
import type { Client, ShowStore } from '../show/index.ts';

export interface QuestionRoom {
  readonly serverUrl: string;
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on'>;
  readonly store: Pick<ShowStore, 'joinCount' | 'subscribe' | 'snapshot'>;
}

/** Calls back with every fresh snapshot of the show; answers the function that stops it. */
export function onJoin({ store }: Pick<QuestionRoom, 'store'>, listener: () => void): () => void {
  let joins = store.joinCount;
  return store.subscribe(() => {
    if (store.joinCount === joins) return;
    joins = store.joinCount;
    listener();
  });
}
