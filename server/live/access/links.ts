// Owns one-time links and what they still allow: the rights of whoever came by one, and its end. Codes are stored as hashes only.
import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import { type LinkSummary, type Right, type Role, rights } from '../../protocol/access.ts';
import { newId } from '../../protocol/ids.ts';
import type { Standing } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { LiveTables } from '../tables.ts';
import { hashSecret } from './secrets.ts';

export const LINK_TTL_MS = 7 * 24 * 3600_000;

export interface Person {
  role: Role;
  identity: string;
  name: string;
  /** The show that the link was made for. A helper may act on that show only. */
  showId: string | null;
  /** The class that a coach's link was made for. */
  classId?: string | null;
  /** A helper's; nobody else's are looked at. */
  rights: readonly Right[];
}

export type LinkRow = Selectable<LiveTables['links']>;

export class Links {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #onChange: (linkId: string) => void;
  readonly #left = new Map<string, number>();
  /** Asked at every call of a device, changed once in a while. */
  readonly #standing = new Map<string, Promise<Standing | undefined>>();

  /** @param deps.onChange told when a link's rights have changed or it has ended: whoever came by it has to hear of it. */
  constructor(deps: { database: Database; clock: Clock; onChange: (linkId: string) => void }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#onChange = deps.onChange;
  }

  /** A code that lets one device in, once, as `person`. It is not stored and cannot be shown again. */
  async create(person: Person): Promise<{ id: string; code: string; expiresAt: number }> {
    const code = randomBytes(24).toString('base64url');
    const now = this.#clock.now();
    const link = { id: newId('lnk'), expiresAt: now + LINK_TTL_MS };
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction
        .insertInto('links')
        .values({
          id: link.id,
          code_hash: hashSecret(code),
          role: person.role,
          identity: person.identity,
          name: person.name,
          show_id: person.showId,
          class_id: person.classId ?? null,
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

  async find(id: string): Promise<LinkRow | undefined> {
    return this.#database.read<LiveTables>().selectFrom('links').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** Newest first. */
  async ofShow(showId: string): Promise<LinkRow[]> {
    return this.#database.read<LiveTables>().selectFrom('links').selectAll().where('show_id', '=', showId).orderBy('created_at', 'desc').limit(200).execute();
  }

  /** Newest first. */
  async ofClass(classId: string): Promise<LinkRow[]> {
    return this.#database.read<LiveTables>().selectFrom('links').selectAll().where('class_id', '=', classId).orderBy('created_at', 'desc').limit(200).execute();
  }

  /** Gives other rights or another name. Whoever is here by it has the rights at once, the name with the next token. */
  async change(id: string, change: { rights?: readonly Right[] | undefined; name?: string | undefined }): Promise<void> {
    const row = { ...(change.rights ? { rights: JSON.stringify(change.rights) } : {}), ...(change.name ? { name: change.name } : {}) };
    if (Object.keys(row).length === 0) return;
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.updateTable('links').set(row).where('id', '=', id).execute();
      if (change.name) await transaction.updateTable('sessions').set({ name: change.name }).where('link_id', '=', id).execute();
    });
    this.#changed(id);
  }

  /** Takes a link, and all sessions and tokens that came from it, out of use. */
  async revoke(id: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.updateTable('links').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).execute();
      await transaction.updateTable('sessions').set({ revoked_at: now }).where('link_id', '=', id).where('revoked_at', 'is', null).execute();
    });
    this.#changed(id);
  }

  /** Notes that somebody who came by it is here now. */
  async seen(id: string): Promise<void> {
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.updateTable('links').set({ seen_at: this.#clock.now() }).where('id', '=', id).execute();
    });
  }

  /** Notes that they have gone; not kept over a restart, where everybody goes and comes. */
  left(id: string): void {
    this.#left.set(id, this.#clock.now());
  }

  /** The link as its host sees it, without its code. */
  view(row: LinkRow, showId: string, isOnline: boolean): LinkSummary {
    const left = this.#left.get(row.id);
    return {
      id: row.id,
      role: row.role,
      name: row.name,
      showId,
      rights: rightsOf(row),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
      seenAt: left === undefined ? row.seen_at : Math.max(left, row.seen_at ?? 0),
      isOnline,
      revokedAt: row.revoked_at,
    };
  }

  /** What a link still allows; undefined when it is gone. One read for each link, however often it is asked. */
  standing(id: string): Promise<Standing | undefined> {
    let standing = this.#standing.get(id);
    if (!standing) {
      const fresh = (standing = this.find(id).then((row) => row && { isRevoked: row.revoked_at !== null, rights: rightsOf(row) }));
      this.#standing.set(id, fresh);
      fresh.catch(() => {
        if (this.#standing.get(id) === fresh) this.#standing.delete(id);
      });
    }
    return standing;
  }

  /** To be called when links have gone with their show. */
  forget(): void {
    this.#left.clear();
    this.#standing.clear();
  }

  #changed(id: string): void {
    this.#standing.delete(id);
    this.#onChange(id);
  }
}

/** Rights of whoever came by the link. */
export function rightsOf({ role, rights: json }: { role: Role; rights: string | null }): Right[] {
  if (role === 'viewer' || role === 'coach') return [];
  return role === 'helper' ? (JSON.parse(json ?? '[]') as Right[]) : [...rights];
}
