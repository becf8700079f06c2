// Owns the number pad for prices and counts: big keys, no letters, what is typed in large.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type Currency, formatMoney, minorUnitExponent } from '../../server/protocol/money.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { icon, tokens } from '../ui/index.ts';
import { fromMinor, type PadKey, press, toMinor } from './price-entry.ts';
import { studioStyles } from './studio.styles.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Fires `pad-save` with `detail: number` (minor units, or a count).
 */
export class FieldcastStudioPad extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      .screen {
        display: flex;
        align-items: center;
        justify-content: center;
        min-block-size: 76px;
        margin-block-end: 10px;
        border-radius: 16px;
        background: var(--fc-sunken);
        font-size: 40px;
        font-weight: 750;
      }
      .screen.untouched {
        color: var(--fc-muted);
      }
      .steps,
      .keys {
        display: grid;
        gap: 8px;
        margin-block-end: 10px;
      }
      .steps {
        grid-template-columns: repeat(4, 1fr);
      }
      .keys {
        grid-template-columns: repeat(3, 1fr);
      }
      .keys .act {
        min-block-size: 64px;
        padding: 0;
        font-size: 30px;
        background: var(--fc-surface);
        box-shadow: var(--fc-shadow-key);
      }
      .steps .act {
        padding: 0;
        min-block-size: 56px;
      }
    `,
  ];

  /** `price` counts in minor units of `currency`, `count` in pieces. */
  @property() mode: 'price' | 'count' = 'price';
  @property() currency: Currency = 'CNY';
  /** What it was before; the first key replaces it. */
  @property({ type: Number }) value: number | null = null;
  /** Smallest value that may be saved. */
  @property({ type: Number }) min = 0;
  @state() private typed: string | null = null;
  readonly #words = new Localize(this, studioMessages);

  override connectedCallback(): void {
    super.connectedCallback();
    // In the capture phase on the window: the sheet around it holds the focus, not a field in here.
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
  }

  get #exponent(): number {
    return this.mode === 'price' ? minorUnitExponent(this.currency) : 0;
  }

  get #now(): number | null {
    return this.typed === null ? this.value : toMinor(this.typed, this.#exponent);
  }

  protected override render(): TemplateResult {
    const now = this.#now;
    const words = this.#words.text;
    return html`
      <output class="screen ${this.typed === null ? 'untouched' : ''}" aria-live="polite">${this.#display()}</output>
      ${this.mode === 'count'
        ? html`<div class="steps">
            ${[-10, -1, 1, 10].map((step) => html`<button class="act" type="button" @click=${() => this.#step(step)}>${step > 0 ? `+${step}` : `−${-step}`}</button>`)}
          </div>`
        : nothing}
      <div class="keys">
        ${KEYS.map((key) => this.#key(key))} ${this.#exponent > 0 ? this.#key('.') : html`<span></span>`} ${this.#key('0')}
        <button class="act" type="button" aria-label=${words.common.delete} @click=${() => this.#press('delete')}>${icon('back')}</button>
      </div>
      <button class="act main wide" type="button" ?disabled=${now === null || now < this.min} @click=${() => this.#save()}>${icon('check')}${words.common.save}</button>
    `;
  }

  #display(): string {
    if (this.mode === 'count') return this.typed ?? (this.value === null ? '0' : String(this.value));
    const symbol = formatMoney(0, this.currency, this.#words.locale).replace(/[\d.,\s]+/g, '');
    return symbol + (this.typed ?? fromMinor(this.value ?? 0, this.#exponent));
  }

  #key(key: PadKey): TemplateResult {
    return html`<button class="act" type="button" @click=${() => this.#press(key)}>${key}</button>`;
  }

  #press(key: PadKey): void {
    const before = this.typed ?? (key === 'delete' ? fromMinor(this.value ?? 0, this.#exponent) : '');
    this.typed = press(before, key, this.#exponent);
  }

  #step(step: number): void {
    this.typed = String(Math.max(0, (this.#now ?? 0) + step));
  }

  #save(): void {
    const now = this.#now;
    if (now !== null && now >= this.min) this.dispatchEvent(new CustomEvent<number>('pad-save', { detail: now }));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9.]$/.test(event.key)) this.#press(event.key as PadKey);
    else if (event.key === 'Backspace') this.#press('delete');
    else if (event.key === 'Enter' && !(event.composedPath()[0] instanceof HTMLButtonElement)) this.#save();
    else return;
    event.preventDefault();
  };
}
