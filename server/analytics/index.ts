// Owns the figures of shows: takes in what pages measure and what the server tells, sums it up, and answers who asks. Listens and reads only:
// without it the server sells just the same. Exports and wiring only.
import type { Door, Goods, Live, LiveFacts, Shows } from '../live/index.ts';
import type { MediaFacts } from '../media/index.ts';
import type { Auth } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Bus } from '../platform/events.ts';
import type { Route, WireRoute } from '../platform/http/route.ts';
import type { CommandHandlers } from '../platform/socket.ts';
import type { Logger } from '../platform/log.ts';
import { Scope } from '../platform/scope.ts';
import type { SellerFigures } from '../protocol/analytics.ts';
import type { Seller } from '../protocol/shop.ts';
import type { TelemetryBatch } from '../protocol/telemetry.ts';
import type { PastPromotion, Sales, ShopFacts } from '../shop/index.ts';
import { Air } from './facts/air.ts';
import { type ChatRestricted, noteRestriction } from './facts/restrictions.ts';
import { noteReplayOrder } from './facts/replay-orders.ts';
import { SoldOut } from './facts/sold-out.ts';
import { Intake } from './intake/intake.ts';
import { Lane } from './intake/lane.ts';
import { People } from './intake/people.ts';
import { Figures } from './reading/figures.ts';
import { KnownCounts } from './reading/known-counts.ts';
import { Reader } from './reading/reader.ts';
import { SalesBook } from './reading/sales-book.ts';
import type { SellerQuestion } from './reading/seller.ts';
import { analyticsRoutes } from './routes.ts';
import { Books } from './store/books.ts';
import { openFigures } from './store/open.ts';
import { ShowRows } from './store/show-rows.ts';
import { ReportTeller, type TellSystem } from './telling/report-teller.ts';
import { RawErasure } from './upkeep/erasure.ts';
import { recompute } from './upkeep/recompute.ts';

export interface AnalyticsDeps {
  dataDir: string;
  auth: Auth;
  bus: Bus<LiveFacts & ShopFacts & MediaFacts>;
  clock: Clock;
  log: Logger;
  door: Door;
  room: Pick<Live['room'], 'showOf'>;
  goods: Goods;
  shows: Pick<Shows, 'find'>;
  sales: Sales;
  promotionsIn: (showId: string) => Promise<PastPromotion[]>;
  sellers: { find(sellerId: string): Promise<Seller | undefined> };
  tellSystem: TellSystem;
  /** Of which people are known again in a show; of this purpose alone. */
  peopleKey: Uint8Array;
  /** Orders count for a show until so many days after it. */
  attributionDays: number;
  /** Raw events are kept until so many days after it. */
  rawDays: number;
}

export interface Analytics {
  readonly routes: readonly (Route | WireRoute)[];
  readonly commands: Pick<CommandHandlers, 'telemetry.send'>;
  /** What a seller reads of their shows, for modules above. */
  sellerFigures(seller: Seller, question: SellerQuestion): Promise<SellerFigures>;
  /** Erases one person's raw events, for modules beside. */
  forgetPerson(identity: string): Promise<void>;
  /** For the chat beside. */
  chatRestricted(what: ChatRestricted): void;
  close(): Promise<void>;
}

const UPKEEP_MS = 3600_000;

export async function openAnalytics(deps: AnalyticsDeps): Promise<Analytics> {
  const { bus, clock, log, door, goods, shows, promotionsIn, attributionDays } = deps;
  const scope = new Scope();
  const onFault = (error: unknown): void => log.error({ err: error }, 'keeping figures failed');
  // Practice is in no figure: of a rehearsal nothing is kept, and nothing told.
  const findShow = async (showId: string) => {
    const show = await shows.find(showId);
    return show?.kind === 'rehearsal' ? undefined : show;
  };
  const shelfOf = (showId: string) => goods.of(showId);
  const database = await openFigures(deps);
  scope.add(() => database.close());
  const books = new Books({ database, clock, onFault, onIdle: (showId) => intake.forget(showId) });
  scope.add(() => books.close());
  const people = new People(deps.peopleKey);
  const intake = new Intake({ ...deps, books, people });
  const rows = new ShowRows(database);
  const air = new Air({ books, rows, clock, findShow, onFault });
  scope.add(() => air.close());
  scope.add(air.follow(bus));
  const soldOut = new SoldOut({ database, books, clock, goods, findShow, onFault });
  scope.add(() => soldOut.close());
  scope.add(soldOut.follow(bus));
  for (const fact of ['shelf.changed', 'product.shelved'] as const) scope.add(bus.on(fact, ({ showId }) => intake.shelfChanged(showId)));
  const sales = new SalesBook(deps.sales);
  scope.add(sales.follow(bus));
  const reader = new Reader({ database, books, sales, clock, goods, promotionsIn, findShow, attributionDays });
  const known = new KnownCounts({ reader, clock });
  scope.add(known.follow(bus));
  const figures = new Figures({ database, reader, known, clock, shelfOf, attributionDays, silentMs: () => intake.silentMs });
  const teller = new ReportTeller({ database, clock, findShow, reportOf: (show) => figures.report(show, true), tellSystem: deps.tellSystem, onFault });
  scope.add(() => teller.close());
  teller.wake();
  const erasure = new RawErasure({ ...deps, database, books, people });

  scope.add(
    bus.on('show.changed', async ({ show }) => {
      if (show.startedAt === null || show.kind === 'rehearsal') return;
      await rows.note(show);
      if (show.status === 'ended') await teller.ended(show);
    }),
  );
  scope.add(bus.on('order.placed', (fact) => noteReplayOrder(fact, { database, books, people, clock, findShow, attributionDays })));
  scope.add(
    bus.on('show.deleted', ({ showId }) => {
      intake.forget(showId);
      sales.forget(showId);
      known.forget(showId);
      return erasure.show(showId);
    }),
  );
  const lane = new Lane();
  async function forgetRecognition(identity: string): Promise<void> {
    await erasure.recognition(identity);
    known.forgetAll();
  }
  let cancelUpkeep = clock.after(UPKEEP_MS, upkeep);
  function upkeep(): void {
    cancelUpkeep = clock.after(UPKEEP_MS, upkeep);
    erasure.expired().catch(onFault);
  }
  scope.add(() => cancelUpkeep());

  return {
    routes: analyticsRoutes({ database, door, intake, figures, findSeller: (id) => deps.sellers.find(id), recompute: (showId) => recompute(showId, { database, books, clock }), forgetRecognition }),
    sellerFigures: (seller, question) => figures.seller(seller, question),
    commands: {
      async 'telemetry.send'(batch, peer) {
        const { showId } = deps.room.showOf(peer);
        await lane.turn();
        return intake.take(showId, batch as TelemetryBatch, peer);
      },
    },
    forgetPerson: (identity) => erasure.person(identity),
    chatRestricted: (what) => void noteRestriction(what, { books, findShow }).catch(onFault),
    close: () => scope.close(),
  };
}
