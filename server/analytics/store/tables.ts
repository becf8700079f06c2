// Owns the tables of figures, in a file of their own: telemetry never waits for an order's transaction, nor an order for it, and the file
// can be deleted without harm to anything that sells.
import type { Migration } from '../../platform/db/database.ts';

export interface AnalyticsTables {
  /** A show that anything was measured of. Its number stands in all other tables, because they have many rows. */
  shows: {
    number: number;
    show_id: string;
    seller_id: string;
    started_at: number | null;
    ended_at: number | null;
    /** Until when the host was last seen to send. */
    air_until: number;
    /** 1 once raw events or links to people were taken away: roll-ups cannot be made again from them. */
    raw_is_cut: 0 | 1;
  };
  /** Raw events in the order they were counted, as deflated lines. */
  raw_chunks: { show: number; position: number; base: number; last_at: number; events: number; lines: Uint8Array };
  sums: { show: number; phase: string; minute: number; counter: string; subject: string; amount: number };
  sets: { show: number; phase: string; name: string; subject: string; members: Uint8Array };
  devices: {
    show: number;
    number: number;
    /** What the page calls itself; null once its time is over. */
    device: string | null;
    mark: string;
    first_at: number;
    /** The first half of its address; empty: of a network that is not told apart. */
    area: string;
    /** Of whoever it belongs to: a key in this show alone. */
    person: string | null;
    /** The same key in all shows, of who agreed to it. */
    person_across: string | null;
    story: string;
    /** Pages of it that were heard of lately. */
    pages: string;
  };
  /** Orders placed after the end by who had watched the replay. */
  replay_orders: { show: number; order_id: string };
  /** Reports that a seller's own system is to be told; `due_at` null: given up. */
  reports_to_tell: { show: number; due_at: number | null; attempts: number };
}

export const analyticsMigrations: readonly Migration[] = [
  {
    name: '400-analytics',
    statements: [
      `create table shows (number integer primary key, show_id text not null unique, seller_id text not null, started_at integer, ended_at integer,
         air_until integer not null default 0, raw_is_cut integer not null default 0) strict`,
      `create index shows_by_seller on shows (seller_id, started_at)`,
      `create table raw_chunks (show integer not null references shows (number) on delete cascade, position integer not null, base integer not null, last_at integer not null,
         events integer not null, lines blob not null, primary key (show, position)) strict`,
      `create table sums (show integer not null references shows (number) on delete cascade, phase text not null, minute integer not null, counter text not null,
         subject text not null, amount integer not null, primary key (show, phase, counter, minute, subject)) strict, without rowid`,
      `create table sets (show integer not null references shows (number) on delete cascade, phase text not null, name text not null, subject text not null,
         members blob not null, primary key (show, phase, name, subject)) strict, without rowid`,
      `create table devices (show integer not null references shows (number) on delete cascade, number integer not null, device text, mark text not null,
         first_at integer not null, person text, person_across text, story text not null, pages text not null, primary key (show, number)) strict, without rowid`,
      `create index devices_by_person on devices (show, person) where person is not null`,
      `create table replay_orders (show integer not null references shows (number) on delete cascade, order_id text not null, primary key (show, order_id)) strict, without rowid`,
      `create table reports_to_tell (show integer primary key references shows (number) on delete cascade, due_at integer, attempts integer not null default 0) strict`,
    ],
  },
  {
    name: '401-analytics-areas',
    statements: [
      `alter table devices add column area text not null default ''`,
      // Their rows are wide, and all of a year's shows are asked for at once.
      `create index devices_by_person_across on devices (show, mark, person_across)`,
    ],
  },
];
