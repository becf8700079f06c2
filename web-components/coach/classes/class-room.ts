// Owns what the pages of classes need: calls of who teaches, and as which role.
import type { Session } from '../../../server/protocol/access.ts';
import type { Client } from '../../show/index.ts';

export interface ClassRoom {
  readonly client: Pick<Client, 'call' | 'serverUrl'>;
  /** Operators also invite trainers and delete classes. */
  readonly session: Pick<Session, 'role'>;
}

export interface ClassNotice {
  text: string;
  isFault?: boolean;
  undo?: () => Promise<boolean>;
}
