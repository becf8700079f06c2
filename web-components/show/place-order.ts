// Owns the call that places an order. Loaded with the first order: its schemas are of no use to the first picture.
import { placeOrder } from '../../server/protocol/endpoints.ts';
import type { Order, OrderRequest } from '../../server/protocol/order.ts';
import type { Call } from './http.ts';
import type { Outcome } from './outcome.ts';

export function sendOrder(call: Call, showId: string, request: OrderRequest, key: string, timeoutMs: number): Promise<Outcome<Order>> {
  return call(placeOrder, { params: { showId }, body: request, idempotencyKey: key, timeoutMs });
}
