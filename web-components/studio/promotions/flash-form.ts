// Owns the form of a flash sale: what is shown now, ten percent off, five minutes. The usual one is started by one tap more.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { readPrices, startFlashSale } from '../../../server/protocol/endpoints.ts';
import type { FlashSaleRequest } from '../../../server/protocol/flash-sale.ts';
import { variantName } from '../../../server/protocol/goods-name.ts';
import { minorUnitExponent } from '../../../server/protocol/money.ts';
import type { PriceRecord } from '../../../server/protocol/promotions.ts';
import type { Product, Variant } from '../../../server/protocol/shop.ts';
import { icon, picture, pictureStyles, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { type Choice, choiceRow } from './choice-row.ts';
import { highestDeal, reduced } from './flash-price.ts';
import { formStyles } from './form.styles.ts';
import { StarterForm } from './starter-form.ts';

interface Goods {
  product: Product;
  variant: Variant;
}

const PERCENTS = [10, 20, 30] as const;
const USUAL_UNITS = 20;

export class FieldcastFlashForm extends StarterForm {
  static override styles = [tokens, studioStyles, pictureStyles, formStyles];

  @state() private variantId = '';
  @state() private priceMinor: number | null = null;
  @state() private units: number | null = null;
  @state() private minutes = 5;
  @state() private countdownSeconds = 30;
  @state() private perBuyer: number | null = null;
  /** As a date field has it; empty: now. */
  @state() private startsAt = '';
  @state() private asking: 'product' | 'price' | 'units' | null = null;
  @state() private record: { productId: string; prices: PriceRecord['prices'] } | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const goods = this.#goods();
    if (goods && goods.product.id !== this.record?.productId) void this.#readPrices(goods.product.id);
  }

  protected override render(): TemplateResult {
    const { flashSale: text } = this.words;
    const goods = this.#goods();
    if (!goods) return html`<div class="empty">${icon('basket')}<h3>${text.nothing}</h3><p>${text.nothingHint}</p></div>`;
    if (this.asking === 'product') return this.#products();
    if (this.asking) return this.#pad(goods, this.asking);
    const { variant } = goods;
    const price = this.#price(goods);
    const most = this.#most(goods);
    const units = this.#units(goods);
    const isTooHigh = price > most;
    const counts = [...new Set([10, USUAL_UNITS, 50].filter((count) => count < variant.stock))];
    return html`<div class="form">
      <div class="field">
        <span class="label">${text.product}</span>
        <button class="act goods" type="button" aria-haspopup="true" @click=${() => (this.asking = 'product')}>
          <span class="visually-hidden">${text.otherProduct}</span>${picture(this.room?.client.serverUrl ?? '', goods.product.pictures[0], '', '56px')}${this.#name(goods)}${icon('forward')}
        </button>
      </div>
      ${choiceRow(
        text.price,
        [...this.#prices(goods), { value: null, label: text.otherPrice }],
        this.priceMinor === null ? (this.#prices(goods)[0]?.value ?? null) : (this.#prices(goods).find(({ value }) => value === price)?.value ?? null),
        (value) => (value === null ? (this.asking = 'price') : (this.priceMinor = value)),
      )}
      <p class=${isTooHigh ? 'fault' : 'hint'} role="status">${isTooHigh ? text.priceTooHigh(this.money(most)) : text.priceHint(this.money(this.#lowest(goods)))}</p>
      ${choiceRow<number | null>(
        text.units,
        [...counts.map((value) => ({ value, label: this.localize.number(value) })), { value: variant.stock, label: text.all(this.localize.number(variant.stock)) }, { value: null, label: text.other }],
        counts.includes(units) || units === variant.stock ? units : null,
        (value) => (value === null ? (this.asking = 'units') : (this.units = value)),
      )}
      ${choiceRow(text.minutes, [3, 5, 10, 20].map((value) => ({ value, label: text.minutesShort(value) })), this.minutes, (value) => (this.minutes = value))}
      <details>
        <summary>${text.more}${icon('forward')}</summary>
        <div>
          ${choiceRow(text.countdown, [10, 30, 60, 300].map((value) => ({ value, label: text.seconds(value) })), this.countdownSeconds, (value) => (this.countdownSeconds = value))}
          ${choiceRow<number | null>(
            text.perBuyer,
            [{ value: null, label: text.noLimit }, ...[1, 2, 5].map((value) => ({ value, label: this.localize.number(value) }))],
            this.perBuyer,
            (value) => (this.perBuyer = value),
          )}
          ${choiceRow(text.when, [{ value: false, label: text.atOnce }, { value: true, label: text.later }], this.startsAt !== '', (isLater) => (this.startsAt = isLater ? localTime(Date.now() + 10 * 60_000) : ''))}
          ${this.startsAt === ''
            ? nothing
            : html`<input type="datetime-local" aria-label=${text.later} .value=${this.startsAt} @input=${(event: Event) => (this.startsAt = (event.target as HTMLInputElement).value)} />`}
        </div>
      </details>
      ${this.fault ? html`<p class="fault" role="alert">${this.words.errors[this.fault.code]}</p>` : nothing}
      <div class="foot">
        <button class="act main wide" type="button" ?disabled=${this.isBusy || isTooHigh || units > variant.stock} @click=${() => void this.#start(goods)}>
          ${icon('play')}${this.startsAt === '' ? text.start(this.money(price)) : text.plan(this.money(price))}
        </button>
      </div>
    </div>`;
  }

  #products(): TemplateResult {
    return html`<div class="form">
      ${this.#all().map(
        (goods) => html`<button
          class="act goods ${goods.variant.id === this.#goods()?.variant.id ? 'on' : ''}"
          type="button"
          ?disabled=${goods.variant.stock === 0}
          @click=${() => {
            this.variantId = goods.variant.id;
            this.priceMinor = this.units = this.asking = null;
          }}
        >
          ${picture(this.room?.client.serverUrl ?? '', goods.product.pictures[0], '', '56px')}${this.#name(goods)}
        </button>`,
      )}
    </div>`;
  }

  #name({ product, variant }: Goods): TemplateResult {
    const { units, flashSale: text } = this.words;
    return html`<span class="what"
      >${variantName(product, variant)}<small>${this.localize.money(variant.priceMinor, product.currency)} / ${units[variant.unit]}${variant.stock === 0 ? ` · ${text.soldOut}` : ''}</small></span
    >`;
  }

  #pad(goods: Goods, asked: 'price' | 'units'): TemplateResult {
    const isPrice = asked === 'price';
    return html`<fieldcast-studio-pad
      .mode=${isPrice ? 'price' : 'count'}
      .currency=${goods.product.currency}
      .value=${isPrice ? this.#price(goods) : this.#units(goods)}
      .min=${1}
      @pad-save=${(event: CustomEvent<number>) => {
        if (isPrice) this.priceMinor = event.detail;
        else this.units = Math.min(event.detail, goods.variant.stock);
        this.asking = null;
      }}
    ></fieldcast-studio-pad>`;
  }

  #all(): Goods[] {
    return (this.snapshot?.shelf ?? []).flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  }

  /** What was chosen, else what is shown now, else the first that can be sold. */
  #goods(): Goods | null {
    const all = this.#all();
    const pinned = this.snapshot?.pins[0];
    return (
      all.find(({ variant }) => variant.id === this.variantId) ??
      all.find(({ product, variant }) => product.id === pinned && variant.stock > 0) ??
      all.find(({ variant }) => variant.stock > 0) ??
      null
    );
  }

  #known(): PriceRecord['prices'] {
    return this.record?.prices ?? [];
  }

  #most({ variant }: Goods): number {
    return highestDeal({ prices: this.#known() }, variant.id, variant.priceMinor);
  }

  #lowest({ variant }: Goods): number {
    return Math.min(variant.priceMinor, ...this.#known().flatMap((price) => (price.variantId === variant.id ? [price.priceMinor] : [])));
  }

  #prices(goods: Goods): Choice<number | null>[] {
    const exponent = minorUnitExponent(goods.product.currency);
    const from = this.#lowest(goods);
    const choices = PERCENTS.map((percent) => ({ value: Math.min(reduced(from, percent, exponent), this.#most(goods)), percent }));
    return [...new Map(choices.map((choice) => [choice.value, choice])).values()].map(({ value }) => ({ value, label: this.money(value) }));
  }

  #price(goods: Goods): number {
    return this.priceMinor ?? this.#prices(goods)[0]?.value ?? this.#most(goods);
  }

  #units({ variant }: Goods): number {
    return this.units ?? Math.min(USUAL_UNITS, variant.stock);
  }

  async #readPrices(productId: string): Promise<void> {
    this.record = { productId, prices: [] };
    const outcome = await this.room?.client.call(readPrices, { params: { productId } });
    // The server judges it anyway.
    if (outcome?.ok && this.record?.productId === productId) this.record = { productId, prices: outcome.value.prices };
  }

  async #start(goods: Goods): Promise<void> {
    const { room, countdownSeconds, minutes, perBuyer } = this;
    if (!room) return;
    const at = this.startsAt === '' ? NaN : new Date(this.startsAt).getTime();
    const body: FlashSaleRequest = {
      title: '',
      variantId: goods.variant.id,
      priceMinor: this.#price(goods),
      units: this.#units(goods),
      perBuyer,
      countdownSeconds,
      minutes,
      ...(Number.isNaN(at) ? {} : { startsAt: at }),
    };
    const { flashSale: text } = this.words;
    await this.start(body, ({ client, showId }, options) => client.call(startFlashSale, { params: { showId }, ...options }), Number.isNaN(at) ? text.started : text.planned);
  }
}

/** A moment as a date field of this place has it. */
function localTime(atMs: number): string {
  const date = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-flash-form': FieldcastFlashForm;
  }
}
