// Owns the tables of group buys: the group, and the orders that joined it. How many buyers there are is counted in the orders themselves.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';

export interface GroupBuyTables {
  group_buys: {
    promotion_id: string;
    product_id: string;
    variant_id: string;
    /** JSON of the tiers. */
    tiers: string;
    pick_up_address: string | null;
    pick_up_note: string;
    /** When it was counted for good; `reached` stands from then on. */
    closed_at: ColumnType<number | null, number | null | undefined>;
    reached: ColumnType<number | null, number | null | undefined>;
    buyers: ColumnType<number | null, number | null | undefined>;
  };
  group_buy_orders: {
    order_id: string;
    promotion_id: string;
    quantity: number;
    /** What its pieces cost when it was placed. */
    goods_minor: number;
    /** When the result was brought to it. */
    settled_at: ColumnType<number | null, number | null | undefined>;
  };
}

export const groupBuyMigration: Migration = {
  name: '100-shop-promotions-6-group-buy',
  statements: [
    `create table group_buys (
       promotion_id text primary key references promotions (id) on delete cascade,
       product_id text not null references products (id),
       variant_id text not null references variants (id),
       tiers text not null,
       pick_up_address text,
       pick_up_note text not null default '',
       closed_at integer,
       reached integer check (reached >= -1),
       buyers integer check (buyers >= 0),
       check ((closed_at is null) = (reached is null))
     ) strict, without rowid`,
    `create index group_buys_open on group_buys (promotion_id) where closed_at is null`,
    `create table group_buy_orders (
       order_id text primary key references orders (id),
       promotion_id text not null references promotions (id),
       quantity integer not null check (quantity between 1 and 999),
       goods_minor integer not null check (goods_minor > 0),
       settled_at integer
     ) strict, without rowid`,
    `create index group_buy_orders_by_promotion on group_buy_orders (promotion_id)`,
    `create index group_buy_orders_open on group_buy_orders (promotion_id) where settled_at is null`,
  ],
};
