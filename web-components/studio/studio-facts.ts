// Owns what a farmer tells of a product on the phone: its name, picked today, from where, which grade, by what to trace it, how many for one buyer.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ProductFactsPatch } from '../../server/protocol/product-facts.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { icon, tokens } from '../ui/index.ts';
import { readSpecs, specText } from './spec-lines.ts';
import { addStyles } from './studio-add.styles.ts';
import { studioStyles } from './studio.styles.ts';

export interface FactsChange {
  name: string;
  description: string;
  facts: ProductFactsPatch;
  limitPerBuyer: number | null;
}

const DAY_MS = 24 * 3600_000;

/** Fires `facts-save` with a {@link FactsChange}. */
export class FieldcastStudioFacts extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    addStyles,
    css`
      .days {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 10px;
        margin-block-start: -4px;
      }
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
    `,
  ];

  @property({ attribute: false }) product!: Product;
  @state() private harvestedOn = '';
  @state() private isWrong = false;
  readonly #words = new Localize(this, studioMessages);

  override connectedCallback(): void {
    super.connectedCallback();
    this.harvestedOn = this.product.facts?.harvestedOn ?? '';
  }

  protected override render(): TemplateResult {
    const { facts: words, common } = this.#words.text;
    const { facts = {}, limitPerBuyer } = this.product;
    const today = dayAt(Date.now());
    const yesterday = dayAt(Date.now() - DAY_MS);
    const day = (value: string, label: string): TemplateResult =>
      html`<button class="act ${this.harvestedOn === value ? 'on' : ''}" type="button" aria-pressed=${this.harvestedOn === value ? 'true' : 'false'} @click=${() => (this.harvestedOn = value)}>${label}</button>`;
    const { name, description } = this.product;
    return html`<form class="stack" @submit=${(event: Event) => this.#save(event)}>
      <label>${words.name}<input name="name" required maxlength="80" autocomplete="off" .value=${name} /></label>
      <label>${words.harvestedOn}<input name="harvestedOn" type="date" .value=${this.harvestedOn} @input=${(event: Event) => (this.harvestedOn = (event.target as HTMLInputElement).value)} /></label>
      <div class="days">${day(today, words.today)}${day(yesterday, words.yesterday)}</div>
      <label>${words.origin}<input name="origin" maxlength="80" autocomplete="off" placeholder=${words.originHint} .value=${facts.origin ?? ''} /></label>
      <label>${words.grade}<input name="grade" maxlength="40" autocomplete="off" placeholder=${words.gradeHint} .value=${facts.grade ?? ''} />${this.product.variants.some(({ grade }) => grade !== undefined) ? html`<small>${words.gradeOwn}</small>` : nothing}</label>
      <label>${words.description}<textarea name="description" rows="3" maxlength="2000" placeholder=${words.descriptionHint} .value=${description}></textarea></label>
      <label>${words.limit}<input name="limit" type="number" inputmode="numeric" min="1" max="999" step="1" placeholder=${words.noLimit} .value=${limitPerBuyer === undefined ? '' : String(limitPerBuyer)} /></label>
      <label>${words.specs}<textarea name="specs" rows="2" maxlength="1400" placeholder=${words.specsHint} aria-invalid=${this.isWrong ? 'true' : 'false'} .value=${specText(facts.specs)}></textarea></label>
      ${this.isWrong ? html`<p class="fault" role="alert">${words.specsWrong}</p>` : nothing}
      <label>${words.storage}<textarea name="storage" rows="2" maxlength="300" .value=${facts.storage ?? ''}></textarea></label>
      <label>${words.returnRule}<textarea name="returnRule" rows="2" maxlength="300" placeholder=${words.returnHint} .value=${facts.returnRule ?? ''}></textarea></label>
      <label>${words.indication}<input name="indication" maxlength="80" autocomplete="off" placeholder=${words.indicationHint} .value=${facts.geographicalIndication ?? ''} /></label>
      <label>${words.trace}<input name="trace" maxlength="200" autocomplete="off" .value=${facts.traceCode ?? ''} /></label>
      <button class="act main wide" type="submit">${icon('check')}${common.save}</button>
    </form>`;
  }

  #save(event: Event): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const specs = readSpecs(text('specs'));
    this.isWrong = specs === null;
    if (specs === null) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("[name='specs']")?.focus());
      return;
    }
    const detail: FactsChange = {
      name: text('name'),
      description: text('description'),
      facts: {
        harvestedOn: this.harvestedOn || null, origin: text('origin'), grade: text('grade'), specs, storage: text('storage'), returnRule: text('returnRule'),
        geographicalIndication: text('indication'), traceCode: text('trace'),
      },
      limitPerBuyer: text('limit') === '' ? null : Number(text('limit')),
    };
    this.dispatchEvent(new CustomEvent('facts-save', { detail }));
  }
}

/** The day where the farmer is. */
function dayAt(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
