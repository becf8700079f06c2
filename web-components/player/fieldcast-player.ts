// Owns the player: the show's picture and sound, its state in plain sight, and the pinned products over it.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Product } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { viewerMessages } from '../i18n/viewer.ts';
import type { Allotment } from '../../server/protocol/media.ts';
import { type Engine, type EnginePath, type EnginePhase, openPlayback, type Showable } from '../playback/index.ts';
import { deviceStorage, type PlayerPath, type PlayerState, sendShowEvent, showMoment, type Visit, VisitConsumer } from '../show/index.ts';
import { buttonStyles, cardStyles, icon, pictureStyles, pictureUrl, tokens } from '../ui/index.ts';
import { type DataUse, pictureOf, readDataUse } from './data-use.ts';
import { type NoPicture, whyNoPicture } from './no-picture.ts';
import { isShownWhole } from './picture-fit.ts';
import { pictureBoxStyles } from './picture-box.styles.ts';
import { pinnedProducts, pins } from './pins.ts';
import { loadLobby } from './lobby-loader.ts';
import { playerCard } from './player-card.ts';
import { playerState } from './player-state.ts';
import { playerStyles } from './player.styles.ts';
import type { FieldcastReplay } from './replay/fieldcast-replay.ts';

/** How often `fieldcast-time-change` is sent. */
const TIME_STEP_MS = 250;

/** WeChat's: there it may be that a page plays only from within a call of it. */
const bridge = () => (globalThis as { WeixinJSBridge?: { invoke(name: string, input: object, done: () => void): void } }).WeixinJSBridge;

/** Whether this device has chosen captions before: then they come with the picture, else with the first line. */
/** A draw's winner has not said yet where the prize goes; the show may be over. */
const waitsForPrize = () => deviceStorage().getItem('fieldcast:prize') !== null;
const wantsCaptions = () => deviceStorage().getItem('fieldcast:captions') !== null;

/**
 * Plays a show. Starts muted, asks for one tap to give sound, reconnects by itself, never turns the picture.
 * Once the show is over and can be watched again, plays its replay, beginning with a tap.
 *
 * @tag fieldcast-player
 * @attr {string} show - Show id, when it stands outside `<fieldcast-show>` and `<fieldcast-live>`.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @attr {'connecting'|'queued'|'planned'|'live'|'reconnecting'|'paused'|'replay'|'ended'|'unavailable'} state - Reflected. `queued`: the server has no room for another picture, and lets this viewer in by itself.
 * @attr {'webrtc-udp'|'webrtc-tcp'|'hls'|'audio'} path - Reflected: the way the picture comes; `audio` while there is sound without a picture.
 * @attr {'auto'|'save'|'sound'} data-use - Reflected: how much data the show may take, chosen by the viewer and remembered on the device; `save` at first where the browser saves data.
 * @attr {boolean} buying - Set it while the viewer is ordering: they come before others when the line out of the server is full. `<fieldcast-live>` does.
 * @attr {boolean} muted - Reflected: whether the sound is off.
 * @attr {boolean} no-pins - Leaves the pinned products out.
 * @attr {number} start - Where a replay begins, in seconds. Without it a page opened with `#t=135` or `?t=135` begins there.
 *
 * @slot overlay - Anything of the page's own over the picture.
 *
 * @csspart stage - Everything over and behind the picture.
 * @csspart video - The picture.
 * @csspart title - The show's title.
 * @csspart sound - The button for sound.
 * @csspart data - The button for the use of data; `data-sheet` is what it opens.
 * @csspart stills - What stands in the picture's place while there is sound alone.
 * @csspart captions - The words over the picture.
 * @csspart heart - The buttons for hearts and thumbs.
 * @csspart announcement - The line that the staff put on the picture.
 * @csspart poll - The question to viewers, and its result.
 * @csspart promotions - The strip of offers that are on.
 * @csspart pins - List of pinned products.
 * @csspart pin - One pinned product; `pin-main` and `pin-more` tell them apart.
 * @csspart notice - What is said while reconnecting.
 * @csspart retry - The button to try again.
 *
 * @cssprop --fieldcast-player-radius - Corner radius of the player.
 * @cssprop --fieldcast-video-fit - `cover` or `contain`, instead of choosing by the picture's shape.
 *
 * @fires {ShowEvent<'fieldcast-state-change'>} fieldcast-state-change - `state` or `path` has changed.
 * @fires {ShowEvent<'fieldcast-time-change'>} fieldcast-time-change - The show clock has gone on: `showTimeMs`, in `live` or `replay` mode; four times a second at most.
 * @fires {ShowEvent<'fieldcast-moment-open'>} fieldcast-moment-open - An explanation was chosen from the replay's list.
 * @fires {ShowEvent<'fieldcast-product-open'>} fieldcast-product-open - A pinned product was chosen; `preventDefault()` keeps the shelf from opening it.
 *
 * @example
 * <fieldcast-player show="shw_…" server="https://live.example.coop"></fieldcast-player>
 */
