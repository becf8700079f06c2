// Owns what the staff's desk adds to the tables of the chat.
import type { Migration } from '../../platform/db/database.ts';

export const deskMigration: Migration = {
  name: '330-chat-desk',
  statements: [
    // A decision answers the reports there were; who reported once is not heard again about the same message.
    `alter table chat_reports add column reviewed_at integer`,
    `create index chat_messages_held on chat_messages (show_id, position) where state = 'held'`,
    `create index chat_reports_open on chat_reports (message_id) where reviewed_at is null`,
  ],
};
