// Owns who follows whom: a device is known by its viewer token, an account is not needed.
import type { Transaction } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { FollowingTables } from './tables.ts';

/** More sellers than this nobody follows; a list of them is one answer. */
const MOST = 100;

export class Follows {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Following twice is following once; beyond a hundred the oldest makes room. */
  async follow(sellerId: string, identity: string): Promise<void> {
    await this.#database.write<FollowingTables, void>(async (transaction) => {
      await transaction
        .insertInto('follows')
        .values({ seller_id: sellerId, identity, at: this.#clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await transaction
        .deleteFrom('follows')
        .where('identity', '=', identity)
        .where('seller_id', 'in', (eb) => eb.selectFrom('follows').select('seller_id').where('identity', '=', identity).orderBy('at', 'desc').orderBy('seller_id').limit(-1).offset(MOST))
        .execute();
    });
  }

  async unfollow(sellerId: string, identity: string): Promise<void> {
    await this.#database.write<FollowingTables, void>(async (transaction) => {
      await transaction.deleteFrom('follows').where('seller_id', '=', sellerId).where('identity', '=', identity).execute();
    });
  }

  async isFollowing(sellerId: string, identity: string): Promise<boolean> {
    const row = await this.#read.selectFrom('follows').select('at').where('seller_id', '=', sellerId).where('identity', '=', identity).executeTakeFirst();
    return row !== undefined;
  }

  async count(sellerId: string): Promise<number> {
    const row = await this.#read
      .selectFrom('follows')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('seller_id', '=', sellerId)
      .executeTakeFirstOrThrow();
    return row.count;
  }

  /** Ids of the sellers, the newest first. */
  async of(identity: string): Promise<string[]> {
    const rows = await this.#read.selectFrom('follows').select('seller_id').where('identity', '=', identity).orderBy('at', 'desc').orderBy('seller_id').execute();
    return rows.map((row) => row.seller_id);
  }

  get #read() {
    return this.#database.read<FollowingTables>();
  }
}

/** Nobody follows by this device any more. */
export async function eraseFollower(transaction: Transaction<FollowingTables>, identity: string): Promise<void> {
  await transaction.deleteFrom('follows').where('identity', '=', identity).execute();
}
