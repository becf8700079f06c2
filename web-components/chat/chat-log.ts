// Owns a page's copy of a show's chat: each message once and in its place, whatever the connection did meanwhile. No DOM.
import type { ChatMessage } from '../../server/protocol/chat.ts';
import { inFull } from '../../server/protocol/chat-news.ts';
import type { OrderedByCode } from '../../server/protocol/codes.ts';
import { postMessage, readChat } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import { type Call, type Client, type Failure, type Outcome, Watchable } from '../show/index.ts';

/** A cheap phone scrolls this many; older ones are read again when somebody scrolls up to them. */
const KEPT = 300;
const PAGE = 50;
const RESYNC_PAGE = 200;
const RETRY_MS = 2_000;

/** What this page has sent and the server has not confirmed. */
export interface Draft {
  readonly key: string;
  readonly text: string;
  readonly replyTo: ChatMessage | null;
  /** For the author of `replyTo` alone. */
  readonly isPrivate: boolean;
  /** Server clock of the picture in which it was written. Kept, because a repeated call has to say the same. */
  readonly pictureAt: number | null;
  /** Null while it is on its way. */
  fault: Failure | null;
}

export interface ChatLogOptions {
  call: Call;
  on: Client['on'];
  showId: string;
  /** Calls back with every fresh snapshot of the show; answers the function that stops it. */
  onJoin(listener: () => void): () => void;
  /** Calls back when the connection is lost; answers the function that stops it. */
  onLost(listener: () => void): () => void;
  keepToken(token: string): void;
  /** Calls back once for a message of this page that orders something by code. */
  onOrdered?(ordered: OrderedByCode): void;
  /** Calls back once for each message of this page that the server has taken. */
  onPosted?(): void;
}

export class ChatLog extends Watchable {
  readonly #options: ChatLogOptions;
  readonly #messages = new Map<string, ChatMessage>();
  #sorted: readonly ChatMessage[] = [];
  #drafts: Draft[] = [];
  #revision: number | null = null;
  /** Events may have been missed: those that come now do not say that everything before them is known. */
  #isStale = true;
  #losses = 0;
  #syncing: Promise<void> | null = null;
  #isSyncDue = false;
  #stops: (() => void)[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Whether there is more before the first message. */
  hasOlder = false;
  /** `author.key` of this page's own messages; null before anything was read. */
  ownKey: string | null = null;
  /** Why nothing could be read; null while all is well. */
  fault: Failure | null = null;

  constructor(options: ChatLogOptions) {
    super();
    this.#options = options;
  }

  /** Those that are shown or held, in their order. */
  get messages(): readonly ChatMessage[] {
    return this.#sorted;
  }

  get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  get isLoaded(): boolean {
    return this.#revision !== null;
  }

