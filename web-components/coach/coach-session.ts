// Owns the way in for a coach: the one-time code of the link, or the session that this device has.
import type { Session } from '../../server/protocol/access.ts';
import { type Client, createClient, createSession, type Failure, failure, isRetryable, type StaffSession } from '../show/index.ts';

const CODE = /(?:^#|[#&])code=([A-Za-z0-9_-]{16,64})/;

/** Whether an address is a link that signs in. */
export function hasCode(address: string): boolean {
  return CODE.test(new URL(address).hash);
}

export type CoachEntry =
  | { name: 'coach'; session: Session }
  /** The device is somebody else's: a host's phone on which a coach opened their link. The code is still unused. */
  | { name: 'other-person'; session: Session; code: string | null }
  | { name: 'failed'; error: Failure };

export class CoachSession {
  /** For calls, and for facts of the show that was joined last on it. */
  readonly client: Client;
  readonly serverUrl: string;
  readonly #session: StaffSession;

  constructor(serverUrl: string) {
    this.serverUrl = serverUrl;
    this.#session = createSession({ serverUrl });
    this.client = createClient({ serverUrl, token: this.#session.token });
  }

  /** A client of its own, with a socket of its own: each show that is watched needs one. */
  openClient(): Client {
    return createClient({ serverUrl: this.serverUrl, token: this.#session.token });
  }

  async enter(address: string): Promise<CoachEntry> {
    const code = CODE.exec(new URL(address).hash)?.[1] ?? null;
    const known = await this.#session.renew();
    if (!known.ok && known.error.status !== 401) return { name: 'failed', error: known.error };
    if (!known.ok || known.value.role === 'viewer') {
      if (code) return this.exchange(code);
      return { name: 'failed', error: !known.ok && known.error.code === 'auth.revoked' ? known.error : failure('auth.missing', 'no session of a coach', 401).error };
    }
    if (!code) return known.value.role === 'coach' ? { name: 'coach', session: known.value } : { name: 'other-person', session: known.value, code };
    const opened = await this.#session.open({ code, identity: known.value.identity });
    if (opened.ok) return this.#arrived(opened.value);
    // A coach may have links of several classes: the newest is meant, and a coach is no other person for it.
    if (opened.error.code === 'auth.forbidden') return known.value.role === 'coach' ? this.exchange(code) : { name: 'other-person', session: known.value, code };
    if (isRetryable(opened.error)) return { name: 'failed', error: opened.error };
    // The same link once more, as people open it from their messages every time.
    return this.#arrived(known.value);
  }

  /** Signs in with the code, whoever was signed in before. */
  async exchange(code: string): Promise<CoachEntry> {
    const opened = await this.#session.open({ code });
    return opened.ok ? this.#arrived(opened.value) : { name: 'failed', error: opened.error };
  }

  async signOut(): Promise<CoachEntry> {
    const left = await this.#session.signOut();
    return { name: 'failed', error: left.ok ? failure('auth.missing', 'signed out', 401).error : left.error };
  }

  close(): void {
    this.client.close();
  }

  #arrived(session: Session): CoachEntry {
    // What is done with does not stay in the address, so that neither a reload nor a shared screen tries it again.
    if (hasCode(location.href)) history.replaceState(history.state, '', location.pathname + location.search);
    return session.role === 'coach' ? { name: 'coach', session } : { name: 'other-person', session, code: null };
  }
}
