// Owns the picture of a show that every page starts from, kept until something in it changes: a thousand joins read the database once.
import type { ReplayState } from '../protocol/replay.ts';
import type { WayToPay } from '../protocol/payments.ts';
import type { Product } from '../protocol/shop.ts';
import type { Show, ShowSnapshot } from '../protocol/show.ts';
import type { Clock } from '../platform/clock.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { Presence } from './presence.ts';
import type { Rooms } from './rooms.ts';
import type { Shelf } from './shelf.ts';
import type { Shows } from './shows.ts';

export interface ProductLookup {
  /** In the order asked; ids that are unknown or archived are left out. */
  products(productIds: readonly string[]): Promise<Product[]>;
}

export interface WaysLookup {
  /** How a seller's goods can be paid for. */
  of(sellerId: string): Promise<WayToPay[]>;
}

export interface ReplayLookup {
  stateOf(show: Show): Promise<ReplayState>;
}

interface ViewDeps {
  shows: Shows;
  shelf: Shelf;
  catalogue: ProductLookup;
  ways: WaysLookup;
  replays: ReplayLookup;
  presence: Presence;
  rooms: Rooms;
  clock: Clock;
}

interface View {
  show: Show;
  shelf: Product[];
  pins: string[];
  ways: WayToPay[];
  replay: ReplayState;
}

export class ShowViews {
  readonly #deps: ViewDeps;
  readonly #views = new Map<string, Promise<View>>();
  readonly #withheld = new Set<string>();

  constructor(deps: ViewDeps) {
    this.#deps = deps;
  }

  /** @throws FieldcastError `not-found`. */
  async snapshot(showId: string): Promise<ShowSnapshot> {
    // The number is taken before the read: what happens in between is sent again, and applying it twice changes nothing.
    const seq = this.#deps.rooms.sequence(showId);
    const view = await this.#view(showId);
    return { ...view, viewers: this.#deps.presence.viewers(showId), seq, serverTime: this.#deps.clock.now() };
  }

  async show(showId: string): Promise<Show> {
    return (await this.#view(showId)).show;
  }

  /** To be called after each committed change of the show, its shelf, its pins or a product on it. */
  forget(showId: string): void {
    this.#views.delete(showId);
  }

  /** To be called after a change that more than one show has, such as a seller's ways to be paid. */
  forgetAll(): void {
    this.#views.clear();
  }

  /** From now on there is no such show for anybody, until the returned function is called. */
  withhold(showId: string): () => void {
    this.#withheld.add(showId);
    this.forget(showId);
    return () => this.#withheld.delete(showId);
  }

  #view(showId: string): Promise<View> {
    if (this.#withheld.has(showId)) return Promise.reject(new FieldcastError('not-found', 'There is no such show.'));
    let view = this.#views.get(showId);
    if (!view) {
      view = this.#read(showId);
      this.#views.set(showId, view);
      const fresh = view;
      fresh.catch(() => {
        if (this.#views.get(showId) === fresh) this.#views.delete(showId);
      });
    }
    return view;
  }

  async #read(showId: string): Promise<View> {
    const { shows, shelf, catalogue, ways, replays } = this.#deps;
    const show = await shows.require(showId);
    const [productIds, pins, replay, waysToPay] = await Promise.all([
      shelf.productIds(showId),
      shelf.pins(showId),
      replays.stateOf(show),
      ways.of(show.sellerId),
    ]);
    const products = await catalogue.products(productIds);
    const known = new Set(products.map((product) => product.id));
    return { show, shelf: products, pins: pins.filter((productId) => known.has(productId)), ways: waysToPay, replay };
  }
}
