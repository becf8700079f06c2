// Owns the card of a flash sale: the price now and before, what is left of pieces and time, and the tap that puts one into the cart.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state as own } from 'lit/decorators.js';
import { variantName } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import { sendShowEvent } from '../show/index.ts';
import { buttonStyles, icon, openCartAround, picture, pictureStyles, tokens } from '../ui/index.ts';
import { cardFrame } from './card.styles.ts';
import { PromotionCard } from './promotion-card.ts';

export class FieldcastFlashSale extends PromotionCard<'flash-sale'> {
  static override styles = [
    tokens,
    buttonStyles,
    pictureStyles,
    cardFrame,
    css`
      .prices {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 6px;
        line-height: 1.2;
      }
      .now {
        font-size: 20px;
        font-weight: 800;
        color: var(--fc-price);
      }
      .over .now {
        color: var(--fc-muted);
      }
      .left {
        position: relative;
        block-size: 4px;
        margin-block-start: 3px;
        border-radius: 2px;
        background: var(--fc-line);
        overflow: hidden;
      }
      .left span {
        position: absolute;
        inset: 0;
        border-radius: 2px;
        background: var(--fc-price);
        transform-origin: left;
      }
      .left:dir(rtl) span {
        transform-origin: right;
      }
    `,
  ];

  /** Put into the cart from here. */
  @own() private added = 0;

  protected override render(): TemplateResult | typeof nothing {
    const { visit, promotion, state } = this;
    const found = this.#find();
    if (!visit || !promotion || !found) return nothing;
    const { product, variant } = found;
    const { flashSale: text, kinds } = this.words;
    const isOpen = state === 'running' && promotion.left > 0 && variant.stock > 0;
    const left = Math.min(promotion.left, variant.stock);
    const name = variantName(product, variant);
    return html`<article class="card ${state}" part="promotion" aria-label="${kinds['flash-sale']}: ${name}">
      <p class="head">
        <strong>${kinds['flash-sale']}</strong>
        ${state === 'over'
          ? html`<span>${promotion.left === 0 ? text.gone : text.over}</span>`
          : html`<span>${state === 'countdown' ? text.startsIn : text.endsIn}</span><span class="clock" role="timer">${this.clock}</span>`}
        ${state === 'over' ? nothing : html`<span class="end">${text.left(this.localize.number(left))}</span>`}
      </p>
      <div class="body">
        <button class="open" type="button" @click=${this.#open}>
          ${picture(visit.serverUrl, product.pictures[0], '', '56px')}
          <span class="words">
            <span class="name" dir="auto">${name}</span>
            <span class="prices"
              ><span class="now">${this.money(promotion.priceMinor)}</span>${promotion.lowestMinor > promotion.priceMinor ? html`<s aria-hidden="true">${this.money(promotion.lowestMinor)}</s>` : nothing}</span
            >
            <span class="fine">${text.lowest(this.money(promotion.lowestMinor))}${promotion.perBuyer === null ? nothing : html` · ${text.most(promotion.perBuyer)}`}</span>
          </span>
        </button>
        ${state === 'over'
          ? nothing
          : this.added > 0 && visit.cart.quantityOf(variant.id) > 0
            ? html`<button class="button primary" type="button" aria-label=${text.toCartLabel(this.added)} @click=${() => openCartAround(this)}>${icon('cart')}${text.toCart}</button>`
            : html`<button class="button primary" type="button" ?disabled=${!isOpen} aria-label=${isOpen ? text.buyLabel(name) : nothing} @click=${this.#add}>${state === 'countdown' ? text.soon : isOpen ? text.buy : text.soldOut}</button>`}
      </div>
      ${state === 'running' ? html`<div class="left" aria-hidden="true"><span .style=${`transform: scaleX(${promotion.units === 0 ? 0 : left / promotion.units})`}></span></div>` : nothing}
    </article>`;
  }

  /** As the shelf has them, at the list price. */
  #find(): { product: Product; variant: Variant } | null {
    for (const product of this.visit?.store.snapshot?.shelf ?? []) {
      const variant = product.variants.find(({ id }) => id === this.promotion?.variantId);
      if (variant) return { product, variant };
    }
    return null;
  }

  #open(): void {
    const found = this.#find();
    if (found && this.visit) sendShowEvent(this, this.visit, 'fieldcast-product-open', { productId: found.product.id });
  }

  #add(): void {
    const { visit } = this;
    const found = this.#find();
    if (!visit || !found) return;
    const { variant } = found;
    visit.cart.add(variant);
    const quantity = visit.cart.quantityOf(variant.id);
    this.added = quantity;
    sendShowEvent(this, visit, 'fieldcast-cart-change', { variantId: variant.id, quantity, count: visit.cart.count });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-flash-sale': FieldcastFlashSale;
  }
}
