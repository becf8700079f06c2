// Owns what a seller does to the shelf: price, stock, pins, adding, taking off. Each answers how to take it back.
import {
  addPicture, addVariant, arrangeShelf, changeProduct, changeVariant, createProduct, listProducts, pinProducts, shelveProduct,
} from '../../server/protocol/endpoints.ts';
import type { ProductFacts, ProductFactsPatch } from '../../server/protocol/product-facts.ts';
import { newId } from '../../server/protocol/ids.ts';
import { PICTURE_LIMIT, PIN_LIMIT, type Product, type Variant } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import { type Client, isRetryable, type Outcome } from '../show/index.ts';
import type { FactsChange } from './studio-facts.ts';
import type { KindWords, NewKind } from './studio-kinds.ts';

/** A new product as it is typed in on the phone: one variant. */
export interface NewProduct {
  sellerId: string;
  name: string;
  variants: Pick<Variant, 'label' | 'unit' | 'priceMinor' | 'stock'>[];
}

/** Something done, and how to undo it. */
export interface Deed {
  outcome: Outcome<unknown>;
  undo: () => Promise<Outcome<unknown>>;
}

const TRIES = 3;
const RETRY_MS = 800;

/** Pins after a tap on a product: it becomes the main one, the others move back and the last one falls off. */
export function pinsWith(pins: readonly string[], productId: string): string[] {
  return [productId, ...pins.filter((id) => id !== productId)].slice(0, PIN_LIMIT);
}

/** A patch that takes another one back. */
function earlier(patch: ProductFactsPatch, facts: ProductFacts): ProductFactsPatch {
  const nothing = (name: string): '' | null | [] => (name === 'harvestedOn' ? null : name === 'specs' ? [] : '');
  return Object.fromEntries(Object.keys(patch).map((name) => [name, facts[name as keyof ProductFacts] ?? nothing(name)]));
}

export class ShelfDesk {
  readonly #call: Client['call'];
  readonly #showId: string;
  readonly #snapshot: () => ShowSnapshot | null;

  constructor(options: { call: Client['call']; showId: string; snapshot: () => ShowSnapshot | null }) {
    this.#call = options.call;
    this.#showId = options.showId;
    this.#snapshot = options.snapshot;
  }

  setPrice(variant: Variant, priceMinor: number): Promise<Deed> {
    return this.#variant(variant, { priceMinor }, { priceMinor: variant.priceMinor });
  }

  /** Sets what is left; undone by the difference, so that what was sold meanwhile stays sold. */
  setStock(variant: Variant, stock: number): Promise<Deed> {
    return this.#variant(variant, { stock }, { stockDelta: variant.stock - stock });
  }

  /** Says more of a product; undone to what was said before. */
  async tellFacts(product: Product, change: FactsChange): Promise<Deed> {
    const { name, description } = product;
    const send = (body: FactsChange): Promise<Outcome<unknown>> => this.#change(product.id, body);
    const before = { name, description, facts: earlier(change.facts, product.facts ?? {}), limitPerBuyer: product.limitPerBuyer ?? null };
    return { outcome: await send(change), undo: () => send(before) };
  }

