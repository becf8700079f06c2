// Owns the shelf of a show: which products, in which order, which are pinned, and the record of every pin.
import type { Transaction } from 'kysely';
import { newId } from '../protocol/ids.ts';
import { SHELF_LIMIT } from '../protocol/shop.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { LiveTables } from './tables.ts';

/** One time a product was pinned. */
export interface PinRow {
  productId: string;
  /** 0 is the main pin. */
  rank: number;
  startedAt: number;
  /** Null while it is pinned. */
  endedAt: number | null;
}

export class Shelf {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Product ids in the host's order. */
  async productIds(showId: string): Promise<string[]> {
    const rows = await this.#database
      .read<LiveTables>()
      .selectFrom('shelf_items')
      .select('product_id')
      .where('show_id', '=', showId)
      .orderBy('position')
      .execute();
    return rows.map((row) => row.product_id);
  }

  /** Pinned product ids, the main one first. */
  async pins(showId: string): Promise<string[]> {
    const rows = await this.#database
      .read<LiveTables>()
      .selectFrom('pin_log')
      .select('product_id')
      .where('show_id', '=', showId)
      .where('ended_at', 'is', null)
      .orderBy('rank')
      .execute();
    return rows.map((row) => row.product_id);
  }

  /** Products that were pinned at a moment of the server's clock (ms since epoch), the main one first. */
  async pinsAt(showId: string, at: number): Promise<string[]> {
    const rows = await this.#database
      .read<LiveTables>()
      .selectFrom('pin_log')
      .select('product_id')
      .where('show_id', '=', showId)
      .where('started_at', '<=', at)
      .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
      .orderBy('rank')
      .execute();
    return rows.map((row) => row.product_id);
  }

  /** Every pin of the show, oldest first. */
  async pinLog(showId: string): Promise<PinRow[]> {
    return this.#database
      .read<LiveTables>()
      .selectFrom('pin_log')
      .select(['product_id as productId', 'rank', 'started_at as startedAt', 'ended_at as endedAt'])
      .where('show_id', '=', showId)
      .orderBy('started_at')
      .orderBy('rank')
      .execute();
  }

  /** Shows that have a product on their shelf. */
  async showsWith(productId: string): Promise<string[]> {
    const rows = await this.#database
      .read<LiveTables>()
      .selectFrom('shelf_items')
      .select('show_id')
      .where('product_id', '=', productId)
      .execute();
    return rows.map((row) => row.show_id);
  }

  /** Replaces the shelf; a product that leaves it is unpinned too. */
  async arrange(showId: string, productIds: readonly string[]): Promise<void> {
    const unique = [...new Set(productIds)];
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction.deleteFrom('shelf_items').where('show_id', '=', showId).execute();
      if (unique.length > 0) {
        await transaction
          .insertInto('shelf_items')
          .values(unique.map((productId, position) => ({ show_id: showId, product_id: productId, position })))
          .execute();
      }
      await this.#pin(transaction, showId, (current) => current.filter((productId) => unique.includes(productId)));
    });
  }

  /** Puts a product at the end; nothing changes when it is there already. @throws FieldcastError `shelf.full`. */
  async add(showId: string, productId: string): Promise<void> {
    await this.#database.write<LiveTables, void>(async (transaction) => {
      const { count, last } = await transaction
        .selectFrom('shelf_items')
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('position').as('last')])
        .where('show_id', '=', showId)
        .executeTakeFirstOrThrow();
      if (count >= SHELF_LIMIT) throw new FieldcastError('shelf.full', `A shelf holds ${SHELF_LIMIT} products.`, { params: { limit: SHELF_LIMIT } });
      await transaction
        .insertInto('shelf_items')
        .values({ show_id: showId, product_id: productId, position: (last ?? -1) + 1 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  /** Sets the pins, the main one first. @throws FieldcastError `shelf.not-on-shelf`. */
  async pin(showId: string, productIds: readonly string[]): Promise<void> {
    const unique = [...new Set(productIds)];
    await this.#database.write<LiveTables, void>(async (transaction) => {
      if (unique.length > 0) {
        const { count } = await transaction
          .selectFrom('shelf_items')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('show_id', '=', showId)
          .where('product_id', 'in', unique)
          .executeTakeFirstOrThrow();
        if (count !== unique.length) throw new FieldcastError('shelf.not-on-shelf', 'Only products on the shelf can be pinned.');
      }
      await this.#pin(transaction, showId, () => unique);
    });
  }

  // A row stays open while product and rank stay the same, so that the log tells how long each was explained.
  async #pin(transaction: Transaction<LiveTables>, showId: string, choose: (current: string[]) => readonly string[]): Promise<void> {
    const now = this.#clock.now();
    const current = await transaction
      .selectFrom('pin_log')
      .select(['id', 'product_id', 'rank'])
      .where('show_id', '=', showId)
      .where('ended_at', 'is', null)
      .orderBy('rank')
      .execute();
    const wanted = choose(current.map((row) => row.product_id));
    const over = current.filter((row) => wanted[row.rank] !== row.product_id);
    if (over.length > 0) {
      await transaction
        .updateTable('pin_log')
        .set({ ended_at: now })
        .where('id', 'in', over.map((row) => row.id))
        .execute();
    }
    for (const [rank, productId] of wanted.entries()) {
      if (current.some((row) => row.rank === rank && row.product_id === productId)) continue;
      await transaction
        .insertInto('pin_log')
        .values({ id: newId('key'), show_id: showId, product_id: productId, rank, started_at: now, ended_at: null })
        .execute();
    }
  }
}
