// Owns how a message comes into a chat: who may write, how often, what may be in it, and the durable row.
import type * as v from 'valibot';
import type { chatMessageRequest } from '../../protocol/chat.ts';
import { newId } from '../../protocol/ids.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Transaction } from 'kysely';
import type { FollowingTables } from '../following/tables.ts';
import type { AudienceTables, MessageState } from '../tables.ts';
import { placeOf } from './author.ts';
import { hasContact } from './contacts.ts';
import { squeeze } from './fold.ts';
import { nextRevision, readMessage, type StoredMessage } from './messages.ts';
import { restrictionOf } from './restrictions.ts';
import type { Rules } from './rules.ts';

/** The same words again within this time are a slip of the finger or a flood. */
const REPEAT_MS = 30_000;
/** No picture is later than this (as in the page's own clock of the picture). */
const LATEST_PICTURE_MS = 30_000;

export interface Writer {
  caller: Caller;
  isStaff: boolean;
  userAgent: string;
}

type Request = v.InferOutput<typeof chatMessageRequest>;

export class Posting {
  readonly #database: Database;
  readonly #rules: Rules;
  readonly #clock: Clock;

  constructor(deps: { database: Database; rules: Rules; clock: Clock }) {
    this.#database = deps.database;
    this.#rules = deps.rules;
    this.#clock = deps.clock;
  }

  /**
   * Writes a message, or answers the one that this key wrote before.
   * @throws FieldcastError `chat.closed`, `chat.restricted` (params `endsAt`), `chat.slow-mode` (params `seconds`),
   * `chat.refused` (params `reason`: `word`, `contact`, `name`, `repeat`), `not-found` for an unknown message to answer,
   * `auth.forbidden` and `chat.wrong-state` for a private one that is not the caller's to write.
   */
  async post(show: Show, request: Request, writer: Writer, once: Once | undefined): Promise<StoredMessage> {
    const { rules, hasBlockedWord } = await this.#rules.of(show.id);
    const { identity, role } = writer.caller.claims;
    const name = writer.isStaff ? (writer.caller.claims.name ?? '') : request.name;
    if (!writer.isStaff) {
      if (rules.writers === 'staff') throw new FieldcastError('chat.closed', 'Only the staff write in this chat now.', { params: { writers: 'staff' } });
      if (isTakenName(name, show)) throw refused('name', 'This name belongs to the show.');
      if (hasBlockedWord(request.text) || hasBlockedWord(name)) throw refused('word', 'The message has a word that is blocked here.');
      if (rules.blocksContacts && (hasContact(request.text) || hasContact(name))) throw refused('contact', 'Links and telephone numbers are not shown here.');
    }
    const place = placeOf(writer.caller.address, writer.userAgent);
    const { value: id } = await this.#database.writeOnce<AudienceTables, string>(once, this.#clock.now(), async (transaction) => {
      const now = this.#clock.now();
      let state: MessageState = 'shown';
      if (!writer.isStaff) {
        const restriction = await restrictionOf(transaction, { showId: show.id, identity, place, now });
        if (restriction && restriction.kind !== 'shadow') {
          throw new FieldcastError('chat.restricted', 'You may not write here for a while.', { params: { endsAt: restriction.ends_at } });
        }
        if (rules.writers === 'buyers') await requireBuyer(transaction, show.id, identity);
        if (rules.writers === 'followers') await requireFollower(transaction as unknown as Transaction<FollowingTables>, show.sellerId, identity);
        await refuseHaste(transaction, { showId: show.id, identity, text: request.text, now, slowSeconds: rules.slowSeconds });
        state = restriction ? 'shadow' : rules.isHeld ? 'held' : 'shown';
      }
      const replied = request.replyTo === undefined ? undefined : await readMessage(transaction, show.id, request.replyTo);
      const privateFor = recipient(request, writer, replied);
      // What only the staff get needs nobody's approval.
      if (privateFor !== null && state === 'held') state = 'shown';
      const revision = await nextRevision(transaction, show.id);
      const row = { id: newId('msg'), show_id: show.id, position: revision, revision, at: now, identity, name, role, place };
      await transaction
        .insertInto('chat_messages')
        .values({ ...row, text: request.text, reply_to: request.replyTo ?? null, state, pinned: 0, removed_by: null, private_for: privateFor, picture_at: pictureAt(request, now), answered: 0 })
        .execute();
      return row.id;
    });
    const message = await readMessage(this.#database.read<AudienceTables>(), show.id, id);
    if (!message) throw new FieldcastError('not-found', 'The message of this key is gone.');
    return message;
  }
}

