// Owns an order's page for its buyer: where it is, what is in it, how it is paid and paying it, and cancelling until it is packed.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { cancelOrder, readOrder, readOrderMoments } from '../../server/protocol/endpoints.ts';
import { goodsName } from '../../server/protocol/goods-name.ts';
import { lotText } from '../../server/protocol/lot-text.ts';
import { isCancellableByBuyer, type Order, orderTransitions } from '../../server/protocol/order.ts';
import type { OrderMoments } from '../../server/protocol/replay.ts';
import { Localize } from '../i18n/index.ts';
import { checkoutMessages } from '../i18n/checkout.ts';
import { type Call, createCall, type Failure, scriptOrigin } from '../show/index.ts';
import { buttonStyles, cardStyles, define, icon, tokens } from '../ui/index.ts';
import { timelineOf, type TimelineStep } from './order-timeline.ts';
import { isLateTransfer, wasSoldOut } from './late-transfer.ts';
import { orderMoments, orderMomentStyles } from './order-moments.ts';
import { discountLines } from './discount-lines.ts';
import { orderMoney } from './order-money.ts';
import { orderStyles } from './order.styles.ts';
import { cleanAddress, returnAddress } from './return-address.ts';

/** A buyer waiting for the next step looks at the page for minutes, not for seconds. */
const REFRESH_MS = 15_000;

/**
 * Shows one order to whoever holds its unguessable id, and keeps it current while the page is open.
 *
 * @tag fieldcast-order
 * @attr {string} order - Order id.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 *
 * @csspart timeline - Where the order is.
 * @csspart cancel - The button that cancels.
 * @csspart money - How it is paid, and whether it is.
 * @csspart paying - Paying it, while that is open.
 * @csspart receipt - The link to its receipt, once it is placed.
 * @csspart trace - The trace code of a line, or the link behind it.
 * @csspart discount - What one promotion took off.
 * @csspart moments - Where in the replay the products were shown; only while it can be watched.
 *
 * @example
 * <fieldcast-order order="ord_…"></fieldcast-order>
 */
