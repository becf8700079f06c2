// Owns the chat of a show: reading in step with the picture, writing, and for its staff ruling it in the same place.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../server/protocol/chat.ts';
import type { OrderedByCode } from '../../server/protocol/codes.ts';
import { CHAT_NAME_LIMIT, MESSAGE_LIMIT } from '../../server/protocol/chat-limits.ts';
import { loadFollowing } from '../following/loader.ts';
import { Localize } from '../i18n/index.ts';
import { chatMessages } from '../i18n/chat.ts';
import { errorMessages } from '../i18n/errors.ts';
import { deviceStorage, type Failure, Kept, sendShowEvent, VisitConsumer } from '../show/index.ts';
import { buttonStyles, fieldStyles, icon, type RestrictKind, restrictStyles, tokens } from '../ui/index.ts';
import { ChatLog } from './chat-log.ts';
import { orderByCode } from './code-order.ts';
import { PastChat, reached, serverClockAt } from './chat-moments.ts';
import { chatStyles } from './chat.styles.ts';
import { draftRow, type MessageAction, messageRow } from './message-row.ts';
import { act, type Done, restrict } from './moderation.ts';
import { pace, type PacedRow } from './pace.ts';
import { Paced } from './paced.ts';
import { Passing, type PassingLine } from './passing.ts';
import type { ChatRoom } from './room.ts';

/** Nearer to the end than this, a reader wants to see what comes. */
const AT_END_PX = 60;
const NOTICE_MS = 8_000;
/** More lines than this are not kept in the page: a cheap phone draws each of them again. */
const ROWS = 120;
const MORE_ROWS = 100;
/** In a rush: often enough to look alive, seldom enough for a cheap phone. */
const REDRAW_MS = 400;
/** A screen reader needs this long for what it was told. */
const ANNOUNCE_MS = 5_000;
const REPLAY_LOOK_MS = 500;

/**
 * The chat of a show, as text only: in step with the picture while live, at its own time in the replay. Whoever works for the show
 * takes messages away, pins them, mutes and bans in the same place.
 *
 * @tag fieldcast-chat
 * @attr {string} show - Show id, when it stands outside `<fieldcast-show>` and `<fieldcast-live>`.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 *
 * @prop {ChatRoom | null} room - The show's connection, where a page has one of its own (the seller's).
 *
 * @csspart log - The list of messages.
 * @csspart message - One message.
 * @csspart badge - What the author is in the show.
 * @csspart pinned - The message on top.
 * @csspart composer - Where one writes.
 *
 * @cssprop --fieldcast-chat-size - Size of the messages' letters, 16px.
 *
 * @fires {ShowEvent<'fieldcast-cart-change'>} fieldcast-cart-change - A message ordered something by code, and it is in the cart.
 * @fires {ShowEvent<'fieldcast-interaction'>} fieldcast-interaction - A viewer's message was taken (`comment`), or a message reported (`report`).
 * @fires {CustomEvent<{ waiting: number }>} fieldcast-chat-unread - Messages came that nobody has scrolled to; bubbles.
 *
 * @example
 * <fieldcast-chat show="shw_…"></fieldcast-chat>
 */
