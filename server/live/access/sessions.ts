// Owns one-time links and the device sessions that come from them. Codes and session secrets are stored as hashes only.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Right, type Role, rights, type Session } from '../../protocol/access.ts';
import { newId } from '../../protocol/ids.ts';
import { type Auth, TOKEN_TTL_MS } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { LiveTables } from '../tables.ts';

const DAY_MS = 24 * 3600_000;
export const LINK_TTL_MS = 7 * DAY_MS;
// A farmer keeps the phone for a season; an operator's device can do more, so it asks again sooner.
const SESSION_TTL_MS: Record<Role, number> = { viewer: DAY_MS, host: 180 * DAY_MS, helper: 30 * DAY_MS, operator: 30 * DAY_MS };

export interface Person {
  role: Role;
  identity: string;
  name: string;
  /** The show that the link was made for. A helper may act on that show only. */
  showId: string | null;
  /** A helper's; nobody else's are looked at. */
  rights: readonly Right[];
}

export class Sessions {
  readonly #database: Database;
  readonly #auth: Auth;
  readonly #clock: Clock;

  constructor(deps: { database: Database; auth: Auth; clock: Clock }) {
    this.#database = deps.database;
    this.#auth = deps.auth;
    this.#clock = deps.clock;
  }

  /** A code that lets one device in, once, as `person`. It is not stored and cannot be shown again. */
  async createLink(person: Person): Promise<{ id: string; code: string; expiresAt: number }> {
    const code = randomBytes(24).toString('base64url');
    const now = this.#clock.now();
    const link = { id: newId('lnk'), expiresAt: now + LINK_TTL_MS };
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction
        .insertInto('links')
        .values({
          id: link.id,
          code_hash: hash(code),
          role: person.role,
          identity: person.identity,
          name: person.name,
          show_id: person.showId,
          created_at: now,
          expires_at: link.expiresAt,
          used_at: null,
          revoked_at: null,
          rights: JSON.stringify(person.rights),
          seen_at: null,
        })
        .execute();
    });
    return { ...link, code };
  }

  /**
   * Exchanges a one-time code for a device session.
   * @param identity only when the code is this person's
   * @returns the secret for the cookie. @throws FieldcastError `auth.link-used` when used, expired or revoked; `auth.invalid` when unknown;
   * `auth.forbidden` when it is another person's, who can still use it.
   */
  async openByCode(code: string, identity?: string): Promise<{ secret: string; session: Session }> {
    const now = this.#clock.now();
    const person = await this.#database.write<LiveTables, Person & { linkId: string }>(async (transaction) => {
      const link = await transaction.selectFrom('links').selectAll().where('code_hash', '=', hash(code)).executeTakeFirst();
      if (!link) throw new FieldcastError('auth.invalid', 'There is no such link.');
      if (link.used_at !== null || link.revoked_at !== null || link.expires_at < now) {
        throw new FieldcastError('auth.link-used', 'This link has been used or is too old; ask for a new one.');
      }
      if (identity !== undefined && link.identity !== identity) throw new FieldcastError('auth.forbidden', 'This link is for somebody else.');
      await transaction.updateTable('links').set({ used_at: now }).where('id', '=', link.id).execute();
      return { role: link.role, identity: link.identity, name: link.name, showId: link.show_id, rights: readRights(link.rights), linkId: link.id };
    });
    return this.#open(person, person.linkId);
  }

  /** A device session for somebody who proved who they are by other means (the operator's secret). */
  open(person: Person): Promise<{ secret: string; session: Session }> {
    return this.#open(person, null);
  }

  /** A fresh short token. @throws FieldcastError `auth.invalid` when the session is unknown, expired or revoked. */
  async renew(secret: string): Promise<Session> {
    const now = this.#clock.now();
    const row = await this.#database
      .read<LiveTables>()
      .selectFrom('sessions')
      .leftJoin('links', 'links.id', 'sessions.link_id')
      .selectAll('sessions')
      .select('links.rights')
      .where('sessions.secret_hash', '=', hash(secret))
      .where('sessions.revoked_at', 'is', null)
      .where('sessions.expires_at', '>', now)
      .executeTakeFirst();
    if (!row) throw new FieldcastError('auth.invalid', 'This device is not signed in.');
    const person = { role: row.role, identity: row.identity, name: row.name, showId: row.show_id, rights: readRights(row.rights ?? '[]') };
    return this.#describe(person, row.link_id, row.expires_at);
  }

  async close(secret: string): Promise<void> {
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.updateTable('sessions').set({ revoked_at: this.#clock.now() }).where('secret_hash', '=', hash(secret)).execute();
    });
  }

  /** Takes a link and all sessions that came from it out of use. */
  async revokeLink(id: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.updateTable('links').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).execute();
      await transaction.updateTable('sessions').set({ revoked_at: now }).where('link_id', '=', id).execute();
    });
  }

  async findLink(id: string) {
    return this.#database.read<LiveTables>().selectFrom('links').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async linksOf(showId: string) {
    return this.#database
      .read<LiveTables>()
      .selectFrom('links')
      .selectAll()
      .where('show_id', '=', showId)
      .orderBy('created_at', 'desc')
      .limit(200)
      .execute();
  }

  async #open(person: Person, linkId: string | null): Promise<{ secret: string; session: Session }> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const expiresAt = now + SESSION_TTL_MS[person.role];
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction
        .insertInto('sessions')
        .values({
          id: newId('ses'),
          secret_hash: hash(secret),
          role: person.role,
          identity: person.identity,
          name: person.name,
          show_id: person.showId,
          link_id: linkId,
          created_at: now,
          expires_at: expiresAt,
          revoked_at: null,
        })
        .execute();
    });
    return { secret, session: await this.#describe(person, linkId, expiresAt) };
  }

  async #describe(person: Person, linkId: string | null, sessionExpiresAt: number): Promise<Session> {
    const claims = {
      role: person.role,
      identity: person.identity,
      name: person.name,
      // A host's rights follow the person (all their shows); a helper's are for the one show.
      ...(person.role === 'helper' ? { rights: [...person.rights], ...(person.showId ? { showId: person.showId } : {}) } : {}),
      ...(linkId ? { linkId } : {}),
    };
    return {
      role: person.role,
      identity: person.identity,
      name: person.name,
      showId: person.showId,
      rights: person.role === 'helper' ? [...person.rights] : person.role === 'viewer' ? [] : [...rights],
      token: await this.#auth.sign(claims, TOKEN_TTL_MS),
      tokenExpiresAt: this.#clock.now() + TOKEN_TTL_MS,
      sessionExpiresAt,
    };
  }
}

/** A link's rights as they are stored. */
export function readRights(json: string): Right[] {
  return JSON.parse(json) as Right[];
}

/** Codes and secrets have 192 random bits and more, so a plain hash cannot be turned back. */
function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Compares without telling by its time how much was right. */
export function isSameSecret(given: string, expectedHash: string): boolean {
  return timingSafeEqual(Buffer.from(hash(given)), Buffer.from(expectedHash));
}

export { hash as hashSecret };
