// Owns the table of coaches' notes. It goes with its show.
import type { Migration } from '../../platform/db/database.ts';

export interface NoteTables {
  coach_notes: {
    id: string;
    show_id: string;
    /** Who wrote it. */
    identity: string;
    name: string;
    /** What it is about, ms since epoch. */
    at: number;
    text: string;
    written_at: number;
  };
}

export const noteMigration: Migration = {
  name: '530-coach-notes',
  statements: [
    `create table coach_notes (id text primary key, show_id text not null references shows (id) on delete cascade, identity text not null, name text not null,
       at integer not null, text text not null, written_at integer not null) strict`,
    `create index coach_notes_by_show on coach_notes (show_id, at)`,
  ],
};
