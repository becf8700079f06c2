// Owns the wiring of promotions: their kinds, their part in orders, and the clock that tells when they begin and end. Exports and wiring only.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Logger } from '../../platform/log.ts';
import { Scope } from '../../platform/scope.ts';
import type { PriceRecord } from '../../protocol/promotions.ts';
import type { Commits } from '../commits.ts';
import type { ShopFacts } from '../facts.ts';
import type { OrderWork } from '../order-work.ts';
import type { BuyerKeys } from '../payments/buyer-keys.ts';
import type { Payments } from '../payments/payment.ts';
import type { Ways } from '../payments/settings.ts';
import type { Placing } from '../placing.ts';
import type { ShopTables } from '../schema.ts';
import { Auctions } from './auction/auctions.ts';
import { Bids } from './auction/bids.ts';
import { Hammer } from './auction/hammer.ts';
import { Coupons } from './coupon/coupons.ts';
import { Draws } from './draw/draws.ts';
import { DrawEntries } from './draw/entries.ts';
import { FlashSales } from './flash-sale/flash-sales.ts';
import { GroupBuys } from './group-buy/group-buys.ts';
import { GroupSettling } from './group-buy/group-settling.ts';
import { Lots } from './lots/lots.ts';
import type { OrderPart } from './part.ts';
import { readPriceRecord } from './price-record/record.ts';
import { Promotions } from './promotions.ts';
import { Timetable } from './timetable.ts';
import { serveWaiting } from './waitlist/serving.ts';
import { Waitlist } from './waitlist/waitlist.ts';

export interface ShopPromotions {
  /** Of every kind: what is on, and its end. */
  readonly all: Promotions;
  readonly flashSales: FlashSales;
  readonly coupons: Coupons;
  readonly draws: Draws;
  readonly drawEntries: DrawEntries;
  readonly groupBuys: GroupBuys;
  readonly auctions: Auctions;
  readonly bids: Bids;
  readonly hammer: Hammer;
  readonly waitlist: Waitlist;
  readonly lots: Lots;
  /** Prices of a product in the last days. */
  prices(productId: string): Promise<PriceRecord>;
  /** From here on what is due is settled. */
  start(): void;
  /** Settles now what is due. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export interface PromotionDeps {
  database: Database;
  commits: Commits;
  bus: Bus<ShopFacts>;
  clock: Clock;
  log: Logger;
  keys: BuyerKeys;
  ways: Ways;
  payments: Payments;
  /** Asked when they are needed: orders know promotions, and some promotions end in orders. */
  placing: () => Placing;
  orders: () => OrderWork;
}

/** @returns promotions, and what they have to do with each order: in the order in which they are asked. */
export function createPromotions(deps: PromotionDeps): { promotions: ShopPromotions; parts: readonly OrderPart[] } {
  const { database, bus, clock } = deps;
  const scope = new Scope();
  const all = new Promotions(deps);
  const timetable = new Timetable(deps);
  scope.add(() => timetable.close());
  timetable.register(all);
  for (const fact of ['promotion.changed', 'promotion.planned', 'waitlist.changed'] as const) scope.add(bus.on(fact, () => timetable.wake()));

  const flashSales = new FlashSales({ ...deps, promotions: all });
  all.register(flashSales);
  const coupons = new Coupons({ ...deps, promotions: all });
  all.register(coupons);
  const draws = new Draws({ ...deps, promotions: all });
  all.register(draws);
  timetable.register(draws);
  const groupBuys = new GroupBuys({ ...deps, promotions: all });
  all.register(groupBuys);
  timetable.register(new GroupSettling({ ...deps, promotions: all }));
  const auctions = new Auctions({ ...deps, promotions: all });
  all.register(auctions);
  const hammer = new Hammer({ ...deps, promotions: all, auctions });
  timetable.register(hammer);
  const waitlist = new Waitlist(deps);
  deps.commits.register(serveWaiting);
  timetable.register(waitlist);
  const lots = new Lots(deps);

  return {
    promotions: {
      all,
      flashSales,
      coupons,
      draws,
      drawEntries: new DrawEntries({ ...deps, promotions: all }),
      groupBuys,
      auctions,
      bids: new Bids({ ...deps, promotions: all }),
      hammer,
      waitlist,
      lots,
      prices: (productId) => readPriceRecord(database.read<ShopTables>(), productId, clock.now()),
      start: () => timetable.start(),
      look: () => timetable.look(),
      close: () => scope.close(),
    },
    // A group says first that it takes no coupons.
    parts: [waitlist, lots, flashSales, groupBuys, coupons, auctions],
  };
}
