// Owns the tables of the shop: their rows as kysely sees them, and the migrations that make them.
// Money and stock are guarded by the database itself; words (units, states) are guarded by the protocol alone, because a word
// added to a CHECK would mean rebuilding the table.
import type { ColumnType } from 'kysely';
import type { Migration } from '../platform/db/database.ts';
import type { Currency } from '../protocol/money.ts';
import type { OrderState } from '../protocol/order.ts';
import type { PaymentMethod } from '../protocol/payments.ts';
import type { Unit } from '../protocol/shop.ts';
import type { Role } from '../protocol/access.ts';
import { deliveryMigrations, type DeliveryTables } from './delivery/tables.ts';
import { cashMigrations, type CashTables } from './payments/cash-tables.ts';
import { deskMigrations, type DeskTables } from './desk/tables.ts';
import { paymentMigrations, type PaymentTables } from './payments/tables.ts';
import { playedOrderMigration, practiceMigration, type PracticeTables } from './practice/tables.ts';
import { promotionMigrations, type PromotionTables } from './promotions/tables.ts';

export interface ShopTables extends PracticeTables, PaymentTables, DeliveryTables, DeskTables, CashTables, PromotionTables {
  sellers: {
    id: string;
    name: string;
    currency: Currency;
    last_order_number: number;
    /** Limits of the replays of this seller's shows; null: the server's. */
    retention_days: number | null;
    retention_gb: number | null;
    created_at: number;
    /** Of a practice seller: the real one. */
    practice_of: ColumnType<string | null, string | null | undefined>;
  };
  pictures: { id: string; width: number; height: number; created_at: number };
  products: {
    id: string;
    seller_id: string;
    name: string;
    description: string;
    archived: 0 | 1;
    created_at: number;
    /** JSON of `productFacts`. */
    facts: ColumnType<string, string | undefined>;
    limit_per_buyer: ColumnType<number | null, number | null | undefined>;
  };
  product_pictures: { product_id: string; position: number; picture_id: string };
  variants: {
    id: string;
    product_id: string;
    position: number;
    label: string;
    unit: Unit;
    price_minor: number;
    stock: number;
    sku: ColumnType<string, string | undefined>;
    weight_grams: ColumnType<number | null, number | null | undefined>;
    /** Empty: the product's. */
    grade: ColumnType<string, string | undefined>;
    /** JSON of `specs`. */
    specs: ColumnType<string, string | undefined>;
    archived: ColumnType<0 | 1, 0 | 1 | undefined>;
  };
  orders: {
    id: string;
    seller_id: string;
    number: number;
    show_id: string;
    state: OrderState;
    payment: PaymentMethod;
    currency: Currency;
    total_minor: number;
    delivery_minor: number;
    buyer_name: string;
    buyer_phone: string;
    buyer_address: string;
    note: string;
    placed_at: number;
    changed_at: number;
    synthetic: 0 | 1;
    /** 1: it takes its goods with its money, not before. */
    first_paid: 0 | 1;
  };
  order_lines: {
    order_id: string;
    variant_id: string;
    position: number;
    product_id: string;
    name: string;
    label: string;
    grade: string;
    trace_code: string;
    unit: Unit;
    unit_price_minor: number;
    quantity: number;
    total_minor: number;
    picture_id: string | null;
  };
  order_changes: {
    order_id: string;
    position: number;
    from_state: OrderState | null;
    to_state: OrderState;
    at: number;
    by_role: Role | 'system';
    by_name: string;
    note: string;
    /** Position of the change that this one took back. */
    undoes: number | null;
  };
}

