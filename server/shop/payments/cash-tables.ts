// Owns the tables of money that no gateway moves: deliveries and their calls, couriers and their cash, and by which keys a buyer is known again.
import type { Migration } from '../../platform/db/database.ts';
import type { Role } from '../../protocol/access.ts';
import type { CallOutcome, RefusalReason } from '../../protocol/cash.ts';

export interface CashTables {
  couriers: { id: string; seller_id: string; name: string; phone: string; is_archived: 0 | 1; created_at: number };
  courier_cash: {
    id: string;
    courier_id: string;
    at: number;
    amount_minor: number;
    by_role: Role;
    by_name: string;
    note: string;
    taken_back_at: number | null;
    taken_back_by: string;
  };
  /** One row an order from the first thing that is known of its way to the door; what is taken back is set to null again. */
  deliveries: {
    order_id: string;
    courier_id: string | null;
    handed_at: number | null;
    /** When it was delivered or refused. */
    ended_at: number | null;
    collected_minor: number | null;
    refusal_reason: RefusalReason | null;
    refusal_note: string;
  };
  delivery_calls: { order_id: string; position: number; at: number; by_role: Role; by_name: string; outcome: CallOutcome; note: string };
  /** Keyed hashes, so that a buyer is known again without their number being read; empty once they are erased. */
  order_buyers: { order_id: string; seller_id: string; phone_key: string; address_key: string; area: string; placed_at: number };
  /** Amounts by which the seller knows transfers; `closed_at` is null while money is awaited. */
  transfers: { order_id: string; seller_id: string; amount_minor: number; is_unique: 0 | 1; closed_at: number | null };
}

export const cashMigrations: readonly Migration[] = [
  {
    name: '100-shop-7-cash',
    statements: [
      `alter table seller_payment_settings add column payee_name text not null default ''`,
      `alter table seller_payment_settings add column unpaid_per_buyer integer check (unpaid_per_buyer > 0)`,
      `alter table seller_payment_settings add column unpaid_per_address integer check (unpaid_per_address > 0)`,
      `create table couriers (
         id text primary key,
         seller_id text not null references sellers (id),
         name text not null check (name <> ''),
         phone text not null,
         is_archived integer not null default 0 check (is_archived in (0, 1)),
         created_at integer not null
       ) strict`,
      `create index couriers_by_seller on couriers (seller_id, is_archived, created_at)`,
      `create table courier_cash (
         id text primary key,
         courier_id text not null references couriers (id),
         at integer not null,
         amount_minor integer not null check (amount_minor > 0),
         by_role text not null,
         by_name text not null,
         note text not null,
         taken_back_at integer,
         taken_back_by text not null default ''
       ) strict`,
      `create index courier_cash_by_courier on courier_cash (courier_id, at)`,
      `create table deliveries (
         order_id text primary key references orders (id),
         courier_id text references couriers (id),
         handed_at integer,
         ended_at integer,
         collected_minor integer check (collected_minor >= 0),
         refusal_reason text,
         refusal_note text not null default ''
       ) strict, without rowid`,
      `create index deliveries_by_courier on deliveries (courier_id, ended_at) where courier_id is not null`,
      `create table delivery_calls (
         order_id text not null references orders (id),
         position integer not null check (position >= 0),
         at integer not null,
         by_role text not null,
         by_name text not null,
         outcome text not null check (outcome <> ''),
         note text not null,
         primary key (order_id, position)
       ) strict, without rowid`,
      `create table order_buyers (
         order_id text primary key references orders (id),
         seller_id text not null references sellers (id),
         phone_key text not null,
         address_key text not null,
         area text not null,
         placed_at integer not null
       ) strict, without rowid`,
      // Whole, not partial: SQLite uses a partial index only where the query itself says the same, and every order asks these.
      `create index order_buyers_by_phone on order_buyers (seller_id, phone_key, placed_at)`,
      `create index order_buyers_by_address on order_buyers (seller_id, address_key, placed_at)`,
      // Deferred: the amount is chosen before the order that it belongs to is written.
      `create table transfers (
         order_id text primary key references orders (id) deferrable initially deferred,
         seller_id text not null references sellers (id),
         amount_minor integer not null check (amount_minor > 0),
         is_unique integer not null check (is_unique in (0, 1)),
         closed_at integer
       ) strict, without rowid`,
      `create unique index transfers_awaited on transfers (seller_id, amount_minor) where closed_at is null and is_unique = 1`,
      `create index transfers_by_amount on transfers (seller_id, amount_minor, closed_at)`,
      `create index payment_changes_by_time on payment_changes (at)`,
      `create index payments_claimed on payments (order_id) where state = 'claimed'`,
    ],
  },
];
