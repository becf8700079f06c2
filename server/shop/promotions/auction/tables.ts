// Owns the tables of auctions: the auction as it stands, who bids, and every bid.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';
import type { PaymentMethod } from '../../../protocol/payments.ts';

export interface AuctionTables {
  auctions: {
    promotion_id: string;
    product_id: string;
    variant_id: string;
    start_minor: number;
    /** JSON of the steps. */
    steps: string;
    extension_ms: number;
    /** Number of who leads; null: nobody has bid. */
    leader: ColumnType<number | null, number | null | undefined>;
    leader_max_minor: ColumnType<number | null, number | null | undefined>;
    price_minor: number;
    bids: ColumnType<number, number | undefined>;
    /** The piece is off the shelf and in no order: given back or sold exactly once. */
    holds_unit: 0 | 1;
    /** When the hammer fell, or it was called off. */
    settled_at: ColumnType<number | null, number | null | undefined>;
    /** The order of who has it, or had it last. */
    order_id: ColumnType<string | null, string | null | undefined>;
    /** When who bid is erased; null: not known yet, or done. */
    erase_at: ColumnType<number | null, number | null | undefined>;
  };
  /** Who they are is kept until a day after the hammer, and with the order of who won. */
  auction_bidders: {
    promotion_id: string;
    bidder: number;
    /** As their token says; empty once they are erased. */
    identity: string;
    name: string;
    phone: string;
    address: string;
    note: string;
    payment: PaymentMethod;
    delivery_minor: number;
    max_minor: number;
    last_bid_at: number;
    /** They asked to be forgotten: what holds them to their bid goes with the auction. */
    is_forgotten: ColumnType<0 | 1, 0 | 1 | undefined>;
    /** The order that they got. */
    order_id: ColumnType<string | null, string | null | undefined>;
  };
  auction_bids: { promotion_id: string; position: number; bidder: number; max_minor: number; at: number };
}

export const auctionMigration: Migration = {
  name: '100-shop-promotions-7-auction',
  statements: [
    `create table auctions (
       promotion_id text primary key references promotions (id) on delete cascade,
       product_id text not null references products (id),
       variant_id text not null references variants (id),
       start_minor integer not null check (start_minor > 0),
       steps text not null,
       extension_ms integer not null check (extension_ms >= 0),
       leader integer,
       leader_max_minor integer,
       price_minor integer not null check (price_minor > 0),
       bids integer not null default 0 check (bids >= 0),
       holds_unit integer not null check (holds_unit in (0, 1)),
       settled_at integer,
       order_id text references orders (id),
       erase_at integer,
       check ((leader is null) = (leader_max_minor is null)),
       check (leader_max_minor >= price_minor)
     ) strict, without rowid`,
    `create index auctions_open on auctions (promotion_id) where settled_at is null`,
    `create index auctions_by_erasure on auctions (erase_at) where erase_at is not null`,
    `create table auction_bidders (
       promotion_id text not null references auctions (promotion_id) on delete cascade,
       bidder integer not null check (bidder >= 0),
       identity text not null,
       name text not null,
       phone text not null,
       address text not null,
       note text not null,
       payment text not null check (payment <> ''),
       delivery_minor integer not null check (delivery_minor >= 0),
       max_minor integer not null check (max_minor > 0),
       last_bid_at integer not null,
       is_forgotten integer not null default 0 check (is_forgotten in (0, 1)),
       order_id text references orders (id),
       primary key (promotion_id, bidder)
     ) strict, without rowid`,
    `create unique index auction_bidders_by_identity on auction_bidders (identity, promotion_id) where identity <> ''`,
    `create index auction_bidders_by_order on auction_bidders (order_id) where order_id is not null`,
    `create table auction_bids (
       promotion_id text not null references auctions (promotion_id) on delete cascade,
       position integer not null check (position >= 0),
       bidder integer not null,
       max_minor integer not null check (max_minor > 0),
       at integer not null,
       primary key (promotion_id, position)
     ) strict, without rowid`,
  ],
};
