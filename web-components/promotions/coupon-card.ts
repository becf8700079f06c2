// Owns the card of a coupon: what it takes off and for which orders, and the one tap that takes it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state as own } from 'lit/decorators.js';
import { takeCoupon } from '../../server/protocol/endpoints.ts';
import { couponValue, shortMoney } from '../i18n/coupon.ts';
import { type CouponWallet, type Failure, walletOf } from '../show/index.ts';
import { buttonStyles, icon, openCartAround, tokens } from '../ui/index.ts';
import { cardFrame } from './card.styles.ts';
import { PromotionCard } from './promotion-card.ts';

export class FieldcastCoupon extends PromotionCard<'coupon'> {
  static override styles = [
    tokens,
    buttonStyles,
    cardFrame,
    css`
      .body {
        min-block-size: 52px;
      }
      .value {
        flex: none;
        max-inline-size: 45%;
        padding-inline-end: 10px;
        border-inline-end: 2px dashed var(--fc-line);
        color: var(--fc-price);
        font-size: 22px;
        font-weight: 800;
        line-height: 1.15;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @own() private isBusy = false;
  @own() private fault: Failure | null = null;
  #wallet: CouponWallet | null = null;
  #stop: (() => void) | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.isConnected) this.#follow(this.visit && walletOf(this.visit));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit, promotion, state, localize } = this;
    if (!visit || !promotion) return nothing;
    const { coupon: text, couponWords, kinds, errors } = this.words;
    const { discount, minimumMinor, productId, left, liveOnly, oncePerBuyer, endsAt, title } = promotion;
    const currency = visit.store.snapshot?.show.currency ?? 'CNY';
    const product = productId === null ? undefined : visit.store.snapshot?.shelf.find(({ id }) => id === productId);
    const isGone = state === 'over' || left === 0;
    const isTaken = this.#wallet?.has(promotion.id) ?? false;
    const terms = [
      minimumMinor > 0 ? text.from(shortMoney(minimumMinor, localize, currency)) : text.anyAmount,
      ...(product ? [text.only(product.name)] : []),
      ...(oncePerBuyer ? [text.once] : []),
    ];
    const value = couponValue(discount, couponWords, localize, currency);
    return html`<article class="card ${isGone ? 'over' : state}" part="promotion" aria-label="${kinds.coupon}: ${title || value}">
      <p class="head">
        <strong>${kinds.coupon}</strong>
        <span dir="auto">${isGone ? (left === 0 ? text.gone : text.over) : title || (liveOnly ? text.live : endsAt === null ? '' : text.until(localize.dateTime(endsAt)))}</span>
        ${isGone || left === null ? nothing : html`<span class="end">${text.left(localize.number(left))}</span>`}
      </p>
      <div class="body">
        <span class="value">${value}</span>
        <span class="words">
          ${terms.map((term) => html`<span class="fine" dir="auto">${term}</span>`)}
          ${this.fault ? html`<span class="fine" role="alert">${errors[this.fault.code]}</span>` : nothing}
        </span>
        ${isTaken
          ? html`<button class="button" type="button" @click=${() => openCartAround(this)}>${icon('check')}${text.use}</button>`
          : isGone
            ? nothing
            : html`<button class="button primary" type="button" ?disabled=${this.isBusy} @click=${() => void this.#take()}>${text.take}</button>`}
      </div>
      <span class="visually-hidden" role="status">${isTaken ? text.taken : nothing}</span>
    </article>`;
  }

  #follow(wallet: CouponWallet | null): void {
    if (wallet === this.#wallet) return;
    this.#stop?.();
    this.#wallet = wallet;
    this.#stop = wallet?.subscribe(() => this.requestUpdate()) ?? null;
  }

  async #take(): Promise<void> {
    const { visit, promotion } = this;
    const sellerId = visit?.store.snapshot?.show.sellerId;
    if (!visit || !promotion || sellerId === undefined || this.isBusy) return;
    this.isBusy = true;
    this.fault = null;
    const outcome = await visit.client.call(takeCoupon, { params: { promotionId: promotion.id } });
    this.isBusy = false;
    if (outcome.ok) walletOf(visit).keep(outcome.value, { sellerId, showId: visit.showId });
    else this.fault = outcome.error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-coupon': FieldcastCoupon;
  }
}
