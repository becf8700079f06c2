// Owns transfer by the seller's own receive code: the buyer pays on their phone, the seller sees it on theirs and says so.
import type { Payment } from './payment.ts';

export const transfer: Payment = {
  method: 'transfer',
  firstState: 'awaiting-payment',
  terms: ({ number, totalMinor }, { transferHoldMinutes }, { now }) => ({
    dueMinor: totalMinor,
    holdUntil: now + transferHoldMinutes * 60_000,
    reference: String(number),
  }),
};
