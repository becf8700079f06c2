// Owns the shape of the shop as its callers hold it.
import type { Caller } from '../platform/auth.ts';
import type { Once } from '../platform/db/database.ts';
import type { Order, OrderRequest, OrderState } from '../protocol/order.ts';
import type { OrderPlace } from './asked-price.ts';
import type { Catalogue } from './catalogue.ts';
import type { Desk } from './desk/desk.ts';
import type { Quotes } from './delivery/quote.ts';
import type { Deliveries } from './delivery/rules.ts';
import type { Tables } from './product-tables/tables.ts';
import type { Mover } from './moving.ts';
import type { Cash } from './payments/cash.ts';
import type { Money } from './payments/money.ts';
import type { Ways } from './payments/settings.ts';
import type { Pictures } from './pictures.ts';
import type { Practice } from './practice/practice.ts';
import type { ShopPromotions } from './promotions/index.ts';
import type { Sales } from './sales.ts';
import type { Sellers } from './sellers.ts';

/** Orders as other modules use them. Errors are named where each is written: placing.ts and moving.ts. */
export interface Orders {
  place(request: OrderRequest, where: OrderPlace, caller: Caller, once: Once | undefined): Promise<Order>;
  /** A show's orders, newest first, at most 500; `before` (an order's number) reads on. Show them through `viewOrder`. */
  list(filter: { showId: string; state?: OrderState | undefined; before?: number | undefined }): Promise<Order[]>;
  find(id: string): Promise<Order | undefined>;
  cancelByBuyer(id: string, by?: Mover): Promise<Order>;
  move(id: string, to: OrderState, note: string, by: Mover, once?: Once): Promise<Order>;
  undo(id: string, by: Mover, only?: number): Promise<Order>;
}

export interface Shop {
  sellers: Sellers;
  /** Sellers of rehearsals. */
  practice: Practice;
  catalogue: Catalogue;
  pictures: Pictures;
  delivery: Deliveries;
  quotes: Quotes;
  /** Products as tables, in and out. */
  tables: Tables;
  orders: Orders;
  /** Orders as figures need them. */
  sales: Sales;
  /** Where orders are worked; from its `start` on it tells shops' own systems, so it has to be closed. */
  desk: Desk;
  /** Payments of orders; its clocks are started by `start` and have to be closed. */
  money: Money;
  /** Money that no gateway moves. */
  cash: Cash;
  /** Flash sales and their kin; from its `start` on they are settled in time, so it has to be closed. */
  promotions: ShopPromotions;
  /** How each seller's goods can be paid for. */
  ways: Pick<Ways, 'of'>;
}
