// Owns what is told of a product beside name, price and words: seller, grade, origin, harvest, storage, trace, returns, and what delivery costs.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeliveryArea, DeliveryRules } from '../../server/protocol/delivery.ts';
import { readDeliveryRules } from '../../server/protocol/endpoints.ts';
import { gradeOf } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import { deliveryText, weightText } from '../i18n/delivery-text.ts';
import { Localize } from '../i18n/index.ts';
import { productMessages } from '../i18n/product.ts';
import type { Visit } from '../show/index.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';

/** More of them are folded away: most buyers live in one of the first. */
const AREAS_SHOWN = 4;
const FRESH_MS = 60_000;

interface Known {
  readonly at: number;
  readonly rules: Promise<DeliveryRules | null>;
}

/** One answer serves all products of a seller; a failed one is asked for again by the next product. */
const known = new Map<string, Known>();

function rulesOf(visit: Visit, sellerId: string): Promise<DeliveryRules | null> {
  const key = `${visit.serverUrl} ${sellerId}`;
  const before = known.get(key);
  if (before && Date.now() - before.at < FRESH_MS) return before.rules;
  const rules = visit.client.call(readDeliveryRules, { params: { sellerId } }).then((outcome) => {
    if (outcome.ok) return outcome.value;
    known.delete(key);
    return null;
  });
  known.set(key, { at: Date.now(), rules });
  return rules;
}

/** Private to `<fieldcast-shelf>`, which loads it with the first product that is opened. */
export class FieldcastProductFacts extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    css`
      .sheet {
        display: grid;
        gap: 16px;
        padding-block: 12px;
        border-block-start: 1px solid var(--fc-line);
      }
      h3 {
        margin-block-end: 8px;
        font-size: 16px;
      }
      dl {
        display: grid;
        grid-template-columns: fit-content(42%) minmax(0, 1fr);
        gap: 6px 14px;
        margin: 0;
        font-size: 15px;
      }
      dt {
        min-inline-size: 64px;
        color: var(--fc-muted);
      }
      dd {
        margin: 0;
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      .mark {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 2px 10px 2px 6px;
        border-radius: 999px;
        background: var(--fc-accent-soft);
        color: var(--fc-accent);
        font-weight: 600;
      }
      .mark .icon {
        inline-size: 18px;
        block-size: 18px;
        flex: none;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-block-size: 44px;
        margin-block: -11px;
        color: var(--fc-accent);
      }
      .limit {
        font-weight: 600;
      }
      summary {
        padding-block: 11px;
        color: var(--fc-accent);
        font-size: 15px;
        cursor: pointer;
      }
      p {
        font-size: 15px;
      }
    `,
  ];

  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) product!: Product;
  /** The chosen one, whose weight is told, and its grade and specs where they are its own. */
  @property({ attribute: false }) variant: Variant | null = null;
  @state() private delivery: DeliveryRules | null | undefined = undefined;

  #localize = new Localize(this, productMessages);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('product') || changed.get('product')?.sellerId === this.product.sellerId) return;
    this.delivery = undefined;
    const { sellerId } = this.product;
    void rulesOf(this.visit, sellerId).then((rules) => {
      if (sellerId === this.product.sellerId) this.delivery = rules;
    });
  }

  override render() {
    const { text } = this.#localize;
    const rows = this.#rows();
    const { limitPerBuyer } = this.product;
    return html`<div class="sheet">
      ${limitPerBuyer === undefined ? nothing : html`<p class="limit">${text.limit(limitPerBuyer)}</p>`}
      ${rows.length > 0
        ? html`<section aria-labelledby="facts"><h3 id="facts">${text.facts}</h3><dl part="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`
        : nothing}
      ${this.delivery === undefined ? nothing : html`<section aria-labelledby="delivery"><h3 id="delivery">${text.delivery}</h3>${this.#delivery(this.delivery)}</section>`}
    </div>`;
  }

  #rows(): [string, unknown][] {
    const { text } = this.#localize;
    const { facts = {} } = this.product;
    const { origin, geographicalIndication, harvestedOn, storage, traceCode, returnRule } = facts;
    const grade = gradeOf(this.product, this.variant);
    const specs = this.variant?.specs ?? facts.specs ?? [];
    const weight = this.variant?.weightGrams;
    const rows: [string, unknown][] = [
      [text.seller, this.visit.store.snapshot?.show.sellerName],
      [text.grade, grade],
      ...specs.map(({ name, value }): [string, string] => [name, value]),
      [text.origin, origin],
      [text.geographicalIndication, geographicalIndication && html`<span class="mark">${icon('leaf')}${geographicalIndication}</span>`],
      [text.harvestedOn, harvestedOn && html`<time datetime=${harvestedOn}>${this.#day(harvestedOn)}</time>`],
      [text.weight, weight && weightText(weight, this.#localize)],
      [text.storage, storage],
      [text.traceCode, traceCode && this.#trace(traceCode)],
      [text.returnRule, returnRule],
    ];
    return rows.filter(([, value]) => value);
  }

  /** As on the crate: the day is the farmer's, whatever the buyer's time zone. */
  #day(day: string): string {
    return new Intl.DateTimeFormat(this.#localize.locale, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(Date.parse(day));
  }

  #trace(code: string): unknown {
    // Only what is an address for people: what a seller wrote must not become a script.
    return /^https?:\/\//i.test(code) ? html`<a href=${code} target="_blank" rel="noopener noreferrer">${this.#localize.text.openTrace}</a>` : code;
  }

  #delivery(rules: DeliveryRules | null): TemplateResult {
    const { text } = this.#localize;
    if (!rules) return html`<p>${text.deliveryFailed}</p>`;
    if (rules.areas.length === 0) return html`<p>${text.everywhereFree}</p>`;
    // Folding one away would take as much room as showing it.
    const shown = rules.areas.length <= AREAS_SHOWN + 1 ? rules.areas : rules.areas.slice(0, AREAS_SHOWN);
    const folded = rules.areas.slice(shown.length);
    return html`${this.#areas(shown)}${folded.length > 0 ? html`<details><summary>${text.moreAreas(folded.length)}</summary>${this.#areas(folded)}</details>` : nothing}`;
  }

  #areas(areas: readonly DeliveryArea[]): TemplateResult {
    return html`<dl part="delivery-areas">${areas.map((area) => html`<dt>${area.name}</dt><dd>${deliveryText(area, this.product.currency, this.#localize)}</dd>`)}</dl>`;
  }
}
