// Owns the studio element: which screen is shown, and the joints between session, camera, shelf and orders. The work is done by its parts.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Role, Session, Show } from '../../server/protocol/index.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { captureFacts, canGoLive, detectInAppBrowser, type InAppBrowser, type PublisherState } from '../publish/index.ts';
import { type Failure, scriptOrigin, ShowStore } from '../show/index.ts';
import { icon, picture, pictureStyles, tokens } from '../ui/index.ts';
import { Chime } from './chime.ts';
import { codeIn, Entrance, type Entry } from './entrance.ts';
import { studioFrameStyles } from './fieldcast-studio.styles.ts';
import { duration, endedPage, failedPage, fullPage, leaveAppPage, pickPage } from './full-pages.ts';
import { type Notice, onNotice } from './notice.ts';
import { OnAir } from './on-air.ts';
import { OrderInbox } from './order-inbox.ts';
import { adviceBox, checkRow, firstFault } from './preflight-view.ts';
import { ShelfDesk } from './shelf-desk.ts';
import { studioStyles } from './studio.styles.ts';

type Tab = 'camera' | 'shelf' | 'orders';

/**
 * - `opening`, `leave-app`, `failed`, `pick`: on the way in
 * - `greeting`: the camera is off; `ready`: checks before going live
 * - `connecting`, `live`, `reconnecting`: sending; `replaced`: another phone sends; `refused`: the server will not have it
 * - `ended`: over. `desk`: a helper, who has shelf and orders but no camera
 */
export type StudioState = 'opening' | 'leave-app' | 'failed' | 'pick' | 'greeting' | 'ready' | 'connecting' | 'live' | 'reconnecting' | 'replaced' | 'refused' | 'ended' | 'desk';

/** How long what was done can be undone, ms. Slow readers need the time. */
const NOTICE_MS = 10_000;

type Screen =
  | { name: 'opening' }
  | { name: 'leave-app'; app: InAppBrowser }
  | { name: 'failed'; error: Failure }
  | { name: 'pick'; session: Session; shows: Show[] }
  | { name: 'show'; session: Session; store: ShowStore; desk: ShelfDesk; inbox: OrderInbox; onAir: OnAir | null };

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
 * @cssprop --fieldcast-studio-height - Height of the studio; the screen's by default.
 * @csspart frame - The whole studio.
 * @example <script type="module" src="/fieldcast-studio.js"></script><fieldcast-studio></fieldcast-studio>
 */
export class FieldcastStudio extends LitElement {
  static override styles = [tokens, studioStyles, pictureStyles, studioFrameStyles];

  @property() show = '';
  @property() server = '';
  @property({ reflect: true }) state: StudioState = 'opening';
  @state() private screen: Screen = { name: 'opening' };
  @state() private tab: Tab = 'camera';
  @state() private notice: Notice | null = null;
  @state() private isEnding = false;
  @state() private isCopied = false;
  @state() private isBusy = false;
  @state() private revision = 0;
  readonly #words = new Localize(this, studioMessages);
  readonly #chime = new Chime();
  #entrance: Entrance | null = null;
  #showStops: (() => void)[] = [];
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;
  #entering = 0;

