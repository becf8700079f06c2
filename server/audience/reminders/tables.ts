// Owns the tables of reminders: browsers that take push messages, who wants to be told of which show, and what is to be sent or was.
import type { Migration } from '../../platform/db/database.ts';
import type { ReminderLanguage } from '../../protocol/following.ts';

/** What there is to tell of a show: it was announced, it begins in ten minutes, it is live; and to one person: what they wait for is held for them. */
export type Moment = 'new' | 'soon' | 'live' | 'turn';

export interface ReminderTables {
  push_subscriptions: { id: string; identity: string; endpoint: string; p256dh: string; auth: string; language: ReminderLanguage; created_at: number };
  show_reminders: { show_id: string; identity: string; at: number };
  push_outbox: {
    show_id: string;
    moment: Moment;
    /** The planned time that is told of, so that a show that was put off is told of again; of a turn its end; 0 where that does not matter. */
    occasion: number;
    subscription_id: string;
    due_at: number;
    attempts: number;
    /** Sent, or given up. The row stays for as long as the same could be told again. */
    settled_at: number | null;
  };
}

export const reminderMigration: Migration = {
  name: '351-reminders',
  statements: [
    `create table push_subscriptions (id text primary key, identity text not null, endpoint text not null unique, p256dh text not null, auth text not null,
       language text not null, created_at integer not null) strict`,
    `create index push_subscriptions_by_identity on push_subscriptions (identity, created_at)`,
    `create table show_reminders (show_id text not null, identity text not null, at integer not null, primary key (show_id, identity)) strict, without rowid`,
    `create index show_reminders_by_identity on show_reminders (identity)`,
    `create table push_outbox (show_id text not null, moment text not null check (moment in ('new', 'soon', 'live')), occasion integer not null,
       subscription_id text not null references push_subscriptions (id) on delete cascade, due_at integer not null, attempts integer not null,
       settled_at integer, primary key (show_id, moment, occasion, subscription_id)) strict, without rowid`,
    `create index push_outbox_by_subscription on push_outbox (subscription_id)`,
    `create index push_outbox_due on push_outbox (due_at) where settled_at is null`,
  ],
};

/** The words of moments are guarded by their type alone, because one more would mean this again. */
export const turnMigration: Migration = {
  name: '352-turns',
  statements: [
    `create table push_outbox_of_any_moment (show_id text not null, moment text not null check (moment <> ''), occasion integer not null,
       subscription_id text not null references push_subscriptions (id) on delete cascade, due_at integer not null, attempts integer not null,
       settled_at integer, primary key (show_id, moment, occasion, subscription_id)) strict, without rowid`,
    `insert into push_outbox_of_any_moment select show_id, moment, occasion, subscription_id, due_at, attempts, settled_at from push_outbox`,
    `drop table push_outbox`,
    `alter table push_outbox_of_any_moment rename to push_outbox`,
    `create index push_outbox_by_subscription on push_outbox (subscription_id)`,
    `create index push_outbox_due on push_outbox (due_at) where settled_at is null`,
  ],
};
