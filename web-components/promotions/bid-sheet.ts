// Owns what an auction's card opens: how much to say, and with the first bid who bids and how they would pay. A bid binds, and it says so.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Auction } from '../../server/protocol/auction.ts';
import { minorUnitExponent } from '../../server/protocol/money-format.ts';
import { promotionStateAt, type Visit } from '../show/index.ts';
import { buttonStyles, clockOf, fieldStyles, icon, tokens } from '../ui/index.ts';
import { BuyerSheet, buyerSheetStyles } from './buyer-sheet.ts';
import { ownBidsOf } from './own-bids.ts';

/** Steps above the least that is asked. */
const STEPS = [0, 2, 5] as const;

/** Fires `bid-over` when the hammer has fallen while it was open. */
export class FieldcastBidSheet extends BuyerSheet {
  static override styles = [
    tokens,
    buttonStyles,
    fieldStyles,
    buyerSheetStyles,
    css`
      .now {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 4px 12px;
      }
      .now b {
        color: var(--fc-price);
        font-size: 30px;
        line-height: 1.1;
      }
      .clock {
        margin-inline-start: auto;
        font-size: 22px;
        font-weight: 750;
        font-variant-numeric: tabular-nums;
      }
      .leading {
        color: var(--fc-accent);
        font-weight: 700;
      }
      .outbid {
        color: var(--fc-danger);
        font-weight: 700;
      }
      .amounts {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 8px;
      }
      .amounts .button {
        min-block-size: 52px;
        padding-inline: 6px;
        font-size: 17px;
      }
    `,
  ];

  @property({ attribute: false }) auction: Auction | null = null;
  /** Minor units; null: the least that is asked, whatever that is by then. */
  @state() private chosenMinor: number | null = null;
  @state() private typed: string | null = null;
  #stop: (() => void) | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 500);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    this.#stop?.();
    this.#stop = null;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.isConnected && this.visit) this.#stop ??= ownBidsOf(this.visit).subscribe(() => this.requestUpdate());
    // What was chosen before somebody bid more is chosen no longer.
    if (this.chosenMinor !== null && this.chosenMinor < this.#leastMinor()) this.chosenMinor = null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit, auction } = this;
    if (!visit || !auction) return nothing;
    const { auction: text, errors } = this.words;
    const own = ownBidsOf(visit);
    const mine = own.of(auction.id);
    const now = visit.store.serverNow();
    const isOver = promotionStateAt(auction, now) === 'over';
    const isLeading = own.isLeading(auction);
    const least = this.#leastMinor();
    const amount = this.#amountMinor();
    const isTooLow = amount === null || amount < least;
    return html`<div class="now">
        <b>${this.money(auction.priceMinor)}</b>
        <span role="status" class=${mine ? (isLeading ? 'leading' : 'outbid') : ''}>${auction.leader === null ? text.first : isLeading ? text.leading : mine ? text.outbid : text.leads(auction.leader)}</span>
        ${isOver || auction.endsAt === null ? nothing : html`<span class="clock" role="timer">${clockOf(Math.max(0, auction.endsAt - now))}</span>`}
      </div>
      ${mine ? html`<p class="soft">${text.yourMost(this.money(mine.maxMinor))}${mine.deliveryMinor > 0 ? ` · ${text.delivery(this.money(mine.deliveryMinor))}` : ''}</p>` : nothing}
      ${isOver
        ? html`<p>${text.hammer}</p>`
        : html`<form novalidate @submit=${(event: Event) => void this.#submit(event, visit, auction)}>
            <div class="amounts" role="group" aria-label=${text.howMuch}>
              ${this.#amounts(least).map(
                (minor, index) => html`<button class="button" type="button" aria-pressed=${this.typed === null && (this.chosenMinor ?? least) === minor ? 'true' : 'false'} @click=${() => this.#choose(index === 0 ? null : minor)}>${this.money(minor)}</button>`,
              )}
            </div>
            <div class="field">
              <label for="amount">${text.other}</label>
              <input
                id="amount"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                placeholder=${this.#plain(least)}
                aria-invalid=${this.typed !== null && isTooLow ? 'true' : 'false'}
                aria-describedby="amount-hint"
                .value=${this.typed ?? ''}
                @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value.trim() || null)}
              />
              <span class=${this.typed !== null && isTooLow ? 'fault' : 'soft'} id="amount-hint">${this.typed !== null && isTooLow ? text.atLeast(this.money(least)) : text.upTo}</span>
            </div>
            ${mine ? nothing : this.who(visit)}
            ${this.fault ? html`<p class="fault" role="alert">${this.fault.code === 'bid.too-low' ? text.atLeast(this.money(Number(this.fault.params?.['leastMinor'] ?? least))) : errors[this.fault.code]}</p>` : nothing}
            <button class="button primary wide" type="submit" ?disabled=${own.isBusy || isTooLow}>${icon('check')}${text.bidUpTo(this.money(Math.max(amount ?? least, least)))}</button>
            <p class="soft">${text.binding}</p>
          </form>`}`;
  }

  /** As a person types it, without a sign. */
  #plain(minor: number): string {
    const exponent = minorUnitExponent(this.currency);
    return (minor / 10 ** exponent).toFixed(minor % 10 ** exponent === 0 ? 0 : exponent);
  }

  #leastMinor(): number {
    const { auction, visit } = this;
    if (!auction || !visit) return 0;
    const own = ownBidsOf(visit);
    const mine = own.of(auction.id);
    return mine && own.isLeading(auction) ? Math.max(mine.maxMinor + 1, auction.leastMinor) : auction.leastMinor;
  }

  #amounts(leastMinor: number): number[] {
    const stepMinor = this.auction?.steps.findLast(({ fromMinor }) => fromMinor <= leastMinor)?.stepMinor ?? 1;
    return STEPS.map((count) => leastMinor + count * stepMinor);
  }

  /** What is chosen, minor units; null for what is no amount. */
  #amountMinor(): number | null {
    if (this.typed === null) return this.chosenMinor ?? this.#leastMinor();
    const number = Number(this.typed.normalize('NFKC').replace(',', '.'));
    const minor = Math.round(number * 10 ** minorUnitExponent(this.currency));
    return Number.isSafeInteger(minor) && minor > 0 ? minor : null;
  }

  #choose(minor: number | null): void {
    this.chosenMinor = minor;
    this.typed = null;
  }

  async #submit(event: Event, visit: Visit, auction: Auction): Promise<void> {
    event.preventDefault();
    const maxMinor = this.#amountMinor();
    if (maxMinor === null || maxMinor < this.#leastMinor()) return;
    const isFirst = ownBidsOf(visit).of(auction.id) === null;
    const details = isFirst ? await this.details(visit) : {};
    if (!details) return;
    this.fault = await ownBidsOf(visit).bid(auction, { maxMinor, ...details });
    if (this.fault?.code === 'promotion.over') this.dispatchEvent(new CustomEvent('bid-over'));
    if (this.fault) return;
    this.isEditing = false;
    this.#choose(null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-bid-sheet': FieldcastBidSheet;
  }
}
