// Owns the relays (TURN, RFC 8656) that a client may go through where its network lets neither UDP nor our TCP ports pass.
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Secret } from '../platform/config.ts';
import type { IceServer } from '../protocol/media.ts';

/** Longer than the longest show, so that nobody's relay ends in the middle of one; a relay asks again at each refresh. */
const CREDENTIAL_TTL_S = 24 * 3600;

export interface RelaySettings {
  /** TURN URIs (RFC 7065); empty: there are none. */
  urls: readonly string[];
  /** What the relay and this server share. */
  secret: Secret | undefined;
}

export class Relays {
  readonly #urls: readonly string[];
  readonly #secret: Secret | undefined;
  readonly #clock: Clock;

  constructor(settings: RelaySettings, clock: Clock) {
    this.#urls = settings.urls;
    this.#secret = settings.secret;
    this.#clock = clock;
  }

  /**
   * The relays with a name and a password of their own for one client, good for a day. The scheme is the one that coturn calls
   * `use-auth-secret` (draft-uberti-behave-turn-rest): the name begins with the second at which it ends, the password is its HMAC.
   */
  forOneClient(): IceServer[] {
    if (this.#urls.length === 0 || !this.#secret) return [];
    const endsAtS = Math.floor(this.#clock.now() / 1000) + CREDENTIAL_TTL_S;
    const username = `${endsAtS}:${randomBytes(6).toString('base64url')}`;
    const credential = createHmac('sha1', this.#secret.reveal()).update(username).digest('base64');
    return [{ urls: [...this.#urls], username, credential }];
  }
}

/** `Link` headers for clients of WHIP and WHEP (RFC 9725 section 4.6). */
export function relayLinks(servers: readonly IceServer[]): string[] {
  return servers.flatMap(({ urls, username, credential }) =>
    urls.map((url) => `<${url}>; rel="ice-server"; username="${username}"; credential="${credential}"; credential-type="password"`),
  );
}
