// Owns a connection of staff's own, for pages that have none to give: the device's session, its calls, and a show's facts.
import type { Session } from '../../server/protocol/access.ts';
import { type Client, createClient } from './client.ts';
import type { Failure } from './outcome.ts';
import { scriptOrigin } from './server-url.ts';
import { createSession } from './session.ts';
import { ShowStore } from './show-store.ts';

/** What the staff's elements need: calls and facts, and who it is. */
export interface StaffRoom {
  /** Empty where it is about no show in particular. */
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on' | 'serverUrl'>;
  readonly session: Pick<Session, 'role'>;
}

export class OwnStaffRoom {
  room: StaffRoom | null = null;
  fault: Failure | null = null;
  readonly #onChange: () => void;
  #opened: string | null = null;
  #client: Client | null = null;
  #store: ShowStore | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param showId empty: a device that is signed in, without the facts of any show */
  open(showId: string): void {
    if (showId === this.#opened) return;
    this.close();
    this.#opened = showId;
    void this.#enter(showId);
  }

  close(): void {
    this.#store?.stop();
    this.#client?.close();
    this.#store = null;
    this.#client = null;
    this.#opened = null;
    this.room = null;
  }

  /** The show's snapshot and its facts; null where it is about no show in particular. */
  get store(): ShowStore | null {
    return this.#store;
  }

  async #enter(showId: string): Promise<void> {
    const serverUrl = scriptOrigin || location.origin;
    const session = createSession({ serverUrl });
    const known = await session.renew();
    if (this.#opened !== showId) return;
    this.fault = known.ok ? null : known.error;
    if (known.ok) {
      const client = createClient({ serverUrl, token: session.token });
      this.#client = client;
      if (showId !== '') {
        this.#store = new ShowStore({ client, showId });
        this.#store.start();
      }
      this.room = { showId, client, session: known.value };
    }
    this.#onChange();
  }
}
