// Owns cash on delivery: the courier collects, so an order waits for nothing and a cancelled one owes nobody anything.
import type { Order, OrderState } from '../../protocol/order.ts';
import type { Work } from '../commits.ts';
import { bySystem, moveMoney } from './ledger.ts';
import type { Payment } from './payment.ts';

export const cashOnDelivery: Payment = {
  method: 'cod',
  firstState: 'placed',
  terms: ({ totalMinor }) => ({ dueMinor: totalMinor, holdUntil: null, reference: null }),
  moved: followWithMoney,
};

/** What is refused at the door is never paid; and what was said too early, of a refusal or of cash, is taken back with the move. */
async function followWithMoney(order: Order, to: OrderState, { transaction, now: at }: Work): Promise<void> {
  const { state, paidMinor } = order.money;
  const step = { by: bySystem, why: '', at };
  if (to === 'refused' && state === 'due') await moveMoney(transaction, order, { ...step, to: 'lost', amountMinor: 0, set: {} });
  else if (order.state === 'refused' && state === 'lost') await moveMoney(transaction, order, { ...step, to: 'due', amountMinor: 0, set: {} });
  else if (order.state === 'delivered' && paidMinor > 0) {
    await moveMoney(transaction, order, { ...step, to: 'due', amountMinor: -paidMinor, set: { paid_minor: 0 } });
  }
}
