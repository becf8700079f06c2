// Owns what came of the promotions of a show: counted in orders that stand, so that no counter can drift from the books.
import { type Kysely, sql } from 'kysely';
import type { OrderState } from '../../protocol/order.ts';
import type { PromotionDesk } from '../../protocol/promotions.ts';
import type { ShopTables } from '../schema.ts';

type Figures = PromotionDesk['promotions'][number]['figures'];

/** By promotion; one that took nothing is missing. */
export async function figuresOf(database: Kysely<ShopTables>, showId: string): Promise<Map<string, Figures>> {
  const rows = await database
    .selectFrom('promotions')
    .innerJoin('order_discounts', 'order_discounts.promotion_id', 'promotions.id')
    .innerJoin('orders', 'orders.id', 'order_discounts.order_id')
    .select(({ fn }) => [
      'promotions.id',
      fn.count<number>('orders.id').distinct().as('orders'),
      fn.sum<number>('order_discounts.quantity').as('units'),
      fn.sum<number>('order_discounts.amount_minor').as('takenOffMinor'),
    ])
    .where('promotions.show_id', '=', showId)
    .where('orders.state', 'not in', sql<OrderState>`('cancelled', 'refused')`)
    .groupBy('promotions.id')
    .execute();
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}
