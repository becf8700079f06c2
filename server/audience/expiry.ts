// Owns that the chat of an old show goes by the clock, as its replay does: after the seller's days, the server's where the seller has none.
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Show } from '../protocol/show.ts';
import type { AudienceTables } from './tables.ts';

const LOOK_MS = 3600_000;
const DAY_MS = 24 * 3600_000;
/** Whose replays are not kept at all still wants to read the questions the next morning. */
const LEAST_DAYS = 1;

export interface ExpiryDeps {
  database: Database;
  clock: Clock;
  shows: { find(showId: string): Promise<Show | undefined> };
  /** Days that a seller's replays are kept. */
  daysOf: (sellerId: string) => Promise<number>;
  /** Erases all that was said in a show. */
  erase: (showId: string) => Promise<void>;
  onFault: (error: unknown) => void;
}

export class Expiry {
  readonly #deps: ExpiryDeps;
  #cancel: () => void;

  constructor(deps: ExpiryDeps) {
    this.#deps = deps;
    this.#cancel = deps.clock.after(LOOK_MS, () => this.#tick());
  }

  /** Erases what is too old now, also what is left of shows that are gone. */
  async sweep(): Promise<void> {
    const { database, clock, shows, daysOf, erase } = this.#deps;
    const rows = await database.read<AudienceTables>().selectFrom('chat_messages').select('show_id').distinct().execute();
    for (const { show_id: showId } of rows) {
      const show = await shows.find(showId);
      const keptUntil = show?.status === 'ended' && show.endedAt !== null ? show.endedAt + Math.max(LEAST_DAYS, await daysOf(show.sellerId)) * DAY_MS : Infinity;
      if (!show || keptUntil <= clock.now()) await erase(showId);
    }
  }

  close(): void {
    this.#cancel();
  }

  #tick(): void {
    this.#cancel = this.#deps.clock.after(LOOK_MS, () => this.#tick());
    this.sweep().catch(this.#deps.onFault);
  }
}
