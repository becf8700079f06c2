// Owns the tables of rehearsals and of consent to coaches.
import type { Migration } from '../../platform/db/database.ts';
import type { CoachStandingName } from '../../protocol/training.ts';

export interface RehearsalTables {
  rehearsals: {
    show_id: string;
    practice_seller_id: string;
    seller_id: string;
    created_at: number;
    /** The show into which it went, and how things were before, as JSON of `Before`. */
    live_show_id: string | null;
    live_at: number | null;
    before: string | null;
  };
  /** A coach in a real show: nobody coaches there without a row that is `allowed`. */
  coach_consents: { show_id: string; coach_id: string; name: string; standing: Exclude<CoachStandingName, 'may-ask'>; asked_at: number | null; changed_at: number };
}

export const rehearsalMigrations: readonly Migration[] = [
  {
    name: '500-rehearsals',
    statements: [
      `create table rehearsals (show_id text primary key, practice_seller_id text not null unique, seller_id text not null, created_at integer not null,
         live_show_id text, live_at integer, before text check (before is null or json_valid(before))) strict, without rowid`,
      `create index rehearsals_by_seller on rehearsals (seller_id, created_at)`,
      `create table coach_consents (show_id text not null references shows (id) on delete cascade, coach_id text not null, name text not null,
         standing text not null, asked_at integer, changed_at integer not null, primary key (show_id, coach_id)) strict, without rowid`,
    ],
  },
];
