// Owns the coupon in the checkout: the best that was taken is used by itself, another one or a code by a tap, and why one takes nothing off.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Quote } from '../../server/protocol/delivery.ts';
import type { CouponRefusal } from '../../server/protocol/promotion-shape.ts';
import { checkoutMessages } from '../i18n/checkout.ts';
import { couponName } from '../i18n/coupon.ts';
import { Localize } from '../i18n/index.ts';
import { type CartRow, type Claims, claimsOf, type CouponWallet, type HeldCoupon, type Visit, walletOf } from '../show/index.ts';
import { buttonStyles, cardStyles, fieldStyles, icon, tokens } from '../ui/index.ts';
import { bestOf } from './coupon-choice.ts';

interface Refused {
  refusal: CouponRefusal;
  /** The cart that it was refused for: another one is another question. */
  basis: string;
  /** As the buyer knows it: its name, or the code as it was typed. */
  name: string;
}

/** Inside the checkout only. It says what the order claims (`claimsOf`); the checkout asks the server what that comes to. */
export class FieldcastCouponField extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    cardStyles,
    fieldStyles,
    css`
      .coupon {
        display: grid;
        gap: 8px;
        padding: 10px 14px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
        min-block-size: 44px;
      }
      .row .name {
        flex: 1 1 auto;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .row .icon {
        flex: none;
        color: var(--fc-accent);
      }
      h3 {
        font-size: 16px;
      }
      .why {
        color: var(--fc-muted);
        font-size: 14px;
        line-height: 1.4;
      }
      .others {
        display: grid;
        gap: 6px;
      }
      .others .button {
        justify-content: flex-start;
        text-align: start;
      }
      .enter {
        display: flex;
        gap: 8px;
        align-items: end;
      }
      .enter .field {
        flex: 1;
        min-inline-size: 0;
      }
      .enter .button {
        min-block-size: 48px;
      }
    `,
  ];

  @property({ attribute: false }) visit: Visit | null = null;
  @property({ attribute: false }) rows: readonly CartRow[] = [];
  /** Of the cart with what it claims now; null while the server has not answered. */
  @property({ attribute: false }) quote: Quote | null = null;
  /** What was asked, but for the coupon. */
  @property() basis = '';

  @state() private isEntering = false;
  /** Picked or typed by the buyer; it goes before what would be chosen by itself. */
  @state() private chosen: string | null = null;
  @state() private isDeclined = false;
  @state() private typed = '';
  #refused = new Map<string, Refused>();
  #localize = new Localize(this, checkoutMessages);
  #deliveryMinor: number | null = null;
  #wallet: CouponWallet | null = null;
  #claims: Claims | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override willUpdate(): void {
    if (this.isConnected) this.#follow(this.visit);
    this.#hear();
  }

  protected override updated(): void {
    // After it is drawn: the checkout around it is drawn anew by this.
    const code = this.#wanted();
    if (this.#claims && (this.#claims.all.coupon ?? null) !== code) this.#claims.set('coupon', code);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit } = this;
    if (!visit) return nothing;
    const { coupon: text } = this.#localize.text;
    const held = this.#held();
    const code = this.#claims?.all.coupon ?? null;
    const used = code !== null && (this.quote?.couponRefusal ?? null) === null ? code : null;
    const others = held.filter((each) => each.code !== used);
    const why = this.#why(used);
    return html`<section class="card block coupon" part="coupon" aria-label=${text.heading}>
      <div class="row">
        ${used
          ? html`${icon('check')}<span class="name" dir="auto">${text.used(this.#nameOf(used))}</span><button class="button quiet" type="button" @click=${this.#decline}>${text.putAway}</button>`
          : html`<h3 class="name">${text.heading}</h3>`}
        ${this.isEntering ? nothing : html`<button class="button quiet" type="button" @click=${this.#enter}>${text.enter}</button>`}
      </div>
      ${why ? html`<p class="why" role="status">${why}</p>` : nothing}
      ${others.length > 0
        ? html`<div class="others">${others.map((each) => html`<button class="button" type="button" @click=${() => this.#choose(each.code)}>${this.#name(each)}</button>`)}</div>`
        : nothing}
      ${this.isEntering
        ? html`<div class="enter">
            <div class="field">
              <label for="code">${text.code}</label>
              <input id="code" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" .value=${this.typed} @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)} @keydown=${this.#onKey} />
            </div>
            <button class="button" type="button" ?disabled=${this.typed.trim() === ''} @click=${this.#apply}>${text.apply}</button>
          </div>`
        : nothing}
    </section>`;
  }

  #follow(visit: Visit | null): void {
    const wallet = visit && walletOf(visit);
    const claims = visit && claimsOf(visit);
    if (wallet === this.#wallet && claims === this.#claims) return;
    for (const stop of this.#stops) stop();
    this.#wallet = wallet;
    this.#claims = claims;
    // What was typed before stands; what was chosen by itself is chosen anew.
    const claimed = claims?.all.coupon ?? null;
    this.chosen = this.#held().some(({ code }) => code === claimed) ? null : claimed;
    this.isDeclined = this.isEntering = false;
    this.#refused.clear();
    this.#stops = visit && wallet && claims ? [wallet.subscribe(() => this.#taken()), claims.subscribe(() => this.requestUpdate())] : [];
  }

  /** Somebody who takes one wants to use it. */
  #taken(): void {
    this.isDeclined = false;
    this.requestUpdate();
  }

  /** Takes in what the server said of the coupon that was asked for. */
  #hear(): void {
    const { quote } = this;
    if (!quote) return;
    this.#deliveryMinor = quote.deliveryMinor;
    const code = this.#claims?.all.coupon;
    if (code === undefined || !quote.couponRefusal) return;
    const held = this.#held().find((each) => each.code === code);
    this.#refused.set(code, { refusal: quote.couponRefusal, basis: this.basis, name: this.#nameOf(code) });
    const why = quote.couponRefusal.params['why'];
    // Nobody can use it any more; the reason stands once.
    if (held && (why === 'over' || why === 'used-up')) this.#wallet?.drop(held.promotionId);
  }

  /** The code that the order should say now. */
  #wanted(): string | null {
    if (this.isDeclined) return null;
    if (this.chosen !== null && !this.#isRefused(this.chosen)) return this.chosen;
    const goods = this.rows.flatMap(({ product, totalMinor, fault }) => (product && fault !== 'gone' ? [{ productId: product.id, totalMinor }] : []));
    return bestOf(this.#held(), goods, this.#deliveryMinor, (code) => this.#isRefused(code))?.code ?? null;
  }

  #isRefused(code: string): boolean {
    return this.#refused.get(code)?.basis === this.basis;
  }

  #held(): HeldCoupon[] {
    const { visit } = this;
    const sellerId = visit?.store.snapshot?.show.sellerId;
    return visit && sellerId !== undefined ? (this.#wallet?.of({ sellerId, showId: visit.showId, now: visit.store.serverNow() }) ?? []) : [];
  }

  /** Why the one that the buyer wanted, or else the best one, takes nothing off; empty where one does. */
  #why(used: string | null): string {
    if (used !== null && (this.chosen === null || used === this.chosen)) return '';
    const fresh = [...this.#refused].filter(([, each]) => each.basis === this.basis);
    const [, refused] = fresh.find(([code]) => code === this.chosen) ?? fresh[0] ?? [];
    if (!refused) return '';
    const { coupon: text } = this.#localize.text;
    const { refusal, name } = refused;
    if (refusal.code === 'coupon.unknown') return text.unknown(name);
    const missing = Number(refusal.params['missingMinor']);
    const why = String(refusal.params['why']) as keyof typeof text.why;
    return why === 'minimum' ? text.why.minimum(name, this.#money(missing)) : (text.why[why] ?? text.why.goods)(name);
  }

  #nameOf(code: string): string {
    const held = this.#held().find((each) => each.code === code);
    const told = this.quote?.discounts.find(({ kind }) => kind === 'coupon')?.title;
    return held ? this.#name(held) : told || code;
  }

  #name(held: HeldCoupon): string {
    return couponName(held, this.#localize.text.couponWords, this.#localize, this.#currency);
  }

  get #currency() {
    return this.visit?.store.snapshot?.show.currency ?? 'CNY';
  }

  #money(amountMinor: number): string {
    return this.#localize.money(amountMinor, this.#currency);
  }

  #decline(): void {
    this.chosen = null;
    this.isDeclined = true;
  }

  #choose(code: string): void {
    this.chosen = code;
    this.isDeclined = false;
    this.#refused.delete(code);
  }

  #enter(): void {
    this.isEntering = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#code')?.focus());
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    // The form around it is the order.
    event.preventDefault();
    this.#apply();
  }

  #apply(): void {
    const code = this.typed.trim();
    if (code === '') return;
    this.#choose(code);
    this.typed = '';
    this.isEntering = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-coupon-field': FieldcastCouponField;
  }
}
