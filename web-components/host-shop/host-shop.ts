// Owns the handshake with a shop page that keeps its own cart: what is tapped here is asked of the shop, and what the shop says counts.
import type { HostNoticeReason } from '../i18n/host-shop-reasons.ts';
import type { Visit } from '../show/index.ts';
import { sendShowEvent, Watchable } from '../show/index.ts';
import { ask } from './ask.ts';
import { type HostCallback, hostCallbacks, type HostCallbacks, type HostCart, type HostLine, type HostProduct, type HostReason, type HostRefusal } from './callbacks.ts';
import { dressing } from './dressing.ts';

/** A person waits for a cart; products may take their time behind the picture. */
const CART_TIMEOUT_MS = 8_000;
const PRODUCTS_TIMEOUT_MS = 15_000;
const PRODUCTS_AT_ONCE = 50;
const PRODUCTS_FRESH_MS = 60_000;
/** Callbacks may be given one after the other. */
const GRACE_MS = 1_000;
const MESSAGE_LIMIT = 200;
const REASONS: readonly HostReason[] = ['out-of-stock', 'limit-reached', 'not-found', 'sign-in', 'unavailable'];

export type HostPage = HTMLElement & Partial<HostCallbacks>;

/** Something to tell the buyer. `name` is of the product, where it is about one. */
export interface HostNotice {
  reason: HostNoticeReason;
  name: string;
  message: string;
}

export class HostShop extends Watchable {
  readonly #page: HostPage;
  readonly #visit: Visit;
  /** What is in the shop's cart as it last said. */
  #confirmed = new Map<string, number>();
  #told = new Map<string, HostProduct>();
  #askedAt = new Map<string, number>();
  #isWorking = false;
  #isAskingProducts = false;
  /** The shop's cart can be read once it is known what is on the shelf. */
  #isSyncDue = false;
  /** While the shop's cart is written here, the change is nobody's tap. */
  #isTakingOver = false;
  #grace: ReturnType<typeof setTimeout> | undefined;
  #refresh: ReturnType<typeof setInterval>;
  #complaint = '';
  #stops: (() => void)[] = [];

  /** Whether the shop's cart is in use. */
  isOn = false;
  notice: HostNotice | null = null;
  /** Variants that the shop is being asked about. */
  pending: ReadonlySet<string> = new Set();
  isCheckingOut = false;
  /** Of the shop's cart beside what is on the shelf. */
  otherCount = 0;
  /** As the shop says it; null: counted from the lines. */
  totalMinor: number | null = null;

