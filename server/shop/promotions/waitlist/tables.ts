// Owns the table of places on waitlists. A place belongs to a show, the order of places to the variant: stock knows no shows.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';
import type { WaitState } from '../../../protocol/waitlist.ts';

export interface WaitlistTables {
  waits: {
    id: string;
    show_id: string;
    seller_id: string;
    product_id: string;
    variant_id: string;
    /** Who waits, as their token says. */
    identity: string;
    /** Counts up over all places of a variant. */
    position: number;
    quantity: number;
    state: WaitState;
    joined_at: number;
    /** Pieces taken off the stock for this place; above 0 in state `held` alone. */
    held: ColumnType<number, number | undefined>;
    hold_until: ColumnType<number | null, number | null | undefined>;
    ended_at: ColumnType<number | null, number | null | undefined>;
  };
}

export const waitlistMigration: Migration = {
  name: '100-shop-promotions-waitlist',
  statements: [
    `create table waits (
       id text primary key,
       show_id text not null,
       seller_id text not null references sellers (id),
       product_id text not null references products (id),
       variant_id text not null references variants (id),
       identity text not null,
       position integer not null,
       quantity integer not null check (quantity > 0),
       state text not null check (state <> ''),
       joined_at integer not null,
       held integer not null default 0 check (held between 0 and quantity),
       hold_until integer,
       ended_at integer,
       check ((state = 'held') = (held > 0) and (state = 'held') = (hold_until is not null)),
       check ((state in ('waiting', 'held')) = (ended_at is null))
     ) strict, without rowid`,
    `create unique index waits_position on waits (variant_id, position)`,
    `create unique index waits_standing on waits (identity, show_id, variant_id) where ended_at is null`,
    `create index waits_by_show on waits (show_id, variant_id)`,
    `create index waits_by_identity on waits (identity)`,
    // Looked at in every transaction of the shop: as long as nobody waits it is empty.
    `create index waits_waiting on waits (variant_id, position) where state = 'waiting'`,
    `create index waits_held on waits (hold_until) where state = 'held'`,
  ],
};
