// Owns signed tokens: who made them, how long they hold. What a role may do is not decided here.
import { jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { type Claims, claims, type Right } from '../protocol/access.ts';
import { newId } from '../protocol/ids.ts';
import type { Clock } from './clock.ts';
import { FieldcastError } from './errors.ts';

const ISSUER = 'fieldcast';
export const TOKEN_TTL_MS = 15 * 60_000;
export const VIEWER_TOKEN_TTL_MS = 180 * 24 * 3600_000;

export interface Caller {
  claims: Claims;
  /** False for somebody who came without a token: a viewer with an identity for this call or connection only. */
  isKnown: boolean;
  /** A viewer whom this process itself plays in a rehearsal; never of a token. */
  isPlayed?: true;
  /** Network address, of the client and not of a reverse proxy on this machine. */
  address: string;
  /** Origin of another site's page that calls; missing for the server's own pages and for what is no page. */
  origin?: string;
}

/** What the link that a token came from still allows. */
export interface Standing {
  isRevoked: boolean;
  rights: readonly Right[];
}

export class Auth {
  readonly #key: Uint8Array;
  readonly #clock: Clock;
  #standing: (linkId: string) => Promise<Standing | undefined> = () => Promise.resolve(undefined);

  /** @param key at least 32 random bytes, kept in the data folder. */
  constructor(key: Uint8Array, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** Asks `standing` about the link of every token; undefined is a link that is gone with its show. */
  followLinks(standing: (linkId: string) => Promise<Standing | undefined>): void {
    this.#standing = standing;
  }

  async sign(who: Claims, ttlMs: number): Promise<string> {
    const issuedAt = Math.floor(this.#clock.now() / 1000);
    return new SignJWT({ ...who })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + Math.ceil(ttlMs / 1000))
      .sign(this.#key);
  }

  /** @throws FieldcastError `auth.invalid` when forged, expired or not one of ours. */
  async verify(token: string): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        issuer: ISSUER,
        algorithms: ['HS256'],
        currentDate: new Date(this.#clock.now()),
      });
      return v.parse(claims, payload);
    } catch (cause) {
      throw new FieldcastError('auth.invalid', 'The token is not valid or has expired.', {
        cause,
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
    }
  }

  /** The caller behind an `Authorization` header or a socket's token; without one, an unknown viewer. */
  async identify(token: string | undefined, address: string, origin?: string): Promise<Caller> {
    const place = { address, ...(origin === undefined ? {} : { origin }) };
    if (token) return { claims: await this.#asNow(await this.verify(token)), isKnown: true, ...place };
    return { claims: { role: 'viewer', identity: newId('vwr') }, isKnown: false, ...place };
  }

  /** A token tells what was so when it was signed; its link may have ended or have other rights since. */
  async #asNow(who: Claims): Promise<Claims> {
    if (who.linkId === undefined) return who;
    const standing = await this.#standing(who.linkId);
    if (standing?.isRevoked) {
      throw new FieldcastError('auth.revoked', 'The link by which this device came was taken back.', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
    }
    return who.role === 'helper' && standing ? { ...who, rights: [...standing.rights] } : who;
  }
}

/** The token of `Authorization: Bearer`. @throws FieldcastError `auth.invalid` on another scheme. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match = /^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header);
  if (!match) {
    throw new FieldcastError('auth.invalid', 'Authorization has to be "Bearer <token>".', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  return match[1];
}

/** @throws FieldcastError `auth.missing` (nobody named) or `auth.forbidden` (known, but not one of `roles`). */
export function requireRole(caller: Caller, roles: readonly string[]): void {
  if (roles.includes(caller.claims.role)) return;
  if (!caller.isKnown) {
    throw new FieldcastError('auth.missing', 'This needs a token.', { headers: { 'www-authenticate': 'Bearer' } });
  }
  throw new FieldcastError('auth.forbidden', `The role ${caller.claims.role} may not do this.`);
}

/** @throws FieldcastError `auth.right-missing` for a helper who was not given `right`; nobody else is asked for it. */
export function requireRight(caller: Caller, right: Right | undefined): void {
  if (right === undefined || hasRight(caller, right)) return;
  throw new FieldcastError('auth.right-missing', `This helper was not given the right "${right}"; the host can give it.`, { params: { right } });
}

/** False only for a helper who was not given it; whether somebody works for a show at all is another question. */
export function hasRight({ claims: { role, rights } }: Caller, right: Right): boolean {
  return role !== 'helper' || rights?.includes(right) === true;
}
