// Owns the checkout: cart, delivery details, way to pay, the order on its way, its payment and confirmation. The video goes on beside it.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { safeParse } from 'valibot';
import type { Quote } from '../../server/protocol/delivery.ts';
import { type Order, type OrderRequest, orderRequest } from '../../server/protocol/order.ts';
import type { PaymentMethod, WayToPay } from '../../server/protocol/payments.ts';
import { Localize } from '../i18n/index.ts';
import { checkoutMessages } from '../i18n/checkout.ts';
import { type CartRow, type Claims, claimsOf, deviceStorage, Kept, type PromotionLog, promotionsOf, promotionStateAt, sendShowEvent, type Visit, VisitConsumer, walletOf, type WonOrders, wonOrdersOf } from '../show/index.ts';
import { buttonStyles, cardStyles, define, fieldStyles, icon, pictureStyles, tokens } from '../ui/index.ts';
import { cartLines } from './cart-lines.ts';
import { checkoutStyles } from './checkout.styles.ts';
import { FieldcastCouponField } from './coupon-field.ts';
import { type Delivery, type DeliveryField, deliveryForm } from './delivery-form.ts';
import { keptEmail } from './kept-email.ts';
import { Paying } from './paying.ts';
import { pendingOrder } from './pending-order.ts';
import { type Question, Quoting } from './quoting.ts';
import { cleanAddress, returnAddress } from './return-address.ts';
import { isRefused, totals } from './totals.ts';
import { wayChoice } from './way-choice.ts';

