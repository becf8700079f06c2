// Owns the port to ways of paying. Orders know this interface; what a way of paying talks to is its own business.
import type { Order, OrderState } from '../../protocol/order.ts';
import type { PaymentMethod, PaymentTerms } from '../../protocol/payments.ts';
import type { Work } from '../commits.ts';
import type { PaymentSettings } from './settings.ts';

/** On which terms a new order waits for its money. */
export interface Terms {
  dueMinor: number;
  /** Until when the goods are held; null where the order waits for nothing. */
  holdUntil: number | null;
  /** What the buyer writes beside the payment. */
  reference: string | null;
}

/** Who moved an order, as its history says. */
export interface OrderMover {
  role: Order['history'][number]['byRole'];
  name: string;
}

export interface Payment {
  readonly method: PaymentMethod;
  /**
   * State a new order starts in, decided inside the transaction that reserves its stock: a method that must first see money
   * names `awaiting-payment` here, and moves the order on when it has seen it.
   */
  readonly firstState: OrderState;
  /** The terms of a new order, inside the transaction that places it. */
  terms(order: Pick<Order, 'id' | 'sellerId' | 'number' | 'totalMinor' | 'currency'>, settings: PaymentSettings, work: Work): Promise<Terms> | Terms;
  /** What the buyer needs to pay; missing where there is nothing to do. Called again it continues the same payment. */
  start?(order: Order): Promise<PaymentTerms>;
  /** Asks whoever holds the money what has come, and applies it. Missing where only people can see it. */
  check?(orderId: string): Promise<void>;
  /** Gives back what was asked for and is stored (`payment_refunds`). Missing: staff give it back by hand, and it is done when they say so. */
  refund?(orderId: string): Promise<void>;
  /** The hold has run out: makes sure that no more money comes, as well as can be known in time; what has come is applied. */
  close?(orderId: string): Promise<void>;
  /** The order has just moved, in the same transaction: what that means for its money. */
  moved?(order: Order, to: OrderState, work: Work, by: OrderMover): Promise<void>;
}

/** Ways of paying that this server has; one that is not set up is missing, though orders of it may exist. */
export type Payments = { [Method in PaymentMethod]?: Payment };
