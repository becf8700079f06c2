// Owns the sheets on which shows are scored: criteria, marks at their moments, the trainer's words, and whether the host may read them.
import type { Selectable, Transaction } from 'kysely';
import type { ScriptLang } from '../../protocol/cue-limits.ts';
import { newId } from '../../protocol/ids.ts';
import type { Criterion, MarkRequest, Score, ScoreSheet, SheetPatch } from '../../protocol/scoring.ts';
import { MARKS_LIMIT, type MarkGiven } from '../../protocol/scoring-limits.ts';
import type { Show } from '../../protocol/show.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Live, ReplayTimes } from '../../live/index.ts';
import { withIds } from './rubrics.ts';
import { scoreOf } from './score.ts';
import type { ScoringTables } from './tables.ts';
import { usualCriteria } from './usual-rubric.ts';

export interface SheetsDeps {
  database: Database;
  clock: Clock;
  replayTimes: Live['replayTimes'];
}

type SheetRow = Selectable<ScoringTables['score_sheets']>;

export class Sheets {
  readonly #deps: SheetsDeps;

  constructor(deps: SheetsDeps) {
    this.#deps = deps;
  }

  /** @param lang of the usual criteria, where nobody has chosen others. */
  async read(show: Show, lang: ScriptLang): Promise<ScoreSheet> {
    const read = this.#deps.database.read<ScoringTables>();
    const [row, rows, times] = await Promise.all([
      read.selectFrom('score_sheets').selectAll().where('show_id', '=', show.id).executeTakeFirst(),
      read.selectFrom('score_marks').selectAll().where('show_id', '=', show.id).orderBy('at').orderBy('id').execute(),
      this.#deps.replayTimes.of(show.id),
    ]);
    const criteria = criteriaOf(row, lang);
    const marks = rows.map(({ id, criterion_id: criterionId, mark, note, at, by_name: byName }) => ({ id, criterionId, mark, note, at, replayMs: replayMsOf(at, times), byName }));
    const { id: showId, title, hostName, kind, startedAt } = show;
    return { showId, title, hostName, kind, startedAt, criteria, marks, good: row?.good ?? '', next: row?.next ?? '', score: scoreOf(criteria, marks), sharedAt: row?.shared_at ?? null };
  }

  /** What several shows were marked with; those without a mark are missing. */
  async scores(showIds: readonly string[]): Promise<Map<string, Score>> {
    if (showIds.length === 0) return new Map();
    const read = this.#deps.database.read<ScoringTables>();
    const [sheets, marks] = await Promise.all([
      read.selectFrom('score_sheets').selectAll().where('show_id', 'in', showIds).execute(),
      read.selectFrom('score_marks').select(['show_id', 'criterion_id as criterionId', 'mark']).where('show_id', 'in', showIds).execute(),
    ]);
    const found = new Map<string, Score>();
    for (const showId of new Set(marks.map(({ show_id }) => show_id))) {
      const criteria = criteriaOf(sheets.find(({ show_id }) => show_id === showId), 'zh-CN');
      found.set(showId, scoreOf(criteria, marks.filter(({ show_id }) => show_id === showId)));
    }
    return found;
  }