const COD: readonly WayToPay[] = [{ method: 'cod' }];
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
 * @csspart ways - The choice of the way to pay; `way` is one of them.
 * @csspart totals - Goods and delivery fee, where there is one.
 * @csspart unpaid - An order that is still to be paid.
 * @csspart paying - The order that is being paid.
 * @csspart erase - The button that erases the remembered details.
 *
 * @fires {ShowEvent<'fieldcast-cart-change'>} fieldcast-cart-change - A quantity was changed.
 * @fires {ShowEvent<'fieldcast-order-placed'>} fieldcast-order-placed - The server has confirmed an order; one that is paid first, when it is paid.
 * @fires {ShowEvent<'fieldcast-order-open'>} fieldcast-order-open - The buyer wants to see an order; `preventDefault()` to show it elsewhere.
 * @fires {ShowEvent<'fieldcast-checkout-open'>} fieldcast-checkout-open - The order form is seen, with something in it.
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
  @state() private way: PaymentMethod | null = null;
  @state() private isCounting = false;
  /** A total that differs from the one that was tapped. */
  @state() private newTotal = '';
  @state() private said = '';

  #localize = new Localize(this, checkoutMessages);
  #visit = new VisitConsumer(this, { onVisit: (visit) => this.#enter(visit) });
  #paying = new Paying({ onChange: () => this.requestUpdate(), onPlaced: (order) => this.#whenConfirmed(order), onPlacedElsewhere: (order) => this.#tellPlaced(order) });
  #quoting: Quoting | null = null;
  #promotions: PromotionLog | null = null;
  #claims: Claims | null = null;
  #stopHearing: (() => void) | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #resizes: ResizeObserver | null = null;
  #isOpen = false;
  #focusAfterUpdate: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    define('fieldcast-coupon-field', FieldcastCouponField);
    // A sheet that opens changes nothing here but the size: what was not asked for while nobody saw it is asked for now.
    this.#resizes = new ResizeObserver(() => this.requestUpdate());
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  /** Back to the cart, e.g. when its sheet is opened again after an order. An order that is being paid stays: its time is running. */
  showCart(): void {
    this.placed = null;
    this.openOrderId = null;
    this.newTotal = '';
    this.said = '';
    if (this.#paying.order?.state === 'cancelled') this.#paying.leave();
  }

  protected override updated(_changed: PropertyValues): void {
    this.#wantQuote();
    this.#tellOpen();
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

  /** Once for each time that somebody sees the form with something in it. */
  #tellOpen(): void {
    const visit = this.#visit.visit;
    const isOpen = visit !== null && this.offsetParent !== null && visit.cart.count > 0 && !this.placed && !this.#paying.order;
    if (isOpen && !this.#isOpen) sendShowEvent(this, visit, 'fieldcast-checkout-open', {});
    this.#isOpen = isOpen;
  }

  /** Only for a cart that somebody sees, with an address that is not half written. */
  #wantQuote(): void {
    const visit = this.#visit.visit;
    const rows = visit?.cart.rows(visit.store.snapshot) ?? [];
    if (rows.length === 0 || this.#paying.order || this.offsetParent === null || this.renderRoot.querySelector('#address:focus, #phone:focus')) return;
    this.#quoting?.want(this.#question(rows));
  }

  override render() {
    const visit = this.#visit.visit;
    const { text } = this.#localize;
    const paid = this.#paying.order;
    return html`<div class="checkout">
      <div class="head">
        ${this.openOrderId || paid ? html`<button class="icon-button" type="button" aria-label=${text.common.back} @click=${() => this.#back()}>${icon('back')}</button>` : nothing}
        <h2>${paid && !this.openOrderId ? text.pay.titleOf(paid.number) : text.checkout.title}</h2>
        ${this.closable
          ? html`<button class="icon-button" type="button" aria-label=${text.common.close} @click=${() => visit && this.#close(visit)}>${icon('close')}</button>`
          : nothing}
      </div>
      ${!visit ? nothing : this.openOrderId ? this.#order(visit, this.openOrderId) : paid ? this.#pay(visit, paid) : this.placed ? this.#done(visit, this.placed) : this.#cart(visit)}
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
    const cards = [...pending.map((order) => pendingOrder(order, Date.now(), text, () => this.#dismiss(visit, order.key))), this.#unpaid()];
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
    const quote = this.#quoting?.of(this.#question(rows)) ?? null;
    const sums = quote ?? this.#quoting?.near(this.#question(rows)) ?? null;
    const totalMinor = sums?.totalMinor ?? goodsOf(rows);
    const total = this.#localize.money(totalMinor, currency);
    const way = this.#way(visit);
    return html`<form class="checkout" novalidate @submit=${(event: Event) => void this.#submit(event, visit, rows, totalMinor)}>
      <div class="scroll" tabindex="-1">
        ${cards} ${cartLines({ rows, discounts: sums?.discounts ?? [], currency, serverUrl: visit.serverUrl, localize: this.#localize, onSet: (variantId, quantity) => this.#set(visit, variantId, quantity) })}
        <fieldcast-coupon-field .visit=${visit} .rows=${rows} .quote=${quote} .basis=${basisOf(this.#question(rows))}></fieldcast-coupon-field>
        ${deliveryForm({
          text,
          delivery: this.delivery,
          faults: this.faults,
          isKnown: !this.isEditing,
          isRemembered: visit.buyer.read() !== null,
          onInput: (field, value) => {
            this.delivery = { ...this.delivery, [field]: value };
          },
          onBlur: (field) => {
            if (this.faults.has(field)) this.#validate(visit, rows, totalMinor);
            // The focus has left it only after this event.
            else setTimeout(() => this.requestUpdate());
          },
          onChange: () => {
            this.isEditing = true;
            this.#focusAfterUpdate = '#name';
          },
          onErase: () => this.#erase(visit),
        })}
        ${totals(sums, this.#localize, (productId) => rows.find(({ product }) => product?.id === productId)?.product?.name ?? '')}
        ${wayChoice({ text, ways: this.#ways(visit), chosen: way, onChoose: (method) => this.#choose(visit, method) })} ${this.#myOrders(visit)}
      </div>
      <div class="foot">
        ${this.newTotal ? html`<p class="notice" role="alert">${this.newTotal}</p>` : nothing}
        <button class="button primary wide" type="submit" part="order-button" ?disabled=${this.isCounting || isRefused(quote) || rows.some(({ fault }) => fault !== null)}>
          ${this.isCounting ? text.pay.counting : way === 'cod' ? text.checkout.order(total) : text.pay.orderAndPay(total)}
        </button>
      </div>
    </form>`;
  }

  /** Orders that wait to be paid, above the cart. */
  #unpaid() {
    const { pay: text, errors } = this.#localize.text;
    const { waiting, error } = this.#paying;
    return waiting.map(
      ({ orderId, number }) => html`<div class="notice fault pending" part="unpaid">
        ${icon('clock')}
        <p><strong>${text.unpaid(number)}</strong>${error ? errors[error.code] : text.unpaidHint}</p>
        <button class="button" type="button" @click=${() => void this.#paying.resume(orderId)}>${text.continue}</button>
      </div>`,
    );
  }

  #pay(visit: Visit, order: Order) {
    const { pay: text } = this.#localize.text;
    const { isLoaded, hasLoadFailed, isResumed } = this.#paying;
    if (hasLoadFailed) {
      return html`<div class="scroll">
        <p class="notice fault" role="alert">${icon('alert')}<span>${text.loadFailed}</span></p>
        <button class="button primary wide" type="button" @click=${() => void this.#paying.load()}>${text.tryAgain}</button>
      </div>`;
    }
    if (!isLoaded) return html`<div class="scroll"><p class="notice pending" role="status"><span class="spinner"></span>${text.loading}</p></div>`;
    return html`<div class="scroll" part="paying">
      <fieldcast-payment
        .order=${order}
        .call=${visit.client.call}
        .server=${visit.serverUrl}
        .returnUrl=${returnAddress(this.orderUrl, order.id)}
        .now=${() => visit.store.serverNow()}
        .isResumed=${isResumed}
        .onOrder=${(newer: Order) => this.#paying.take(newer)}
        .onOtherWay=${(cancelled: Order) => this.#payAnotherWay(visit, cancelled)}
        exportparts="amount, code, save, claim, pay"
      ></fieldcast-payment>
      ${order.state === 'cancelled' ? html`<button class="button wide" type="button" @click=${() => this.#back()}>${text.backToCart}</button>` : nothing}
    </div>`;
  }

  #done(visit: Visit, order: Order) {
    const { checkout: text, pay } = this.#localize.text;
    const isPaid = order.payment !== 'cod';
    return html`<div class="scroll">
      <div class="done" part="placed">
        <span class="tick">${icon('check')}</span>
        <h2 tabindex="-1">${isPaid ? pay.paidTitle : text.placedTitle}</h2>
        <p class="number">${text.placedNumber(order.number)} · ${this.#localize.money(order.totalMinor, order.currency)}</p>
        ${isPaid ? nothing : html`<p class="muted"><strong>${text.cod}</strong><br />${text.codHint}</p>`}
        ${this.#orderLink(visit, order.id, 'button', text.openOrder)}
        <button class="button primary" type="button" @click=${() => this.#close(visit)}>${visit.store.snapshot?.show.status === 'ended' ? text.done : text.goOn}</button>
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
    this.#quoting?.close();
    this.#quoting = visit && new Quoting({ call: visit.client.call, showId: visit.showId, onChange: () => this.requestUpdate() });
    this.showCart();
    this.way = null;
    if (visit) cleanAddress();
    void this.#paying.enter(visit).then((isBack) => isBack && this.#openAround());
    const known = visit?.buyer.read();
    this.delivery = known ? { ...known, note: '' } : NOBODY;
    this.isEditing = !known;
    this.#promotions = visit && promotionsOf(visit);
    this.#claims = visit && claimsOf(visit);
    if (!visit || !this.#promotions || !this.#claims) return;
    const update = (): void => this.requestUpdate();
    const won = wonOrdersOf(visit);
    const stops = [
      visit.onPlaced((order, request) => this.#whenPlaced(order, request)),
      this.#promotions.use(),
      this.#promotions.subscribe(update),
      this.#claims.subscribe(update),
      won.subscribe(() => this.#takeWon(won)),
    ];
    this.#stopHearing = () => stops.forEach((stop) => stop());
    this.#takeWon(won);
  }

  #whenPlaced(order: Order, request: OrderRequest): void {
    this.#claims?.take(request);
    const { visit } = this.#visit;
    if (visit) walletOf(visit).used(order.discounts);
    this.delivery = { ...this.delivery, note: '' };
    this.#quoting?.forget();
    if (order.state === 'awaiting-payment') this.#paying.begin(order);
    else this.#whenConfirmed(order);
  }

  /** An order that the server placed: its buyer has not been here with it, and wants to see it or to pay it. */
  #takeWon(won: WonOrders): void {
    const order = won.take();
    if (order?.state === 'awaiting-payment') this.#paying.begin(order);
    else if (order) this.openOrderId = order.id;
  }

  /** Placed for good: at once, or when it is paid. */
  #whenConfirmed(order: Order): void {
    if (!this.#visit.visit) return;
    this.placed = order;
    this.#tellPlaced(order);
  }

  #tellPlaced(order: Order): void {
    const visit = this.#visit.visit;
    if (!visit) return;
    this.said = this.#localize.text.checkout.placedNumber(order.number);
    const { id: orderId, number, totalMinor, currency } = order;
    sendShowEvent(this, visit, 'fieldcast-order-placed', { orderId, number, totalMinor, currency });
  }

  #set(visit: Visit, variantId: string, quantity: number): void {
    visit.cart.set(variantId, quantity);
    sendShowEvent(this, visit, 'fieldcast-cart-change', { variantId, quantity, count: visit.cart.count });
  }

  #back(): void {
    this.#paying.leave();
    this.showCart();
  }

  /** Comes back to a payment where the buyer sees it: the one tag around keeps the cart closed at first. */
  #openAround(): void {
    const root = this.getRootNode();
    const around = root instanceof ShadowRoot ? (root.host as Partial<{ openCart(): void }>) : {};
    around.openCart?.();
  }

  /** The cancelled order's goods go back into the cart, as far as they are still there. */
  #payAnotherWay(visit: Visit, { lines }: Order): void {
    this.#back();
    for (const { productId, variantId, quantity } of lines) {
      const variant = visit.store.snapshot?.shelf.find(({ id }) => id === productId)?.variants.find(({ id }) => id === variantId);
      // Its stock is on its way back, and the shelf may not have heard of it yet.
      if (variant) visit.cart.add({ ...variant, stock: variant.stock + quantity }, quantity);
    }
    this.said = this.#localize.text.pay.backInCart;
    this.#focusAfterUpdate = '.ways input:checked, [part="order-button"]';
  }

  #ways(visit: Visit): readonly WayToPay[] {
    const ways = visit.store.snapshot?.ways;
    return ways && ways.length > 0 ? ways : COD;
  }

  /** The chosen way, else the one of the last time, else the first that the seller offers. */
  #way(visit: Visit): PaymentMethod {
    const ways = this.#ways(visit);
    const wishes = [this.way, this.#keptWay(visit).read()];
    return ways.find(({ method }) => method === wishes[0])?.method ?? ways.find(({ method }) => method === wishes[1])?.method ?? ways[0]!.method;
  }

  #choose(visit: Visit, method: PaymentMethod): void {
    this.way = method;
    this.#keptWay(visit).write(method);
  }

  #keptWay(visit: Visit): Kept<PaymentMethod> {
    return new Kept(deviceStorage(), `way:${visit.serverUrl}`, (value) => typeof value === 'string');
  }

  #question(rows: readonly CartRow[]): Question {
    const { address, phone } = this.delivery;
    const lines = rows.map(({ variantId, quantity }) => ({ variantId, quantity }));
    const now = this.#promotions?.now() ?? 0;
    const dealsKey = (this.#promotions?.shown ?? []).flatMap((promotion) => (promotionStateAt(promotion, now) === 'running' ? [promotion.id] : [])).join();
    return { lines, address: address.trim().slice(0, 300), phone: phone.trim().slice(0, 30), ...this.#claims?.all, goodsMinor: goodsOf(rows), dealsKey };
  }

  #erase(visit: Visit): void {
    visit.buyer.erase();
    keptEmail(visit.serverUrl).erase();
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
    this.#quoting?.forget();
    this.requestUpdate();
  }

  #close(visit: Visit): void {
    sendShowEvent(this, visit, 'fieldcast-checkout-close', {});
    this.#back();
  }

  /** The sum with delivery, waited for where the address is new; null when the server cannot be asked: then the order says what was seen. */
  async #count(rows: readonly CartRow[]): Promise<Quote | null> {
    const question = this.#question(rows);
    const known = this.#quoting?.of(question);
    if (known) return known;
    this.isCounting = true;
    const quote = (await this.#quoting?.settle(question)) ?? null;
    this.isCounting = false;
    return quote;
  }

  /** The server's own schema judges the form, so that what passes here is not refused there. */
  #validate(visit: Visit, rows: readonly CartRow[], totalMinor: number): OrderRequest | null {
    const { name, phone, address, note } = this.delivery;
    const parsed = safeParse(orderRequest, {
      lines: rows.map(({ variantId, quantity }) => ({ variantId, quantity })),
      buyer: { name, phone, address },
      note,
      payment: this.#way(visit),
      ...claimsOf(visit).all,
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

  async #submit(event: Event, visit: Visit, rows: readonly CartRow[], totalMinor: number): Promise<void> {
    event.preventDefault();
    if (this.isCounting) return;
    this.newTotal = '';
    const request = this.#validate(visit, rows, totalMinor);
    if (!request) {
      this.isEditing = true;
      this.#focusAfterUpdate = '[aria-invalid="true"]';
      return;
    }
    visit.buyer.write(request.buyer);
    this.isEditing = false;
    const quote = await this.#count(rows);
    if (visit !== this.#visit.visit || isRefused(quote)) return;
    if (quote && quote.totalMinor !== totalMinor) {
      this.newTotal = this.#localize.text.pay.totalIsNow(this.#localize.money(quote.totalMinor, quote.currency));
      this.#focusAfterUpdate = '[part="order-button"]';
      return;
    }
    for (const { key, state } of visit.outbox.pending) if (state === 'refused') visit.outbox.dismiss(key);
    if (visit.store.snapshot) visit.cart.acceptPrices(visit.store.snapshot);
    visit.outbox.place(request);
  }
}

/** What is asked, but for the coupon. */
function basisOf({ coupon: _coupon, ...basis }: Question): string {
  return JSON.stringify(basis);
}

/** What the lines that can be had cost, without delivery. */
function goodsOf(rows: readonly CartRow[]): number {
  return rows.reduce((sum, row) => sum + (row.fault === 'gone' ? 0 : row.totalMinor), 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-checkout': FieldcastCheckout;
  }
}