  start(): void {
    this.#stops = [
      this.#options.on('chat.changed', ({ showId, messages: news }) => {
        if (showId !== this.#options.showId || this.#revision === null) return;
        const messages = news.map(inFull);
        if (!this.#isStale) this.#revision = Math.max(this.#revision, ...messages.map((message) => message.revision));
        this.#take(messages);
      }),
      this.#options.onLost(() => {
        this.#isStale = true;
        this.#losses += 1;
      }),
      // Known by its revision like all others, so one that is missed comes with the next answer.
      this.#options.on('chat.private', ({ showId, messages }) => {
        if (showId === this.#options.showId && this.#revision !== null) this.#take(messages);
      }),
      this.#options.on('chat.flagged', ({ showId, message }) => {
        if (showId === this.#options.showId) this.#take([message]);
      }),
      this.#options.onJoin(() => void this.sync()),
    ];
    void this.sync();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#retry);
  }

  /** Reads what has changed since the last answer of the server. */
  async sync(): Promise<void> {
    this.#isSyncDue = true;
    this.#syncing ??= this.#syncWhileDue().finally(() => {
      this.#syncing = null;
    });
    await this.#syncing;
  }

  /** Reads the page before the first message. */
  async loadOlder(): Promise<void> {
    const [first] = this.#sorted;
    if (!first || !this.hasOlder) return;
    const page = await this.#read({ before: String(first.position), limit: String(PAGE) });
    if (!page.ok) return;
    this.hasOlder = page.value.messages.length === PAGE;
    this.#take(page.value.messages, Infinity);
  }

  /** Sends a message; it is shown as a draft until the server has it. */
  async send(
    text: string,
    options: { name: string; replyTo: ChatMessage | null; isPrivate?: boolean; pictureAt?: number },
  ): Promise<Outcome<ChatMessage>> {
    const { replyTo, isPrivate = false, pictureAt = null } = options;
    const draft: Draft = { key: newId('key'), text, replyTo, isPrivate, pictureAt: pictureAt === null ? null : Math.round(pictureAt), fault: null };
    this.#drafts = [...this.#drafts, draft];
    this.changed();
    return this.#post(draft, options.name);
  }

  /** Sends a draft again under its own key: what did arrive the first time is not written twice. */
  retry(draft: Draft, name: string): Promise<Outcome<ChatMessage>> {
    draft.fault = null;
    this.changed();
    return this.#post(draft, name);
  }

  discard(draft: Draft): void {
    this.#drafts = this.#drafts.filter((each) => each !== draft);
    this.changed();
  }

  /** Takes a message that an answer of the server held. */
  put(message: ChatMessage): void {
    this.#take([message]);
  }

  async #post(draft: Draft, name: string): Promise<Outcome<ChatMessage>> {
    const answer = await this.#options.call(postMessage, {
      params: { showId: this.#options.showId },
      body: {
        text: draft.text,
        ...(name ? { name } : {}),
        ...(draft.replyTo ? { replyTo: draft.replyTo.id } : {}),
        ...(draft.isPrivate ? { isPrivate: true } : {}),
        ...(draft.pictureAt === null ? {} : { pictureAt: draft.pictureAt }),
      },
      idempotencyKey: draft.key,
    });
    if (!answer.ok) {
      draft.fault = answer.error;
      this.changed();
      return answer;
    }
    if (answer.value.viewerToken) this.#options.keepToken(answer.value.viewerToken);
    // A draft that was sent twice at once is answered twice.
    const isFirst = this.#drafts.includes(draft);
    this.#drafts = this.#drafts.filter((each) => each !== draft);
    this.ownKey = answer.value.message.author.key;
    this.#take([answer.value.message]);
    if (isFirst) this.#options.onPosted?.();
    if (isFirst && answer.value.ordered.length > 0) this.#options.onOrdered?.(answer.value.ordered);
    return { ok: true, value: answer.value.message };
  }

  async #syncWhileDue(): Promise<void> {
    while (this.#isSyncDue) {
      this.#isSyncDue = false;
      const since = this.#revision;
      const losses = this.#losses;
      const page = await this.#read(since === null ? { limit: String(PAGE) } : { after: String(since), limit: String(RESYNC_PAGE) });
      if (!page.ok) {
        this.fault = page.error;
        this.changed();
        clearTimeout(this.#retry);
        if (this.#stops.length > 0) this.#retry = setTimeout(() => void this.sync(), RETRY_MS * (0.75 + Math.random() / 2));
        return;
      }
      this.fault = null;
      const { messages, revision, you } = page.value;
      this.ownKey = you;
      if (since === null) this.hasOlder = messages.length === PAGE;
      // A full page is not all of it.
      else if (messages.length === RESYNC_PAGE) this.#isSyncDue = true;
      this.#isStale = this.#isSyncDue || losses !== this.#losses;
      this.#revision = Math.max(revision, since ?? 0);
      this.#take(messages);
    }
  }

  #read(query: { after?: string; before?: string; limit: string }) {
    return this.#options.call(readChat, { params: { showId: this.#options.showId }, query });
  }

  #take(messages: readonly ChatMessage[], kept = Math.max(KEPT, this.#messages.size)): void {
    for (const message of messages) {
      const known = this.#messages.get(message.id);
      if (!known || message.revision >= known.revision) this.#messages.set(message.id, message);
    }
    const all = [...this.#messages.values()].sort((a, b) => a.position - b.position);
    for (const old of all.splice(0, Math.max(0, all.length - kept))) {
      this.#messages.delete(old.id);
      this.hasOlder = true;
    }
    this.#sorted = all.filter((message) => message.state !== 'removed');
    this.changed();
  }
}
