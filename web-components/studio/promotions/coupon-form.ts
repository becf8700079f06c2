// Owns the form of a coupon: what it takes off and from which amount on. The usual one is given out by one tap more.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CouponDiscount, CouponRequest } from '../../../server/protocol/coupon.ts';
import { openCoupon } from '../../../server/protocol/endpoints.ts';
import { minorUnitExponent } from '../../../server/protocol/money.ts';
import { couponName, couponValue, shortMoney } from '../../i18n/coupon.ts';
import { icon, pictureStyles, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { choiceRow } from './choice-row.ts';
import { formStyles } from './form.styles.ts';
import { StarterForm } from './starter-form.ts';

const AMOUNTS = [5, 10, 20] as const;
const MINIMUMS = [50, 100] as const;
const PERCENTS = [10, 20, 30] as const;
const USES = [20, 50, 100] as const;
const DAY_MS = 24 * 3600_000;

export class FieldcastCouponForm extends StarterForm {
  static override styles = [tokens, studioStyles, pictureStyles, formStyles];

  @state() private kind: CouponDiscount['kind'] = 'amount';
  @state() private amountMinor: number | null = null;
  @state() private percent = 10;
  @state() private minimumMinor = 0;
  @state() private productId: string | null = null;
  @state() private uses: number | null = null;
  @state() private oncePerBuyer = true;
  /** Days after now; null: while the show is on. */
  @state() private days: number | null = null;
  @state() private isPinned = true;
  @state() private code = '';
  @state() private asking: 'amount' | 'percent' | 'minimum' | 'uses' | null = null;

  protected override render(): TemplateResult {
    const { coupon: text, flashSale } = this.words;
    if (this.asking) return this.#pad(this.asking);
    const discount = this.#discount();
    const pinned = this.snapshot?.shelf.find(({ id }) => id === (this.productId ?? this.snapshot?.pins[0]));
    return html`<div class="form">
      ${choiceRow<CouponDiscount['kind']>(
        text.kind,
        (['amount', 'percent', 'free-delivery'] as const).map((value) => ({ value, label: text.kinds[value] })),
        this.kind,
        (value) => (this.kind = value),
      )}
      ${this.kind === 'amount' ? this.#amounts() : this.kind === 'percent' ? this.#percents() : nothing}
      ${choiceRow<number | null>(
        text.minimum,
        [{ value: 0, label: text.none }, ...this.#withOwn(MINIMUMS.map((major) => this.#minor(major)), this.minimumMinor).map((value) => ({ value, label: shortMoney(value, this.localize, this.#currency) })), { value: null, label: flashSale.other }],
        this.minimumMinor,
        (value) => (value === null ? (this.asking = 'minimum') : (this.minimumMinor = value)),
      )}
      <details>
        <summary>${text.more}</summary>
        <div>
          ${pinned
            ? choiceRow<string | null>(text.goods, [{ value: null, label: text.allGoods }, { value: pinned.id, label: pinned.name }], this.productId, (value) => (this.productId = value))
            : nothing}
          ${choiceRow<number | null>(
            text.uses,
            [{ value: null, label: flashSale.noLimit }, ...this.#withOwn(USES, this.uses).map((value) => ({ value, label: this.localize.number(value) })), { value: -1, label: flashSale.other }],
            this.uses,
            (value) => (value === -1 ? (this.asking = 'uses') : (this.uses = value)),
          )}
          ${choiceRow(text.perBuyer, [{ value: true, label: text.once }, { value: false, label: text.often }], this.oncePerBuyer, (value) => (this.oncePerBuyer = value))}
          ${choiceRow<number | null>(text.until, [{ value: null, label: text.showOnly }, ...[1, 7, 30].map((value) => ({ value, label: text.days(value) }))], this.days, (value) => (this.days = value))}
          ${choiceRow(text.way, [{ value: true, label: text.card }, { value: false, label: text.codeOnly }], this.isPinned, (value) => (this.isPinned = value))}
          <div class="field">
            <label class="label" for="code">${text.code}</label>
            <input id="code" type="text" maxlength="20" autocomplete="off" autocapitalize="characters" placeholder=${text.codeMade} .value=${this.code} @input=${(event: Event) => (this.code = (event.target as HTMLInputElement).value)} />
          </div>
        </div>
      </details>
      ${this.fault ? html`<p class="fault" role="alert">${this.words.errors[this.fault.code]}</p>` : nothing}
      <div class="foot">
        <button class="act main wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#start(discount)}>
          ${icon('play')}${text.start(couponName({ title: '', discount, minimumMinor: this.minimumMinor }, this.words.couponWords, this.localize, this.#currency))}
        </button>
      </div>
    </div>`;
  }

  get #currency() {
    return this.snapshot?.show.currency ?? 'CNY';
  }

  #minor(major: number): number {
    return major * 10 ** minorUnitExponent(this.#currency);
  }

  #amount(): number {
    return this.amountMinor ?? this.#minor(10);
  }

  #discount(): CouponDiscount {
    if (this.kind === 'amount') return { kind: 'amount', amountMinor: this.#amount() };
    return this.kind === 'percent' ? { kind: 'percent', percent: this.percent } : { kind: 'free-delivery' };
  }

  #amounts(): TemplateResult {
    const choices = this.#withOwn(AMOUNTS.map((major) => this.#minor(major)), this.#amount());
    return choiceRow<number | null>(
      this.words.coupon.value,
      [...choices.map((value) => ({ value, label: shortMoney(value, this.localize, this.#currency) })), { value: null, label: this.words.flashSale.other }],
      this.#amount(),
      (value) => (value === null ? (this.asking = 'amount') : (this.amountMinor = value)),
    );
  }

  #percents(): TemplateResult {
    const label = (percent: number): string => couponValue({ kind: 'percent', percent }, this.words.couponWords, this.localize, this.#currency);
    return choiceRow<number | null>(
      this.words.coupon.value,
      [...this.#withOwn(PERCENTS, this.percent).map((value) => ({ value, label: label(value) })), { value: null, label: this.words.flashSale.other }],
      this.percent,
      (value) => (value === null ? (this.asking = 'percent') : (this.percent = value)),
    );
  }

  /** Ready values, and the one that was typed. */
  #withOwn(ready: readonly number[], own: number | null): number[] {
    return own === null || own === 0 || ready.includes(own) ? [...ready] : [...ready, own];
  }

  #pad(asked: 'amount' | 'percent' | 'minimum' | 'uses'): TemplateResult {
    const isMoney = asked === 'amount' || asked === 'minimum';
    const value = { amount: this.#amount(), percent: this.percent, minimum: this.minimumMinor, uses: this.uses ?? 0 }[asked];
    return html`${asked === 'percent' ? html`<p class="hint">${this.words.coupon.percentHint}</p>` : nothing}
      <fieldcast-studio-pad
        .mode=${isMoney ? 'price' : 'count'}
        .currency=${this.#currency}
        .value=${value}
        .min=${asked === 'minimum' ? 0 : 1}
        @pad-save=${({ detail }: CustomEvent<number>) => {
          if (asked === 'amount') this.amountMinor = detail;
          else if (asked === 'percent') this.percent = Math.min(detail, 95);
          else if (asked === 'minimum') this.minimumMinor = detail;
          else this.uses = detail;
          this.asking = null;
        }}
      ></fieldcast-studio-pad>`;
  }

  async #start(discount: CouponDiscount): Promise<void> {
    const { room, minimumMinor, productId, uses, oncePerBuyer, isPinned, days } = this;
    if (!room) return;
    const code = this.code.trim();
    const until = days === null ? null : endOfDay(room.store.serverNow() + days * DAY_MS);
    const body: CouponRequest = { title: '', discount, minimumMinor, productId, uses, oncePerBuyer, until, isPinned, ...(code === '' ? {} : { code }) };
    const { coupon: text } = this.words;
    await this.start(
      body,
      async ({ client, showId }, options) => {
        const outcome = await client.call(openCoupon, { params: { showId }, ...options });
        return outcome.ok ? { ok: true, value: outcome.value.coupon } : outcome;
      },
      isPinned ? text.started : text.madeOnly,
    );
  }
}

/** The last moment of a day, by this device's calendar. */
function endOfDay(atMs: number): number {
  return new Date(atMs).setHours(23, 59, 59, 999);
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-coupon-form': FieldcastCouponForm;
  }
}
