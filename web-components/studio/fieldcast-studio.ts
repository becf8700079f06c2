// Owns the studio element: the way in, the open show, and what was just done. Its pages are drawn and its work is done by its parts.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Order } from '../../server/protocol/index.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { captureFacts, detectInAppBrowser } from '../publish/index.ts';
import { deviceStorage, failure, scriptOrigin } from '../show/index.ts';
import { pictureStyles, tokens } from '../ui/index.ts';
import { endSheet, helperBar, noticeBar, practiceBar, type Tab, tabBar, tabsOf, topBar } from './bars.ts';
import { cameraPage, preview } from './camera-page.ts';
import { cameraPageStyles } from './camera-page.styles.ts';
import { Chime } from './chime.ts';
import { codeIn, Entrance, type Entry } from './entrance.ts';
import { studioFrameStyles } from './fieldcast-studio.styles.ts';
import { failedPage, fullPage, leaveAppPage, otherPersonPage, pickPage } from './full-pages.ts';
import { fullPageStyles } from './full-pages.styles.ts';
import { LARGE_TYPE, readLargeType } from './large-type.ts';
import { type OrdersView, ordersPage } from './orders-page.ts';
import { type Notice, onNotice } from './notice.ts';
import type { OnAir } from './on-air.ts';
import { OpenShow } from './open-show.ts';
import type { LateGroup } from './room/segments.ts';
import { keepPractised, type Practise, PRACTISE, practised } from './training/practised.ts';
import { type Screen, stateOf, type StudioState } from './studio-state.ts';
import { studioStyles } from './studio.styles.ts';

/** How long what was done can be undone, ms. Slow readers need the time. */
const NOTICE_MS = 10_000;
/** Reading aloud goes on after a reload without the chat being opened first. */
const wasReadingAloud = (): boolean => deviceStorage().getItem('fieldcast:read-aloud')?.includes('"isOn":true') ?? false;

/**
 * Everything a seller needs on one phone: camera with checks, going live, shelf, orders.
 * It has to stand on the server's own origin, because the device session is a cookie of it.
 * It fills its box: give it the height of the screen, or set `--fieldcast-studio-height`.
 *
 * A one-time code in the page's address (`#code=...`) signs the device in once; later the same page opens without it.
 *
 * @tag fieldcast-studio
 * @attr {string} show - Show id. Without it: the session's show, the only one there is, or the person picks.
 * @attr {string} server - Origin of the server; the script's own origin by default.
 * @attr {string} lang - `zh-CN` or `en`; the page's or the browser's language by default.
 * @attr {StudioState} state - Reflected: the screen it is on, for styling and tests.
 * @fires {CustomEvent<{ showId: string | null, state: StudioState }>} fieldcast-state-change - The screen is another one.
 * @fires {CustomEvent<{ showId: string, orderId: string, number: number }>} fieldcast-order-received - A new order has come.
 * @slot bar - Links of the page's own beside the title, while nothing is sent.
 * @cssprop --fieldcast-studio-height - Height of the studio; the screen's by default.
 * @csspart frame - The whole studio.
 * @example <script type="module" src="/fieldcast-studio.js"></script><fieldcast-studio></fieldcast-studio>
 */
export class FieldcastStudio extends LitElement {
  static override styles = [tokens, studioStyles, pictureStyles, studioFrameStyles, cameraPageStyles, fullPageStyles];

  @property() show = '';
  @property() server = '';
  @property({ reflect: true }) state: StudioState = 'opening';
  @state() private screen: Screen = { name: 'opening' };
  @state() private tab: Tab = 'camera';
  @state() private notice: Notice | null = null;
  @state() private isEnding = false;
  @state() private copying: 'not' | 'done' | 'failed' = 'not';
  @state() private isBusy = false;
  @state() private isLarge = readLargeType();
  @state() private revision = 0;
  @state() private ordersView: OrdersView = 'orders';
  readonly #words = new Localize(this, studioMessages);
  readonly #chime = new Chime();
  #entrance: Entrance | null = null;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;
  #entering = 0;

  /** Loads the elements of a segment of the room; the entry of the bundle sets it, because elements do not know each other. */
  static loadLate: (group: LateGroup) => Promise<void> = () => Promise.resolve();

