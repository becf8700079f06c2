// Owns the tables that all kinds of promotions share: the promotion itself, and what it took off orders.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../platform/db/database.ts';
import type { PromotionEnd, PromotionKind, PromotionState } from '../../protocol/promotion-shape.ts';
import { auctionMigration, type AuctionTables } from './auction/tables.ts';
import { couponClaimMigration, couponMigration, type CouponTables } from './coupon/tables.ts';
import { drawMigration, type DrawTables, prizeSentMigration } from './draw/tables.ts';
import { flashSaleMigration, type FlashSaleTables } from './flash-sale/tables.ts';
import { groupBuyMigration, type GroupBuyTables } from './group-buy/tables.ts';
import { lotMigration, type LotTables } from './lots/tables.ts';
import { priceRecordMigration, type PriceRecordTables } from './price-record/tables.ts';
import { waitlistMigration, type WaitlistTables } from './waitlist/tables.ts';

export interface PromotionTables extends CouponTables, DrawTables, FlashSaleTables, PriceRecordTables, WaitlistTables, LotTables, GroupBuyTables, AuctionTables {
  promotions: {
    id: string;
    show_id: string;
    seller_id: string;
    kind: PromotionKind;
    title: string;
    by_name: string;
    created_at: number;
    /** From when viewers see it: where its countdown begins. */
    shown_at: number;
    starts_at: number;
    ends_at: number | null;
    ended_at: ColumnType<number | null, number | null | undefined>;
    ended_why: ColumnType<PromotionEnd | null, PromotionEnd | null | undefined>;
    revision: number;
    /** State that the room was last told: where it is not the present one, the clock has moved on since. */
    told_state: PromotionState;
  };
  order_discounts: {
    order_id: string;
    position: number;
    promotion_id: string;
    kind: PromotionKind;
    title: string;
    variant_id: string | null;
    quantity: number;
    amount_minor: number;
  };
}

export const promotionMigrations: readonly Migration[] = [
  {
    name: '100-shop-promotions-1-core',
    statements: [
      `create table promotions (
         id text primary key,
         show_id text not null,
         seller_id text not null references sellers (id),
         kind text not null check (kind <> ''),
         title text not null,
         by_name text not null,
         created_at integer not null,
         shown_at integer not null,
         starts_at integer not null check (starts_at >= shown_at),
         ends_at integer check (ends_at > starts_at),
         ended_at integer,
         ended_why text,
         revision integer not null default 1,
         told_state text not null,
         check ((ended_at is null) = (ended_why is null))
       ) strict`,
      `create index promotions_by_show on promotions (show_id, created_at)`,
      // Those that somebody still has to be told of: a handful, however many there have been.
      `create index promotions_open on promotions (show_id, kind) where told_state <> 'over'`,
      `create table order_discounts (
         order_id text not null references orders (id),
         position integer not null check (position >= 0),
         promotion_id text not null references promotions (id),
         kind text not null check (kind <> ''),
         title text not null,
         variant_id text references variants (id),
         quantity integer not null check (quantity between 0 and 999),
         amount_minor integer not null check (amount_minor > 0),
         primary key (order_id, position)
       ) strict, without rowid`,
      `create index order_discounts_by_promotion on order_discounts (promotion_id)`,
    ],
  },
  priceRecordMigration,
  flashSaleMigration,
  couponMigration,
  drawMigration,
  waitlistMigration,
  lotMigration,
  groupBuyMigration,
  auctionMigration,
  prizeSentMigration,
  couponClaimMigration,
];
