// Owns the tables of codes: whether a show has them on, which variant has which, and what was written by them.
import type { Migration } from '../../platform/db/database.ts';

export interface CodeTables {
  code_settings: { show_id: string; is_on: 0 | 1 };
  /** `position` counts the codes that a show has given out. */
  codes: { show_id: string; variant_id: string; position: number };
  /** One row a message and variant. Who wrote it stands in the message alone. */
  code_calls: { message_id: string; variant_id: string; show_id: string; quantity: number };
}

export const codeMigration: Migration = {
  name: '360-codes',
  statements: [
    `create table code_settings (show_id text primary key, is_on integer not null check (is_on in (0, 1))) strict, without rowid`,
    `create table codes (show_id text not null, variant_id text not null, position integer not null, primary key (show_id, variant_id)) strict, without rowid`,
    `create unique index codes_by_position on codes (show_id, position)`,
    `create table code_calls (message_id text not null references chat_messages (id) on delete cascade, variant_id text not null, show_id text not null,
       quantity integer not null check (quantity > 0), primary key (message_id, variant_id)) strict, without rowid`,
    `create index code_calls_by_show on code_calls (show_id, variant_id)`,
  ],
};