  constructor() {
    super();
    onNotice(this, (notice) => this.#tell(notice));
    this.addEventListener(PRACTISE, (event) => this.#practise((event as CustomEvent<Practise>).detail));
    this.addEventListener(LARGE_TYPE, (event) => (this.isLarge = (event as CustomEvent<boolean>).detail));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerdown', this.#unlock);
    addEventListener('hashchange', this.#linked);
    this.#tick = setInterval(() => this.state === 'live' && this.requestUpdate(), 1000);
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.#unlock);
    removeEventListener('hashchange', this.#linked);
    clearInterval(this.#tick);
    clearTimeout(this.#noticeTimer);
    this.#entering += 1;
    this.#open?.close();
    this.#entrance?.close();
    this.#entrance = null;
    this.#chime.close();
  }

  protected override willUpdate(): void {
    this.state = stateOf(this.screen);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ((this.tab === 'orders' || this.tab === 'offers' || this.tab === 'figures') && this.#open) void FieldcastStudio.loadLate(this.tab);
    if (this.#isCoachable) void FieldcastStudio.loadLate('coached');
    if (this.state === 'ready' || this.state === 'live' || this.state === 'ended') void FieldcastStudio.loadLate('cues');
    if (this.#open?.session.role === 'host' && this.#open.store.snapshot) void FieldcastStudio.loadLate('practise');
    if (!changed.has('state')) return;
    if (this.state === 'live') void FieldcastStudio.loadLate('hearts');
    const showId = this.#open?.store.showId ?? null;
    this.dispatchEvent(new CustomEvent('fieldcast-state-change', { detail: { showId, state: this.state }, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { notice } = this;
    const isSmall = this.tab !== 'camera' && this.#open?.onAir?.stream;
    return html`<div class="frame ${isSmall ? 'small-video' : ''} ${this.isLarge ? 'large-type' : ''}" part="frame" role="region" aria-label=${this.#words.text.common.label}>
      ${this.#body(this.screen)}
      <div class="status" role="status">
        ${notice
          ? noticeBar(
              this.#words.text,
              notice,
              () => void this.#undo(notice),
              () => (this.notice = null),
            )
          : nothing}
      </div>
    </div>`;
  }

  // The way in

  get #open(): OpenShow | null {
    return this.screen.name === 'show' ? this.screen.open : null;
  }

  /** Coaches speak to the host alone, in practice and where they are let in; it is loaded when it could come to that. */
  get #isCoachable(): boolean {
    const open = this.#open;
    return open?.session.role === 'host' && ((open.store.snapshot?.show.kind === 'rehearsal' && this.state !== 'ended') || this.state === 'live' || this.state === 'reconnecting');
  }

  #begin(): void {
    const app = detectInAppBrowser(navigator.userAgent);
    // The code is not touched in there: it works once, and has to be left for the browser with the camera.
    if (app) this.screen = { name: 'leave-app', app };
    else void this.#enter();
  }

  /** A link that is put into the address of the open page changes what is after its #, and loads nothing. A show goes on undisturbed. */
  readonly #linked = (): void => {
    if (codeIn(location.href) && !this.#open) this.#begin();
  };

  async #enter(pickedShowId: string | null = null): Promise<void> {
    await this.#go((entrance) => entrance.enter(codeIn(location.href), pickedShowId ?? (codeIn(location.href) ? null : practised()) ?? this.show));
  }

  async #go(way: (entrance: Entrance) => Promise<Entry>): Promise<void> {
    this.#entering += 1;
    const mine = this.#entering;
    this.#open?.close();
    this.screen = { name: 'opening' };
    this.#entrance ??= new Entrance(this.server || scriptOrigin || location.origin);
    const entry = await way(this.#entrance);
    if (mine === this.#entering) await this.#arrive(entry, this.#entrance);
  }

  async #arrive(entry: Entry, { client }: Entrance): Promise<void> {
    if (entry.name !== 'show') {
      this.screen = entry;
      return;
    }
    const open = new OpenShow({
      client,
      session: entry.session,
      showId: entry.showId,
      onChange: () => {
        this.#readChat();
        this.revision += 1;
      },
      onArrival: (order) => this.#arrived(order),
      onWaiting: (count) => this.#claimsWait(count),
      onEnded: () => this.#ended(),
      onRights: () => this.#rightsChanged(),
      onFlipFailed: () => this.#tell({ text: this.#words.text.live.flipFailed, isFault: true }),
    });
    this.screen = { name: 'show', open };
    if (wasReadingAloud()) void FieldcastStudio.loadLate('chat');
    this.tab = tabsOf(open)[0] ?? 'orders';
    await open.start();
  }

  async #retry(): Promise<void> {
    const { screen } = this;
    // A rehearsal may have been erased meanwhile.
    if (screen.name === 'failed' || this.state === 'failed') keepPractised(null);
    if (screen.name === 'pick') await this.#go((entrance) => entrance.pick(screen.session));
    else await this.#enter();
  }

  // What is shown

  #body(screen: Screen): TemplateResult {
    const words = this.#words.text;
    const retry = (): void => void this.#retry();
    switch (screen.name) {
      case 'opening':
        return this.#openingPage();
      case 'leave-app':
        return leaveAppPage({
          words,
          app: screen.app,
          address: location.href,
          copying: this.copying,
          canStay: captureFacts().canCapture,
          onCopy: () => void this.#copyAddress(),
          onStay: () => void this.#enter(),
        });
      case 'failed':
        return failedPage(words, screen.error, retry);
      case 'pick':
        return pickPage({
          localize: this.#words,
          name: screen.session.name,
          shows: screen.shows,
          onPick: (showId) => void this.#enter(showId),
          onNotYou: () => (this.screen = { name: 'other-person', session: screen.session, code: null }),
          onRetry: retry,
        });
      case 'other-person': {
        const { session, code } = screen;
        return otherPersonPage(
          words,
          session.name,
          code !== null,
          () => void this.#go((entrance) => entrance.stay(session, this.show)),
          () => void this.#go((entrance) => (code ? entrance.exchange(code, this.show) : entrance.signOut())),
        );
      }
      default:
        return this.#showPage(screen.open);
    }
  }

  #openingPage(): TemplateResult {
    return fullPage('leaf', this.#words.text.common.opening, '');
  }

  #showPage(open: OpenShow): TemplateResult {
    const { store, onAir } = open;
    const { snapshot } = store;
    if (!snapshot) {
      return this.state === 'failed' && store.error ? failedPage(this.#words.text, store.error, () => void this.#retry()) : this.#openingPage();
    }
    return html`
      <fieldcast-aloud .room=${open.room} hidden></fieldcast-aloud>
      ${topBar(this.#words, open, this.state === 'live', () => (this.isEnding = true))} ${practiceBar(this.#words.text, open, () => this.#practise({ showId: null, isRehearsal: false }))} ${helperBar(this.#words.text, open)}
      ${this.#isCoachable ? html`<fieldcast-studio-coached .room=${open.room}></fieldcast-studio-coached>` : nothing} ${onAir ? preview(onAir, this.state) : nothing}
      ${open.session.role === 'host' && snapshot.show.kind === 'live' ? html`<fieldcast-studio-coaches .room=${open.room}></fieldcast-studio-coaches>` : nothing}
      ${onAir ? this.#cues(open, onAir) : nothing}
      ${this.tab === 'camera' && onAir
        ? html`<div class="stage">
            ${cameraPage({
              localize: this.#words,
              state: this.state,
              open,
              onAir,
              snapshot,
              isBusy: this.isBusy,
              onStartCamera: () => void onAir.openCamera().then(() => onAir.measureUplink()),
              onFlip: () => void this.#busy(() => onAir.flip()),
              onOrders: () => this.#goTo('orders'),
              onFigures: () => this.#goTo('figures'),
            })}
          </div>`
        : html`<div class="page" tabindex="-1">
            ${!tabsOf(open).includes(this.tab)
              ? fullPage('eye', this.#words.text.helper.nothing, this.#words.text.helper.nothingHint)
              : this.tab === 'chat'
              ? html`<fieldcast-studio-room .room=${open.room} .loadLate=${FieldcastStudio.loadLate}></fieldcast-studio-room>`
              : this.tab === 'offers'
              ? html`<fieldcast-studio-promotions .room=${open.room} .snapshot=${snapshot}></fieldcast-studio-promotions>`
              : this.tab === 'figures'
              ? snapshot.show.status === 'ended'
                ? html`<fieldcast-report .room=${open.room}></fieldcast-report>`
                : html`<fieldcast-live-figures .room=${open.room}></fieldcast-live-figures>`
              : this.tab === 'orders'
              ? ordersPage({ words: this.#words.text, open, snapshot, view: this.ordersView, onView: (view) => (this.ordersView = view) })
              : html`<fieldcast-studio-shelf .snapshot=${snapshot} .desk=${open.desk} .rights=${open.rights} .serverUrl=${open.client.serverUrl} .stream=${onAir?.stream ?? null}></fieldcast-studio-shelf>`}
          </div>`}
      ${tabBar(this.#words.text, open, this.tab, (tab) => this.#goTo(tab))} ${this.isEnding && snapshot.show.status !== 'ended'
        ? endSheet(
            this.#words.text,
            snapshot.show.kind === 'rehearsal',
            this.isBusy,
            () => (this.isEnding = false),
            () => void this.#end(),
          )
        : nothing}
    `;
  }

  /** The card in front of the camera; it keeps its place in the script while another page is open. */
  #cues({ room, rights }: OpenShow, { stats, stream }: OnAir): TemplateResult | typeof nothing {
    const isFacing = this.state === 'ready' || this.state === 'connecting' || this.state === 'live' || this.state === 'reconnecting';
    if (!isFacing || !rights.includes('shelf')) return nothing;
    return html`<fieldcast-studio-cues .room=${room} .stats=${stats} .stream=${stream} ?live=${this.state === 'live'} ?hidden=${this.tab !== 'camera'}></fieldcast-studio-cues>`;
  }

  // What is done

  #ended(): void {
    this.#open?.close();
    this.#entrance?.close();
    this.#entrance = null;
    this.notice = null;
    this.screen = { name: 'failed', error: failure('auth.revoked', 'the link was taken back', 401).error };
  }

  #rightsChanged(): void {
    const open = this.#open;
    if (!open) return;
    if (!tabsOf(open).includes(this.tab)) this.tab = tabsOf(open)[0] ?? 'orders';
    this.#tell({ text: this.#words.text.helper.changed });
    this.revision += 1;
  }

  /** From the real show into practice, or out of it. A reload in between comes back to where it was. */
  #practise({ showId, isRehearsal }: Practise): void {
    const open = this.#open;
    keepPractised(isRehearsal ? showId : null);
    this.tab = 'camera';
    // Whoever came by a link for the rehearsal itself has it as the session's show, and is not led back into it.
    const { session } = open ?? {};
    if (showId === null && session && (session.showId === null || session.showId === open?.store.showId)) void this.#go((entrance) => entrance.pick(session));
    else void this.#enter(showId);
  }

  readonly #unlock = (): void => this.#chime.unlock();

  #goTo(tab: Tab): void {
    this.tab = tab;
    if (!this.notice?.undo) this.notice = null;
    if (tab === 'orders') this.#open?.inbox.markSeen();
    this.#readChat();
  }

  /** Messages count as read while the chat is open. */
  #readChat(): void {
    if (this.tab === 'chat' && this.#open) this.#open.unreadMessages = 0;
  }

  #arrived(order: Order): void {
    this.#chime.ring();
    const { orders } = this.#words.text;
    if (this.tab === 'orders') this.#open?.inbox.markSeen();
    // What can be undone is not pushed away; sound and badge tell of the order too.
    else if (!this.notice?.undo) {
      const isClaim = order.money.state === 'claimed';
      const amount = this.#words.money(isClaim ? order.money.dueMinor : order.totalMinor, order.currency);
      this.#tell({ text: isClaim ? orders.claimed(order.buyer.name, amount) : orders.arrived(order.buyer.name, amount) });
    }
    // One that waits for its money is announced when it is paid.
    if (order.state !== 'placed') return;
    const detail = { showId: order.showId, orderId: order.id, number: order.number };
    this.dispatchEvent(new CustomEvent('fieldcast-order-received', { detail, bubbles: true, composed: true }));
  }

  #claimsWait(count: number): void {
    this.#chime.ring();
    if (!this.notice?.undo) this.#tell({ text: this.#words.text.orders.claims(count) });
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.isBusy = false;
    }
  }

  async #end(): Promise<void> {
    const ended = await this.#busy(async () => this.#open?.onAir?.end());
    this.isEnding = false;
    if (ended?.ok) this.#goTo('camera');
    else if (ended) this.#tell({ text: this.#words.text.errors[ended.error.code], isFault: true });
  }

  async #copyAddress(): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLInputElement>('.address');
    try {
      await navigator.clipboard.writeText(location.href);
      this.copying = 'done';
    } catch {
      // Many apps give a page no clipboard, but copy what is selected; else it is selected already for a finger.
      field?.focus();
      field?.select();
      this.copying = document.execCommand('copy') ? 'done' : 'failed';
    }
  }

  #tell(notice: Notice): void {
    clearTimeout(this.#noticeTimer);
    this.notice = notice;
    this.#noticeTimer = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(notice: Notice): Promise<void> {
    this.notice = null;
    const worked = await notice.undo?.();
    const words = this.#words.text;
    this.#tell(worked ? { text: words.shelf.undone } : { text: words.errors['order.wrong-state'], isFault: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-studio': FieldcastStudio;
  }
}
