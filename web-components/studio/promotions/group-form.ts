// Owns the form of a group buy: up to three prices by the number of buyers, the deadline, where it is fetched.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { startGroupBuy } from '../../../server/protocol/endpoints.ts';
import { GROUP_BUYERS_MOST, type GroupBuyRequest, type GroupTier } from '../../../server/protocol/group-buy.ts';
import { minorUnitExponent } from '../../../server/protocol/money.ts';
import { icon, pictureStyles, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { choiceRow } from './choice-row.ts';
import { reduced } from './flash-price.ts';
import { formStyles } from './form.styles.ts';
import { type Goods, GoodsForm } from './goods-form.ts';

const MINUTES = [15, 60, 180, 1440] as const;
/** What a group is usually offered: so many buyers, so many percent off. */
const USUAL = [
  { buyers: 5, percent: 10 },
  { buyers: 10, percent: 20 },
  { buyers: 30, percent: 30 },
] as const;
const USUAL_TIERS = 2;

export class FieldcastGroupForm extends GoodsForm {
  static override styles = [
    tokens,
    studioStyles,
    pictureStyles,
    formStyles,
    css`
      .tier {
        display: grid;
        grid-template-columns: 1fr 1fr auto;
        gap: 6px;
      }
      .tier .act {
        min-block-size: 56px;
        min-inline-size: 0;
        padding: 4px 6px;
        font-size: 17px;
      }
    `,
  ];

  @state() private tiers: readonly GroupTier[] | null = null;
  @state() private minutes = 60;
  @state() private hasPlace = false;
  @state() private address = '';
  @state() private note = '';
  @state() private asking: { tier: number; what: 'buyers' | 'price' } | null = null;

  protected override render(): TemplateResult {
    const { groupBuy: text } = this.words;
    const { goods } = this;
    if (!goods) return this.empty();
    if (this.isChoosing) return this.goodsList(goods);
    const tiers = this.tiers ?? this.#usual(goods, USUAL_TIERS);
    if (this.asking) return this.#pad(goods, tiers, this.asking);
    const wrong = this.#wrong(goods, tiers);
    const isReady = wrong === null && (!this.hasPlace || this.address.trim().length >= 4);
    const type = (keep: (value: string) => void) => (event: Event) => keep((event.target as HTMLInputElement).value);
    return html`<div class="form">
      ${this.goodsField(goods)}
      <div class="field" role="group" aria-label=${text.prices}>
        <span class="label" aria-hidden="true">${text.prices}</span>
        ${tiers.map(
          ({ buyers, priceMinor }, index) => html`<div class="tier">
            <button class="act" type="button" @click=${() => (this.asking = { tier: index, what: 'buyers' })}>${text.from(this.localize.number(buyers))}</button>
            <button class="act" type="button" @click=${() => (this.asking = { tier: index, what: 'price' })}>${this.money(priceMinor)}</button>
            <button class="act" type="button" aria-label=${text.remove} ?disabled=${tiers.length === 1} @click=${() => (this.tiers = tiers.filter((_, each) => each !== index))}>${icon('close')}</button>
          </div>`,
        )}
        ${tiers.length < USUAL.length ? html`<button class="act" type="button" @click=${() => (this.tiers = [...tiers, this.#further(goods, tiers)])}>${icon('plus')}${text.add}</button>` : nothing}
      </div>
      <p class=${wrong === null ? 'hint' : 'fault'} role="status">${wrong ?? text.hint(this.money(tiers[0]?.priceMinor ?? 0), this.localize.number(tiers[0]?.buyers ?? 0))}</p>
      ${choiceRow(text.deadline, MINUTES.map((value) => ({ value, label: text.minutes(value) })), this.minutes, (value) => (this.minutes = value))}
      ${choiceRow(text.place, [{ value: false, label: text.delivered }, { value: true, label: text.fetched }], this.hasPlace, (value) => (this.hasPlace = value))}
      ${this.hasPlace
        ? html`<div class="field">
              <label class="label" for="place">${text.address}</label>
              <input id="place" type="text" maxlength="300" autocomplete="off" placeholder=${text.addressExample} .value=${this.address} @input=${type((value) => (this.address = value))} />
            </div>
            <div class="field">
              <label class="label" for="when">${text.note}</label>
              <input id="when" type="text" maxlength="80" autocomplete="off" placeholder=${text.noteExample} .value=${this.note} @input=${type((value) => (this.note = value))} />
            </div>`
        : nothing}
      ${this.fault ? html`<p class="fault" role="alert">${this.fault.code === 'promotion.already-on' ? text.alreadyOn : this.words.errors[this.fault.code]}</p>` : nothing}
      <div class="foot">
        <button class="act main wide" type="button" ?disabled=${this.isBusy || !isReady} @click=${() => void this.#send(goods, tiers)}>${icon('play')}${text.start}</button>
      </div>
    </div>`;
  }

  protected override forget(): void {
    this.tiers = null;
  }

  #pad({ product }: Goods, tiers: readonly GroupTier[], { tier, what }: { tier: number; what: 'buyers' | 'price' }): TemplateResult {
    const isPrice = what === 'price';
    return html`<fieldcast-studio-pad
      .mode=${isPrice ? 'price' : 'count'}
      .currency=${product.currency}
      .value=${isPrice ? (tiers[tier]?.priceMinor ?? 1) : (tiers[tier]?.buyers ?? 2)}
      .min=${isPrice ? 1 : 2}
      @pad-save=${(event: CustomEvent<number>) => {
        const set = isPrice ? { priceMinor: event.detail } : { buyers: Math.min(Math.max(2, event.detail), GROUP_BUYERS_MOST) };
        this.tiers = tiers.map((each, index) => (index === tier ? { ...each, ...set } : each));
        this.asking = null;
      }}
    ></fieldcast-studio-pad>`;
  }

  #usual({ product, variant }: Goods, count: number): GroupTier[] {
    const exponent = minorUnitExponent(product.currency);
    return USUAL.slice(0, count).map(({ buyers, percent }) => ({ buyers, priceMinor: reduced(variant.priceMinor, percent, exponent) }));
  }

  /** One more, of more buyers and cheaper than the last. */
  #further({ product }: Goods, tiers: readonly GroupTier[]): GroupTier {
    const last = tiers.at(-1);
    return { buyers: (last?.buyers ?? 2) * 2, priceMinor: reduced(last?.priceMinor ?? 1, 10, minorUnitExponent(product.currency)) };
  }

  #wrong({ variant }: Goods, tiers: readonly GroupTier[]): string | null {
    const { groupBuy: text } = this.words;
    const isRising = tiers.every((tier, index) => index === 0 || (tier.buyers > (tiers[index - 1]?.buyers ?? 0) && tier.priceMinor < (tiers[index - 1]?.priceMinor ?? 0)));
    if (!isRising) return text.notRising;
    return (tiers[0]?.priceMinor ?? 0) > variant.priceMinor || (tiers.at(-1)?.priceMinor ?? 0) >= variant.priceMinor ? text.notCheaper(this.money(variant.priceMinor)) : null;
  }

  async #send({ variant }: Goods, tiers: readonly GroupTier[]): Promise<void> {
    const { minutes, hasPlace, address, note } = this;
    const body: GroupBuyRequest = { title: '', variantId: variant.id, tiers: [...tiers], minutes, pickUp: hasPlace ? { address: address.trim(), note: note.trim() } : null };
    await this.start(body, ({ client, showId }, options) => client.call(startGroupBuy, { params: { showId }, ...options }), this.words.groupBuy.started);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-group-form': FieldcastGroupForm;
  }
}
