// Owns a trainee's own numbers since a class: the figures that the seller reads too, of the shows that this trainee held, summed.
import type { SellerFigures } from '../../protocol/analytics.ts';
import type { FigureName } from '../../protocol/figures.ts';
import type { OwnNumbers } from '../../protocol/follow-up.ts';
import type { Seller } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';

const YEAR_MS = 365 * 24 * 3600_000;
const SHOWS_TOLD = 20;

export interface NumbersSource {
  /** Every show of a host that began, newest first; rehearsals are none. */
  showsOf(hostId: string): Promise<Pick<Show, 'id' | 'sellerId' | 'startedAt'>[]>;
  findSeller(sellerId: string): Promise<Seller | undefined>;
  /** As the seller reads them, over a year at most. */
  sellerFigures(seller: Seller, time: { from: number; to: number }): Promise<SellerFigures>;
}

/** Asks for the same seller once, however many trainees sell for it. One instance for one answer. */
export class NumbersSince {
  readonly #source: NumbersSource;
  readonly #from: number;
  readonly #to: number;
  readonly #sellers = new Map<string, Promise<SellerFigures | undefined>>();

  /** @param since when the class ended */
  constructor(source: NumbersSource, since: number, now: number) {
    this.#source = source;
    this.#from = Math.max(since, now - YEAR_MS);
    this.#to = now;
  }

  /** @returns null before the class is over, or of a host without a show since */
  async of(shows: readonly Pick<Show, 'id' | 'sellerId' | 'startedAt'>[]): Promise<OwnNumbers | null> {
    if (this.#to <= this.#from) return null;
    const own = shows.filter(({ startedAt }) => startedAt !== null && startedAt >= this.#from && startedAt <= this.#to);
    const sellers = [...new Set(own.map(({ sellerId }) => sellerId))];
    const read = (await Promise.all(sellers.map((sellerId) => this.#seller(sellerId)))).flatMap((figures) => figures ?? []);
    const ids = new Set(own.map(({ id }) => id));
    const told = read.flatMap(({ shows: all }) => all.filter(({ showId }) => ids.has(showId))).sort((a, b) => b.startedAt - a.startedAt);
    const [first] = read;
    if (!first) return null;
    const value = (show: SellerFigures['shows'][number], name: FigureName): number => show.figures[name] ?? 0;
    const sum = (name: FigureName): number => told.reduce((total, show) => total + value(show, name), 0);
    return {
      currency: first.currency,
      shows: told.length,
      onAirSeconds: sum('onAirSeconds'),
      viewers: sum('viewers'),
      orders: sum('orders'),
      placedMinor: sum('placedMinor'),
      keptMinor: sum('keptMinor'),
      last: told.slice(0, SHOWS_TOLD).map((show) => ({
        showId: show.showId,
        title: show.title,
        startedAt: show.startedAt,
        onAirSeconds: value(show, 'onAirSeconds'),
        viewers: value(show, 'viewers'),
        orders: value(show, 'orders'),
        placedMinor: value(show, 'placedMinor'),
      })),
    };
  }

  #seller(sellerId: string): Promise<SellerFigures | undefined> {
    let figures = this.#sellers.get(sellerId);
    if (!figures) {
      figures = this.#source.findSeller(sellerId).then((seller) => seller && this.#source.sellerFigures(seller, { from: this.#from, to: this.#to }));
      this.#sellers.set(sellerId, figures);
    }
    return figures;
  }
}
