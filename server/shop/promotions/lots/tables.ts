// Owns the tables of harvest lots: the lots, the numbers that came back, and which pieces of which order are from where.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';

export interface LotTables {
  lots: {
    id: string;
    variant_id: string;
    position: number;
    name: string;
    harvested_on: string | null;
    quota: number;
    is_numbered: 0 | 1;
    is_closed: ColumnType<0 | 1, 0 | 1 | undefined>;
    /** Pieces in orders that hold their goods. */
    taken: ColumnType<number, number | undefined>;
    /** Number that no piece has had yet; smaller ones that are free lie in `lot_free`. */
    next_number: ColumnType<number, number | undefined>;
    created_at: number;
  };
  /** Runs of numbers that came back. */
  lot_free: { lot_id: string; first_number: number; quantity: number };
  order_lots: { order_id: string; variant_id: string; lot_id: string; first_number: number; quantity: number };
}

export const lotMigration: Migration = {
  name: '100-shop-promotions-lots',
  statements: [
    `create table lots (
       id text primary key,
       variant_id text not null references variants (id),
       position integer not null,
       name text not null check (name <> ''),
       harvested_on text,
       quota integer not null check (quota > 0),
       is_numbered integer not null check (is_numbered in (0, 1)),
       is_closed integer not null default 0 check (is_closed in (0, 1)),
       taken integer not null default 0 check (taken between 0 and quota),
       next_number integer not null default 1 check (next_number between 1 and quota + 1),
       created_at integer not null
     ) strict, without rowid`,
    `create unique index lots_by_variant on lots (variant_id, position)`,
    `create table lot_free (
       lot_id text not null references lots (id),
       first_number integer not null check (first_number > 0),
       quantity integer not null check (quantity > 0),
       primary key (lot_id, first_number)
     ) strict, without rowid`,
    // A piece of a lot is in one order at most, because no number begins two runs.
    `create table order_lots (
       order_id text not null references orders (id),
       variant_id text not null,
       lot_id text not null references lots (id),
       first_number integer not null check (first_number > 0),
       quantity integer not null check (quantity > 0),
       primary key (lot_id, first_number)
     ) strict, without rowid`,
    `create index order_lots_by_order on order_lots (order_id, variant_id)`,
  ],
};
