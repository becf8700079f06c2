// Owns what hosts' pages measured, as it is stored: how loud each second was, how the picture was lit, which prices were heard.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Readings as Told } from '../../protocol/scoring.ts';
import type { Framing, Light } from '../../protocol/scoring-limits.ts';
import type { Loud } from './speech.ts';
import type { ScoringTables } from './tables.ts';

/** A show of ten hours in stretches of half a minute has 1,200. What is more than this is no page of ours. */
const SHOW_LIMIT = 5_000;

export interface Measured {
  loud: Loud[];
  looks: { light: Light; framing: Framing }[];
  pricesTold: { productId: string; at: number }[];
  listened: { from: number; to: number }[];
}

export class Readings {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Keeps what ends now; seconds that were told before are left out, and so is what comes after too much. */
  async take(showId: string, { levels, picture, pricesSaid, isListening }: Told): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<ScoringTables, void>(async (transaction) => {
      const { count, last } = await transaction.selectFrom('practice_readings').select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('at').as('last')]).where('show_id', '=', showId).executeTakeFirstOrThrow();
      if (count >= SHOW_LIMIT) return;
      const before = last === null ? undefined : await transaction.selectFrom('practice_readings').select('levels').where('show_id', '=', showId).where('at', '=', last).executeTakeFirst();
      const toldUntil = last === null || !before ? 0 : last + (JSON.parse(before.levels) as number[]).length * 1000;
      // The last row may be one without any sound, at this very moment.
      const from = Math.max(now - levels.length * 1000, toldUntil, (last ?? 0) + 1);
      const fresh = levels.slice(Math.max(0, levels.length - Math.floor((now - from) / 1000)));
      const prices = pricesSaid.map(({ productId, secondsAgo }) => ({ productId, at: Math.round(now - secondsAgo * 1000) }));
      await transaction
        .insertInto('practice_readings')
        .values({ show_id: showId, at: from, levels: JSON.stringify(fresh), light: picture?.light ?? null, framing: picture?.framing ?? null, prices: JSON.stringify(prices), is_listening: Number(isListening) })
        .execute();
    });
  }

  async of(showId: string): Promise<Measured> {
    const rows = await this.#database.read<ScoringTables>().selectFrom('practice_readings').selectAll().where('show_id', '=', showId).orderBy('at').execute();
    const measured: Measured = { loud: [], looks: [], pricesTold: [], listened: [] };
    for (const row of rows) {
      const levels = JSON.parse(row.levels) as number[];
      for (const [index, level] of levels.entries()) measured.loud.push({ at: row.at + index * 1000, level });
      if (row.light && row.framing) measured.looks.push({ light: row.light, framing: row.framing });
      measured.pricesTold.push(...(JSON.parse(row.prices) as Measured['pricesTold']));
      if (row.is_listening === 1) measured.listened.push({ from: row.at, to: row.at + levels.length * 1000 });
    }
    return measured;
  }
}
