// Owns how much of a product one buyer has had in a show: by phone number, which is what a person cannot make up at will.
import { type Kysely, sql } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { OrderState } from '../../protocol/order.ts';
import type { ShopTables } from '../schema.ts';

interface Had {
  sellerId: string;
  showId: string;
  productId: string;
  /** Of their phone number, as `BuyerKeys` makes it. */
  phoneKey: string;
}

const had = compileOnce<ShopTables, Had>()((database, param) =>
  database
    .selectFrom('order_buyers')
    .innerJoin('orders', 'orders.id', 'order_buyers.order_id')
    .innerJoin('order_lines', 'order_lines.order_id', 'orders.id')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('order_lines.quantity'), sql.lit(0)).as('pieces'))
    .where('order_buyers.seller_id', '=', param('sellerId'))
    .where('order_buyers.phone_key', '=', param('phoneKey'))
    .where('orders.show_id', '=', param('showId'))
    .where('orders.state', 'not in', sql<OrderState>`('cancelled', 'refused')`)
    .where('order_lines.product_id', '=', param('productId')),
);

/** Pieces in orders that stand; cancelled and refused ones count no more. */
export async function piecesHad(database: Kysely<ShopTables>, of: Had): Promise<number> {
  const [row] = (await had(database, of)).rows;
  return row?.pieces ?? 0;
}
