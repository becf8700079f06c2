// Owns the way in: who this device is, and which show it is about. A one-time code is exchanged only where the show can be held.
import { listShows } from '../../server/protocol/endpoints.ts';
import type { Session, Show } from '../../server/protocol/index.ts';
import { type Client, createClient, createSession, type Failure, type Outcome, type StaffSession } from '../show/index.ts';

const CODE = /(?:^#|[#&])code=([A-Za-z0-9_-]{16,64})/;
const ORDER = { live: 0, paused: 1, planned: 2, ended: 3 } as const;

export type Entry =
  | { name: 'show'; session: Session; showId: string }
  | { name: 'pick'; session: Session; shows: Show[] }
  | { name: 'failed'; error: Failure };

/** The one-time code in the page's address, which no server log sees. */
export function codeIn(address: string): string | null {
  const { hash } = new URL(address);
  return CODE.exec(hash)?.[1] ?? null;
}

/** Shows that can still be held: on air first, then waiting for their host, then the next planned one. */
export function orderShows(shows: readonly Show[]): Show[] {
  return shows
    .filter((show) => show.status !== 'ended')
    .sort((a, b) => ORDER[a.status] - ORDER[b.status] || (a.plannedAt ?? Number.MAX_SAFE_INTEGER) - (b.plannedAt ?? Number.MAX_SAFE_INTEGER));
}

export class Entrance {
  readonly client: Client;
  readonly #session: StaffSession;

  constructor(serverUrl: string) {
    this.#session = createSession({ serverUrl });
    this.client = createClient({ serverUrl, token: this.#session.token });
  }

  /**
   * Signs in: with the session that this device has, else with the code.
   * @param wantedShowId opens this show; otherwise the session's own, otherwise the only one there is, otherwise the person picks
   */
  async enter(code: string | null, wantedShowId: string | null): Promise<Entry> {
    const session = await this.#signIn(code);
    if (!session.ok) return { name: 'failed', error: session.error };
    const showId = wantedShowId || session.value.showId;
    if (showId) return { name: 'show', session: session.value, showId };
    return this.pick(session.value);
  }

  async pick(session: Session): Promise<Entry> {
    const listed = await this.client.call(listShows, { query: { mine: 'true' } });
    if (!listed.ok) return { name: 'failed', error: listed.error };
    const shows = orderShows(listed.value.shows);
    const [first, second] = shows;
    // One on air is the one meant, whatever else is planned.
    if (first && (!second || (first.status !== 'planned' && second.status === 'planned'))) return { name: 'show', session, showId: first.id };
    return { name: 'pick', session, shows };
  }

  close(): void {
    this.client.close();
  }

  async #signIn(code: string | null): Promise<Outcome<Session>> {
    const known = await this.#session.renew();
    if (known.ok && known.value.role !== 'viewer') return known;
    if (!code) return known.ok ? { ok: false, error: { code: 'auth.missing', status: 401, detail: 'no staff session' } } : known;
    const opened = await this.#session.open({ code });
    // A code works once: out of the address with it, so that a reload or a shared screen does not try it again.
    if (opened.ok) history.replaceState(history.state, '', location.pathname + location.search);
    return opened;
  }
}