  /** Puts a photo before those of a product; the last one falls off where there are too many. */
  async addPhoto({ id, pictures }: Product, photo: Blob): Promise<Deed> {
    const stored = await this.#again((timeoutMs) => this.#call(addPicture, { body: photo, timeoutMs: timeoutMs * 3 }));
    if (!stored.ok) return { outcome: stored, undo: async () => stored };
    return { outcome: await this.#change(id, { pictures: [stored.value.id, ...pictures].slice(0, PICTURE_LIMIT) }), undo: () => this.#change(id, { pictures }) };
  }

  /** Gives a product one more variant; undone by putting it away. */
  async addKind(product: Product, kind: NewKind): Promise<Deed> {
    const idempotencyKey = newId('key');
    const outcome = await this.#again((timeoutMs) => this.#call(addVariant, { params: { productId: product.id }, body: kind, idempotencyKey, timeoutMs }));
    const before = new Set(product.variants.map(({ id }) => id));
    const made = outcome.ok ? outcome.value.variants.find(({ id }) => !before.has(id)) : undefined;
    return { outcome, undo: () => this.#patch(made?.id ?? '', { archived: true }) };
  }

  /** Says of a variant what sets it apart; undone to what was said before. */
  async changeKind(variant: Variant, words: KindWords): Promise<Deed> {
    const { label, unit, grade = '', specs = [], weightGrams = null } = variant;
    return { outcome: await this.#patch(variant.id, words), undo: () => this.#patch(variant.id, { label, unit, grade, specs, weightGrams }) };
  }

  async putKindAway({ id }: Variant): Promise<Deed> {
    return { outcome: await this.#patch(id, { archived: true }), undo: () => this.#patch(id, { archived: false }) };
  }

  pin(productId: string): Promise<Deed> {
    return this.#pins(pinsWith(this.#pinned(), productId));
  }

  unpin(productId: string): Promise<Deed> {
    return this.#pins(this.#pinned().filter((id) => id !== productId));
  }

  async remove(productId: string): Promise<Deed> {
    const before = (this.#snapshot()?.shelf ?? []).map(({ id }) => id);
    const pins = this.#pinned();
    const outcome = await this.#arrange(before.filter((id) => id !== productId));
    return {
      outcome,
      undo: async () => {
        const back = await this.#arrange(before);
        return back.ok && pins.includes(productId) ? this.#setPins(pins) : back;
      },
    };
  }

  async shelve(productId: string): Promise<Deed> {
    const before = (this.#snapshot()?.shelf ?? []).map(({ id }) => id);
    const outcome = await this.#again((timeoutMs) =>
      this.#call(shelveProduct, { params: { showId: this.#showId, productId }, body: {}, timeoutMs }),
    );
    return { outcome, undo: () => this.#arrange(before) };
  }

  /** Uploads the picture, makes the product and puts it on the shelf. */
  async add(request: NewProduct, photo: Blob | null): Promise<Deed> {
    const none = { undo: async (): Promise<Outcome<unknown>> => ({ ok: true, value: undefined }) };
    const pictures: string[] = [];
    if (photo) {
      const stored = await this.#again((timeoutMs) => this.#call(addPicture, { body: photo, timeoutMs: timeoutMs * 3 }));
      if (!stored.ok) return { outcome: stored, ...none };
      pictures.push(stored.value.id);
    }
    const idempotencyKey = newId('key');
    const made = await this.#again((timeoutMs) => this.#call(createProduct, { body: { ...request, pictures }, idempotencyKey, timeoutMs }));
    return made.ok ? this.shelve(made.value.id) : { outcome: made, ...none };
  }

  /** Products sold before that are not on this shelf. */
  async earlier(): Promise<Outcome<Product[]>> {
    const listed = await this.#call(listProducts, { query: this.#sellerQuery() });
    if (!listed.ok) return listed;
    const onShelf = new Set((this.#snapshot()?.shelf ?? []).map(({ id }) => id));
    return { ok: true, value: listed.value.products.filter((product) => !product.archived && !onShelf.has(product.id)) };
  }

  /** An operator has no seller of its own, so the show's is named. */
  #sellerQuery(): { sellerId?: string } {
    const sellerId = this.#snapshot()?.show.sellerId;
    return sellerId ? { sellerId } : {};
  }

  #pinned(): readonly string[] {
    return this.#snapshot()?.pins ?? [];
  }

  async #pins(next: readonly string[]): Promise<Deed> {
    const before = this.#pinned();
    return { outcome: await this.#setPins(next), undo: () => this.#setPins(before) };
  }

  #setPins(productIds: readonly string[]): Promise<Outcome<unknown>> {
    return this.#again((timeoutMs) => this.#call(pinProducts, { params: { showId: this.#showId }, body: { productIds: [...productIds] }, timeoutMs }));
  }

  #arrange(productIds: string[]): Promise<Outcome<unknown>> {
    return this.#again((timeoutMs) => this.#call(arrangeShelf, { params: { showId: this.#showId }, body: { productIds }, timeoutMs }));
  }

  async #variant(
    variant: Variant,
    change: { priceMinor: number } | { stock: number },
    back: { priceMinor: number } | { stockDelta: number },
  ): Promise<Deed> {
    const send = (body: typeof change | typeof back): Promise<Outcome<unknown>> => {
      const idempotencyKey = newId('key');
      return this.#again((timeoutMs) => this.#call(changeVariant, { params: { variantId: variant.id }, body, idempotencyKey, timeoutMs }));
    };
    return { outcome: await send(change), undo: () => send(back) };
  }

  #change(productId: string, body: FactsChange | { pictures: string[] }): Promise<Outcome<unknown>> {
    return this.#again((timeoutMs) => this.#call(changeProduct, { params: { productId }, body, timeoutMs }));
  }

  #patch(variantId: string, body: KindWords | { archived: boolean }): Promise<Outcome<unknown>> {
    const idempotencyKey = newId('key');
    return this.#again((timeoutMs) => this.#call(changeVariant, { params: { variantId }, body, idempotencyKey, timeoutMs }));
  }

  /** A tap in a field has a bad link under it: the same call again, with the same key. */
  async #again<T>(call: (timeoutMs: number) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await call(6000);
      if (outcome.ok || attempt >= TRIES || !isRetryable(outcome.error)) return outcome;
      await new Promise((resolve) => setTimeout(resolve, outcome.error.retryAfterMs ?? RETRY_MS * attempt));
    }
  }
}
