// Owns the step from a durable transaction to its facts: collected inside, told after the commit, never again for a repeated call.
import type { Transaction } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import type { Database, Once } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { ShopFacts } from './facts.ts';
import type { ShopTables } from './schema.ts';

export interface Work {
  transaction: Transaction<ShopTables>;
  /** Milliseconds since the epoch, one moment for the whole transaction. */
  now: number;
  /** Tells a fact once the transaction is on the disk. Its payload is read in the transaction: read later it could be told out of order. */
  tell: <K extends keyof ShopFacts>(fact: K, payload: ShopFacts[K]) => void;
  /** Does what follows from what was written so far, for whoever reads it again in the transaction; done before every commit anyway. */
  follow: () => Promise<void>;
}

/** What has to be true after every transaction, whoever wrote what in it. Quick where there is nothing to do, and harmless done twice. */
export type Consequence = (work: Work) => Promise<void>;

export class Commits {
  readonly #database: Database;
  readonly #bus: Bus<ShopFacts>;
  readonly #clock: Clock;
  readonly #consequences: Consequence[] = [];

  constructor(deps: { database: Database; bus: Bus<ShopFacts>; clock: Clock }) {
    this.#database = deps.database;
    this.#bus = deps.bus;
    this.#clock = deps.clock;
  }

  register(consequence: Consequence): void {
    this.#consequences.push(consequence);
  }

  /**
   * Runs `work`, once per idempotency key. Only the id it answers is kept for a repeated call, so that no copy of a buyer's data
   * lies beside the order; `readAgain` then reads what the id names now.
   * All writes that touch stock take this way and no shorter one: facts then leave in the order of their commits.
   */
  async run<Value extends { id: string }>(
    once: Once | undefined,
    work: (work: Work) => Promise<Value>,
    readAgain: (id: string) => Promise<Value>,
  ): Promise<Value> {
    const now = this.#clock.now();
    const facts: (() => void)[] = [];
    let fresh: Value | undefined;
    const { value: id } = await this.#database.writeOnce<ShopTables, string>(once, now, async (transaction) => {
      const present: Work = {
        transaction,
        now,
        tell: (fact, payload) => facts.push(() => this.#bus.emit(fact, payload)),
        follow: async () => {
          for (const consequence of this.#consequences) await consequence(present);
        },
      };
      fresh = await work(present);
      await present.follow();
      return fresh.id;
    });
    for (const tell of facts) tell();
    return fresh ?? readAgain(id);
  }
}
