// Owns one product in the shelf's list: a button that opens it and a button that puts it into the cart.
import { html, nothing, type TemplateResult } from 'lit';
import type { Product } from '../../server/protocol/shop.ts';
import type { Messages } from '../i18n/en.ts';
import type { Localize } from '../i18n/index.ts';
import { gistOf, icon, picture, priceText } from '../ui/index.ts';

export interface ProductRowOptions {
  product: Product;
  serverUrl: string;
  localize: Localize<Messages>;
  isPinned: boolean;
  /** Pieces of it in the cart. */
  inCart: number;
  /** Whether Tab reaches this row; the others are reached by arrow keys. */
  isCurrent: boolean;
  /** What stands below it. */
  below: unknown;
  onOpen: () => void;
  onAdd: () => void;
}

export function productRow({ product, serverUrl, localize, isPinned, inCart, isCurrent, below, onOpen, onAdd }: ProductRowOptions): TemplateResult {
  const { text } = localize;
  const { isSoldOut, isFewLeft, stock } = gistOf(product);
  const { amount, perUnit, was } = priceText(product, localize);
  const tabIndex = isCurrent ? 0 : -1;
  return html`<li class="row ${isSoldOut ? 'sold-out' : ''}" part="product" data-product=${product.id}>
    <button class="open" type="button" tabindex=${tabIndex} @click=${onOpen}>
      ${picture(serverUrl, product.pictures[0], '', '84px')}
      <span class="words">
        <span class="name" part="product-name">${product.name}</span>
        <span class="price" part="product-price"
          >${amount}<span class="unit">${perUnit}</span>${was}</span
        >
        <span class="badges"
          >${isPinned ? html`<span class="badge pin" part="badge">${text.shelf.pinned}</span>` : nothing}${isSoldOut
            ? html`<span class="badge sold" part="badge">${text.shelf.soldOut}</span>`
            : isFewLeft
              ? html`<span class="badge warm" part="badge">${text.shelf.fewLeft(stock)}</span>`
              : nothing}</span
        >
      </span>
    </button>
    <button class="icon-button add" type="button" part="add" tabindex=${tabIndex} ?disabled=${isSoldOut} aria-label=${text.shelf.quickAdd(product.name)} @click=${onAdd}>
      ${icon('plus')}${inCart > 0 ? html`<span class="in-cart" aria-hidden="true">${inCart}</span>` : nothing}
    </button>
    ${below}
  </li>`;
}
