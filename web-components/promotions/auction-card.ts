// Owns the card of an auction: the price now, who leads, how long it goes on, the tap that bids, and what came of it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state as own } from 'lit/decorators.js';
import type { Auction } from '../../server/protocol/auction.ts';
import { variantName } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import { type Failure, promotionsOf, sendShowEvent, type Visit } from '../show/index.ts';
import { buttonStyles, openCartAround, picture, pictureStyles, tokens } from '../ui/index.ts';
import { cardFrame } from './card.styles.ts';
import { type OwnBids, ownBidsOf } from './own-bids.ts';
import { PromotionCard } from './promotion-card.ts';

/** From here on every second counts. */
const LAST_MS = 15_000;

export class FieldcastAuction extends PromotionCard<'auction'> {
  static override styles = [
    tokens,
    buttonStyles,
    pictureStyles,
    cardFrame,
    css`
      .price {
        color: var(--fc-price);
        font-size: 20px;
        font-weight: 800;
        line-height: 1.2;
      }
      .leader {
        overflow: hidden;
        font-size: 14px;
        line-height: 1.25;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .leading .leader,
      .won .leader {
        color: var(--fc-accent);
        font-weight: 700;
      }
      .outbid .leader {
        color: var(--fc-danger);
        font-weight: 700;
      }
      .won .head strong {
        background: var(--fc-accent);
      }
      .last .clock {
        padding: 0 6px;
        border-radius: 6px;
        background: #b3261e;
        color: #fff;
      }
    `,
  ];

  @own() private isOpen = false;
  @own() private fault: Failure | null = null;
  #bids: OwnBids | null = null;
  #stops: (() => void)[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.isConnected) this.#follow(this.visit);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit, promotion, state } = this;
    const bids = this.#bids;
    const found = this.#find();
    if (!visit || !promotion || !bids || !found) return nothing;
    const { auction: text, kinds, errors } = this.words;
    const { product, variant } = found;
    const name = promotion.title || variantName(product, variant);
    const mine = bids.of(promotion.id);
    const isLeading = bids.isLeading(promotion);
    const hasWon = mine?.orderId != null;
    const standing = hasWon ? 'won' : mine && state !== 'over' ? (isLeading ? 'leading' : 'outbid') : '';
    const isLast = state === 'running' && (this.leftMs ?? Infinity) < LAST_MS;
    return html`<article class="card ${state} ${standing} ${isLast ? 'last' : ''}" part="promotion" aria-label="${kinds.auction}: ${name}">
        <p class="head">
          <strong>${kinds.auction}</strong>
          ${state === 'over' ? html`<span>${this.#result(promotion, hasWon)}</span>` : html`<span>${state === 'countdown' ? text.startsIn : text.endsIn}</span><span class="clock" role="timer">${this.clock}</span>`}
          ${state === 'over' ? nothing : html`<span class="end">${text.bids(this.localize.number(promotion.bids), promotion.bids)}</span>`}
        </p>
        <div class="body">
          <button class="open" type="button" @click=${() => sendShowEvent(this, visit, 'fieldcast-product-open', { productId: product.id })}>
            ${picture(visit.serverUrl, product.pictures[0], '', '56px')}
            <span class="words">
              <span class="name" dir="auto">${name}</span>
              <span class="price">${this.money(promotion.priceMinor)}</span>
              <span class="leader" role="status">${this.#leader(promotion, { isLeading, hasBid: mine !== null, hasWon })}</span>
              ${this.fault ? html`<span class="fine" role="alert">${errors[this.fault.code]}</span>` : nothing}
            </span>
          </button>
          ${hasWon
            ? html`<button class="button primary" type="button" @click=${() => void this.#openOrder(promotion)}>${text.toOrder}</button>`
            : state === 'over'
              ? nothing
              : html`<button class="button ${isLeading ? '' : 'primary'}" type="button" aria-haspopup="dialog" @click=${this.#open}>${isLeading ? text.raise : mine ? text.again : text.bid}</button>`}
        </div>
      </article>
      ${this.isOpen
        ? html`<fieldcast-promotion-sheet .heading=${`${kinds.auction}: ${name}`} @sheet-close=${this.#close}>
            <fieldcast-bid-sheet .visit=${visit} .auction=${promotion} @bid-over=${this.#close}></fieldcast-bid-sheet>
          </fieldcast-promotion-sheet>`
        : nothing}`;
  }

  #result({ result }: Auction, hasWon: boolean): string {
    const { auction: text } = this.words;
    if (hasWon) return text.won;
    if (result === 'no-bids') return text.noBids;
    if (result === 'called-off') return text.calledOff;
    return result === null ? text.deciding : text.sold;
  }

  #leader({ leader, state, result }: Auction, { isLeading, hasBid, hasWon }: { isLeading: boolean; hasBid: boolean; hasWon: boolean }): string {
    const { auction: text } = this.words;
    if (hasWon) return text.orderPlaced;
    if (state === 'over' || result !== null) return leader === null ? '' : isLeading ? text.yours : text.soldTo(leader);
    if (leader === null) return text.first;
    if (isLeading) return text.leading;
    return hasBid ? text.outbid : text.leads(leader);
  }

  /** As the shelf has it. */
  #find(): { product: Product; variant: Variant } | null {
    for (const product of this.visit?.store.snapshot?.shelf ?? []) {
      const variant = product.variants.find(({ id }) => id === this.promotion?.variantId);
      if (variant) return { product, variant };
    }
    return null;
  }

  #follow(visit: Visit | null): void {
    const bids = visit && ownBidsOf(visit);
    if (bids === this.#bids) return;
    for (const stop of this.#stops) stop();
    this.#bids = bids;
    this.#stops = bids ? [bids.use(), bids.subscribe(() => this.requestUpdate())] : [];
  }

  async #openOrder({ id }: Auction): Promise<void> {
    openCartAround(this);
    this.fault = (await this.#bids?.open(id)) ?? null;
  }

  #open(): void {
    this.isOpen = true;
    this.#hold();
  }

  #close(): void {
    this.isOpen = false;
    this.#hold();
  }

  /** What somebody reads does not go away under their eyes. */
  #hold(): void {
    if (this.visit && this.promotion) promotionsOf(this.visit).hold(this.promotion.id, 'sheet', this.isOpen);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-auction': FieldcastAuction;
  }
}
