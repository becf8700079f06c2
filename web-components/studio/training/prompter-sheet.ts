// Owns the sheet behind the cue card: cards of all goods, scripts, and how they are shown on this phone.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CueCardRequest } from '../../../server/protocol/cue-cards.ts';
import { deleteCueCard, writeCueCard } from '../../../server/protocol/endpoints.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { Localize } from '../../i18n/index.ts';
import { prompterMessages } from '../../i18n/prompter.ts';
import type { Outcome } from '../../show/index.ts';
import { icon, picture, pictureStyles, tokens } from '../../ui/index.ts';
import { hasSpeech } from '../../voice/speech.ts';
import { tell } from '../notice.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';
import type { Look } from './picture-look.ts';
import { prompterFormStyles } from './prompter-form.styles.ts';
import type { Prompter } from './prompter.ts';
import { isSlowPhone, places, type PrompterSettings, scrolls, sizes } from './prompter-settings.ts';

const pages = ['cards', 'script', 'look'] as const;

/** Fires `sheet-close`, and `settings-change` with what is to be different. */
export class FieldcastStudioPrompter extends LitElement {
  static override styles = [tokens, studioStyles, pictureStyles, prompterFormStyles];

  @property({ attribute: false }) room!: StaffRoom;
  @property({ attribute: false }) prompter!: Prompter;
  @property({ attribute: false }) settings!: PrompterSettings;
  /** The newest look at the picture. */
  @property({ attribute: false }) look: Look | null = null;
  @state() private page: (typeof pages)[number] = 'cards';
  @state() private productId: string | null = null;
  @state() private isBusy = false;
  readonly #words = new Localize(this, prompterMessages);
  #stop: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.productId = this.prompter.product?.id ?? null;
    this.#stop = this.prompter.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    return html`<fieldcast-studio-sheet .heading=${words.title} .closeLabel=${words.close} @sheet-close=${() => this.dispatchEvent(new CustomEvent('sheet-close'))} @prompter-change=${() => void this.prompter.load()}>
      <div class="stack">
        <div class="tabs" role="group" aria-label=${words.title}>
          ${pages.map((page) => html`<button class="act ${page === this.page ? 'on' : ''}" type="button" aria-pressed=${page === this.page ? 'true' : 'false'} @click=${() => (this.page = page)}>${words.pages[page]}</button>`)}
        </div>
        ${this.page === 'cards' ? this.#cards() : this.page === 'script' ? html`<fieldcast-studio-scripts .room=${this.room} .fill=${this.#fill}></fieldcast-studio-scripts>` : this.#display()}
      </div>
    </fieldcast-studio-sheet>`;
  }

  readonly #fill = (line: string, product: Product | null): string => this.prompter.fill(line, product);

  #cards(): TemplateResult {
    const words = this.#words.text;
    const { prompter, room } = this;
    if (!prompter.isLoaded) {
      return prompter.fault
        ? html`<div class="stack" role="alert"><p>${words.errors[prompter.fault.code]}</p><button class="act wide" type="button" @click=${() => void prompter.load()}>${icon('retry')}${words.retry}</button></div>`
        : html`<p role="status">${words.loading}</p>`;
    }
    const shelf = room.store.snapshot?.shelf ?? [];
    const product = shelf.find(({ id }) => id === this.productId);
    const card = product && prompter.cards.get(product.id);
    if (product && card) {
      return html`<button class="act plain way-back" type="button" @click=${() => (this.productId = null)}>${icon('back')}${words.backToCards}</button>
        <h3>${product.name}</h3>
        <fieldcast-studio-card-form
          .card=${card}
          .fill=${(line: string) => prompter.fill(line, product)}
          ?busy=${this.isBusy}
          @card-save=${(event: CustomEvent<CueCardRequest>) => void this.#save(product, event.detail)}
          @card-restore=${() => void this.#restore(product)}
        ></fieldcast-studio-card-form>`;
    }
    if (shelf.length === 0) return html`<div><h3>${words.noGoods}</h3><p class="hint">${words.noGoodsHint}</p></div>`;
    return html`<div class="list">
      ${shelf.map(({ id, name, pictures }) => {
        const own = prompter.cards.get(id);
        return html`<button class="act" type="button" @click=${() => (this.productId = id)}>
          <span class="pictured">${picture(room.serverUrl, pictures[0], '', '48px')}</span>
          <span class="what">${name}<small>${!own || own.isDraft ? words.draft : words.written(own.changedBy)}</small></span>${icon('forward')}
        </button>`;
      })}
    </div>`;
  }

  #display(): TemplateResult {
    const words = this.#words.text;
    const { settings } = this;
    const pick = <K extends 'size' | 'place' | 'scroll'>(key: K, heading: string, options: readonly PrompterSettings[K][], label: (option: PrompterSettings[K]) => string): TemplateResult =>
      html`<h3>${heading}</h3>
        <div class="choice" role="group" aria-label=${heading}>
          ${options.map((option) => html`<button class="act ${settings[key] === option ? 'on' : ''}" type="button" aria-pressed=${settings[key] === option ? 'true' : 'false'} @click=${() => this.#set({ [key]: option })}>${label(option)}</button>`)}
        </div>`;
    return html`${pick('size', words.size, sizes, (size) => words.sizes[size])} ${pick('place', words.place, places, (place) => words.places[place])}
      ${pick('scroll', words.scroll, hasSpeech() ? scrolls : (['none', 'timer'] as const), (scroll) => words.scrolls[scroll])}
      ${settings.scroll === 'voice' ? html`<p class="note">${words.voicePrivacy}</p>` : nothing}
      <button class="act wide ${settings.looks ? 'on' : ''}" type="button" aria-pressed=${settings.looks ? 'true' : 'false'} @click=${() => this.#set({ looks: !settings.looks })}>${icon(settings.looks ? 'check' : 'eye')}${words.looks}</button>
      <p class="hint">${words.looksHint}${isSlowPhone() && !settings.looks ? html` ${words.looksSlow}` : nothing}</p>
      ${this.prompter.isMeasured ? html`<p class="hint">${words.measured}</p>` : nothing}
      ${settings.looks && this.look ? html`<p class="note" role="status">${[words.lights[this.look.light], words.framings[this.look.framing]].filter((text) => text !== '').join(' · ')}</p>` : nothing}`;
  }

  #set(detail: Partial<PrompterSettings>): void {
    this.dispatchEvent(new CustomEvent('settings-change', { detail }));
  }

  async #save(product: Product, body: CueCardRequest): Promise<void> {
    const { client, showId } = this.room;
    const before = this.prompter.cards.get(product.id);
    const params = { showId, productId: product.id };
    const isSaved = await this.#do(client.call(writeCueCard, { params, body }));
    if (!isSaved) return;
    this.productId = null;
    const { isDraft = true, lines = [], mustSay = [], objections = [] } = before ?? {};
    tell(this, {
      text: this.#words.text.cardSaved(product.name),
      undo: () => this.#do(isDraft ? client.call(deleteCueCard, { params }) : client.call(writeCueCard, { params, body: { lines, mustSay, objections } })),
    });
  }

  async #restore(product: Product): Promise<void> {
    const { client, showId } = this.room;
    const before = this.prompter.cards.get(product.id);
    const params = { showId, productId: product.id };
    if (!before || !(await this.#do(client.call(deleteCueCard, { params })))) return;
    this.productId = null;
    const { lines, mustSay, objections } = before;
    tell(this, { text: this.#words.text.cardRestored(product.name), undo: () => this.#do(client.call(writeCueCard, { params, body: { lines, mustSay, objections } })) });
  }

  async #do(call: Promise<Outcome<unknown>>): Promise<boolean> {
    this.isBusy = true;
    const outcome = await call;
    if (outcome.ok) await this.prompter.load();
    else tell(this, { text: this.#words.text.errors[outcome.error.code], isFault: true });
    this.isBusy = false;
    return outcome.ok;
  }
}
