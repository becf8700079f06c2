// Owns the endpoints of payments: what a buyer calls to pay, what staff call about money, and Stripe's own way in.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { order } from '../order.ts';
import * as payments from '../payments.ts';
import { everyone, nothing, operator, orderParams, sellerParams, staff } from './common.ts';

export const startPayment = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment',
  summary: 'Start or continue paying: what the page needs to take the money; asked again it is the same payment',
  roles: everyone,
  params: orderParams,
  body: nothing,
  status: 200,
  response: payments.paymentStart,
  idempotency: 'required',
  limit: { perIdentity: 30, perAddress: 300 },
});

export const checkPayment = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment/check',
  summary: 'The buyer comes back from paying: asks the gateway now instead of waiting for its word',
  roles: everyone,
  params: orderParams,
  body: nothing,
  status: 200,
  response: order,
  limit: { perIdentity: 30, perAddress: 300 },
});

export const claimPayment = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment/claim',
  summary: 'The buyer of a transfer says it is paid; called again it changes nothing',
  roles: everyone,
  params: orderParams,
  body: nothing,
  status: 200,
  response: order,
  limit: { perIdentity: 30, perAddress: 300 },
});

export const confirmPayment = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment/confirm',
  summary: 'The seller has seen the transfer; the order becomes placed',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: payments.paymentNote,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const refuseClaim = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment/refuse',
  summary: 'No such transfer came: it is due again, with a fresh hold',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: payments.paymentNote,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const collectPayment = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment/collected',
  summary: "The courier's cash of a cash-on-delivery order is in",
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: payments.paymentNote,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const refundPayment = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/payment/refund',
  summary: 'Give money back, whole or in part: through Stripe by itself, elsewhere it notes what the seller has given back',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: payments.refundRequest,
  status: 200,
  response: order,
  idempotency: 'required',
});

export const listPaymentChanges = endpoint({
  method: 'GET',
  path: '/api/v1/orders/{orderId}/payment/changes',
  summary: 'Every step of the money of an order: who, when, how much, why',
  roles: staff,
  right: 'orders',
  params: orderParams,
  status: 200,
  response: v.object({ changes: v.array(payments.paymentChange) }),
});

export const listPaymentProblems = endpoint({
  method: 'GET',
  path: '/api/v1/payment-problems',
  summary: 'What about money needs a person, oldest first; money that names no order here is told to operators only',
  roles: staff,
  right: 'orders',
  status: 200,
  response: v.object({ problems: v.array(payments.paymentProblem) }),
});

export const settlePaymentProblem = endpoint({
  method: 'POST',
  path: '/api/v1/payment-problems/{problemId}/settle',
  summary: 'Somebody has dealt with it; called again it changes nothing',
  roles: staff,
  right: 'orders',
  params: v.strictObject({ problemId: id }),
  body: payments.paymentNote,
  status: 204,
});

export const readCardAccount = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/card-account',
  summary: "Who gets the money of a seller's card payments",
  roles: operator,
  params: sellerParams,
  status: 200,
  response: payments.cardAccount,
});

export const setCardAccount = endpoint({
  method: 'PUT',
  path: '/api/v1/sellers/{sellerId}/card-account',
  summary: 'Set that; Stripe is asked whether the account can take the money, and payments that are begun stay as they are',
  roles: operator,
  params: sellerParams,
  body: payments.cardAccountRequest,
  status: 200,
  response: payments.cardAccount,
  limit: { perIdentity: 30 },
});

export const stripeWebhook = endpoint({
  method: 'POST',
  path: '/api/v1/stripe/webhook',
  summary: "Stripe's events, signed over the raw body; answered as soon as they are stored",
  roles: everyone,
  raw: { types: ['application/json'], maxBytes: 512 * 1024 },
  status: 200,
  response: v.object({ received: v.literal(true) }),
});
