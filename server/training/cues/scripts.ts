// Owns scripts as they are stored: versions, of which the last ones are kept, and which show goes by which.
import type { Kysely, Transaction } from 'kysely';
import { SCRIPT_VERSIONS_LIMIT, SCRIPTS_LIMIT } from '../../protocol/cue-limits.ts';
import { newId } from '../../protocol/ids.ts';
import type { Script, ScriptChange, ScriptList, ScriptRequest, ScriptStep } from '../../protocol/scripts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { CueTables } from './tables.ts';

export class Scripts {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  async list(sellerId: string): Promise<ScriptList['scripts']> {
    const rows = await this.#database
      .read<CueTables>()
      .selectFrom('scripts')
      .innerJoin('script_versions', (join) => join.onRef('script_versions.script_id', '=', 'scripts.id').onRef('script_versions.version', '=', 'scripts.version'))
      .select(['scripts.id', 'scripts.title', 'scripts.lang', 'scripts.version', 'scripts.changed_at', 'script_versions.steps'])
      .where('seller_id', '=', sellerId)
      .orderBy('scripts.changed_at', 'desc')
      .execute();
    return rows.map(({ id, title, lang, version, changed_at: changedAt, steps: json }) => {
      const steps = JSON.parse(json) as ScriptStep[];
      return { id, title, lang, version, changedAt, steps: steps.length, seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0) };
    });
  }

  async usedBy(showId: string): Promise<string | null> {
    const row = await this.#database.read<CueTables>().selectFrom('show_scripts').select('script_id').where('show_id', '=', showId).executeTakeFirst();
    return row?.script_id ?? null;
  }

  /** @param version the newest without it. @throws FieldcastError `not-found`. */
  async read(sellerId: string, scriptId: string, version?: number): Promise<Script> {
    const read = this.#database.read<CueTables>();
    const { version: newest } = await require(read, sellerId, scriptId);
    const rows = await read.selectFrom('script_versions').selectAll().where('script_id', '=', scriptId).orderBy('version', 'desc').execute();
    const row = rows.find((each) => each.version === (version ?? newest));
    if (!row) throw new FieldcastError('not-found', 'This version is no longer kept.');
    const versions = rows.map(({ version: number, at, by_name: byName }) => ({ version: number, at, byName }));
    return { id: scriptId, title: row.title, lang: row.lang, version: row.version, steps: JSON.parse(row.steps) as ScriptStep[], versions };
  }

  /** Keeps a script, and lets a show go by it. @returns its id. @throws FieldcastError `training.full` (params `limit`). */
  async create(sellerId: string, showId: string, request: ScriptRequest, byName: string, once: Once | undefined): Promise<string> {
    const now = this.#clock.now();
    const { value } = await this.#database.writeOnce<CueTables, { id: string }>(once, now, async (transaction) => {
      const { count } = await transaction.selectFrom('scripts').select((eb) => eb.fn.countAll<number>().as('count')).where('seller_id', '=', sellerId).executeTakeFirstOrThrow();
      if (count >= SCRIPTS_LIMIT) throw new FieldcastError('training.full', `At most ${SCRIPTS_LIMIT} scripts.`, { params: { limit: SCRIPTS_LIMIT } });
      const id = newId('scr');
      const { title, lang } = request;
      await transaction.insertInto('scripts').values({ id, seller_id: sellerId, title, lang, version: 1, changed_at: now }).execute();
      await addVersion(transaction, id, 1, request, byName, now);
      await use(transaction, showId, id);
      return { id };
    });
    return value.id;
  }

  /** @throws FieldcastError `not-found`; `script.changed` (params `version`) where another version came meanwhile. */
  async change(sellerId: string, scriptId: string, request: ScriptChange, byName: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<CueTables, void>(async (transaction) => {
      const { version } = await require(transaction, sellerId, scriptId);
      if (version !== request.basedOn) throw new FieldcastError('script.changed', 'Somebody has changed this script meanwhile.', { params: { version } });
      const next = version + 1;
      await addVersion(transaction, scriptId, next, request, byName, now);
      await transaction.updateTable('scripts').set({ title: request.title, lang: request.lang, version: next, changed_at: now }).where('id', '=', scriptId).execute();
      await transaction.deleteFrom('script_versions').where('script_id', '=', scriptId).where('version', '<=', next - SCRIPT_VERSIONS_LIMIT).execute();
    });
  }

  /** @throws FieldcastError `not-found`. */
  async remove(sellerId: string, scriptId: string): Promise<void> {
    await this.#database.write<CueTables, void>(async (transaction) => {
      await require(transaction, sellerId, scriptId);
      await transaction.deleteFrom('scripts').where('id', '=', scriptId).execute();
    });
  }

  /** @param scriptId null: none. @throws FieldcastError `not-found`. */
  async use(sellerId: string, showId: string, scriptId: string | null): Promise<void> {
    await this.#database.write<CueTables, void>(async (transaction) => {
      if (scriptId === null) await transaction.deleteFrom('show_scripts').where('show_id', '=', showId).execute();
      else {
        await require(transaction, sellerId, scriptId);
        await use(transaction, showId, scriptId);
      }
    });
  }
}

async function require(from: Kysely<CueTables> | Transaction<CueTables>, sellerId: string, scriptId: string): Promise<{ version: number }> {
  const row = await from.selectFrom('scripts').select('version').where('id', '=', scriptId).where('seller_id', '=', sellerId).executeTakeFirst();
  if (!row) throw new FieldcastError('not-found', 'There is no such script.');
  return row;
}

async function addVersion(transaction: Transaction<CueTables>, scriptId: string, version: number, { title, lang, steps }: ScriptRequest, byName: string, at: number): Promise<void> {
  await transaction.insertInto('script_versions').values({ script_id: scriptId, version, at, by_name: byName, title, lang, steps: JSON.stringify(steps) }).execute();
}

async function use(transaction: Transaction<CueTables>, showId: string, scriptId: string): Promise<void> {
  await transaction
    .insertInto('show_scripts')
    .values({ show_id: showId, script_id: scriptId })
    .onConflict((conflict) => conflict.column('show_id').doUpdateSet({ script_id: scriptId }))
    .execute();
}
