// Owns the shelf: the show's products in the host's order with live prices and stock, one product in full, and adding to the cart.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { viewerMessages } from '../i18n/viewer.ts';
import { sendShowEvent, VisitConsumer } from '../show/index.ts';
import { buttonStyles, cardStyles, fieldStyles, gistOf, icon, pictureStyles, tokens } from '../ui/index.ts';
import { productRow } from './product-row.ts';
import { shelfStyles } from './shelf.styles.ts';

/** Loaded with the first product that is opened, or before, when the first picture is there. */
let page: typeof import('./product-page.ts') | null = null;
const loadPage = async (): Promise<void> => {
  page ??= await import('./product-page.ts');
};

/**
 * Lists the products of a show. Arrow keys move through them, Enter opens one.
 *
 * @tag fieldcast-shelf
 * @attr {string} show - Show id, when it stands outside `<fieldcast-show>` and `<fieldcast-live>`.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @attr {boolean} no-heading - Leaves the heading out, where something around it carries one.
 *
 * @slot empty - What stands there while no product is on the shelf.
 *
 * @csspart list - The list of products.
 * @csspart product - One product of the list, with `product-name`, `product-price`, `badge` and `add` inside.
 * @csspart product-page - One product in full.
 * @csspart add-button - The button on it that puts it into the cart.
 *
 * @fires {ShowEvent<'fieldcast-product-open'>} fieldcast-product-open - A product was opened.
 * @fires {ShowEvent<'fieldcast-product-close'>} fieldcast-product-close - Back to the list.
 * @fires {ShowEvent<'fieldcast-moment-open'>} fieldcast-moment-open - In a replay: an explanation of a product was chosen, and plays.
 * @fires {ShowEvent<'fieldcast-cart-change'>} fieldcast-cart-change - Something was put into the cart.
 *
 * @example
 * <fieldcast-show show="shw_…"><fieldcast-shelf></fieldcast-shelf></fieldcast-show>
 */
