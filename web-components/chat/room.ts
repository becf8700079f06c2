// Owns what the chat needs of a show's page: a viewer's visit has it, and so has the seller's open show.
import type { Client, Playhead, ShowStore, TokenProvider } from '../show/index.ts';

export interface ChatRoom {
  readonly serverUrl: string;
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on' | 'socket'>;
  readonly store: Pick<ShowStore, 'joinCount' | 'isStaff' | 'pictureNow' | 'subscribe' | 'snapshot'>;
  /** Where the replay is; a seller's page has none. */
  readonly playhead?: Pick<Playhead, 'replay' | 'timeMs' | 'subscribe'>;
  /** Keeps the identity that a first message got; staff have theirs. */
  readonly viewer?: { keep(token: string): void; readonly provider?: TokenProvider };
}
