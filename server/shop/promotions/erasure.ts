// Owns what a deleted show leaves of its promotions: those that orders refer to, because the books stay.
import type { Transaction } from 'kysely';
import type { ShopTables } from '../schema.ts';
import { eraseAuctions } from './auction/erasure.ts';

/** Deletes the promotions of a show that is deleted, with what their kinds keep of them. */
export async function erasePromotions(transaction: Transaction<ShopTables>, showId: string): Promise<void> {
  await eraseAuctions(transaction, showId);
  await transaction.deleteFrom('coupon_claims').where('promotion_id', 'in', (eb) => eb.selectFrom('promotions').select('id').where('show_id', '=', showId)).execute();
  await transaction
    .deleteFrom('promotions')
    .where('show_id', '=', showId)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('order_discounts').select('order_id').whereRef('promotion_id', '=', 'promotions.id'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('group_buy_orders').select('order_id').whereRef('promotion_id', '=', 'promotions.id'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('auctions').select('order_id').whereRef('promotion_id', '=', 'promotions.id').where('order_id', 'is not', null))))
    .execute();
}
