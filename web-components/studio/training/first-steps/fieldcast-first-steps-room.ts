// Owns the guided practice on the screen: picture, sentence said aloud, one thing to do, and the way back at every step.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Currency, formatMoney, minorUnitExponent } from '../../../../server/protocol/money.ts';
import { firstStepsMessages, type FirstStepsMessages } from '../../../i18n/first-steps.ts';
import { Localize } from '../../../i18n/index.ts';
import { Camera, type LevelMeter, openLevelMeter, VOICE_PEAK } from '../../../publish/index.ts';
import { scriptOrigin } from '../../../show/server-url.ts';
import { icon, tokens } from '../../../ui/index.ts';
import { hasVoice, Speaker } from '../../../voice/speaker.ts';
import { studioStyles } from '../../studio.styles.ts';
import { tickFirstSteps } from './class-task.ts';
import { firstStepsStyles } from './first-steps.styles.ts';
import { drawing, finishedDrawing, goodPicture } from './pictures.ts';
import { type Act, canGoOn, type GoodId, goods, type Practice, type ScreenName, taskNames, taskOf, Way } from './steps.ts';

/** Loud enough for so long is somebody speaking, and no knock on the table. */
const SPOKEN_TICKS = 5;

/**
 * Fires `first-steps-close`, with `detail: true` when all five were done.
 * @prop {Currency} currency - The seller's own, so that prices look as they will.
 */
export class FieldcastFirstStepsRoom extends LitElement {
  static override styles = [tokens, studioStyles, firstStepsStyles];

  @property() currency: Currency = 'CNY';
  /** What the studio's own camera gives, where that is open. */
  @property({ attribute: false }) given: MediaStream | null = null;
  @state() private practice: Practice;
  @state() private isOpening = false;
  @state() private isCameraFailed = false;
  @state() private stream: MediaStream | null = null;
  @state() private level = 0;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new Localize(this, firstStepsMessages);
  readonly #way = new Way();
  readonly #speaker = new Speaker();
  #camera: Camera | null = null;
  #meter: LevelMeter | null = null;
  #loudTicks = 0;

  constructor() {
    super();
    this.practice = this.#way.now;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#speaker.stop();
    this.#meter?.close();
    this.#camera?.close();
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('practice' as keyof this) as Practice | undefined;
    if (!changed.has('practice' as keyof this) || before?.screen === this.practice.screen) return;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
    this.renderRoot.querySelector('.body')?.scrollTo(0, 0);
    this.#say();
    if (this.practice.screen === 'hello.speak') this.#listen();
    else this.#hush();
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const { screen } = this.practice;
    return html`<dialog aria-label=${words.label} @cancel=${(event: Event) => this.#cancel(event)}>
      ${screen === 'finished' ? this.#finished(words) : this.#screen(words, screen)}
    </dialog>`;
  }