  constructor(page: HostPage, visit: Visit) {
    super();
    this.#page = page;
    this.#visit = visit;
    const sync = (): void => void this.sync();
    const whenSeen = (): void => {
      if (document.visibilityState === 'visible') sync();
    };
    page.addEventListener('fieldcast-cart-sync', sync);
    document.addEventListener('visibilitychange', whenSeen);
    this.#stops = [
      visit.cart.subscribe(() => void this.#work()),
      visit.store.subscribe(() => this.#onStore()),
      () => page.removeEventListener('fieldcast-cart-sync', sync),
      () => document.removeEventListener('visibilitychange', whenSeen),
    ];
    this.#refresh = setInterval(() => void this.#askProducts(), PRODUCTS_FRESH_MS / 4);
    this.look();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#grace);
    clearInterval(this.#refresh);
    this.#stops = [];
    this.isOn = false;
  }

  /** Looks at which callbacks are there; to be called when they may have changed. */
  look(): void {
    const missing = hostCallbacks.filter((name) => typeof this.#page[name] !== 'function');
    clearTimeout(this.#grace);
    if (missing.length === 0) {
      this.#complaint = '';
      if (!this.isOn) this.#switchOn();
      return;
    }
    this.isOn = false;
    const complaint = missing.join(', ');
    if (complaint === this.#complaint) return;
    this.#grace = setTimeout(() => {
      this.#complaint = complaint;
      console.error(
        `<fieldcast-live>: the shop's own cart stays off, and nothing can be put into a cart. Missing: ${complaint}. All five are needed: ${hostCallbacks.join(', ')} (docs/embedding.md).`,
      );
    }, GRACE_MS);
  }

  hush(): void {
    this.notice = null;
    this.changed();
  }

  /** Asks the shop for its cart and takes it over. Answers whether that worked. */
  async sync(): Promise<boolean> {
    if (!this.isOn || this.#isWorking) return false;
    this.#isWorking = true;
    const isSynced = await this.#sync();
    this.#isWorking = false;
    void this.#work();
    return isSynced;
  }

  async checkOut(): Promise<void> {
    if (!this.isOn || this.isCheckingOut || this.pending.size > 0) return;
    this.isCheckingOut = true;
    this.changed();
    sendShowEvent(this.#page, this.#visit, 'fieldcast-checkout-open', {});
    const lines = [...this.#confirmed].flatMap(([variantId, quantity]) => this.#line(variantId, quantity) ?? []);
    const asked = await this.#ask('checkout', (host) => host.checkout({ lines }), isResult);
    this.isCheckingOut = false;
    if ('fault' in asked) this.#tell({ reason: asked.fault === 'timeout' ? 'timeout' : 'unavailable', name: '', message: '' });
    else if (!asked.value.ok) this.#tell({ ...told(asked.value), name: '' });
    else if (asked.value.url) go(asked.value.url);
    this.changed();
  }

  #switchOn(): void {
    this.isOn = true;
    this.#isSyncDue = true;
    this.changed();
    this.#onStore();
  }

  #onStore(): void {
    if (!this.isOn || !this.#visit.store.snapshot) return;
    if (this.#isSyncDue) {
      this.#isSyncDue = false;
      void this.sync();
    }
    void this.#askProducts();
  }

  #ask<T>(name: HostCallback, work: (host: HostCallbacks) => T | Promise<T>, isShape: (answer: unknown) => boolean, timeoutMs = CART_TIMEOUT_MS) {
    return ask(name, () => work(this.#page as unknown as HostCallbacks), isShape, timeoutMs);
  }

  /** Asks for one difference after the other, in the order of the taps: few shops like two changes of a cart at once. */
  async #work(): Promise<void> {
    if (this.#isTakingOver || this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#difference(); next; next = this.#difference()) {
      if (!this.isOn) this.#refuse(next.variantId, { reason: 'off', message: '' });
      else await this.#change(next.variantId, next.quantity);
    }
    this.#isWorking = false;
  }

  #difference(): { variantId: string; quantity: number } | null {
    const wanted = new Map(this.#visit.cart.rows(null).map(({ variantId, quantity }) => [variantId, quantity]));
    for (const variantId of new Set([...wanted.keys(), ...this.#confirmed.keys()])) {
      const quantity = wanted.get(variantId) ?? 0;
      if (quantity !== (this.#confirmed.get(variantId) ?? 0)) return { variantId, quantity };
    }
    return null;
  }

  async #change(variantId: string, quantity: number): Promise<void> {
    const line = this.#line(variantId, quantity);
    if (!line) return this.#refuse(variantId, { reason: 'not-found', message: '' });
    this.notice = null;
    this.pending = new Set([variantId]);
    this.changed();
    const isNew = !this.#confirmed.has(variantId);
    const asked = await (isNew ? this.#ask('addToCart', (host) => host.addToCart(line), isResult) : this.#ask('updateCart', (host) => host.updateCart(line), isResult));
    this.pending = new Set();
    if ('value' in asked) {
      const answer = asked.value;
      if (answer.ok) {
        this.#confirm(variantId, quantity);
        if (answer.cart) this.#takeOver(answer.cart);
      } else {
        this.#refuse(variantId, told(answer));
        // The shop knows better than what it told before.
        this.#askedAt.delete(line.productId);
        void this.#askProducts();
      }
    } else {
      this.#refuse(variantId, { reason: asked.fault === 'timeout' ? 'timeout' : 'unavailable', message: '' });
      // Whether it was done nobody knows but the shop, now or when it answers at last.
      void asked.late?.then(() => this.sync());
      await this.#sync();
    }
    this.changed();
  }

  async #sync(): Promise<boolean> {
    const asked = await this.#ask('syncCart', (host) => host.syncCart(), isCart);
    if ('value' in asked) {
      if (this.notice?.reason === 'not-loaded') this.notice = null;
      this.#takeOver(asked.value);
      return true;
    }
    // What lay here from an earlier visit is not the shop's.
    this.#takeOver({ lines: [...this.#confirmed].map(([variantId, quantity]) => ({ variantId, quantity })) });
    this.notice ??= { reason: 'not-loaded', name: '', message: '' };
    this.changed();
    return false;
  }

  #confirm(variantId: string, quantity: number): void {
    this.totalMinor = null;
    if (quantity > 0) this.#confirmed.set(variantId, quantity);
    else this.#confirmed.delete(variantId);
  }

  /** The cart here becomes the shop's. */
  #takeOver(cart: HostCart): void {
    const { cart: own, store } = this.#visit;
    const shelf = store.snapshot?.shelf ?? [];
    const confirmed = new Map<string, number>();
    let otherCount = cart.otherCount ?? 0;
    for (const { variantId, sku, quantity } of cart.lines) {
      const variant = shelf.flatMap(({ variants }) => variants).find((each) => each.id === variantId || (sku !== undefined && each.sku === sku));
      if (variant && quantity > 0) confirmed.set(variant.id, (confirmed.get(variant.id) ?? 0) + quantity);
      else otherCount += Math.max(0, quantity);
    }
    this.#isTakingOver = true;
    for (const { variantId } of own.rows(null)) if (!confirmed.has(variantId)) own.set(variantId, 0);
    for (const product of shelf) {
      for (const variant of product.variants) {
        const quantity = confirmed.get(variant.id);
        if (quantity === undefined) continue;
        // It is in the shop's cart, whatever the shop has left.
        if (own.quantityOf(variant.id) === 0) own.add({ ...variant, stock: quantity }, quantity);
        own.set(variant.id, quantity);
        // A cart holds only so many lines and pieces.
        if (own.quantityOf(variant.id) !== quantity) confirmed.set(variant.id, own.quantityOf(variant.id));
      }
    }
    this.#isTakingOver = false;
    this.#confirmed = confirmed;
    this.otherCount = otherCount;
    this.totalMinor = Number.isSafeInteger(cart.totalMinor) ? (cart.totalMinor as number) : null;
    this.changed();
  }

  /** The line goes back to what the shop last said, and the buyer hears why. */
  #refuse(variantId: string, why: Pick<HostNotice, 'reason' | 'message'>): void {
    const { cart } = this.#visit;
    const quantity = this.#confirmed.get(variantId) ?? 0;
    this.#isTakingOver = true;
    const row = this.#row(variantId);
    if (quantity > 0 && cart.quantityOf(variantId) === 0 && row) cart.add({ ...row.variant, stock: quantity }, quantity);
    cart.set(variantId, quantity);
    this.#isTakingOver = false;
    this.#tell({ ...why, name: row?.product.name ?? '' });
    sendShowEvent(this.#page, this.#visit, 'fieldcast-cart-change', { variantId, quantity, count: cart.count });
  }

  #tell(notice: HostNotice): void {
    this.notice = notice;
    this.changed();
  }

  #row(variantId: string) {
    for (const product of this.#visit.store.snapshot?.shelf ?? []) {
      const variant = product.variants.find(({ id }) => id === variantId);
      if (variant) return { product, variant };
    }
    return null;
  }

  #line(variantId: string, quantity: number): HostLine | null {
    const row = this.#row(variantId);
    if (!row) {
      // It has left the shelf; the shop can still take it out of its cart.
      const currency = this.#visit.store.snapshot?.show.currency;
      return quantity === 0 && currency ? { productId: '', variantId, sku: null, name: '', quantity, priceMinor: 0, currency } : null;
    }
    const { product, variant } = row;
    return { productId: product.id, variantId, sku: variant.sku ?? null, name: product.name, quantity, priceMinor: variant.priceMinor, currency: product.currency };
  }

  /** Asks for what is on the shelf and was not told, or not lately. */
  async #askProducts(): Promise<void> {
    if (!this.isOn || this.#isAskingProducts || document.visibilityState !== 'visible') return;
    const now = Date.now();
    const due = (this.#visit.store.snapshot?.shelf ?? []).filter(({ id }) => now - (this.#askedAt.get(id) ?? 0) >= PRODUCTS_FRESH_MS).slice(0, PRODUCTS_AT_ONCE);
    if (due.length === 0) return;
    this.#isAskingProducts = true;
    for (const { id } of due) this.#askedAt.set(id, now);
    const query = due.map(({ id, name, variants }) => ({ productId: id, name, variants: variants.map((each) => ({ variantId: each.id, sku: each.sku ?? null, label: each.label })) }));
    const asked = await this.#ask('provideProducts', (host) => host.provideProducts(query), isProducts, PRODUCTS_TIMEOUT_MS);
    this.#isAskingProducts = false;
    if (this.#stops.length === 0) return;
    if ('value' in asked && asked.value.length > 0) {
      for (const product of asked.value) this.#told.set(product.productId, product);
      this.#visit.store.dressWith(dressing(new Map(this.#told)));
    }
    void this.#askProducts();
  }
}

function told({ reason, message }: HostRefusal): Pick<HostNotice, 'reason' | 'message'> {
  return { reason: reason && REASONS.includes(reason) ? reason : 'unavailable', message: typeof message === 'string' ? message.trim().slice(0, MESSAGE_LIMIT) : '' };
}

/** Only to pages: a shop that builds the address from what somebody wrote must not run it. */
function go(url: string): void {
  const target = new URL(url, location.href);
  if (/^https?:$/.test(target.protocol)) location.assign(target.href);
  else console.error('<fieldcast-live>: checkout answered an address that is no page.', url);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isResult(answer: unknown): boolean {
  return isObject(answer) && typeof answer['ok'] === 'boolean' && (answer['cart'] === undefined || isCart(answer['cart']));
}

function isCart(answer: unknown): boolean {
  return isObject(answer) && Array.isArray(answer['lines']) && answer['lines'].every((line) => isObject(line) && Number.isInteger(line['quantity']));
}

function isList(value: unknown, isEach: (each: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isEach));
}

function isProducts(answer: unknown): boolean {
  return Array.isArray(answer) && answer.every((product) => isObject(product) && typeof product['productId'] === 'string' && isList(product['imageUrls'], (url) => typeof url === 'string') && isList(product['variants'], isObject));
}
