// Owns the tables of scoring. What is about a show goes with the show; rubrics are words about nobody.
import type { Migration } from '../../platform/db/database.ts';

import type { Framing, Light, MarkGiven } from '../../protocol/scoring-limits.ts';

export interface ScoringTables {
  /** `owner` is the identity of the trainer; `criteria` as JSON. */
  rubrics: { id: string; owner: string; title: string; criteria: string; changed_at: number };
  score_sheets: { show_id: string; criteria: string; good: string; next: string; shared_at: number | null };
  score_marks: { id: string; show_id: string; criterion_id: string; mark: MarkGiven; note: string; at: number; by_name: string };
  /** A stretch of sound: `levels` as JSON, one a second from `at` on; `prices` as JSON, with the seconds after `at`. */
  practice_readings: { show_id: string; at: number; levels: string; light: Light | null; framing: Framing | null; prices: string; is_listening: number };
}

export const scoringMigration: Migration = {
  name: '545-scoring',
  statements: [
    `create table rubrics (id text primary key, owner text not null, title text not null, criteria text not null check (json_valid(criteria)), changed_at integer not null) strict`,
    `create index rubrics_by_owner on rubrics (owner)`,
    `create table score_sheets (show_id text primary key references shows (id) on delete cascade, criteria text not null check (json_valid(criteria)),
       good text not null, next text not null, shared_at integer) strict, without rowid`,
    `create table score_marks (id text primary key, show_id text not null references shows (id) on delete cascade, criterion_id text not null,
       mark integer not null check (mark between 1 and 5), note text not null, at integer not null, by_name text not null) strict`,
    `create index score_marks_by_show on score_marks (show_id, at)`,
    `create table practice_readings (show_id text not null references shows (id) on delete cascade, at integer not null, levels text not null check (json_valid(levels)),
       light text, framing text, prices text not null check (json_valid(prices)), is_listening integer not null, primary key (show_id, at)) strict, without rowid`,
  ],
};
