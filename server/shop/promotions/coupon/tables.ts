// Owns the tables of coupons, and of who took them: claims stay when their people are forgotten, as letters that say nothing.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';
import type { CouponDiscount } from '../../../protocol/coupon.ts';

export interface CouponTables {
  coupons: {
    promotion_id: string;
    seller_id: string;
    /** Folded: letters and digits alone. */
    code: string;
    discount: CouponDiscount['kind'];
    /** Minor units of an amount, or percent; 0 where the fee is taken off. */
    value: number;
    minimum_minor: number;
    product_id: string | null;
    uses: number | null;
    /** Orders that hold their goods with it. */
    used: ColumnType<number, number | undefined>;
    once_per_buyer: 0 | 1;
    live_only: 0 | 1;
    pinned: 0 | 1;
  };
  /** Somebody took it with a tap (`order_id` empty), or began an order with it. */
  coupon_claims: {
    promotion_id: string;
    /** Identity of their token. */
    person: string;
    order_id: string;
    at: number;
  };
}

export const couponMigration: Migration = {
  name: '100-shop-promotions-4-coupon',
  statements: [
    `create table coupons (
       promotion_id text primary key references promotions (id) on delete cascade,
       seller_id text not null references sellers (id),
       code text not null check (code <> ''),
       discount text not null check (discount <> ''),
       value integer not null check (value >= 0),
       minimum_minor integer not null check (minimum_minor >= 0),
       product_id text references products (id),
       uses integer check (uses > 0),
       used integer not null default 0 check (used >= 0 and (uses is null or used <= uses)),
       once_per_buyer integer not null check (once_per_buyer in (0, 1)),
       live_only integer not null check (live_only in (0, 1)),
       pinned integer not null check (pinned in (0, 1))
     ) strict, without rowid`,
    // A code may come back when the coupon that had it is over: the newest counts.
    `create index coupons_by_code on coupons (seller_id, code)`,
  ],
};

export const couponClaimMigration: Migration = {
  name: '100-shop-promotions-9-coupon-claims',
  statements: [
    `create table coupon_claims (
       promotion_id text not null references promotions (id) on delete cascade,
       person text not null check (person <> ''),
       order_id text not null,
       at integer not null,
       primary key (promotion_id, person, order_id)
     ) strict, without rowid`,
    `create index coupon_claims_by_person on coupon_claims (person)`,
  ],
};
