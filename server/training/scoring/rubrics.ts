// Owns the rubrics that trainers keep: each is its maker's to change; the operator sees them all.
import type { Selectable } from 'kysely';
import { newId } from '../../protocol/ids.ts';
import type { CriteriaRequest, Criterion, Rubric, RubricRequest } from '../../protocol/scoring.ts';
import { RUBRICS_LIMIT } from '../../protocol/scoring-limits.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { ScoringTables } from './tables.ts';

export interface Trainer {
  identity: string;
  /** May change what others made. */
  isOperator: boolean;
}

const LIST_LIMIT = 200;

export class Rubrics {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  async list(trainer: Trainer): Promise<Rubric[]> {
    let query = this.#database.read<ScoringTables>().selectFrom('rubrics').selectAll().orderBy('changed_at', 'desc').limit(LIST_LIMIT);
    if (!trainer.isOperator) query = query.where('owner', '=', trainer.identity);
    return (await query.execute()).map((row) => viewOf(row));
  }

  /** @throws FieldcastError `training.full` (params `limit`). */
  async create(trainer: Trainer, { title, criteria }: RubricRequest, once: Once | undefined): Promise<Rubric> {
    const { value } = await this.#database.writeOnce<ScoringTables, Rubric>(once, this.#clock.now(), async (transaction) => {
      const { count } = await transaction.selectFrom('rubrics').select((eb) => eb.fn.countAll<number>().as('count')).where('owner', '=', trainer.identity).executeTakeFirstOrThrow();
      if (count >= RUBRICS_LIMIT) throw new FieldcastError('training.full', `At most ${RUBRICS_LIMIT} rubrics.`, { params: { limit: RUBRICS_LIMIT } });
      const row = { id: newId('rub'), owner: trainer.identity, title, criteria: JSON.stringify(withIds(criteria, [])), changed_at: this.#clock.now() };
      await transaction.insertInto('rubrics').values(row).execute();
      return viewOf(row);
    });
    return value;
  }

  /** @throws FieldcastError `not-found`, `auth.forbidden` for another's. */
  change(trainer: Trainer, rubricId: string, { title, criteria }: RubricRequest): Promise<Rubric> {
    return this.#database.write<ScoringTables, Rubric>(async (transaction) => {
      const row = requireOwn(await transaction.selectFrom('rubrics').selectAll().where('id', '=', rubricId).executeTakeFirst(), trainer);
      const changed = { title, criteria: JSON.stringify(withIds(criteria, JSON.parse(row.criteria) as Criterion[])), changed_at: this.#clock.now() };
      await transaction.updateTable('rubrics').set(changed).where('id', '=', rubricId).execute();
      return viewOf({ ...row, ...changed });
    });
  }

  /** @throws FieldcastError `not-found`, `auth.forbidden` for another's. */
  async remove(trainer: Trainer, rubricId: string): Promise<void> {
    await this.#database.write<ScoringTables, void>(async (transaction) => {
      requireOwn(await transaction.selectFrom('rubrics').selectAll().where('id', '=', rubricId).executeTakeFirst(), trainer);
      await transaction.deleteFrom('rubrics').where('id', '=', rubricId).execute();
    });
  }
}

/** Criteria with ids: those that were there keep theirs, whatever else was sent gets a new one. */
export function withIds(request: CriteriaRequest, before: readonly Criterion[]): Criterion[] {
  const known = new Set(before.map(({ id }) => id));
  return request.map(({ id, title, hint }) => ({ id: id !== undefined && known.has(id) ? id : newId('crt'), title, hint }));
}

function requireOwn(row: Selectable<ScoringTables['rubrics']> | undefined, trainer: Trainer): Selectable<ScoringTables['rubrics']> {
  if (!row) throw new FieldcastError('not-found', 'There is no such rubric.');
  if (row.owner !== trainer.identity && !trainer.isOperator) throw new FieldcastError('auth.forbidden', 'Another trainer made this rubric.');
  return row;
}

/** Who is shown one may change it: others' are listed for the operator alone. */
function viewOf({ id, title, criteria }: Selectable<ScoringTables['rubrics']>): Rubric {
  return { id, title, criteria: JSON.parse(criteria) as Criterion[], isUsual: false, isMine: true };
}
