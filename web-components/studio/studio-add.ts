// Owns putting a product on the shelf within half a minute: from last time with one tap, or new with picture, name, price, unit and quantity.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { Currency } from '../../server/protocol/money.ts';
import { type Product, type Unit, units as allUnits } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { icon, picture, pictureStyles, priceText, tokens } from '../ui/index.ts';
import { tell } from './notice.ts';
import { grabSquare, readPhoto, toJpeg } from './photo.ts';
import type { Deed, ShelfDesk } from './shelf-desk.ts';
import { addStyles } from './studio-add.styles.ts';
import { studioStyles } from './studio.styles.ts';

type Step = 'choose' | 'photo' | 'details' | 'price' | 'quantity';

const FIRST_UNITS: readonly Unit[] = ['jin', 'kg', 'box', 'bag', 'jar', 'bottle', 'piece', 'bunch'];

/** Fires `add-done` when something is on the shelf. */
export class FieldcastStudioAdd extends LitElement {
  static override styles = [tokens, studioStyles, pictureStyles, addStyles];

  @property({ attribute: false }) desk: ShelfDesk | null = null;
  @property({ attribute: false }) serverUrl = '';
  @property({ attribute: false }) stream: MediaStream | null = null;
  @property() currency: Currency = 'CNY';
  @property({ attribute: false }) sellerId = '';
  @state() private step: Step = 'choose';
  @state() private earlier: readonly Product[] = [];
  @state() private photo: HTMLCanvasElement | null = null;
  @state() private name = '';
  @state() private priceMinor: number | null = null;
  @state() private unit: Unit = 'jin';
  @state() private quantity = 10;
  @state() private isSending = false;
  @state() private fault = '';
  @query('video') private video!: HTMLVideoElement | null;
  readonly #words = new Localize(this, studioMessages);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#loadEarlier();
  }

  protected override render(): TemplateResult {
    switch (this.step) {
      case 'choose':
        return this.#choose();
      case 'photo':
        return this.#takePhoto();
      case 'price':
        return this.#pad('price', this.priceMinor, 1, (value) => (this.priceMinor = value));
      case 'quantity':
        return this.#pad('count', this.quantity, 0, (value) => (this.quantity = value));
      default:
        return this.#details();
    }
  }

  async #loadEarlier(): Promise<void> {
    const listed = await this.desk?.earlier();
    if (listed?.ok) this.earlier = listed.value;
  }

  #choose(): TemplateResult {
    const { add: words } = this.#words.text;
    return html`<div class="stack">
      <button class="act main wide" type="button" @click=${() => (this.step = this.stream ? 'photo' : 'details')}>${icon('camera')}${words.fresh}</button>
      ${this.earlier.length > 0 ? html`<h3>${words.again}</h3>` : nothing}
      ${this.earlier.map(
        (product) => html`<button class="act again" type="button" ?disabled=${this.isSending} aria-label=${words.againOf(product.name)} @click=${() => this.#again(product)}>
          ${picture(this.serverUrl, product.pictures[0], '', '60px')}
          <span class="words">${product.name}<small>${this.#priceOf(product)}</small></span>
          ${icon('plus')}
        </button>`,
      )}
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
    </div>`;
  }

  #priceOf(product: Product): string {
    const { amount, perUnit } = priceText(product, this.#words);
    return amount + perUnit;
  }

  #takePhoto(): TemplateResult {
    const { add: words } = this.#words.text;
    return html`<div class="stack">
      <p>${words.photoHint}</p>
      <div class="view"><video autoplay playsinline .muted=${true} .srcObject=${guard([this.stream], () => this.stream)}></video></div>
      <div class="two">
        ${this.#filePick(words.gallery)}
        <button class="act main" type="button" @click=${() => this.#shoot()}>${icon('camera')}${words.shoot}</button>
      </div>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
    </div>`;
  }

  #filePick(label: string): TemplateResult {
    return html`<span class="act pick"
      >${icon('picture')}${label}<input type="file" accept="image/*" aria-label=${label} @change=${(event: Event) => this.#chosen(event.target as HTMLInputElement)}
    /></span>`;
  }

  #details(): TemplateResult {
    const { add: words, units } = this.#words.text;
    return html`<form class="stack" novalidate @submit=${(event: Event) => this.#submit(event)}>
      <div class="basics">
        ${this.stream || this.photo
          ? html`<button class="act thumb" type="button" aria-label=${this.photo ? words.again2 : words.takePhoto} @click=${() => (this.step = 'photo')}>${this.photo ?? icon('camera')}</button>`
          : this.#filePick(words.photo)}
        <label>${words.name}<input name="name" maxlength="80" autocomplete="off" enterkeyhint="done" placeholder=${words.nameHint} .value=${this.name} @input=${(event: InputEvent) => (this.name = (event.target as HTMLInputElement).value)} /></label>
      </div>
      <div class="two numbers">
        <button class="act ${this.priceMinor === null ? 'missing' : ''}" type="button" @click=${() => (this.step = 'price')}>
          <small>${words.price}</small>${this.priceMinor === null ? icon('edit') : html`<span class="price">${this.#words.money(this.priceMinor, this.currency)}</span>`}
        </button>
        <button class="act" type="button" @click=${() => (this.step = 'quantity')}><small>${words.quantity}</small>${this.quantity}</button>
      </div>
      <fieldset>
        <legend>${words.unit}</legend>
        ${[...FIRST_UNITS, ...allUnits.filter((unit) => !FIRST_UNITS.includes(unit))].map(
          (unit) => html`<label class="unit"><input type="radio" name="unit" .checked=${this.unit === unit} @change=${() => (this.unit = unit)} /><span>${units[unit]}</span></label>`,
        )}
      </fieldset>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <button class="act main wide" type="submit" ?disabled=${this.isSending}>${icon('check')}${this.isSending ? words.sending : words.put}</button>
    </form>`;
  }

  #pad(mode: 'price' | 'count', value: number | null, min: number, save: (value: number) => void): TemplateResult {
    return html`<fieldcast-studio-pad
      .mode=${mode}
      .currency=${this.currency}
      .value=${value}
      .min=${min}
      @pad-save=${(event: CustomEvent<number>) => {
        save(event.detail);
        this.step = 'details';
      }}
    ></fieldcast-studio-pad>`;
  }

  #shoot(): void {
    try {
      this.#keep(grabSquare(this.video as HTMLVideoElement));
    } catch {
      this.fault = this.#words.text.add.photoFailed;
    }
  }

  async #chosen(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    try {
      this.#keep(await readPhoto(file));
    } catch {
      this.fault = this.#words.text.add.photoFailed;
    }
  }

  #keep(photo: HTMLCanvasElement): void {
    this.photo = photo;
    this.fault = '';
    this.step = 'details';
  }

  async #again(product: Product): Promise<void> {
    if (this.desk) await this.#finish((desk) => desk.shelve(product.id), product.name);
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const words = this.#words.text.add;
    const name = this.name.trim();
    const { priceMinor } = this;
    if (!name || priceMinor === null) {
      this.fault = name ? words.needPrice : words.needName;
      return;
    }
    const photo = this.photo ? await toJpeg(this.photo) : null;
    const variant = { label: '', unit: this.unit, priceMinor, stock: this.quantity };
    await this.#finish((desk) => desk.add({ sellerId: this.sellerId, name, variants: [variant] }, photo), name);
  }

  async #finish(act: (desk: ShelfDesk) => Promise<Deed>, name: string): Promise<void> {
    if (!this.desk || this.isSending) return;
    this.isSending = true;
    this.fault = '';
    const { outcome, undo } = await act(this.desk);
    this.isSending = false;
    if (!outcome.ok) {
      this.fault = this.#words.text.errors[outcome.error.code];
      return;
    }
    tell(this, { text: this.#words.text.shelf.doneAdded(name), undo: async () => (await undo()).ok });
    this.dispatchEvent(new CustomEvent('add-done'));
  }
}
