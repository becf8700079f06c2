// Owns what a group buy's card opens: its prices, where it is fetched, how many, who buys; it places the order by itself, because a group's order has only its goods.
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { GroupBuy } from '../../server/protocol/group-buy.ts';
import { QUANTITY_LIMIT } from '../../server/protocol/order-limits.ts';
import type { Variant } from '../../server/protocol/shop.ts';
import { promotionStateAt, type Visit, wonOrdersOf } from '../show/index.ts';
import { buttonStyles, fieldStyles, icon, openCartAround, stepper, tokens } from '../ui/index.ts';
import { BuyerSheet, buyerSheetStyles } from './buyer-sheet.ts';

/** Fires `joined` when the order is on its way. */
export class FieldcastJoinSheet extends BuyerSheet {
  static override styles = [
    tokens,
    buttonStyles,
    fieldStyles,
    buyerSheetStyles,
    css`
      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-size: 17px;
      }
      th,
      td {
        padding: 8px 10px;
        border-block-end: 1px solid var(--fc-line);
        font-weight: 500;
        text-align: start;
      }
      td {
        font-variant-numeric: tabular-nums;
        font-weight: 700;
        text-align: end;
      }
      .there {
        background: var(--fc-accent-soft);
        color: var(--fc-accent);
      }
      .place {
        display: flex;
        gap: 8px;
        line-height: 1.4;
      }
      .place .icon {
        flex: none;
      }
      .many {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) group: GroupBuy | null = null;
  @property({ attribute: false }) variant: Variant | null = null;
  @state() private quantity = 1;

  protected override render(): TemplateResult | typeof nothing {
    const { visit, group, variant } = this;
    const [first] = group?.tiers ?? [];
    if (!visit || !group || !variant || !first) return nothing;
    const { groupBuy: text } = this.words;
    const { pickUp, tiers, reached } = group;
    const isOver = promotionStateAt(group, visit.store.serverNow()) === 'over';
    const most = Math.min(variant.stock, QUANTITY_LIMIT);
    return html`<table>
        <tbody>
          ${tiers.map(
            ({ buyers, priceMinor }, index) => html`<tr class=${index === reached ? 'there' : ''}>
              <th scope="row">${text.from(this.localize.number(buyers))}</th>
              <td>${this.money(priceMinor)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <p class="soft">${text.how(this.money(first.priceMinor), this.localize.number(first.buyers))}</p>
      ${pickUp ? html`<p class="place">${icon('pin')}<span><strong>${text.fetch}</strong> <span dir="auto">${pickUp.address}${pickUp.note ? ` · ${pickUp.note}` : ''}</span></span></p>` : nothing}
      ${isOver
        ? html`<p>${text.tooLate}</p>`
        : html`<form novalidate @submit=${(event: Event) => void this.#submit(event, visit, group)}>
            <div class="many">
              <span>${text.howMany}</span>
              ${stepper({ value: this.quantity, min: 1, max: most, label: text.howMany, less: text.less, plus: text.more, onChange: (quantity) => (this.quantity = quantity) })}
            </div>
            ${this.who(visit, pickUp?.address ?? null)}
            <button class="button primary wide" type="submit" ?disabled=${variant.stock === 0}>${icon('check')}${text.joinFor(this.money(first.priceMinor * this.quantity))}</button>
            ${pickUp ? nothing : html`<p class="soft">${text.plusDelivery}</p>`}
          </form>`}`;
  }

  async #submit(event: Event, visit: Visit, group: GroupBuy): Promise<void> {
    event.preventDefault();
    const details = await this.details(visit, group.pickUp?.address ?? null);
    if (!details) return;
    const stop = visit.onPlaced((order, request) => {
      if (request.groupBuyId !== group.id) return;
      stop();
      wonOrdersOf(visit).hand(order);
    });
    visit.outbox.place({ lines: [{ variantId: group.variantId, quantity: this.quantity }], note: '', groupBuyId: group.id, ...details });
    // The dialog goes first, or it would take the focus back from where the order is sent, refused with its reason, shown and paid.
    this.dispatchEvent(new CustomEvent('joined'));
    openCartAround(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-join-sheet': FieldcastJoinSheet;
  }
}
