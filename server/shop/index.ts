// Owns what the rest of the server may use of the shop: products, stock, money and orders. A show is only an id here.
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { Logger } from '../platform/log.ts';
import { Catalogue } from './catalogue.ts';
import { Commits } from './commits.ts';
import { createDesk } from './desk/desk.ts';
import { Quotes } from './delivery/quote.ts';
import { Deliveries } from './delivery/rules.ts';
import type { ShopFacts } from './facts.ts';
import { Tables } from './product-tables/tables.ts';
import { Moving } from './moving.ts';
import { findOrder, listOrders } from './orders.ts';
import { OrderWork } from './order-work.ts';
import { BuyerKeys } from './payments/buyer-keys.ts';
import { createCash } from './payments/cash.ts';
import { cashOnDelivery } from './payments/cash-on-delivery.ts';
import { Money, type PaymentSetup } from './payments/money.ts';
import type { Payments } from './payments/payment.ts';
import { Ways } from './payments/settings.ts';
import { transferTo } from './payments/transfer.ts';
import { Pictures } from './pictures.ts';
import { Placing } from './placing.ts';
import { Practice } from './practice/practice.ts';
import { createPromotions } from './promotions/index.ts';
import { Sales } from './sales.ts';
import { Sellers } from './sellers.ts';
import type { Shop } from './shop.ts';

export { eraseBuyerByPhone, eraseBuyers, requireNoOpenOrders } from './erasure.ts';
export { eraseBidder } from './promotions/auction/erasure.ts';
export { eraseCouponClaims } from './promotions/coupon/claims.ts';
export { eraseEntrant } from './promotions/draw/erasure.ts';
export { erasePromotions } from './promotions/erasure.ts';
export type { PastPromotion } from './promotions/promotions.ts';
export type { ShopFacts, VariantFact } from './facts.ts';
export type { Mover } from './moving.ts';
export type { CopiedProduct } from './practice/practice.ts';
export type { OrderPlace } from './asked-price.ts';
export { viewOrder } from './privacy.ts';
export type { ShopAccess } from './access.ts';
export { shopRoutes } from './routes.ts';
export { shopMigrations } from './schema.ts';
export type { PaymentSetup } from './payments/money.ts';
export type { CouponTaken, Sale, SaleLine, SalePromotion, Sales } from './sales.ts';
export type { Orders, Shop } from './shop.ts';

export interface ShopDeps {
  database: Database;
  bus: Bus<ShopFacts>;
  dataDir: string;
  clock: Clock;
  log: Logger;
  /** Of which the keys are made by which a buyer is known again; of this server and this purpose alone. */
  buyerKey: Uint8Array;
  /** Missing: no payments by Stripe. */
  payments?: PaymentSetup;
}

/** Builds the shop on a database that `shopMigrations` were applied to. Its `desk`, `money` and `promotions` have to be closed. */
export function createShop(deps: ShopDeps): Shop {
  const { database, clock } = deps;
  const commits = new Commits(deps);
  const payments: Payments = { cod: cashOnDelivery, transfer: transferTo(database) };
  const keys = new BuyerKeys(deps.buyerKey);
  const ways = new Ways({ database, publishableKey: deps.payments?.stripe?.publishableKey });
  const { promotions, parts } = createPromotions({ ...deps, commits, keys, ways, payments, placing: () => placing, orders: () => work });
  const placing = new Placing({ database, commits, payments, ways, keys, parts });
  const work = new OrderWork({ database, commits, payments, parts });
  const money = new Money({ ...deps, work, payments, setup: deps.payments ?? { stripe: undefined, holdMs: 0 } });
  const moving = new Moving(work);
  const sellers = new Sellers(database, clock);
  const pictures = new Pictures(deps);
  const catalogue = new Catalogue({ database, commits });
  const orders: Shop['orders'] = {
    place: placing.place.bind(placing),
    list: (filter) => listOrders(database, filter),
    find: (id) => findOrder(database, id),
    cancelByBuyer: moving.cancelByBuyer.bind(moving),
    move: moving.move.bind(moving),
    undo: moving.undo.bind(moving),
  };
  return {
    sellers,
    practice: new Practice({ ...deps, pictures }),
    catalogue,
    delivery: new Deliveries(database, clock),
    promotions,
    quotes: new Quotes({ database, keys, parts, clock }),
    tables: new Tables({ catalogue, sellers, commits }),
    pictures,
    ways,
    money,
    cash: createCash({ ...deps, commits, work, ways }),
    orders,
    sales: new Sales(database),
    desk: createDesk({ ...deps, commits, orders }),
  };
}