  constructor() {
    super();
    onNotice(this, (notice) => this.#tell(notice));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerdown', this.#unlock);
    this.#tick = setInterval(() => this.state === 'live' && this.requestUpdate(), 1000);
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.#unlock);
    clearInterval(this.#tick);
    clearTimeout(this.#noticeTimer);
    this.#entering += 1;
    this.#leaveShow();
    this.#entrance?.close();
    this.#entrance = null;
    this.#chime.close();
  }

  protected override willUpdate(): void {
    this.state = this.#stateNow();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return;
    const showId = this.screen.name === 'show' ? this.screen.store.showId : null;
    this.dispatchEvent(new CustomEvent('fieldcast-state-change', { detail: { showId, state: this.state }, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { screen } = this;
    const isSmall = screen.name === 'show' && this.tab !== 'camera' && this.#stream !== null;
    return html`<div class="frame ${isSmall ? 'small-video' : ''}" part="frame" role="region" aria-label=${this.#words.text.common.label}>
      ${this.#body(screen)}
      <div class="status" role="status">${this.notice ? this.#noticeBar(this.notice) : nothing}</div>
    </div>`;
  }

  // The way in

  #begin(): void {
    const app = detectInAppBrowser(navigator.userAgent);
    // The code is not touched in there: it works once, and has to be left for the browser with the camera.
    if (app) this.screen = { name: 'leave-app', app };
    else void this.#enter();
  }

  async #enter(pickedShowId: string | null = null): Promise<void> {
    this.#entering += 1;
    const mine = this.#entering;
    this.screen = { name: 'opening' };
    this.#entrance ??= new Entrance(this.server || scriptOrigin || location.origin);
    const entry = await this.#entrance.enter(codeIn(location.href), pickedShowId ?? this.show);
    if (mine === this.#entering) await this.#arrive(entry);
  }

  async #arrive(entry: Entry): Promise<void> {
    if (entry.name !== 'show') {
      this.screen = entry;
      return;
    }
    const { client } = this.#entrance as Entrance;
    this.#leaveShow();
    const { session, showId } = entry;
    const store = new ShowStore({ client, showId });
    const changed = (): void => void (this.revision += 1);
    const inbox = new OrderInbox({
      client,
      store,
      onChange: changed,
      onArrival: (order) => {
        this.#chime.ring();
        if (this.tab === 'orders') inbox.markSeen();
        // What can be undone is not pushed away; sound and badge tell of the order too.
        else if (!this.notice?.undo) this.#tell({ text: this.#words.text.orders.arrived(order.buyer.name, this.#words.money(order.totalMinor, order.currency)) });
        this.dispatchEvent(
          new CustomEvent('fieldcast-order-received', { detail: { showId, orderId: order.id, number: order.number }, bubbles: true, composed: true }),
        );
      },
    });
    const onAir = canPublish(session.role)
      ? new OnAir({
          client,
          store,
          onChange: changed,
          onTrouble: (trouble) => {
            const { live } = this.#words.text;
            this.#tell({ text: trouble === 'flip-failed' ? live.flipFailed : live.cameraLost, isFault: true });
          },
        })
      : null;
    const desk = new ShelfDesk({ call: client.call, showId, snapshot: () => store.snapshot });
    this.#showStops = [store.subscribe(changed), () => store.stop(), () => inbox.close(), () => onAir?.close()];
    this.screen = { name: 'show', session, store, desk, inbox, onAir };
    this.tab = onAir ? 'camera' : 'orders';
    store.start();
    void inbox.load();
    await this.#resume(store, onAir);
  }

  /** Straight back on the air after a call or a reload; straight to the picture where the camera is allowed already. */
  async #resume(store: ShowStore, onAir: OnAir | null): Promise<void> {
    if (!onAir) return;
    await firstSnapshot(store);
    const status = store.snapshot?.show.status;
    if ((status === 'live' || status === 'paused') && onAir.wasSending()) {
      await onAir.goLive();
      return;
    }
    if (status === 'ended' || !(await isCameraAllowed())) return;
    await onAir.openCamera();
    await onAir.measureUplink();
  }

  #leaveShow(): void {
    for (const stop of this.#showStops.reverse()) stop();
    this.#showStops = [];
  }

  async #retry(): Promise<void> {
    if (this.screen.name === 'pick') {
      const entry = await this.#entrance?.pick(this.screen.session);
      if (entry) await this.#arrive(entry);
    } else await this.#enter();
  }

  // What is shown

  get #onAir(): OnAir | null {
    return this.screen.name === 'show' ? this.screen.onAir : null;
  }

  get #stream(): MediaStream | null {
    return this.#onAir?.stream ?? null;
  }

