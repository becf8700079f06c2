// Owns how many hearts and thumbs a show has: gathered for the people in it, kept every few seconds.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ReactionCounts } from '../../protocol/stage.ts';
import { type ReactionKind, reactionKinds } from '../../protocol/stage-limits.ts';
import type { StageTables } from './tables.ts';

const TELL_MS = 500;
const STORE_MS = 3_000;

interface Pot {
  /** What the database has of the show. */
  stored: Promise<ReactionCounts>;
  /** Not in the database yet. */
  fresh: ReactionCounts;
  /** Not told yet. */
  untold: ReactionCounts;
  isTelling: boolean;
  isStoring: boolean;
}

export interface TallyDeps {
  database: Database;
  clock: Clock;
  paceMs: (showId: string, leastMs: number) => number;
  tell: (showId: string, body: { counts: ReactionCounts; totals: ReactionCounts }) => void;
  onFault: (error: unknown) => void;
}

/** A killed server loses what came in the last seconds before it. */
export class Tally {
  readonly #deps: TallyDeps;
  readonly #pots = new Map<string, Pot>();
  readonly #cancels = new Set<() => void>();

  constructor(deps: TallyDeps) {
    this.#deps = deps;
  }

  add(showId: string, kind: ReactionKind, count: number): void {
    let pot = this.#pots.get(showId);
    if (!pot) {
      const stored = this.#read(showId);
      stored.catch(this.#deps.onFault);
      this.#pots.set(showId, (pot = { stored, fresh: none(), untold: none(), isTelling: false, isStoring: false }));
    }
    pot.fresh[kind] += count;
    pot.untold[kind] += count;
    if (!pot.isTelling) {
      pot.isTelling = true;
      this.#later(this.#deps.paceMs(showId, TELL_MS), () => this.#tell(showId, pot));
    }
    if (!pot.isStoring) {
      pot.isStoring = true;
      this.#later(STORE_MS, () => this.#store(showId, pot));
    }
  }

  /** All of the show so far. */
  async totals(showId: string): Promise<ReactionCounts> {
    const pot = this.#pots.get(showId);
    return pot ? sum(await pot.stored, pot.fresh) : this.#read(showId);
  }

  async forget(showId: string): Promise<void> {
    this.#pots.delete(showId);
    await this.#deps.database.write<StageTables, void>(async (transaction) => {
      await transaction.deleteFrom('reactions').where('show_id', '=', showId).execute();
    });
  }

  /** Keeps what is not kept yet. */
  async close(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
    await Promise.all([...this.#pots].map(([showId, pot]) => this.#store(showId, pot)));
  }

  async #tell(showId: string, pot: Pot): Promise<void> {
    const stored = await pot.stored;
    pot.isTelling = false;
    if (this.#pots.get(showId) !== pot) return;
    const counts = pot.untold;
    pot.untold = none();
    this.#deps.tell(showId, { counts, totals: sum(stored, pot.fresh) });
  }

  async #store(showId: string, pot: Pot): Promise<void> {
    pot.isStoring = false;
    if (this.#pots.get(showId) !== pot) return;
    const counts = { ...pot.fresh };
    // Nobody taps any more: what is in the database is all there is.
    if (reactionKinds.every((kind) => counts[kind] === 0)) return void this.#pots.delete(showId);
    await this.#deps.database.write<StageTables, void>(async (transaction) => {
      for (const kind of reactionKinds) {
        if (counts[kind] === 0) continue;
        await transaction
          .insertInto('reactions')
          .values({ show_id: showId, kind, count: counts[kind] })
          .onConflict((conflict) => conflict.columns(['show_id', 'kind']).doUpdateSet((eb) => ({ count: eb('reactions.count', '+', counts[kind]) })))
          .execute();
      }
    });
    // Both at once, so that no reader counts them twice or not at all.
    pot.stored = Promise.resolve(sum(await pot.stored, counts));
    for (const kind of reactionKinds) pot.fresh[kind] -= counts[kind];
  }

  async #read(showId: string): Promise<ReactionCounts> {
    const rows = await this.#deps.database.read<StageTables>().selectFrom('reactions').selectAll().where('show_id', '=', showId).execute();
    return { ...none(), ...Object.fromEntries(rows.map(({ kind, count }) => [kind, count])) };
  }

  #later(delayMs: number, task: () => Promise<void>): void {
    const cancel = this.#deps.clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      task().catch(this.#deps.onFault);
    });
    this.#cancels.add(cancel);
  }
}

function none(): ReactionCounts {
  return { heart: 0, thumb: 0 };
}

function sum(a: ReactionCounts, b: ReactionCounts): ReactionCounts {
  return { heart: a.heart + b.heart, thumb: a.thumb + b.thumb };
}
