// Owns the table of prices as they were: every list price and every deal price of a variant, from when until when.
import type { Generated } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';

export interface PriceRecordTables {
  price_record: {
    position: Generated<number>;
    variant_id: string;
    kind: 'list' | 'deal';
    price_minor: number;
    from_at: number;
    /** Null: in force, and nobody knows until when. */
    until_at: number | null;
    /** Of a deal. */
    promotion_id: string | null;
  };
}

export const priceRecordMigration: Migration = {
  name: '100-shop-promotions-2-price-record',
  statements: [
    `create table price_record (
       position integer primary key,
       variant_id text not null references variants (id),
       kind text not null check (kind in ('list', 'deal')),
       price_minor integer not null check (price_minor > 0),
       from_at integer not null,
       until_at integer check (until_at >= from_at),
       promotion_id text,
       check ((kind = 'deal') = (promotion_id is not null))
     ) strict`,
    `create index price_record_by_variant on price_record (variant_id, from_at)`,
    `create unique index price_record_in_force on price_record (variant_id) where kind = 'list' and until_at is null`,
    `create index price_record_by_promotion on price_record (promotion_id) where promotion_id is not null`,
    // What it was before is not known: the record says nothing of it.
    `insert into price_record (variant_id, kind, price_minor, from_at) select id, 'list', price_minor, unixepoch() * 1000 from variants`,
  ],
};
