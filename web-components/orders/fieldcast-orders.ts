// Owns the order desk element: queues, search, the list, what was just done and how to take it back. What is beside the list is its pages'.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PaperKind, Queue } from '../../server/protocol/desk.ts';
import { exportOrders, readOrderMoments } from '../../server/protocol/endpoints.ts';
import type { Order, OrderState } from '../../server/protocol/order.ts';
import type { OrderMoments } from '../../server/protocol/replay.ts';
import { Localize } from '../i18n/index.ts';
import { ordersMessages, type OrdersMessages } from '../i18n/orders.ts';
import { OwnStaffRoom, type StaffRoom } from '../show/index.ts';
import { buttonStyles, fieldStyles, icon, type IconName, rowStyles, tokens } from '../ui/index.ts';
import { batchBar } from './batch-bar.ts';
import { OrderBook } from './order-book.ts';
import { orderCard } from './order-card.ts';
import { orderSheet, type SheetPage } from './order-sheet.ts';
import { ordersStyles } from './orders.styles.ts';
import { sign } from '../ui/signs.ts';
import { print } from './printing.ts';
import type { DeskPage, MoneyParts, Notice } from './room.ts';
import { saveFile } from '../ui/save-file.ts';

const NOTICE_MS = 10_000;
const TYPING_MS = 300;
/** Always there; the others when something is in them. */
const usual: readonly Queue[] = ['confirm', 'pack', 'ship', 'sent'];
const shownQueues: readonly Queue[] = ['confirm', 'claimed', 'pack', 'ship', 'problems', 'sent', 'refused', 'unpaid', 'done', 'all'];
const sections = { packing: 'basket', import: 'plus', record: 'user', webhook: 'send' } as const satisfies Record<string, IconName>;
type Section = keyof typeof sections;

/**
 * Where sellers and operators work orders: queues with counts, search, one big next step, batches with undo, calls, labels, packing
 * list, receipts, tracking numbers, tables out and in; for operators also who sells by law, and webhooks.
 * Stands on the server's own origin, on a device that is signed in as host, operator, or helper with the right `orders`.
 *
 * @tag fieldcast-orders
 * @attr {string} show - Orders of this show.
 * @attr {string} seller - Orders of all shows of this seller (operators only); beside `show`, whose record and webhook are changed.
 * @prop {StaffRoom | null} room - A connection that is there already; without it the element opens its own.
 * @attr {string} lang - `zh-CN` or `en`; the page's or the browser's language by default.
 * @csspart frame - The whole desk.
 */
