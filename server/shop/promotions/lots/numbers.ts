// Owns which pieces of a lot an order gets: the smallest free numbers first, from lot to lot in their order; and their way back.
import { sql, type Transaction } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { ShopTables } from '../../schema.ts';

const open = compileOnce<ShopTables, { variantId: string }>()((database, param) =>
  database
    .selectFrom('lots')
    .select(['id', 'quota', 'taken', 'next_number'])
    .where('variant_id', '=', param('variantId'))
    .where('is_closed', '=', sql.lit(0))
    .where((eb) => eb('taken', '<', eb.ref('quota')))
    .orderBy('position'),
);

/** Gives an order's line its pieces; what is more than all lots have is sold without one. */
export async function takeNumbers(transaction: Transaction<ShopTables>, orderId: string, { variantId, quantity }: { variantId: string; quantity: number }): Promise<void> {
  let wanted = quantity;
  for (const lot of (await open(transaction, { variantId })).rows) {
    if (wanted === 0) return;
    const take = Math.min(wanted, lot.quota - lot.taken);
    wanted -= take;
    const runs = await freeRuns(transaction, lot.id, take);
    const fresh = take - runs.reduce((sum, run) => sum + run.quantity, 0);
    if (fresh > 0) runs.push({ first_number: lot.next_number, quantity: fresh });
    await transaction
      .updateTable('lots')
      .set((eb) => ({ taken: eb('taken', '+', take), next_number: eb('next_number', '+', fresh) }))
      .where('id', '=', lot.id)
      .execute();
    for (const run of runs) await transaction.insertInto('order_lots').values({ order_id: orderId, variant_id: variantId, lot_id: lot.id, ...run }).execute();
  }
}

/** Takes all of an order's pieces back. */
export async function giveNumbersBack(transaction: Transaction<ShopTables>, orderId: string): Promise<void> {
  const rows = await transaction.deleteFrom('order_lots').where('order_id', '=', orderId).returningAll().execute();
  for (const { lot_id, first_number, quantity } of rows) {
    await transaction.insertInto('lot_free').values({ lot_id, first_number, quantity }).execute();
    await transaction
      .updateTable('lots')
      .set((eb) => ({ taken: eb('taken', '-', quantity) }))
      .where('id', '=', lot_id)
      .execute();
  }
}

/** Takes up to `most` of the numbers that came back, the smallest first. */
async function freeRuns(transaction: Transaction<ShopTables>, lotId: string, most: number): Promise<{ first_number: number; quantity: number }[]> {
  const free = await transaction.selectFrom('lot_free').select(['first_number', 'quantity']).where('lot_id', '=', lotId).orderBy('first_number').limit(most).execute();
  const taken: { first_number: number; quantity: number }[] = [];
  let wanted = most;
  for (const { first_number, quantity } of free) {
    if (wanted === 0) break;
    const take = Math.min(wanted, quantity);
    wanted -= take;
    taken.push({ first_number, quantity: take });
    await transaction.deleteFrom('lot_free').where('lot_id', '=', lotId).where('first_number', '=', first_number).execute();
    if (take < quantity) await transaction.insertInto('lot_free').values({ lot_id: lotId, first_number: first_number + take, quantity: quantity - take }).execute();
  }
  return taken;
}
