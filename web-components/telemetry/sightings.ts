// Owns what was seen: half of the player for more than a second, a pinned card or a row of the shelf for a second.
import type { Visit } from '../show/index.ts';
import type { BatchBox } from './batch-box.ts';
import type { MeasuredPlayer } from './measured-player.ts';

const SEEN_MS = 1_000;
/** Of a card or row: a strip at the edge of a list is not seen. */
const SEEN_PART = 0.5;

interface Sighting {
  productId: string;
  isInView: boolean;
  since: number | null;
  isTold: boolean;
}

export class Sightings {
  readonly #player: MeasuredPlayer;
  readonly #visit: Visit;
  readonly #box: BatchBox;
  readonly #observer: IntersectionObserver;
  readonly #goods = new Map<Element, Sighting>();
  readonly #reach: Sighting = { productId: '', isInView: false, since: null, isTold: false };

  constructor(player: MeasuredPlayer, visit: Visit, box: BatchBox) {
    this.#player = player;
    this.#visit = visit;
    this.#box = box;
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, intersectionRatio } of entries) {
          const sighting = target === player ? this.#reach : this.#goods.get(target);
          if (sighting) sighting.isInView = isIntersecting && intersectionRatio >= SEEN_PART;
        }
      },
      { threshold: [0, SEEN_PART] },
    );
    this.#observer.observe(player);
  }

  close(): void {
    this.#observer.disconnect();
  }

  look(): void {
    const now = performance.now();
    const isReplay = this.#player.state === 'replay';
    // Once for a page: scrolling up and down is not reaching somebody again.
    if (this.#isSeen(this.#reach, this.#player, now)) this.#box.add([0, this.#box.now()], isReplay);
    if (!this.#reach.isInView && !this.#reach.isTold) this.#reach.since = null;
    const shown = this.#shown();
    for (const element of this.#goods.keys()) {
      if (shown.has(element)) continue;
      this.#observer.unobserve(element);
      this.#goods.delete(element);
    }
    for (const [element, productId] of shown) {
      const known = this.#goods.get(element);
      const sighting: Sighting = known?.productId === productId ? known : { productId, isInView: known?.isInView ?? false, since: null, isTold: false };
      this.#goods.set(element, sighting);
      if (!known) this.#observer.observe(element);
      if (!sighting.isInView) sighting.isTold = false;
      if (this.#isSeen(sighting, element, now)) this.#box.add([6, this.#box.now(), productId], isReplay);
    }
  }

  /** Whether it has just been seen for long enough. */
  #isSeen(sighting: Sighting, element: Element, now: number): boolean {
    if (!sighting.isInView || document.visibilityState !== 'visible' || element.closest('[inert]')) {
      sighting.since = null;
      return false;
    }
    sighting.since ??= now;
    if (sighting.isTold || now - sighting.since < SEEN_MS) return false;
    sighting.isTold = true;
    return true;
  }

  /** Pinned cards and rows of the shelf, with their products. */
  #shown(): Map<Element, string> {
    const { store, pins, showId } = this.#visit;
    const shelf = (store.shown ?? store.snapshot)?.shelf ?? [];
    const pinned = pins.filter((id) => shelf.some((product) => product.id === id));
    const found = new Map<Element, string>();
    for (const [index, card] of this.#player.renderRoot.querySelectorAll('.pins > li').entries()) {
      const productId = pinned[index];
      if (productId) found.set(card, productId);
    }
    const around = this.#player.closest('fieldcast-show') ?? (this.#player.getRootNode() as Document | ShadowRoot);
    for (const element of around.querySelectorAll<HTMLElement & { show?: string }>('fieldcast-shelf')) {
      if ((element.show || showId) !== showId) continue;
      for (const row of element.shadowRoot?.querySelectorAll<HTMLElement>('[data-product]') ?? []) found.set(row, row.dataset['product'] ?? '');
    }
    return found;
  }
}
