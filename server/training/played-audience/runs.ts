// Owns the audiences of all rehearsals: one a show, kept over a restart, gone with their show.
import type { Selectable } from 'kysely';
import type { ScriptLang } from '../../protocol/cue-limits.ts';
import { newId } from '../../protocol/ids.ts';
import type { PlayedEntry, PlayedRun } from '../../protocol/played-audience.ts';
import type { ActRequest } from '../../protocol/scenario.ts';
import type { Show } from '../../protocol/show.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Doings, Planted } from './doings.ts';
import { type KeptRun, Run } from './run.ts';
import { checkScenario } from './scenario-file.ts';
import type { KnownScenario } from './scenarios.ts';
import type { PlayedTables } from './tables.ts';

export interface RunsDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  doings: Doings;
  shows: { find(showId: string): Promise<Show | undefined>; require(showId: string): Promise<Show> };
  tell: (showId: string, run: PlayedRun) => void;
}

export interface Start {
  known: KnownScenario | null;
  language: ScriptLang;
  speed: number;
  seed: number;
}

export class Runs {
  readonly #deps: RunsDeps;
  readonly #runs = new Map<string, Run>();

  constructor(deps: RunsDeps) {
    this.#deps = deps;
  }

  view(showId: string): { run: PlayedRun | null } {
    return { run: this.#runs.get(showId)?.view() ?? null };
  }

  /** From the beginning; a run that goes on is stopped. @throws FieldcastError `show.wrong-state` once the rehearsal is over. */
  async start(show: Show, { known, language, speed, seed }: Start): Promise<Run> {
    requireGoing(show);
    const before = this.#runs.get(show.id);
    const kept: KeptRun = {
      id: newId('run'),
      showId: show.id,
      scenario: known && { id: known.id, text: known.text, scenario: known.scenario },
      language,
      seed,
      speed,
      isPaused: false,
      endedBy: null,
      elapsedMs: 0,
      played: 0,
      acted: 0,
      planted: [],
      log: [],
    };
    // In its place at once: of two trainers who start at the same time the later one finds the earlier one's.
    const run = this.#open(kept);
    await before?.end('stopped');
    // As it is now: it may have gone on the air meanwhile.
    await run.begin(await this.#deps.shows.require(show.id));
    return run;
  }

  /** @throws FieldcastError `not-found` where nobody is played. */
  async change(showId: string, patch: { isPaused?: boolean | undefined; speed?: number | undefined }): Promise<void> {
    await this.#require(showId).change(patch);
  }

  /** @throws FieldcastError `not-found` where nobody is played. */
  async stop(showId: string): Promise<void> {
    await this.#require(showId).end('stopped');
  }

  /** A single act, without a scenario where none is played. @throws FieldcastError `show.wrong-state` once the rehearsal is over. */
  async act(show: Show, request: ActRequest, language: ScriptLang): Promise<void> {
    requireGoing(show);
    const going = this.#runs.get(show.id);
    const run = going && !going.isOver ? going : await this.start(show, { known: null, language, speed: 1, seed: 1 });
    await run.act(request);
  }

  follow(show: Show): Promise<void> | undefined {
    return this.#runs.get(show.id)?.follow(show);
  }

  async forget(showId: string): Promise<void> {
    const run = this.#runs.get(showId);
    this.#runs.delete(showId);
    await run?.close();
    await this.#deps.database.write<PlayedTables, void>(async (transaction) => {
      await transaction.deleteFrom('played_runs').where('show_id', '=', showId).execute();
    });
  }

  /** Takes up what a stop of the server interrupted; what cannot be read any more ends, and says so. */
  async recover(): Promise<void> {
    for (const row of await this.#deps.database.read<PlayedTables>().selectFrom('played_runs').selectAll().execute()) {
      const show = await this.#deps.shows.find(row.show_id);
      if (!show) await this.forget(row.show_id);
      else await this.#takeUp(row, show);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.close()));
  }

  async #takeUp(row: Selectable<PlayedTables['played_runs']>, show: Show): Promise<void> {
    const outcome = row.scenario === null ? undefined : checkScenario(row.scenario);
    const isReadable = outcome === undefined || 'scenario' in outcome;
    const run = this.#open({
      id: row.id,
      showId: row.show_id,
      scenario: outcome && 'scenario' in outcome && row.scenario_id !== null && row.scenario !== null ? { id: row.scenario_id, text: row.scenario, scenario: outcome.scenario } : null,
      language: row.language as ScriptLang,
      seed: row.seed,
      speed: row.speed,
      isPaused: row.is_paused === 1,
      endedBy: row.ended_by as PlayedRun['endedBy'],
      elapsedMs: row.elapsed_ms,
      played: row.played,
      acted: row.acted,
      planted: JSON.parse(row.planted) as Planted[],
      log: JSON.parse(row.log) as PlayedEntry[],
    });
    if (run.isOver) return;
    if (isReadable) await run.begin(show);
    else await run.end('restarted');
  }

  #require(showId: string): Run {
    const run = this.#runs.get(showId);
    if (!run) throw new FieldcastError('not-found', 'Nobody is played in this rehearsal.');
    return run;
  }

  #open(kept: KeptRun): Run {
    const { clock, log, doings, shows } = this.#deps;
    const run = new Run(
      {
        clock,
        log,
        doings,
        showOf: (showId) => shows.require(showId),
        keep: (now) => this.#keep(run, now),
        tell: (view) => this.#deps.tell(kept.showId, view),
      },
      kept,
    );
    this.#runs.set(kept.showId, run);
    return run;
  }

  async #keep(run: Run, kept: KeptRun): Promise<void> {
    // Another has taken its place, or the show is gone with all that is kept of it.
    if (this.#runs.get(kept.showId) !== run) return;
    const row = {
      id: kept.id,
      scenario_id: kept.scenario?.id ?? null,
      scenario: kept.scenario?.text ?? null,
      language: kept.language,
      seed: kept.seed,
      speed: kept.speed,
      is_paused: kept.isPaused ? (1 as const) : (0 as const),
      ended_by: kept.endedBy,
      elapsed_ms: kept.elapsedMs,
      played: kept.played,
      acted: kept.acted,
      planted: JSON.stringify(kept.planted),
      log: JSON.stringify(kept.log),
    };
    await this.#deps.database.write<PlayedTables, void>(async (transaction) => {
      await transaction.insertInto('played_runs').values({ show_id: kept.showId, ...row }).onConflict((conflict) => conflict.column('show_id').doUpdateSet(row)).execute();
    });
  }
}

function requireGoing(show: Show): void {
  if (show.status === 'ended') throw new FieldcastError('show.wrong-state', 'This rehearsal is over.');
}
