// Owns the sums under the cart: goods, delivery as a line of its own, what is missing for free delivery, and why it is not brought.
import { html, nothing, type TemplateResult } from 'lit';
import type { Quote } from '../../server/protocol/delivery.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import type { Localize } from '../i18n/index.ts';
import { icon } from '../ui/index.ts';
import { discountLines } from './discount-lines.ts';

type Refusal = Quote['refusals'][number];

/** Lines of the cart tell of stock and of what has left the shelf themselves. */
const isToldHere = ({ code }: Refusal): boolean => code === 'delivery.not-here' || code === 'delivery.below-minimum' || code === 'order.limit-reached' || code === 'promotion.limit-reached';

/** Whether the order would be refused for a reason that is told under the cart. */
export const isRefused = (quote: Quote | null): boolean => quote !== null && (quote.couponRefusal !== null || quote.refusals.some(isToldHere));

/** Nothing where delivery costs nothing and speaks against nothing: one sum needs no list. */
export function totals(quote: Quote | null, localize: Localize<CheckoutMessages>, nameOf: (productId: string) => string): TemplateResult | typeof nothing {
  if (!quote) return nothing;
  const { text } = localize;
  const money = (amountMinor: number) => localize.money(amountMinor, quote.currency);
  const reasons = quote.refusals.filter(isToldHere);
  const reasonText = ({ code, params }: Refusal): string => {
    if (code === 'delivery.below-minimum') return text.pay.belowMinimum(money(Number(params['missingMinor'])), money(Number(params['minimumMinor'])));
    if (code === 'order.limit-reached') return text.pay.limitReached(nameOf(String(params['productId'])), Number(params['limit']), Number(params['left']));
    return text.errors[code];
  };
  const hasDelivery = quote.deliveryMinor !== null && (quote.deliveryMinor > 0 || quote.areaName !== null);
  if (!hasDelivery && quote.discounts.length === 0 && reasons.length === 0) return nothing;
  return html`<section class="card block sums" part="totals">
    <p class="sum-line"><span>${text.pay.goods}</span><span class="amount">${money(quote.goodsMinor)}</span></p>
    ${discountLines(quote.discounts, quote.currency, localize, 'sum-line')}
    ${hasDelivery
      ? html`<p class="sum-line"><span>${text.pay.deliveryFee}${quote.areaName ? html` <span class="muted">${quote.areaName}</span>` : nothing}</span><span class="amount">${quote.deliveryMinor === 0 ? text.pay.free : money(quote.deliveryMinor!)}</span></p>`
      : nothing}
    ${quote.freeInMinor !== null ? html`<p class="muted small">${text.pay.freeIn(money(quote.freeInMinor))}</p>` : nothing}
    ${reasons.map((reason) => html`<p class="notice fault" role="alert" part="delivery-fault">${icon('alert')}<span>${reasonText(reason)}</span></p>`)}
  </section>`;
}
