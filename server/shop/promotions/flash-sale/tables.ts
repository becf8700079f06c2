// Owns the table of flash sales.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';

export interface FlashSaleTables {
  flash_sales: {
    promotion_id: string;
    product_id: string;
    variant_id: string;
    price_minor: number;
    units: number;
    per_buyer: number | null;
    /** Pieces in orders that hold their goods. */
    taken: ColumnType<number, number | undefined>;
  };
}

export const flashSaleMigration: Migration = {
  name: '100-shop-promotions-3-flash-sale',
  statements: [
    `create table flash_sales (
       promotion_id text primary key references promotions (id) on delete cascade,
       product_id text not null references products (id),
       variant_id text not null references variants (id),
       price_minor integer not null check (price_minor > 0),
       units integer not null check (units > 0),
       per_buyer integer check (per_buyer > 0),
       taken integer not null default 0 check (taken between 0 and units)
     ) strict, without rowid`,
  ],
};
