// Owns the staff's page of harvest lots: those there are and what is left of each, adding one, closing one.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { addLot, changeLot, listLots } from '../../../server/protocol/endpoints.ts';
import type { Lot } from '../../../server/protocol/lots.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { icon, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { AidPage, nameOf } from './aid-page.ts';
import { aidStyles } from './aids.styles.ts';
import { choiceRow } from './choice-row.ts';
import { formStyles } from './form.styles.ts';

export class FieldcastLotPage extends AidPage {
  static override styles = [
    tokens,
    studioStyles,
    formStyles,
    aidStyles,
    css`
      .form {
        margin-block-start: 14px;
      }
      .closed {
        opacity: 0.65;
      }
      input[type='date'],
      select {
        inline-size: 100%;
        min-block-size: 56px;
        padding: 0 14px;
        border: 2px solid var(--fc-field-line);
        border-radius: 16px;
        background: var(--fc-surface);
        color: var(--fc-text);
        font: inherit;
        font-size: 18px;
      }
      label {
        display: grid;
        gap: 6px;
        font-size: 17px;
        font-weight: 700;
      }
    `,
  ];

  @state() private lots: readonly Lot[] | null = null;
  @state() private isAdding = false;
  @state() private variantId = '';
  @state() private isNumbered = true;
  @state() private addsToStock = true;
  /** Kept for a call that is repeated. */
  #key = '';

  async refresh(): Promise<void> {
    const productIds = [...new Set(this.goods().map(({ product }) => product.id))];
    const lots: Lot[] = [];
    for (const productId of productIds) {
      const answer = await this.send(({ client }) => client.call(listLots, { params: { productId } }));
      if (!answer) return;
      lots.push(...answer.lots);
    }
    this.lots = lots;
  }

  protected override render(): TemplateResult {
    const { aids: words } = this.words;
    if (this.isAdding) return this.#form();
    return html`<p class="soft">${words.lotHint}</p>
      ${this.fault ? html`<p class="fault" role="alert">${this.words.errors[this.fault.code]}</p>` : nothing}
      ${this.lots === null ? html`<p class="soft" role="status">${this.words.loading}</p>` : nothing}
      <button class="act main wide first" type="button" ?disabled=${this.goods().length === 0} @click=${this.#open}>${icon('plus')}${words.lotAdd}</button>
      <ul>
        ${(this.lots ?? []).map(
          (lot) => html`<li class=${lot.isClosed ? 'closed' : ''} data-lot=${lot.id}>
            <span>
              <strong dir="auto">${lot.name}</strong>
              <span dir="auto">${this.nameOf(lot.variantId)}${lot.harvestedOn ? ` · ${lot.harvestedOn}` : ''}</span>
              <span>${words.lotLeft(this.number(lot.left), this.number(lot.quota))}${lot.isNumbered ? ` · ${words.lotNumbered}` : ''}${lot.isClosed ? ` · ${words.lotClosed}` : ''}</span>
            </span>
            <button class="act" type="button" ?disabled=${this.isBusy} @click=${() => void this.#change(lot, !lot.isClosed)}>${lot.isClosed ? words.lotReopen : words.lotClose}</button>
          </li>`,
        )}
      </ul>`;
  }

  #form(): TemplateResult {
    const { aids: words } = this.words;
    const goods = this.goods();
    return html`<form class="form" @submit=${this.#add}>
      <label>${words.lotOf}
        <select name="variant" @change=${(event: Event) => (this.variantId = (event.target as HTMLSelectElement).value)}>
          ${goods.map((each) => html`<option value=${each.variant.id} ?selected=${each.variant.id === this.variantId}>${nameOf(each)}</option>`)}
        </select>
      </label>
      <label>${words.lotName}<input type="text" name="name" required maxlength="40" placeholder=${words.lotNameExample} autocomplete="off" /></label>
      <label>${words.lotDay}<input type="date" name="day" .value=${today()} /></label>
      <label>${words.lotQuota}<input type="number" name="quota" required min="1" max="100000" inputmode="numeric" /></label>
      ${choiceRow(words.lotNumbers, [{ value: true, label: words.lotWithNumbers }, { value: false, label: words.lotWithout }], this.isNumbered, (value) => (this.isNumbered = value))}
      ${choiceRow(words.lotStock, [{ value: true, label: words.lotAdds }, { value: false, label: words.lotIsIn }], this.addsToStock, (value) => (this.addsToStock = value))}
      ${this.fault ? html`<p class="fault" role="alert">${this.words.errors[this.fault.code]}</p>` : nothing}
      <div class="foot"><button class="act main wide" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.lotSave}</button></div>
    </form>`;
  }

  #open(): void {
    this.isAdding = true;
    this.fault = null;
    this.#key = newId('key');
    const pinned = this.snapshot?.pins[0];
    const goods = this.goods();
    this.variantId = (goods.find(({ product }) => product.id === pinned) ?? goods[0])?.variant.id ?? '';
  }

  async #add(event: Event): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const day = String(data.get('day') ?? '');
    const body = {
      name: String(data.get('name') ?? ''),
      harvestedOn: day === '' ? null : day,
      quota: Number(data.get('quota')),
      isNumbered: this.isNumbered,
      addsToStock: this.addsToStock,
    };
    const lot = await this.send(({ client }) => client.call(addLot, { params: { variantId: this.variantId }, body, idempotencyKey: this.#key }));
    if (!lot) {
      // Whatever is sent next is something else, unless nobody knows whether this arrived.
      if (this.fault && this.fault.status !== 0) this.#key = newId('key');
      return;
    }
    this.isAdding = false;
    await this.refresh();
  }

  async #change(lot: Lot, isClosed: boolean): Promise<void> {
    await this.send(({ client }) => client.call(changeLot, { params: { lotId: lot.id }, body: { isClosed } }));
    await this.refresh();
  }
}

function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-lot-page': FieldcastLotPage;
  }
}
