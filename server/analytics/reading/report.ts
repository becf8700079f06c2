// Owns the report of a show: everything that is known of it, put together.
import type { ShowReport } from '../../protocol/analytics.ts';
import { type FigureCounts, withRatios } from '../../protocol/figures.ts';
import type { Product } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';
import { COMPARED_SHOWS, comparisonOf } from './comparison.ts';
import { fulfilmentIn, fulfilmentTold } from './fulfilment.ts';
import { funnelOf } from './funnel.ts';
import { reportWithoutSmallGroups } from './hiding.ts';
import type { KnownCounts } from './known-counts.ts';
import { productsOf } from './products.ts';
import { qualityOf } from './quality.ts';
import { promotionsOf } from './promotions.ts';
import { apartOf, figuresOf, leftOutOf, type Reader } from './reader.ts';
import { suggestionsFrom } from './suggestions.ts';

export interface ReportDeps {
  reader: Reader;
  known: KnownCounts;
  shelfOf: (showId: string) => Promise<readonly Product[]>;
  attributionDays: number;
}

export class Reports {
  readonly #deps: ReportDeps;

  constructor(deps: ReportDeps) {
    this.#deps = deps;
  }

  /** @param isShared for somebody else than the seller */
  async of(show: Show, isShared = false): Promise<ShowReport> {
    const { reader, shelfOf, attributionDays } = this.#deps;
    const [{ facts, row }, shelf] = await Promise.all([reader.facts(show), shelfOf(show.id)]);
    const figures = figuresOf(facts);
    const products = productsOf(facts, shelf);
    const quality = qualityOf(facts);
    const before = await this.#before(show);
    const comparison = comparisonOf(figures.live, before);
    const report: ShowReport = {
      ...headOf(show, facts.now),
      attributionDays,
      isWhole: row?.raw_is_cut !== 1,
      figures,
      apart: apartOf(facts.totals),
      leftOut: leftOutOf(facts.totals),
      funnel: funnelOf(figures.total, facts.sales),
      products,
      promotions: promotionsOf(facts),
      fulfilment: fulfilmentTold(fulfilmentIn(facts), isShared),
      quality,
      comparison,
      suggestions: suggestionsFrom({ values: figures.total, products, quality, comparison }),
    };
    return isShared ? reportWithoutSmallGroups(report, before.map(withRatios)) : report;
  }

  async #before(show: Show): Promise<FigureCounts[]> {
    const { reader, known } = this.#deps;
    if (show.startedAt === null) return [];
    const rows = await reader.shows.ofSeller(show.sellerId, { from: 0, to: show.startedAt, limit: COMPARED_SHOWS });
    const all = await Promise.all(rows.map((row) => known.of(row.show_id)));
    return all.flatMap((counts) => counts?.live ?? []);
  }
}

export function headOf(show: Show, asOf: number) {
  const { id: showId, title, sellerId, sellerName, currency, status, startedAt, endedAt } = show;
  return { showId, title, sellerId, sellerName, currency, status, startedAt, endedAt, asOf };
}
