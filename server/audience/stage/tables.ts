// Owns the tables of reactions, polls and announcements.
import type { Migration } from '../../platform/db/database.ts';
import type { ReactionKind } from '../../protocol/stage-limits.ts';

export interface StageTables {
  reactions: { show_id: string; kind: ReactionKind; count: number };
  polls: {
    id: string;
    show_id: string;
    /** Its place among the show's polls. */
    position: number;
    revision: number;
    question: string;
    /** JSON array of the answers. */
    options: string;
    opened_at: number;
    closes_at: number | null;
    closed_at: number | null;
    withdrawn: number;
    by_name: string;
  };
  poll_votes: { poll_id: string; identity: string; option: number; at: number };
  /** One a show: another one takes its place. */
  announcements: { show_id: string; id: string; text: string; at: number; ends_at: number | null; by_name: string };
}

export const stageMigration: Migration = {
  name: '340-stage',
  statements: [
    `create table reactions (show_id text not null, kind text not null, count integer not null, primary key (show_id, kind)) strict, without rowid`,
    `create table polls (id text primary key, show_id text not null, position integer not null, revision integer not null, question text not null,
       options text not null, opened_at integer not null, closes_at integer, closed_at integer, withdrawn integer not null default 0, by_name text not null) strict`,
    `create unique index polls_by_position on polls (show_id, position)`,
    `create table poll_votes (poll_id text not null references polls (id) on delete cascade, identity text not null, option integer not null, at integer not null,
       primary key (poll_id, identity)) strict, without rowid`,
    `create index poll_votes_by_option on poll_votes (poll_id, option)`,
    `create index poll_votes_by_identity on poll_votes (identity)`,
    `create table announcements (show_id text primary key, id text not null, text text not null, at integer not null, ends_at integer, by_name text not null) strict, without rowid`,
    `alter table chat_rules add column tells_joins integer`,
    `alter table chat_rules add column tells_orders integer not null default 1`,
    `create index chat_messages_by_identity on chat_messages (identity, at)`,
  ],
};
