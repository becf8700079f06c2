// Owns the codes of shows: which are on, giving one to whatever comes onto the shelf, and finding and counting what is ordered by them.
import type { Database } from '../../platform/db/database.ts';
import type { CodeDesk, Codes as CodesView, OrderedByCode } from '../../protocol/codes.ts';
import type { Product, Variant } from '../../protocol/shop.ts';
import type { Goods } from '../../live/index.ts';
import { type Coded, findOrdered } from './finder.ts';
import { codeAt } from './naming.ts';
import type { CodeTables } from './tables.ts';

/** A show's codes for what is on its shelf now. */
interface Present {
  codes: CodesView['codes'];
  /** By code in lower case. */
  finder: ReadonlyMap<string, Coded>;
}

const NONE: CodesView = { isOn: false, codes: [] };

export class Codes {
  readonly #database: Database;
  readonly #goods: Goods;
  /** Whether they are on, by show; asked of the database once. */
  readonly #on = new Map<string, Promise<boolean>>();
  /** Kept as long as the shelf that it was made of. */
  readonly #present = new WeakMap<object, Promise<Present>>();

  constructor(deps: { database: Database; goods: Goods }) {
    this.#database = deps.database;
    this.#goods = deps.goods;
  }

  async of(showId: string): Promise<CodesView> {
    return (await this.isOn(showId)) ? { isOn: true, codes: (await this.#of(showId)).codes } : NONE;
  }

  async desk(showId: string): Promise<CodeDesk> {
    const { isOn, codes } = await this.of(showId);
    const rows = await this.#database
      .read<CodeTables>()
      .selectFrom('code_calls')
      .select((eb) => ['variant_id', eb.fn.countAll<number>().as('times'), eb.fn.sum<number>('quantity').as('pieces')])
      .where('show_id', '=', showId)
      .groupBy('variant_id')
      .execute();
    const calls = new Map(rows.map(({ variant_id, times, pieces }) => [variant_id, { times, pieces }]));
    return { isOn, codes: codes.map((each) => ({ ...each, ...(calls.get(each.variantId) ?? { times: 0, pieces: 0 }) })) };
  }

  async turn(showId: string, isOn: boolean): Promise<void> {
    await this.#database.write<CodeTables, void>(async (transaction) => {
      const row = { show_id: showId, is_on: isOn ? (1 as const) : (0 as const) };
      await transaction.insertInto('code_settings').values(row).onConflict((conflict) => conflict.column('show_id').doUpdateSet(row)).execute();
    });
    this.#on.set(showId, Promise.resolve(isOn));
  }

  /** What a message orders, and counts it; the same message is counted once, however often it is asked about. */
  async ordered(showId: string, message: { id: string; text: string }): Promise<OrderedByCode> {
    if (!(await this.isOn(showId))) return [];
    const ordered = findOrdered(message.text, (await this.#of(showId)).finder);
    if (ordered.length > 0) {
      const rows = ordered.map(({ variantId, quantity }) => ({ message_id: message.id, variant_id: variantId, show_id: showId, quantity }));
      await this.#database.write<CodeTables, void>(async (transaction) => {
        await transaction.insertInto('code_calls').values(rows).onConflict((conflict) => conflict.doNothing()).execute();
      });
    }
    return ordered;
  }

  /** A show is gone. */
  async forget(showId: string): Promise<void> {
    this.#on.delete(showId);
    await this.#database.write<CodeTables, void>(async (transaction) => {
      for (const table of ['code_settings', 'codes', 'code_calls'] as const) await transaction.deleteFrom(table).where('show_id', '=', showId).execute();
    });
  }

  isOn(showId: string): Promise<boolean> {
    let on = this.#on.get(showId);
    if (!on) {
      this.#on.set(showId, (on = this.#readOn(showId)));
      on.catch(() => this.#on.delete(showId));
    }
    return on;
  }

  async #readOn(showId: string): Promise<boolean> {
    const row = await this.#database.read<CodeTables>().selectFrom('code_settings').select('is_on').where('show_id', '=', showId).executeTakeFirst();
    return row?.is_on === 1;
  }

  async #of(showId: string): Promise<Present> {
    const shelf = await this.#goods.of(showId);
    let present = this.#present.get(shelf);
    if (!present) {
      this.#present.set(shelf, (present = this.#name(showId, shelf)));
      present.catch(() => this.#present.delete(shelf));
    }
    return present;
  }

  async #name(showId: string, shelf: readonly Product[]): Promise<Present> {
    const variants = shelf.flatMap((product) => product.variants);
    const known = await this.#known(showId);
    const fresh = variants.filter(({ id }) => !known.has(id));
    const positions = fresh.length === 0 ? known : await this.#add(showId, fresh);
    const named = variants.flatMap(({ id: variantId, unit }) => {
      const position = positions.get(variantId);
      return position === undefined ? [] : [{ variantId, unit, code: codeAt(position) }];
    });
    return {
      codes: named.map(({ variantId, code }) => ({ variantId, code })),
      finder: new Map(named.map(({ variantId, unit, code }) => [code.toLowerCase(), { variantId, unit }])),
    };
  }

  /** Gives codes to what has none yet: the next ones, because one that was given out is never another's. */
  async #add(showId: string, variants: readonly Variant[]): Promise<Map<string, number>> {
    await this.#database.write<CodeTables, void>(async (transaction) => {
      const { last } = await transaction
        .selectFrom('codes')
        .select((eb) => eb.fn.max<number | null>('position').as('last'))
        .where('show_id', '=', showId)
        .executeTakeFirstOrThrow();
      let position = (last ?? -1) + 1;
      for (const { id } of variants) {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('codes')
          .values({ show_id: showId, variant_id: id, position })
          .onConflict((conflict) => conflict.columns(['show_id', 'variant_id']).doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 1n) position += 1;
      }
    });
    return this.#known(showId);
  }

  async #known(showId: string): Promise<Map<string, number>> {
    const rows = await this.#database.read<CodeTables>().selectFrom('codes').select(['variant_id', 'position']).where('show_id', '=', showId).execute();
    return new Map(rows.map((row) => [row.variant_id, row.position]));
  }
}
