// Owns the cue card over the host's picture: it turns with the pin, goes on with thumb, clock or voice, and is read into the ear.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { prompterMessages } from '../../i18n/prompter.ts';
import { Localize } from '../../i18n/index.ts';
import type { SenderStats } from '../../publish/sender-stats.ts';
import { clockOf, icon, tokens } from '../../ui/index.ts';
import { watchEarpiece, type Earpiece } from '../../voice/earpiece.ts';
import { Speaker, hasSpeech, hasVoice, Speech, type SpeechFault } from '../../voice/index.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';
import { langOf, spokenPrice } from './cue-fill.ts';
import { cuesStyles } from './cues.styles.ts';
import { Measuring } from './measuring.ts';
import type { Look } from './picture-look.ts';
import { Prompter } from './prompter.ts';
import { keepPrompterSettings, type PrompterSettings, readPrompterSettings } from './prompter-settings.ts';
import { secondsBehind, secondsLeft } from './run-of-show.ts';

/** Less than this is on time. */
const ON_TIME_S = 30;
const TICK_MS = 1_000;

/**
 * Stands in the studio of who may send. It works on while another page of the studio is open.
 * @tag fieldcast-studio-cues
 * @prop {StaffRoom | null} room - The open show.
 * @prop {SenderStats | null} stats - The newest of what is sent; null while nothing is.
 * @prop {MediaStream | null} stream - What the camera gives.
 * @attr {boolean} live - Whether the show is on the air from here.
 */
