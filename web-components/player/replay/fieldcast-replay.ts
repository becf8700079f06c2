// Owns the replay inside the player: picture, start, controls, and the sheets that open over it.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { loadFollowing } from '../../following/loader.ts';
import { Localize } from '../../i18n/index.ts';
import { replayMessages } from '../../i18n/replay.ts';
import { clockText, momentIn, sendShowEvent, type Visit } from '../../show/index.ts';
import { buttonStyles, cardStyles, icon, pictureStyles, sheetStyles, tokens } from '../../ui/index.ts';
import { pictureBoxStyles } from '../picture-box.styles.ts';
import { isShownWhole } from '../picture-fit.ts';
import { chapterList } from './chapter-list.ts';
import { controlStyles } from './controls.styles.ts';
import { Deck } from './deck.ts';
import { listStyles } from './lists.styles.ts';
import { seekBar } from './seek-bar.ts';
import { shareSheet } from './share-sheet.ts';
import { sign } from '../../ui/signs.ts';

/** The player around it, which holds what live picture and replay have in common. */
export interface PlayerAround {
  muted: boolean;
  /** What the viewer last chose; null before any choice. */
  wantsSound: boolean | null;
}

type Panel = 'none' | 'chapters' | 'share';

const SKIP_MS = 10_000;
const KEY_SKIP_MS = 5_000;
/** Controls go when nobody has touched anything for so long, while it plays. */
const IDLE_MS = 3_500;
const RATES = [1, 1.5, 2] as const;

/**
 * Plays a show that is over. Private to `<fieldcast-player>`, which loads it when there is something to watch again.
 *
 * @csspart video - The picture.
 * @csspart controls - Seek bar, time, speed.
 * @csspart chapters - The list of what was shown when.
 */
