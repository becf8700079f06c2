// Owns how many buyers a group has: counted in the orders themselves, so that nothing can drift from them.
import { type Kysely, sql } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { OrderState } from '../../../protocol/order.ts';
import type { ShopTables } from '../../schema.ts';

// A person by their phone number; one who is erased is still one.
const who = sql<string>`coalesce(nullif(phone_key, ''), orders.id)`;

const count = compileOnce<ShopTables, { id: string }>()((database, param) =>
  database
    .selectFrom((from) =>
      from
        .selectFrom('group_buy_orders')
        .innerJoin('orders', 'orders.id', 'group_buy_orders.order_id')
        .innerJoin('order_buyers', 'order_buyers.order_id', 'orders.id')
        .select(sql<0 | 1>`max(orders.state <> 'awaiting-payment')`.as('counts'))
        .where('promotion_id', '=', param('id'))
        .where('orders.state', 'not in', sql<OrderState>`('cancelled', 'refused')`)
        .groupBy(who)
        .as('people'),
    )
    .select([sql<number>`coalesce(sum(counts), 0)`.as('buyers'), sql<number>`coalesce(sum(1 - counts), 0)`.as('waiting')]),
);

/** `buyers` have paid, or will on delivery; `waiting` have joined and not paid, and do not count yet: a word alone makes nothing cheaper. */
export async function buyersOf(database: Kysely<ShopTables>, id: string): Promise<{ buyers: number; waiting: number }> {
  const [row] = (await count(database, { id })).rows;
  return row ?? { buyers: 0, waiting: 0 };
}
