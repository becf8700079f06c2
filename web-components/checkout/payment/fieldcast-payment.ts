// Owns how paying one order is shown: sum and hold, form or transfer, what went wrong, and every way on. Only the server says what is paid.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { cancelOrder, readOrder } from '../../../server/protocol/endpoints.ts';
import { minorUnitExponent } from '../../../server/protocol/money-format.ts';
import type { Order } from '../../../server/protocol/order.ts';
import { Localize } from '../../i18n/index.ts';
import { paymentMessages } from '../../i18n/payment.ts';
import { detectInAppBrowser } from '../../publish/in-app-browser.ts';
import { type Call, deviceStorage, type Failure, Kept } from '../../show/index.ts';
import { buttonStyles, cardStyles, fieldStyles, icon, tokens } from '../../ui/index.ts';
import { keptEmail } from '../kept-email.ts';
import { endedByClock, isLateTransfer, wasSoldOut } from '../late-transfer.ts';
import { openCardForm } from './card-form.ts';
import { CardPayment, type Trouble } from './card-payment.ts';
import { copyText } from './copy-text.ts';
import { holdTime } from './hold-time.ts';
import { openLightSlot } from './light-slot.ts';
import { CALL_TIMEOUT_MS, RETRY_MS } from './patience.ts';
import { paymentStyles } from './payment.styles.ts';
import { TransferPayment } from './transfer-payment.ts';
import { drawTransferPicture, keepPicture } from './transfer-picture.ts';
import { codeUrl, type Copyable, transferView } from './transfer-view.ts';

/** How often the server is asked whether something has changed, by how likely that is. */
const FOLLOW_CLOSELY_MS = 4_000;
const FOLLOW_MS = 15_000;
/** From here on the countdown is drawn to be noticed. */
const SHORT_MS = 120_000;
const COPIED_MS = 2_500;

/**
 * Pays one order that waits for its money. Stands inside `<fieldcast-checkout>` and `<fieldcast-order>`, not in pages.
 *
 * @tag fieldcast-payment
 * @slot fieldcast-payment - Stripe's form, put there by the element itself: it has to stand in the document's own tree.
 * @csspart amount - The exact amount of a transfer.
 * @csspart code - The seller's code.
 * @csspart save - The button that keeps the transfer as a picture.
 * @csspart claim - "I have paid".
 * @csspart pay - The button that pays by the form.
 */
