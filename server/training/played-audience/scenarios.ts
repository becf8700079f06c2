// Owns which scenarios there are: files that come with the server, and files that trainers bring.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../protocol/ids.ts';
import type { ScenarioSummary } from '../../protocol/played-audience.ts';
import { OWN_SCENARIOS_MOST, type Scenario, type ScenarioWords } from '../../protocol/scenario.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { planOf } from './plan.ts';
import { checkScenario, readScenario } from './scenario-file.ts';
import { mostViewers } from './room.ts';
import type { PlayedTables } from './tables.ts';

export interface ScenariosDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  /** Of the files that come with the server. */
  folder: string;
}

export interface KnownScenario {
  id: string;
  text: string;
  scenario: Scenario;
  /** Null: it comes with the server. */
  by: string | null;
}

/** Who asks: a trainer may take away what they brought, an operator everything. */
export interface Asker {
  identity: string;
  isOperator: boolean;
}

export class Scenarios {
  readonly #deps: ScenariosDeps;

  constructor(deps: ScenariosDeps) {
    this.#deps = deps;
  }

  /** Those that come with the server first, easy ones before hard ones; then the trainers', newest first. */
  async list(asker: Asker): Promise<ScenarioSummary[]> {
    const rows = await this.#deps.database.read<PlayedTables>().selectFrom('scenarios').selectAll().orderBy('created_at', 'desc').execute();
    const own = rows.flatMap((row) => {
      const outcome = checkScenario(row.text);
      return 'scenario' in outcome ? [{ id: row.id, text: row.text, scenario: outcome.scenario, by: row.by_identity }] : [];
    });
    return [...(await this.#readyMade()), ...own].map((known) => summaryOf(known, asker));
  }

  /** @throws FieldcastError `not-found`. */
  async find(id: string): Promise<KnownScenario> {
    const [ready] = (await this.#readyMade()).filter((known) => known.id === id);
    if (ready) return ready;
    const row = await this.#deps.database.read<PlayedTables>().selectFrom('scenarios').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such scenario.');
    return { id, text: row.text, scenario: readScenario(row.text), by: row.by_identity };
  }

  /** @throws FieldcastError `scenario.invalid`, `training.full`. */
  async add(bytes: Uint8Array, asker: Asker, once: Once | undefined): Promise<ScenarioSummary> {
    const text = decoded(bytes);
    const scenario = readScenario(text);
    const { database, clock } = this.#deps;
    const { value: id } = await database.writeOnce<PlayedTables, string>(once, clock.now(), async (transaction) => {
      const { count } = await transaction.selectFrom('scenarios').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      if (count >= OWN_SCENARIOS_MOST) throw new FieldcastError('training.full', `There is room for ${OWN_SCENARIOS_MOST} scenarios of trainers.`);
      const row = { id: newId('scn'), text, by_identity: asker.identity, created_at: clock.now() };
      await transaction.insertInto('scenarios').values(row).execute();
      return row.id;
    });
    return summaryOf({ id, text, scenario, by: asker.identity }, asker);
  }

  /** @throws FieldcastError `not-found`; `auth.forbidden` for what another trainer brought, and for what comes with the server. */
  async remove(id: string, asker: Asker): Promise<void> {
    const known = await this.find(id);
    if (!mayRemove(known, asker)) throw new FieldcastError('auth.forbidden', 'This scenario is not yours to take away.');
    await this.#deps.database.write<PlayedTables, void>(async (transaction) => {
      await transaction.deleteFrom('scenarios').where('id', '=', id).execute();
    });
  }

  /** Read anew each time: they are there to be edited. */
  async #readyMade(): Promise<KnownScenario[]> {
    const { folder, log } = this.#deps;
    const names = (await readdir(folder).catch(() => [])).filter((name) => /^[a-z0-9-]{3,60}\.json$/.test(name)).sort();
    const found: KnownScenario[] = [];
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8');
      const outcome = checkScenario(text);
      if ('scenario' in outcome) found.push({ id: name.slice(0, -'.json'.length), text, scenario: outcome.scenario, by: null });
      else log.warn({ scenario: name, faults: outcome.faults.slice(0, 5) }, 'a scenario cannot be read and is left out');
    }
    return found;
  }
}

/** @throws FieldcastError `scenario.invalid` for bytes that are no text. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FieldcastError('scenario.invalid', 'The file is not text in UTF-8.', { params: { line: 1, fault: 'not-json', field: '' }, issues: [{ path: '1:', message: 'not-json' }] });
  }
}

function summaryOf(known: KnownScenario, asker: Asker): ScenarioSummary {
  const { scenario } = known;
  const plan = planOf(scenario);
  return {
    id: known.id,
    name: inBoth(scenario.name),
    about: inBoth(scenario.about ?? ''),
    stage: scenario.stage,
    minutes: Math.ceil(plan.durationMs / 60_000),
    acts: plan.acts.length,
    viewers: mostViewers(plan),
    isReadyMade: known.by === null,
    isOwn: mayRemove(known, asker),
  };
}

function mayRemove({ by }: KnownScenario, { identity, isOperator }: Asker): boolean {
  return by !== null && (isOperator || by === identity);
}

export function inBoth(words: ScenarioWords): { en: string; 'zh-CN': string } {
  return typeof words === 'string' ? { en: words, 'zh-CN': words } : words;
}
