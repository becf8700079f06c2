// Owns what the staff do in a chat, and the record of it: every act in one transaction with its line in the log.
import type * as v from 'valibot';
import type { Kysely, Transaction } from 'kysely';
import type { Role } from '../../protocol/access.ts';
import type { chatMessagePatch, chatRulesPatch, ChatRules, ModerationEntry, Restriction, restrictionRequest } from '../../protocol/chat.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { eraseFromShow } from '../erasure.ts';
import type { AudienceTables } from '../tables.ts';
import { changeMessage, type MessageRow, readMessage, type StoredMessage } from './messages.ts';
import { addRestriction, listRestrictions, readRestriction, type RestrictionRow, viewRestriction } from './restrictions.ts';
import type { Rules } from './rules.ts';

/** Who moderates, as the log will say. */
export interface Moderator {
  name: string;
  role: Role;
}

type Action = v.InferOutput<typeof chatMessagePatch>['action'];
/** A restriction of that moment holds now, or not any more because it was lifted before its end. */
export type OnRestricted = (what: { showId: string; at: number; count: 1 | -1 }) => void;
type RestrictionRequest = v.InferOutput<typeof restrictionRequest>;

/** A banned flood may be long; more than this of it is not taken away at once. */
const SWEEP_LIMIT = 500;
const LOG_LIMIT = 200;
const NOBODY = { identity: '', name: '' };

export class Moderation {
  readonly #database: Database;
  readonly #rules: Rules;
  readonly #clock: Clock;
  readonly #onRestricted: OnRestricted;

  constructor(deps: { database: Database; rules: Rules; clock: Clock; onRestricted: OnRestricted }) {
    this.#database = deps.database;
    this.#rules = deps.rules;
    this.#clock = deps.clock;
    this.#onRestricted = deps.onRestricted;
  }

  /** Does one thing with one message. @returns ids of the messages that have changed, newest revision last. @throws FieldcastError `not-found`. */
  act(showId: string, messageId: string, action: Action, by: Moderator): Promise<string[]> {
    return this.#write(async (transaction) => {
      const message = (await readMessage(transaction, showId, messageId)) ?? missing();
      const changed: MessageRow[] = action === 'pin' ? await pinned(transaction, showId) : [];
      for (const other of changed) if (other.id !== messageId) await changeMessage(transaction, other, { pinned: 0 });
      await changeMessage(transaction, message, changeOf(action, message));
      if (action !== 'pin' && action !== 'unpin') {
        await transaction.updateTable('chat_reports').set({ reviewed_at: this.#clock.now() }).where('message_id', '=', messageId).execute();
      }
      await this.#log(transaction, showId, by, action, message);
      return [...changed.map((other) => other.id).filter((id) => id !== messageId), messageId];
    });
  }