export class FieldcastOrder extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, orderStyles, orderMomentStyles];

  @property() order = '';
  @property() server = '';

  @state() private current: Order | null = null;
  @state() private moments: OrderMoments | null = null;
  @state() private error: Failure | null = null;
  @state() private isAsking = false;
  @state() private isBusy = false;
  /** The part of the page that pays; loaded for an order that waits for its money. */
  @state() private payment: 'none' | 'loading' | 'loaded' | 'failed' = 'none';

  #localize = new Localize(this, checkoutMessages);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #focusAfterUpdate: string | null = null;
  #kept: { serverUrl: string; call: Call } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    cleanAddress();
    if (this.hasUpdated) void this.#load();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('order') && !changed.has('server')) return;
    this.current = null;
    this.moments = null;
    this.error = null;
    void this.#load();
  }

  protected override updated(): void {
    if (!this.#focusAfterUpdate) return;
    this.renderRoot.querySelector<HTMLElement>(this.#focusAfterUpdate)?.focus();
    this.#focusAfterUpdate = null;
  }

  override render() {
    const { text } = this.#localize;
    const fault = this.error
      ? html`<p class="notice fault" role="alert">${icon('alert')}<span>${text.errors[this.error.code]}</span></p>`
      : nothing;
    const order = this.current;
    if (!order) return html`<div class="order">${this.error ? fault : html`<p role="status">${text.order.loading}</p>`}</div>`;
    const money = (amountMinor: number) => this.#localize.money(amountMinor, order.currency);
    return html`<article class="order">
      <div class="head">
        <h2>${text.order.title(order.number)}</h2>
        <p class="muted">${text.order.from(order.sellerName)}</p>
      </div>
      ${fault}
      ${order.state === 'cancelled' && !this.#isOpen(order) ? html`<p class="notice" role="status">${icon(wasSoldOut(order) ? 'alert' : 'check')}<span>${order.money.state === 'due' ? text.order.cancelled : wasSoldOut(order) ? text.order.cancelledSoldOut : text.order.cancelledPaid}</span></p>` : nothing}
      ${this.#isOpen(order) ? this.#paying(order) : nothing}
      <ol class="timeline" part="timeline" aria-label=${text.order.timeline}>
        ${timelineOf(order).map((step) => this.#step(step))}
      </ol>
      <section class="card block">
        <h3>${text.order.lines}</h3>
        ${order.lines.map(
          ({ quantity, totalMinor, lots, traceCode, ...goods }) => html`<p class="line"><span>${goodsName(goods)} × ${quantity}${lots ? html`<small class="lots" dir="auto">${lotText(lots, this.#localize.locale)}</small>` : nothing}${traceCode ? this.#trace(traceCode) : nothing}</span><span class="amount">${money(totalMinor)}</span></p>`,
        )}
        ${discountLines(order.discounts, order.currency, this.#localize, 'line')}
        ${order.deliveryMinor > 0 ? html`<p class="line"><span>${text.pay.deliveryFee}</span><span class="amount">${money(order.deliveryMinor)}</span></p>` : nothing}
        <p class="line sum"><span>${text.checkout.total}</span><span>${money(order.totalMinor)}</span></p>
        ${orderMoney(order, this.#localize)}
        ${order.state === 'awaiting-payment' || (order.state === 'cancelled' && order.money.paidMinor === 0)
          ? nothing
          : html`<a class="button quiet" part="receipt" href="${this.#serverUrl}/receipts/${encodeURIComponent(order.id)}?lang=${this.#localize.locale}" target="_blank" rel="noopener noreferrer">${text.order.receipt}</a>`}
      </section>
      ${this.moments ? orderMoments(this.moments, this.#serverUrl, this.#localize) : nothing}
      <section class="card block">
        <h3>${text.order.delivery}</h3>
        <p class="to">${`${order.buyer.name} · ${order.buyer.phone}\n${order.buyer.address}`}</p>
        ${order.note ? html`<p class="muted">${text.order.note}: ${order.note}</p>` : nothing}
        ${order.tracking ? html`<p class="line"><span>${text.order.parcel} · ${order.tracking.courier}</span><b>${order.tracking.number}</b></p>` : nothing}
      </section>
      ${isCancellableByBuyer(order.state) && order.state !== 'awaiting-payment' ? this.#cancelling() : nothing}
    </article>`;
  }

  #trace(code: string) {
    const { text } = this.#localize;
    // Only what is an address for people: what a seller wrote must not become a script.
    return /^https?:\/\//i.test(code)
      ? html`<a class="lots" part="trace" href=${code} target="_blank" rel="noopener noreferrer">${text.order.openTrace}</a>`
      : html`<small class="lots" part="trace">${text.order.traceCode}: ${code}</small>`;
  }

  /** With its own way to cancel. Whether it has been paid meanwhile is asked of the server, whatever way the buyer came here. */
  #paying(order: Order) {
    const { pay: text } = this.#localize.text;
    if (this.payment === 'failed') {
      return html`<section class="card block" part="paying">
        <p class="notice fault" role="alert">${icon('alert')}<span>${text.loadFailed}</span></p>
        <button class="button primary" type="button" @click=${() => void this.#loadPayment()}>${text.tryAgain}</button>
      </section>`;
    }
    if (this.payment !== 'loaded') return html`<p class="notice" role="status">${text.loading}</p>`;
    return html`<section class="card block" part="paying">
      <fieldcast-payment
        .order=${order}
        .call=${this.#call}
        .server=${this.#serverUrl}
        .returnUrl=${returnAddress('', order.id)}
        .isResumed=${true}
        .onOrder=${(newer: Order) => this.#take(newer)}
        exportparts="amount, code, save, claim, pay"
      ></fieldcast-payment>
    </section>`;
  }

  #step({ state: step, atMs, isNow, isStopped }: TimelineStep) {
    const isDone = atMs !== null || isNow;
    return html`<li class="step ${isDone ? 'done' : ''} ${isNow ? 'now' : ''} ${isStopped ? 'stopped' : ''}" aria-current=${isNow ? 'step' : nothing}>
      <span class="dot"></span><span class="word">${this.#localize.text.orderStates[step]}</span>
      ${atMs === null ? html`<span></span>` : html`<time datetime=${new Date(atMs).toISOString()}>${this.#localize.dateTime(atMs)}</time>`}
    </li>`;
  }

  #cancelling() {
    const text = this.#localize.text.order;
    if (!this.isAsking) {
      return html`<div class="actions">
        <button class="button" type="button" part="cancel" @click=${() => this.#ask(true)}>${text.cancel}</button>
      </div>`;
    }
    return html`<div class="actions" role="group" aria-label=${text.cancelAsk}>
      <strong>${text.cancelAsk}</strong>
      <button class="button danger" type="button" ?disabled=${this.isBusy} @click=${() => void this.#cancel()}>${text.cancelYes}</button>
      <button class="button keep" type="button" @click=${() => this.#ask(false)}>${text.cancelNo}</button>
    </div>`;
  }

  #ask(isAsking: boolean): void {
    this.isAsking = isAsking;
    this.#focusAfterUpdate = isAsking ? '.keep' : '[part="cancel"]';
  }

  async #cancel(): Promise<void> {
    this.isBusy = true;
    const outcome = await this.#call(cancelOrder, { params: { orderId: this.order }, body: {} });
    this.isBusy = false;
    this.isAsking = false;
    this.error = outcome.ok ? null : outcome.error;
    if (outcome.ok) this.#take(outcome.value);
    else void this.#load(this.error);
  }

  async #load(keepError: Failure | null = null): Promise<void> {
    clearTimeout(this.#timer);
    const orderId = this.order;
    if (!orderId) return;
    const outcome = await this.#call(readOrder, { params: { orderId } });
    if (orderId !== this.order || !this.isConnected) return;
    if (outcome.ok && this.moments?.keptUntil == null) void this.#loadMoments(orderId);
    if (outcome.ok) this.#take(outcome.value);
    this.error = outcome.ok ? keepError : outcome.error;
    const isFinal = outcome.ok ? orderTransitions[outcome.value.state].length === 0 && outcome.value.money.state !== 'claimed' : outcome.error.code === 'not-found';
    if (!isFinal) this.#timer = setTimeout(() => void this.#load(), REFRESH_MS);
  }

  #take(order: Order): void {
    // Answers may overtake each other.
    if (order.id === this.current?.id && order.changedAt < this.current.changedAt) return;
    this.current = order;
    if (this.#isOpen(order) && this.payment === 'none') void this.#loadPayment();
  }

  /** Waits for its money, or may have been paid too late. */
  #isOpen(order: Order): boolean {
    return order.state === 'awaiting-payment' || isLateTransfer(order, Date.now());
  }

  async #loadPayment(): Promise<void> {
    this.payment = 'loading';
    try {
      const { FieldcastPayment } = await import('./payment/index.ts');
      define('fieldcast-payment', FieldcastPayment);
      this.payment = 'loaded';
    } catch {
      this.payment = 'failed';
    }
  }

  /** They come after the show, while the page may be open; without them the order is as good as with them. */
  async #loadMoments(orderId: string): Promise<void> {
    const outcome = await this.#call(readOrderMoments, { params: { orderId } });
    if (outcome.ok && orderId === this.order) this.moments = outcome.value;
  }

  get #serverUrl(): string {
    return (this.server || scriptOrigin).replace(/\/+$/, '');
  }

  /** The same one at every update. */
  get #call(): Call {
    if (this.#kept?.serverUrl !== this.#serverUrl) this.#kept = { serverUrl: this.#serverUrl, call: createCall({ serverUrl: this.#serverUrl }) };
    return this.#kept.call;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-order': FieldcastOrder;
  }
}
