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
  /** Kept apart: each order makes the goods others, and whoever is asked only whether they may come in needs none of these. */
  readonly #shows = new Map<string, Promise<Show>>();
  readonly #productIds = new Map<string, Promise<ReadonlySet<string>>>();
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
    this.#requireNotWithheld(showId);
    return kept(this.#shows, showId, () => this.#deps.shows.require(showId));
  }

  /** What may be bought in it, whatever there is left of it. @throws FieldcastError `not-found`. */
  async productIds(showId: string): Promise<ReadonlySet<string>> {
    this.#requireNotWithheld(showId);
    return kept(this.#productIds, showId, async () => new Set((await this.#view(showId)).shelf.map(({ id }) => id)));
  }

  /** To be called after each committed change of the show. */
  forget(showId: string): void {
    this.#shows.delete(showId);
    this.forgetGoods(showId);
  }

  /** To be called after each committed change of its shelf, its pins or a product on it. */
  forgetGoods(showId: string): void {
    this.#productIds.delete(showId);
    this.forgetStock(showId);
  }

  /** To be called after each committed change of prices and of what is left. */
  forgetStock(showId: string): void {
    this.#views.delete(showId);
  }

  /** To be called after a change that more than one show has, such as a seller's ways to be paid. */
  forgetAll(): void {
    this.#shows.clear();
    this.#productIds.clear();
    this.#views.clear();
  }

  /** From now on there is no such show for anybody, until the returned function is called. */
  withhold(showId: string): () => void {
    this.#withheld.add(showId);
    this.forget(showId);
    return () => this.#withheld.delete(showId);
  }

  async #view(showId: string): Promise<View> {
    this.#requireNotWithheld(showId);
    return kept(this.#views, showId, () => this.#read(showId));
  }

  #requireNotWithheld(showId: string): void {
    if (this.#withheld.has(showId)) throw new FieldcastError('not-found', 'There is no such show.');
  }

  async #read(showId: string): Promise<View> {
    const { shelf, catalogue, ways, replays } = this.#deps;
    const show = await this.show(showId);
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

/** Read once for all who ask; what failed is read again. */
function kept<Value>(cache: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const fresh = read();
  cache.set(key, fresh);
  fresh.catch(() => {
    if (cache.get(key) === fresh) cache.delete(key);
  });
  return fresh;
}
