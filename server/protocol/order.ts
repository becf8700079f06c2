// Owns the shape of an order, its states and which state may follow which. Browser and server ask the same table.
import * as v from 'valibot';
import { id } from './ids.ts';
import { ORDER_LINE_LIMIT, QUANTITY_LIMIT } from './order-limits.ts';
import { currency, totalMinor } from './money.ts';
import { line, text } from './text.ts';
import { orderMoney, paymentMethod } from './payments.ts';
import { orderLot } from './order-lot.ts';
import { couponCode, orderDiscount } from './promotion-shape.ts';
import { units } from './shop.ts';

export { ORDER_LINE_LIMIT, QUANTITY_LIMIT };

export const orderStates = ['awaiting-payment', 'placed', 'confirmed', 'packed', 'shipped', 'delivered', 'refused', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];
export const orderState = v.picklist(orderStates);

/**
 * State -> states a seller may move the order to. A buyer may only cancel, and only before `packed`. From `awaiting-payment` to `placed`
 * it is moved by money alone.
 */
export const orderTransitions: Readonly<Record<OrderState, readonly OrderState[]>> = {
  'awaiting-payment': ['cancelled'],
  placed: ['confirmed', 'packed', 'cancelled'],
  confirmed: ['packed', 'cancelled'],
  packed: ['shipped', 'cancelled'],
  shipped: ['delivered', 'refused'],
  delivered: [],
  refused: [],
  cancelled: [],
};

export function isCancellableByBuyer(state: OrderState): boolean {
  return state === 'awaiting-payment' || state === 'placed' || state === 'confirmed';
}

/**
 * Whether the order has its goods off the shelf. They are back with its cancellation; `refused` goods come back by hand, when they arrive.
 * Where whoever pays first is served first, they are taken with the money.
 */
export function holdsStock({ state, isFirstPaid }: { state: OrderState; isFirstPaid?: boolean | undefined }): boolean {
  return state !== 'cancelled' && !(isFirstPaid && state === 'awaiting-payment');
}

/** What the history says of an order whose money came when its goods were gone. */
export const SOLD_OUT_NOTE = 'sold out before it was paid';

export const quantity = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(QUANTITY_LIMIT));

export const buyer = v.strictObject({
  name: line(1, 60),
  phone: v.pipe(v.string(), v.trim(), v.regex(/^\+?[0-9][0-9 ()-]{4,22}[0-9]$/, 'not a phone number')),
  address: text(4, 300),
});
export type Buyer = v.InferOutput<typeof buyer>;

/** `POST /api/v1/shows/{showId}/orders`. Prices are the server's: the client only says what it showed, to be told when that has changed. */
export const orderRequest = v.strictObject({
  lines: v.pipe(
    v.array(v.strictObject({ variantId: id, quantity })),
    v.minLength(1),
    v.maxLength(ORDER_LINE_LIMIT),
  ),
  buyer,
  note: v.optional(text(0, 300), ''),
  payment: paymentMethod,
  /** The total the buyer saw. Another one on the server answers `order.price-changed` and places nothing. */
  expectedTotalMinor: v.optional(totalMinor),
  /** What a buyer typed. One that takes nothing off refuses the order. */
  coupon: v.optional(couponCode),
  /** The group buy that this order joins. */
  groupBuyId: v.optional(id),
  /** The place on a waitlist whose turn it is: the units held for it are sold here. */
  waitId: v.optional(id),
});
export type OrderRequest = v.InferOutput<typeof orderRequest>;

export const orderLine = v.object({
  productId: id,
  variantId: id,
  name: v.string(),
  label: v.string(),
  /** The variant's when it was ordered, else the product's; missing where none is known. */
  grade: v.optional(v.string()),
  /** By which its origin is found, as the seller told it when it was ordered: a code, or an address. */
  traceCode: v.optional(v.string()),
  unit: v.picklist(units),
  unitPriceMinor: totalMinor,
  quantity,
  totalMinor,
  pictureId: v.nullable(id),
  /** Harvest lots that its pieces are from; missing where there are none, or the goods are back on the shelf. */
  lots: v.optional(v.array(orderLot)),
});

export const orderChange = v.object({
  from: v.nullable(orderState),
  to: orderState,
  at: v.number(),
  /** Who: the role, and for staff the name. */
  byRole: v.picklist(['viewer', 'host', 'helper', 'operator', 'coach', 'system']),
  byName: v.string(),
  note: v.string(),
  /** Set when this change took an earlier one back. */
  isUndo: v.optional(v.boolean()),
});

export const order = v.object({
  id,
  /** Short number for people, counted per seller. */
  number: v.number(),
  showId: id,
  sellerId: id,
  sellerName: v.string(),
  state: orderState,
  payment: paymentMethod,
  money: orderMoney,
  currency,
  /** Lines and delivery, less all discounts. */
  totalMinor,
  /** The fee for delivery, part of the total. */
  deliveryMinor: totalMinor,
  /** At list prices; what promotions took off stands in `discounts`. */
  lines: v.array(orderLine),
  discounts: v.array(orderDiscount),
  /** Sum of them. */
  discountMinor: totalMinor,
  buyer: v.object({ name: v.string(), phone: v.string(), address: v.string() }),
  note: v.string(),
  /** Who carries the parcel, and its number there; missing before. */
  tracking: v.optional(v.object({ courier: v.string(), number: v.string() })),
  placedAt: v.number(),
  changedAt: v.number(),
  history: v.array(orderChange),
  /** It took no goods when it was placed: the first to pay gets them. Missing: they were taken with the order. */
  isFirstPaid: v.optional(v.boolean()),
  /** Placed by nobody: an audience that is played in a rehearsal. */
  isSynthetic: v.optional(v.boolean()),
});
export type Order = v.InferOutput<typeof order>;

export const orderMove = v.strictObject({
  to: orderState,
  note: v.optional(text(0, 200), ''),
});
