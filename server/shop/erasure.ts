// Owns taking people out of orders: what was sold, when and for how much stays for the books.
import type { Transaction } from 'kysely';
import { FieldcastError } from '../platform/errors.ts';
import { orderStates, type OrderState, orderTransitions } from '../protocol/order.ts';
import type { ShopTables } from './schema.ts';

const OPEN: readonly OrderState[] = orderStates.filter((state) => orderTransitions[state].length > 0);

/** @throws FieldcastError `show.open-orders` (params `count`) while somebody still has to pack, bring or fetch something. */
export async function requireNoOpenOrders(transaction: Transaction<ShopTables>, showId: string): Promise<void> {
  const { count } = await transaction
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('show_id', '=', showId)
    .where('state', 'in', OPEN)
    .executeTakeFirstOrThrow();
  if (count > 0) throw new FieldcastError('show.open-orders', 'Orders of this show are still open.', { params: { count } });
}

/** Erases names, phones, addresses and free text from all orders of a show. */
export async function eraseBuyers(transaction: Transaction<ShopTables>, showId: string): Promise<void> {
  await transaction
    .updateTable('orders')
    .set({ buyer_name: '', buyer_phone: '', buyer_address: '', note: '' })
    .where('show_id', '=', showId)
    .execute();
  await transaction
    .updateTable('order_changes')
    .set({ note: '' })
    .where('order_id', 'in', (eb) => eb.selectFrom('orders').select('id').where('show_id', '=', showId))
    .execute();
}
