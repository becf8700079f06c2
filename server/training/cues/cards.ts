// Owns cue cards as they are stored: one of a product, whoever wrote on it last.
import type { Selectable } from 'kysely';
import type { CueCard, CueCardRequest } from '../../protocol/cue-cards.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { CueTables } from './tables.ts';

/** A card without the name under which a show has its product. */
export type WrittenCard = Omit<CueCard, 'productId' | 'isDraft'>;

export class Cards {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Those that somebody has written, by product. */
  async of(productIds: readonly string[]): Promise<Map<string, WrittenCard>> {
    if (productIds.length === 0) return new Map();
    const rows = await this.#database.read<CueTables>().selectFrom('cue_cards').selectAll().where('product_id', 'in', productIds).execute();
    return new Map(rows.map((row) => [row.product_id, viewOf(row)]));
  }

  async write(productId: string, { lines, mustSay, objections }: CueCardRequest, byName: string): Promise<WrittenCard> {
    const row = { lines: JSON.stringify(lines), must_say: JSON.stringify(mustSay), objections: JSON.stringify(objections), changed_at: this.#clock.now(), changed_by: byName };
    await this.#database.write<CueTables, void>(async (transaction) => {
      await transaction
        .insertInto('cue_cards')
        .values({ product_id: productId, ...row })
        .onConflict((conflict) => conflict.column('product_id').doUpdateSet(row))
        .execute();
    });
    return viewOf({ product_id: productId, ...row });
  }

  async remove(productId: string): Promise<void> {
    await this.#database.write<CueTables, void>(async (transaction) => {
      await transaction.deleteFrom('cue_cards').where('product_id', '=', productId).execute();
    });
  }
}

function viewOf(row: Selectable<CueTables['cue_cards']>): WrittenCard {
  return {
    lines: JSON.parse(row.lines) as string[],
    mustSay: JSON.parse(row.must_say) as string[],
    objections: JSON.parse(row.objections) as CueCard['objections'],
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  };
}
