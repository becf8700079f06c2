// Owns how promotions are told in the sums of a cart and of an order: one line for each, with what it takes off.
import { html, type TemplateResult } from 'lit';
import type { Currency } from '../../server/protocol/money.ts';
import type { OrderDiscount } from '../../server/protocol/promotion-shape.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import type { Localize } from '../i18n/index.ts';

/** @param className class of each line */
export function discountLines(discounts: readonly OrderDiscount[], currency: Currency, localize: Localize<CheckoutMessages>, className: string): readonly TemplateResult[] {
  const { promotions: text } = localize.text;
  return discounts.map(
    ({ kind, title, quantity, amountMinor }) => html`<p class="${className} discount" part="discount">
      <span>${text[kind]}${title ? html` <span class="muted">${title}</span>` : ''}${quantity > 0 ? html` <span class="muted">× ${localize.number(quantity)}</span>` : ''}</span>
      <span class="amount">−${localize.money(amountMinor, currency)}</span>
    </p>`,
  );
}