export class FieldcastReplay extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, pictureStyles, sheetStyles, pictureBoxStyles, controlStyles, listStyles];

  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) player!: PlayerAround;
  /** The same as the player's, so that a change draws this anew. */
  @property({ attribute: false }) muted = true;
  /** Whether this page has shown the show while it was live. */
  @property({ attribute: false }) isAgain = false;

  @state() private panel: Panel = 'none';
  @state() private isIdle = false;
  @state() private rate: number = 1;
  /** Where the bar is held, before it is let go. */
  @state() private heldMs: number | null = null;
  @state() private isCopied = false;
  @state() private isWhole = false;
  @query('video') private video!: HTMLVideoElement;

  #localize = new Localize(this, replayMessages);
  #deck: Deck | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #resizes: ResizeObserver | null = null;
  #focusAfterUpdate = '';

  /** Starts or goes on; answers whether the browser allowed it. */
  async play(): Promise<boolean> {
    await this.updateComplete;
    return this.#deck?.play() ?? false;
  }

  get videoElement(): HTMLVideoElement {
    return this.video;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onHash);
    this.#resizes = new ResizeObserver(() => this.#fit());
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onHash);
    clearTimeout(this.#idle);
    this.#resizes?.disconnect();
    this.#deck?.close();
    this.#deck = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('visit') || !this.#deck) {
      this.#deck?.close();
      this.#deck = new Deck({
        visit: this.visit,
        video: this.video,
        onChange: () => this.requestUpdate(),
        onStart: () => this.#began(),
        onSoundRefused: () => (this.player.muted = true),
      });
      this.requestUpdate();
    }
    this.video.muted = this.muted;
    if (!this.#focusAfterUpdate) return;
    this.renderRoot.querySelector<HTMLElement>(this.#focusAfterUpdate)?.focus({ preventScroll: true });
    this.#focusAfterUpdate = '';
  }

  override render() {
    const replay = this.visit.playhead.replay;
    const deck = this.#deck;
    const isStarted = deck?.isStarted ?? false;
    const isCalm = this.isIdle && this.panel === 'none' && (deck?.isPlaying ?? false) && this.heldMs === null;
    return html`<div class="replay ${isCalm ? 'calm' : ''}" @pointermove=${this.#wake} @pointerdown=${this.#wake} @keydown=${this.#onKey} @focusin=${this.#wake}>
      <video part="video" class=${this.isWhole ? 'whole' : ''} playsinline preload="none" disablepictureinpicture tabindex="-1" @loadeddata=${this.#fit} @resize=${this.#fit}></video>
      ${replay && !deck?.hasPicture ? html`<img class="poster" alt="" src=${this.visit.serverUrl + replay.posterUrl} @error=${hide} />` : nothing}
      ${isStarted ? html`<div class="shade"></div>` : html`<div class="veil"></div>`}
      <fieldcast-captions exportparts="captions" .visit=${this.visit} .video=${this.video}></fieldcast-captions>
      ${deck?.fault ? this.#faultCard(deck) : isStarted && deck ? this.#controls(deck) : this.#startCard()}
      ${this.panel === 'none' ? nothing : html`<button class="curtain" type="button" tabindex="-1" aria-hidden="true" @click=${this.#closePanel}></button>${this.#sheet()}`}
    </div>`;
  }

  #startCard(): TemplateResult {
    const { text } = this.#localize;
    const { timeMs } = this.visit.playhead;
    const isOver = this.#deck?.isOver ?? false;
    const show = this.visit.store.snapshot?.show;
    if (isOver) loadFollowing();
    const from = isOver ? 0 : timeMs;
    const title = isOver || this.isAgain ? text.again : text.watch;
    return html`<div class="start">
      <button class="tap" type="button" part="start" @click=${this.#start}><span class="disc">${icon('play')}</span><span>${title}</span></button>
      <p>${from > 0 ? text.from(clockText(from)) : text.length(clockText(this.#deck?.lengthMs ?? 0))}</p>
      ${from > 0 ? html`<button class="button over" type="button" @click=${this.#startOver}>${text.fromStart}</button>` : nothing}
      ${isOver && show ? html`<fieldcast-follow-button over .link=${this.visit} seller=${show.sellerId} show=${show.id}></fieldcast-follow-button>` : nothing}
    </div>`;
  }

  #faultCard(deck: Deck): TemplateResult {
    const { text } = this.#localize;
    return html`<div class="start" role="alert">
      <h2>${text.failedTitle}</h2>
      <p>${deck.fault === 'network' ? text.failedHint : text.unsupported}</p>
      <button class="button over" type="button" @click=${() => deck.retry()}>${icon('retry')}${text.play}</button>
    </div>`;
  }

  #controls(deck: Deck): TemplateResult {
    const { text } = this.#localize;
    const { playhead } = this.visit;
    const timeMs = this.heldMs ?? playhead.timeMs;
    const count = playhead.replay?.chapters.length ?? 0;
    const rate = `${this.rate}×`;
    return html`
      <div class="picture-area" @click=${this.#onPicture}></div>
      <div class="side fades">
        <button class="icon-button over sound" type="button" aria-label=${this.muted ? text.unmute : text.mute} @click=${this.#toggleSound}>${icon(this.muted ? 'muted' : 'sound')}</button>
        <button class="icon-button over share" type="button" aria-label=${text.share} @click=${() => this.#openPanel('share')}>${sign('share')}</button>
        <fieldcast-captions-button .visit=${this.visit}></fieldcast-captions-button>
      </div>
      <div class="center fades">
        <button class="icon-button over skip" type="button" aria-label=${text.back} @click=${() => this.#skip(-SKIP_MS)}>${sign('back')}</button>
        <button class="icon-button over toggle" type="button" aria-label=${deck.isPlaying ? text.pause : text.play} @click=${() => deck.toggle()}>
          ${deck.isWaiting && deck.isPlaying ? html`<span class="spinner"></span>` : deck.isPlaying ? sign('pause') : icon('play')}
        </button>
        <button class="icon-button over skip" type="button" aria-label=${text.ahead} @click=${() => this.#skip(SKIP_MS)}>${sign('ahead')}</button>
      </div>
      <div class="foot fades" part="controls">
        ${seekBar({
          visit: this.visit,
          text,
          timeMs,
          lengthMs: deck.lengthMs,
          isHeld: this.heldMs !== null,
          onHold: (at) => (this.heldMs = at),
          onSeek: (at) => {
            this.heldMs = null;
            deck.seek(at);
          },
          onStep: (by) => this.#skip(by),
        })}
        <div class="line">
          <span class="time">${clockText(timeMs)} <span class="of">/ ${clockText(deck.lengthMs)}</span></span>
          ${count > 0
            ? html`<button class="button over chapters-button" type="button" aria-expanded=${this.panel === 'chapters'} @click=${() => this.#openPanel('chapters')}>
                ${sign('list')}${text.chapters}<span class="small">${count}</span>
              </button>`
            : nothing}
          <button class="button over rate" type="button" aria-label=${text.speed(rate)} @click=${this.#changeRate}>${rate}</button>
        </div>
      </div>
    `;
  }

  #sheet(): TemplateResult {
    const { visit } = this;
    const onClose = (): void => this.#closePanel();
    return this.panel === 'chapters'
      ? chapterList({ visit, localize: this.#localize, onClose, onPick: ({ productId, startMs }) => this.#goTo(startMs, productId) })
      : shareSheet({
          visit,
          localize: this.#localize,
          isCopied: this.isCopied,
          onClose,
          onCopied: (isCopied) => (this.isCopied = isCopied),
          onShared: () => void sendShowEvent(this, visit, 'fieldcast-interaction', { deed: 'share', count: 1 }),
        });
  }

  /** What came over the network for the picture so far. */
  get receivedBytes(): number {
    return this.#deck?.receivedBytes ?? 0;
  }

  #start(): void {
    this.#focusAfterUpdate = '.toggle';
    void this.#deck?.play();
  }

  /** Who asks for a replay wants to hear it, unless they have switched the sound off here before. */
  #began(): void {
    this.#wake();
    if (this.player.wantsSound === false) return;
    this.player.muted = false;
    this.video.muted = false;
  }

  #startOver(): void {
    this.#deck?.seek(0);
    this.#start();
  }

  #goTo(timeMs: number, productId: string): void {
    this.#closePanel();
    this.#deck?.jump(timeMs);
    sendShowEvent(this, this.visit, 'fieldcast-moment-open', { productId, timeMs });
  }

  #skip(byMs: number): void {
    this.#deck?.seek(this.visit.playhead.timeMs + byMs);
  }

  #toggleSound(): void {
    this.player.muted = !this.muted;
    this.player.wantsSound = !this.player.muted;
    this.video.muted = this.player.muted;
  }

  #changeRate(): void {
    this.rate = RATES[(RATES.indexOf(this.rate as (typeof RATES)[number]) + 1) % RATES.length] ?? 1;
    if (this.#deck) this.#deck.rate = this.rate;
  }

  #openPanel(panel: Panel): void {
    if (panel === 'share') this.#deck?.pause();
    this.isCopied = false;
    this.panel = this.panel === panel ? 'none' : panel;
    this.#focusAfterUpdate = '.sheet [aria-current], .sheet .close';
  }

  #closePanel(): void {
    this.#focusAfterUpdate = this.panel === 'share' ? '.share' : '.chapters-button';
    this.panel = 'none';
  }

  /** A mouse pauses by a click on the picture; a finger first brings the controls, and takes them away again. */
  #onPicture(event: PointerEvent): void {
    if (event.pointerType === 'mouse') this.#deck?.toggle();
    else if (this.#wasIdle) this.#wake();
    else this.isIdle = true;
  }

  #wasIdle = false;
  readonly #wake = (event?: Event): void => {
    this.#wasIdle = event?.type === 'pointerdown' ? this.isIdle : this.#wasIdle;
    this.isIdle = false;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => (this.isIdle = true), IDLE_MS);
  };

  #onKey(event: KeyboardEvent): void {
    this.#wake();
    if (event.key === 'Escape' && this.panel !== 'none') {
      event.stopPropagation();
      this.#closePanel();
      return;
    }
    if (this.panel !== 'none' || !this.#deck?.isStarted || event.altKey || event.ctrlKey || event.metaKey) return;
    const isButton = (event.composedPath()[0] as Element).matches('button');
    const does: Record<string, () => void> = {
      ArrowLeft: () => this.#skip(-KEY_SKIP_MS),
      ArrowRight: () => this.#skip(KEY_SKIP_MS),
      m: () => this.#toggleSound(),
      ...(isButton ? {} : { ' ': () => this.#deck?.toggle() }),
      k: () => this.#deck?.toggle(),
    };
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  readonly #onHash = (): void => {
    const timeMs = momentIn(location.href);
    if (timeMs !== null && timeMs < (this.#deck?.lengthMs ?? 0)) this.#deck?.seek(timeMs);
  };

  #fit(): void {
    this.isWhole = (this.hasUpdated && isShownWhole(this.video, this)) || false;
  }
}

const hide = (event: Event): void => {
  (event.target as HTMLElement).hidden = true;
};

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-replay': FieldcastReplay;
  }
}
