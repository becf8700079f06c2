// Owns what staff see of an auction: who bids, who has it, and the next step when it was not paid.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AuctionBook } from '../../../server/protocol/auction.ts';
import { offerToNextBidder, readAuctionBook } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages } from '../../i18n/promotion-desk.ts';
import { type PromotionOf, promotionsOf } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import { studioStyles } from '../studio.styles.ts';
import type { OfferRoom } from './starter-form.ts';

/** Of those who bid; the rest did not come near. */
const SHOWN = 5;

export class FieldcastAuctionTools extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      ol {
        display: grid;
        gap: 6px;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        padding: 8px 12px;
        border-radius: 14px;
        background: var(--fc-sunken);
        font-size: 17px;
        line-height: 1.35;
      }
      li .amount {
        margin-inline-start: auto;
        font-weight: 700;
      }
      .leads {
        background: var(--fc-accent-soft);
      }
      .act {
        min-block-size: 52px;
        font-size: 17px;
      }
      .soft {
        color: var(--fc-muted);
        font-size: 16px;
      }
    `,
  ];

  @property({ attribute: false }) room: OfferRoom | null = null;
  @property({ attribute: false }) auction: PromotionOf<'auction'> | null = null;
  @state() private book: AuctionBook | null = null;
  @state() private isBusy = false;
  readonly #words = new Localize(this, promotionDeskMessages);
  #read = '';
  #key = newId('key');

  protected override willUpdate(_changed: PropertyValues): void {
    const { auction } = this;
    // Each change of the auction may be another bidder.
    const wanted = auction && auction.bids > 0 ? `${auction.id} ${auction.revision}` : '';
    if (wanted !== '' && wanted !== this.#read) void this.#load(wanted);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { auction, room, book } = this;
    if (!auction || !room || !book || auction.bids === 0) return nothing;
    const { auction: text } = this.#words.text;
    const money = (minor: number) => this.#words.money(minor, room.store.snapshot?.show.currency ?? 'CNY');
    const { next } = book;
    return html`<ol aria-label=${text.bidders(book.bidders.length)}>
        ${book.bidders.slice(0, SHOWN).map(
          ({ letter, name, maxMinor, isLeading, order }) => html`<li class=${isLeading ? 'leads' : ''}>
            <strong>${letter}</strong><span dir="auto">${name}</span>
            ${order ? html`<span>${order.state === 'cancelled' || order.state === 'refused' ? text.notPaid(order.number) : text.orderNo(order.number)}</span>` : nothing}
            <span class="amount">${isLeading ? money(book.auction.priceMinor) : maxMinor === null ? '' : money(maxMinor)}</span>
          </li>`,
        )}
      </ol>
      ${auction.result === 'unpaid' ? html`<p class="soft">${next ? text.nextHint : text.nobodyLeft}</p>` : nothing}
      ${next
        ? html`<button class="act on" type="button" ?disabled=${this.isBusy} @click=${() => void this.#offer(auction)}>${icon('forward')}${text.offer(`${next.letter} ${next.name}`.trim(), money(next.priceMinor))}</button>`
        : nothing}`;
  }

  async #load(wanted: string): Promise<void> {
    this.#read = wanted;
    const { room, auction } = this;
    if (!room || !auction) return;
    const outcome = await room.client.call(readAuctionBook, { params: { promotionId: auction.id } });
    if (outcome.ok && this.#read === wanted) this.book = outcome.value;
    else if (!outcome.ok && this.#read === wanted) this.#read = '';
  }

  async #offer({ id }: PromotionOf<'auction'>): Promise<void> {
    const { room } = this;
    if (!room || this.isBusy) return;
    this.isBusy = true;
    const outcome = await room.client.call(offerToNextBidder, { params: { promotionId: id }, body: {}, idempotencyKey: this.#key });
    this.isBusy = false;
    const { auction: text, errors } = this.#words.text;
    if (outcome.ok || outcome.error.status !== 0) this.#key = newId('key');
    if (outcome.ok) {
      this.book = outcome.value;
      promotionsOf(room).take(outcome.value.auction);
      tell(this, { text: text.offered });
    } else tell(this, { text: errors[outcome.error.code], isFault: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-auction-tools': FieldcastAuctionTools;
  }
}
