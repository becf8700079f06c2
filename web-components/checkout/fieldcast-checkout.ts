// Owns the checkout: cart, delivery details, the order on its way, its confirmation. The video goes on beside it.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { safeParse } from 'valibot';
import { type Order, type OrderRequest, orderRequest } from '../../server/protocol/order.ts';
import { Localize } from '../i18n/index.ts';
import { checkoutMessages } from '../i18n/checkout.ts';
import { type CartRow, sendShowEvent, type Visit, VisitConsumer } from '../show/index.ts';
import { buttonStyles, cardStyles, fieldStyles, icon, pictureStyles, tokens } from '../ui/index.ts';
import { cartLines } from './cart-lines.ts';
import { checkoutStyles } from './checkout.styles.ts';
import { type Delivery, type DeliveryField, deliveryForm } from './delivery-form.ts';
import { pendingOrder } from './pending-order.ts';

const NOBODY: Delivery = { name: '', phone: '', address: '', note: '' };
const fieldOf: Record<string, DeliveryField> = { 'buyer.name': 'name', 'buyer.phone': 'phone', 'buyer.address': 'address', note: 'note' };

/**
 * Cart and order form of a show. The cart lives on the device; an order is kept there until the server has answered it, and is placed exactly once.
 *
 * @tag fieldcast-checkout
 * @attr {string} show - Show id, when it stands outside `<fieldcast-show>` and `<fieldcast-live>`.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @attr {string} order-url - Address of the shop's order page, with `{orderId}` in it; without it the order opens in place.
 * @attr {boolean} closable - Shows a close button, which sends `fieldcast-checkout-close`.
 *
 * @csspart lines - The cart's lines; `line` is one of them.
 * @csspart delivery - Name, phone and address.
 * @csspart order-button - The button that orders.
 * @csspart pending - An order on its way.
 * @csspart refused - An order that was not placed, with the reason.
 * @csspart placed - The confirmation.
 * @csspart erase - The button that erases the remembered details.
 *
 * @fires {ShowEvent<'fieldcast-cart-change'>} fieldcast-cart-change - A quantity was changed.
 * @fires {ShowEvent<'fieldcast-order-placed'>} fieldcast-order-placed - The server has confirmed an order.
 * @fires {ShowEvent<'fieldcast-order-open'>} fieldcast-order-open - The buyer wants to see an order; `preventDefault()` to show it elsewhere.
 * @fires {ShowEvent<'fieldcast-checkout-close'>} fieldcast-checkout-close - The buyer wants back to the show.
 *
 * @example
 * <fieldcast-show show="shw_…"><fieldcast-checkout order-url="/orders#{orderId}"></fieldcast-checkout></fieldcast-show>
 */
