// Owns the tables of shows, their shelves and the people and devices that may act on them.
import type { Generated } from 'kysely';
import type { Migration } from '../platform/db/database.ts';
import type { Role } from '../protocol/access.ts';
import type { ShowKind, ShowStatus } from '../protocol/show.ts';
import type { StaffAction } from '../protocol/staff-log.ts';

export interface LiveTables {
  hosts: { id: string; seller_id: string; name: string; created_at: number };
  shows: {
    id: string;
    title: string;
    status: ShowStatus;
    seller_id: string;
    host_id: string;
    poster_picture_id: string | null;
    created_at: number;
    planned_at: number | null;
    started_at: number | null;
    paused_at: number | null;
    grace_until: number | null;
    ended_at: number | null;
    page_url: string | null;
    /** Grows with every change that a calendar shows. */
    calendar_sequence: number;
    kind: ShowKind;
  };
  shelf_items: { show_id: string; product_id: string; position: number };
  /** One row per time a product was pinned; `ended_at` is null while it is. `rank` 0 is the main pin. */
  pin_log: { id: string; show_id: string; product_id: string; rank: number; started_at: number; ended_at: number | null };
  links: {
    id: string;
    code_hash: string;
    role: Role;
    identity: string;
    name: string;
    show_id: string | null;
    /** Of a coach's link that is for a class. */
    class_id: string | null;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
    /** A helper's rights, as a JSON array; nobody else's are looked at. */
    rights: string;
    /** When somebody who came by it was last here. */
    seen_at: number | null;
  };
  sessions: {
    id: string;
    secret_hash: string;
    role: Role;
    identity: string;
    name: string;
    show_id: string | null;
    class_id: string | null;
    link_id: string | null;
    created_at: number;
    expires_at: number;
    revoked_at: number | null;
  };
  /** A show without a row is open to everybody. `origins` is a JSON array. */
  gates: { show_id: string; needs_code: 0 | 1; code_hash: string | null; origins: string; is_hidden: 0 | 1 };
  gate_codes: {
    id: string;
    show_id: string;
    number: number;
    code_hash: string;
    created_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
  /** Shows whose replay was there and is gone. */
  deleted_replays: { show_id: string; deleted_at: number };
  /** `changes` is a JSON object. */
  staff_acts: { position: Generated<number>; seller_id: string; at: number; by_role: Role; by_name: string; action: StaffAction; about: string; changes: string };
  /** Who has been let in, and by which one-time code, if it was one. */
  admissions: { show_id: string; identity: string; code_id: string | null; admitted_at: number };
}

export const liveMigrations: readonly Migration[] = [
  {
    name: '200-live',
    statements: [
      `create table hosts (id text primary key, seller_id text not null, name text not null, created_at integer not null) strict`,
      `create table shows (
         id text primary key, title text not null,
         status text not null check (status in ('planned', 'live', 'paused', 'ended')),
         seller_id text not null, host_id text not null references hosts (id), poster_picture_id text,
         created_at integer not null, planned_at integer, started_at integer, paused_at integer, grace_until integer, ended_at integer
       ) strict`,
      `create index shows_by_status on shows (status, created_at)`,
      `create index shows_by_host on shows (host_id, created_at)`,
      `create table shelf_items (show_id text not null references shows (id), product_id text not null, position integer not null,
         primary key (show_id, product_id)) strict, without rowid`,
      `create index shelf_items_by_product on shelf_items (product_id)`,
      `create table pin_log (id text primary key, show_id text not null references shows (id), product_id text not null,
         rank integer not null check (rank between 0 and 2), started_at integer not null, ended_at integer) strict`,
      `create index pin_log_by_show on pin_log (show_id, started_at)`,
      `create unique index pin_log_current on pin_log (show_id, rank) where ended_at is null`,
      `create table links (id text primary key, code_hash text not null unique, role text not null, identity text not null,
         name text not null, show_id text, created_at integer not null, expires_at integer not null, used_at integer, revoked_at integer) strict`,
      `create index links_by_show on links (show_id)`,
      `create table sessions (id text primary key, secret_hash text not null unique, role text not null, identity text not null,
         name text not null, show_id text, link_id text, created_at integer not null, expires_at integer not null, revoked_at integer) strict`,
      `create index sessions_by_link on sessions (link_id)`,
    ],
  },
  {
    name: '210-gates',
    statements: [
      `alter table shows add column page_url text`,
      `alter table shows add column calendar_sequence integer not null default 0`,
      `create index shows_by_seller on shows (seller_id, status)`,
      `create table gates (show_id text primary key references shows (id) on delete cascade, needs_code integer not null check (needs_code in (0, 1)),
         code_hash text, origins text not null, is_hidden integer not null check (is_hidden in (0, 1))) strict, without rowid`,
      `create table gate_codes (id text primary key, show_id text not null references shows (id) on delete cascade, number integer not null,
         code_hash text not null, created_at integer not null, used_at integer, revoked_at integer,
         unique (show_id, number), unique (show_id, code_hash)) strict`,
      `create table admissions (show_id text not null references shows (id) on delete cascade, identity text not null,
         code_id text references gate_codes (id) on delete cascade, admitted_at integer not null, primary key (show_id, identity)) strict, without rowid`,
      `create index admissions_by_code on admissions (code_id)`,
    ],
  },
  {
    name: '220-replays',
    statements: [
      `create table deleted_replays (show_id text primary key references shows (id) on delete cascade, deleted_at integer not null) strict, without rowid`,
    ],
  },
  {
    name: '230-rights',
    statements: [
      // Links from before have what helpers could do then.
      `alter table links add column rights text not null default '["shelf","stock","chat","orders"]'`,
      `alter table links add column seen_at integer`,
    ],
  },
  {
    name: '240-staff-log',
    statements: [
      `create table staff_acts (position integer primary key, seller_id text not null, at integer not null, by_role text not null, by_name text not null,
         action text not null, about text not null, changes text not null) strict`,
      `create index staff_acts_by_seller on staff_acts (seller_id, position)`,
    ],
  },
  {
    name: '250-rehearsals',
    statements: [
      `alter table shows add column kind text not null default 'live' check (kind in ('live', 'rehearsal'))`,
      `alter table links add column class_id text`,
      `alter table sessions add column class_id text`,
      `create index links_by_class on links (class_id) where class_id is not null`,
    ],
  },
];