export class FieldcastShelf extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, fieldStyles, pictureStyles, shelfStyles];

  @property() show = '';
  @property() server = '';
  @property({ type: Boolean, attribute: 'no-heading' }) noHeading = false;

  @state() private openId: string | null = null;
  @state() private variantId: string | null = null;
  @state() private quantity = 1;
  @state() private currentId: string | null = null;
  @state() private said = '';

  #localize = new Localize(this, viewerMessages);
  #visit = new VisitConsumer(this);
  #focusAfterUpdate: string | null = null;
  #scrollTop = 0;

  /** Opens a product in full; answers whether it is on the shelf. */
  openProduct(productId: string): boolean {
    const visit = this.#visit.visit;
    if (!visit || !this.#find(productId)) return false;
    this.#scrollTop = this.renderRoot.querySelector('.scroll')?.scrollTop ?? 0;
    this.openId = productId;
    this.currentId = productId;
    this.variantId = null;
    this.quantity = 1;
    this.said = '';
    this.#focusAfterUpdate = '.back';
    // Without it there is nothing to read; the list stays, and the next tap tries again.
    if (!page) loadPage().then(() => this.requestUpdate(), () => this.closeProduct());
    return true;
  }

  /** Back to the list. */
  closeProduct(): void {
    const visit = this.#visit.visit;
    const productId = this.openId;
    if (!visit || !productId) return;
    this.openId = null;
    this.#focusAfterUpdate = `[data-product="${CSS.escape(productId)}"] .open`;
    sendShowEvent(this, visit, 'fieldcast-product-close', { productId });
  }

  protected override willUpdate(): void {
    // The download is tried anew with the next change, should it fail.
    if (this.#visit.visit?.playhead.replay) void import('./fieldcast-moments.ts').catch(() => undefined);
    // The host may take a product off the shelf while somebody reads about it.
    if (this.openId && this.#visit.visit?.store.shown && !this.#find(this.openId)) this.closeProduct();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('openId') && !this.openId) {
      const list = this.renderRoot.querySelector('.scroll');
      if (list) list.scrollTop = this.#scrollTop;
    }
    if (!this.#focusAfterUpdate || (this.openId && !page)) return;
    this.renderRoot.querySelector<HTMLElement>(this.#focusAfterUpdate)?.focus();
    this.#focusAfterUpdate = null;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isSettled = await super.getUpdateComplete();
    if (!this.openId || page) return isSettled;
    await loadPage().catch(() => undefined);
    return super.getUpdateComplete();
  }

  override render() {
    const visit = this.#visit.visit;
    const text = this.#localize.text.shelf;
    const snapshot = visit?.store.shown;
    const product = this.openId && page ? this.#find(this.openId) : null;
    return html`<div class="shelf" @keydown=${this.#onKey}>
      ${product && page ? this.#page(product, page.productPage) : nothing}
      ${product
        ? nothing
        : html`${this.noHeading
              ? nothing
              : html`<div class="head">
                  <h2>${text.title}</h2>
                  ${snapshot ? html`<span class="muted">${text.count(snapshot.shelf.length)}</span>` : nothing}
                </div>`}
            <div class="scroll">${snapshot ? this.#list(snapshot.shelf, visit.pins) : html`<p class="empty" role="status">${text.loading}</p>`}</div>`}
      <span class="visually-hidden" role="status">${this.said}</span>
    </div>`;
  }

  #list(shelf: readonly Product[], pinned: readonly string[]) {
    const visit = this.#visit.visit;
    if (!visit) return nothing;
    if (shelf.length === 0) return html`<slot name="empty"><div class="empty">${icon('basket')}<p>${this.#localize.text.shelf.empty}</p></div></slot>`;
    const currentId = this.#find(this.currentId ?? '')?.id ?? shelf[0]?.id;
    return html`<ul class="list" part="list" aria-label=${this.#localize.text.shelf.title} @focusin=${this.#onFocus}>
      ${repeat(
        shelf,
        ({ id }) => id,
        (product) =>
          productRow({
            product,
            serverUrl: visit.serverUrl,
            localize: this.#localize,
            isPinned: pinned.includes(product.id),
            inCart: product.variants.reduce((sum, { id }) => sum + visit.cart.quantityOf(id), 0),
            isCurrent: product.id === currentId,
            below: this.#moments(product, product.id === currentId),
            onOpen: () => {
              this.openProduct(product.id);
              sendShowEvent(this, visit, 'fieldcast-product-open', { productId: product.id });
            },
            onAdd: () => this.#quickAdd(product),
          }),
      )}
    </ul>`;
  }

  #page(product: Product, productPage: NonNullable<typeof page>['productPage']) {
    const visit = this.#visit.visit;
    if (!visit) return nothing;
    const variant = product.variants.find(({ id }) => id === this.variantId) ?? gistOf(product).variant;
    const inCart = variant ? visit.cart.quantityOf(variant.id) : 0;
    const quantity = Math.max(1, Math.min(this.quantity, (variant?.stock ?? 0) - inCart));
    return productPage({
      host: this,
      product,
      visit,
      localize: this.#localize,
      isPinned: visit.pins.includes(product.id),
      variant,
      quantity,
      inCart,
      below: this.#moments(product, true, true),
      onBack: () => this.closeProduct(),
      onVariant: ({ id }) => {
        this.variantId = id;
        this.quantity = 1;
      },
      onQuantity: (next) => {
        this.quantity = next;
      },
      onAdd: () => {
        if (variant && this.#add(product, variant, quantity)) this.quantity = 1;
      },
    });
  }

  /** In a replay, where the product is explained. */
  #moments(product: Product, isReachable: boolean, isAll = false) {
    const visit = this.#visit.visit;
    if (!visit?.playhead.replay) return nothing;
    return html`<fieldcast-moments .visit=${visit} .product=${product} .chapter=${visit.playhead.chapter} .isReachable=${isReachable} ?all=${isAll}></fieldcast-moments>`;
  }

  #quickAdd(product: Product): void {
    const [only, ...others] = product.variants.filter(({ stock }) => stock > 0);
    if (only && others.length === 0) this.#add(product, only, 1);
    else if (only) this.openProduct(product.id);
  }

  #add(product: Product, variant: Variant, quantity: number): boolean {
    const visit = this.#visit.visit;
    if (!visit) return false;
    const added = visit.cart.add(variant, quantity);
    const text = this.#localize.text.shelf;
    this.said = added > 0 ? `${text.added(product.name)}: ${visit.cart.quantityOf(variant.id)}` : text.allInCart;
    if (added > 0) sendShowEvent(this, visit, 'fieldcast-cart-change', { variantId: variant.id, quantity: visit.cart.quantityOf(variant.id), count: visit.cart.count });
    return added > 0;
  }

  #find(productId: string): Product | null {
    return this.#visit.visit?.store.shown?.shelf.find(({ id }) => id === productId) ?? null;
  }

  #onFocus(event: FocusEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-product]');
    if (row) this.currentId = row.dataset['product'] ?? null;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.openId) {
      event.stopPropagation();
      this.closeProduct();
      return;
    }
    const from = (event.target as Element).closest<HTMLElement>('.row');
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...(from.parentElement?.children ?? [])] as HTMLElement[];
    const at = rows.indexOf(from);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 5, PageUp: at - 5 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const control = (event.target as Element).closest('.add') ? '.add:not(:disabled)' : '.open';
    const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
    (row?.querySelector<HTMLElement>(control) ?? row?.querySelector<HTMLElement>('.open'))?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-shelf': FieldcastShelf;
  }
}
