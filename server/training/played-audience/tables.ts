// Owns the tables of scenarios that trainers brought, and of runs that are taken up again after a restart.
import type { Migration } from '../../platform/db/database.ts';

export interface PlayedTables {
  /** `text` is the file as it came. */
  scenarios: { id: string; text: string; by_identity: string; created_at: number };
  played_runs: {
    show_id: string;
    id: string;
    scenario_id: string | null;
    /** The file as it was when the run began: changing it changes no run. Null: acts by hand alone. */
    scenario: string | null;
    language: string;
    seed: number;
    speed: number;
    is_paused: 0 | 1;
    ended_by: string | null;
    elapsed_ms: number;
    /** Acts of the plan that are behind. */
    played: number;
    /** Acts of all kinds, for their numbers. */
    acted: number;
    /** JSON of `Planted`: what was made wrong on purpose. */
    planted: string;
    /** JSON of the newest entries. */
    log: string;
  };
}

export const playedMigration: Migration = {
  name: '550-played-audience',
  statements: [
    `create table scenarios (id text primary key, text text not null, by_identity text not null, created_at integer not null) strict, without rowid`,
    `create table played_runs (show_id text primary key references shows (id) on delete cascade, id text not null unique, scenario_id text, scenario text,
       language text not null, seed integer not null, speed real not null, is_paused integer not null, ended_by text, elapsed_ms real not null,
       played integer not null, acted integer not null, planted text not null check (json_valid(planted)), log text not null check (json_valid(log))) strict, without rowid`,
  ],
};
