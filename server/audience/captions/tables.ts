// Owns the table of a show's captions. They go with the show.
import type { Migration } from '../../platform/db/database.ts';
import type { CaptionLine } from '../../protocol/captions.ts';

export interface CaptionTables {
  captions: {
    id: string;
    show_id: string;
    /** Its first revision: where it stands. */
    position: number;
    /** Grows by one with every change of the show's captions; a line carries that of its last change. */
    revision: number;
    at: number;
    end_at: number;
    text: string;
    lang: string;
    source: CaptionLine['source'];
    removed: number;
    by_name: string;
  };
}

export const captionMigration: Migration = {
  name: '320-captions',
  statements: [
    `create table captions (id text primary key, show_id text not null references shows (id) on delete cascade, position integer not null, revision integer not null, at integer not null,
       end_at integer not null, text text not null, lang text not null, source text not null check (source in ('typed', 'speech')),
       removed integer not null default 0, by_name text not null) strict`,
    `create unique index captions_by_revision on captions (show_id, revision)`,
    `create unique index captions_by_position on captions (show_id, position)`,
  ],
};
