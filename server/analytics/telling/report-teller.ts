// Owns the telling of a show's figures to the seller's own system when it is over: again until it is taken, over restarts, and given up after a day.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ShowReport } from '../../protocol/analytics.ts';
import type { Show } from '../../protocol/show.ts';
import { ShowRows } from '../store/show-rows.ts';
import type { AnalyticsTables } from '../store/tables.ts';

/** The last batches of pages come within a minute. */
const SETTLE_MS = 60_000;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 2 * 3600_000;
const MOST_ATTEMPTS = 18;
const LONGEST_SLEEP_MS = 10 * 60_000;

/** Sends one message to a seller's own system; undefined where it wants none. */
export type TellSystem = (sellerId: string, message: { id: string; body: string }) => Promise<{ isTaken: boolean } | undefined>;

export interface ReportTellerDeps {
  database: Database;
  clock: Clock;
  findShow: (showId: string) => Promise<Show | undefined>;
  /** As somebody else than the seller may see it. */
  reportOf: (show: Show) => Promise<ShowReport>;
  tellSystem: TellSystem;
  onFault: (error: unknown) => void;
}

export class ReportTeller {
  readonly #deps: ReportTellerDeps;
  readonly #rows: ShowRows;
  #cancel: () => void = () => undefined;
  #round: Promise<void> | undefined;
  /** Something came since the round looked. */
  #isAwake = false;
  #isClosed = false;

  constructor(deps: ReportTellerDeps) {
    this.#deps = deps;
    this.#rows = new ShowRows(deps.database);
  }

  /** The show is over: its report goes out in a minute. */
  async ended(show: Show): Promise<void> {
    const number = await this.#rows.numberOf(show);
    await this.#deps.database.write<AnalyticsTables, void>(async (transaction) => {
      await transaction
        .insertInto('reports_to_tell')
        .values({ show: number, due_at: this.#deps.clock.now() + SETTLE_MS, attempts: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
    this.wake();
  }

  /** Something may be due. */
  wake(): void {
    if (this.#isClosed) return;
    this.#isAwake = true;
    this.#round ??= this.#goRound();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#round;
  }

  async #goRound(): Promise<void> {
    this.#cancel();
    try {
      while (this.#isAwake && !this.#isClosed) {
        this.#isAwake = false;
        await this.#tellDue();
        await this.#sleep();
      }
    } catch (error) {
      this.#deps.onFault(error);
      // What was due still is, and the file takes nothing now.
      this.#wakeIn(LONGEST_SLEEP_MS);
    } finally {
      this.#round = undefined;
    }
  }

  async #tellDue(): Promise<void> {
    const due = await this.#reader().innerJoin('shows', 'shows.number', 'reports_to_tell.show').selectAll().where('due_at', '<=', this.#deps.clock.now()).orderBy('due_at').limit(20).execute();
    for (const row of due) {
      if (this.#isClosed) return;
      await this.#note(row.show, row.attempts, await this.#isDone(row.show_id));
    }
  }

  /** True when it was taken, or nobody wants it. A show that cannot be told of does not stop the others. */
  async #isDone(showId: string): Promise<boolean> {
    try {
      const show = await this.#deps.findShow(showId);
      const answer = show && (await this.#deps.tellSystem(show.sellerId, await this.#message(show)));
      return answer === undefined || answer.isTaken;
    } catch (error) {
      this.#deps.onFault(error);
      return false;
    }
  }

  async #message(show: Show): Promise<{ id: string; body: string }> {
    const report = await this.#deps.reportOf(show);
    return { id: `report-${show.id}`, body: JSON.stringify({ event: 'show.reported', at: this.#deps.clock.now(), report }) };
  }

  async #note(show: number, attempts: number, isDone: boolean): Promise<void> {
    const next = isDone || attempts + 1 >= MOST_ATTEMPTS ? null : this.#deps.clock.now() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);
    await this.#deps.database.write<AnalyticsTables, void>(async (transaction) => {
      // The row stays, because a show that is over may still change: its title, or who may come in.
      await transaction.updateTable('reports_to_tell').set({ attempts: attempts + 1, due_at: next }).where('show', '=', show).execute();
    });
  }

  async #sleep(): Promise<void> {
    const next = await this.#reader().select((eb) => eb.fn.min('due_at').as('at')).where('due_at', 'is not', null).executeTakeFirst();
    if (next?.at != null) this.#wakeIn(Math.min(Math.max(next.at - this.#deps.clock.now(), 50), LONGEST_SLEEP_MS));
  }

  #wakeIn(ms: number): void {
    this.#cancel();
    if (!this.#isClosed) this.#cancel = this.#deps.clock.after(ms, () => this.wake());
  }

  #reader() {
    return this.#deps.database.read<AnalyticsTables>().selectFrom('reports_to_tell');
  }
}
