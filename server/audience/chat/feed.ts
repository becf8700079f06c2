// Owns the way of chat messages to the people in a show: gathered, so that a rush is a few events a second for everyone.
import type { ChatMessage } from '../../protocol/chat.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AudienceTables } from '../tables.ts';
import { readMessage, readMessagesById, viewMessage } from './messages.ts';

const GATHER_MS = 200;
/** Somebody who sees what everybody sees. */
const ANYONE = { isStaff: false, identity: '' };
const STAFF = { isStaff: true, identity: '' };

/** The people in a show, as the chat speaks to them. */
export interface Audience {
  send(showId: string, event: 'chat.changed', body: { messages: ChatMessage[] }): void;
  sendToStaff(showId: string, event: 'chat.flagged', body: { message: ChatMessage; reports: number }): void;
}

export class Feed {
  readonly #deps: { database: Database; clock: Clock; audience: Audience; onFault: (error: unknown) => void };
  readonly #due = new Map<string, Set<string>>();
  readonly #cancels = new Set<() => void>();

  constructor(deps: { database: Database; clock: Clock; audience: Audience; onFault: (error: unknown) => void }) {
    this.#deps = deps;
  }

  /** Tells everyone of messages that have changed. Which of it they may see is read when it is sent. */
  changed(showId: string, messageIds: readonly string[]): void {
    let due = this.#due.get(showId);
    if (!due) {
      this.#due.set(showId, (due = new Set()));
      const cancel = this.#deps.clock.after(GATHER_MS, () => {
        this.#cancels.delete(cancel);
        this.#send(showId).catch(this.#deps.onFault);
      });
      this.#cancels.add(cancel);
    }
    for (const id of messageIds) due.add(id);
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
        .executeTakeFirstOrThrow(),
    ]);
    const view = message && viewMessage(message, STAFF);
    if (view) this.#deps.audience.sendToStaff(showId, 'chat.flagged', { message: view, reports });
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
  }

  async #send(showId: string): Promise<void> {
    const ids = [...(this.#due.get(showId) ?? [])];
    this.#due.delete(showId);
    const stored = await readMessagesById(this.#deps.database.read<AudienceTables>(), ids);
    const messages = stored.flatMap((message) => viewMessage(message, ANYONE) ?? []);
    if (messages.length > 0) this.#deps.audience.send(showId, 'chat.changed', { messages });
  }
}
