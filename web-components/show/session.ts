// Owns the device session of staff: a code or the operator's secret becomes a cookie and short tokens, renewed by themselves.
import type { Session } from '../../server/protocol/access.ts';
import { closeSession, openSession, renewToken } from '../../server/protocol/endpoints.ts';
import { createCall, type HttpOptions, type TokenProvider } from './http.ts';
import type { Outcome } from './outcome.ts';

/** A token is renewed when less than this is left, so that a call never carries one that runs out on its way. */
const MARGIN_MS = 60_000;

export interface StaffSession {
  /** Who this device is, or null before it is known and after signing out. */
  readonly current: Session | null;
  /** Exchanges a one-time code (the link's fragment) or the operator's secret. */
  open(proof: { code: string } | { operatorSecret: string }): Promise<Outcome<Session>>;
  /** Resumes the session of the cookie, e.g. after a reload. `auth.missing` or `auth.invalid` when there is none. */
  renew(): Promise<Outcome<Session>>;
  signOut(): Promise<Outcome<undefined>>;
  /** For `createClient({ token: session.token })`. */
  readonly token: TokenProvider;
}

/** Makes the session of one server, which has to be the page's own origin: the cookie is not sent anywhere else. */
export function createSession(options: Omit<HttpOptions, 'token'>): StaffSession {
  const call = createCall(options);
  let current: Session | null = null;
  let renewing: Promise<Outcome<Session>> | null = null;
  let renewAfterMs = 0;

  function keep(outcome: Outcome<Session>): Outcome<Session> {
    if (outcome.ok) {
      current = outcome.value;
      renewAfterMs = performance.now() + lifetimeMs(outcome.value) - MARGIN_MS;
    } else if (outcome.error.status === 401 || outcome.error.status === 403) current = null;
    return outcome;
  }

  function renew(): Promise<Outcome<Session>> {
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
    open: async (proof) => keep(await call(openSession, { body: proof, credentials: 'same-origin' })),
    renew,
    async signOut() {
      const outcome = await call(closeSession, { credentials: 'same-origin' });
      if (outcome.ok) current = null;
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