  change(show: Show, { criteria, good, next, isShared }: SheetPatch, lang: ScriptLang): Promise<void> {
    return this.#deps.database.write<ScoringTables, void>(async (transaction) => {
      const row = await openSheet(transaction, show.id, lang);
      const set: Partial<SheetRow> = {
        ...(good === undefined ? {} : { good }),
        ...(next === undefined ? {} : { next }),
        ...(isShared === undefined ? {} : { shared_at: isShared ? (row.shared_at ?? this.#deps.clock.now()) : null }),
      };
      if (criteria) {
        const kept = withIds(criteria, JSON.parse(row.criteria) as Criterion[]);
        set.criteria = JSON.stringify(kept);
        await transaction.deleteFrom('score_marks').where('show_id', '=', show.id).where('criterion_id', 'not in', kept.map(({ id }) => id)).execute();
      }
      if (Object.keys(set).length > 0) await transaction.updateTable('score_sheets').set(set).where('show_id', '=', show.id).execute();
    });
  }

  /** @throws FieldcastError `not-found` for a criterion that the sheet does not have; `show.wrong-state` before a show; `training.full` (params `limit`). */
  async mark(show: Show, request: MarkRequest, byName: string, lang: ScriptLang, once: Once | undefined): Promise<void> {
    const { database, clock, replayTimes } = this.#deps;
    const now = clock.now();
    const at = momentOf(show, request.replayMs, await replayTimes.of(show.id), now);
    await database.writeOnce<ScoringTables, { id: string }>(once, now, async (transaction) => {
      const row = await openSheet(transaction, show.id, lang);
      if (!(JSON.parse(row.criteria) as Criterion[]).some(({ id }) => id === request.criterionId)) throw new FieldcastError('not-found', 'The sheet has no such criterion.');
      const { count } = await transaction.selectFrom('score_marks').select((eb) => eb.fn.countAll<number>().as('count')).where('show_id', '=', show.id).executeTakeFirstOrThrow();
      if (count >= MARKS_LIMIT) throw new FieldcastError('training.full', `At most ${MARKS_LIMIT} marks.`, { params: { limit: MARKS_LIMIT } });
      const id = newId('mrk');
      await transaction.insertInto('score_marks').values({ id, show_id: show.id, criterion_id: request.criterionId, mark: request.mark, note: request.note, at, by_name: byName }).execute();
      return { id };
    });
  }

  /** @throws FieldcastError `not-found`. */
  changeMark(showId: string, markId: string, { mark, note }: { mark?: MarkGiven | undefined; note?: string | undefined }): Promise<void> {
    return this.#deps.database.write<ScoringTables, void>(async (transaction) => {
      const row = await transaction.selectFrom('score_marks').selectAll().where('id', '=', markId).where('show_id', '=', showId).executeTakeFirst();
      if (!row) throw new FieldcastError('not-found', 'There is no such mark.');
      await transaction.updateTable('score_marks').set({ mark: mark ?? row.mark, note: note ?? row.note }).where('id', '=', markId).execute();
    });
  }

  /** @throws FieldcastError `not-found`. */
  removeMark(showId: string, markId: string): Promise<void> {
    return this.#deps.database.write<ScoringTables, void>(async (transaction) => {
      const { numDeletedRows } = await transaction.deleteFrom('score_marks').where('id', '=', markId).where('show_id', '=', showId).executeTakeFirst();
      if (numDeletedRows === 0n) throw new FieldcastError('not-found', 'There is no such mark.');
    });
  }
}

/** Undefined times: nothing was recorded. Pure. */
export function replayMsOf(at: number, times: ReplayTimes | undefined): number | null {
  return times ? Math.round(times.toReplayMs(at)) : null;
}

function momentOf(show: Show, replayMs: number | undefined, times: ReplayTimes | undefined, now: number): number {
  if (show.startedAt === null) throw new FieldcastError('show.wrong-state', 'This show has not begun.');
  if (replayMs !== undefined && times) return Math.round(times.toServerMs(Math.min(replayMs, times.durationMs)));
  return show.endedAt ?? now;
}

function criteriaOf(row: SheetRow | undefined, lang: ScriptLang): Criterion[] {
  return row ? (JSON.parse(row.criteria) as Criterion[]) : usualCriteria(lang);
}

/** Begun with the usual criteria where there is none: from then on its words stay as they are. */
async function openSheet(transaction: Transaction<ScoringTables>, showId: string, lang: ScriptLang): Promise<SheetRow> {
  const row = await transaction.selectFrom('score_sheets').selectAll().where('show_id', '=', showId).executeTakeFirst();
  if (row) return row;
  const fresh: SheetRow = { show_id: showId, criteria: JSON.stringify(usualCriteria(lang)), good: '', next: '', shared_at: null };
  await transaction.insertInto('score_sheets').values(fresh).execute();
  return fresh;
}
