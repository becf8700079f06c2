// Owns the tables of questions, of the messages that ask them, and of the answers that sellers keep ready.
import type { Migration } from '../../platform/db/database.ts';
import type { Question } from '../../protocol/questions.ts';

export interface QuestionTables {
  questions: {
    id: string;
    show_id: string;
    /** Grows by one with every change of the show's questions; a question carries that of its last change. */
    revision: number;
    product_id: string | null;
    /** What it comes down to: two with the same key ask the same. */
    key: string;
    /** Of a question that was asked in private: by whom. Nobody else's is put with it. */
    private_for: string | null;
    state: Question['state'];
    /** The message that answered it. */
    answer_id: string | null;
  };
  /** Messages that ask something; with `question_id` null those that somebody said ask nothing, and the staff's answers that were counted. */
  question_messages: { message_id: string; show_id: string; question_id: string | null; shown: number };
  /** How far each show's chat has been looked through, and the newest revision of its questions. */
  question_cursors: { show_id: string; chat_revision: number; revision: number };
  ready_answers: { id: string; seller_id: string; product_id: string | null; text: string; created_at: number };
}

export const questionMigration: Migration = {
  name: '310-questions',
  statements: [
    `alter table chat_messages add column private_for text`,
    `alter table chat_messages add column picture_at integer`,
    `alter table chat_messages add column answered integer not null default 0`,
    `create index chat_messages_private on chat_messages (show_id, private_for) where private_for is not null`,
    `create table questions (id text primary key, show_id text not null, revision integer not null, product_id text, key text not null,
       private_for text, state text not null check (state in ('open', 'answered', 'dismissed')), answer_id text) strict`,
    `create index questions_by_state on questions (show_id, state, revision)`,
    `create index questions_by_key on questions (show_id, key)`,
    `create index questions_by_answer on questions (answer_id) where answer_id is not null`,
    `create table question_messages (message_id text primary key references chat_messages (id) on delete cascade, show_id text not null,
       question_id text, shown integer not null) strict, without rowid`,
    `create index question_messages_by_question on question_messages (question_id)`,
    `create table question_cursors (show_id text primary key, chat_revision integer not null, revision integer not null) strict, without rowid`,
    `create table ready_answers (id text primary key, seller_id text not null, product_id text, text text not null, created_at integer not null) strict`,
    `create index ready_answers_by_seller on ready_answers (seller_id)`,
  ],
};
