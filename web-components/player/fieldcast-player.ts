// Owns the player: the show's picture and sound, its state in plain sight, and the pinned products over it.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Product } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { viewerMessages } from '../i18n/viewer.ts';
import { type Engine, type EnginePhase, openPlayback } from '../playback/index.ts';
import { type PlayerPath, type PlayerState, sendShowEvent, type Visit, VisitConsumer } from '../show/index.ts';
import { buttonStyles, cardStyles, icon, pictureStyles, pictureUrl, tokens } from '../ui/index.ts';
import { pinnedProducts, pins } from './pins.ts';
import { playerCard } from './player-card.ts';
import { playerState } from './player-state.ts';
import { playerStyles } from './player.styles.ts';

/** A picture that loses no more than this part of itself fills the box; another is shown whole. */
const CROP_LIMIT = 0.3;

/**
 * Plays a show. Starts muted, asks for one tap to give sound, reconnects by itself, never turns the picture.
 *
 * @tag fieldcast-player
 * @attr {string} show - Show id, when it stands outside `<fieldcast-show>` and `<fieldcast-live>`.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @attr {'connecting'|'planned'|'live'|'reconnecting'|'paused'|'replay'|'ended'|'unavailable'} state - Reflected.
 * @attr {'webrtc-udp'|'webrtc-tcp'|'hls'|'audio'} path - Reflected: the way the picture comes.
 * @attr {boolean} muted - Reflected: whether the sound is off.
 * @attr {boolean} no-pins - Leaves the pinned products out.
 *
 * @slot overlay - Anything of the page's own over the picture.
 *
 * @csspart stage - Everything over and behind the picture.
 * @csspart video - The picture.
 * @csspart title - The show's title.
 * @csspart sound - The button for sound.
 * @csspart pins - List of pinned products.
 * @csspart pin - One pinned product; `pin-main` and `pin-more` tell them apart.
 * @csspart notice - What is said while reconnecting.
 * @csspart retry - The button to try again.
 *
 * @cssprop --fieldcast-player-radius - Corner radius of the player.
 * @cssprop --fieldcast-video-fit - `cover` or `contain`, instead of choosing by the picture's shape.
 *
 * @fires {ShowEvent<'fieldcast-state-change'>} fieldcast-state-change - `state` or `path` has changed.
 * @fires {ShowEvent<'fieldcast-product-open'>} fieldcast-product-open - A pinned product was chosen; `preventDefault()` keeps the shelf from opening it.
 *
 * @example
 * <fieldcast-player show="shw_…" server="https://live.example.coop"></fieldcast-player>
 */
