// Owns the card of a viewer's own turn on a waitlist: what is held, for how long, the tap that orders it; and how it ended.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { variantName } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import type { Wait } from '../../server/protocol/waitlist.ts';
import { Localize } from '../i18n/index.ts';
import { promotionMessages } from '../i18n/promotions.ts';
import { sendShowEvent, type Visit, waitsOf } from '../show/index.ts';
import { buttonStyles, clockOf, icon, openCartAround, picture, pictureStyles, tokens } from '../ui/index.ts';
import { cardFrame } from './card.styles.ts';

/** Inside the strip of promotions only, which draws it anew with each change. */
export class FieldcastWaitCard extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    pictureStyles,
    cardFrame,
    css`
      .held .head strong {
        background: var(--fc-accent);
      }
      .aside {
        margin: -6px -4px -6px 0;
        border: 0;
        background: none;
      }
      .head .aside {
        margin-inline-start: auto;
      }
      .held .head .aside {
        margin-inline-start: 0;
      }
      .held .clock {
        margin-inline-start: auto;
      }
    `,
  ];

  @property({ attribute: false }) visit: Visit | null = null;
  @property({ attribute: false }) wait: Wait | null = null;
  readonly #words = new Localize(this, promotionMessages);
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    clearTimeout(this.#timer);
    if (this.isConnected && this.#leftMs() > 0) this.#timer = setTimeout(() => this.requestUpdate(), (this.#leftMs() % 1000) + 10);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit, wait } = this;
    const found = this.#find();
    if (!visit || !wait || !found) return nothing;
    const { waiting: text } = this.#words.text;
    const { product, variant } = found;
    const name = variantName(product, variant);
    const log = waitsOf(visit);
    const isHeld = log.isHeld(wait);
    const inCart = visit.cart.quantityOf(variant.id);
    return html`<article class="card ${isHeld ? 'held' : 'over'}" part="promotion" aria-label="${isHeld ? text.yourTurn : text.turnOver}: ${name}">
      <p class="head">
        <strong>${isHeld ? text.yourTurn : text.turnOver}</strong>
        ${isHeld ? html`<span>${text.keptFor}</span><span class="clock" role="timer">${clockOf(this.#leftMs())}</span>` : nothing}
        <button class="icon-button aside" type="button" aria-label=${text.aside} @click=${() => log.hide(wait)}>${icon('close')}</button>
      </p>
      <div class="body">
        <button class="open" type="button" @click=${() => sendShowEvent(this, visit, 'fieldcast-product-open', { productId: product.id })}>
          ${picture(visit.serverUrl, product.pictures[0], '', '56px')}
          <span class="words">
            <span class="name" dir="auto">${name}</span>
            <span class="fine">${isHeld ? text.kept(this.#words.number(wait.heldQuantity)) : wait.state === 'closed' ? text.closed : text.lapsed}</span>
          </span>
        </button>
        ${isHeld
          ? html`<button class="button primary" type="button" @click=${() => this.#order(variant, wait)}>${icon('cart')}${inCart > 0 ? text.toCart : text.order}</button>`
          : wait.state === 'closed'
            ? nothing
            : html`<button class="button" type="button" ?disabled=${log.isBusy || variant.stock > 0} @click=${() => void log.join(variant.id, wait.quantity)}>${text.again}</button>`}
      </div>
    </article>`;
  }

  /** Puts what is held into the cart, and opens it. */
  #order(variant: Variant, wait: Wait): void {
    const { visit } = this;
    if (!visit) return;
    if (visit.cart.quantityOf(variant.id) === 0) {
      visit.cart.add(variant, wait.heldQuantity);
      sendShowEvent(this, visit, 'fieldcast-cart-change', { variantId: variant.id, quantity: visit.cart.quantityOf(variant.id), count: visit.cart.count });
    }
    openCartAround(this);
    this.requestUpdate();
  }

  #leftMs(): number {
    if (this.wait?.state !== 'held') return 0;
    return Math.max(0, (this.wait.holdUntil ?? 0) - (this.visit?.store.serverNow() ?? Date.now()));
  }

  #find(): { product: Product; variant: Variant } | null {
    for (const product of this.visit?.store.snapshot?.shelf ?? []) {
      const variant = product.variants.find(({ id }) => id === this.wait?.variantId);
      if (variant) return { product, variant };
    }
    return null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-wait-card': FieldcastWaitCard;
  }
}
