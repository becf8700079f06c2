// Owns the card of a group buy: the price to join at, how many are missing for the next one, how long it goes on, and what was reached.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state as own } from 'lit/decorators.js';
import { variantName } from '../../server/protocol/goods-name.ts';
import type { GroupBuy } from '../../server/protocol/group-buy.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import { promotionsOf, sendShowEvent } from '../show/index.ts';
import { buttonStyles, picture, pictureStyles, tokens } from '../ui/index.ts';
import { cardFrame } from './card.styles.ts';
import { PromotionCard } from './promotion-card.ts';

export class FieldcastGroupBuy extends PromotionCard<'group-buy'> {
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
        color: var(--fc-price);
        font-size: 20px;
        font-weight: 800;
      }
      .way {
        position: relative;
        display: block;
        block-size: 6px;
        margin-block-start: 3px;
        border-radius: 3px;
        background: var(--fc-line);
        overflow: hidden;
      }
      .way span {
        position: absolute;
        inset: 0;
        background: var(--fc-accent);
        transform-origin: left;
      }
      .way:dir(rtl) span {
        transform-origin: right;
      }
    `,
  ];

  @own() private isOpen = false;

  protected override render(): TemplateResult | typeof nothing {
    const { visit, promotion, state } = this;
    const found = this.#find();
    const [first] = promotion?.tiers ?? [];
    if (!visit || !promotion || !found || !first) return nothing;
    const { groupBuy: text, kinds, flashSale } = this.words;
    const { product, variant } = found;
    const name = promotion.title || variantName(product, variant);
    const next = promotion.tiers[promotion.reached + 1];
    const isOpen = state === 'running' && variant.stock > 0;
    const present = promotion.tiers[Math.max(0, promotion.reached)] ?? first;
    return html`<article class="card ${state}" part="promotion" aria-label="${kinds['group-buy']}: ${name}">
        <p class="head">
          <strong>${kinds['group-buy']}</strong>
          ${state === 'over' ? html`<span role="status">${this.#result(promotion)}</span>` : html`<span>${text.endsIn}</span><span class="clock" role="timer">${this.clock}</span>`}
          <span class="end">${text.buyers(this.localize.number(promotion.buyers), promotion.buyers)}</span>
        </p>
        <div class="body">
          <button class="open" type="button" @click=${() => sendShowEvent(this, visit, 'fieldcast-product-open', { productId: product.id })}>
            ${picture(visit.serverUrl, product.pictures[0], '', '56px')}
            <span class="words">
              <span class="name" dir="auto">${name}</span>
              <span class="prices"
                ><span class="now">${this.money(present.priceMinor)}</span>${promotion.listMinor > present.priceMinor
                  ? html`<s aria-hidden="true">${this.money(promotion.listMinor)}</s><span class="visually-hidden">${text.alone(this.money(promotion.listMinor))}</span>`
                  : nothing}</span
              >
              <span class="fine" role="status">${state === 'over' ? nothing : next ? text.missing(this.localize.number(next.buyers - promotion.buyers), next.buyers - promotion.buyers, this.money(next.priceMinor)) : text.best}</span>
              ${next && state !== 'over' ? html`<span class="way" aria-hidden="true"><span .style=${`transform: scaleX(${Math.min(1, promotion.buyers / next.buyers)})`}></span></span>` : nothing}
            </span>
          </button>
          ${state === 'over' ? nothing : html`<button class="button primary" type="button" aria-haspopup="dialog" ?disabled=${!isOpen} @click=${() => this.#show(true)}>${isOpen ? text.join : flashSale.soldOut}</button>`}
        </div>
      </article>
      ${this.isOpen
        ? html`<fieldcast-promotion-sheet .heading=${`${kinds['group-buy']}: ${name}`} @sheet-close=${() => this.#show(false)}>
            <fieldcast-join-sheet .visit=${visit} .group=${promotion} .variant=${variant} @joined=${() => this.#show(false)}></fieldcast-join-sheet>
          </fieldcast-promotion-sheet>`
        : nothing}`;
  }

  #result({ reached, tiers, isClosed }: GroupBuy): string {
    const { groupBuy: text } = this.words;
    const tier = tiers[reached];
    if (!isClosed) return text.counting;
    return tier ? text.reached(this.money(tier.priceMinor)) : text.notReached;
  }

  /** As the shelf has it. */
  #find(): { product: Product; variant: Variant } | null {
    for (const product of this.visit?.store.snapshot?.shelf ?? []) {
      const variant = product.variants.find(({ id }) => id === this.promotion?.variantId);
      if (variant) return { product, variant };
    }
    return null;
  }

  /** What somebody reads does not go away under their eyes. */
  #show(isOpen: boolean): void {
    this.isOpen = isOpen;
    if (this.visit && this.promotion) promotionsOf(this.visit).hold(this.promotion.id, 'sheet', isOpen);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-group-buy': FieldcastGroupBuy;
  }
}