export class FieldcastOrders extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, rowStyles, ordersStyles];

  /** The entry of the bundle sets it. */
  static money: MoneyParts | null = null;

  @property() show = '';
  @property() seller = '';
  @property({ attribute: false }) room: StaffRoom | null = null;
  @state() private section: Section | 'tools' | null = null;
  @state() private notice: Notice | null = null;
  @state() private sheet: { order: Order; page: SheetPage; moments: OrderMoments | null } | null = null;
  @state() private isBusy = false;
  readonly #words = new Localize<OrdersMessages>(this, ordersMessages);
  readonly #own = new OwnStaffRoom(() => this.requestUpdate());
  #page: DeskPage | null = null;
  #book: OrderBook | null = null;
  #lastCourier = '';
  #hushing: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
    this.#own.close();
    clearTimeout(this.#hushing);
    clearTimeout(this.#typing);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.isConnected) return;
    if (changed.has('show') || changed.has('seller')) this.#leave();
    if (!this.room && (this.show || this.seller)) this.#own.open(this.show);
    const room = this.room ?? this.#own.room;
    if (room === (this.#page?.room ?? null)) return;
    this.#leave();
    if (room) this.#enter(room);
  }

  protected override updated(): void {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal();
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const page = this.#page;
    if (!page || !this.#book) {
      const { fault } = this.#own;
      return html`<p class="empty" role=${fault ? 'alert' : 'status'}>${fault ? words.errors[fault.code] : words.loading}</p>`;
    }
    return html`<div class="desk" part="frame">
      ${this.section === null ? this.#list(page, this.#book) : this.section === 'tools' ? this.#tools(page, this.#book) : this.#section(page, this.#book, this.section)}
      <div class="foot">
        ${this.section === null && this.#book.chosen.length > 0 ? this.#batch(page, this.#book) : nothing}
        <div role="status">${this.notice ? this.#noticeBar(this.notice) : nothing}</div>
      </div>
      ${this.#sheet(page)}
    </div>`;
  }

  #list(page: DeskPage, book: OrderBook): TemplateResult {
    const words = this.#words.text;
    return html`
      <h2 class="visually-hidden">${words.title}</h2>
      <div class="find">
        <input type="search" aria-label=${words.find} placeholder=${words.findHint} maxlength="60" .value=${book.search} @input=${(event: Event) => this.#type((event.target as HTMLInputElement).value)} />
        <button class="icon-button tools" type="button" aria-label=${words.tools} @click=${() => (this.section = 'tools')}>${icon('more')}</button>
      </div>
      ${book.search
        ? html`<p class="found" role="status">${words.found(book.search)}</p>`
        : html`<div class="queues" role="group" aria-label=${words.title}>
            ${shownQueues
              .filter((queue) => usual.includes(queue) || queue === book.queue || queue === 'all' || (book.counts?.[queue] ?? 0) > 0)
              .map((queue) => {
                const count = book.counts?.[queue] ?? 0;
                return html`<button class="button queue ${queue}" type="button" aria-pressed=${book.queue === queue ? 'true' : 'false'} @click=${() => void book.show(queue)}>
                  ${words.queues[queue]}${count > 0 ? html` <span class="count">${this.#words.number(count)}</span>` : nothing}
                </button>`;
              })}
          </div>`}
      ${book.orders.length > 1
        ? html`<label class="all"><input type="checkbox" .checked=${book.chosen.length === book.orders.length} @change=${(event: Event) => book.selectAll((event.target as HTMLInputElement).checked)} />${words.selectAll}</label>`
        : nothing}
      ${this.#orders(page, book)}
    `;
  }

  #orders(page: DeskPage, book: OrderBook): TemplateResult {
    const words = this.#words.text;
    if (book.fault && !book.isLoaded) {
      return html`<div class="empty" role="alert"><p>${words.errors[book.fault.code]}</p><button class="button" type="button" @click=${() => void book.refresh()}>${icon('retry')}${words.retry}</button></div>`;
    }
    if (!book.isLoaded) return html`<p class="empty" role="status">${words.loading}</p>`;
    if (book.orders.length === 0) {
      if (book.search) return html`<div class="empty"><h3>${words.notFound}</h3><p>${words.notFoundHint}</p></div>`;
      const isNew = book.counts?.all === 0;
      return html`<div class="empty">${icon(isNew ? 'bell' : 'check')}<h3>${words.empty[isNew ? 'all' : (book.queue ?? 'all')]}</h3><p>${isNew ? words.emptyAll : words.emptyHint}</p></div>`;
    }
    return html`<ul class="orders">
        ${repeat(
          book.orders,
          ({ id }) => id,
          (order) =>
            orderCard({
              order,
              localize: this.#words,
              isSelected: book.selected.has(order.id),
              isBusy: book.busy.has(order.id),
              money: FieldcastOrders.money?.inCard(order, page) ?? null,
              onSelect: () => book.toggle(order.id),
              onStep: (to) => (to === 'shipped' ? (this.sheet = { order, page: 'send', moments: null }) : void this.#move([order], to)),
              onMore: () => (this.sheet = { order, page: 'menu', moments: null }),
            }),
        )}
      </ul>
      ${book.next === null ? nothing : html`<button class="button wide" type="button" @click=${() => void book.more()}>${words.more}</button>`}`;
  }

  #batch(page: DeskPage, book: OrderBook): TemplateResult {
    return batchBar({
      orders: book.chosen,
      words: this.#words.text,
      isBusy: this.isBusy,
      onStep: (to) => void this.#move(book.chosen, to),
      onPrint: (kind) => void print(page, kind, book.chosen),
      onNone: () => book.selectAll(false),
    });
  }

  #tools(page: DeskPage, book: OrderBook): TemplateResult {
    const words = this.#words.text;
    const isOperators = page.room.session.role === 'operator' && this.#sellerId() !== '';
    const shown = (Object.keys(sections) as Section[]).filter((name) => name === 'packing' || name === 'import' || isOperators);
    return html`${this.#head(words.tools, () => (this.section = null))}
      <ul class="menu">
        ${shown.map(
          (name) => html`<li>
            <button type="button" @click=${() => (this.section = name)}>${icon(sections[name])}<span class="grow"><strong>${words.sections[name]}</strong><span class="soft">${words.hints[name]}</span></span>${icon('forward')}</button>
          </li>`,
        )}
        <li>
          <button type="button" ?disabled=${this.isBusy} @click=${() => void this.#download(page, book)}>
            ${sign('save')}<span class="grow"><strong>${words.download}</strong><span class="soft">${words.downloadHint(book.search ? words.found(book.search) : words.queues[book.queue ?? 'all'])}</span></span>
          </button>
        </li>
      </ul>`;
  }

  #section(page: DeskPage, book: OrderBook, name: Section): TemplateResult {
    const pages: Record<Section, () => TemplateResult> = {
      packing: () => html`<fieldcast-orders-packing .desk=${page} .scope=${book.scopeQuery}></fieldcast-orders-packing>`,
      import: () => html`<fieldcast-orders-import .desk=${page} .scope=${book.scopeQuery} .book=${book}></fieldcast-orders-import>`,
      record: () => html`<fieldcast-orders-record .desk=${page} .sellerId=${this.#sellerId()}></fieldcast-orders-record>`,
      webhook: () => html`<fieldcast-orders-webhook .desk=${page} .sellerId=${this.#sellerId()}></fieldcast-orders-webhook>`,
    };
    return html`${this.#head(this.#words.text.sections[name], () => (this.section = 'tools'))} ${pages[name]()}`;
  }

  #head(title: string, onBack: () => void): TemplateResult {
    return html`<header class="head"><button class="icon-button" type="button" aria-label=${this.#words.text.back} @click=${onBack}>${icon('back')}</button><h2>${title}</h2></header>`;
  }

  #noticeBar(notice: Notice): TemplateResult {
    const words = this.#words.text;
    return html`<p class="notice ${notice.isFault ? 'fault' : ''}">
      <span>${notice.text}</span>
      ${notice.href ? html`<a class="button" href=${notice.href} target="_blank" rel="noopener">${words.print.open}</a>` : nothing}
      ${notice.undo
        ? html`<button class="button" type="button" @click=${() => this.#undo(notice)}>${icon('undo')}${words.undo}</button>`
        : html`<button class="icon-button" type="button" aria-label=${words.close} @click=${() => (this.notice = null)}>${icon('close')}</button>`}
    </p>`;
  }

  #sheet(page: DeskPage): TemplateResult | typeof nothing {
    if (!this.sheet) return nothing;
    const { order, page: open, moments } = this.sheet;
    return orderSheet({
      order,
      page: open,
      moments,
      localize: this.#words,
      serverUrl: page.room.client.serverUrl,
      lastCourier: this.#lastCourier,
      note: FieldcastOrders.money?.inSheet(order, page, () => (this.sheet = null)) ?? null,
      back: FieldcastOrders.money?.backInSheet(order, page, () => this.#settled()) ?? null,
      onClose: () => (this.sheet = null),
      onPage: (next) => {
        this.sheet = { order, page: next, moments: null };
        if (next === 'moment') void this.#moments(page, order);
      },
      onMove: (to) => {
        this.sheet = null;
        void this.#move([order], to);
      },
      onTrack: (tracking, isSending) => void this.#track(order, tracking, isSending),
      onPrint: (kind: PaperKind) => {
        this.sheet = null;
        void print(page, kind, [order]);
      },
    });
  }

  // What is done

  #enter(room: StaffRoom): void {
    this.#page = { room, words: this.#words, tell: (notice) => this.#tell(notice) };
    this.#book = new OrderBook({ room, scope: { showId: this.show || room.showId, sellerId: this.seller }, onChange: () => this.requestUpdate() });
    void this.#book.begin();
  }

  #leave(): void {
    this.#book?.close();
    this.#book = null;
    this.#page = null;
    this.sheet = null;
  }

  #sellerId(): string {
    return this.seller || (this.#book?.orders[0]?.sellerId ?? '');
  }

  #type(words: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#book?.find(words.trim()), TYPING_MS);
  }

  async #move(orders: readonly Order[], to: OrderState): Promise<void> {
    const book = this.#book;
    const [only] = orders;
    if (!book || !only || orders.some(({ id }) => book.busy.has(id))) return;
    this.isBusy = true;
    const outcome = await book.move(orders, to);
    this.isBusy = false;
    const words = this.#words.text;
    if (!outcome.ok) return this.#tell({ text: words.errors[outcome.error.code], isFault: true });
    const { batchId, moved, refused } = outcome.value;
    const [fault] = refused;
    if (moved.length === 0 && fault) return this.#tell({ text: words.errors[fault.code as keyof typeof words.errors] ?? words.notMoved(refused.length), isFault: true });
    const done = orders.length === 1 ? words.moved(only.number, words.states[to]) : words.movedMany(moved.length, words.states[to]);
    this.#tell({ text: refused.length > 0 ? `${done}. ${words.notMoved(refused.length)}` : done, undo: () => this.#takeBack(batchId) });
  }

  async #takeBack(batchId: string): Promise<void> {
    const words = this.#words.text;
    const outcome = await this.#book?.undo(batchId);
    if (!outcome) return;
    if (!outcome.ok) return this.#tell({ text: words.errors[outcome.error.code], isFault: true });
    const [fault] = outcome.value.refused;
    if (fault && outcome.value.undone.length === 0) return this.#tell({ text: words.errors[fault.code as keyof typeof words.errors], isFault: true });
    this.#tell({ text: fault ? `${words.undone}. ${words.notMoved(outcome.value.refused.length)}` : words.undone });
  }

  async #track(order: Order, tracking: { courier: string; number: string }, isSending: boolean): Promise<void> {
    this.sheet = null;
    if (tracking.courier) this.#lastCourier = tracking.courier;
    const hasChanged = tracking.number !== (order.tracking?.number ?? '') || tracking.courier !== (order.tracking?.courier ?? '');
    const kept = hasChanged ? await this.#book?.track(order, tracking) : undefined;
    if (kept && !kept.ok) return this.#tell({ text: this.#words.text.errors[kept.error.code], isFault: true });
    if (isSending) await this.#move([order], 'shipped');
    else this.#tell({ text: this.#words.text.saved });
  }

  async #moments({ room }: DeskPage, order: Order): Promise<void> {
    const outcome = await room.client.call(readOrderMoments, { params: { orderId: order.id } });
    if (this.sheet?.order.id !== order.id || this.sheet.page !== 'moment') return;
    if (outcome.ok) {
      this.sheet = { order, page: 'moment', moments: outcome.value };
      return;
    }
    this.sheet = null;
    this.#tell({ text: this.#words.text.errors[outcome.error.code], isFault: true });
  }

  async #download({ room }: DeskPage, book: OrderBook): Promise<void> {
    this.isBusy = true;
    const queue = book.queue ?? 'all';
    const file = await room.client.call(exportOrders, { query: { ...book.scopeQuery, queue, ...(book.search ? { search: book.search } : {}) }, timeoutMs: 120_000 });
    this.isBusy = false;
    if (file.ok) saveFile(file.value as Blob, `orders-${queue}.csv`);
    else this.#tell({ text: this.#words.text.errors[file.error.code], isFault: true });
  }

  #tell(notice: Notice): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    // A fault, and a page that waits, stay until they are closed.
    if (!notice.isFault && !notice.href) this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  #settled(): void {
    this.sheet = null;
    void this.#book?.refresh();
  }

  #undo(notice: Notice): void {
    this.notice = null;
    void notice.undo?.();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-orders': FieldcastOrders;
  }
}