export class FieldcastPlayer extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, pictureStyles, pictureBoxStyles, playerStyles];

  @property() show = '';
  @property() server = '';
  @property({ reflect: true }) state: PlayerState = 'connecting';
  @property({ reflect: true }) path: PlayerPath | null = null;
  @property({ type: Boolean, reflect: true }) muted = true;
  @property({ type: Boolean, attribute: 'no-pins' }) noPins = false;
  @property() start = '';
  /** What the viewer last chose by the sound button; null before any choice. */
  wantsSound: boolean | null = null;

  /** How much data the show may take. Setting it does not remember it: what the viewer chooses in the sheet is. */
  @property({ attribute: 'data-use', reflect: true }) dataUse: DataUse = readDataUse();
  @property({ type: Boolean, attribute: 'buying' }) isBuying = false;

  @state() private noPicture: NoPicture | null = null;
  @state() private place = 1;
  @state() private isDataOpen = false;
  @state() private needsTap = false;
  @state() private hasPicture = false;
  @state() private isWhole = false;
  @query('video') private video!: HTMLVideoElement;
  @query('fieldcast-replay') private replay!: FieldcastReplay | null;

  #localize = new Localize(this, viewerMessages);
  #visit = new VisitConsumer(this, { onVisit: (visit) => this.#enter(visit), onChange: () => this.#follow() });
  #engine: Engine | null = null;
  #media: Showable | null = null;
  #allotted: Allotment = { level: 'full', reason: null };
  #enginePath: EnginePath | null = null;
  #playingSince = 0;
  #phase: EnginePhase = 'idle';
  #hasPlayed = false;
  #hasSeenLive = false;
  #replayOf: Visit | null = null;
  #saidTimeMs: number | null = null;
  #ticks: ReturnType<typeof setInterval> | undefined;
  #resizes: ResizeObserver | null = null;
  #onVisibility = () => this.#seen();
  #onBridge = () => bridge()?.invoke('getNetworkType', {}, () => void this.play());

  /** Loads captions; the entry of the bundle sets it, because elements do not know each other. */
  static loadCaptions: () => Promise<void> = () => Promise.resolve();

  /** Loads hearts, poll, announcement and promotions; set by the entry too. */
  static loadStage: () => Promise<void> = () => Promise.resolve();

  /** Starts or resumes playing; answers whether the browser allowed it. */
  async play(): Promise<boolean> {
    // At once where that can be: within a tap, or within a call of the app around the browser.
    if (!this.hasUpdated) await this.updateComplete;
    if (this.state === 'replay') return this.replay?.play?.() ?? false;
    const { video } = this;
    try {
      await video.play();
      this.needsTap = false;
      return true;
    } catch (fault) {
      // AbortError: another play() or a new picture came in between, which is no refusal.
      if ((fault as Error).name === 'NotAllowedError') this.needsTap = true;
      return false;
    }
  }

  /** Everything that has come for the live show so far, in bytes, and for how long it has been playing. */
  async received(): Promise<{ bytes: number; playingMs: number }> {
    const bytes = (await this.#engine?.receivedBytes()) ?? 0;
    return { bytes, playingMs: this.#playingSince && performance.now() - this.#playingSince };
  }

  /** Whether the live picture comes through a relay now. */
  get isRelayed(): boolean {
    return this.#engine?.isRelayed ?? false;
  }

  /** The element that shows the picture, e.g. for a page that measures it. */
  get videoElement(): HTMLVideoElement {
    return this.replay?.videoElement ?? this.video;
  }

  /**
   * The show clock of the picture, ms: live, since the show went live; in a replay, replay time, by which a page can show messages or
   * subtitles at their own time. Null before there is any.
   */
  get showTimeMs(): number | null {
    const visit = this.#visit.visit;
    return visit && showMoment(visit).showTimeMs;
  }

  /** Goes to a replay time (ms) and plays on from there; nothing happens while the show is live. Sound needs a tap around the call. */
  seekTo(timeMs: number): void {
    this.#visit.visit?.playhead.jump(timeMs);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    document.addEventListener('WeixinJSBridgeReady', this.#onBridge);
    this.#ticks = setInterval(() => this.#tick(), TIME_STEP_MS);
    this.#resizes = new ResizeObserver(() => this.#fit());
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    document.removeEventListener('WeixinJSBridgeReady', this.#onBridge);
    clearInterval(this.#ticks);
    this.#resizes?.disconnect();
  }

  protected override firstUpdated(): void {
    // By property: the attributes would let the browser start by itself, which Safari answers differently.
    this.video.muted = this.muted;
    this.video.playsInline = true;
    this.video.disablePictureInPicture = true;
    this.#attach();
    // What browsers inside apps know besides `playsinline`; the others do not mind.
    for (const name of ['webkit-playsinline', 'x5-playsinline']) this.video.setAttribute(name, '');
    this.#onBridge();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('dataUse') || changed.has('isBuying')) this.#engine?.update();
    this.#settle();
    if (changed.has('muted') && this.hasUpdated) this.video.muted = this.muted;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const visit = this.#visit.visit;
    if (this.hasPicture || this.noPicture || (this.state !== 'connecting' && this.state !== 'live')) loadLobby(this, visit);
    // Who comes while the host is away finds the offers that go on.
    if ((this.state === 'live' && (this.hasPicture || this.noPicture)) || this.state === 'paused' || (changed.has('state') && waitsForPrize())) void FieldcastPlayer.loadStage();
    if ((this.hasPicture && (changed as Map<string, unknown>).has('hasPicture') && wantsCaptions()) || this.state === 'replay') void FieldcastPlayer.loadCaptions();
    if (visit && (changed.has('state') || changed.has('path'))) {
      sendShowEvent(this, visit, 'fieldcast-state-change', { state: this.state, path: this.path });
    }
  }

  override render() {
    const visit = this.#visit.visit;
    const snapshot = visit?.store.snapshot ?? null;
    const text = this.#localize.text.player;
    const isOnAir = this.state === 'live' || this.state === 'reconnecting';
    const isReplay = this.state === 'replay';
    const isAway = this.state === 'paused';
    const hasScene = this.hasPicture || this.noPicture !== null;
    const isCovered = !isReplay && (!isOnAir || !hasScene);
    const poster = snapshot?.show.posterPictureId;
    const card = this.needsTap && isOnAir ? nothing : this.#card(visit);
    return html`<section class="stage ${isReplay ? 'replaying' : isAway ? 'veil away' : isCovered ? 'veil' : ''}" part="stage" aria-label=${text.label(snapshot?.show.title ?? '')}>
      <video
        part="video"
        class=${this.isWhole ? 'whole' : ''}
        ?hidden=${isReplay}
        aria-label=${text.label(snapshot?.show.title ?? '')}
        @loadeddata=${this.#onPicture}
        @resize=${this.#fit}
        @pause=${this.#onPause}
      ></video>
      ${poster && visit && !this.hasPicture && !isReplay ? html`<img class="poster" alt="" src=${pictureUrl(visit.serverUrl, poster, 1080)} />` : nothing}
      ${isReplay
        ? html`<fieldcast-replay exportparts="video, controls, chapters" .visit=${visit} .player=${this} .muted=${this.muted} .isAgain=${this.#hasSeenLive}></fieldcast-replay>`
        : html`${isOnAir || isAway
              ? html`<fieldcast-stills part="stills" .visit=${visit} .video=${this.video} .reason=${isAway ? 'away' : this.noPicture}></fieldcast-stills>`
              : nothing}
            <div class="shade"></div>
            <fieldcast-captions exportparts="captions" .visit=${visit}></fieldcast-captions>
            ${isOnAir ? html`<fieldcast-hearts exportparts="heart" .visit=${visit}></fieldcast-hearts>` : nothing}`}
      <fieldcast-promotions exportparts="promotions" .visit=${visit}></fieldcast-promotions>
      <slot name="overlay"></slot>
      <div class="top">
        <div class="about">
          ${snapshot ? html`<h2 class="title" part="title">${snapshot.show.title}</h2>` : nothing}
          <div class="marks">
            ${isOnAir ? html`<span class="mark on-air">${text.live}</span>` : nothing}
            ${isReplay ? html`<span class="mark">${text.replay}</span>` : nothing}
            ${snapshot && !isReplay && this.state !== 'ended'
              ? html`<span class="mark">${icon('eye')}${text.viewers(this.#localize.number(snapshot.viewers))}</span>`
              : nothing}
          </div>
        </div>
        ${isOnAir
          ? html`<button class="icon-button over" part="data" type="button" aria-label=${text.data} aria-expanded=${this.isDataOpen} @click=${this.#openData}>${icon('signal')}</button>
              <fieldcast-captions-button .visit=${visit}></fieldcast-captions-button><fieldcast-share-button .visit=${visit}></fieldcast-share-button>${this.#soundButton()}`
          : nothing}
        ${isOnAir || isAway ? html`<fieldcast-stage exportparts="announcement, poll" .visit=${visit}></fieldcast-stage>` : nothing}
      </div>
      <div class="middle" role="status">${card}${isOnAir ? html`<fieldcast-recovery part="notice" .visit=${visit} .state=${this.state}></fieldcast-recovery>` : nothing}</div>
      ${this.needsTap && isOnAir
        ? html`<div class="middle">
            <button class="icon-button tap" type="button" aria-label=${text.play} @click=${() => void this.play()}>${icon('play')}</button>
          </div>`
        : nothing}
      ${snapshot && visit && !this.noPins && this.state !== 'unavailable' && this.state !== 'planned'
        ? pins(pinnedProducts(visit.store.shown ?? snapshot, visit.pins), visit.serverUrl, this.#localize, (product) => this.#openProduct(product))
        : nothing}
      ${this.isDataOpen && isOnAir ? html`<fieldcast-data-sheet part="data-sheet" .player=${this} @close=${this.#closeData}></fieldcast-data-sheet>` : nothing}
    </section>`;
  }

  #card(visit: Visit | null) {
    return playerCard({
      visit,
      state: this.state === 'live' && !this.hasPicture && !this.noPicture ? 'connecting' : this.state,
      place: this.place,
      snapshot: visit?.store.snapshot ?? null,
      error: visit?.store.error ?? null,
      isBlocked: this.#phase === 'blocked',
      localize: this.#localize,
      onRetry: () => void visit?.store.resync(),
    });
  }

  #soundButton() {
    const text = this.#localize.text.player;
    return this.muted
      ? html`<button class="button over sound primary" part="sound" type="button" @click=${this.#toggleSound}>${icon('muted')}${text.tapForSound}</button>`
      : html`<button class="icon-button over sound" part="sound" type="button" aria-label=${text.mute} @click=${this.#toggleSound}>${icon('sound')}</button>`;
  }

  #toggleSound(): void {
    this.muted = !this.muted;
    this.wantsSound = !this.muted;
    this.video.muted = this.muted;
    // Inside the tap, which is what allows sound.
    void this.play();
  }

  #openData(): void {
    this.isDataOpen = !this.isDataOpen;
    if (this.isDataOpen) void import('./data-sheet/index.ts').then(({ defineDataSheet }) => defineDataSheet(), () => (this.isDataOpen = false));
  }

  #closeData(): void {
    this.isDataOpen = false;
    this.renderRoot.querySelector<HTMLElement>('[part=data]')?.focus();
  }

  #openProduct({ id }: Product): void {
    const visit = this.#visit.visit;
    if (visit) sendShowEvent(this, visit, 'fieldcast-product-open', { productId: id });
  }

  #enter(visit: Visit | null): void {
    this.#engine?.close();
    this.#engine = null;
    this.#phase = 'idle';
    this.#enginePath = null;
    this.#playingSince = 0;
    this.#hasPlayed = this.#hasSeenLive = false;
    this.hasPicture = false;
    if (!visit) return;
    const { client, store } = visit;
    client.on('caption.changed', () => void FieldcastPlayer.loadCaptions());
    this.#engine = openPlayback(
      {
        request: client.request,
        resync: () => store.resync(),
        followPicture: (read) => void store.followPicture(read),
        on: client.on,
        wish: () => ({ picture: pictureOf[this.dataUse], isBuying: this.isBuying }),
        get stream() {
          return store.stream;
        },
        get rtpCapabilities() {
          return store.rtpCapabilities;
        },
        get connectionCount() {
          return store.connectionCount;
        },
        get hlsUrl() {
          return store.stream?.hls && store.hlsPath ? new URL(store.hlsPath, visit.serverUrl).href : null;
        },
      },
      {
        onMedia: (media) => {
          this.#media = media;
          this.#attach();
        },
        onPhase: (phase) => {
          this.#phase = phase;
          if (phase === 'playing') {
            this.#hasPlayed = this.#hasSeenLive = true;
            this.#playingSince ||= performance.now();
          }
          this.requestUpdate();
        },
        onPath: (path) => {
          this.#enginePath = path;
          this.requestUpdate();
        },
        onAllotted: (allotted) => {
          this.#allotted = allotted;
          this.requestUpdate();
        },
        onPlace: (place) => {
          this.place = place;
        },
      },
    );
  }

  #follow(): void {
    this.#engine?.update();
    const visit = this.#visit.visit;
    const { show: { status } = {}, replay } = visit?.store.snapshot ?? {};
    if (visit && status === 'ended' && replay === 'ready') this.#openReplay(visit);
    if (status && status !== 'live') {
      this.#hasPlayed = false;
      // Of a host who is back in a moment the last picture stays.
      if (status !== 'paused') this.hasPicture = false;
      this.#enginePath = visit?.playhead.replay ? 'hls' : null;
    }
  }

  #openReplay(visit: Visit): void {
    if (this.#replayOf === visit) return;
    this.#replayOf = visit;
    import('./replay/index.ts').then(
      ({ openReplay }) => openReplay(visit, this.start),
      // Its file did not come: the next word of the show tries again.
      () => (this.#replayOf = null),
    );
  }

  #tick(): void {
    const visit = this.#visit.visit;
    const timeMs = this.showTimeMs;
    if (!visit || timeMs === this.#saidTimeMs || (this.state !== 'live' && this.state !== 'replay')) return;
    this.#saidTimeMs = timeMs;
    sendShowEvent(this, visit, 'fieldcast-time-change', {});
  }

  #settle(): void {
    const { store, playhead } = this.#visit.visit ?? {};
    const { snapshot = null, error = null } = store ?? {};
    this.state = playerState({ snapshot, error, phase: this.#phase, hasPlayed: this.#hasPlayed, hasReplay: playhead?.replay != null });
    const isOnAir = this.state === 'live' || this.state === 'reconnecting';
    this.noPicture = isOnAir && store?.stream ? whyNoPicture(store.stream, this.#allotted, this.dataUse) : null;
    this.path = this.noPicture ? 'audio' : this.#enginePath;
    if (this.state === 'live' && this.hasUpdated && this.video.videoWidth > 0 && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.hasPicture = true;
  }

  #attach(): void {
    const media = this.#media;
    if (!this.hasUpdated || !media) return;
    if (typeof media === 'function') {
      this.#media = null;
      media(this.video);
    } else if (this.video.srcObject !== media) this.video.srcObject = media;
    void this.play();
  }

  #onPicture(): void {
    if (this.video.videoWidth > 0) this.hasPicture = true;
    // The picture is there before the next look at the statistics would find it.
    if (this.#phase === 'connecting') {
      this.#phase = 'playing';
      this.#hasPlayed = true;
    }
    this.#fit();
  }

  #onPause(): void {
    // A browser pauses muted video in the background, and a live show has nothing to be paused at.
    if (!document.hidden && !this.needsTap && this.state !== 'replay') void this.play();
  }

  #seen(): void {
    this.#engine?.setVisible(!document.hidden);
    if (!document.hidden && this.state !== 'replay') void this.play();
  }

  #fit(): void {
    if (!this.hasUpdated) return;
    this.isWhole = isShownWhole(this.video, this) ?? this.isWhole;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-player': FieldcastPlayer;
  }
}
