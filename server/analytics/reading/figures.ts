// Owns the ways in which figures are read, each with what it uses.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { LiveFigures, SellerFigures, ShowReport, Trend } from '../../protocol/analytics.ts';
import type { Product, Seller } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';
import type { KnownCounts } from './known-counts.ts';
import { liveFiguresOf } from './live.ts';
import { productsOf } from './products.ts';
import type { Reader } from './reader.ts';
import { Reports } from './report.ts';
import { type SellerQuestion, sellerFiguresOf } from './seller.ts';
import { trendOf } from './trend.ts';

/** Many screens of one show may ask at once; what they get is no older than this. */
const LIVE_KEPT_MS = 1_000;

export interface FiguresDeps {
  database: Database;
  reader: Reader;
  known: KnownCounts;
  clock: Clock;
  shelfOf: (showId: string) => Promise<readonly Product[]>;
  attributionDays: number;
  /** Who watches may not have told of it for so long, ms. */
  silentMs: () => number;
}

export class Figures {
  readonly #deps: FiguresDeps;
  readonly #reports: Reports;
  readonly #live = new Map<string, { at: number; figures: Promise<LiveFigures> }>();

  constructor(deps: FiguresDeps) {
    this.#deps = deps;
    this.#reports = new Reports(deps);
  }

  live(show: Show): Promise<LiveFigures> {
    const now = this.#deps.clock.now();
    const known = this.#live.get(show.id);
    if (known && now - known.at < LIVE_KEPT_MS) return known.figures;
    for (const [id, { at }] of this.#live) if (now - at >= LIVE_KEPT_MS) this.#live.delete(id);
    const figures = liveFiguresOf(show, this.#deps);
    this.#live.set(show.id, { at: now, figures });
    return figures;
  }

  /** @param isShared for somebody else than the seller */
  report(show: Show, isShared = false): Promise<ShowReport> {
    return this.#reports.of(show, isShared);
  }

  async trend(show: Show): Promise<Trend> {
    const { database, reader, shelfOf } = this.#deps;
    const [{ facts, row }, shelf] = await Promise.all([reader.facts(show), shelfOf(show.id)]);
    const names = new Map(productsOf(facts, shelf).map(({ productId, name }) => [productId, name]));
    return trendOf(database, row?.number ?? 0, facts, (productId) => names.get(productId) ?? '');
  }

  seller(seller: Seller, question: SellerQuestion): Promise<SellerFigures> {
    return sellerFiguresOf(seller, question, this.#deps);
  }

  /** Undefined where nothing was measured; what is not kept yet is kept first. */
  async numberOf(show: Show): Promise<number | undefined> {
    await this.#deps.reader.facts(show);
    return (await this.#deps.reader.shows.find(show.id))?.number;
  }
}