export class FieldcastChat extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, restrictStyles, chatStyles];

  @property() show = '';
  @property() server = '';
  @property({ attribute: false }) room: ChatRoom | null = null;

  @state() private rowLimit = ROWS;
  @state() private announced = '';
  @state() private openId: string | null = null;
  @state() private restrictedId: string | null = null;
  @state() private answered: ChatMessage | null = null;
  @state() private isPrivate = false;
  @state() private isNaming = false;
  @state() private unread = 0;
  @state() private notice: Done | null = null;
  @query('.log') private list!: HTMLElement;
  @query('#words') private words!: HTMLInputElement;

  #text = new Localize(this, chatMessages);
  #errors = new Localize(this, errorMessages);
  #visit = new VisitConsumer(this);
  #room: ChatRoom | null = null;
  #log: ChatLog | null = null;
  #past: PastChat | null = null;
  #stops: (() => void)[] = [];
  #name = new Kept<string>(deviceStorage(), 'chat-name', (value) => typeof value === 'string' && value.length <= CHAT_NAME_LIMIT);
  #isAtEnd = true;
  /** Messages are only measured when they come into view, and then the list grows under the reader. */
  readonly #growth = new ResizeObserver(() => {
    if (this.#isAtEnd && this.list) this.list.scrollTop = this.list.scrollHeight;
  });
  #grown: Element | null = null;
  #seenId: string | null = null;
  #due: ReturnType<typeof setTimeout> | undefined;
  #hushing: ReturnType<typeof setTimeout> | undefined;
  readonly #redraw = new Paced(() => this.requestUpdate(), REDRAW_MS);
  readonly #announce = new Paced(() => this.#sayNewest(), ANNOUNCE_MS);
  readonly #passing = new Passing(() => this.requestUpdate());
  #opened: ReadonlySet<number> = new Set();
  #toldPosition = Infinity;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#enter(null);
    this.#growth.disconnect();
    this.#grown = null;
    this.#redraw.stop();
    this.#announce.stop();
    this.#passing.stop();
    clearTimeout(this.#hushing);
  }

  protected override willUpdate(): void {
    const visit = this.#visit.visit;
    this.#enter(this.isConnected ? (this.room ?? visit) : null);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const newest = this.list?.querySelector<HTMLElement>('.message:last-of-type');
    const list = this.list?.firstElementChild ?? null;
    if (list !== this.#grown) {
      this.#growth.disconnect();
      if (list) this.#growth.observe(list);
      this.#grown = list;
    }
    if (this.#isAtEnd && this.list) this.list.scrollTop = this.list.scrollHeight;
    this.#count(newest?.dataset['id'] ?? null);
  }

  override render() {
    const text = this.#text.text;
    const log = this.#log;
    if (!this.#room || !log) return nothing;
    const replay = this.#room.playhead?.replay ?? null;
    const messages = this.#present();
    const pinned = replay ? undefined : messages.findLast((message) => message.isPinned);
    // Staff see all that comes; so does who watches it again and may stop it.
    const all = this.#isStaff || replay ? messages.map((message): PacedRow => ({ id: message.id, message })) : pace(messages, log.ownKey, this.#opened);
    const rows = all.slice(-this.rowLimit);
    return html`<div class="chat">
      ${pinned
        ? html`<p class="pinned" part="pinned">${icon('pin')}<span><span class="visually-hidden">${text.pinned}: </span><strong>${pinned.author.name}</strong> <span dir="auto">${pinned.text}</span></span></p>`
        : nothing}
      <p class="visually-hidden" role="status">${this.announced}</p>
      <div class="log" part="log" role="log" aria-live="off" aria-label=${text.title} tabindex="0" @scroll=${this.#onScroll}><ul>
        ${!replay && (log.hasOlder || rows.length < all.length) ? html`<li class="older"><button class="button" type="button" @click=${this.#loadOlder}>${text.older}</button></li>` : nothing}
        ${messages.length === 0 && !this.isNaming && (log.isLoaded || log.fault) ? html`<li class="empty">${log.fault ? text.offline : replay ? text.emptyReplay : this.#isStaff ? text.emptyStaff : text.empty}</li>` : nothing}
        ${!log.isLoaded && !log.fault ? html`<li class="empty" role="status">${text.loading}</li>` : nothing}
        ${repeat(
          rows,
          ({ id }) => id,
          (row) => ('count' in row ? html`<li class="skipped"><button type="button" @click=${() => this.#openWindow(row.window)}>${text.skipped(row.count)}</button></li>` : this.#row(row.message, log)),
        )}
        ${log.drafts.map((draft) =>
          draftRow(draft, draft.fault ? this.#reason(draft.fault) : '', text, { retry: () => void log.retry(draft, this.#name.read() ?? ''), discard: () => log.discard(draft) }),
        )}
      </ul></div>
      ${this.#passing.line && !replay ? html`<p class="passing" dir="auto">${this.#passed(this.#passing.line)}</p>` : nothing}
      ${this.unread > 0 ? html`<button class="button primary fresh" type="button" @click=${this.#toEnd}>${text.fresh(this.unread)}</button>` : nothing}
      ${this.notice
        ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}" role="status">
            <span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${this.#undo}>${icon('undo')}${text.undo}</button>` : nothing}
          </p>`
        : nothing}
      ${replay ? nothing : html`${this.#followFirst(log)}${this.#composer()}`}
    </div>`;
  }

  #passed(line: PassingLine): string {
    const { passing, guest } = this.#text.text;
    if (line.kind === 'bought') return passing.bought(line.name || guest, line.quantity, line.product);
    if (line.kind === 'orders') return passing.orders(line.count);
    const [name] = line.names;
    if (line.count === 1) return passing.came(name ?? guest);
    return name ? passing.cameWith(name, line.count - 1) : passing.cameMany(line.count);
  }

  #row(message: ChatMessage, log: ChatLog) {
    return messageRow(message, {
      text: this.#text.text,
      isOwn: message.author.key === log.ownKey,
      isStaff: this.#isStaff,
      isOpen: message.id === this.openId,
      isRestricting: message.id === this.restrictedId,
      onOpen: () => {
        this.openId = message.id === this.openId ? null : message.id;
        this.restrictedId = null;
      },
      onAction: (action) => void this.#act(action, message),
      onRestrict: (kind, minutes) => void this.#restrict(message, kind, minutes),
    });
  }

  #openWindow(window: number): void {
    this.#opened = new Set([...this.#opened, window]);
    this.#isAtEnd = false;
    this.requestUpdate();
  }

  /** At most one sentence in some seconds, however fast they come. */
  #sayNewest(): void {
    const log = this.#log;
    const shown = this.#present();
    const fresh = shown.filter(({ position, author }) => position > this.#toldPosition && author.key !== log?.ownKey);
    const newest = fresh.at(-1);
    if (log?.isLoaded) this.#toldPosition = shown.at(-1)?.position ?? 0;
    if (!newest) return;
    const text = this.#text.text;
    const last = `${newest.author.name || text.guest}${text.colon}${newest.text}`;
    this.announced = fresh.length === 1 ? last : `${text.fresh(fresh.length)}${text.colon}${last}`;
  }

  /** Where only followers write, following is what lets a message through. */
  #followFirst(log: ChatLog) {
    const seller = this.#room?.store.snapshot?.show.sellerId;
    const waiting = log.drafts.filter(({ fault }) => fault?.params?.['writers'] === 'followers');
    if (waiting.length === 0 || !seller) return nothing;
    loadFollowing();
    const send = ({ detail }: CustomEvent<{ isFollowing: boolean }>) => {
      if (detail.isFollowing) for (const draft of waiting) void log.retry(draft, this.#name.read() ?? '');
    };
    return html`<fieldcast-follow-button .link=${this.#room} seller=${seller} @fieldcast-follow=${send}></fieldcast-follow-button>`;
  }

  #composer() {
    const text = this.#text.text;
    const name = this.#name.read() ?? '';
    if (this.isNaming) {
      return html`<form class="composer naming" part="composer" @submit=${this.#saveName}>
        <div class="field">
          <label for="name">${text.name}</label>
          <input id="name" maxlength=${CHAT_NAME_LIMIT} autocomplete="nickname" .value=${name} aria-describedby="name-hint" />
          <span id="name-hint" class="muted">${text.nameHint}</span>
        </div>
        <button class="button primary" type="submit">${text.nameSave}</button>
        <fieldcast-forget-me .link=${this.#room} @fieldcast-forgotten=${() => this.#name.erase()}></fieldcast-forget-me>
      </form>`;
    }
    return html`<form class="composer" part="composer" @submit=${this.#onSubmit}>
      ${this.answered
        ? html`<p class="answering">
            <span>${(this.isPrivate ? text.privateTo : text.answerTo)(this.answered.author.name || text.guest)}</span>
            <button class="icon-button" type="button" aria-label=${text.cancelAnswer} @click=${() => (this.answered = null)}>${icon('close')}</button>
          </p>`
        : nothing}
      <div class="row">
        ${this.#isStaff
          ? nothing
          : html`<button class="icon-button" type="button" aria-label=${text.nameChange(name)} @click=${this.#askName}>${icon('user')}</button>`}
        <input id="words" class="words-field" maxlength=${MESSAGE_LIMIT} enterkeyhint="send" autocomplete="off" placeholder=${text.placeholder} aria-label=${text.write} />
        <button class="icon-button primary" type="submit" aria-label=${text.send}>${icon('send')}</button>
      </div>
    </form>`;
  }

  get #isStaff(): boolean {
    return this.#room?.store.isStaff ?? false;
  }

  /** Messages that belong to what is on the screen. */
  #present(): readonly ChatMessage[] {
    const room = this.#room;
    const log = this.#log;
    clearTimeout(this.#due);
    if (!room || !log) return [];
    const replay = room.playhead?.replay;
    if (replay) {
      const at = serverClockAt(replay, room.playhead?.timeMs ?? 0);
      this.#due = setTimeout(() => this.requestUpdate(), REPLAY_LOOK_MS);
      return at === null ? [] : (this.#past?.upTo(at) ?? []);
    }
    if (this.#isStaff) return log.messages;
    const { due, nextInMs } = reached(log.messages, room.store.pictureNow(), log.ownKey);
    if (nextInMs !== null) this.#due = setTimeout(() => this.requestUpdate(), nextInMs);
    return due;
  }

  #enter(room: ChatRoom | null): void {
    if (room === this.#room) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#due);
    this.#log?.stop();
    this.#room = room;
    this.#log = this.#past = null;
    this.#passing.stop();
    this.openId = this.answered = null;
    this.unread = 0;
    if (!room) return;
    const { client, showId, store } = room;
    let joins = store.joinCount;
    const log = new ChatLog({
      call: client.call,
      on: client.on,
      showId,
      onJoin: (listener) =>
        store.subscribe(() => {
          if (store.joinCount === joins) return;
          joins = store.joinCount;
          listener();
        }),
      onLost: (listener) => client.socket.onState((connection) => connection === 'offline' && listener()),
      keepToken: (token) => room.viewer?.keep(token),
      onOrdered: (ordered) => this.#order(ordered),
      onPosted: () => this.#tellDone('comment'),
    });
    this.#log = log;
    this.#past = new PastChat(client.call, showId);
    this.rowLimit = ROWS;
    this.#opened = new Set();
    this.#toldPosition = Infinity;
    const redraw = () => {
      this.#redraw.ask();
      this.#announce.ask();
    };
    this.#stops = [client.on('notices.told', (event) => event.showId === showId && this.#passing.take(event)), log.subscribe(redraw), this.#past.subscribe(redraw), store.subscribe(redraw), room.playhead?.subscribe(redraw) ?? (() => undefined)];
    log.start();
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const words = this.words.value.trim();
    if (words === '') return;
    if (!this.#isStaff && this.#name.read() === null) {
      this.#askName();
      this.#pending = words;
      return;
    }
    this.words.value = '';
    void this.#send(words);
  }

  /** What waits for the name to be given. */
  #pending = '';

  #askName(): void {
    this.isNaming = true;
    loadFollowing();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#name')?.focus());
  }

  async #saveName(event: Event): Promise<void> {
    event.preventDefault();
    this.#name.write(this.renderRoot.querySelector<HTMLInputElement>('#name')?.value.trim() ?? '');
    this.isNaming = false;
    const words = this.#pending;
    this.#pending = '';
    await this.updateComplete;
    this.words.focus();
    if (words) void this.#send(words);
  }

  async #send(words: string): Promise<void> {
    const { answered: replyTo, isPrivate } = this;
    const pictureAt = this.#isStaff ? undefined : this.#room?.store.pictureNow();
    this.answered = null;
    this.#isAtEnd = true;
    await this.#log?.send(words, { name: this.#name.read() ?? '', replyTo, isPrivate: isPrivate && replyTo !== null, ...(pictureAt === undefined ? {} : { pictureAt }) });
  }

  #tellDone(deed: 'comment' | 'report'): void {
    const visit = this.#visit.visit;
    if (visit && !this.#isStaff) sendShowEvent(this, visit, 'fieldcast-interaction', { deed, count: 1 });
  }

  /** Puts what was written by code into this page's cart. */
  #order(ordered: OrderedByCode): void {
    const visit = this.#visit.visit;
    const done = visit && orderByCode(visit, ordered, this.#text.text);
    if (!visit || !done) return;
    this.#say(done);
    for (const { variantId } of ordered) sendShowEvent(this, visit, 'fieldcast-cart-change', { variantId, quantity: visit.cart.quantityOf(variantId), count: visit.cart.count });
  }

  async #act(action: MessageAction, message: ChatMessage): Promise<void> {
    const room = this.#room;
    if (action === 'restrict') {
      this.restrictedId = message.id;
      return;
    }
    this.openId = null;
    if (!room) return;
    if (action === 'reply' || action === 'private') {
      this.answered = message;
      // What was said in private is answered in private, whatever the button.
      this.isPrivate = action === 'private' || message.isPrivate;
      await this.updateComplete;
      this.words.focus();
      return;
    }
    const done = await act(room, action, message, this.#text.text);
    if (done.message) this.#log?.put(done.message);
    if (action === 'report' && !done.isFault) this.#tellDone('report');
    this.#say(done);
  }

  async #restrict(message: ChatMessage, kind: RestrictKind, minutes: number): Promise<void> {
    this.openId = this.restrictedId = null;
    if (this.#room) this.#say(await restrict(this.#room, message, kind, minutes, this.#text.text));
  }

  #say(notice: Done | null): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    if (notice) this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const undo = this.notice?.undo;
    this.#say(null);
    await undo?.();
  }

  #reason({ code, params }: Failure): string {
    const text = this.#text.text;
    const reason = String(params?.['reason'] ?? params?.['writers'] ?? '');
    if (reason in text.reasons) return text.reasons[reason as keyof typeof text.reasons];
    if (code === 'chat.slow-mode') return text.slow(Number(params?.['seconds'] ?? 1));
    if (code === 'chat.restricted' && params?.['endsAt']) return text.until(this.#text.dateTime(Number(params['endsAt'])));
    return this.#errors.text[code];
  }

  async #loadOlder(): Promise<void> {
    const { list } = this;
    const below = list.scrollHeight - list.scrollTop;
    // Lines that were left out of the page come first, then those of the server.
    if (this.rowLimit >= (this.#log?.messages.length ?? 0)) await this.#log?.loadOlder();
    this.rowLimit += MORE_ROWS;
    await this.updateComplete;
    // What was in sight stays in sight.
    list.scrollTop = list.scrollHeight - below;
  }

  #onScroll(): void {
    const { list } = this;
    this.#isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < AT_END_PX;
    if (!this.#isAtEnd) return;
    this.unread = 0;
    this.rowLimit = ROWS;
  }

  #toEnd(): void {
    this.#isAtEnd = true;
    this.unread = 0;
    this.list.scrollTop = this.list.scrollHeight;
  }

  #count(newestId: string | null): void {
    if (newestId === this.#seenId) return;
    const isFirst = this.#seenId === null;
    this.#seenId = newestId;
    if (isFirst || this.#isAtEnd) return;
    this.unread += 1;
    this.dispatchEvent(new CustomEvent('fieldcast-chat-unread', { detail: { waiting: this.unread }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-chat': FieldcastChat;
  }
}
