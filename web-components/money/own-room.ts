// Owns a connection of the money's own, for pages that have none to give: the device's session and its calls.
import type { Currency } from '../../server/protocol/money-format.ts';
import { type Client, createClient, createSession, type Failure, scriptOrigin } from '../show/index.ts';
import type { MoneyRoom } from './money-room.ts';

export class OwnRoom {
  room: MoneyRoom | null = null;
  fault: Failure | null = null;
  readonly #onChange: () => void;
  #sellerId = '';
  #client: Client | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  open(sellerId: string, currency: Currency): void {
    if (sellerId === '' || sellerId === this.#sellerId) return;
    this.close();
    this.#sellerId = sellerId;
    void this.#enter(sellerId, currency);
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
    this.#sellerId = '';
    this.room = null;
  }

  async #enter(sellerId: string, currency: Currency): Promise<void> {
    const serverUrl = scriptOrigin || location.origin;
    const session = createSession({ serverUrl });
    const known = await session.renew();
    if (this.#sellerId !== sellerId) return;
    this.fault = known.ok ? null : known.error;
    if (known.ok) {
      this.#client = createClient({ serverUrl, token: session.token });
      this.room = { client: this.#client, sellerId, currency, session: known.value };
    }
    this.#onChange();
  }
}
