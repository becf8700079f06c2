// Owns what the desk needs of a show: a connection of staff, and who it is.
import type { Session } from '../../server/protocol/access.ts';
import type { Client } from '../show/index.ts';

export interface DeskRoom {
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on'>;
  /** Hosts and operators choose helpers besides. */
  readonly session: Pick<Session, 'role'>;
}
