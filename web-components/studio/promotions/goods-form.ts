// Owns what forms have in common that are about one thing on the shelf: which one it is, and choosing another.
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { variantName } from '../../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../../server/protocol/shop.ts';
import { icon, picture } from '../../ui/index.ts';
import { StarterForm } from './starter-form.ts';

export interface Goods {
  product: Product;
  variant: Variant;
}

export abstract class GoodsForm extends StarterForm {
  @state() private variantId = '';
  @state() protected isChoosing = false;

  /** What was chosen, else what is shown now, else the first that can be sold. */
  protected get goods(): Goods | null {
    const all = this.#all();
    const pinned = this.snapshot?.pins[0];
    return (
      all.find(({ variant }) => variant.id === this.variantId) ??
      all.find(({ product, variant }) => product.id === pinned && variant.stock > 0) ??
      all.find(({ variant }) => variant.stock > 0) ??
      null
    );
  }

  /** Another one was chosen: what was said of the last does not hold for it. */
  protected abstract forget(): void;

  protected empty(): TemplateResult {
    const { flashSale: text } = this.words;
    return html`<div class="empty">${icon('basket')}<h3>${text.nothing}</h3><p>${text.nothingHint}</p></div>`;
  }

  protected goodsField(goods: Goods): TemplateResult {
    const { flashSale: text } = this.words;
    return html`<div class="field">
      <span class="label">${text.product}</span>
      <button class="act goods" type="button" aria-haspopup="true" @click=${() => (this.isChoosing = true)}>
        <span class="visually-hidden">${text.otherProduct}</span>${this.#what(goods)}${icon('forward')}
      </button>
    </div>`;
  }

  protected goodsList(chosen: Goods): TemplateResult {
    return html`<div class="form">
      ${this.#all().map(
        (goods) => html`<button
          class="act goods ${goods.variant.id === chosen.variant.id ? 'on' : ''}"
          type="button"
          ?disabled=${goods.variant.stock === 0}
          @click=${() => {
            this.variantId = goods.variant.id;
            this.isChoosing = false;
            this.forget();
          }}
        >
          ${this.#what(goods)}
        </button>`,
      )}
    </div>`;
  }

  #what({ product, variant }: Goods): TemplateResult {
    const { units, flashSale: text } = this.words;
    return html`${picture(this.room?.client.serverUrl ?? '', product.pictures[0], '', '56px')}<span class="what"
        >${variantName(product, variant)}<small>${this.localize.money(variant.priceMinor, product.currency)} / ${units[variant.unit]}${variant.stock === 0 ? ` · ${text.soldOut}` : ''}</small></span
      >`;
  }

  #all(): Goods[] {
    return (this.snapshot?.shelf ?? []).flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  }
}
