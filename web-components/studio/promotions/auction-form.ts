// Owns the form of an auction: what is shown now, from half its price on, one minute. The usual one is started by one tap more.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { type AuctionRequest, type ExtensionSeconds, extensions, usualSteps } from '../../../server/protocol/auction.ts';
import { startAuction } from '../../../server/protocol/endpoints.ts';
import { minorUnitExponent } from '../../../server/protocol/money.ts';
import { icon, pictureStyles, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { type Choice, choiceRow } from './choice-row.ts';
import { reduced } from './flash-price.ts';
import { formStyles } from './form.styles.ts';
import { type Goods, GoodsForm } from './goods-form.ts';

const SECONDS = [30, 60, 120, 300] as const;
const COUNTDOWNS = [0, 10, 30, 60] as const;
/** Percent of the list price that bidding begins with. */
const STARTS = [20, 50, 80] as const;

export class FieldcastAuctionForm extends GoodsForm {
  static override styles = [tokens, studioStyles, pictureStyles, formStyles];

  @state() private startMinor: number | null = null;
  @state() private seconds = 60;
  @state() private extensionSeconds: ExtensionSeconds = 10;
  @state() private countdownSeconds = 0;
  /** Null: steps that grow with the price. */
  @state() private stepMinor: number | null = null;
  @state() private isTyping = false;

  protected override render(): TemplateResult {
    const { auction: text, flashSale } = this.words;
    const { goods } = this;
    if (!goods) return this.empty();
    if (this.isChoosing) return this.goodsList(goods);
    const start = this.#start(goods);
    if (this.isTyping) {
      return html`<fieldcast-studio-pad
        .mode=${'price'}
        .currency=${goods.product.currency}
        .value=${start}
        .min=${1}
        @pad-save=${(event: CustomEvent<number>) => {
          this.startMinor = event.detail;
          this.stepMinor = null;
          this.isTyping = false;
        }}
      ></fieldcast-studio-pad>`;
    }
    const starts = this.#starts(goods);
    const [{ stepMinor: usual = 1 } = {}] = usualSteps(start);
    return html`<div class="form">
      ${this.goodsField(goods)}
      ${choiceRow<number | null>(text.from, [...starts, { value: null, label: flashSale.other }], starts.find(({ value }) => value === start)?.value ?? null, (value) => {
        if (value === null) this.isTyping = true;
        else this.startMinor = value;
        this.stepMinor = null;
      })}
      ${starts.some(({ value }) => value === start) ? nothing : html`<p class="hint" role="status">${text.fromIs(this.money(start))}</p>`}
      ${choiceRow(text.length, SECONDS.map((value) => ({ value, label: flashSale.seconds(value) })), this.seconds, (value) => (this.seconds = value))}
      ${choiceRow(text.extension, extensions.map((value) => ({ value, label: value === 0 ? text.suddenDeath : text.secondsMore(value) })), this.extensionSeconds, (value) => (this.extensionSeconds = value))}
      <p class="hint">${this.extensionSeconds === 0 ? text.suddenDeathHint : text.extensionHint(this.extensionSeconds)}</p>
      <details>
        <summary>${text.more}</summary>
        <div>
          ${choiceRow<number | null>(text.step, [{ value: null, label: text.stepGrows }, ...[usual, usual * 2, usual * 5].map((value) => ({ value, label: this.money(value) }))], this.stepMinor, (value) => (this.stepMinor = value))}
          ${choiceRow(flashSale.countdown, COUNTDOWNS.map((value) => ({ value, label: value === 0 ? text.atOnce : flashSale.seconds(value) })), this.countdownSeconds, (value) => (this.countdownSeconds = value))}
        </div>
      </details>
      <p class="hint">${text.hint}</p>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault.code === 'promotion.already-on' ? text.alreadyOn : this.words.errors[this.fault.code]}</p>` : nothing}
      <div class="foot">
        <button class="act main wide" type="button" ?disabled=${this.isBusy || goods.variant.stock === 0} @click=${() => void this.#send(goods, start)}>${icon('play')}${text.start(this.money(start))}</button>
      </div>
    </div>`;
  }

  protected override forget(): void {
    this.startMinor = this.stepMinor = null;
  }

  #starts({ variant, product }: Goods): Choice<number | null>[] {
    const exponent = minorUnitExponent(product.currency);
    return [...new Set(STARTS.map((percent) => reduced(variant.priceMinor, 100 - percent, exponent)))].map((value) => ({ value, label: this.money(value) }));
  }

  #start(goods: Goods): number {
    return this.startMinor ?? this.#starts(goods)[1]?.value ?? this.#starts(goods)[0]?.value ?? goods.variant.priceMinor;
  }

  async #send({ variant }: Goods, startMinor: number): Promise<void> {
    const { seconds, extensionSeconds, countdownSeconds, stepMinor } = this;
    const steps = stepMinor === null ? {} : { steps: [{ fromMinor: 0, stepMinor }] };
    const body: AuctionRequest = { title: '', variantId: variant.id, startMinor, seconds, extensionSeconds, countdownSeconds, ...steps };
    await this.start(body, ({ client, showId }, options) => client.call(startAuction, { params: { showId }, ...options }), this.words.auction.started);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-auction-form': FieldcastAuctionForm;
  }
}