export const shopMigrations: readonly Migration[] = [
  {
    name: '100-shop-1-sellers',
    statements: [
      `create table sellers (
         id text primary key,
         name text not null check (name <> ''),
         currency text not null check (length(currency) = 3),
         last_order_number integer not null default 0 check (last_order_number >= 0),
         created_at integer not null
       ) strict`,
    ],
  },
  {
    name: '100-shop-2-catalogue',
    statements: [
      `create table pictures (
         id text primary key,
         width integer not null check (width > 0),
         height integer not null check (height > 0),
         created_at integer not null
       ) strict`,
      `create table products (
         id text primary key,
         seller_id text not null references sellers (id),
         name text not null check (name <> ''),
         description text not null,
         archived integer not null default 0 check (archived in (0, 1)),
         created_at integer not null
       ) strict`,
      `create index products_by_seller on products (seller_id, archived, created_at)`,
      `create table product_pictures (
         product_id text not null references products (id),
         position integer not null check (position >= 0),
         picture_id text not null references pictures (id),
         primary key (product_id, position)
       ) strict, without rowid`,
      `create table variants (
         id text primary key,
         product_id text not null references products (id),
         position integer not null check (position >= 0),
         label text not null,
         unit text not null check (unit <> ''),
         price_minor integer not null check (price_minor > 0),
         stock integer not null check (stock >= 0)
       ) strict`,
      `create index variants_by_product on variants (product_id, position)`,
    ],
  },
  {
    name: '100-shop-3-orders',
    statements: [
      `create table orders (
         id text primary key,
         seller_id text not null references sellers (id),
         number integer not null check (number > 0),
         show_id text not null,
         state text not null check (state <> ''),
         payment text not null check (payment <> ''),
         currency text not null check (length(currency) = 3),
         total_minor integer not null check (total_minor between 1 and 9007199254740991),
         buyer_name text not null,
         buyer_phone text not null,
         buyer_address text not null,
         note text not null,
         placed_at integer not null,
         changed_at integer not null
       ) strict`,
      `create unique index orders_by_seller on orders (seller_id, number)`,
      `create index orders_by_show on orders (show_id, number)`,
      `create index orders_by_show_and_state on orders (show_id, state, number)`,
      // One row per variant: giving stock back joins on it and must meet each variant once.
      `create table order_lines (
         order_id text not null references orders (id),
         variant_id text not null references variants (id),
         position integer not null check (position >= 0),
         product_id text not null references products (id),
         name text not null,
         label text not null,
         unit text not null,
         unit_price_minor integer not null check (unit_price_minor > 0),
         quantity integer not null check (quantity between 1 and 999),
         total_minor integer not null check (total_minor = unit_price_minor * quantity),
         picture_id text references pictures (id),
         primary key (order_id, variant_id)
       ) strict, without rowid`,
      `create table order_changes (
         order_id text not null references orders (id),
         position integer not null check (position >= 0),
         from_state text,
         to_state text not null,
         at integer not null,
         by_role text not null,
         by_name text not null,
         note text not null,
         undoes integer,
         primary key (order_id, position)
       ) strict, without rowid`,
    ],
  },
  {
    name: '100-shop-4-retention',
    statements: [
      `alter table sellers add column retention_days integer check (retention_days >= 0)`,
      `alter table sellers add column retention_gb integer check (retention_gb > 0)`,
    ],
  },
  ...paymentMigrations,
  ...deskMigrations,
  ...cashMigrations,
  ...deliveryMigrations,
  ...promotionMigrations,
  {
    name: '100-shop-grades',
    statements: [
      `alter table variants add column grade text not null default ''`,
      `alter table variants add column specs text not null default '[]' check (json_valid(specs))`,
      `alter table variants add column archived integer not null default 0 check (archived in (0, 1))`,
      `alter table order_lines add column grade text not null default ''`,
      `alter table order_lines add column trace_code text not null default ''`,
    ],
  },
  practiceMigration,
  playedOrderMigration,
  {
    name: '100-shop-stock-policy',
    statements: [
      `alter table seller_payment_settings add column stock_policy text not null default 'order' check (stock_policy <> '')`,
      `alter table orders add column first_paid integer not null default 0 check (first_paid in (0, 1))`,
    ],
  },
];
