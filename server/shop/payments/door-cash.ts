// Owns cash at the door: how much of what is due was taken, in the order's money and in what the courier has to hand over.
import { FieldcastError } from '../../platform/errors.ts';
import type { Order } from '../../protocol/order.ts';
import type { Work } from '../commits.ts';
import { noteDoor } from './door-rows.ts';
import { type MoneyMover, moveMoney } from './ledger.ts';

/**
 * Cash of an order as it was read, in the transaction that may have moved it to `delivered`. Less than what is due leaves the rest due;
 * more is taken as it is, because nobody has change at every door, but not more than twice as much: that is a slip of the finger.
 * @param asked missing: all that is due; 0: nothing was taken
 * @throws FieldcastError `payment.wrong-state`, `input.invalid`.
 */
export async function takeCash(order: Order, asked: number | undefined, why: string, by: MoneyMover, { transaction, now }: Work): Promise<void> {
  if (asked === 0) return;
  const { state, dueMinor, paidMinor } = order.money;
  const amountMinor = asked ?? dueMinor - paidMinor;
  if (amountMinor <= 0 || state !== 'due') throw new FieldcastError('payment.wrong-state', 'No cash is due any more.', { params: { state } });
  const paid = paidMinor + amountMinor;
  if (paid > dueMinor * 2) {
    throw new FieldcastError('input.invalid', 'That is more than twice what was due.', { issues: [{ path: 'body.collectedMinor', message: 'too much' }] });
  }
  await moveMoney(transaction, order, { to: paid >= dueMinor ? 'paid' : 'due', amountMinor, by, why, at: now, set: { paid_minor: paid } });
  await noteDoor(transaction, order.id, { collected_minor: paid });
}
