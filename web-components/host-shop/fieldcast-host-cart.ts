// Owns the cart's panel where the shop keeps its own: its lines, what the shop is being asked, and the way to the shop's checkout.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { gradeOf, kindText } from '../../server/protocol/goods-name.ts';
import { QUANTITY_LIMIT } from '../../server/protocol/order-limits.ts';
import type { Messages } from '../i18n/en.ts';
import { type HostShopMessages, hostShopMessages } from '../i18n/host-shop.ts';
import { Localize } from '../i18n/index.ts';
import { viewerMessages } from '../i18n/viewer.ts';
import { type CartRow, sendShowEvent, type Visit } from '../show/index.ts';
import { buttonStyles, cardStyles, fieldStyles, icon, picture, pictureStyles, stepper, tokens } from '../ui/index.ts';
import type { HostShop } from './host-shop.ts';

/** Private to `<fieldcast-live>`, which shows it in the place of the checkout. */
export class FieldcastHostCart extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    cardStyles,
    fieldStyles,
    pictureStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        flex: 1;
        min-block-size: 0;
      }
      .head {
        display: flex;
        align-items: center;
        min-block-size: 52px;
        padding: 4px 8px 4px 16px;
        flex: none;
      }
      .head h2 {
        flex: 1;
        font-size: 19px;
      }
      .scroll {
        flex: 1;
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
        padding: 4px 16px 20px;
      }
      .line {
        display: grid;
        grid-template-columns: 64px minmax(0, 1fr) auto;
        gap: 6px 12px;
        padding-block: 10px;
      }
      .line + .line {
        border-block-start: 1px solid var(--fc-line);
      }
      .line .picture {
        inline-size: 64px;
        grid-row: span 2;
      }
      .what {
        display: grid;
        gap: 2px;
        font-size: 15px;
      }
      .name {
        font-weight: 600;
      }
      .muted {
        color: var(--fc-muted);
        font-size: 14px;
      }
      .sum {
        font-weight: 650;
        white-space: nowrap;
      }
      .tools {
        grid-column: 2 / -1;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .remove {
        color: var(--fc-muted);
      }
      .empty {
        display: grid;
        justify-items: center;
        gap: 10px;
        padding: 36px 20px;
        text-align: center;
      }
      .empty > .icon {
        inline-size: 48px;
        block-size: 48px;
        stroke-width: 1.2;
        color: var(--fc-muted);
      }
      .others {
        padding-block: 10px;
      }
      .foot {
        flex: none;
        display: grid;
        gap: 8px;
        padding: 12px 16px max(12px, env(safe-area-inset-bottom));
        border-block-start: 1px solid var(--fc-line);
        background: var(--fc-surface);
      }
    `,
  ];

  @property({ attribute: false }) shop!: HostShop;
  @property({ attribute: false }) visit!: Visit;

  #words = new Localize<HostShopMessages>(this, hostShopMessages);
  #viewer = new Localize<Messages>(this, viewerMessages);
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('shop') || changed.has('visit')) this.#listen();
  }

  override render() {
    const { text } = this.#words;
    const { store, cart } = this.visit;
    const rows = cart.rows(store.snapshot);
    return html`<div class="head">
        <h2>${text.title}</h2>
        <button class="icon-button" type="button" aria-label=${this.#viewer.text.common.close} @click=${() => sendShowEvent(this, this.visit, 'fieldcast-checkout-close', {})}>${icon('close')}</button>
      </div>
      <div class="scroll" tabindex="-1">
        ${rows.length > 0 ? html`<ul part="lines">${repeat(rows, ({ variantId }) => variantId, (row) => this.#line(row))}</ul>` : this.#empty()}
        ${this.shop.otherCount > 0 ? html`<p class="others muted">${text.otherItems(this.shop.otherCount)}</p>` : nothing}
      </div>
      ${this.shop.isOn && rows.length + this.shop.otherCount > 0 ? this.#foot(rows) : nothing}
      <span class="visually-hidden" role="status">${this.shop.pending.size > 0 ? text.asking : this.shop.isCheckingOut ? text.opening : nothing}</span>`;
  }

  #empty() {
    const { text } = this.#words;
    const { isOn, notice } = this.shop;
    return html`<div class="empty">
      ${icon('basket')}
      <h3>${isOn ? text.empty : text.off}</h3>
      <p class="muted">${isOn ? text.emptyHint : text.offHint}</p>
      ${isOn && notice?.reason === 'not-loaded' ? html`<button class="button" type="button" @click=${() => void this.shop.sync()}>${icon('retry')}${text.load}</button>` : nothing}
    </div>`;
  }

  #line({ product, variant, variantId, quantity, totalMinor }: CartRow) {
    const words = this.#viewer.text;
    const { text } = this.#words;
    const name = product?.name ?? text.gone;
    const kind = product && variant ? kindText({ name, label: variant.label, grade: gradeOf(product, variant) }) : '';
    const currency = this.visit.store.snapshot?.show.currency;
    return html`<li class="line" part="line">
      ${picture(this.visit.serverUrl, product?.pictures[0], '', '64px')}
      <span class="what">
        <span class="name">${name}</span>
        ${variant && currency ? html`<span class="muted">${kind && `${kind} · `}${words.common.perUnit(this.#words.money(variant.priceMinor, currency), words.units[variant.unit])}</span>` : nothing}
        ${this.shop.pending.has(variantId) ? html`<span class="muted">${text.asking}</span>` : nothing}
      </span>
      <span class="sum">${currency ? this.#words.money(totalMinor, currency) : nothing}</span>
      <span class="tools">
        ${variant
          ? stepper({
              value: quantity,
              min: 1,
              // The shop says what is too much; here only what the shelf knows of.
              max: Math.min(Math.max(variant.stock, quantity), QUANTITY_LIMIT),
              label: `${words.common.quantity}: ${name}`,
              less: words.common.less,
              plus: words.common.plus,
              onChange: (next) => this.#set(variantId, next),
            })
          : html`<span></span>`}
        <button class="icon-button remove" type="button" aria-label=${text.remove(name)} @click=${() => this.#set(variantId, 0)}>${icon('trash')}</button>
      </span>
    </li>`;
  }

  #foot(rows: readonly CartRow[]) {
    const { text } = this.#words;
    const { totalMinor, otherCount, pending, isCheckingOut } = this.shop;
    const currency = this.visit.store.snapshot?.show.currency;
    const shown = totalMinor ?? (otherCount > 0 ? null : rows.reduce((sum, row) => sum + row.totalMinor, 0));
    return html`<div class="foot">
      <button class="button primary wide" type="button" part="checkout-button" ?disabled=${pending.size > 0 || isCheckingOut} @click=${() => void this.shop.checkOut()}>
        ${isCheckingOut ? text.opening : shown !== null && currency ? text.checkOutFor(this.#words.money(shown, currency)) : text.checkOut}
      </button>
    </div>`;
  }

  #set(variantId: string, quantity: number): void {
    const { cart } = this.visit;
    cart.set(variantId, quantity);
    sendShowEvent(this, this.visit, 'fieldcast-cart-change', { variantId, quantity, count: cart.count });
  }

  #listen(): void {
    for (const stop of this.#stops) stop();
    const redraw = (): void => this.requestUpdate();
    this.#stops = [this.shop.subscribe(redraw), this.visit.subscribe(redraw)];
  }
}
