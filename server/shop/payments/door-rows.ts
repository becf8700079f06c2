// Owns what is stored of an order's way to the door, and that it stays true when the order moves: forward, back, or by another hand.
import type { Transaction } from 'kysely';
import type { Order, OrderState } from '../../protocol/order.ts';
import type { Work } from '../commits.ts';
import type { ShopTables } from '../schema.ts';

type Row = ShopTables['deliveries'];

/** Writes what is given and leaves the rest as it is. */
export async function noteDoor(transaction: Transaction<ShopTables>, orderId: string, set: Partial<Omit<Row, 'order_id'>>): Promise<void> {
  const fresh: Row = { order_id: orderId, courier_id: null, handed_at: null, ended_at: null, collected_minor: null, refusal_reason: null, refusal_note: '', ...set };
  await transaction
    .insertInto('deliveries')
    .values(fresh)
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet(set))
    .execute();
}

/** To be called with every move of an order, in its transaction. */
export async function followToDoor(order: Order, to: OrderState, { transaction, now }: Work): Promise<void> {
  if (to === 'delivered' || to === 'refused') await noteDoor(transaction, order.id, { ended_at: now });
  else if (order.state === 'delivered' || order.state === 'refused') {
    await noteDoor(transaction, order.id, { ended_at: null, collected_minor: null, refusal_reason: null, refusal_note: '' });
  } else if (order.state === 'shipped') await noteDoor(transaction, order.id, { courier_id: null, handed_at: null });
}