export class FieldcastCheckout extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, fieldStyles, pictureStyles, checkoutStyles];

  @property() show = '';
  @property() server = '';
  @property({ attribute: 'order-url' }) orderUrl = '';
  @property({ type: Boolean }) closable = false;

  @state() private delivery: Delivery = NOBODY;
  @state() private faults: ReadonlySet<DeliveryField> = new Set();
  @state() private isEditing = false;
  @state() private placed: Order | null = null;
  @state() private openOrderId: string | null = null;
  @state() private said = '';

  #localize = new Localize(this, checkoutMessages);
  #visit = new VisitConsumer(this, { onVisit: (visit) => this.#enter(visit) });
  #stopHearing: (() => void) | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #focusAfterUpdate: string | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  /** Back to the cart, e.g. when its sheet is opened again after an order. */
  showCart(): void {
    this.placed = null;
    this.openOrderId = null;
    this.said = '';
  }

  protected override updated(_changed: PropertyValues): void {
    const isWaiting = this.isConnected && (this.#visit.visit?.outbox.pending.some((order) => order.state === 'waiting') ?? false);
    // Seconds are only counted while there are some to be seen.
    if (isWaiting) this.#ticking ??= setInterval(() => this.requestUpdate(), 1000);
    else {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    }
    if (!this.#focusAfterUpdate) return;
    this.renderRoot.querySelector<HTMLElement>(this.#focusAfterUpdate)?.focus();
    this.#focusAfterUpdate = null;
  }

  override render() {
    const visit = this.#visit.visit;
    const { text } = this.#localize;
    return html`<div class="checkout">
      <div class="head">
        ${this.openOrderId
          ? html`<button class="icon-button" type="button" aria-label=${text.common.back} @click=${() => this.showCart()}>${icon('back')}</button>`
          : nothing}
        <h2>${text.checkout.title}</h2>
        ${this.closable
          ? html`<button class="icon-button" type="button" aria-label=${text.common.close} @click=${() => visit && this.#close(visit)}>${icon('close')}</button>`
          : nothing}
      </div>
      ${!visit ? nothing : this.openOrderId ? this.#order(visit, this.openOrderId) : this.placed ? this.#done(visit, this.placed) : this.#cart(visit)}
      <span class="visually-hidden" role="status">${this.said}</span>
    </div>`;
  }

  #cart(visit: Visit) {
    const { text } = this.#localize;
    const snapshot = visit.store.snapshot;
    const currency = snapshot?.show.currency;
    const pending = visit.outbox.pending;
    const isSending = pending.some(({ state }) => state !== 'refused');
    const rows = visit.cart.rows(snapshot);
    const totalMinor = rows.reduce((sum, row) => sum + (row.fault === 'gone' ? 0 : row.totalMinor), 0);
    const cards = pending.map((order) => pendingOrder(order, Date.now(), text, () => this.#dismiss(visit, order.key)));
    if (isSending || !currency || rows.length === 0) {
      return html`<div class="scroll">
        ${cards}
        ${isSending || rows.length > 0
          ? nothing
          : html`<div class="empty">
              ${icon('basket')}
              <h3>${text.checkout.empty}</h3>
              <p class="muted">${text.checkout.emptyHint}</p>
            </div>`}
        ${this.#myOrders(visit)}
      </div>`;
    }
    return html`<form class="checkout" novalidate @submit=${(event: Event) => this.#submit(event, visit, rows, totalMinor)}>
      <div class="scroll" tabindex="-1">
        ${cards} ${cartLines({ rows, currency, serverUrl: visit.serverUrl, localize: this.#localize, onSet: (variantId, quantity) => this.#set(visit, variantId, quantity) })}
        ${deliveryForm({
          text,
          delivery: this.delivery,
          faults: this.faults,
          isKnown: !this.isEditing,
          isRemembered: visit.buyer.read() !== null,
          onInput: (field, value) => {
            this.delivery = { ...this.delivery, [field]: value };
          },
          onBlur: (field) => this.faults.has(field) && this.#validate(visit, rows, totalMinor),
          onChange: () => {
            this.isEditing = true;
            this.#focusAfterUpdate = '#name';
          },
          onErase: () => this.#erase(visit),
        })}
        <section class="card block pay">
          ${icon('truck')}
          <p><strong>${text.checkout.cod}</strong><span class="muted">${text.checkout.codHint}</span></p>
        </section>
        ${this.#myOrders(visit)}
      </div>
      <div class="foot">
        <button class="button primary wide" type="submit" part="order-button" ?disabled=${rows.some(({ fault }) => fault !== null)}>
          ${text.checkout.order(this.#localize.money(totalMinor, currency))}
        </button>
      </div>
    </form>`;
  }

  #done(visit: Visit, order: Order) {
    const text = this.#localize.text.checkout;
    return html`<div class="scroll">
      <div class="done" part="placed">
        <span class="tick">${icon('check')}</span>
        <h2 tabindex="-1">${text.placedTitle}</h2>
        <p class="number">${text.placedNumber(order.number)} · ${this.#localize.money(order.totalMinor, order.currency)}</p>
        <p class="muted"><strong>${text.cod}</strong><br />${text.codHint}</p>
        ${this.#orderLink(visit, order.id, 'button', text.openOrder)}
        <button class="button primary" type="button" @click=${() => this.#close(visit)}>${text.goOn}</button>
      </div>
    </div>`;
  }

  #order(visit: Visit, orderId: string) {
    return html`<div class="scroll"><fieldcast-order order=${orderId} server=${visit.serverUrl}></fieldcast-order></div>`;
  }

  #myOrders(visit: Visit) {
    const text = this.#localize.text.checkout;
    const orders = visit.outbox.placed;
    if (orders.length === 0) return nothing;
    return html`<section class="orders" aria-label=${text.myOrders}>
      <h3>${text.myOrders}</h3>
      ${orders.map(({ id, number, totalMinor, currency }) =>
        this.#orderLink(visit, id, 'button quiet', html`<span>${text.orderLink(number)}</span><span>${this.#localize.money(totalMinor, currency)}</span>`),
      )}
    </section>`;
  }

  #orderLink(visit: Visit, orderId: string, className: string, words: unknown) {
    const open = (event: Event) => {
      if (!sendShowEvent(this, visit, 'fieldcast-order-open', { orderId })) event.preventDefault();
      else if (!this.orderUrl) this.openOrderId = orderId;
    };
    return this.orderUrl
      ? html`<a class=${className} href=${this.orderUrl.replace('{orderId}', encodeURIComponent(orderId))} target="_blank" rel="noopener" @click=${open}>${words}</a>`
      : html`<button class=${className} type="button" @click=${open}>${words}</button>`;
  }

  #enter(visit: Visit | null): void {
    this.#stopHearing?.();
    this.#stopHearing = null;
    this.showCart();
    const known = visit?.buyer.read();
    this.delivery = known ? { ...known, note: '' } : NOBODY;
    this.isEditing = !known;
    this.#stopHearing = visit?.onPlaced((order) => this.#whenPlaced(visit, order)) ?? null;
  }

  #whenPlaced(visit: Visit, order: Order): void {
    this.placed = order;
    this.delivery = { ...this.delivery, note: '' };
    this.said = this.#localize.text.checkout.placedNumber(order.number);
    const { id: orderId, number, totalMinor, currency } = order;
    sendShowEvent(this, visit, 'fieldcast-order-placed', { orderId, number, totalMinor, currency });
  }

  #set(visit: Visit, variantId: string, quantity: number): void {
    visit.cart.set(variantId, quantity);
    sendShowEvent(this, visit, 'fieldcast-cart-change', { variantId, quantity, count: visit.cart.count });
  }

  #erase(visit: Visit): void {
    visit.buyer.erase();
    this.delivery = NOBODY;
    this.isEditing = true;
    this.faults = new Set();
    this.said = this.#localize.text.checkout.erased;
    this.#focusAfterUpdate = '#name';
  }

  #dismiss(visit: Visit, key: string): void {
    visit.outbox.dismiss(key);
    // A refused order was judged by newer prices or stock than this page may have heard of.
    void visit.store.resync();
  }

  #close(visit: Visit): void {
    sendShowEvent(this, visit, 'fieldcast-checkout-close', {});
    this.showCart();
  }

  /** The server's own schema judges the form, so that what passes here is not refused there. */
  #validate(visit: Visit, rows: readonly CartRow[], totalMinor: number): OrderRequest | null {
    const { name, phone, address, note } = this.delivery;
    const parsed = safeParse(orderRequest, {
      lines: rows.map(({ variantId, quantity }) => ({ variantId, quantity })),
      buyer: { name, phone, address },
      note,
      payment: 'cod',
      ...(visit.store.snapshot ? { expectedTotalMinor: totalMinor } : {}),
    });
    if (parsed.success) {
      this.faults = new Set();
      return parsed.output;
    }
    const paths = parsed.issues.map(({ path }) => path?.map(({ key }) => String(key)).join('.') ?? '');
    this.faults = new Set(paths.map((path) => fieldOf[path]).filter((field) => field !== undefined));
    return null;
  }

  #submit(event: Event, visit: Visit, rows: readonly CartRow[], totalMinor: number): void {
    event.preventDefault();
    const request = this.#validate(visit, rows, totalMinor);
    if (!request) {
      this.isEditing = true;
      this.#focusAfterUpdate = '[aria-invalid="true"]';
      return;
    }
    visit.buyer.write(request.buyer);
    this.isEditing = false;
    for (const { key, state } of visit.outbox.pending) if (state === 'refused') visit.outbox.dismiss(key);
    if (visit.store.snapshot) visit.cart.acceptPrices(visit.store.snapshot);
    visit.outbox.place(request);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-checkout': FieldcastCheckout;
  }
}
