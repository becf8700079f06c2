// Owns who took which coupon: with a tap, or by ordering with its code.
import type { Transaction } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Database } from '../../../platform/db/database.ts';
import { newId } from '../../../protocol/new-id.ts';
import type { ShopTables } from '../../schema.ts';

/** Of a tap. */
const NO_ORDER = '';

const add = compileOnce<ShopTables, ShopTables['coupon_claims']>()((database, param) =>
  database
    .insertInto('coupon_claims')
    .values({ promotion_id: param('promotion_id'), person: param('person'), order_id: param('order_id'), at: param('at') })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Once for each person, however often they tap. */
export async function noteTap(database: Database, promotionId: string, person: string, now: number): Promise<void> {
  const known = await database.read<ShopTables>().selectFrom('coupon_claims').select('at').where('promotion_id', '=', promotionId).where('person', '=', person).where('order_id', '=', NO_ORDER).executeTakeFirst();
  if (known) return;
  await database.write<ShopTables, void>(async (transaction) => {
    await add(transaction, { promotion_id: promotionId, person, order_id: NO_ORDER, at: now });
  });
}

/** In the transaction that stores the order. */
export async function noteUse(transaction: Transaction<ShopTables>, promotionId: string, person: string, { orderId, now }: { orderId: string; now: number }): Promise<void> {
  await add(transaction, { promotion_id: promotionId, person, order_id: orderId, at: now });
}

/** Forgets who took coupons by this identity; that somebody did stays, a coupon at a time. */
export async function eraseCouponClaims(transaction: Transaction<ShopTables>, identity: string): Promise<void> {
  const theirs = await transaction.selectFrom('coupon_claims').select('promotion_id').distinct().where('person', '=', identity).execute();
  for (const { promotion_id: promotionId } of theirs) {
    await transaction.updateTable('coupon_claims').set({ person: newId('vwr') }).where('promotion_id', '=', promotionId).where('person', '=', identity).execute();
  }
}
