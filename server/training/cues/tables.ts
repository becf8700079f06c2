// Owns the tables of cue cards and scripts. They are the real seller's, never a practice seller's, and hold words about goods alone.
import type { Migration } from '../../platform/db/database.ts';
import type { ScriptLang } from '../../protocol/cue-limits.ts';

export interface CueTables {
  /** `lines`, `must_say` and `objections` as JSON. */
  cue_cards: { product_id: string; lines: string; must_say: string; objections: string; changed_at: number; changed_by: string };
  /** `version` is the newest. */
  scripts: { id: string; seller_id: string; title: string; lang: ScriptLang; version: number; changed_at: number };
  /** `steps` as JSON, with products of the real seller. */
  script_versions: { script_id: string; version: number; at: number; by_name: string; title: string; lang: ScriptLang; steps: string };
  show_scripts: { show_id: string; script_id: string };
}

export const cueMigration: Migration = {
  name: '540-cues',
  statements: [
    `create table cue_cards (product_id text primary key references products (id) on delete cascade, lines text not null check (json_valid(lines)),
       must_say text not null check (json_valid(must_say)), objections text not null check (json_valid(objections)), changed_at integer not null,
       changed_by text not null) strict, without rowid`,
    `create table scripts (id text primary key, seller_id text not null references sellers (id) on delete cascade, title text not null, lang text not null,
       version integer not null, changed_at integer not null) strict`,
    `create index scripts_by_seller on scripts (seller_id, changed_at)`,
    `create table script_versions (script_id text not null references scripts (id) on delete cascade, version integer not null, at integer not null,
       by_name text not null, title text not null, lang text not null, steps text not null check (json_valid(steps)), primary key (script_id, version)) strict, without rowid`,
    `create table show_scripts (show_id text primary key references shows (id) on delete cascade, script_id text not null references scripts (id) on delete cascade) strict, without rowid`,
    `create index show_scripts_by_script on show_scripts (script_id)`,
  ],
};
