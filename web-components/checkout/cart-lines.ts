// Owns the lines of the cart: what it is, how many, what it costs now, and what has to be settled first.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { gradeOf, kindText } from '../../server/protocol/goods-name.ts';
import { type Currency } from '../../server/protocol/money.ts';
import type { OrderDiscount } from '../../server/protocol/promotion-shape.ts';
import { QUANTITY_LIMIT } from '../../server/protocol/order.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import type { Localize } from '../i18n/index.ts';
import type { CartRow } from '../show/index.ts';
import { icon, picture, stepper } from '../ui/index.ts';

export interface CartLinesOptions {
  rows: readonly CartRow[];
  /** What promotions take off, as far as it is known. */
  discounts: readonly OrderDiscount[];
  currency: Currency;
  serverUrl: string;
  localize: Localize<CheckoutMessages>;
  onSet: (variantId: string, quantity: number) => void;
}

export function cartLines({ rows, discounts, currency, serverUrl, localize, onSet }: CartLinesOptions): TemplateResult {
  const { text } = localize;
  const line = ({ product, variant, variantId, quantity, totalMinor, fault, isPriceChanged }: CartRow) => {
    const name = product?.name ?? text.checkout.gone;
    const left = variant?.stock ?? 0;
    return html`<li class="line" part="line">
      ${picture(serverUrl, product?.pictures[0], '', '64px')}
      <span class="what">
        <span class="name">${name}</span>
        ${variant
          ? html`<span class="muted">${kindOf(product, variant)}${text.common.perUnit(localize.money(variant.priceMinor, currency), text.units[variant.unit])}</span>`
          : nothing}
        ${isPriceChanged && variant && !fault
          ? html`<span><span class="badge warm">${text.checkout.priceNow(localize.money(variant.priceMinor, currency))}</span></span>`
          : nothing}
        ${fault
          ? nothing
          : discounts.map((discount) =>
              discount.variantId === variantId
                ? html`<span><span class="badge warm">${text.promotions[discount.kind]} × ${localize.number(discount.quantity)} · −${localize.money(discount.amountMinor, currency)}</span></span>`
                : nothing,
            )}
      </span>
      <span class="sum">${fault === 'gone' ? nothing : localize.money(totalMinor, currency)}</span>
      <span class="tools">
        ${fault === 'gone'
          ? html`<span></span>`
          : stepper({
              value: quantity,
              min: 1,
              max: Math.min(left, QUANTITY_LIMIT),
              label: `${text.common.quantity}: ${name}`,
              less: text.common.less,
              plus: text.common.plus,
              onChange: (next) => onSet(variantId, next),
            })}
        <button class="icon-button remove" type="button" aria-label=${text.checkout.remove(name)} @click=${() => onSet(variantId, 0)}>${icon('trash')}</button>
      </span>
      ${fault === 'gone'
        ? html`<p class="notice fault" role="status"><span>${product ? text.shelf.soldOut : text.checkout.gone}</span></p>`
        : fault === 'too-many'
          ? html`<p class="notice fault" role="status">
              <span>${text.checkout.onlyLeft(left)}</span>
              <button class="button" type="button" @click=${() => onSet(variantId, left)}>${text.checkout.lowerTo(left)}</button>
            </p>`
          : nothing}
    </li>`;
  };
  return html`<ul part="lines">
    ${repeat(rows, ({ variantId }) => variantId, line)}
  </ul>`;
}

/** `5 kg box · Grade A · `, before the price. */
function kindOf(product: CartRow['product'], variant: NonNullable<CartRow['variant']>): string {
  const kind = kindText({ name: product?.name ?? '', label: variant.label, grade: product ? gradeOf(product, variant) : '' });
  return kind === '' ? '' : `${kind} · `;
}
