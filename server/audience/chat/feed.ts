// Owns the way of chat messages to the people in a show: gathered, so that a rush is a few events a second for everyone.
import type { ChatMessage } from '../../protocol/chat.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AudienceTables } from '../tables.ts';
import { readMessage, readMessagesById, type StoredMessage, viewMessage } from './messages.ts';

const GATHER_MS = 200;
/** Somebody who sees what everybody sees. */
const ANYONE = { isStaff: false, identity: '' };
const STAFF = { isStaff: true, identity: '' };

/** The people in a show, as the chat speaks to them. */
export interface Audience {
  /** How long to gather what everybody is told, ms: `leastMs`, and more in a full room. */
  paceMs(showId: string, leastMs: number): number;
  send(showId: string, event: 'chat.changed', body: { messages: ChatMessage[] }): void;
  sendToStaff(showId: string, event: 'chat.flagged', body: { message: ChatMessage; reports: number }): void;
  sendToStaff(showId: string, event: 'chat.private', body: { messages: ChatMessage[] }): void;
  sendToIdentity(showId: string, identity: string, event: 'chat.private', body: { messages: ChatMessage[] }): void;
}

interface FeedDeps {
  database: Database;
  clock: Clock;
  audience: Audience;
  /** Hears of every show in whose chat something has changed, after the people in it. */
  onChanged: (showId: string) => Promise<void>;
  onFault: (error: unknown) => void;
}

export class Feed {
  readonly #deps: FeedDeps;
  /** By show: what changed for everybody, and what only for its author. */
  readonly #due = new Map<string, { all: Set<string>; own: Set<string> }>();
  readonly #cancels = new Set<() => void>();

  constructor(deps: FeedDeps) {
    this.#deps = deps;
  }

  /** Tells everyone of messages that have changed. Which of it they may see is read when it is sent. */
  changed(showId: string, messageIds: readonly string[]): void {
    const { all } = this.#gathered(showId);
    for (const id of messageIds) all.add(id);
  }

  /** Tells authors and staff of messages in which something has changed that is of no use to others. */
  changedForAuthors(showId: string, messageIds: readonly string[]): void {
    if (messageIds.length === 0) return;
    const { own } = this.#gathered(showId);
    for (const id of messageIds) own.add(id);
  }

  /** Tells the staff that a message waits for them or was reported. */
  async flag(showId: string, messageId: string): Promise<void> {
    const read = this.#deps.database.read<AudienceTables>();
    const [message, { reports }] = await Promise.all([
      readMessage(read, showId, messageId),
      read
        .selectFrom('chat_reports')
        .select((eb) => eb.fn.countAll<number>().as('reports'))
        .where('message_id', '=', messageId)
        .where('reviewed_at', 'is', null)
        .executeTakeFirstOrThrow(),
    ]);
    const view = message && viewMessage(message, STAFF);
    if (view) this.#deps.audience.sendToStaff(showId, 'chat.flagged', { message: view, reports });
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
  }

  #gathered(showId: string): { all: Set<string>; own: Set<string> } {
    let due = this.#due.get(showId);
    if (!due) {
      this.#due.set(showId, (due = { all: new Set(), own: new Set() }));
      const cancel = this.#deps.clock.after(this.#deps.audience.paceMs(showId, GATHER_MS), () => {
        this.#cancels.delete(cancel);
        this.#send(showId)
          .then(() => this.#deps.onChanged(showId))
          .catch(this.#deps.onFault);
      });
      this.#cancels.add(cancel);
    }
    return due;
  }

  async #send(showId: string): Promise<void> {
    const { all, own } = this.#due.get(showId) ?? { all: new Set<string>(), own: new Set<string>() };
    this.#due.delete(showId);
    const stored = await readMessagesById(this.#deps.database.read<AudienceTables>(), [...new Set([...all, ...own])]);
    const isForAll = (message: StoredMessage): boolean => message.private_for === null && all.has(message.id);
    // First what few get: a page that has a later message has then had this one too.
    this.#sendPrivately(showId, stored.filter((message) => !isForAll(message)));
    const messages = stored.filter(isForAll).flatMap((message) => viewMessage(message, ANYONE) ?? []);
    if (messages.length > 0) this.#deps.audience.send(showId, 'chat.changed', { messages });
  }

  #sendPrivately(showId: string, stored: readonly StoredMessage[]): void {
    const { audience } = this.#deps;
    const forStaff = stored.flatMap((message) => viewMessage(message, STAFF) ?? []);
    if (forStaff.length === 0) return;
    for (const identity of new Set(stored.map((message) => message.private_for ?? message.identity))) {
      const theirs = stored.filter((message) => (message.private_for ?? message.identity) === identity);
      const messages = theirs.flatMap((message) => viewMessage(message, { isStaff: false, identity }) ?? []);
      if (messages.length > 0) audience.sendToIdentity(showId, identity, 'chat.private', { messages });
    }
    audience.sendToStaff(showId, 'chat.private', { messages: forStaff });
  }
}