  #screen(words: FirstStepsMessages, screen: ScreenName): TemplateResult {
    const number = taskNames.indexOf(taskOf(screen)) + 1;
    return html`<div>
        <header>
          <h2 tabindex="-1">${words.tasks[taskOf(screen)]}<small>${words.step(number, taskNames.length)}</small></h2>
          ${hasVoice() ? html`<button class="act plain" type="button" aria-label=${words.hear} @click=${() => this.#hear()}>${icon('sound')}</button>` : nothing}
          <button class="act plain" type="button" aria-label=${words.close} @click=${() => this.#close(false)}>${icon('close')}</button>
        </header>
        <div class="dots" aria-hidden="true">${taskNames.map((_, index) => html`<span class=${index < number ? 'done' : ''}></span>`)}</div>
      </div>
      <div class="body" data-screen=${screen}>${this.#isCameraShown ? this.#stage() : drawing(screen)}<p class="say">${words.screens[screen].say}</p>${this.#task(words, screen)}</div>
      <footer>
        ${this.#way.canUndo ? html`<button class="act" type="button" @click=${() => this.#undo()}>${icon('undo')}${words.undo}</button>` : nothing}
        ${words.screens[screen].do === '' ? nothing : html`<button class="act main" type="button" ?disabled=${!canGoOn(this.practice)} @click=${() => this.#do({ name: 'next' })}>${words.screens[screen].do}${icon('forward')}</button>`}
      </footer>`;
  }

  #task(words: FirstStepsMessages, screen: ScreenName): TemplateResult | typeof nothing {
    const { isSeen, isHeard, shown, prices } = this.practice;
    const good = shown ?? goods[0].id;
    switch (screen) {
      case 'see.look':
        if (isSeen) return this.stream ? html`<p class="well">${icon('check')}${words.seen}</p>` : nothing;
        return html`${this.isCameraFailed ? html`<p class="fault" role="alert">${words.cameraFailed}</p>` : nothing}
          <button class="act main huge wide" type="button" ?disabled=${this.isOpening} @click=${() => void this.#look()}>${icon('camera')}${this.isCameraFailed ? words.retry : words.camera}</button>
          ${this.isCameraFailed ? html`<button class="act wide" type="button" @click=${() => this.#do({ name: 'seen' })}>${words.without}</button>` : nothing}`;
      case 'hello.speak':
        if (isHeard) return html`<p class="well">${icon('check')}${words.heard}</p>`;
        return html`${this.#meter ? html`<p class="well">${icon('mic')}${words.speakNow}</p><meter min="0" max=${VOICE_PEAK * 2} .value=${Math.min(VOICE_PEAK * 2, this.level)} aria-label=${words.level}></meter>` : nothing}
          <button class="act huge wide" type="button" @click=${() => this.#do({ name: 'heard' })}>${icon('check')}${words.saidIt}</button>`;
      case 'pin.tap':
        return html`<div class="goods">${goods.map(({ id }) => html`<button class="act" type="button" aria-label=${words.show(words.goods[id])} @click=${() => this.#do({ name: 'show', good: id })}>${goodPicture(id)}<span>${words.goods[id]}<br /><span class="price">${this.#price(prices[id])}</span></span></button>`)}</div>`;
      case 'pin.shown':
      case 'price.shown':
        return this.#isCameraShown ? nothing : this.#shown(words, good, this.#price(prices[good]));
      case 'price.tap':
        return html`<button class="act huge wide" type="button" aria-label=${words.change(this.#price(prices[good]))} @click=${() => this.#do({ name: 'next' })}>${goodPicture(good)}<span class="price">${this.#price(prices[good])}</span>${icon('edit')}</button>`;
      case 'price.type':
        return html`<fieldcast-studio-pad .currency=${this.currency} .value=${prices[good] * this.#scale} .min=${1} @pad-save=${(event: CustomEvent<number>) => this.#do({ name: 'price', priceMinor: event.detail / this.#scale })}></fieldcast-studio-pad>`;
      case 'order.comes':
        return html`<button class="act huge wide on" type="button" @click=${() => this.#do({ name: 'next' })}>${icon('bell')}${words.buyer}${icon('forward')}</button>`;
      case 'order.take':
        return html`<div class="note"><b>${words.buyer}</b><span>${words.buys(2, words.goods[good])}</span><span class="price">${this.#price(prices[good] * 2)}</span></div>
          <button class="act main huge wide" type="button" @click=${() => this.#do({ name: 'take' })}>${icon('check')}${words.take}</button>`;
      case 'order.done':
        return html`<p class="well">${icon('check')}${words.taken}</p>`;
      default:
        return nothing;
    }
  }

  #finished(words: FirstStepsMessages): TemplateResult {
    return html`<header>
        <h2 tabindex="-1">${words.finished}</h2>
        <button class="act plain" type="button" aria-label=${words.close} @click=${() => this.#close(true)}>${icon('close')}</button>
      </header>
      <div class="body" data-screen="finished">${finishedDrawing()}<p class="say">${words.finishedHint}</p><button class="act wide" type="button" @click=${() => this.#again()}>${icon('retry')}${words.again}</button></div>
      <footer>
        <button class="act" type="button" @click=${() => this.#undo()}>${icon('undo')}${words.undo}</button>
        <button class="act main" type="button" @click=${() => this.#close(true)}>${icon('check')}${words.ready}</button>
      </footer>`;
  }

  get #isCameraShown(): boolean {
    const { screen } = this.practice;
    return this.stream !== null && (screen === 'see.look' || screen === 'hello.speak' || screen === 'pin.shown' || screen === 'price.shown');
  }

  #stage(): TemplateResult {
    const { screen, shown, prices } = this.practice;
    const isShown = shown !== null && (screen === 'pin.shown' || screen === 'price.shown');
    return html`<div class="stage">
      <video autoplay playsinline .muted=${true} .srcObject=${this.stream}></video>
      ${isShown ? this.#shown(this.#words.text, shown, this.#price(prices[shown])) : nothing}
    </div>`;
  }

  #shown(words: FirstStepsMessages, good: GoodId, price: string): TemplateResult {
    return html`<p class="shown">${goodPicture(good)}<span>${words.goods[good]}<b>${price}</b></span></p>`;
  }

  /** From hundredths, in which practice counts, to what the currency counts in. */
  get #scale(): number {
    return 10 ** (minorUnitExponent(this.currency) - 2);
  }

  #price(hundredths: number): string {
    return formatMoney(hundredths * this.#scale, this.currency, this.#words.locale);
  }

  #do(act: Act): void {
    if (this.#way.do(act)) this.practice = this.#way.now;
  }

  #undo(): void {
    this.#way.undo();
    this.practice = this.#way.now;
  }

