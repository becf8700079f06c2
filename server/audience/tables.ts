// Owns the tables of what viewers say and of how the staff rule it.
import { deskMigration } from './desk/tables.ts';
import type { Migration } from '../platform/db/database.ts';
import { codeMigration } from './codes/tables.ts';
import { captionMigration } from './captions/tables.ts';
import { followingMigration } from './following/tables.ts';
import { stageMigration } from './stage/tables.ts';
import { questionMigration } from './questions/tables.ts';
import { reminderMigration, turnMigration } from './reminders/tables.ts';
import type { Role } from '../protocol/access.ts';
import type { ChatRules, ModerationEntry, Restriction } from '../protocol/chat.ts';

/** `shadow` is shown to its author alone, who does not know. */
export type MessageState = 'shown' | 'held' | 'removed' | 'shadow';

export interface AudienceTables {
  chat_messages: {
    id: string;
    show_id: string;
    /** Its first revision: where it stands. */
    position: number;
    /** Grows by one with every change in the show's chat; a message carries that of its last change. */
    revision: number;
    at: number;
    identity: string;
    name: string;
    role: Role;
    /** Device and address range, hashed: only to find a banned sender again. */
    place: string;
    text: string;
    reply_to: string | null;
    state: MessageState;
    /** 1 on the one message that is pinned. */
    pinned: number;
    /** Which restriction took it away, so that lifting it puts it back. */
    removed_by: string | null;
    /** Identity of the one viewer who gets it; null: everybody. */
    private_for: string | null;
    /** Server clock of the picture that its author saw. */
    picture_at: number | null;
    /** 1 when it was a question and has been answered. */
    answered: number;
  };
  /** `reviewed_at` is set when somebody of the staff has decided. */
  chat_reports: { message_id: string; identity: string; at: number; reviewed_at: number | null };
  chat_rules: { show_id: string; slow_seconds: number; writers: ChatRules['writers']; held: number; blocks_contacts: number; blocked_words: string; tells_joins: number | null; tells_orders: number };
  chat_restrictions: {
    id: string;
    show_id: string;
    kind: Restriction['kind'];
    identity: string;
    place: string;
    name: string;
    created_at: number;
    ends_at: number;
    by_name: string;
  };
  /** Who has ordered in a show: for a chat that only buyers may write in. */
  chat_buyers: { show_id: string; identity: string };
  moderation_log: {
    show_id: string;
    at: number;
    by_name: string;
    by_role: Role;
    action: ModerationEntry['action'];
    /** Of the author it was done to; empty for the rules. */
    identity: string;
    author_name: string;
    text: string;
  };
}

export const audienceMigrations: readonly Migration[] = [
  {
    name: '300-audience',
    statements: [
      `create table chat_messages (id text primary key, show_id text not null, position integer not null, revision integer not null,
         at integer not null, identity text not null, name text not null, role text not null, place text not null, text text not null, reply_to text,
         state text not null check (state in ('shown', 'held', 'removed', 'shadow')), pinned integer not null default 0, removed_by text) strict`,
      `create unique index chat_messages_by_revision on chat_messages (show_id, revision)`,
      `create unique index chat_messages_by_position on chat_messages (show_id, position)`,
      `create index chat_messages_by_time on chat_messages (show_id, at)`,
      `create index chat_messages_by_author on chat_messages (show_id, identity, at)`,
      `create table chat_reports (message_id text not null references chat_messages (id) on delete cascade, identity text not null,
         at integer not null, primary key (message_id, identity)) strict, without rowid`,
      `create table chat_rules (show_id text primary key, slow_seconds integer not null, writers text not null, held integer not null,
         blocks_contacts integer not null, blocked_words text not null) strict, without rowid`,
      `create table chat_restrictions (id text primary key, show_id text not null, kind text not null, identity text not null, place text not null,
         name text not null, created_at integer not null, ends_at integer not null, by_name text not null) strict`,
      `create index chat_restrictions_by_show on chat_restrictions (show_id, ends_at)`,
      `create table chat_buyers (show_id text not null, identity text not null, primary key (show_id, identity)) strict, without rowid`,
      `create table moderation_log (show_id text not null, at integer not null, by_name text not null, by_role text not null, action text not null,
         identity text not null, author_name text not null, text text not null) strict`,
      `create index moderation_log_by_show on moderation_log (show_id, at)`,
    ],
  },
  questionMigration,
  captionMigration,
  deskMigration,
  stageMigration,
  followingMigration,
  reminderMigration,
  turnMigration,
  codeMigration,
];
