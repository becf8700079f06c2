// Owns which shows anything was measured of, their times as figures need them, and their numbers.
import type { Database } from '../../platform/db/database.ts';
import type { Show } from '../../protocol/show.ts';
import type { AnalyticsTables } from './tables.ts';

export type ShowRow = AnalyticsTables['shows'];

export class ShowRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(showId: string): Promise<ShowRow | undefined> {
    return this.#database.read<AnalyticsTables>().selectFrom('shows').selectAll().where('show_id', '=', showId).executeTakeFirst();
  }

  /** Makes a row for a show that has none. */
  async numberOf(show: Pick<Show, 'id' | 'sellerId' | 'startedAt' | 'endedAt'>): Promise<number> {
    const known = await this.find(show.id);
    if (known) return known.number;
    await this.note(show);
    return ((await this.find(show.id)) as ShowRow).number;
  }

  /** Its times as they are now. */
  async note({ id, sellerId, startedAt, endedAt }: Pick<Show, 'id' | 'sellerId' | 'startedAt' | 'endedAt'>): Promise<void> {
    await this.#database.write<AnalyticsTables, void>(async (transaction) => {
      await transaction
        .insertInto('shows')
        .values((eb) => ({ number: eb.selectFrom('shows').select((inner) => inner(inner.fn.coalesce(inner.fn.max('number'), inner.lit(0)), '+', 1).as('next')), show_id: id, seller_id: sellerId, started_at: startedAt, ended_at: endedAt, air_until: 0, raw_is_cut: 0 }))
        .onConflict((conflict) => conflict.column('show_id').doUpdateSet({ started_at: startedAt, ended_at: endedAt }))
        .execute();
    });
  }

  async noteAir(showId: string, until: number): Promise<void> {
    await this.#database.write<AnalyticsTables, void>(async (transaction) => {
      await transaction.updateTable('shows').set({ air_until: until }).where('show_id', '=', showId).where('air_until', '<', until).execute();
    });
  }

  /** Shows of a seller that began in a stretch of time, the newest first. */
  ofSeller(sellerId: string, { from, to, limit }: { from: number; to: number; limit: number }): Promise<ShowRow[]> {
    return this.#database
      .read<AnalyticsTables>()
      .selectFrom('shows')
      .selectAll()
      .where('seller_id', '=', sellerId)
      .where('started_at', '>=', from)
      .where('started_at', '<', to)
      .orderBy('started_at', 'desc')
      .limit(limit)
      .execute();
  }

  async remove(showId: string): Promise<void> {
    await this.#database.write<AnalyticsTables, void>(async (transaction) => {
      await transaction.deleteFrom('shows').where('show_id', '=', showId).execute();
    });
  }
}
