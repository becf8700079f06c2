// Owns the endpoints of the order desk.
import * as v from 'valibot';
import * as desk from '../desk.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { order } from '../order.ts';
import { hosts, nothing, operator, orderParams, staff } from './common.ts';

const sellerParams = v.strictObject({ sellerId: id });
const orders = { roles: staff, right: 'orders' } as const;

export const listDeskOrders = endpoint({
  method: 'GET',
  path: '/api/v1/desk/orders',
  summary: 'Orders of one queue, `showId` or (operators) `sellerId`: what waits longest first, finished ones newest first; 50 at a time, `next` reads on',
  ...orders,
  query: desk.deskQuery,
  status: 200,
  response: desk.deskPage,
});

export const countDeskOrders = endpoint({
  method: 'GET',
  path: '/api/v1/desk/counts',
  summary: 'How many orders are in each queue',
  ...orders,
  query: desk.deskScope,
  status: 200,
  response: desk.deskCounts,
});

export const moveDeskOrders = endpoint({
  method: 'POST',
  path: '/api/v1/desk/batches',
  summary: 'Move up to 200 orders on; those that cannot go are named and hold up nobody',
  ...orders,
  body: desk.batchRequest,
  status: 200,
  response: desk.batch,
  idempotency: 'required',
});

export const undoDeskBatch = endpoint({
  method: 'POST',
  path: '/api/v1/desk/batches/{batchId}/undo',
  summary: 'Take a batch back, for 30 minutes; orders that have moved since stay where they are',
  ...orders,
  params: v.strictObject({ batchId: id }),
  body: nothing,
  status: 200,
  response: desk.batchUndone,
});

export const trackOrder = endpoint({
  method: 'PUT',
  path: '/api/v1/orders/{orderId}/tracking',
  summary: 'Courier and tracking number; empty ones take them away',
  ...orders,
  params: orderParams,
  body: desk.trackingRequest,
  status: 200,
  response: order,
});

export const openPaper = endpoint({
  method: 'POST',
  path: '/api/v1/desk/papers',
  summary: 'Labels, packing list or receipts of up to 200 orders as a page to print: an address that holds for 15 minutes',
  ...orders,
  body: desk.paperRequest,
  status: 201,
  response: desk.paper,
});

export const listPacking = endpoint({
  method: 'GET',
  path: '/api/v1/desk/packing',
  summary: 'What is to be packed and sent (500 orders at most), by logistics point or area',
  ...orders,
  query: desk.deskScope,
  status: 200,
  response: v.object({ places: v.array(desk.packingPlace) }),
});

export const exportOrders = endpoint({
  method: 'GET',
  path: '/api/v1/desk/orders.csv',
  summary: 'Orders of a queue as a table, which can be changed and read in again',
  ...orders,
  query: desk.deskQuery,
  status: 200,
  produces: 'text/csv; charset=utf-8',
  limit: { perIdentity: 12 },
});

export const previewOrderImport = endpoint({
  method: 'POST',
  path: '/api/v1/desk/imports',
  summary: 'Read a table of states and tracking numbers (CSV in UTF-8, UTF-16 or GB 18030, 100,000 rows at most) and tell what it would change',
  ...orders,
  query: desk.deskScope,
  raw: { types: ['text/csv', 'text/plain', 'application/vnd.ms-excel', 'application/octet-stream'], maxBytes: desk.STATE_IMPORT_MAX_BYTES },
  status: 200,
  response: desk.stateImport,
  limit: { perIdentity: 20 },
});

export const applyOrderImport = endpoint({
  method: 'POST',
  path: '/api/v1/desk/imports/{importId}',
  summary: 'Do what the preview told, once; it can be taken back like a batch',
  ...orders,
  params: v.strictObject({ importId: id }),
  body: nothing,
  status: 200,
  response: desk.stateImportDone,
});

export const readSellerRecord = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/record',
  summary: 'Who sells by law, as receipts name them, and the logistics points',
  roles: hosts,
  params: sellerParams,
  status: 200,
  response: desk.sellerRecord,
});

export const changeSellerRecord = endpoint({
  method: 'PATCH',
  path: '/api/v1/sellers/{sellerId}/record',
  summary: 'Change legal name, address, tax number, phone, logistics points; only what is given changes',
  roles: operator,
  params: sellerParams,
  body: desk.sellerRecordPatch,
  status: 200,
  response: desk.sellerRecord,
});

export const readWebhook = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/webhook',
  summary: "Where the seller's orders are told to the shop's own system, how many wait, and what was given up",
  roles: operator,
  params: sellerParams,
  status: 200,
  response: desk.webhookReport,
});

export const setWebhook = endpoint({
  method: 'PUT',
  path: '/api/v1/sellers/{sellerId}/webhook',
  summary: 'Set it; `secret` in the answer is the new one when the server has made it, and is told this once',
  roles: operator,
  params: sellerParams,
  body: desk.webhookRequest,
  status: 200,
  response: v.object({ secret: v.nullable(v.string()) }),
});

export const removeWebhook = endpoint({
  method: 'DELETE',
  path: '/api/v1/sellers/{sellerId}/webhook',
  summary: 'Take it away, with what waits for it',
  roles: operator,
  params: sellerParams,
  status: 204,
});

export const tryWebhook = endpoint({
  method: 'POST',
  path: '/api/v1/sellers/{sellerId}/webhook/test',
  summary: 'Send a signed test message now; answers what the other side said',
  roles: operator,
  params: sellerParams,
  body: nothing,
  status: 200,
  response: v.object({ isTaken: v.boolean(), status: v.nullable(v.number()), error: v.string() }),
  limit: { perIdentity: 30 },
});

export const resendWebhook = endpoint({
  method: 'POST',
  path: '/api/v1/sellers/{sellerId}/webhook/resend',
  summary: 'Try given-up deliveries again: those of `ids`, or all of them',
  roles: operator,
  params: sellerParams,
  body: v.strictObject({ ids: v.optional(v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.maxLength(100))) }),
  status: 200,
  response: v.object({ count: v.number() }),
});
