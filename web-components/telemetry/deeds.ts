// Owns what a viewer did: opened a product, put it in the cart, began to order, wrote, liked, shared, followed, reported.
import { type Deed, deeds } from '../../server/protocol/telemetry.ts';
import { QUANTITY_LIMIT } from '../../server/protocol/order-limits.ts';
import type { ShowEvent, Visit } from '../show/index.ts';
import type { BatchBox } from './batch-box.ts';

/** Taps of one kind come in one event, at most as many as this. */
const DEEDS_AT_ONCE = 100;
/** So long a burst of taps is waited for. */
const GATHER_MS = 5_000;

export class Deeds {
  readonly #visit: Visit;
  readonly #box: BatchBox;
  readonly #stops: (() => void)[];
  /** Units of each variant in the cart, as last told. */
  readonly #inCart = new Map<string, number>();
  readonly #done = new Map<Deed, { count: number; since: number }>();

  constructor(visit: Visit, box: BatchBox) {
    this.#visit = visit;
    this.#box = box;
    for (const { variantId, quantity } of visit.cart.rows(visit.store.snapshot)) this.#inCart.set(variantId, quantity);
    this.#stops = [
      // Before anybody in the page can keep the event to themselves.
      hear('fieldcast-product-open', ({ detail }) => this.#isOurs(detail) && this.#add([7, box.now(), detail.productId])),
      hear('fieldcast-cart-change', ({ detail }) => this.#isOurs(detail) && this.#carted(detail.variantId, detail.quantity)),
      hear('fieldcast-checkout-open', ({ detail }) => this.#isOurs(detail) && this.#add([9, box.now()])),
      hear('fieldcast-interaction', ({ detail }) => this.#isOurs(detail) && this.#did(detail.deed, detail.count)),
      // What was ordered or taken out is put in anew later.
      visit.cart.subscribe(() => {
        for (const [variantId, quantity] of this.#inCart) this.#inCart.set(variantId, Math.min(quantity, visit.cart.quantityOf(variantId)));
      }),
    ];
    const onFollow = (event: Event): void => {
      const { isFollowing } = (event as CustomEvent<{ isFollowing: boolean }>).detail;
      const { seller } = (event.composedPath()[0] ?? {}) as { seller?: string };
      if (isFollowing && seller === visit.store.snapshot?.show.sellerId) this.#did('follow', 1);
    };
    addEventListener('fieldcast-follow', onFollow, true);
    this.#stops.push(() => removeEventListener('fieldcast-follow', onFollow, true));
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** Tells of what has gathered for long enough; of all, when the page may be about to go. */
  look(isLast = false): void {
    const now = performance.now();
    for (const [deed, { count, since }] of this.#done) {
      if (now - since < GATHER_MS && !isLast) continue;
      this.#done.delete(deed);
      this.#add([10, this.#box.now(), deeds.indexOf(deed), Math.min(count, DEEDS_AT_ONCE)]);
    }
  }

  #isOurs({ showId }: { showId: string }): boolean {
    return showId === this.#visit.showId;
  }

  #carted(variantId: string, quantity: number): void {
    const units = quantity - (this.#inCart.get(variantId) ?? 0);
    this.#inCart.set(variantId, quantity);
    const product = this.#visit.store.snapshot?.shelf.find(({ variants }) => variants.some(({ id }) => id === variantId));
    if (units > 0 && product) this.#add([8, this.#box.now(), product.id, Math.min(units, QUANTITY_LIMIT)]);
  }

  #did(deed: Deed, count: number): void {
    const known = this.#done.get(deed);
    this.#done.set(deed, { count: (known?.count ?? 0) + count, since: known?.since ?? performance.now() });
  }

  #add(event: Parameters<BatchBox['add']>[0]): void {
    this.#box.add(event, this.#visit.playhead.replay !== null);
  }
}

function hear<N extends 'fieldcast-product-open' | 'fieldcast-cart-change' | 'fieldcast-checkout-open' | 'fieldcast-interaction'>(name: N, listener: (event: ShowEvent<N>) => unknown): () => void {
  const onEvent = (event: Event): void => void listener(event as ShowEvent<N>);
  addEventListener(name, onEvent, true);
  return () => removeEventListener(name, onEvent, true);
}
