// Owns the endpoints of money that no gateway moves: ways to be paid, calls, couriers, cash at the door, the list of the day.
import * as v from 'valibot';
import * as cash from '../cash.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { order } from '../order.ts';
import { hosts, nothing, orderParams, sellerParams, staff } from './common.ts';

const courierParams = v.strictObject({ courierId: id });

export const readWays = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/ways',
  summary: 'How the seller is paid',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  status: 200,
  response: cash.waySettings,
});

export const changeWays = endpoint({
  method: 'PATCH',
  path: '/api/v1/sellers/{sellerId}/ways',
  summary: 'Change how the seller is paid; new orders follow at once, open ones stay as they are',
  roles: hosts,
  params: sellerParams,
  body: cash.waySettingsPatch,
  status: 200,
  response: cash.waySettings,
  limit: { perIdentity: 60 },
});

export const readDoorNotes = endpoint({
  method: 'GET',
  path: '/api/v1/orders/{orderId}/door',
  summary: 'Calls, courier, cash and refusal of one order, and how earlier ones of that phone number went',
  roles: staff,
  right: 'orders',
  params: orderParams,
  status: 200,
  response: cash.doorNotes,
});

export const readRisks = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/risks',
  summary: 'Which of these orders (50 at most) come from a phone number that has refused before',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  query: cash.riskQuery,
  status: 200,
  response: v.object({ risks: v.array(v.object({ orderId: id, delivered: v.number(), refused: v.number() })) }),
});

export const noteCall = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/calls',
  summary: 'What came of calling the buyer: reached confirms the order, declined cancels it, the rest is kept as an attempt',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: cash.callRequest,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const handOver = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/handover',
  summary: 'The packed order goes out with a courier; one that is on its way goes to another',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: cash.handoverRequest,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const noteDelivered = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/delivered',
  summary: 'It was delivered, and this much cash was taken at the door',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: cash.deliveredRequest,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const noteRefused = endpoint({
  method: 'POST',
  path: '/api/v1/orders/{orderId}/refused',
  summary: 'It was refused at the door, with a reason',
  roles: staff,
  right: 'orders',
  params: orderParams,
  body: cash.refusalRequest,
  status: 200,
  response: order,
  idempotency: 'accepted',
});

export const listCouriers = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/couriers',
  summary: 'Couriers with what they have on the road and what they should hand over',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  status: 200,
  response: v.object({ couriers: v.array(cash.courier) }),
});

export const createCourier = endpoint({
  method: 'POST',
  path: '/api/v1/sellers/{sellerId}/couriers',
  summary: 'A new courier',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  body: cash.courierRequest,
  status: 201,
  response: cash.courier,
  idempotency: 'accepted',
});

export const changeCourier = endpoint({
  method: 'PATCH',
  path: '/api/v1/couriers/{courierId}',
  summary: 'Change name or phone, or keep one that works no more out of the choice',
  roles: staff,
  right: 'orders',
  params: courierParams,
  body: cash.courierPatch,
  status: 200,
  response: cash.courier,
});

export const readCourier = endpoint({
  method: 'GET',
  path: '/api/v1/couriers/{courierId}',
  summary: 'What the courier took at doors and handed over, newest first, 200 of each at most',
  roles: staff,
  right: 'orders',
  params: courierParams,
  status: 200,
  response: cash.courierAccount,
});

export const takeCourierCash = endpoint({
  method: 'POST',
  path: '/api/v1/couriers/{courierId}/cash',
  summary: 'The courier has handed cash over',
  roles: staff,
  right: 'orders',
  params: courierParams,
  body: cash.courierCashRequest,
  status: 200,
  response: cash.courierAccount,
  idempotency: 'required',
});

export const takeBackCourierCash = endpoint({
  method: 'POST',
  path: '/api/v1/couriers/{courierId}/cash/{cashId}/undo',
  summary: 'That cash was a mistake: it counts no more and stays in the list',
  roles: staff,
  right: 'orders',
  params: v.strictObject({ courierId: id, cashId: id }),
  body: nothing,
  status: 200,
  response: cash.courierAccount,
});

export const readRefusals = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/refusals',
  summary: 'Cash-on-delivery orders that were delivered and refused, by product, by area and by reason',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  query: v.strictObject({ days: v.optional(v.picklist(['7', '30', '90', '365']), '90') }),
  status: 200,
  response: cash.refusals,
});

export const readMoney = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/money',
  summary: 'The money of a day: what came by which way, what waits to be looked for, what is outside',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  query: cash.moneyQuery,
  status: 200,
  response: cash.moneyOfTime,
});

export const exportMoney = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/money.csv',
  summary: 'The steps of the same list as a table, times in `zone`',
  roles: staff,
  right: 'orders',
  params: sellerParams,
  query: cash.moneyQuery,
  status: 200,
  produces: 'text/csv; charset=utf-8',
});
