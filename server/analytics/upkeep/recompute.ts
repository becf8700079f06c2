// Owns the making of all roll-ups of a show again from its raw events, while new ones go on coming.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { DeviceStory } from '../rollup/device-story.ts';
import { fold } from '../rollup/fold.ts';
import { Pending } from '../rollup/pending.ts';
import type { Books } from '../store/books.ts';
import { readChunks } from '../store/raw-log.ts';
import { keepRollUps, keepStory } from '../store/rows.ts';
import { ShowRows } from '../store/show-rows.ts';
import type { AnalyticsTables } from '../store/tables.ts';
import { Turns } from '../store/turns.ts';

export interface Recomputed {
  events: number;
  tookMs: number;
  /** Sums and sets that were others before. */
  changed: number;
}

/** @throws FieldcastError `not-found` for a show of which nothing was measured, `show.wrong-state` once its raw events are cut. */
export async function recompute(showId: string, deps: { database: Database; books: Books; clock: Clock }): Promise<Recomputed> {
  const { database, books, clock } = deps;
  const startedAt = clock.now();
  const row = await new ShowRows(database).find(showId);
  if (!row) throw new FieldcastError('not-found', 'Nothing was measured of this show.');
  if (row.raw_is_cut === 1) throw new FieldcastError('show.wrong-state', 'Raw events of this show were erased; its figures stay as they are.');
  const again = new Again(database, row.number);
  await books.keep();
  await again.goOn();
  // The rest, while nobody counts.
  const changed = await books.rewrite(showId, async () => {
    await again.goOn();
    return again.replace();
  });
  return { events: again.events, tookMs: clock.now() - startedAt, changed };
}

class Again {
  readonly #database: Database;
  readonly #show: number;
  readonly #stories = new Map<number, DeviceStory>();
  readonly #made = new Pending();
  #position = 0;
  events = 0;

  constructor(database: Database, show: number) {
    this.#database = database;
    this.#show = show;
  }

  async goOn(): Promise<void> {
    const devices = await this.#database.read<AnalyticsTables>().selectFrom('devices').select(['number', 'area']).where('show', '=', this.#show).execute();
    const turns = new Turns();
    const areas = new Map(devices.map(({ number, area }) => [number, area]));
    for await (const { position, events } of readChunks(this.#database, this.#show, this.#position)) {
      for (const event of events) {
        let story = this.#stories.get(event.device);
        if (!story) this.#stories.set(event.device, (story = new DeviceStory(undefined, areas.get(event.device))));
        fold(event, story, this.#made);
        this.events += 1;
        await turns.next();
      }
      this.#position = position + 1;
    }
  }

  /** @returns how many sums and sets were others before */
  async replace(): Promise<number> {
    const show = this.#show;
    const made = this.#made.take();
    return this.#database.write<AnalyticsTables, number>(async (transaction) => {
      const sums = new Map((await transaction.selectFrom('sums').selectAll().where('show', '=', show).execute()).map((row) => [keyOf(row), String(row.amount)]));
      const sets = new Map((await transaction.selectFrom('sets').selectAll().where('show', '=', show).execute()).map((row) => [keyOf(row), Buffer.from(row.members).toString('base64')]));
      const changed = differences(sums, made.sums.map((sum) => [keyOf(sum), String(sum.amount)])) + differences(sets, made.sets.map((set) => [keyOf(set), Buffer.from(set.members.bytes()).toString('base64')]));
      await transaction.deleteFrom('sums').where('show', '=', show).execute();
      await transaction.deleteFrom('sets').where('show', '=', show).execute();
      await keepRollUps(transaction, show, made);
      const turns = new Turns();
      for (const [number, story] of this.#stories) {
        await keepStory(transaction, { show, number, story: story.toText() });
        await turns.next();
      }
      return changed;
    });
  }
}

function keyOf(row: { phase: string; minute?: number; counter?: string; name?: string; subject: string }): string {
  return [row.phase, row.minute, row.counter ?? row.name, row.subject].join('|');
}

function differences(before: ReadonlyMap<string, string>, now: readonly (readonly [string, string])[]): number {
  const after = new Map(now);
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).length;
}
