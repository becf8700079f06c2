// Owns what the pages of money need: a connection of staff, and whose money it is.
import type { Session } from '../../server/protocol/access.ts';
import type { Currency } from '../../server/protocol/money-format.ts';
import type { Client } from '../show/index.ts';

export interface MoneyRoom {
  readonly client: Pick<Client, 'call' | 'serverUrl'>;
  readonly sellerId: string;
  readonly currency: Currency;
  /** Hosts and operators change how the seller is paid; helpers do not. */
  readonly session: Pick<Session, 'role'>;
}
