// Owns when what is kept of a class's people goes: so many days after the last meeting, by the server's clock. The numbers of the class stay.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { StillShare } from '../../protocol/follow-up.ts';
import type { Materials } from './materials.ts';
import type { ClassTables } from './tables.ts';

const DAY_MS = 24 * 3600_000;
const CHECK_MS = 3600_000;

/** What stays of a class without its people. */
export interface KeptNumbers {
  trainees: number;
  visitsDone: number;
  visitsMissed: number;
  shares: StillShare[];
}

export interface ClassUpkeepDeps {
  database: Database;
  clock: Clock;
  materials: Materials;
  /** After the last meeting. */
  days: number;
  numbersOf: (classId: string) => Promise<KeptNumbers>;
  onFault: (error: unknown) => void;
}

export class ClassUpkeep {
  readonly #deps: ClassUpkeepDeps;
  #cancel: () => void;

  constructor(deps: ClassUpkeepDeps) {
    this.#deps = deps;
    const run = (): void => {
      this.#cancel = deps.clock.after(CHECK_MS, run);
      this.expire().catch(deps.onFault);
    };
    this.#cancel = deps.clock.after(CHECK_MS, run);
  }

  /** Erases people, files, certificates and notes of classes whose time is over. */
  async expire(): Promise<void> {
    const { database, clock, days, materials, numbersOf } = this.#deps;
    const over = await database
      .read<ClassTables>()
      .selectFrom('classes')
      .innerJoin('meetings', 'meetings.class_id', 'classes.id')
      .select(['classes.id', (eb) => eb.fn.max('meetings.ends_at').as('last')])
      .where('classes.erased_at', 'is', null)
      .groupBy('classes.id')
      .having((eb) => eb(eb.fn.max('meetings.ends_at'), '<', clock.now() - days * DAY_MS))
      .limit(50)
      .execute();
    for (const { id } of over) {
      const kept = await numbersOf(id);
      await materials.removeOf(id);
      await database.write<ClassTables, void>(async (transaction) => {
        await transaction.deleteFrom('trainees').where('class_id', '=', id).execute();
        await transaction.updateTable('meetings').set({ code: null, open_until: null }).where('class_id', '=', id).execute();
        await transaction.updateTable('classes').set({ erased_at: clock.now(), kept: JSON.stringify(kept) }).where('id', '=', id).execute();
      });
    }
  }

  close(): void {
    this.#cancel();
  }
}
