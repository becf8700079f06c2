// Owns whose turn it is: stock that is there while somebody waits for it is held for who waits longest, in the same transaction.
import { sql } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import { WAIT_HOLD_MS } from '../../../protocol/waitlist.ts';
import type { Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import { reserve } from '../../stock.ts';

/** Variants that are there, and that somebody waits for. */
const awaited = compileOnce<ShopTables, object>()((database) =>
  database
    .selectFrom('waits')
    .innerJoin('variants', 'variants.id', 'waits.variant_id')
    .innerJoin('products', 'products.id', 'waits.product_id')
    .select(['variant_id as variantId', 'variants.stock', 'waits.seller_id as sellerId', 'products.limit_per_buyer as limitPerBuyer'])
    .distinct()
    // So that the index of those who wait is used.
    .where('waits.state', '=', sql.lit('waiting'))
    .where('variants.stock', '>', sql.lit(0))
    .where('products.archived', '=', sql.lit(0))
    .where('variants.archived', '=', sql.lit(0)),
);

/** Holds what is there for those who wait, sized to what there is. Afterwards either nothing is left or nobody waits. */
export async function serveWaiting(work: Work): Promise<void> {
  for (const { variantId, stock, sellerId, limitPerBuyer } of (await awaited(work.transaction, {})).rows) {
    let left = stock;
    const waiting = await work.transaction
      .selectFrom('waits')
      .select(['id', 'show_id', 'identity', 'quantity'])
      .where('variant_id', '=', variantId)
      .where('state', '=', sql.lit('waiting'))
      .orderBy('position')
      .limit(left)
      .execute();
    for (const { id: waitId, show_id: showId, identity, quantity } of waiting) {
      const held = Math.min(quantity, left, limitPerBuyer ?? quantity);
      if (held === 0) break;
      left -= held;
      const until = work.now + WAIT_HOLD_MS;
      await work.transaction.updateTable('waits').set({ state: 'held', held, hold_until: until }).where('id', '=', waitId).execute();
      work.tell('promotion.mine', { showId, identity, mine: { what: 'your-turn', waitId, variantId, quantity: held, until } });
    }
    work.tell('variants.changed', { sellerId, variants: [await reserve(work.transaction, variantId, stock - left)] });
    for (const showId of new Set(waiting.map((wait) => wait.show_id))) work.tell('waitlist.changed', { showId });
  }
}