export class FieldcastStudioCues extends LitElement {
  static override styles = [tokens, studioStyles, cuesStyles];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @property({ attribute: false }) stats: SenderStats | null = null;
  @property({ attribute: false }) stream: MediaStream | null = null;
  @property({ type: Boolean, attribute: 'live' }) isLive = false;
  @property({ reflect: true }) place: PrompterSettings['place'] = 'top';
  @state() private settings = readPrompterSettings();
  @state() private isEditing = false;
  @state() private isReading = false;
  @state() private asksEarpiece = false;
  /** What buyers bring up stands there instead of the lines. */
  @state() private isAsked = false;
  @state() private look: Look | null = null;
  @state() private speechFault: SpeechFault | null = null;
  readonly #words = new Localize(this, prompterMessages);
  readonly #speaker = new Speaker();
  readonly #speech = new Speech({
    draft: (text) => this.#prompter?.hear(text, false),
    final: (text) => this.#prompter?.hear(text, true),
    state: (_, fault) => {
      this.speechFault = fault;
      this.requestUpdate();
    },
  });
  #prompter: Prompter | null = null;
  #measuring: Measuring | null = null;
  #earpiece: Earpiece = 'unknown';
  #isInEar = false;
  #video: HTMLVideoElement | null = null;
  #stops: (() => void)[] = [];
  #scrolledTo = -1;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('room') || !this.#prompter) this.#enter();
    const prompter = this.#prompter;
    if (!prompter) return;
    prompter.lang = this.#words.locale;
    this.place = this.settings.place;
    if (changed.has('stats') && this.stats?.soundLevel != null) this.#measuring?.level(this.stats.soundLevel);
    if (this.isLive) prompter.began();
    this.#listen();
  }

  protected override updated(): void {
    const prompter = this.#prompter;
    if (!prompter || prompter.line === this.#scrolledTo) return;
    this.#scrolledTo = prompter.line;
    const say = this.renderRoot.querySelector<HTMLElement>('.say');
    const item = say?.children[prompter.line] as HTMLElement | undefined;
    // Not `scrollIntoView`, which would move the whole page of a phone.
    if (say && item) say.scrollTop = Math.max(0, item.offsetTop - say.offsetTop - 4);
  }

  protected override render(): TemplateResult | typeof nothing {
    const prompter = this.#prompter;
    if (!prompter || !this.room) return nothing;
    const words = this.#words.text;
    const { product, script, view } = prompter;
    const { isFolded, size } = this.settings;
    return html`${isFolded || (!product && !script)
        ? html`<button class="chip" type="button" aria-expanded="false" @click=${() => (product || script ? this.#set({ isFolded: false }) : (this.isEditing = true))}>${icon('chat')}${words.open}</button>`
        : html`<section class="card ${size} ${script && (view === 'script' || !product) ? 'runs' : ''}" aria-label=${words.card}>
            ${this.#head(prompter)}
            ${script && product
              ? html`<div class="views">
                  <button type="button" aria-pressed=${view === 'card' ? 'true' : 'false'} @click=${() => prompter.show('card')}>${words.card}</button>
                  <button type="button" aria-pressed=${view === 'script' ? 'true' : 'false'} @click=${() => prompter.show('script')}>${words.script}</button>
                </div>`
              : nothing}
            ${script && (view === 'script' || !product) ? this.#run(prompter) : nothing} ${this.#lines(prompter)} ${product ? this.#facts(prompter) : nothing}
            ${this.#warnings()}
          </section>`}
      ${this.isEditing
        ? html`<fieldcast-studio-prompter
            .room=${this.room}
            .prompter=${prompter}
            .settings=${this.settings}
            .look=${this.look}
            @settings-change=${(event: CustomEvent<Partial<PrompterSettings>>) => this.#set(event.detail)}
            @sheet-close=${() => (this.isEditing = false)}
          ></fieldcast-studio-prompter>`
        : nothing}`;
  }

  #head(prompter: Prompter): TemplateResult {
    const words = this.#words.text;
    const { product, script } = prompter;
    return html`<div class="head">
      <p class="what">${product ? html`<strong>${product.name}</strong><span>${spokenPrice(product, this.#words.locale)}</span>` : html`<strong>${script?.title ?? words.card}</strong>`}</p>
      ${hasVoice()
        ? html`<button class="key ${this.isReading ? 'on' : ''}" type="button" aria-pressed=${this.isReading ? 'true' : 'false'} aria-label=${this.isReading ? words.stopReading : words.readAloud} @click=${() => void this.#read()}>${icon('sound')}</button>`
        : nothing}
      <button class="key" type="button" aria-haspopup="dialog" aria-label=${words.edit} @click=${() => (this.isEditing = true)}>${icon('edit')}</button>
      <button class="key up" type="button" aria-expanded="true" aria-label=${words.fold} @click=${() => this.#set({ isFolded: true })}>${icon('forward')}</button>
    </div>`;
  }

  #run(prompter: Prompter): TemplateResult | typeof nothing {
    const { script, step, place } = prompter;
    if (!script || !step) return nothing;
    const words = this.#words.text;
    const { steps } = script;
    const left = secondsLeft(steps, place, prompter.now);
    const startedAt = this.room?.store.snapshot?.show.startedAt ?? null;
    const behind = startedAt === null || !this.isLive ? 0 : secondsBehind(steps, place, startedAt, prompter.now);
    const time = (seconds: number): string => clockOf(Math.abs(seconds) * 1000);
    return html`<div class="run">
        <button class="key" type="button" aria-label=${words.previous} ?disabled=${place.index === 0} @click=${() => prompter.goTo(place.index - 1)}>${icon('back')}</button>
        <p class="where">
          <strong>${words.parts[step.part]} · <span class=${left < 0 ? 'late' : ''}>${left < 0 ? words.over(time(left)) : words.left(time(left))}</span></strong>
          <small>${words.step(place.index + 1, steps.length)}${Math.abs(behind) > ON_TIME_S ? ` · ${behind > 0 ? words.behind(time(behind)) : words.ahead(time(behind))}` : nothing}</small>
        </p>
        <button class="key" type="button" aria-label=${words.next} ?disabled=${place.index >= steps.length - 1} @click=${() => prompter.goTo(place.index + 1)}>${icon('forward')}</button>
      </div>
      <progress max=${step.seconds} value=${Math.max(0, step.seconds - left)} aria-hidden="true"></progress>`;
  }

  #lines(prompter: Prompter): TemplateResult {
    const { lines, line, card } = prompter;
    const words = this.#words.text;
    if (this.isAsked && card) {
      return html`<dl class="say" tabindex="0" aria-label=${words.asked}>${card.objections.map(({ asked, answer }) => html`<dt>“${asked}”</dt><dd>${prompter.say(answer)}</dd>`)}</dl>`;
    }
    return html`<ol class="say" tabindex="0" aria-label=${words.lines}>
      ${lines.map((text, index) => html`<li class=${index < line ? 'past' : ''} aria-current=${index === line ? 'step' : nothing} @click=${() => prompter.goToLine(index)}>${text}</li>`)}
    </ol>`;
  }

  #facts(prompter: Prompter): TemplateResult {
    const words = this.#words.text;
    const chip = (what: 'price' | number, label: string): TemplateResult => {
      const isSaid = prompter.said.has(what);
      return html`<button type="button" aria-pressed=${isSaid ? 'true' : 'false'} aria-label=${isSaid ? words.said(label) : words.notSaid(label)} @click=${() => prompter.tick(what)}>${isSaid ? icon('check') : nothing}${label}</button>`;
    };
    const objections = prompter.card?.objections.length ?? 0;
    return html`<div class="facts" role="group" aria-label=${words.mustSay}>
      ${chip('price', words.price)}
      ${objections > 0 ? html`<button class="ask" type="button" aria-pressed=${this.isAsked ? 'true' : 'false'} @click=${() => (this.isAsked = !this.isAsked)}>${words.asked} (${objections})</button>` : nothing}
      ${(prompter.card?.mustSay ?? []).map((fact, index) => chip(index, prompter.say(fact)))}
    </div>`;
  }

  #warnings(): TemplateResult | typeof nothing {
    const words = this.#words.text;
    const { look } = this;
    if (this.asksEarpiece) {
      return html`<div class="warn" role="alert"><p>${words.earpiece}</p><button class="act wide" type="button" @click=${() => this.#confirmEarpiece()}>${icon('check')}${words.earpieceYes}</button></div>`;
    }
    if (this.settings.scroll === 'voice' && this.speechFault) return html`<p class="hint" role="status">${words.voiceFaults[this.speechFault]}</p>`;
    const advice = !look ? '' : look.light !== 'good' ? words.lights[look.light] : words.framings[look.framing];
    return advice && this.settings.looks ? html`<p class="hint" role="status">${advice}</p>` : nothing;
  }

  #set(part: Partial<PrompterSettings>): void {
    this.settings = { ...this.settings, ...part };
    keepPrompterSettings(this.settings);
    if (!this.settings.looks) this.look = null;
  }

  // Voice, in and out

  /** Reads what stands there into the host's ear. To be called in a tap, which is what lets some browsers speak at all. */
  async #read(): Promise<void> {
    if (this.isReading) {
      this.isReading = false;
      this.#speaker.stop();
      return;
    }
    const isSending = this.room?.microphone() != null;
    if (isSending && this.#earpiece !== 'plugged' && !this.#isInEar) {
      this.asksEarpiece = true;
      return;
    }
    const prompter = this.#prompter;
    this.isReading = true;
    const said = prompter ? [...prompter.lines] : [];
    for (const [index, line] of said.entries()) {
      if (!this.isReading || prompter !== this.#prompter) break;
      if (index > 0 && prompter && index > prompter.line) prompter.goToLine(index);
      if (!(await this.#speaker.say(line, { lang: langOf(line, this.#words.locale), voice: '', volume: 1 }))) break;
    }
    this.isReading = false;
  }

  #confirmEarpiece(): void {
    this.#isInEar = true;
    this.asksEarpiece = false;
    void this.#read();
  }

  #listen(): void {
    const isWanted = this.settings.scroll === 'voice' && this.isLive && hasSpeech();
    if (isWanted && this.#speech.state === 'off' && this.#speech.fault === null) this.#speech.start(this.#words.locale, () => this.room?.microphone() ?? null);
    else if (!isWanted && this.#speech.state !== 'off') this.#speech.stop();
  }

  // Coming and going

  #enter(): void {
    this.#leave();
    const { room } = this;
    if (!this.isConnected || !room) return;
    const prompter = new Prompter(room, this.#words.locale);
    const measuring = new Measuring({
      room,
      isWanted: () => prompter.isMeasured && this.isLive,
      isListening: () => this.#speech.state === 'listening',
      picture: () => (this.settings.looks ? this.#seen() : null),
      onLook: (look) => (this.look = look),
    });
    prompter.onPriceSaid = (productId) => measuring.priceSaid(productId);
    const tick = setInterval(() => this.#tick(), TICK_MS);
    this.#prompter = prompter;
    this.#measuring = measuring;
    this.#stops = [
      prompter.subscribe(() => {
        if (!prompter.card?.objections.length) this.isAsked = false;
        this.requestUpdate();
      }),
      watchEarpiece((earpiece) => {
        // Pulled out: from here on it would be heard by everyone.
        if (this.#earpiece === 'plugged' && earpiece !== 'plugged') this.#hush();
        this.#earpiece = earpiece;
      }),
      () => clearInterval(tick),
      () => measuring.close(),
      () => prompter.close(),
    ];
    void prompter.load();
  }

  #leave(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#prompter = null;
    this.#measuring = null;
    this.#hush();
    this.#speech.stop();
    if (this.#video) this.#video.srcObject = null;
    this.#video = null;
  }

  #hush(): void {
    this.#isInEar = false;
    this.isReading = false;
    this.#speaker.stop();
  }

  #tick(): void {
    const prompter = this.#prompter;
    if (!prompter?.script && this.settings.scroll !== 'timer') return;
    if (prompter && this.settings.scroll === 'timer' && this.isLive && prompter.view === 'script' && prompter.step) {
      const { lines, step, place } = prompter;
      const share = 1 - secondsLeft(prompter.script?.steps ?? [], place, prompter.now) / step.seconds;
      const line = Math.min(lines.length - 1, Math.floor(share * lines.length));
      if (line > prompter.line) prompter.goToLine(line);
    }
    this.requestUpdate();
  }

  /** What the camera sees, on an element that nobody does. */
  #seen(): HTMLVideoElement | null {
    const [track] = this.stream?.getVideoTracks() ?? [];
    if (!track || !track.enabled || track.readyState !== 'live') return null;
    if (!this.#video || this.#video.srcObject !== this.stream) {
      this.#video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, srcObject: this.stream });
      void this.#video.play().catch(() => undefined);
    }
    return this.#video;
  }
}
