// Owns the tables of lucky draws. Entries stay when their people are forgotten: without an identity they are letters in a list.
import type { ColumnType } from 'kysely';
import type { Migration } from '../../../platform/db/database.ts';
import type { Draw } from '../../../protocol/draw.ts';

export interface DrawTables {
  draws: {
    promotion_id: string;
    prizes: number;
    entry: Draw['entry'];
    word: string | null;
    followers_only: 0 | 1;
    /** Told to nobody before `drawn_at`. */
    seed: string;
    commitment: string;
    entries: ColumnType<number, number | undefined>;
    drawn_at: ColumnType<number | null, number | null | undefined>;
  };
  draw_entries: {
    promotion_id: string;
    /** From 1, in the order in which they were taken. */
    position: number;
    entry: string;
    /** Empty: the person was forgotten. */
    identity: string;
    at: number;
  };
  draw_winners: {
    promotion_id: string;
    /** Which prize, from 0. */
    place: number;
    /** Of the entry. */
    position: number;
    name: ColumnType<string, string | undefined>;
    phone: ColumnType<string, string | undefined>;
    address: ColumnType<string, string | undefined>;
    left_at: ColumnType<number | null, number | null | undefined>;
    /** When the staff noted that the prize is on its way or handed over; null: not yet. */
    sent_at: ColumnType<number | null, number | null | undefined>;
  };
}

export const drawMigration: Migration = {
  name: '100-shop-promotions-5-draw',
  statements: [
    `create table draws (
       promotion_id text primary key references promotions (id) on delete cascade,
       prizes integer not null check (prizes > 0),
       entry text not null check (entry <> ''),
       word text,
       followers_only integer not null check (followers_only in (0, 1)),
       seed text not null,
       commitment text not null,
       entries integer not null default 0 check (entries >= 0),
       drawn_at integer
     ) strict, without rowid`,
    `create index draws_open on draws (promotion_id) where drawn_at is null`,
    `create table draw_entries (
       promotion_id text not null references draws (promotion_id) on delete cascade,
       position integer not null check (position > 0),
       entry text not null,
       identity text not null,
       at integer not null,
       primary key (promotion_id, position)
     ) strict, without rowid`,
    `create unique index draw_entries_by_entry on draw_entries (promotion_id, entry)`,
    `create unique index draw_entries_by_identity on draw_entries (identity, promotion_id) where identity <> ''`,
    `create table draw_winners (
       promotion_id text not null references draws (promotion_id) on delete cascade,
       place integer not null check (place >= 0),
       position integer not null,
       name text not null default '',
       phone text not null default '',
       address text not null default '',
       left_at integer,
       primary key (promotion_id, place),
       foreign key (promotion_id, position) references draw_entries (promotion_id, position)
     ) strict, without rowid`,
    `create unique index draw_winners_by_position on draw_winners (promotion_id, position)`,
  ],
};

export const prizeSentMigration: Migration = {
  name: '100-shop-promotions-prize-sent',
  statements: [`alter table draw_winners add column sent_at integer`],
};