  #again(): void {
    this.#way.again();
    this.practice = this.#way.now;
  }

  #close(isDone: boolean): void {
    if (isDone) void tickFirstSteps(scriptOrigin || location.origin);
    this.dispatchEvent(new CustomEvent<boolean>('first-steps-close', { detail: isDone }));
  }

  #cancel(event: Event): void {
    event.preventDefault();
    this.#close(this.practice.screen === 'finished');
  }

  // What is said

  #say(): void {
    const { screen } = this.practice;
    if (!hasVoice()) return;
    const words = this.#words.text;
    const text = screen === 'finished' ? `${words.finished} ${words.finishedHint}` : words.screens[screen].say;
    void this.#speaker.say(text, { lang: this.#words.locale, voice: '', volume: 1 });
  }

  #hear(): void {
    this.#speaker.stop();
    this.#say();
  }

  // What is seen and heard

  async #look(): Promise<void> {
    if (this.given) {
      this.stream = this.given;
      this.#do({ name: 'seen' });
      return;
    }
    this.isOpening = true;
    this.#camera ??= new Camera({ facing: 'user' });
    try {
      this.stream = await this.#camera.open();
      this.isCameraFailed = false;
      this.#do({ name: 'seen' });
    } catch {
      this.isCameraFailed = true;
    } finally {
      this.isOpening = false;
    }
    if (!this.isConnected) this.#camera.close();
  }

  #listen(): void {
    const track = this.stream?.getAudioTracks()[0];
    this.#hush();
    if (!track || this.practice.isHeard) return;
    this.#meter = openLevelMeter(track, ({ level }) => this.#heard(level));
    this.requestUpdate();
  }

  #heard(level: number): void {
    this.level = level;
    // The page's own voice comes out of the same phone.
    if (this.#speaker.isSpeaking || level < VOICE_PEAK) return;
    this.#loudTicks += 1;
    if (this.#loudTicks < SPOKEN_TICKS) return;
    this.#do({ name: 'heard' });
    this.#hush();
  }

  #hush(): void {
    this.#meter?.close();
    this.#meter = null;
    this.#loudTicks = 0;
  }
}
