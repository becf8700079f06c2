// Owns the sizes and grades of a product on the phone: those there are, changing one, adding one, putting one away.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { gradeOf, kindText } from '../../server/protocol/goods-name.ts';
import { minorUnitExponent } from '../../server/protocol/money-format.ts';
import type { Specs } from '../../server/protocol/product-facts.ts';
import { type Product, type Unit, units, type Variant, VARIANT_LIMIT } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { icon, tokens } from '../ui/index.ts';
import { readSpecs, specText } from './spec-lines.ts';
import { toMinor } from './price-entry.ts';
import { addStyles } from './studio-add.styles.ts';
import { studioStyles } from './studio.styles.ts';

/** What sets one variant apart. */
export interface KindWords {
  label: string;
  unit: Unit;
  grade: string;
  specs: Specs;
  weightGrams: number | null;
}

/** A new one: all that is needed to sell it. */
export type NewKind = KindWords & { priceMinor: number; stock: number };

type Field = 'label' | 'price' | 'stock' | 'weight' | 'specs';

/** Fires `kind-add` with a {@link NewKind}, `kind-change` with `{ variant, words }`, `kind-away` with the variant. */
export class FieldcastStudioKinds extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    addStyles,
    css`
      label textarea {
        inline-size: 100%;
        padding: 10px 14px;
        border: 2px solid var(--fc-field-line);
        border-radius: 16px;
        background: var(--fc-surface);
        color: var(--fc-text);
        font: inherit;
        font-size: 18px;
        font-weight: 400;
      }
      label input {
        box-sizing: border-box;
        font-weight: 400;
      }
      [aria-invalid='true'] {
        border-color: var(--fc-danger) !important;
      }
      .kind {
        justify-content: flex-start;
        padding: 10px 14px;
        text-align: start;
      }
      .kind span {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .kind small {
        display: block;
        color: var(--fc-muted);
        font-size: 16px;
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) product!: Product;
  /** `new`, a variant, or null for the list. */
  @state() private open: Variant | 'new' | null = null;
  @state() private unit: Unit = 'box';
  @state() private wrong: Field | null = null;
  readonly #words = new Localize(this, studioMessages);

  protected override render(): TemplateResult {
    return this.open === null ? this.#list() : this.#form(this.open);
  }

  #list(): TemplateResult {
    const { kinds: words, units: names } = this.#words.text;
    const { product } = this;
    return html`<div class="stack">
      ${product.variants.map(
        (variant) => html`<button class="act kind" type="button" @click=${() => this.#open(variant)}>
          <span dir="auto">${this.#nameOf(variant)}<small>${this.#words.money(variant.priceMinor, product.currency)} / ${names[variant.unit]}</small></span>${icon('edit')}
        </button>`,
      )}
      ${product.variants.length < VARIANT_LIMIT ? html`<button class="act main wide" type="button" @click=${() => this.#open('new')}>${icon('plus')}${words.add}</button>` : nothing}
    </div>`;
  }

  #nameOf(variant: Variant): string {
    const { product } = this;
    return kindText({ name: '', label: variant.label, grade: gradeOf(product, variant) }) || this.#words.text.kinds.plain;
  }

  #form(open: Variant | 'new'): TemplateResult {
    const { kinds: words, facts, units: names, common } = this.#words.text;
    const { product, wrong } = this;
    const variant = open === 'new' ? null : open;
    const invalid = (field: Field): 'true' | 'false' => (wrong === field ? 'true' : 'false');
    return html`<form class="stack" novalidate @submit=${(event: Event) => this.#save(event, variant)} @input=${() => (this.wrong = null)}>
      <label>${words.label}<input name="label" maxlength="40" autocomplete="off" placeholder=${words.labelHint} aria-invalid=${invalid('label')} .value=${variant?.label ?? ''} /></label>
      <label>${facts.grade}<input name="grade" maxlength="40" autocomplete="off" placeholder=${product.facts?.grade ?? facts.gradeHint} .value=${variant?.grade ?? ''} /></label>
      ${variant
        ? nothing
        : html`<div class="two">
            <label>${words.price}<input name="price" inputmode="decimal" maxlength="11" autocomplete="off" aria-invalid=${invalid('price')} /></label>
            <label>${words.stock}<input name="stock" inputmode="numeric" maxlength="7" autocomplete="off" aria-invalid=${invalid('stock')} /></label>
          </div>`}
      <div class="two">
        <label>${words.unit}<select name="unit" .value=${this.unit} @change=${(event: Event) => (this.unit = (event.target as HTMLSelectElement).value as Unit)}>${units.map((unit) => html`<option value=${unit} ?selected=${unit === this.unit}>${names[unit]}</option>`)}</select></label>
        <label>${words.weight}<input name="weight" inputmode="decimal" maxlength="8" autocomplete="off" aria-invalid=${invalid('weight')} .value=${variant?.weightGrams === undefined ? '' : String(variant.weightGrams / 1_000)} /></label>
      </div>
      <label>${facts.specs}<textarea name="specs" rows="2" maxlength="1400" placeholder=${product.facts?.specs ? specText(product.facts.specs) : facts.specsHint} aria-invalid=${invalid('specs')} .value=${specText(variant?.specs)}></textarea></label>
      ${wrong ? html`<p class="fault" role="alert">${words.wrong[wrong]}</p>` : nothing}
      <button class="act main wide" type="submit">${icon('check')}${common.save}</button>
      ${variant && product.variants.length > 1
        ? html`<button class="act wide red" type="button" @click=${() => this.dispatchEvent(new CustomEvent('kind-away', { detail: variant }))}>${icon('trash')}${words.away}</button>`
        : nothing}
    </form>`;
  }

  #open(open: Variant | 'new'): void {
    this.open = open;
    this.wrong = null;
    this.unit = (open === 'new' ? this.product.variants.at(-1) : open)?.unit ?? 'box';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input')?.focus());
  }

  #save(event: Event, variant: Variant | null): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? '').normalize('NFKC').trim();
    const specs = readSpecs(String(data.get('specs') ?? ''));
    const weight = text('weight').replace(',', '.');
    const weightGrams = weight === '' ? null : Math.round(Number(weight) * 1_000);
    const label = String(data.get('label') ?? '').trim();
    // Two of one name nobody could tell apart, on the shelf or on a label.
    const twin = this.product.variants.some((other) => other.id !== variant?.id && other.label === label);
    if (twin) return this.#refuse('label');
    if (specs === null) return this.#refuse('specs');
    if (weightGrams !== null && !(weightGrams > 0 && weightGrams <= 1_000_000)) return this.#refuse('weight');
    const words: KindWords = { label, unit: this.unit, grade: String(data.get('grade') ?? '').trim(), specs, weightGrams };
    if (variant) {
      this.dispatchEvent(new CustomEvent('kind-change', { detail: { variant, words } }));
      return;
    }
    const price = text('price').replace(',', '.');
    const priceMinor = /^\d{1,8}(\.\d{1,2})?$/.test(price) ? toMinor(price, minorUnitExponent(this.product.currency)) : null;
    if (priceMinor === null || priceMinor < 1) return this.#refuse('price');
    if (!/^\d{1,7}$/.test(text('stock')) || Number(text('stock')) > 1_000_000) return this.#refuse('stock');
    const detail: NewKind = { ...words, priceMinor, stock: Number(text('stock')) };
    this.dispatchEvent(new CustomEvent('kind-add', { detail }));
  }

  #refuse(field: Field): void {
    this.wrong = field;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[name='${field}']`)?.focus());
  }
}
