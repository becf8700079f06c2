// Owns the table of visits: what was moved, marked or noted. A visit without a row is still to be made in its week.
import type { Migration } from '../../platform/db/database.ts';
import type { VisitState } from '../../protocol/follow-up.ts';

export interface FollowUpTables {
  visits: { trainee_id: string; week: number; state: VisitState; note: string; planned_at: number | null; marked_at: number | null; by_name: string };
}

export const followUpMigration: Migration = {
  name: '560-follow-up',
  statements: [
    `create table visits (trainee_id text not null references trainees (id) on delete cascade, week integer not null, state text not null, note text not null,
       planned_at integer, marked_at integer, by_name text not null, primary key (trainee_id, week)) strict, without rowid`,
  ],
};
