// Owns the port to ways of paying. Orders know this interface; what a way of paying talks to is its own business.
import type { OrderState, paymentMethods } from '../../protocol/order.ts';

export type PaymentMethod = (typeof paymentMethods)[number];

export interface Payment {
  readonly method: PaymentMethod;
  /**
   * State a new order starts in, decided inside the transaction that reserves its stock: a method that must first see money
   * names a waiting state here, and moves the order on when it has seen it.
   */
  readonly firstState: OrderState;
}