  /** Restricts the author of a message. A ban takes their messages away. @throws FieldcastError `not-found`, `auth.forbidden` for the staff's own. */
  async restrict(showId: string, request: RestrictionRequest, by: Moderator): Promise<{ restriction: Restriction; changed: string[] }> {
    const done = await this.#write(async (transaction) => {
      const message = (await readMessage(transaction, showId, request.messageId)) ?? missing();
      if (message.role !== 'viewer') throw new FieldcastError('auth.forbidden', 'The staff cannot be restricted; revoke their link instead.');
      const now = this.#clock.now();
      const row = await addRestriction(transaction, {
        show_id: showId,
        kind: request.kind,
        identity: message.identity,
        place: message.place,
        name: message.name,
        created_at: now,
        ends_at: now + request.minutes * 60_000,
        by_name: by.name,
      });
      const changed = await sweep(transaction, row);
      await this.#log(transaction, showId, by, request.kind, message);
      return { restriction: viewRestriction(row), changed };
    });
    this.#onRestricted({ showId, at: done.restriction.createdAt, count: 1 });
    return done;
  }

  /** Ends a restriction and puts back what it took away. @throws FieldcastError `not-found`. */
  async lift(showId: string, restrictionId: string, by: Moderator): Promise<string[]> {
    const { row, swept, held } = await this.#write(async (transaction) => {
      const row = (await readRestriction(transaction, showId, restrictionId)) ?? missing();
      await transaction.updateTable('chat_restrictions').set({ ends_at: this.#clock.now() }).where('id', '=', row.id).execute();
      const swept = await transaction.selectFrom('chat_messages').selectAll().where('removed_by', '=', row.id).orderBy('revision').execute();
      for (const each of swept) await changeMessage(transaction, each, { state: 'shown', removed_by: null });
      await this.#log(transaction, showId, by, 'lift', row);
      return { row, swept, held: row.ends_at > this.#clock.now() };
    });
    if (held) this.#onRestricted({ showId, at: row.created_at, count: -1 });
    return swept.map((each) => each.id);
  }

  /** Lets a restriction hold for another time from now, be it lifted or not. @throws FieldcastError `not-found`. */
  async hold(showId: string, restrictionId: string, minutes: number, by: Moderator): Promise<{ restriction: Restriction; changed: string[] }> {
    const { held, ...done } = await this.#write(async (transaction) => {
      const before = (await readRestriction(transaction, showId, restrictionId)) ?? missing();
      const row = { ...before, ends_at: this.#clock.now() + minutes * 60_000 };
      await transaction.updateTable('chat_restrictions').set({ ends_at: row.ends_at }).where('id', '=', row.id).execute();
      const changed = await sweep(transaction, row);
      await this.#log(transaction, showId, by, row.kind, row);
      return { restriction: viewRestriction(row), changed, held: before.ends_at > this.#clock.now() };
    });
    if (!held) this.#onRestricted({ showId, at: done.restriction.createdAt, count: 1 });
    return done;
  }

  async changeRules(showId: string, patch: v.InferOutput<typeof chatRulesPatch>, by: Moderator): Promise<ChatRules> {
    const rules = await this.#rules.change(showId, patch);
    await this.#write((transaction) => this.#log(transaction, showId, by, 'rules', NOBODY));
    return rules;
  }

  /** Notes that a viewer finds a message bad. @returns false when they have said so before. @throws FieldcastError `not-found`. */
  report(showId: string, messageId: string, identity: string): Promise<boolean> {
    return this.#write(async (transaction) => {
      if (!(await readMessage(transaction, showId, messageId))) missing();
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('chat_reports')
        .values({ message_id: messageId, identity, at: this.#clock.now(), reviewed_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    });
  }

  /** Empties all that an author wrote in a show, for good. @returns ids of the messages. @throws FieldcastError `not-found`. */
  erase(showId: string, messageId: string, mayErase: (message: StoredMessage) => boolean, by: Moderator): Promise<string[]> {
    return this.#write(async (transaction) => {
      const message = await readMessage(transaction, showId, messageId);
      if (!message || !mayErase(message)) return missing();
      const erased = await eraseFromShow(transaction, message.identity, showId);
      await this.#log(transaction, showId, by, 'erase', NOBODY);
      return erased.get(showId) ?? [];
    });
  }

  restrictions(showId: string): Promise<Restriction[]> {
    return listRestrictions(this.#database.read<AudienceTables>(), showId, this.#clock.now());
  }

  async log(showId: string): Promise<ModerationEntry[]> {
    const rows = await this.#database
      .read<AudienceTables>()
      .selectFrom('moderation_log')
      .selectAll()
      .where('show_id', '=', showId)
      .orderBy('at', 'desc')
      .limit(LOG_LIMIT)
      .execute();
    return rows.map((row) => ({ at: row.at, byName: row.by_name, byRole: row.by_role, action: row.action, authorName: row.author_name, text: row.text }));
  }

  #write<Value>(run: (transaction: Transaction<AudienceTables>) => Promise<Value>): Promise<Value> {
    return this.#database.write<AudienceTables, Value>(run);
  }

  async #log(
    transaction: Transaction<AudienceTables>,
    showId: string,
    by: Moderator,
    action: ModerationEntry['action'],
    about: { identity: string; name: string; text?: string },
  ): Promise<void> {
    await transaction
      .insertInto('moderation_log')
      .values({ show_id: showId, at: this.#clock.now(), by_name: by.name, by_role: by.role, action, identity: about.identity, author_name: about.name, text: about.text ?? '' })
      .execute();
  }
}

function changeOf(action: Action, message: StoredMessage): Parameters<typeof changeMessage>[2] {
  switch (action) {
    case 'remove':
      return { state: 'removed', pinned: 0, removed_by: null };
    case 'restore':
    case 'approve':
      if (message.text === '') throw new FieldcastError('chat.wrong-state', 'This message was erased for good.');
      return { state: 'shown', removed_by: null };
    case 'pin':
      if (message.state !== 'shown' || message.private_for !== null) throw new FieldcastError('chat.wrong-state', 'Only a message that everybody sees can be pinned.');
      return { pinned: 1 };
    case 'unpin':
      return { pinned: 0 };
  }
}

/** Takes away what a banned author wrote; lifting the ban puts it back. @returns ids of the messages. */
async function sweep(transaction: Transaction<AudienceTables>, { id, kind, show_id, identity }: RestrictionRow): Promise<string[]> {
  if (kind !== 'ban') return [];
  const theirs = await transaction
    .selectFrom('chat_messages')
    .selectAll()
    .where('show_id', '=', show_id)
    .where('identity', '=', identity)
    .where('state', 'in', ['shown', 'held'])
    .orderBy('revision', 'desc')
    .limit(SWEEP_LIMIT)
    .execute();
  for (const each of theirs.reverse()) await changeMessage(transaction, each, { state: 'removed', pinned: 0, removed_by: id });
  return theirs.map((each) => each.id);
}

async function pinned(database: Kysely<AudienceTables>, showId: string): Promise<MessageRow[]> {
  return database.selectFrom('chat_messages').selectAll().where('show_id', '=', showId).where('pinned', '=', 1).execute();
}

function missing(): never {
  throw new FieldcastError('not-found', 'There is no such message.');
}