  #stateNow(): StudioState {
    const { screen } = this;
    if (screen.name !== 'show') return screen.name;
    if (!screen.store.snapshot) return screen.store.error && screen.store.error.status >= 400 ? 'failed' : 'opening';
    if (!screen.onAir) return 'desk';
    const sending = screen.onAir.state;
    if (screen.store.snapshot.show.status === 'ended') return 'ended';
    if (sending.name === 'stopped' && sending.reason !== 'asked') return sending.reason;
    // ICE notices a lost network after some seconds, the socket at once.
    if (sending.name === 'live' && !screen.store.isCurrent) return 'reconnecting';
    if (sending.name === 'connecting' || sending.name === 'live' || sending.name === 'reconnecting') return sending.name;
    return screen.onAir.capture === 'off' ? 'greeting' : 'ready';
  }

  #body(screen: Screen): TemplateResult {
    const words = this.#words.text;
    switch (screen.name) {
      case 'opening':
        return this.#openingPage();
      case 'leave-app':
        return leaveAppPage({
          words,
          app: screen.app,
          address: location.href,
          isCopied: this.isCopied,
          canStay: captureFacts().canCapture,
          onCopy: () => void this.#copyAddress(),
          onStay: () => void this.#enter(),
        });
      case 'failed':
        return failedPage(words, screen.error, () => void this.#retry());
      case 'pick':
        return pickPage(
          this.#words,
          screen.shows,
          (showId) => void this.#enter(showId),
          () => void this.#retry(),
        );
      default:
        return this.#showPage(screen);
    }
  }

  #openingPage(): TemplateResult {
    return fullPage('leaf', this.#words.text.common.opening, '');
  }

  #showPage(screen: Screen & { name: 'show' }): TemplateResult {
    const { store, onAir } = screen;
    const { snapshot } = store;
    if (!snapshot) {
      return store.error && store.error.status >= 400 ? failedPage(this.#words.text, store.error, () => void this.#retry()) : this.#openingPage();
    }
    return html`
      ${this.#bar(snapshot.show, snapshot.viewers)} ${onAir ? this.#video(onAir) : nothing}
      ${this.tab === 'camera' && onAir
        ? html`<div class="stage">${this.#cameraPage(screen, onAir, snapshot.show)}</div>`
        : html`<div class="page" tabindex="-1">
            ${this.tab === 'orders'
              ? html`<fieldcast-studio-orders .inbox=${screen.inbox} .revision=${this.revision}></fieldcast-studio-orders>`
              : html`<fieldcast-studio-shelf .snapshot=${snapshot} .desk=${screen.desk} .serverUrl=${this.#entrance?.client.serverUrl ?? ''} .stream=${this.#stream}></fieldcast-studio-shelf>`}
          </div>`}
      ${this.#tabs(screen)} ${this.isEnding ? this.#endSheet() : nothing}
    `;
  }

  #bar(show: Show, viewers: number): TemplateResult {
    const { live } = this.#words.text;
    const isSending = this.#onAir?.isSending ?? false;
    if (!isSending) return html`<header class="bar"><h2>${show.title}</h2></header>`;
    const isLive = this.state === 'live';
    const quality = this.#onAir?.quality ?? null;
    const now = this.screen.name === 'show' ? this.screen.store.serverNow() : 0;
    return html`<header class="bar">
      <h2 class="visually-hidden">${show.title}</h2>
      <div class="facts">
        <span class="badge-live ${isLive ? '' : 'waiting'}">${isLive ? live.badge : live.waiting}</span>
        ${show.startedAt === null ? nothing : html`<span aria-label=${live.onAir(duration(now - show.startedAt))}>${duration(now - show.startedAt)}</span>`}
        <span role="img" aria-label=${live.viewers(this.#words.number(viewers))}>${icon('eye')}${this.#words.number(viewers)}</span>
        ${isLive && quality ? html`<span class="light ${quality}" role="img" aria-label=${live.quality[quality]} title=${live.quality[quality]}></span>` : nothing}
      </div>
      <button class="act" type="button" @click=${() => (this.isEnding = true)}>${icon('stop')}${live.end}</button>
    </header>`;
  }

  /** One element for the picture, large or small, so that it does not start anew with each tab. */
  #video(onAir: OnAir): TemplateResult | typeof nothing {
    if (!onAir.stream) return nothing;
    const isCovered = onAir.publisher.isCameraHidden || this.state === 'ended' || this.state === 'replaced' || this.state === 'refused';
    return html`<video
      class="video ${onAir.isFrontCamera ? 'mirrored' : ''} ${isCovered ? 'covered' : ''}"
      autoplay
      playsinline
      aria-hidden="true"
      .muted=${true}
      .srcObject=${onAir.stream}
    ></video>`;
  }

  #cameraPage(screen: Screen & { name: 'show' }, onAir: OnAir, show: Show): TemplateResult {
    const words = this.#words.text;
    switch (this.state) {
      case 'ended':
        return endedPage(this.#words, show, screen.inbox.orders, () => this.#goTo('orders'));
      case 'replaced':
        return fullPage(
          'user',
          words.replaced.title,
          words.replaced.hint,
          html`<button class="act main wide" type="button" @click=${() => void onAir.goLive()}>${icon('retry')}${words.replaced.takeBack}</button>`,
          true,
        );
      case 'refused':
        return fullPage(
          'alert',
          words.refused.title,
          refusal(onAir.state, words.errors),
          html`<button class="act main wide" type="button" @click=${() => void onAir.goLive()}>${icon('retry')}${words.common.retry}</button>`,
          true,
        );
      case 'greeting':
        return fullPage(
          'camera',
          words.prime.title(screen.session.name),
          words.prime.hint,
          html`<button class="act go main wide" type="button" @click=${() => void this.#startCamera(onAir)}>${icon('camera')}${words.prime.start}</button>`,
        );
      case 'ready':
        return html`<div class="over">${this.#readyPanel(onAir, show)}</div>`;
      default:
        return html`<div class="over">${this.#liveControls(screen, onAir)}</div>`;
    }
  }

  #readyPanel(onAir: OnAir, show: Show): TemplateResult {
    const words = this.#words.text;
    const { ready } = words;
    const { checks } = onAir;
    const verdict = canGoLive(checks);
    const fault = firstFault(checks);
    const canGo = onAir.capture === 'open' && !checks.some((check) => check.verdict === 'stop' && !check.canOverride);
    const isElsewhere = show.status === 'live';
    const label = isElsewhere ? ready.takeOver : show.status === 'paused' ? ready.goOn : ready.goLive;
    return html`<div class="panel">
      ${checkRow(checks, words)} ${fault ? adviceBox(fault, onAir.loudness, words) : nothing} ${isElsewhere ? html`<p>${ready.takeOverHint}</p>` : nothing}
      ${verdict === 'no'
        ? html`<div class=${canGo ? 'two' : ''}>
            <button class="act main wide" type="button" @click=${() => void onAir.check()}>${icon('retry')}${words.common.retry}</button>
            ${canGo ? html`<button class="act" type="button" @click=${() => void onAir.goLive()}>${ready.anyway}</button>` : nothing}
          </div>`
        : html`<button class="act go live wide" type="button" ?disabled=${!canGo} @click=${() => void onAir.goLive()}>
            ${icon('play')}${onAir.capture === 'opening' ? words.prime.opening : label}
          </button>`}
    </div>`;
  }

  #liveControls(screen: Screen & { name: 'show' }, onAir: OnAir): TemplateResult {
    const { live } = this.#words.text;
    const { isMuted, isCameraHidden } = onAir.publisher;
    const pinned = screen.store.snapshot?.shelf.find(({ id }) => id === screen.store.snapshot?.pins[0]);
    return html`
      ${this.state === 'connecting' ? html`<p class="strip" role="status">${icon('signal')}${live.connecting}</p>` : nothing}
      ${this.state === 'reconnecting'
        ? html`<p class="strip warn" role="status">${icon('offline')}<span>${live.reconnecting}<small>${live.reconnectingHint}</small></span></p>`
        : nothing}
      ${isMuted ? html`<p class="strip warn" role="status">${icon('micOff')}${live.mutedNote}</p>` : nothing}
      ${isCameraHidden ? html`<p class="strip warn" role="status">${icon('eyeOff')}${live.hiddenNote}</p>` : nothing}
      ${onAir.isUpright ? nothing : html`<p class="strip warn" role="status">${icon('upright')}${live.sideways}</p>`}
      ${pinned
        ? html`<p class="strip">
            ${picture(this.#entrance?.client.serverUrl ?? '', pinned.pictures[0], '', '48px')}
            <span class="words"><small>${live.main}</small>${pinned.name}</span>
            ${pinned.variants[0] ? html`<span>${this.#words.money(pinned.variants[0].priceMinor, pinned.currency)}</span>` : nothing}
          </p>`
        : nothing}
      <div class="tiles">
        <button class="act" type="button" aria-pressed=${isMuted ? 'true' : 'false'} @click=${() => void onAir.setPaused('audio', !isMuted)}>
          ${icon(isMuted ? 'micOff' : 'mic')}${isMuted ? live.unmute : live.mute}
        </button>
        ${onAir.canFlip
          ? html`<button class="act" type="button" ?disabled=${this.isBusy} @click=${() => void this.#flip(onAir)}>${icon('flip')}${live.flip}</button>`
          : nothing}
        <button class="act" type="button" aria-pressed=${isCameraHidden ? 'true' : 'false'} @click=${() => void onAir.setPaused('video', !isCameraHidden)}>
          ${icon(isCameraHidden ? 'eye' : 'eyeOff')}${isCameraHidden ? live.show : live.hide}
        </button>
      </div>
    `;
  }

  #tabs(screen: Screen & { name: 'show' }): TemplateResult {
    const { tabs } = this.#words.text;
    const fresh = screen.inbox.unseenCount;
    const tab = (name: Tab, sign: 'camera' | 'basket' | 'bell', extra: unknown = nothing): TemplateResult =>
      html`<button type="button" aria-current=${this.tab === name ? 'page' : nothing} @click=${() => this.#goTo(name)}>${icon(sign)}${tabs[name]}${extra}</button>`;
    return html`<nav aria-label=${this.#words.text.common.label}>
      ${screen.onAir ? tab('camera', 'camera') : nothing} ${tab('shelf', 'basket')}
      ${tab('orders', 'bell', fresh > 0 ? html`<span class="new" role="img" aria-label=${tabs.newOrders(fresh)}>${fresh}</span>` : nothing)}
    </nav>`;
  }

  /** Two steps, and the safe one is the larger: ending cannot be taken back. */
  #endSheet(): TemplateResult {
    const { live, common } = this.#words.text;
    const close = (): void => void (this.isEnding = false);
    return html`<fieldcast-studio-sheet .heading=${live.endTitle} .closeLabel=${common.close} @sheet-close=${close}>
      <p>${live.endHint}</p>
      <div class="choices">
        <button class="act go wide on" type="button" @click=${close}>${icon('play')}${live.endNo}</button>
        <button class="act red wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#end()}>${icon('stop')}${live.endYes}</button>
      </div>
    </fieldcast-studio-sheet>`;
  }

  #noticeBar(notice: Notice): TemplateResult {
    const { common } = this.#words.text;
    return html`<div class="notice ${notice.isFault ? 'fault' : ''}">
      <p>${notice.text}</p>
      ${notice.undo
        ? html`<button class="act" type="button" @click=${() => void this.#undo(notice)}>${icon('undo')}${common.undo}</button>`
        : html`<button class="act close" type="button" aria-label=${common.close} @click=${() => (this.notice = null)}>${icon('close')}</button>`}
    </div>`;
  }

  // What is done

  readonly #unlock = (): void => this.#chime.unlock();

  #goTo(tab: Tab): void {
    this.tab = tab;
    if (!this.notice?.undo) this.notice = null;
    if (tab === 'orders' && this.screen.name === 'show') this.screen.inbox.markSeen();
  }

  async #startCamera(onAir: OnAir): Promise<void> {
    await onAir.openCamera();
    await onAir.measureUplink();
  }

  async #flip(onAir: OnAir): Promise<void> {
    this.isBusy = true;
    await onAir.flip();
    this.isBusy = false;
  }

  async #end(): Promise<void> {
    this.isBusy = true;
    const ended = await this.#onAir?.end();
    this.isBusy = false;
    this.isEnding = false;
    if (ended?.ok) this.#goTo('camera');
    else if (ended) this.#tell({ text: this.#words.text.errors[ended.error.code], isFault: true });
  }

  async #copyAddress(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.isCopied = true;
    } catch {
      // Without a clipboard the address stands in a field: selected, it can be copied by hand.
      this.renderRoot.querySelector<HTMLInputElement>('.address')?.focus();
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

function canPublish(role: Role): boolean {
  return role === 'host' || role === 'operator';
}

function refusal(state: PublisherState, errors: Record<string, string>): string {
  return (state.name === 'stopped' && state.code ? errors[state.code] : undefined) ?? '';
}

function firstSnapshot(store: ShowStore): Promise<void> {
  if (store.snapshot) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!store.snapshot) return;
      stop();
      resolve();
    });
  });
}

/** Whether the camera opens without a question; false where the browser does not tell. */
async function isCameraAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-studio': FieldcastStudio;
  }
}
