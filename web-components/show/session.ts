// Owns the device session of staff: a code or the operator's secret becomes a cookie and short tokens, renewed by themselves.
import { type Session, SIGNED_IN_MARK } from '../../server/protocol/access.ts';
import { closeSession, openSession, renewToken } from '../../server/protocol/endpoints.ts';
import { createCall, type HttpOptions, type TokenProvider } from './http.ts';
import { failure, type Outcome } from './outcome.ts';
import { type DeviceStorage, deviceStorage } from './storage.ts';

/** A token is renewed when less than this is left, so that a call never carries one that runs out on its way. */
const MARGIN_MS = 60_000;

export interface StaffSession {
  /** Who this device is, or null before it is known and after signing out. */
  readonly current: Session | null;
  /** Exchanges a one-time code (the link's fragment), with `identity` only when it is that person's, or the operator's secret. */
  open(proof: { code: string; identity?: string } | { operatorSecret: string }): Promise<Outcome<Session>>;
  /** Resumes the session of the cookie, e.g. after a reload. `auth.missing` or `auth.invalid` when there is none; a device that never had one is not asked for it. */
  renew(): Promise<Outcome<Session>>;
  signOut(): Promise<Outcome<undefined>>;
  /** For `createClient({ token: session.token })`. */
  readonly token: TokenProvider;
}

/** Makes the session of one server, which has to be the page's own origin: the cookie is not sent anywhere else. */
export function createSession({ storage = deviceStorage(), ...options }: Omit<HttpOptions, 'token'> & { storage?: DeviceStorage }): StaffSession {
  const call = createCall(options);
  let current: Session | null = null;
  let renewing: Promise<Outcome<Session>> | null = null;
  let renewAfterMs = 0;

  function forget(): void {
    current = null;
    storage.removeItem(SIGNED_IN_MARK);
  }

  function keep(outcome: Outcome<Session>): Outcome<Session> {
    if (outcome.ok) {
      current = outcome.value;
      storage.setItem(SIGNED_IN_MARK, '1');
      renewAfterMs = performance.now() + lifetimeMs(outcome.value) - MARGIN_MS;
    } else if (outcome.error.code === 'auth.revoked') {
      // The mark stays: whoever opens the page again is told so again, not asked to sign in.
      current = null;
    } else if (outcome.error.status === 401) forget();
    return outcome;
  }

  async function renew(): Promise<Outcome<Session>> {
    if (storage.getItem(SIGNED_IN_MARK) === null) {
      current = null;
      return failure('auth.missing', 'this device is not signed in', 401);
    }
    renewing ??= call(renewToken, { credentials: 'same-origin' })
      .then(keep)
      .finally(() => {
        renewing = null;
      });
    return renewing;
  }

  return {
    get current() {
      return current;
    },
    async open(proof) {
      const opened = await call(openSession, { body: proof, credentials: 'same-origin' });
      // A code that does not work leaves the session as it is.
      return opened.ok ? keep(opened) : opened;
    },
    renew,
    async signOut() {
      const outcome = await call(closeSession, { credentials: 'same-origin' });
      if (outcome.ok) forget();
      return outcome;
    },
    async token(refresh = false) {
      if (current && !refresh && performance.now() < renewAfterMs) return current.token;
      await renew();
      return current?.token ?? null;
    },
  };
}

/** How long a token lives, read from the token itself: a phone's wrong clock cannot be compared with `tokenExpiresAt`. */
function lifetimeMs({ token }: Session): number {
  try {
    const payload = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { iat?: number; exp?: number };
    if (payload.iat && payload.exp) return (payload.exp - payload.iat) * 1000;
  } catch {
    // Not a JWT: renewed at every call, which is correct and only slower.
  }
  return 0;
}
