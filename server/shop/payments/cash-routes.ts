// Owns the HTTP routes of money that no gateway moves.
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { Bytes, type Route, route } from '../../platform/http/route.ts';
import { endpoints } from '../../protocol/index.ts';
import type { ShopAccess } from '../access.ts';
import { viewOrder } from '../privacy.ts';
import type { Shop } from '../shop.ts';
import type { MoneyOf } from './money-list.ts';

function moneyOf({ claims }: Caller, sellerId: string): MoneyOf {
  return { sellerId, namesOf: claims.role === 'helper' ? (claims.showId ?? '') : undefined };
}

export function cashRoutes({ cash, orders }: Pick<Shop, 'cash' | 'orders'>, access: Pick<ShopAccess, 'mayWorkFor' | 'maySetUp' | 'mayWorkOrder' | 'who'>): Route[] {
  const mayWorkOrder = async (caller: Caller, orderId: string): Promise<void> => {
    const order = await orders.find(orderId);
    if (!order) throw new FieldcastError('not-found', 'There is no such order.');
    await access.mayWorkOrder(caller, order);
  };
  const mayWorkWith = async (caller: Caller, courierId: string): Promise<void> => access.mayWorkFor(caller, await cash.couriers.sellerOf(courierId));
  return [
    route(endpoints.readWays, async ({ params, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return cash.ways.read(params.sellerId);
    }),
    route(endpoints.changeWays, async ({ params, body, caller }) => {
      await access.maySetUp(caller, params.sellerId);
      return cash.ways.change(params.sellerId, body);
    }),
    route(endpoints.readDoorNotes, async ({ params, caller }) => {
      await mayWorkOrder(caller, params.orderId);
      return cash.door.read(params.orderId);
    }),
    route(endpoints.readRisks, async ({ params, query, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return { risks: await cash.door.risks(params.sellerId, query.orderIds) };
    }),
    route(endpoints.noteCall, async ({ params, body, caller, once }) => {
      await mayWorkOrder(caller, params.orderId);
      return viewOrder(await cash.door.noteCall(params.orderId, body, access.who(caller), once), caller.claims.role);
    }),
    route(endpoints.handOver, async ({ params, body, caller, once }) => {
      await mayWorkOrder(caller, params.orderId);
      return viewOrder(await cash.door.handOver(params.orderId, body.courierId, access.who(caller), once), caller.claims.role);
    }),
    route(endpoints.noteDelivered, async ({ params, body, caller, once }) => {
      await mayWorkOrder(caller, params.orderId);
      return viewOrder(await cash.door.delivered(params.orderId, body, access.who(caller), once), caller.claims.role);
    }),
    route(endpoints.noteRefused, async ({ params, body, caller, once }) => {
      await mayWorkOrder(caller, params.orderId);
      return viewOrder(await cash.door.refused(params.orderId, body, access.who(caller), once), caller.claims.role);
    }),
    route(endpoints.listCouriers, async ({ params, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return { couriers: await cash.couriers.list(params.sellerId) };
    }),
    route(endpoints.createCourier, async ({ params, body, caller, once }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return cash.couriers.create(params.sellerId, body, once);
    }),
    route(endpoints.changeCourier, async ({ params, body, caller }) => {
      await mayWorkWith(caller, params.courierId);
      return cash.couriers.change(params.courierId, body);
    }),
    route(endpoints.readCourier, async ({ params, caller }) => {
      await mayWorkWith(caller, params.courierId);
      return cash.couriers.account(params.courierId);
    }),
    route(endpoints.takeCourierCash, async ({ params, body, caller, once }) => {
      await mayWorkWith(caller, params.courierId);
      return cash.couriers.takeCash(params.courierId, body, access.who(caller), once);
    }),
    route(endpoints.takeBackCourierCash, async ({ params, caller }) => {
      await mayWorkWith(caller, params.courierId);
      return cash.couriers.takeBack(params.courierId, params.cashId, access.who(caller));
    }),
    route(endpoints.readRefusals, async ({ params, query, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return cash.refusals(params.sellerId, Number(query.days));
    }),
    route(endpoints.readMoney, async ({ params, query, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return cash.list.read(moneyOf(caller, params.sellerId), query);
    }),
    route(endpoints.exportMoney, async ({ params, query, caller, reply }) => {
      await access.mayWorkFor(caller, params.sellerId);
      const table = await cash.list.table(moneyOf(caller, params.sellerId), query, query.zone);
      reply.header('content-disposition', 'attachment; filename="money.csv"');
      reply.header('cache-control', 'no-store');
      return new Bytes(table, 'text/csv; charset=utf-8');
    }),
  ];
}
