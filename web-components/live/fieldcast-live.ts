// Owns the one-tag embed: arranges player, shelf and checkout, and decides what is open over the picture.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { FieldcastCheckout } from '../checkout/index.ts';
import { Localize } from '../i18n/index.ts';
import { viewerMessages } from '../i18n/viewer.ts';
import type { FieldcastShelf } from '../shelf/index.ts';
import { hostCallbacks, type HostCallbacks } from '../host-shop/callbacks.ts';
import type { HostShop } from '../host-shop/index.ts';
import { type ShowEvent, VisitProvider } from '../show/index.ts';
import { buttonStyles, cardStyles, icon, tokens } from '../ui/index.ts';
import type { FieldcastPlayer } from '../player/index.ts';
import { loadLate } from './late-elements.ts';
import { liveStyles } from './live.styles.ts';

type HostParts = typeof import('../host-shop/index.ts');
type Panel = 'none' | 'shelf' | 'checkout' | 'chat';

/**
 * A whole live shop in one tag: picture, pinned products, shelf, cart and order. The picture goes on while somebody orders.
 * On a phone sheets rise over the picture; from 760 px of its own width the shelf stands beside it.
 *
 * @tag fieldcast-live
 * @attr {string} show - Show id.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @attr {string} order-url - Address of the shop's order page, with `{orderId}` in it; without it orders open in place.
 * @attr {string} lang - `zh-CN` or `en`; the page's language when it is missing.
 * @attr {'none'|'shelf'|'checkout'|'chat'} panel - Reflected: what is open.
 *
 * @slot overlay - Anything of the page's own over the picture.
 *
 * @csspart player - The player. Its own parts are exported: `video`, `title`, `sound`, `data`, `stills`, `pins`, `pin`.
 * @csspart shelf - The shelf's panel. Exported from inside: `list`, `product`, `product-page`, `add-button`.
 * @csspart checkout - The checkout's panel. Exported from inside: `lines`, `delivery`, `order-button`, `placed`.
 * @csspart chat - The chat's panel. Exported from inside: `log`, `message`, `pinned`, `composer`.
 * @csspart dock - The bar with shelf, chat and cart buttons on a phone.
 *
 * @cssprop --fieldcast-height - Height of the whole; by default the screen's, up to 860 px.
 * @cssprop --fieldcast-live-radius - Corner radius of the whole.
 * @cssprop --fieldcast-accent - and all other tokens of `ui/tokens.styles.ts`.
 *
 * @fires {ShowEvent<'fieldcast-state-change'>} fieldcast-state-change - The player's state or path has changed.
 * @fires {ShowEvent<'fieldcast-time-change'>} fieldcast-time-change - The show clock has gone on, live or in the replay.
 * @fires {ShowEvent<'fieldcast-moment-open'>} fieldcast-moment-open - In a replay: an explanation of a product was chosen, and plays.
 * @fires {ShowEvent<'fieldcast-product-open'>} fieldcast-product-open - A product was opened, from the shelf or a pin.
 * @fires {ShowEvent<'fieldcast-cart-change'>} fieldcast-cart-change - The cart has changed.
 * @fires {ShowEvent<'fieldcast-order-placed'>} fieldcast-order-placed - The server has confirmed an order.
 *
 * A shop page that keeps its own cart gives the element five functions, all of them: `provideProducts`, `addToCart`, `updateCart`,
 * `checkout`, `syncCart`. What they get and answer: `HostCallbacks`, and docs/embedding.md.
 *
 * @example
 * <script type="module" src="https://live.example.coop/fieldcast.js"></script>
 * <fieldcast-live show="shw_…"></fieldcast-live>
 */
