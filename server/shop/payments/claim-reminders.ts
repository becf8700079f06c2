// Owns the reminder to a seller while a buyer waits to hear whether their transfer has come.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Logger } from '../../platform/log.ts';
import type { ShopFacts } from '../facts.ts';
import type { ShopTables } from '../schema.ts';
import { claimsOf } from './money-list.ts';

const LOOK_EVERY_MS = 30_000;
const MINUTE_MS = 60_000;
/** Minutes after the claim: soon, because somebody waits at the other end, then less and less often; from the last on every hour for a day. */
const REMIND_AT_MINUTES: readonly number[] = [3, 10, 30, 60, ...Array.from({ length: 23 }, (_, hour) => (hour + 2) * 60)];

export class ClaimReminders {
  readonly #database: Database;
  readonly #bus: Bus<ShopFacts>;
  readonly #clock: Clock;
  readonly #log: Logger;
  #cancel: () => void = () => undefined;
  /** From the beginning of time: what became due while the server was down is told at the first look. */
  #lookedAt = 0;
  #isClosed = false;

  constructor(deps: { database: Database; bus: Bus<ShopFacts>; clock: Clock; log: Logger }) {
    this.#database = deps.database;
    this.#bus = deps.bus;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  start(): void {
    if (this.#isClosed) return;
    this.#cancel = this.#clock.after(LOOK_EVERY_MS, () => {
      this.look()
        .catch((error: unknown) => this.#log.error({ err: error }, 'claims could not be looked at'))
        .finally(() => this.start());
    });
  }

  /** Tells of each show in which a claim has become due for a reminder since the last look. */
  async look(): Promise<void> {
    const since = this.#lookedAt;
    const now = this.#clock.now();
    const claims = await claimsOf(this.#database.read<ShopTables>(), {});
    this.#lookedAt = now;
    const isDue = (claimedAt: number): boolean => REMIND_AT_MINUTES.some((minutes) => claimedAt + minutes * MINUTE_MS > since && claimedAt + minutes * MINUTE_MS <= now);
    for (const showId of new Set(claims.filter(({ claimedAt }) => isDue(claimedAt)).map((claim) => claim.showId))) {
      const waiting = claims.filter((claim) => claim.showId === showId);
      this.#bus.emit('claims.waiting', { showId, count: waiting.length, oldestAt: Math.min(...waiting.map(({ claimedAt }) => claimedAt)) });
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }
}
