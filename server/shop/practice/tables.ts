// Owns the tables of practice: of which seller's products these are copies, and what each cost when it was copied.
import type { Migration } from '../../platform/db/database.ts';

export interface PracticeTables {
  practice_products: { product_id: string; source_id: string };
  /** `price_minor` is that of the original when it was copied. */
  practice_variants: { variant_id: string; source_id: string; price_minor: number };
}

export const practiceMigration: Migration = {
  name: '100-shop-practice-1-core',
  statements: [
    `alter table sellers add column practice_of text references sellers (id)`,
    `create index sellers_by_practice on sellers (practice_of) where practice_of is not null`,
    // The originals are no reference: a product may go while somebody practises with its copy.
    `create table practice_products (product_id text primary key references products (id), source_id text not null) strict, without rowid`,
    `create table practice_variants (variant_id text primary key references variants (id), source_id text not null,
       price_minor integer not null) strict, without rowid`,
  ],
};

export const playedOrderMigration: Migration = {
  name: '100-shop-practice-2-played',
  // 1: placed by nobody, an audience that is played.
  statements: [`alter table orders add column synthetic integer not null default 0 check (synthetic in (0, 1))`],
};
