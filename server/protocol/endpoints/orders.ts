// Owns the endpoints of orders.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import * as orders from '../order.ts';
import { everyone, nothing, orderParams, showParams, staff } from './common.ts';

export const placeOrder = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/orders',
  summary: 'Place an order: reserves stock and stores the order in one durable transaction',
  roles: everyone,
  params: showParams,
  body: orders.orderRequest,
  status: 201,
  response: orders.order,
  idempotency: 'required',
  limit: { perIdentity: 30, perAddress: 600 },
});

export const listOrders = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/orders',
  summary: 'Orders of the show, newest first; helpers see masked phone numbers',
  roles: staff,
  right: 'orders',
  params: showParams,
  query: v.strictObject({
    state: v.optional(orders.orderState),
    /** An order's number: only older ones. One answer holds at most 500. */
    before: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,9}$/), v.transform(Number))),
  }),
  status: 200,
  response: v.object({ orders: v.array(orders.order) }),
});

export const readOrder = endpoint({
  method: 'GET',
  path: '/api/v1/orders/{orderId}',
  summary: 'One order, for whoever holds its unguessable id',
  roles: everyone,
  params: orderParams,
  status: 200,
  response: orders.order,
  limit: { perAddress: 600 },
});

export const cancelOrder = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/cancel',
  summary: 'The buyer cancels, until it is packed; the stock goes back once',
  roles: everyone,
  params: orderParams,
  body: nothing,
  status: 200,
  response: orders.order,
  limit: { perAddress: 120 },
});

export const moveOrder = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/state',
  summary: 'The seller moves an order on',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: orders.orderMove,
  status: 200,
  response: orders.order,
  idempotency: 'accepted',
});

export const undoOrderMove = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/undo',
  summary: 'Take back the last move; refused when the stock has been sold meanwhile',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: nothing,
  status: 200,
  response: orders.order,
});