export class FieldcastPayment extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, fieldStyles, paymentStyles];

  @property({ attribute: false }) order!: Order;
  @property({ attribute: false }) call!: Call;
  @property() server = '';
  /** Where the buyer comes back to from an app or a bank. */
  @property({ attribute: false }) returnUrl = '';
  /** The server's clock, ms since epoch; null where it is not known yet: until then the hold is told as a time of day. */
  @property({ attribute: false }) now: (() => number) | null = null;
  /** The order was not placed just now: it may have been paid meanwhile, so the server is asked before a form is drawn. */
  @property({ attribute: false }) isResumed = false;
  /** Called with every newer state of the order. */
  @property({ attribute: false }) onOrder: (order: Order) => void = () => undefined;
  /** Called when the order was cancelled so that it can be paid another way; null where there is no cart to put it back into. */
  @property({ attribute: false }) onOtherWay: ((order: Order) => void) | null = null;

  @state() private error: Failure | null = null;
  @state() private isAsking = false;
  @state() private isBusy = false;
  @state() private email = '';
  @state() private hasEmailFault = false;
  @state() private copied: Copyable | null = null;
  @state() private isCodeMissing = false;
  @state() private hasSaveFailed = false;
  @state() private said = '';

  #localize = new Localize(this, paymentMessages);
  #card: CardPayment | null = null;
  #transfer: TransferPayment | null = null;
  #following: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #focusAfterUpdate: string | null = null;
  /** The server's clock against this device's; null before it was heard. */
  #clockOffsetMs: number | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 1000);
    // Its properties are there with the first update.
    void this.updateComplete.then(() => this.isConnected && this.#begin(this.isResumed));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    clearTimeout(this.#following);
    this.#drop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('order');
    if (!before || before.id !== this.order.id) return;
    // What it waits for now may come sooner than what it waited for before.
    this.#follow();
    if (this.order.state !== 'awaiting-payment') {
      this.#drop();
      this.#triedHere.erase();
      this.#claimedHere.erase();
    }
    // The seller has looked and found nothing, or the bank has said no in the end: it is to be paid again.
    else if (this.order.money.state === 'due' && !this.order.money.isProcessing && (before.money.state === 'claimed' || before.money.isProcessing)) this.#begin(false);
  }

  protected override updated(): void {
    if (!this.#focusAfterUpdate) return;
    this.renderRoot.querySelector<HTMLElement>(this.#focusAfterUpdate)?.focus();
    this.#focusAfterUpdate = null;
  }

  override render() {
    const { order } = this;
    const text = this.#localize.text.payment;
    if (order.state === 'cancelled') return this.#cancelled();
    if (order.state !== 'awaiting-payment') return nothing;
    return html`<section class="payment" aria-label=${text.title}>
      <span class="probe" hidden></span>
      ${this.#due()} ${order.money.state === 'claimed' ? this.#claimed() : order.money.isProcessing ? this.#processing() : order.payment === 'transfer' ? this.#byTransfer() : this.#byCard()}
      <span class="visually-hidden" role="status">${this.said}</span>
    </section>`;
  }

  #cancelled() {
    const { order } = this;
    const text = this.#localize.text.payment;
    const { payment, money } = order;
    const isLate = isLateTransfer(order, this.#serverNow());
    const [title, hint] =
      wasSoldOut(order)
        ? [text.soldOut, money.state === 'refunded' ? text.soldOutDone : payment === 'stripe' ? text.soldOutBack : text.soldOutSeller]
        : money.state === 'claimed'
        ? [text.lateClaimed, text.lateClaimedHint]
        : money.state === 'refunded'
          ? [text.lateRefunded, '']
          : money.state !== 'due'
            ? [text.latePaid, '']
            : !endedByClock(order)
              ? [text.cancelled, '']
              : [text.over, payment === 'stripe' ? text.overPaidCard : isLate ? text.overPaid : ''];
    return html`<section class="payment" aria-label=${text.title}>
      ${this.#notice(this.#words(this.error ?? this.#transfer?.error), '')}
      <p class="notice" part="cancelled" role="status">${icon(endedByClock(order) && (money.state === 'due' || wasSoldOut(order)) ? 'alert' : 'check')}<span><strong>${title}</strong>${hint ? html` ${hint}` : nothing}</span></p>
      ${isLate && money.state === 'due' ? html`<button class="button wide" type="button" part="claim" ?disabled=${this.#transfer?.isClaiming ?? false} @click=${() => void this.#claimLate()}>${this.#transfer?.isClaiming ? text.claiming : text.claim}</button>` : nothing}
    </section>`;
  }

  #due() {
    const { order } = this;
    const text = this.#localize.text.payment;
    const { holdUntil, state: money } = order.money;
    const leftMs = (holdUntil ?? 0) - this.#serverNow();
    const [within, by] = order.isFirstPaid ? [text.payWithin, text.payBy] : [text.held, text.heldUntil];
    const held = () => (leftMs <= 0 ? text.heldOver : this.now || this.#clockOffsetMs !== null ? within(holdTime(leftMs)) : by(this.#localize.dateTime(holdUntil!)));
    return html`<div class="due">
      ${money === 'due' && this.#transfer?.details
        ? nothing
        : html`<span class="label">${text.toPay}</span><span class="sum">${this.#localize.money(order.money.dueMinor, order.currency)}</span>`}
      ${holdUntil === null || money === 'claimed' ? nothing : html`<span class="hold ${leftMs < SHORT_MS ? 'short' : ''}">${icon('clock')}<span>${held()}</span></span>`}
    </div>
    ${order.isFirstPaid && money === 'due' && !order.money.isProcessing && !this.#transfer?.details?.isSoldOut ? html`<p class="notice" part="not-kept">${icon('alert')}<span>${text.notKept}</span></p>` : nothing}`;
  }

  #byCard() {
    const text = this.#localize.text.payment;
    const card = this.#card;
    const stage = card?.stage ?? 'preparing';
    const hasForm = stage === 'form' || stage === 'confirming';
    const again = (words: string, act: () => Promise<void> | undefined) => html`<button class="button primary wide" type="button" part="again" @click=${() => void act()}>${words}</button>`;
    return html`
      ${this.#notice(this.#words(this.error), '')} ${this.#told(card?.trouble ?? null)}
      ${stage === 'preparing' ? this.#spinner(text.preparing, 'form') : nothing}
      <div class=${hasForm ? 'place' : 'waiting'}><slot name="fieldcast-payment"></slot></div>
      ${hasForm && card ? this.#pay(card) : nothing} ${stage === 'checking' ? this.#spinner(text.checking) : nothing}
      ${stage === 'unknown' ? again(text.lookAgain, () => card?.check()) : nothing} ${stage === 'failed' ? again(text.tryAgain, () => card?.start()) : nothing}
      ${stage === 'confirming' || stage === 'checking' ? nothing : this.#waysOn()}
    `;
  }

  #pay(card: CardPayment) {
    const { order } = this;
    const text = this.#localize.text.payment;
    const isConfirming = card.stage === 'confirming';
    return html`<form class="payment" novalidate @submit=${this.#submit}>
      ${card.needsEmail
        ? html`<div class="field">
            <label for="email">${text.email}</label>
            <input
              id="email"
              name="email"
              type="email"
              autocomplete="email"
              inputmode="email"
              maxlength="200"
              required
              aria-invalid=${this.hasEmailFault ? 'true' : 'false'}
              aria-describedby=${this.hasEmailFault ? 'email-fault' : nothing}
              .value=${this.email}
              @input=${(event: Event) => {
                this.email = (event.target as HTMLInputElement).value;
              }}
            />
            ${this.hasEmailFault ? html`<span class="fault" id="email-fault" role="alert">${text.emailFault}</span>` : nothing}
          </div>`
        : nothing}
      ${isConfirming ? this.#spinner(card.isSlow ? text.confirmingSlow : text.confirming) : html`<p class="small muted">${text.safe}</p>`}
      ${isConfirming && card.isSlow
        ? html`<button class="button wide" type="button" part="again" @click=${() => void card.check()}>${text.lookAgain}</button>`
        : html`<button class="button primary wide" type="submit" part="pay" ?disabled=${isConfirming}>${text.pay(this.#localize.money(order.money.dueMinor, order.currency))}</button>`}
    </form>`;
  }

  #byTransfer() {
    const text = this.#localize.text.payment;
    const transfer = this.#transfer;
    const error = this.error ?? transfer?.error;
    const fault = this.#notice(error ? this.#words(error) : this.hasSaveFailed ? text.saveFailed : '', '');
    const details = transfer?.details;
    if (!transfer || !details) {
      return error ? html`${fault}<button class="button primary wide" type="button" part="again" @click=${() => void transfer?.start()}>${text.tryAgain}</button>${this.#waysOn()}` : this.#spinner(text.preparing, 'form');
    }
    return html`${fault} ${details.isSoldOut ? this.#notice(text.soldOutNow, text.soldOutSent) : nothing} ${transfer.hasNotArrived ? this.#notice(text.notArrived, text.notArrivedHint) : nothing}
    ${transferView({
      order: this.order,
      details,
      serverUrl: this.server,
      localize: this.#localize,
      copied: this.copied,
      isClaiming: transfer.isClaiming,
      isCodeMissing: this.isCodeMissing,
      canOnlyPress: detectInAppBrowser(navigator.userAgent) !== null,
      onCopy: (what) => void this.#copy(what),
      onSave: () => void this.#save(),
      onClaim: () => void transfer.claim(),
      onCodeMissing: (isMissing) => {
        this.isCodeMissing = isMissing;
      },
    })}
    ${this.#waysOn()}`;
  }

  #claimed() {
    const text = this.#localize.text.payment;
    return html`<div class="notice" part="claimed" role="status"><span class="spinner"></span><div><p><strong>${text.claimed}</strong></p><p>${text.claimedHint}</p></div></div>`;
  }

  #processing() {
    const text = this.#localize.text.payment;
    return html`<p class="notice" role="status">${icon('clock')}<span>${text.processing}</span></p>
      <button class="button wide" type="button" part="again" ?disabled=${this.#card?.stage === 'checking'} @click=${() => void this.#card?.check()}>${text.lookAgain}</button>`;
  }

  #spinner(words: string, className = '') {
    return html`<div class="busy ${className}" role="status"><span class="spinner"></span><span>${words}</span></div>`;
  }

  #told(trouble: Trouble | null) {
    const { payment: text } = this.#localize.text;
    switch (trouble?.kind) {
      case undefined:
        return nothing;
      case 'declined':
        return this.#notice(text.declined, trouble.message || text.tryAnother);
      case 'not-paid':
        return this.#notice(text.notPaidYet, trouble.message);
      case 'unknown':
        return this.#notice(text.unknown, text.unknownSafe);
      case 'no-form':
        return this.#notice(text.formFailed, '');
      case 'refused':
        return this.#notice(this.#words(trouble.error), '');
    }
  }

  /** Where nobody answered, nothing goes on by itself here: it is the buyer who tries again. */
  #words(error: Failure | null | undefined): string {
    if (!error) return '';
    if (error.code === 'stock.insufficient') return this.#localize.text.payment.soldOutNow;
    return error.status === 0 ? this.#localize.text.payment.unreachable : this.#localize.text.errors[error.code];
  }

  #notice(title: string, hint: string) {
    if (!title) return nothing;
    return html`<div class="notice fault" part="trouble" role="alert">${icon('alert')}<div><p><strong>${title}</strong></p>${hint ? html`<p>${hint}</p>` : nothing}</div></div>`;
  }

  /** Ways on from anywhere: another way to pay where there is a cart, or no order at all. */
  #waysOn() {
    const text = this.#localize.text.payment;
    if (!this.isAsking) {
      return html`<div class="ways">
        ${this.onOtherWay ? html`<button class="button quiet other" type="button" ?disabled=${this.isBusy} @click=${() => void this.#cancel(this.onOtherWay)}>${text.otherWay}</button>` : nothing}
        <button class="button quiet cancel" type="button" ?disabled=${this.isBusy} @click=${() => this.#ask(true)}>${text.cancel}</button>
      </div>`;
    }
    return html`<div class="ask" role="group" aria-label=${text.cancelAsk}>
      <strong>${text.cancelAsk}</strong>
      <div class="ways">
        <button class="button danger" type="button" ?disabled=${this.isBusy} @click=${() => void this.#cancel(null)}>${text.cancelYes}</button>
        <button class="button keep" type="button" @click=${() => this.#ask(false)}>${text.cancelNo}</button>
      </div>
    </div>`;
  }

  #ask(isAsking: boolean): void {
    this.isAsking = isAsking;
    this.#focusAfterUpdate = isAsking ? '.keep' : '.cancel';
  }

  #begin(isResumed: boolean): void {
    this.#drop();
    this.#follow();
    const { order } = this;
    if (order.state !== 'awaiting-payment') return;
    const shared = this.#shared();
    if (order.payment === 'transfer') {
      this.#transfer = new TransferPayment({ ...shared, claimed: this.#claimedHere });
      if (order.money.state === 'due') void this.#transfer.start();
    } else {
      this.email = keptEmail(this.server).read() ?? '';
      this.#card = new CardPayment({
        ...shared,
        openForm: async (start, signal) => {
          const slot = openLightSlot(this);
          try {
            const form = await openCardForm({ start, box: slot.box, locale: this.#localize.locale, appearance: this.#appearance(), signal });
            const close = () => {
              form.close();
              slot.close();
            };
            return { ...form, close };
          } catch (error) {
            slot.close();
            throw error;
          }
        },
      });
      void (isResumed ? this.#card.check({ isFirst: this.#triedHere.read() === null }) : this.#card.start());
    }
    this.requestUpdate();
  }

  #shared() {
    return {
      orderId: this.order.id,
      call: this.call,
      onOrder: (newer: Order) => this.#take(newer),
      onChange: () => {
        // Nobody knows how it ended: it is asked after from now on, not at the next usual time.
        if (this.#card?.stage === 'unknown') this.#follow();
        this.requestUpdate();
      },
      onServerTime: (now: number) => {
        this.#clockOffsetMs = now - Date.now();
      },
      onElsewhere: () => void this.#look(),
    };
  }

  /** The money left before the time was over, or after: somebody has to look for it. */
  async #claimLate(): Promise<void> {
    this.#transfer ??= new TransferPayment({ ...this.#shared(), claimed: this.#claimedHere });
    await this.#transfer.claim();
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const card = this.#card;
    if (!card) return;
    const email = this.email.trim();
    this.hasEmailFault = card.needsEmail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
    this.error = null;
    if (this.hasEmailFault) this.#focusAfterUpdate = '#email';
    else {
      if (card.needsEmail) keptEmail(this.server).write(email);
      this.#triedHere.write(true);
      void card.confirm({ returnUrl: this.returnUrl, email });
    }
  };

  async #cancel(then: ((order: Order) => void) | null): Promise<void> {
    this.isBusy = true;
    this.error = null;
    const outcome = await this.call(cancelOrder, { params: { orderId: this.order.id }, body: {}, timeoutMs: CALL_TIMEOUT_MS });
    this.isBusy = false;
    this.isAsking = false;
    if (outcome.ok) {
      this.#take(outcome.value);
      then?.(outcome.value);
      return;
    }
    this.error = outcome.error;
    // Refused because the order has moved on without this page.
    if (outcome.error.status === 409) await this.#look();
  }

  async #copy(what: Copyable): Promise<void> {
    const details = this.#transfer?.details;
    if (!details) return;
    const exponent = minorUnitExponent(details.currency);
    const words = what === 'amount' ? (details.amountMinor / 10 ** exponent).toFixed(exponent) : details.reference;
    if (!(await copyText(words, this.renderRoot as ShadowRoot))) return;
    this.copied = what;
    this.said = this.#localize.text.payment.copied;
    setTimeout(() => {
      if (this.copied === what) this.copied = null;
    }, COPIED_MS);
  }

  async #save(): Promise<void> {
    const details = this.#transfer?.details;
    if (!details) return;
    const text = this.#localize.text.payment;
    const amount = this.#localize.money(details.amountMinor, details.currency);
    const payee = details.payeeName || this.order.sellerName;
    try {
      const picture = await drawTransferPicture({ qrUrl: codeUrl(this.server, details), payee, payeeLabel: text.payee, amount, reference: [text.reference, details.reference] });
      this.hasSaveFailed = false;
      if (await keepPicture(picture, `${details.reference.replace(/\s+/g, '-')}.png`)) this.said = text.saved;
    } catch {
      this.hasSaveFailed = true;
    }
  }

  #take(order: Order): void {
    // Answers may overtake each other.
    if (!this.isConnected || order.changedAt < this.order.changedAt) return;
    this.order = order;
    this.onOrder(order);
  }

  async #look(): Promise<void> {
    if (this.#card?.stage === 'unknown') return this.#card.lookOnceMore();
    const outcome = await this.call(readOrder, { params: { orderId: this.order.id } });
    if (outcome.ok) this.#take(outcome.value);
  }

  /** The order changes without this page: by the seller, by the gateway, by its hold running out. */
  #follow(): void {
    clearTimeout(this.#following);
    const { state: orderState, money } = this.order;
    if ((orderState !== 'awaiting-payment' && money.state !== 'claimed') || !this.isConnected) return;
    const leftMs = (money.holdUntil ?? Infinity) - this.#serverNow();
    const isNear = money.state === 'claimed' || money.isProcessing || this.#card?.stage === 'unknown' || leftMs <= 0;
    const delayMs = Math.min(isNear ? FOLLOW_CLOSELY_MS : FOLLOW_MS, leftMs > 0 ? leftMs + RETRY_MS : FOLLOW_MS);
    this.#following = setTimeout(() => void this.#look().then(() => this.#follow()), delayMs);
  }

  #serverNow(): number {
    return this.now?.() ?? Date.now() + (this.#clockOffsetMs ?? 0);
  }

  #drop(): void {
    this.#card?.close();
    this.#card = null;
    this.#transfer?.close();
    this.#transfer = null;
  }

  /** The form stands in a frame of Stripe's: what it should look like is told to it. */
  #appearance(): object {
    const { color, backgroundColor, borderTopColor, outlineColor, fontFamily } = getComputedStyle(this.renderRoot.querySelector('.probe')!);
    const variables = { colorPrimary: color, colorBackground: backgroundColor, colorText: borderTopColor, colorDanger: outlineColor, fontFamily, borderRadius: '10px', fontSizeBase: '16px' };
    return { theme: 'stripe', variables };
  }

  /** Whether somebody has tried to pay it on this device, be it before a reload or a way through another app. */
  get #triedHere(): Kept<boolean> {
    return new Kept(deviceStorage(), `tried:${this.order.id}`, (value) => value === true);
  }

  get #claimedHere(): Kept<boolean> {
    return new Kept(deviceStorage(), `claimed:${this.order.id}`, (value) => value === true);
  }

}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-payment': FieldcastPayment;
  }
}
