// Owns cash on delivery: the courier collects, so an order waits for nothing and a cancelled one owes nobody anything.
import type { Payment } from './payment.ts';

export const cashOnDelivery: Payment = {
  method: 'cod',
  firstState: 'placed',
  terms: ({ totalMinor }) => ({ dueMinor: totalMinor, holdUntil: null, reference: null }),
};
