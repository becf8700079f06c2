// Owns how an order that waited for money ended, and which may still have been paid: transfers whose money left late, or was seen late. Pure.
import { type Order, SOLD_OUT_NOTE } from '../../server/protocol/order.ts';

/** As long as the server hears of it. */
const LATE_MS = 24 * 3600_000;

/** Its time was over. Otherwise the buyer has cancelled, or the seller. */
export const endedByClock = ({ state, history }: Pick<Order, 'state' | 'history'>): boolean => state === 'cancelled' && history.at(-1)?.byRole === 'system';

/** Others have paid first: its goods were gone when its money came. */
export const wasSoldOut = ({ state, history }: Pick<Order, 'state' | 'history'>): boolean => endedByClock({ state, history }) && history.at(-1)?.note === SOLD_OUT_NOTE;

/** Whether its buyer can still say that it was paid, or has said so and is not answered yet. */
export function isLateTransfer(order: Pick<Order, 'state' | 'history' | 'payment' | 'money'>, now: number): boolean {
  if (order.payment !== 'transfer' || !endedByClock(order)) return false;
  return order.money.state === 'claimed' || (order.money.state === 'due' && now - (order.history.at(-1)?.at ?? 0) < LATE_MS);
}
