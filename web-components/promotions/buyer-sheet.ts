// Owns what sheets have in common that end in an order: who buys, remembered on the device, and how they would pay.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { safeParse } from 'valibot';
import { type Buyer, buyer } from '../../server/protocol/order.ts';
import type { PaymentMethod } from '../../server/protocol/payments.ts';
import { Localize } from '../i18n/index.ts';
import { promotionMessages, type PromotionMessages } from '../i18n/promotions.ts';
import type { Failure, Visit } from '../show/index.ts';

type Field = keyof Buyer;
const FIELDS = [
  { name: 'name', type: 'text', autocomplete: 'name' },
  { name: 'phone', type: 'tel', autocomplete: 'tel' },
  { name: 'address', type: 'text', autocomplete: 'street-address' },
] as const satisfies readonly { name: Field; type: string; autocomplete: AutoFill }[];

/** On top of tokens, buttons and fields. */
export const buyerSheetStyles = css`
  :host,
  form {
    display: grid;
    gap: 12px;
  }
  .ways {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: 8px;
  }
  .ways .button {
    min-block-size: 52px;
    padding-inline: 6px;
  }
  .button[aria-pressed='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .soft {
    color: var(--fc-muted);
    font-size: 15px;
    line-height: 1.4;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 10px 12px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-sunken);
    font-size: 15px;
    line-height: 1.4;
  }
  .who p {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .wide {
    inline-size: 100%;
  }
  p.fault {
    color: var(--fc-danger);
    font-weight: 600;
  }
`;

export abstract class BuyerSheet extends LitElement {
  @property({ attribute: false }) visit: Visit | null = null;
  @state() protected isEditing = false;
  @state() protected fault: Failure | null = null;
  @state() private person: Buyer | null = null;
  @state() private way: PaymentMethod | null = null;
  @state() private faults: ReadonlySet<Field> = new Set();
  protected readonly localize = new Localize(this, promotionMessages);

  protected get words(): PromotionMessages {
    return this.localize.text;
  }

  protected get currency() {
    return this.visit?.store.snapshot?.show.currency ?? 'CNY';
  }

  protected money(minor: number): string {
    return this.localize.money(minor, this.currency);
  }

  /** Name, phone, address and way of paying. @param place where all fetch it: then no address is asked */
  protected who(visit: Visit, place: string | null = null): TemplateResult {
    const { details: text } = this.words;
    const person = this.#person(visit, place);
    const isKnown = !this.isEditing && safeParse(buyer, person).success;
    const fields = FIELDS.filter(({ name }) => place === null || name !== 'address');
    return html`${isKnown
        ? html`<div class="who">
            <p>${person.name} · ${person.phone}${place === null ? html`<br /><span dir="auto">${person.address}</span>` : nothing}</p>
            <button class="button" type="button" @click=${() => (this.isEditing = true)}>${text.change}</button>
          </div>`
        : fields.map(
            ({ name, type, autocomplete }) => html`<div class="field">
              <label for=${name}>${text.fields[name]}</label>
              <input
                id=${name}
                type=${type}
                autocomplete=${autocomplete}
                maxlength=${name === 'address' ? 300 : 60}
                aria-invalid=${this.faults.has(name) ? 'true' : 'false'}
                aria-describedby=${this.faults.has(name) ? `${name}-fault` : nothing}
                .value=${person[name]}
                @input=${(event: Event) => {
                  this.isEditing = true;
                  this.person = { ...person, [name]: (event.target as HTMLInputElement).value };
                }}
              />
              ${this.faults.has(name) ? html`<span class="fault" id="${name}-fault" role="alert">${text.fieldFaults[name]}</span>` : nothing}
            </div>`,
          )}
      ${this.#ways(visit).length > 1
        ? html`<div class="ways" role="group" aria-label=${text.pay}>
            ${this.#ways(visit).map((method) => html`<button class="button" type="button" aria-pressed=${method === this.#way(visit) ? 'true' : 'false'} @click=${() => (this.way = method)}>${text.ways[method]}</button>`)}
          </div>`
        : html`<p class="soft">${text.pay}: ${text.ways[this.#way(visit)]}</p>`}`;
  }

  /** As an order says it, and kept on this device; null while something is missing, which is marked then. */
  protected async details(visit: Visit, place: string | null = null): Promise<{ buyer: Buyer; payment: PaymentMethod } | null> {
    const parsed = safeParse(buyer, this.#person(visit, place));
    this.faults = new Set(parsed.success ? [] : parsed.issues.map(({ path }) => path?.[0]?.key as Field));
    if (!parsed.success) {
      this.isEditing = true;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.field [aria-invalid="true"]')?.focus();
      return null;
    }
    // A place to fetch things at is nobody's address.
    const { address } = this.person ?? visit.buyer.read() ?? parsed.output;
    if (place === null || address !== '') visit.buyer.write({ ...parsed.output, address: place === null ? parsed.output.address : address });
    return { buyer: parsed.output, payment: this.#way(visit) };
  }

  #person(visit: Visit, place: string | null): Buyer {
    const person = this.person ?? visit.buyer.read() ?? { name: '', phone: '', address: '' };
    return place === null ? person : { ...person, address: place };
  }

  #ways(visit: Visit): PaymentMethod[] {
    const methods = visit.store.snapshot?.ways.map(({ method }) => method) ?? [];
    return methods.length > 0 ? methods : ['cod'];
  }

  #way(visit: Visit): PaymentMethod {
    const ways = this.#ways(visit);
    return ways.find((method) => method === this.way) ?? ways[0] ?? 'cod';
  }
}
