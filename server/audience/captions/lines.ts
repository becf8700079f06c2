// Owns lines of captions as they are stored: adding, changing, pages.
import type { Kysely, Selectable, Transaction } from 'kysely';
import type * as v from 'valibot';
import { CAPTION_LAG_LIMIT_MS, type CaptionLine, type captionPatch, type captionRequest } from '../../protocol/captions.ts';
import { newId } from '../../protocol/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { LONGEST_READING_MS, readingMs } from './reading-time.ts';
import type { CaptionTables } from './tables.ts';

export type CaptionRow = Selectable<CaptionTables['captions']>;
type Reading = Kysely<CaptionTables>;

/** Ten hours of talk are about 9,000 lines. What is more than this in one show is not captions. */
const SHOW_LIMIT = 40_000;

/** A line as one reader sees it. */
export function viewLine(row: CaptionRow, isStaff: boolean): CaptionLine {
  const isRemoved = row.removed === 1;
  return {
    id: row.id,
    position: row.position,
    revision: row.revision,
    at: row.at,
    endAt: row.end_at,
    text: isRemoved && !isStaff ? '' : row.text,
    lang: row.lang,
    source: row.source,
    isRemoved,
    byName: isStaff ? row.by_name : '',
  };
}

export class CaptionLines {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Adds a line, or answers the one that this key added before. @throws FieldcastError `rate.limited` when the show has too many. */
  async add(showId: string, request: v.InferOutput<typeof captionRequest>, byName: string, once: Once | undefined): Promise<CaptionRow> {
    const { value: id } = await this.#database.writeOnce<CaptionTables, string>(once, this.#clock.now(), async (transaction) => {
      const now = this.#clock.now();
      const revision = (await newestRevision(transaction, showId)) + 1;
      if (revision > SHOW_LIMIT) throw new FieldcastError('rate.limited', 'This show has too many captions.', { params: { seconds: 3600 } });
      const at = saidAt(request.at, now);
      const row = { id: newId('cap'), show_id: showId, position: revision, revision, at, end_at: at + lengthMs(request.text, now - at) };
      await transaction
        .insertInto('captions')
        .values({ ...row, text: request.text, lang: request.lang, source: request.source, removed: 0, by_name: byName })
        .execute();
      return row.id;
    });
    return this.#require(this.#database.read<CaptionTables>(), showId, id);
  }

  /** Corrects a line, takes it away or puts it back. @throws FieldcastError `not-found`. */
  change(showId: string, id: string, { text, isRemoved }: v.InferOutput<typeof captionPatch>): Promise<CaptionRow> {
    return this.#database.write<CaptionTables, CaptionRow>(async (transaction) => {
      const row = await this.#require(transaction, showId, id);
      const change = {
        text: text ?? row.text,
        end_at: Math.max(row.end_at, row.at + readingMs(text ?? row.text)),
        removed: isRemoved === undefined ? row.removed : Number(isRemoved),
        revision: (await newestRevision(transaction, showId)) + 1,
      };
      await transaction.updateTable('captions').set(change).where('id', '=', id).execute();
      return { ...row, ...change };
    });
  }

  /** A page, oldest first; what was taken away is in it only for `after`, and for staff. */
  async page(showId: string, filter: { after?: number | undefined; before?: number | undefined; limit: number; isStaff: boolean }): Promise<CaptionRow[]> {
    let query = this.#database.read<CaptionTables>().selectFrom('captions').selectAll().where('show_id', '=', showId).limit(filter.limit);
    if (filter.after !== undefined) return query.where('revision', '>', filter.after).orderBy('revision', 'asc').execute();
    if (filter.before !== undefined) query = query.where('position', '<', filter.before);
    if (!filter.isStaff) query = query.where('removed', '=', 0);
    return (await query.orderBy('position', 'desc').execute()).reverse();
  }

  newestRevision(showId: string): Promise<number> {
    return newestRevision(this.#database.read<CaptionTables>(), showId);
  }

  /** Several lines, by revision. */
  byId(ids: readonly string[]): Promise<CaptionRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#database.read<CaptionTables>().selectFrom('captions').selectAll().where('id', 'in', ids).orderBy('revision').execute();
  }

  /** All that was said, in the order of time, for the file. */
  spoken(showId: string): Promise<CaptionRow[]> {
    return this.#database
      .read<CaptionTables>()
      .selectFrom('captions')
      .selectAll()
      .where('show_id', '=', showId)
      .where('removed', '=', 0)
      .orderBy('at')
      .orderBy('position')
      .execute();
  }

  async #require(from: Reading | Transaction<CaptionTables>, showId: string, id: string): Promise<CaptionRow> {
    const row = await from.selectFrom('captions').selectAll().where('id', '=', id).where('show_id', '=', showId).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such line.');
    return row;
  }
}

/** What came with a moment of its own, kept within reason: a page's idea of our clock may be off. */
export function saidAt(at: number | undefined, now: number): number {
  return Math.max(now - CAPTION_LAG_LIMIT_MS, Math.min(at ?? now, now));
}

/** As long as it takes to read, or to say, where that took longer. */
function lengthMs(text: string, tookMs: number): number {
  return Math.max(readingMs(text), Math.min(tookMs, LONGEST_READING_MS));
}

async function newestRevision(from: Reading, showId: string): Promise<number> {
  const row = await from
    .selectFrom('captions')
    .select((eb) => eb.fn.max('revision').as('newest'))
    .where('show_id', '=', showId)
    .executeTakeFirst();
  return row?.newest ?? 0;
}
