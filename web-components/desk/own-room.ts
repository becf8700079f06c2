// Owns a connection of the desk's own, for pages that have none to give: the device's session, its calls, and the show's facts.
import { type Client, createClient, createSession, type Failure, scriptOrigin, ShowStore } from '../show/index.ts';
import type { DeskRoom } from './room.ts';

export class OwnRoom {
  room: DeskRoom | null = null;
  fault: Failure | null = null;
  readonly #onChange: () => void;
  #showId: string | null = null;
  #client: Client | null = null;
  #store: ShowStore | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  open(showId: string): void {
    if (showId === (this.#showId ?? '')) return;
    this.close();
    this.#showId = showId;
    void this.#enter(showId);
  }

  close(): void {
    this.#store?.stop();
    this.#client?.close();
    this.#store = null;
    this.#client = null;
    this.#showId = null;
    this.room = null;
  }

  async #enter(showId: string): Promise<void> {
    const serverUrl = scriptOrigin || location.origin;
    const session = createSession({ serverUrl });
    const known = await session.renew();
    if (this.#showId !== showId) return;
    this.fault = known.ok ? null : known.error;
    if (known.ok) {
      const client = createClient({ serverUrl, token: session.token });
      this.#client = client;
      this.#store = new ShowStore({ client, showId });
      this.#store.start();
      this.room = { showId, client, session: known.value };
    }
    this.#onChange();
  }
}
