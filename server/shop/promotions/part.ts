// Owns the port by which a kind of promotion takes part in orders. Placing and moving orders know a list of these and nothing more.
import type { Kysely } from 'kysely';
import type { Quote } from '../../protocol/delivery.ts';
import { holdsStock, type Order, type OrderState } from '../../protocol/order.ts';
import type { CouponRefusal } from '../../protocol/promotion-shape.ts';
import type { Work } from '../commits.ts';
import type { ShopTables } from '../schema.ts';
import type { Coupon, Deal, PricedLine } from './pricing.ts';

/** An order, or a quote of one, before it has a price. */
export interface Asked {
  showId: string;
  sellerId: string;
  /** The show is live, or will be again in a moment. */
  isOnAir: boolean;
  /** One line a variant. */
  lines: readonly PricedLine[];
  coupon: string | undefined;
  groupBuyId: string | undefined;
  waitId: string | undefined;
  /** The auction that it was won in. */
  wonId: string | undefined;
  /** Who asks, as their token says. */
  identity: string;
  /** Of the buyer's phone number, by which limits know them; null: not known yet. */
  phoneKey: string | null;
  /** Milliseconds since the epoch, one moment for the whole transaction. */
  now: number;
}

/** What a kind of promotion has for it. */
export interface Offer {
  deals?: readonly Deal[];
  /** The coupon asked for, or why it is none. */
  coupon?: Coupon | CouponRefusal;
  /** Pieces kept for this very buyer, beyond what the shelf has. */
  kept?: readonly { variantId: string; quantity: number }[];
  /** The order is fetched here: it is its address, and delivery is neither charged nor refused. */
  pickUpAt?: string;
  /** What speaks against the order. */
  refusals?: Quote['refusals'];
}

export interface OrderPart {
  /** What there is for an order. Read-only, for quotes too: inside the transaction that places it, it sees what `placed` will. */
  offers?(asked: Asked, database: Kysely<ShopTables>): Promise<Offer>;
  /** The order is about to take its goods from the shelf: those kept for it go there first. */
  taking?(asked: Asked, work: Work): Promise<void>;
  /** It is placed and stored with its discounts: counts what it took, by conditional updates. @throws FieldcastError where there is not so much left. */
  placed?(order: Order, asked: Asked, work: Work): Promise<void>;
  /** It is in state `to` now, as stored; `order` is as it was before. {@link countTurn} and {@link goodsTurn} say what that means for what it took. @throws FieldcastError where it cannot have that again. */
  moved?(order: Order, to: OrderState, work: Work): Promise<void>;
}

type Turn = 'back' | 'take' | undefined;

/** Whether a move gives back the goods of the order, or takes them; undefined: neither. Exactly one for each way. */
export function goodsTurn({ state, isFirstPaid }: Pick<Order, 'state' | 'isFirstPaid'>, to: OrderState): Turn {
  return turn(holdsStock({ state, isFirstPaid }), holdsStock({ state: to, isFirstPaid }));
}

/** The same of what an order counts for from the moment it is placed, whenever it takes its goods. */
export function countTurn({ state }: Pick<Order, 'state'>, to: OrderState): Turn {
  return turn(holdsStock({ state }), holdsStock({ state: to }));
}

function turn(before: boolean, after: boolean): Turn {
  if (before === after) return undefined;
  return after ? 'take' : 'back';
}
