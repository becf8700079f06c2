// Owns the tables of payments: one row an order, every change of it, what needs a person, and how each seller is paid.
import type { Generated } from 'kysely';
import type { Migration } from '../../platform/db/database.ts';
import type { Role } from '../../protocol/access.ts';
import type { StockPolicy } from '../../protocol/cash.ts';
import type { MoneyState, PaymentMethod, PaymentProblemKind } from '../../protocol/payments.ts';

export interface PaymentTables {
  payments: {
    order_id: string;
    method: PaymentMethod;
    state: MoneyState;
    due_minor: number;
    paid_minor: number;
    refunded_minor: number;
    /** Set exactly while goods are held for money that has not come. */
    hold_until: number | null;
    is_processing: 0 | 1;
    reference: string | null;
    /** Who ordered, as their token said; empty once the order is placed and told. */
    identity: string;
  };
  payment_changes: {
    order_id: string;
    position: number;
    at: number;
    by_role: Role | 'system';
    by_name: string;
    from_state: MoneyState | null;
    to_state: MoneyState;
    amount_minor: number;
    why: string;
  };
  payment_problems: {
    id: string;
    kind: PaymentProblemKind;
    order_id: string | null;
    amount_minor: number | null;
    currency: string | null;
    gateway_ref: string | null;
    detail: string;
    at: number;
    settled_at: number | null;
    settled_by: string;
    settled_note: string;
  };
  /** A seller without a row is paid on delivery, and through Stripe where the server has keys. */
  seller_payment_settings: {
    seller_id: string;
    cod: Generated<0 | 1>;
    transfer: Generated<0 | 1>;
    stripe: Generated<0 | 1>;
    /** The seller's receive code; without it there is no transfer. */
    qr_picture_id: string | null;
    transfer_hold_minutes: Generated<number>;
    /** The seller's connected account at Stripe. */
    stripe_account: string | null;
    /** What the platform keeps of a payment to a connected account, in hundredths of a percent. */
    application_fee_bps: Generated<number>;
    /** The payment is made on behalf of that account. */
    is_merchant: Generated<0 | 1>;
    /** Whose receive code it is; of cash-tables.ts, as what follows. */
    payee_name: Generated<string>;
    unpaid_per_buyer: number | null;
    unpaid_per_address: number | null;
    stock_policy: Generated<StockPolicy>;
  };
  payment_refunds: {
    id: string;
    order_id: string;
    amount_minor: number;
    state: 'asked' | 'done' | 'failed';
    by_role: Role | 'system';
    by_name: string;
    note: string;
    /** Counts the keys under which the gateway was asked: a key that it answered with a fault of its own is spent. */
    attempt: number;
    gateway_ref: string | null;
    created_at: number;
    next_try_at: number;
  };
  stripe_payments: {
    order_id: string;
    ui: 'checkout-session' | 'payment-intent';
    /** As in `payment_refunds`. */
    attempt: number;
    session_id: string | null;
    intent_id: string | null;
    /** Connected account that gets the money; null: the platform's own. */
    account: string | null;
    fee_minor: number;
    /** Whether it is made on behalf of `account`. */
    is_merchant: 0 | 1;
    /** The order is over but its session or intent may still take money until Stripe has closed it. */
    is_closing: 0 | 1;
    created_at: number;
    next_check_at: number | null;
  };
  stripe_events: {
    id: string;
    type: string;
    account: string | null;
    livemode: 0 | 1;
    /** Id of the object that it is about. */
    object_id: string;
    intent_id: string | null;
    /** What the object says which order it is for. */
    order_id: string | null;
    received_at: number;
    done_at: number | null;
    next_try_at: number;
  };
}

export const paymentMigrations: readonly Migration[] = [
  {
    name: '100-shop-5-payments',
    statements: [
      `alter table orders add column delivery_minor integer not null default 0 check (delivery_minor >= 0)`,
      `create table payments (
         order_id text primary key references orders (id),
         method text not null check (method <> ''),
         state text not null check (state <> ''),
         due_minor integer not null check (due_minor >= 0),
         paid_minor integer not null default 0 check (paid_minor >= 0),
         refunded_minor integer not null default 0 check (refunded_minor between 0 and paid_minor),
         hold_until integer,
         is_processing integer not null default 0 check (is_processing in (0, 1)),
         reference text,
         identity text not null
       ) strict, without rowid`,
      `create index payments_by_hold on payments (hold_until) where hold_until is not null`,
      `create table payment_changes (
         order_id text not null references orders (id),
         position integer not null check (position >= 0),
         at integer not null,
         by_role text not null,
         by_name text not null,
         from_state text,
         to_state text not null,
         amount_minor integer not null,
         why text not null,
         primary key (order_id, position)
       ) strict, without rowid`,
      `create table payment_problems (
         id text primary key,
         kind text not null check (kind <> ''),
         order_id text references orders (id),
         amount_minor integer,
         currency text,
         gateway_ref text,
         detail text not null,
         at integer not null,
         settled_at integer,
         settled_by text not null default '',
         settled_note text not null default ''
       ) strict`,
      `create index payment_problems_open on payment_problems (order_id) where settled_at is null`,
      `create table seller_payment_settings (
         seller_id text primary key references sellers (id),
         cod integer not null default 1 check (cod in (0, 1)),
         transfer integer not null default 1 check (transfer in (0, 1)),
         stripe integer not null default 1 check (stripe in (0, 1)),
         qr_picture_id text references pictures (id),
         transfer_hold_minutes integer not null default 120 check (transfer_hold_minutes > 0),
         stripe_account text,
         application_fee_bps integer not null default 0 check (application_fee_bps between 0 and 10000)
       ) strict, without rowid`,
      `create table payment_refunds (
         id text primary key,
         order_id text not null references orders (id),
         amount_minor integer not null check (amount_minor > 0),
         state text not null check (state <> ''),
         by_role text not null,
         by_name text not null,
         note text not null,
         attempt integer not null default 1,
         gateway_ref text,
         created_at integer not null,
         next_try_at integer not null
       ) strict`,
      `create index payment_refunds_by_order on payment_refunds (order_id)`,
      `create index payment_refunds_asked on payment_refunds (order_id) where state = 'asked'`,
      // Orders from before there was any other way were all cash on delivery.
      `insert into payments (order_id, method, state, due_minor, identity) select id, payment, 'due', total_minor, '' from orders`,
    ],
  },
  {
    name: '100-shop-6-stripe',
    statements: [
      `create table stripe_payments (
         order_id text primary key references orders (id),
         ui text not null check (ui <> ''),
         attempt integer not null default 1,
         session_id text unique,
         intent_id text unique,
         account text,
         fee_minor integer not null default 0 check (fee_minor >= 0),
         is_closing integer not null default 0 check (is_closing in (0, 1)),
         created_at integer not null,
         next_check_at integer
       ) strict, without rowid`,
      `create index stripe_payments_by_check on stripe_payments (next_check_at) where next_check_at is not null`,
      `create table stripe_events (
         id text primary key,
         type text not null,
         account text,
         livemode integer not null check (livemode in (0, 1)),
         object_id text not null,
         intent_id text,
         order_id text,
         received_at integer not null,
         done_at integer,
         next_try_at integer not null
       ) strict, without rowid`,
      `create index stripe_events_open on stripe_events (next_try_at) where done_at is null`,
    ],
  },
  {
    name: '100-shop-9-merchants',
    statements: [
      `alter table seller_payment_settings add column is_merchant integer not null default 0 check (is_merchant in (0, 1))`,
      `alter table stripe_payments add column is_merchant integer not null default 0 check (is_merchant in (0, 1))`,
    ],
  },
];
