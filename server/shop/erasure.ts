// Owns taking people out of orders: what was sold, when and for how much stays for the books.
import type { Transaction } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { orderStates, type OrderState, orderTransitions } from '../protocol/order.ts';
import { phoneDigits } from './payments/buyer-keys.ts';
import { eraseBidderByPhone } from './promotions/auction/erasure.ts';
import { erasePrizesOf } from './promotions/draw/erasure.ts';
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
  const orders = await transaction.selectFrom('orders').select('id').where('show_id', '=', showId).execute();
  await eraseFrom(transaction, orders.map(({ id }) => id));
}

/**
 * Erases a buyer from all orders that are closed; open ones still have to be brought to somebody.
 * @param phone compared by its digits, however it was written
 * @returns from how many orders, and how many of theirs are open
 */
export function eraseBuyerByPhone(database: Database, phone: string): Promise<{ erased: number; open: number }> {
  return database.write<ShopTables & { answers: { answer: string } }, { erased: number; open: number }>(async (transaction) => {
    const rows = await transaction.selectFrom('orders').select(['id', 'state', 'buyer_phone']).where('buyer_phone', '!=', '').execute();
    const theirs = rows.filter((row) => phoneDigits(row.buyer_phone) === phoneDigits(phone));
    const closed = theirs.filter(({ state }) => !OPEN.includes(state)).map(({ id }) => id);
    await eraseFrom(transaction as unknown as Transaction<ShopTables>, closed);
    await erasePrizesOf(transaction as unknown as Transaction<ShopTables>, phone);
    await eraseBidderByPhone(transaction as unknown as Transaction<ShopTables>, phone);
    // What a repeated call would be answered holds the whole order, for some days.
    for (const id of closed) await transaction.deleteFrom('answers').where('answer', 'like', `%"${id}"%`).execute();
    return { erased: closed.length, open: theirs.length - closed.length };
  });
}

async function eraseFrom(transaction: Transaction<ShopTables>, orderIds: readonly string[]): Promise<void> {
  for (const id of orderIds) {
    await transaction.updateTable('orders').set({ buyer_name: '', buyer_phone: '', buyer_address: '', note: '' }).where('id', '=', id).execute();
    await transaction.updateTable('order_changes').set({ note: '' }).where('order_id', '=', id).execute();
    // Nobody is known again by an order that nobody is in any more; its area says nothing about one person.
    await transaction.updateTable('order_buyers').set({ phone_key: '', address_key: '' }).where('order_id', '=', id).execute();
    await transaction.updateTable('delivery_calls').set({ note: '' }).where('order_id', '=', id).execute();
    await transaction.updateTable('deliveries').set({ refusal_note: '' }).where('order_id', '=', id).execute();
    await transaction.updateTable('payment_changes').set({ why: '' }).where('order_id', '=', id).execute();
    await transaction.updateTable('payment_refunds').set({ note: '' }).where('order_id', '=', id).execute();
    await transaction.updateTable('payment_problems').set({ settled_note: '' }).where('order_id', '=', id).execute();
  }
}
