// Owns one product in full: pictures, words, choice of variant, quantity, and the button that puts it into the cart.
import { html, nothing, type TemplateResult } from 'lit';
import { gradeOf, kindText } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import type { Messages } from '../i18n/en.ts';
import type { Localize } from '../i18n/index.ts';
import type { Visit } from '../show/index.ts';
import { define, FEW_LEFT, icon, isHostShop, picture, priceWas, stepper } from '../ui/index.ts';
import { FieldcastLots } from './fieldcast-lots.ts';
import { FieldcastProductFacts } from './fieldcast-product-facts.ts';
import { FieldcastWait } from './fieldcast-wait.ts';

define('fieldcast-product-facts', FieldcastProductFacts);
define('fieldcast-lots', FieldcastLots);
define('fieldcast-wait', FieldcastWait);

export interface ProductPageOptions {
  /** The element that shows it. */
  host: Element;
  product: Product;
  visit: Visit;
  localize: Localize<Messages>;
  isPinned: boolean;
  variant: Variant | null;
  quantity: number;
  /** Pieces of the chosen variant in the cart. */
  inCart: number;
  /** What stands below name and price. */
  below: unknown;
  onBack: () => void;
  onVariant: (variant: Variant) => void;
  onQuantity: (quantity: number) => void;
  onAdd: () => void;
}

export function productPage(options: ProductPageOptions): TemplateResult {
  const { host, product, visit, localize, isPinned, variant, quantity, inCart, below, onBack, onVariant, onQuantity, onAdd } = options;
  const { serverUrl } = visit;
  const { text } = localize;
  const left = variant ? variant.stock - inCart : 0;
  const stockBadge = ({ stock }: Variant) =>
    stock === 0
      ? html`<span class="badge sold">${text.shelf.soldOut}</span>`
      : stock <= FEW_LEFT
        ? html`<span class="badge warm">${text.shelf.fewLeft(stock)}</span>`
        : html`<span class="badge">${text.shelf.inStock}</span>`;
  const kindOf = (candidate: Variant): string => kindText({ name: product.name, label: candidate.label, grade: gradeOf(product, candidate) });
  const choice = (candidate: Variant) => html`<label class="variant">
    <input type="radio" name="variant" .checked=${candidate.id === variant?.id} ?disabled=${candidate.stock === 0} @change=${() => onVariant(candidate)} />
    <span class="what">${kindOf(candidate) || text.units[candidate.unit]} ${stockBadge(candidate)}</span>
    <span class="price">${localize.money(candidate.priceMinor, product.currency)}${priceWas(candidate, product.currency, localize)}</span>
  </label>`;
  return html`<article class="product" part="product-page" aria-label=${text.shelf.details(product.name)}>
    <div class="bar">
      <button class="icon-button back" type="button" aria-label=${text.common.back} @click=${onBack}>${icon('back')}</button>
      <span aria-hidden="true">${text.shelf.title}</span>
    </div>
    <div class="scroll" tabindex="0" role="region" aria-label=${text.shelf.details(product.name)}>
      <ul class="gallery">
        ${(product.pictures.length > 0 ? product.pictures : [null]).map(
          (pictureId, index, all) => html`<li>${picture(serverUrl, pictureId, pictureId ? `${product.name}, ${text.shelf.pictures(index + 1, all.length)}` : '', '420px')}</li>`,
        )}
      </ul>
      <div class="facts">
        <div class="badges">${isPinned ? html`<span class="badge pin">${text.shelf.pinned}</span>` : nothing}${variant ? stockBadge(variant) : nothing}</div>
        <h2>${product.name}</h2>
        ${variant
          ? html`<p class="price" part="product-price">
              ${localize.money(variant.priceMinor, product.currency)}<span class="unit"> / ${text.units[variant.unit]}${kindOf(variant) && ` · ${kindOf(variant)}`}</span>${priceWas(variant, product.currency, localize)}
            </p>`
          : nothing}
        ${below} <fieldcast-lots .visit=${visit} .product=${product} .variant=${variant}></fieldcast-lots>
        ${product.description ? html`<p class="description">${product.description}</p>` : nothing}
        ${product.variants.length > 1
          ? html`<fieldset class="variants">
              <legend>${text.shelf.variants}</legend>
              ${product.variants.map(choice)}
            </fieldset>`
          : nothing}
        <fieldcast-product-facts .visit=${visit} .product=${product} .variant=${variant} exportparts="facts, delivery-areas"></fieldcast-product-facts>
      </div>
    </div>
    <div class="buy">${variant?.stock === 0 && !isHostShop(host) ? html`<fieldcast-wait .visit=${visit} .variant=${variant}></fieldcast-wait>` : buying()}</div>
  </article>`;

  function buying(): TemplateResult {
    return html`${stepper({ value: quantity, min: 1, max: Math.max(1, left), label: text.common.quantity, less: text.common.less, plus: text.common.plus, onChange: onQuantity })}
      <button class="button primary" type="button" part="add-button" ?disabled=${left <= 0} @click=${onAdd}>
        ${icon('cart')}${!variant || variant.stock === 0 ? text.shelf.soldOut : left <= 0 ? text.shelf.allInCart : text.shelf.addToCart}
      </button>`;
  }
}
