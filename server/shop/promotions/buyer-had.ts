// Owns how much of a promotion one buyer has had: by phone number, which is what a person cannot make up at will.
import { type Kysely, sql } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { OrderState } from '../../protocol/order.ts';
import type { ShopTables } from '../schema.ts';

interface Had {
  promotionId: string;
  sellerId: string;
  /** Of their phone number, as `BuyerKeys` makes it. */
  phoneKey: string;
}

const had = compileOnce<ShopTables, Had>()((database, param) =>
  database
    .selectFrom('order_buyers')
    .innerJoin('orders', 'orders.id', 'order_buyers.order_id')
    .innerJoin('order_discounts', 'order_discounts.order_id', 'orders.id')
    .select((eb) => [eb.fn.coalesce(eb.fn.sum<number>('order_discounts.quantity'), sql.lit(0)).as('pieces'), eb.fn.countAll<number>().as('times')])
    .where('order_buyers.seller_id', '=', param('sellerId'))
    .where('order_buyers.phone_key', '=', param('phoneKey'))
    .where('orders.state', 'not in', sql<OrderState>`('cancelled', 'refused')`)
    .where('order_discounts.promotion_id', '=', param('promotionId')),
);

/** Pieces, and how many discounts, in orders that stand; cancelled and refused ones count no more. */
export async function buyerHad(database: Kysely<ShopTables>, of: Had): Promise<{ pieces: number; times: number }> {
  const [row] = (await had(database, of)).rows;
  return row ?? { pieces: 0, times: 0 };
}