/** Identity of the one who gets the message; null for everybody. What is said in private is answered in private. */
function recipient(request: Request, { caller, isStaff }: Writer, replied: StoredMessage | undefined): string | null {
  if (request.replyTo === undefined) {
    if (request.isPrivate) throw new FieldcastError('chat.wrong-state', 'A private message has to answer one.');
    return null;
  }
  const isTheirs = replied !== undefined && (replied.private_for === null || isStaff || replied.private_for === caller.claims.identity);
  if (!isTheirs || replied.state !== 'shown') throw new FieldcastError('not-found', 'The message to answer is not there.');
  if (replied.private_for !== null) return replied.private_for;
  if (!request.isPrivate) return null;
  if (!isStaff) throw new FieldcastError('auth.forbidden', 'Only the staff of a show answer in private.');
  if (replied.role !== 'viewer') throw new FieldcastError('chat.wrong-state', 'Only a viewer can be answered in private.');
  return replied.identity;
}

/** When the picture that the author saw was there; a page's clock may say what it likes. */
function pictureAt(request: Request, now: number): number {
  return Math.min(now, Math.max(now - LATEST_PICTURE_MS, request.pictureAt ?? now));
}

function refused(reason: 'word' | 'contact' | 'name' | 'repeat', detail: string): FieldcastError {
  return new FieldcastError('chat.refused', detail, { params: { reason } });
}

// Who writes as the host or as the cooperative could sell in their name.
function isTakenName(name: string, show: Show): boolean {
  const plain = squeeze(name);
  return plain !== '' && [show.hostName, show.sellerName].some((taken) => squeeze(taken) === plain);
}

async function requireBuyer(transaction: Transaction<AudienceTables>, showId: string, identity: string): Promise<void> {
  const row = await transaction.selectFrom('chat_buyers').select('identity').where('show_id', '=', showId).where('identity', '=', identity).executeTakeFirst();
  if (!row) throw new FieldcastError('chat.closed', 'Only those who have ordered here write in this chat now.', { params: { writers: 'buyers' } });
}

async function requireFollower(transaction: Transaction<FollowingTables>, sellerId: string, identity: string): Promise<void> {
  const row = await transaction.selectFrom('follows').select('at').where('seller_id', '=', sellerId).where('identity', '=', identity).executeTakeFirst();
  if (!row) throw new FieldcastError('chat.closed', 'Only those who follow the seller write in this chat now.', { params: { writers: 'followers' } });
}

async function refuseHaste(
  transaction: Transaction<AudienceTables>,
  what: { showId: string; identity: string; text: string; now: number; slowSeconds: number },
): Promise<void> {
  const last = await transaction
    .selectFrom('chat_messages')
    .select(['at', 'text'])
    .where('show_id', '=', what.showId)
    .where('identity', '=', what.identity)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  // A clock that was set back makes it later than now: nobody is silent until it is that time again.
  if (!last || last.at > what.now) return;
  const waitMs = last.at + what.slowSeconds * 1000 - what.now;
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    throw new FieldcastError('chat.slow-mode', `Slow mode: the next message in ${seconds} s.`, { params: { seconds }, headers: { 'retry-after': String(seconds) } });
  }
  if (what.now - last.at < REPEAT_MS && squeeze(last.text) === squeeze(what.text) && squeeze(what.text) !== '') throw refused('repeat', 'You have just written this.');
}
