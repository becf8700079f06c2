// Owns a page's copy of a show's captions: each line once and in its place, whatever the connection did meanwhile. No DOM.
import type { CaptionDraft, CaptionLine } from '../../server/protocol/captions.ts';
import { readCaptions } from '../../server/protocol/endpoints.ts';
import { type Call, type Client, isRetryable, Watchable } from '../show/index.ts';

/** A desk corrects these; a picture shows the last two. */
const KEPT = 60;
const PAGE = 30;
const RESYNC_PAGE = 200;
const RETRY_MS = 3_000;

export interface CaptionRoom {
  readonly showId: string;
  readonly client: { readonly call: Call; readonly on: Client['on']; readonly socket: Pick<Client['socket'], 'onState'> };
  readonly store: { readonly joinCount: number; subscribe(listener: () => void): () => void; pictureNow(): number };
}

/** A line, and where the picture was when this page got it: who gets it late has to have the time to read it. */
export interface SeenLine extends CaptionLine {
  /** Server clock of the picture; -Infinity for what was there before the page. */
  seenAt: number;
}

export class CaptionLog extends Watchable {
  readonly #room: CaptionRoom;
  readonly #lines = new Map<string, SeenLine>();
  #sorted: readonly SeenLine[] = [];
  #revision: number | null = null;
  /** Events may have been missed: those that come now do not say that everything before them is known. */
  #isStale = true;
  #losses = 0;
  #syncing: Promise<void> | null = null;
  #isSyncDue = false;
  #stops: (() => void)[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** What is being said, and when this page got it, by its own clock; null when that is a line. */
  draft: (CaptionDraft & { gotAt: number }) | null = null;
  /** `key` of whoever reads; null before anything was read. */
  ownKey: string | null = null;
  isOffline = false;

  constructor(room: CaptionRoom) {
    super();
    this.#room = room;
  }

  /** In the order they were said, taken-away ones left out. */
  get lines(): readonly SeenLine[] {
    return this.#sorted;
  }

  get isLoaded(): boolean {
    return this.#revision !== null;
  }

  /** Begins to follow the show; again, it changes nothing. */
  start(): void {
    if (this.#stops.length > 0) return;
    const { client, store, showId } = this.#room;
    let joins = store.joinCount;
    this.#stops = [
      client.on('caption.changed', (event) => {
        if (event.showId !== showId) return;
        this.draft = event.draft && { ...event.draft, gotAt: Date.now() };
        if (!this.#isStale && this.#revision !== null) this.#revision = Math.max(this.#revision, ...event.lines.map(({ revision }) => revision));
        this.#take(event.lines, store.pictureNow());
      }),
      client.socket.onState((state) => {
        if (state !== 'offline') return;
        this.#isStale = true;
        this.#losses += 1;
      }),
      store.subscribe(() => {
        if (store.joinCount === joins) return;
        joins = store.joinCount;
        void this.sync();
      }),
    ];
    void this.sync();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#retry);
  }

  /** Takes a line that an answer of the server held. */
  put(line: CaptionLine): void {
    this.#take([line], this.#room.store.pictureNow());
  }

  /** Reads what has changed since the last answer of the server. */
  async sync(): Promise<void> {
    this.#isSyncDue = true;
    this.#syncing ??= this.#syncWhileDue().finally(() => {
      this.#syncing = null;
    });
    await this.#syncing;
  }

  async #syncWhileDue(): Promise<void> {
    const { client, showId, store } = this.#room;
    while (this.#isSyncDue) {
      this.#isSyncDue = false;
      const since = this.#revision;
      const losses = this.#losses;
      const query = since === null ? { limit: String(PAGE) } : { after: String(since), limit: String(RESYNC_PAGE) };
      const page = await client.call(readCaptions, { params: { showId }, query });
      this.isOffline = !page.ok;
      if (!page.ok) {
        clearTimeout(this.#retry);
        if (this.#stops.length > 0 && isRetryable(page.error)) this.#retry = setTimeout(() => void this.sync(), RETRY_MS * (0.75 + Math.random() / 2));
        this.changed();
        return;
      }
      const { lines, revision, you } = page.value;
      this.ownKey = you;
      // A full page is not all of it.
      if (since !== null && lines.length === RESYNC_PAGE) this.#isSyncDue = true;
      this.#isStale = this.#isSyncDue || losses !== this.#losses;
      this.#revision = Math.max(revision, since ?? 0);
      this.#take(lines, since === null ? -Infinity : store.pictureNow());
    }
  }

  #take(lines: readonly CaptionLine[], pictureAt: number): void {
    for (const line of lines) {
      const known = this.#lines.get(line.id);
      if (!known || line.revision >= known.revision) this.#lines.set(line.id, { ...line, seenAt: known?.seenAt ?? pictureAt });
    }
    const all = [...this.#lines.values()].sort((a, b) => a.position - b.position);
    for (const old of all.splice(0, Math.max(0, all.length - KEPT))) this.#lines.delete(old.id);
    this.#sorted = all.filter(({ isRemoved }) => !isRemoved).sort((a, b) => a.at - b.at || a.position - b.position);
    this.changed();
  }
}