export class FieldcastLive extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, liveStyles];

  @property() show = '';
  @property() server = '';
  @property({ attribute: 'order-url' }) orderUrl = '';
  @property({ reflect: true }) panel: Panel = 'none';

  /** The shop's own products and cart, instead of those of Fieldcast: all five, or no cart. */
  declare provideProducts?: HostCallbacks['provideProducts'];
  declare addToCart?: HostCallbacks['addToCart'];
  declare updateCart?: HostCallbacks['updateCart'];
  declare checkout?: HostCallbacks['checkout'];
  declare syncCart?: HostCallbacks['syncCart'];
  static {
    for (const name of hostCallbacks) this.createProperty(name, { attribute: false });
  }

  @state() private isWide = false;
  @state() private hasProductOpen = false;
  /** Once opened it stays, so that nothing that was half written is lost. */
  @state() private hasChat = false;
  /** The player inside, for its own commands: `seekTo`, `showTimeMs`, `play`. */
  @query('fieldcast-player') readonly player!: FieldcastPlayer;
  @query('fieldcast-shelf') private shelf!: FieldcastShelf;
  @query('fieldcast-checkout') private checkoutElement!: FieldcastCheckout | null;

  #localize = new Localize(this, viewerMessages);
  #provider = new VisitProvider(this);
  #stop: (() => void) | null = null;
  /** The shop's own cart, where the page has one. */
  #host: { shop: HostShop; parts: HostParts } | null = null;
  #heard: unknown = null;
  #resizes: ResizeObserver | null = null;
  /** Where focus goes back to. The dock is drawn anew after a sheet, so it is found again by name. */
  #opener = '';

  /**
   * Opens a product in the shelf, over or beside the running picture, and moves focus to it: for a page's own list of goods.
   * Whether the element is in view is left to the page.
   * @returns whether the product is on the shelf; where it is not, nothing opens
   */
  async openProduct(productId: string): Promise<boolean> {
    if (!this.#provider.visit?.store.snapshot?.shelf.some(({ id }) => id === productId)) return false;
    this.#open('shelf');
    await this.updateComplete;
    this.hasProductOpen = this.shelf.openProduct(productId);
    await this.shelf.updateComplete;
    return this.hasProductOpen;
  }

  /** Opens the cart, and moves focus to it. */
  openCart(): void {
    this.#open('checkout');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes = new ResizeObserver(() => {
      this.isWide = this.clientWidth >= 760;
    });
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    this.#leaveHost();
    this.#stop?.();
    this.#heard = null;
  }

  protected override willUpdate(): void {
    const visit = this.#provider.visit;
    if (visit !== this.#heard) {
      this.#leaveHost();
      this.#stop?.();
      this.#heard = visit;
      this.#stop = visit?.subscribe(() => this.requestUpdate()) ?? null;
    }
    if (this.#host) this.#host.shop.look();
    else if (visit && hostCallbacks.some((name) => this[name])) void this.#enterHost();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('panel') || changed.get('panel') === undefined) return;
    if (this.panel === 'none') this.renderRoot.querySelector<HTMLElement>(this.#opener || '.dock .to-shelf')?.focus();
    else this.renderRoot.querySelector<HTMLElement>(`.panel.${this.panel}`)?.focus({ preventScroll: true });
  }

  override render() {
    const visit = this.#provider.visit;
    const host = this.#host;
    const { text } = this.#localize;
    const count = visit?.cart.count ?? 0;
    const total = visit ? this.#total() : null;
    const shelfCount = visit?.store.snapshot?.shelf.length ?? 0;
    // Behind the gate there is a shelf that nobody outside may see.
    const isGated = visit?.store.error?.code === 'show.gated';
    const isShelfHidden = isGated || (this.panel !== 'shelf' && !this.isWide);
    return html`<div class="live ${isGated ? 'gated' : ''}" @keydown=${this.#onKey} @fieldcast-product-open=${this.#onProductOpen} @fieldcast-product-close=${this.#onProductClose} @fieldcast-checkout-close=${this.#close} @fieldcast-moment-open=${this.#close}>
      <fieldcast-player part="player" ?buying=${this.panel === 'checkout'} exportparts="video, title, sound, data, stills, pins, pin, notice, controls, chapters"><slot name="overlay" slot="overlay"></slot></fieldcast-player>
      ${this.panel === 'none' && !this.isWide && !isGated
        ? html`<nav class="dock ${visit?.store.snapshot?.show.status === 'live' ? 'with-hearts' : ''}" part="dock" aria-label=${text.live.label}>
            <button class="button to-shelf" type="button" @click=${() => this.#open('shelf')}>${icon('basket')}${text.live.shelf(shelfCount)}</button>
            <button class="icon-button to-chat" type="button" aria-label=${text.live.chat} @click=${() => this.#open('chat')}>${icon('chat')}</button>
            <button class="button primary to-cart" type="button" aria-label=${text.live.openCart(count)} @click=${() => this.#open('checkout')}>
              ${icon('cart')}${count > 0 ? html`<span class="count">${count}</span>` : nothing}
            </button>
          </nav>`
        : nothing}
      ${this.panel !== 'none' && !this.isWide ? html`<button class="curtain" type="button" tabindex="-1" aria-hidden="true" @click=${this.#close}></button>` : nothing}
      <section
        class="panel shelf ${this.hasProductOpen ? 'in-product' : ''} ${this.panel === 'shelf' ? 'rising' : ''}"
        part="shelf"
        tabindex="-1"
        aria-label=${text.shelf.title}
        ?hidden=${isShelfHidden}
        ?inert=${this.panel === 'checkout' || (this.isWide && this.panel === 'chat')}
      >
        <div class="panel-head">
          <h2>${text.shelf.title} <span class="muted small">${shelfCount > 0 ? text.shelf.count(shelfCount) : nothing}</span></h2>
          <button class="button quiet beside" type="button" @click=${() => this.#open('chat')}>${icon('chat')}${text.live.chat}</button>
          <button class="icon-button close" type="button" aria-label=${text.common.close} @click=${this.#close}>${icon('close')}</button>
        </div>
        <fieldcast-shelf no-heading exportparts="list, product, product-page, add-button"></fieldcast-shelf>
        ${count > 0 && total
          ? html`<div class="panel-foot">
              <button class="button primary to-cart" type="button" @click=${() => this.#open('checkout')}>
                ${icon('cart')}<span class="count">${count}</span>${text.live.checkOut(total)}
              </button>
            </div>`
          : nothing}
      </section>
      <section class="panel chat ${this.panel === 'chat' ? 'rising' : ''}" part="chat" tabindex="-1" aria-label=${text.live.chat} ?hidden=${this.panel !== 'chat'}>
        <div class="panel-head">
          <h2>${text.live.chat}</h2>
          <button class="icon-button" type="button" aria-label=${text.common.close} @click=${this.#close}>${icon('close')}</button>
        </div>
        ${this.hasChat ? html`<fieldcast-chat exportparts="log, message, pinned, composer"></fieldcast-chat>` : nothing}
      </section>
      <section class="panel checkout tall ${this.panel === 'checkout' ? 'rising' : ''}" part="checkout" tabindex="-1" aria-label=${text.live.cart} ?hidden=${this.panel !== 'checkout'}>
        ${host ? host.parts.hostCart(host.shop, visit!) : html`<fieldcast-checkout closable order-url=${this.orderUrl} exportparts="lines, delivery, order-button, placed, pending, refused"></fieldcast-checkout>`}
      </section>
      ${host?.parts.hostNotice(host.shop)}
    </div>`;
  }

  async #enterHost(): Promise<void> {
    const parts = await import('../host-shop/index.ts').catch(() => null);
    const visit = this.#provider.visit;
    if (!parts || !visit || this.#host || !this.isConnected) return;
    this.#host = { shop: new parts.HostShop(this, visit), parts };
    this.requestUpdate();
  }

  #leaveHost(): void {
    this.#host?.shop.close();
    this.#host = null;
  }

  #total(): string | null {
    const visit = this.#provider.visit;
    const snapshot = visit?.store.shown;
    if (!visit || !snapshot) return null;
    const totalMinor = visit.cart.rows(snapshot).reduce((sum, row) => sum + (row.fault === 'gone' ? 0 : row.totalMinor), 0);
    return this.#localize.money(totalMinor, snapshot.show.currency);
  }

  #open(panel: Panel): void {
    if (this.panel === 'none') this.#opener = `.dock .to-${panel === 'checkout' ? 'cart' : panel}`;
    if (panel === 'chat') {
      this.hasChat = true;
      void loadLate('chat');
    }
    if (panel === 'checkout') {
      void loadLate('checkout');
      // Not upgraded yet, it starts at the cart anyway.
      this.checkoutElement?.showCart?.();
    }
    this.panel = panel;
  }

  #close(): void {
    this.panel = 'none';
  }

  async #onProductOpen(event: ShowEvent<'fieldcast-product-open'>): Promise<void> {
    if (event.composedPath()[0] === this.shelf) {
      this.hasProductOpen = true;
      return;
    }
    // The page hears the event after this element does, and may keep the product from opening here.
    await Promise.resolve();
    if (event.defaultPrevented) return;
    await this.openProduct(event.detail.productId);
  }

  #onProductClose(): void {
    this.hasProductOpen = false;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.panel === 'none') return;
    event.stopPropagation();
    this.#close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-live': FieldcastLive;
  }
}
