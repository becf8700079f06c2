// Owns what is told of the harvest lots of an opened product: from which one the next piece is, and how many of it are left.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { listLots } from '../../server/protocol/endpoints.ts';
import type { Lot } from '../../server/protocol/lots.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { productMessages } from '../i18n/product.ts';
import type { Visit } from '../show/index.ts';
import { icon, tokens } from '../ui/index.ts';

/** Private to `<fieldcast-shelf>`, which loads it with the first product that is opened. */
export class FieldcastLots extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
      }
      p {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 8px;
        margin: 0;
        padding: 10px 12px;
        border-radius: var(--fc-radius);
        background: var(--fc-accent-soft);
        font-size: 15px;
        line-height: 1.35;
      }
      .icon {
        inline-size: 20px;
        block-size: 20px;
        color: var(--fc-accent);
      }
      strong {
        overflow-wrap: anywhere;
      }
      span {
        grid-column: 2;
      }
    `,
  ];

  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) product!: Product;
  @property({ attribute: false }) variant: Variant | null = null;
  @state() private lots: readonly Lot[] = [];
  readonly #localize = new Localize(this, productMessages);
  #stock = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('product') && changed.get('product')?.id !== this.product.id) this.lots = [];
    // What is sold meanwhile is another number here.
    const stock = `${this.product.id} ${this.product.variants.map((variant) => variant.stock).join()}`;
    if (stock === this.#stock) return;
    this.#stock = stock;
    void this.#load(this.product.id);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { lot: text } = this.#localize.text;
    const lot = this.lots.find(({ variantId, left, isClosed }) => variantId === this.variant?.id && left > 0 && !isClosed);
    if (!lot) return nothing;
    const number = (value: number): string => this.#localize.number(value);
    return html`<p part="lot">
      ${icon('leaf')}<strong dir="auto">${text.name(lot.name)}</strong>
      <span>${lot.harvestedOn ? html`${text.harvested(this.#day(lot.harvestedOn))} · ` : nothing}${text.left(number(lot.left), number(lot.quota))}</span>
      ${lot.isNumbered ? html`<span>${text.numbered}</span>` : nothing}
    </p>`;
  }

  #day(day: string): string {
    return new Intl.DateTimeFormat(this.#localize.locale, { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(Date.parse(day));
  }

  async #load(productId: string): Promise<void> {
    const outcome = await this.visit.client.call(listLots, { params: { productId } });
    // Without an answer nothing is missing that a buyer needs.
    if (outcome.ok && productId === this.product.id) this.lots = outcome.value.lots;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-lots': FieldcastLots;
  }
}
