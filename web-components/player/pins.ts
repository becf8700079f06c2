// Owns the pinned products over the picture: the main one large, up to two more below it.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Product } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { Messages } from '../i18n/en.ts';
import type { Localize } from '../i18n/index.ts';
import { gistOf, icon, picture, priceText } from '../ui/index.ts';

/** Those of the pinned products that are on the shelf, the main one first. */
export function pinnedProducts({ shelf }: ShowSnapshot, pinned: readonly string[]): Product[] {
  return pinned.map((id) => shelf.find((product) => product.id === id)).filter((product) => product !== undefined);
}

export function pins(products: Product[], serverUrl: string, localize: Localize<Messages>, onOpen: (product: Product) => void): TemplateResult | typeof nothing {
  if (products.length === 0) return nothing;
  const { text } = localize;
  const card = (product: Product, isMain: boolean) => {
    const { isSoldOut, isFewLeft, stock } = gistOf(product);
    const { amount, perUnit, was } = priceText(product, localize);
    return html`<button class="pin" type="button" part="pin ${isMain ? 'pin-main' : 'pin-more'}" @click=${() => onOpen(product)}>
      ${picture(serverUrl, product.pictures[0], '', isMain ? '68px' : '42px')}
      <span class="words">
        ${isMain
          ? html`<span class="badges"
              ><span class="badge pin-now">${text.player.pinned}</span>
              ${isSoldOut
                ? html`<span class="badge sold">${text.shelf.soldOut}</span>`
                : isFewLeft
                  ? html`<span class="badge warm">${text.shelf.fewLeft(stock)}</span>`
                  : nothing}</span
            >`
          : nothing}
        <span class="name">${product.name}</span>
        <span class="price"
          >${amount}${isMain ? html`<span class="unit">${perUnit}</span>` : nothing}${was}
          ${!isMain && isSoldOut ? html`<span class="unit">${text.shelf.soldOut}</span>` : nothing}</span
        >
      </span>
      ${isMain ? icon('forward') : nothing}
    </button>`;
  };
  return html`<ul class="pins" part="pins" aria-label=${text.player.pinned}>
    ${repeat(
      products,
      ({ id }) => id,
      (product, index) => html`<li class=${index === 0 ? 'main' : 'more'}>${card(product, index === 0)}</li>`,
    )}
  </ul>`;
}