export class FieldcastPlayer extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, pictureStyles, playerStyles];

  @property() show = '';
  @property() server = '';
  @property({ reflect: true }) state: PlayerState = 'connecting';
  @property({ reflect: true }) path: PlayerPath | null = null;
  @property({ type: Boolean, reflect: true }) muted = true;
  @property({ type: Boolean, attribute: 'no-pins' }) noPins = false;

  @state() private needsTap = false;
  @state() private hasPicture = false;
  @state() private isWhole = false;
  @query('video') private video!: HTMLVideoElement;

  #localize = new Localize(this, viewerMessages);
  #visit = new VisitConsumer(this, { onVisit: (visit) => this.#enter(visit), onChange: () => this.#follow() });
  #engine: Engine | null = null;
  #media: MediaStream | null = null;
  #phase: EnginePhase = 'idle';
  #hasPlayed = false;
  #resizes: ResizeObserver | null = null;
  #onVisibility = () => this.#seen();

  /** Starts or resumes playing; answers whether the browser allowed it. */
  async play(): Promise<boolean> {
    await this.updateComplete;
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

  /** The element that shows the picture, e.g. for a page that measures it. */
  get videoElement(): HTMLVideoElement {
    return this.video;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#resizes = new ResizeObserver(() => this.#fit());
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#resizes?.disconnect();
  }

  protected override firstUpdated(): void {
    // By property: the attributes would let the browser start by itself, which Safari answers differently.
    this.video.muted = this.muted;
    this.video.playsInline = true;
    this.video.disablePictureInPicture = true;
    this.#attach();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#settle();
    if (changed.has('muted') && this.hasUpdated) this.video.muted = this.muted;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const visit = this.#visit.visit;
    if (visit && (changed.has('state') || changed.has('path'))) {
      sendShowEvent(this, visit, 'fieldcast-state-change', { state: this.state, path: this.path });
    }
  }

  override render() {
    const visit = this.#visit.visit;
    const snapshot = visit?.store.snapshot ?? null;
    const text = this.#localize.text.player;
    const isOnAir = this.state === 'live' || this.state === 'reconnecting';
    const isCovered = !isOnAir || !this.hasPicture;
    const poster = snapshot?.show.posterPictureId;
    const card = this.needsTap && isOnAir ? nothing : this.#card(visit);
    return html`<section class="stage ${isCovered ? 'veil' : ''}" part="stage" aria-label=${text.label(snapshot?.show.title ?? '')}>
      <video
        part="video"
        class=${this.isWhole ? 'whole' : ''}
        aria-label=${text.label(snapshot?.show.title ?? '')}
        @loadeddata=${this.#onPicture}
        @resize=${this.#fit}
        @pause=${this.#onPause}
      ></video>
      ${poster && visit && !this.hasPicture ? html`<img class="poster" alt="" src=${pictureUrl(visit.serverUrl, poster, 1080)} />` : nothing}
      <div class="shade"></div>
      <slot name="overlay"></slot>
      <div class="top">
        <div class="about">
          <h2 class="title" part="title">${snapshot?.show.title}</h2>
          <div class="marks">
            ${isOnAir ? html`<span class="mark on-air">${text.live}</span>` : nothing}
            ${snapshot && this.state !== 'ended'
              ? html`<span class="mark">${icon('eye')}${text.viewers(this.#localize.number(snapshot.viewers))}</span>`
              : nothing}
          </div>
        </div>
        ${isOnAir ? this.#soundButton() : nothing}
      </div>
      <div class="middle" role="status">${card}</div>
      ${this.needsTap && isOnAir
        ? html`<div class="middle">
            <button class="icon-button tap" type="button" aria-label=${text.play} @click=${() => void this.play()}>${icon('play')}</button>
          </div>`
        : nothing}
      ${snapshot && visit && !this.noPins && this.state !== 'unavailable'
        ? pins(pinnedProducts(snapshot), visit.serverUrl, this.#localize, (product) => this.#openProduct(product))
        : nothing}
    </section>`;
  }

  #card(visit: Visit | null) {
    return playerCard({
      state: this.state === 'live' && !this.hasPicture ? 'connecting' : this.state,
      snapshot: visit?.store.snapshot ?? null,
      error: visit?.store.error ?? null,
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
    this.video.muted = this.muted;
    // Inside the tap, which is what allows sound.
    void this.play();
  }

  #openProduct({ id }: Product): void {
    const visit = this.#visit.visit;
    if (visit) sendShowEvent(this, visit, 'fieldcast-product-open', { productId: id });
  }

  #enter(visit: Visit | null): void {
    this.#engine?.close();
    this.#engine = null;
    this.#phase = 'idle';
    this.#hasPlayed = false;
    this.hasPicture = false;
    if (!visit) return;
    const { client, store } = visit;
    this.#engine = openPlayback(
      {
        request: client.request,
        resync: () => store.resync(),
        onTransportClosed: (listener) => client.on('transport.closed', ({ transportId }) => listener(transportId)),
        get stream() {
          return store.stream;
        },
        get rtpCapabilities() {
          return store.rtpCapabilities;
        },
        get connectionCount() {
          return store.connectionCount;
        },
      },
      {
        onMedia: (media) => {
          this.#media = media;
          this.#attach();
        },
        onPhase: (phase) => {
          this.#phase = phase;
          if (phase === 'playing') this.#hasPlayed = true;
          this.requestUpdate();
        },
        onPath: (path) => {
          this.path = path;
        },
      },
    );
  }

  #follow(): void {
    this.#engine?.update();
    const status = this.#visit.visit?.store.snapshot?.show.status;
    if (status && status !== 'live') {
      this.#hasPlayed = false;
      this.hasPicture = false;
      this.path = null;
    }
  }

  #settle(): void {
    const store = this.#visit.visit?.store;
    this.state = playerState({ snapshot: store?.snapshot ?? null, error: store?.error ?? null, phase: this.#phase, hasPlayed: this.#hasPlayed });
    if (this.state === 'live' && this.hasUpdated && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.hasPicture = true;
  }

  #attach(): void {
    if (!this.hasUpdated || !this.#media) return;
    if (this.video.srcObject !== this.#media) this.video.srcObject = this.#media;
    void this.play();
  }

  #onPicture(): void {
    this.hasPicture = true;
    // The picture is there before the next look at the statistics would find it.
    if (this.#phase === 'connecting') {
      this.#phase = 'playing';
      this.#hasPlayed = true;
    }
    this.#fit();
  }

  #onPause(): void {
    // A browser pauses muted video in the background, and a live show has nothing to be paused at.
    if (!document.hidden && !this.needsTap) void this.play();
  }

  #seen(): void {
    this.#engine?.setVisible(!document.hidden);
    if (!document.hidden) void this.play();
  }

  #fit(): void {
    if (!this.hasUpdated) return;
    const { videoWidth, videoHeight } = this.video;
    if (videoWidth === 0 || this.clientHeight === 0) return;
    const shape = videoWidth / videoHeight / (this.clientWidth / this.clientHeight);
    this.isWhole = Math.min(shape, 1 / shape) < 1 - CROP_LIMIT;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-player': FieldcastPlayer;
  }
}
