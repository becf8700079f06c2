// Owns the device sessions that come from one-time links, and the short tokens of each. Session secrets are stored as hashes only.
import { randomBytes } from 'node:crypto';
import type { Role, Session } from '../../protocol/access.ts';
import { newId } from '../../protocol/ids.ts';
import { type Auth, TOKEN_TTL_MS } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { LiveTables } from '../tables.ts';
import { type Person, rightsOf } from './links.ts';
import { hashSecret } from './secrets.ts';

const DAY_MS = 24 * 3600_000;
// A farmer keeps the phone for a season; an operator's device can do more, so it asks again sooner.
const SESSION_TTL_MS: Record<Role, number> = { viewer: DAY_MS, host: 180 * DAY_MS, helper: 30 * DAY_MS, operator: 30 * DAY_MS, coach: 180 * DAY_MS };

export class Sessions {
  readonly #database: Database;
  readonly #auth: Auth;
  readonly #clock: Clock;

  constructor(deps: { database: Database; auth: Auth; clock: Clock }) {
    this.#database = deps.database;
    this.#auth = deps.auth;
    this.#clock = deps.clock;
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
      const link = await transaction.selectFrom('links').selectAll().where('code_hash', '=', hashSecret(code)).executeTakeFirst();
      if (!link) throw new FieldcastError('auth.invalid', 'There is no such link.');
      if (link.used_at !== null || link.revoked_at !== null || link.expires_at < now) {
        throw new FieldcastError('auth.link-used', 'This link has been used or is too old; ask for a new one.');
      }
      if (identity !== undefined && link.identity !== identity) throw new FieldcastError('auth.forbidden', 'This link is for somebody else.');
      await transaction.updateTable('links').set({ used_at: now, seen_at: now }).where('id', '=', link.id).execute();
      return { role: link.role, identity: link.identity, name: link.name, showId: link.show_id, classId: link.class_id, rights: rightsOf(link), linkId: link.id };
    });
    return this.#open(person, person.linkId);
  }

  /** A device session for somebody who proved who they are by other means (the operator's secret). */
  open(person: Person): Promise<{ secret: string; session: Session }> {
    return this.#open(person, null);
  }

  /** A fresh short token. @throws FieldcastError `auth.invalid` when the session is unknown or expired, `auth.revoked` when it was ended. */
  async renew(secret: string): Promise<Session> {
    const row = await this.#database
      .read<LiveTables>()
      .selectFrom('sessions')
      .leftJoin('links', 'links.id', 'sessions.link_id')
      .selectAll('sessions')
      .select(['links.rights', 'links.revoked_at as link_revoked_at'])
      .where('sessions.secret_hash', '=', hashSecret(secret))
      .where('sessions.expires_at', '>', this.#clock.now())
      .executeTakeFirst();
    if (row && row.link_revoked_at !== null) throw new FieldcastError('auth.revoked', 'The link by which this device came was taken back.');
    if (!row || row.revoked_at !== null) throw new FieldcastError('auth.invalid', 'This device is not signed in.');
    const person = { role: row.role, identity: row.identity, name: row.name, showId: row.show_id, classId: row.class_id, rights: rightsOf(row) };
    return this.#describe(person, row.link_id, row.expires_at);
  }

  async close(secret: string): Promise<void> {
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.updateTable('sessions').set({ revoked_at: this.#clock.now() }).where('secret_hash', '=', hashSecret(secret)).execute();
    });
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
          secret_hash: hashSecret(secret),
          role: person.role,
          identity: person.identity,
          name: person.name,
          show_id: person.showId,
          class_id: person.classId ?? null,
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
    const own = rightsOf({ role: person.role, rights: JSON.stringify(person.rights) });
    const claims = {
      role: person.role,
      identity: person.identity,
      name: person.name,
      // A host's rights follow the person (all their shows); a helper's are for the one show.
      ...(person.role === 'helper' ? { rights: own, ...(person.showId ? { showId: person.showId } : {}) } : {}),
      ...(person.role === 'coach' && person.showId ? { showId: person.showId } : {}),
      ...(person.role === 'coach' && person.classId ? { classId: person.classId } : {}),
      ...(linkId ? { linkId } : {}),
    };
    return {
      role: person.role,
      identity: person.identity,
      name: person.name,
      showId: person.showId,
      classId: person.classId ?? null,
      rights: own,
      token: await this.#auth.sign(claims, TOKEN_TTL_MS),
      tokenExpiresAt: this.#clock.now() + TOKEN_TTL_MS,
      sessionExpiresAt,
    };
  }
}
