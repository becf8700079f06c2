// Owns the way in: who this device is, and which show it is about. A one-time code is exchanged only where the show can be held, and for
// somebody else than who is signed in only when the person says so.
import { listShows } from '../../server/protocol/endpoints.ts';
import type { Session, Show } from '../../server/protocol/index.ts';
import { type Client, createClient, createSession, type Failure, failure, isRetryable, openHostSocket, type StaffSession } from '../show/index.ts';

const CODE = /(?:^#|[#&])code=([A-Za-z0-9_-]{16,64})/;
const ORDER = { live: 0, paused: 1, planned: 2, ended: 3 } as const;

export type Entry =
  | { name: 'show'; session: Session; showId: string }
  | { name: 'pick'; session: Session; shows: Show[] }
  /** The code is for somebody else than `session`. */
  | { name: 'other-person'; session: Session; code: string | null }
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
    this.client = createClient({ serverUrl, token: this.#session.token, openSocket: openHostSocket });
  }

  /**
   * Signs in: with the code where it is for the person whom this device knows, or where it knows nobody; else with the session it has.
   * @param wantedShowId opens this show; otherwise the session's own, otherwise the only one there is, otherwise the person picks
   */
  async enter(code: string | null, wantedShowId: string | null): Promise<Entry> {
    const known = await this.#session.renew();
    if (!known.ok && known.error.status !== 401) return { name: 'failed', error: known.error };
    if (!known.ok || known.value.role === 'viewer') {
      if (code) return this.exchange(code, wantedShowId);
      const isRevoked = !known.ok && known.error.code === 'auth.revoked';
      return { name: 'failed', error: isRevoked ? known.error : failure('auth.missing', 'no staff session', 401).error };
    }
    if (!code) return this.stay(known.value, wantedShowId);
    const opened = await this.#session.open({ code, identity: known.value.identity });
    if (opened.ok) return this.stay(opened.value, wantedShowId);
    if (opened.error.code === 'auth.forbidden') return { name: 'other-person', session: known.value, code };
    if (isRetryable(opened.error)) return { name: 'failed', error: opened.error };
    // The same link once more, as people open it from their messages every time.
    return this.stay(known.value, wantedShowId);
  }

  /** Signs in with the code, whoever was signed in before. */
  async exchange(code: string, wantedShowId: string | null): Promise<Entry> {
    const opened = await this.#session.open({ code });
    return opened.ok ? this.stay(opened.value, wantedShowId) : { name: 'failed', error: opened.error };
  }

  /** Goes on as who is signed in. */
  async stay(session: Session, wantedShowId: string | null): Promise<Entry> {
    // What is done with does not stay in the address, so that neither a reload nor a shared screen tries it again.
    if (codeIn(location.href)) history.replaceState(history.state, '', location.pathname + location.search);
    const showId = wantedShowId || session.showId;
    return showId ? { name: 'show', session, showId } : this.pick(session);
  }

  async signOut(): Promise<Entry> {
    const left = await this.#session.signOut();
    return { name: 'failed', error: left.ok ? failure('auth.missing', 'signed out', 401).error : left.error };
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
}
