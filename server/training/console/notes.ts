// Owns what coaches write down about a show: each note stands at its moment of the server's clock, and is its author's to change.
import type { Selectable } from 'kysely';
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Note, noteRequest } from '../../protocol/coach-desk.ts';
import { NOTES_MOST } from '../../protocol/coach-limits.ts';
import { newId } from '../../protocol/ids.ts';
import type { NoteTables } from './tables.ts';

export class Notes {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** In the order of what they are about. */
  async list(showId: string, reader: string): Promise<Note[]> {
    const rows = await this.#database.read<NoteTables>().selectFrom('coach_notes').selectAll().where('show_id', '=', showId).orderBy('at').orderBy('id').execute();
    return rows.map((row) => viewOf(row, reader));
  }

  /** @throws FieldcastError `notes.full` */
  async write(showId: string, author: { identity: string; name: string }, { text, at }: v.InferOutput<typeof noteRequest>, once: Once | undefined): Promise<Note> {
    const now = this.#clock.now();
    const { value: id } = await this.#database.writeOnce<NoteTables, string>(once, now, async (transaction) => {
      const { count } = await transaction.selectFrom('coach_notes').select((eb) => eb.fn.countAll<number>().as('count')).where('show_id', '=', showId).executeTakeFirstOrThrow();
      if (count >= NOTES_MOST) throw new FieldcastError('notes.full', `A show holds ${NOTES_MOST} notes.`, { params: { limit: NOTES_MOST } });
      const row = { id: newId('nte'), show_id: showId, identity: author.identity, name: author.name, text, written_at: now };
      // A phone whose clock is off must not put a note behind the end of the recording.
      await transaction.insertInto('coach_notes').values({ ...row, at: Math.min(at ?? now, now) }).execute();
      return row.id;
    });
    return this.#get(showId, id, author.identity);
  }

  /** @throws FieldcastError `not-found`, `auth.forbidden` for another's note */
  async change(showId: string, noteId: string, author: string, text: string): Promise<Note> {
    await this.#requireOwn(showId, noteId, author);
    await this.#database.write<NoteTables, void>(async (transaction) => {
      await transaction.updateTable('coach_notes').set({ text }).where('id', '=', noteId).execute();
    });
    return this.#get(showId, noteId, author);
  }

  /** @throws FieldcastError `not-found`, `auth.forbidden` for another's note */
  async delete(showId: string, noteId: string, author: string): Promise<void> {
    await this.#requireOwn(showId, noteId, author);
    await this.#database.write<NoteTables, void>(async (transaction) => {
      await transaction.deleteFrom('coach_notes').where('id', '=', noteId).execute();
    });
  }

  async #get(showId: string, noteId: string, reader: string): Promise<Note> {
    const row = await this.#database.read<NoteTables>().selectFrom('coach_notes').selectAll().where('id', '=', noteId).where('show_id', '=', showId).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such note.');
    return viewOf(row, reader);
  }

  async #requireOwn(showId: string, noteId: string, author: string): Promise<void> {
    const { isOwn } = await this.#get(showId, noteId, author);
    if (!isOwn) throw new FieldcastError('auth.forbidden', 'Another coach wrote this note.');
  }
}

function viewOf(row: Selectable<NoteTables['coach_notes']>, reader: string): Note {
  return { id: row.id, text: row.text, at: row.at, by: row.name, isOwn: row.identity === reader };
}
