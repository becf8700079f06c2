// Owns the gathering of all that a show's figures are made of, from the file of figures, the shop and the show itself.
import type { Goods } from '../../live/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { type FigureCounts, figurePhases, withRatios } from '../../protocol/figures.ts';
import { leftOutReasons, type ShowReport } from '../../protocol/analytics.ts';
import type { Show } from '../../protocol/show.ts';
import { marks, phases } from '../rollup/raw-event.ts';
import type { PastPromotion } from '../../shop/index.ts';
import type { Books } from '../store/books.ts';
import { type ShowRow, ShowRows } from '../store/show-rows.ts';
import type { AnalyticsTables } from '../store/tables.ts';
import { countsOf } from './counts.ts';
import { type CountedGroup, fulfilmentIn } from './fulfilment.ts';
import { unknownIn } from './people-across.ts';
import type { SalesBook } from './sales-book.ts';
import { countsUntil, phased, type ShowFacts } from './show-facts.ts';
import { readTotals, Totals } from './totals.ts';

export interface ShowCounts {
  show: Show;
  live: FigureCounts;
  total: FigureCounts;
  fulfilment: readonly CountedGroup[];
  /** Devices of people who are not known again in other shows. */
  unknownDevices: number;
}

export interface ReaderDeps {
  database: Database;
  books: Books;
  sales: SalesBook;
  clock: Clock;
  goods: Pick<Goods, 'pinLog' | 'of'>;
  promotionsIn: (showId: string) => Promise<PastPromotion[]>;
  findShow: (showId: string) => Promise<Show | undefined>;
  attributionDays: number;
}

export class Reader {
  readonly #deps: ReaderDeps;
  readonly shows: ShowRows;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
    this.shows = new ShowRows(deps.database);
  }

  /** What is counted and not kept yet is kept. */
  keep(): Promise<void> {
    return this.#deps.books.keep();
  }

  /** As of now: what is counted and not kept yet is kept first. */
  async facts(show: Show): Promise<{ facts: ShowFacts; row: ShowRow | undefined }> {
    await this.keep();
    return this.#facts(show);
  }

  /** Counts of a show that is over, and its title; undefined where the show is gone. */
  async countsOf(showId: string): Promise<ShowCounts | undefined> {
    const show = await this.#deps.findShow(showId);
    if (!show) return undefined;
    const { facts, row } = await this.#facts(show);
    const unknownDevices = row ? await unknownIn(this.#deps.database, row.number) : 0;
    return { show, live: countsOf(facts, 'live'), total: countsOf(facts, 'total'), fulfilment: fulfilmentIn(facts), unknownDevices };
  }

  async #facts(show: Show): Promise<{ facts: ShowFacts; row: ShowRow | undefined }> {
    const { database, sales, clock, goods, promotionsIn, attributionDays } = this.#deps;
    const row = await this.shows.find(show.id);
    const now = clock.now();
    const counted = show.endedAt === null ? { endedAt: now, until: now } : { endedAt: show.endedAt, until: countsUntil(show.endedAt, attributionDays) };
    const [totals, orders, pins, promotions, coupons, replayOrders, otherMinor] = await Promise.all([
      row ? readTotals(database, row.number) : new Totals([], [], 0),
      sales.of(show.id),
      goods.pinLog(show.id),
      promotionsIn(show.id),
      sales.coupons(show.id, counted),
      row ? this.#replayOrders(row.number) : new Set<string>(),
      show.startedAt === null ? 0 : sales.besides(show.id, { sellerId: show.sellerId, from: show.startedAt, to: show.endedAt ?? now }),
    ]);
    const facts: ShowFacts = { show, now, totals, pins, sales: phased(orders.sales, { show, replayOrders, attributionDays }), linesOf: orders.linesOf, promotionsBy: orders.promotionsBy, promotions, coupons, otherMinor };
    return { facts, row };
  }

  async #replayOrders(show: number): Promise<Set<string>> {
    const rows = await this.#deps.database.read<AnalyticsTables>().selectFrom('replay_orders').select('order_id').where('show', '=', show).execute();
    return new Set(rows.map((row) => row.order_id));
  }
}

export function figuresOf(facts: ShowFacts): ShowReport['figures'] {
  return Object.fromEntries(figurePhases.map((phase) => [phase, withRatios(countsOf(facts, phase))])) as ShowReport['figures'];
}

/** How many devices are left out of all figures, and why. */
export function apartOf(totals: Totals): ShowReport['apart'] {
  const events = totals.bySubject(phases, 'apart');
  return marks.flatMap((reason) => {
    const devices = reason === '' ? 0 : totals.people(phases, 'apart', reason);
    return reason === '' || devices === 0 ? [] : [{ reason, devices, events: events.get(reason) ?? 0 }];
  });
}

/** How many events are in none of them, and why. */
export function leftOutOf(totals: Totals): ShowReport['leftOut'] {
  const events = totals.bySubject(phases, 'leftOut');
  return leftOutReasons.flatMap((reason) => (events.has(reason) ? [{ reason, events: events.get(reason) as number }] : []));
}
