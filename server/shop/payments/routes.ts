// Owns the HTTP routes of payments: the buyer's, the staff's, and Stripe's.
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { endpoints } from '../../protocol/index.ts';
import type { Order } from '../../protocol/order.ts';
import type { ShopAccess } from '../access.ts';
import { viewOrder } from '../privacy.ts';
import type { Shop } from '../shop.ts';
import type { MoneyWord } from './settling.ts';

type Access = Pick<ShopAccess, 'sellerFor' | 'mayWorkFor' | 'maySetUp' | 'mayWorkOrder' | 'who'>;

export function paymentRoutes({ orders, money }: Pick<Shop, 'orders' | 'money'>, access: Access): Route[] {
  const find = async (id: string): Promise<Order> => {
    const order = await orders.find(id);
    if (!order) throw new FieldcastError('not-found', 'There is no such order.');
    return order;
  };
  // The id of an order is the buyer's key to it. Staff have a name, and with it only their own orders.
  const findFor = async (caller: Caller, id: string): Promise<Order> => {
    const order = await find(id);
    if (caller.claims.role !== 'viewer') await access.mayWorkOrder(caller, order);
    return order;
  };
  const word = (caller: Caller, note: string): MoneyWord => ({ by: access.who(caller), note });
  const seller = (caller: Caller): Promise<string | undefined> => (caller.claims.role === 'operator' ? Promise.resolve(undefined) : access.sellerFor(caller));
  return [
    route(endpoints.startPayment, async ({ params, caller }) => money.pay(await findFor(caller, params.orderId))),
    route(endpoints.checkPayment, async ({ params, caller }) => viewOrder(await money.check(await findFor(caller, params.orderId)), caller.claims.role)),
    route(endpoints.claimPayment, async ({ params, caller }) => {
      await findFor(caller, params.orderId);
      return viewOrder(await money.settling.claim(params.orderId), caller.claims.role);
    }),
    route(endpoints.confirmPayment, async ({ params, body, caller, once }) => {
      await findFor(caller, params.orderId);
      return viewOrder(await money.settling.confirm(params.orderId, word(caller, body.note), once), caller.claims.role);
    }),
    route(endpoints.refuseClaim, async ({ params, body, caller, once }) => {
      await findFor(caller, params.orderId);
      return viewOrder(await money.settling.refuseClaim(params.orderId, word(caller, body.note), once), caller.claims.role);
    }),
    route(endpoints.collectPayment, async ({ params, body, caller, once }) => {
      await findFor(caller, params.orderId);
      return viewOrder(await money.settling.collect(params.orderId, word(caller, body.note), once), caller.claims.role);
    }),
    route(endpoints.refundPayment, async ({ params, body, caller, once }) => {
      await findFor(caller, params.orderId);
      return viewOrder(await money.settling.refund(params.orderId, body.amountMinor, word(caller, body.note), once), caller.claims.role);
    }),
    route(endpoints.listPaymentChanges, async ({ params, caller }) => {
      await findFor(caller, params.orderId);
      return { changes: await money.changes(params.orderId) };
    }),
    route(endpoints.listPaymentProblems, async ({ caller }) => ({ problems: await money.problems.list(await seller(caller)) })),
    route(endpoints.settlePaymentProblem, async ({ params, body, caller }) => {
      await money.problems.settle(params.problemId, await seller(caller), { name: access.who(caller).name, note: body.note });
      return undefined;
    }),
    route(endpoints.readCardAccount, async ({ params, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return money.accounts.read(params.sellerId);
    }),
    route(endpoints.setCardAccount, async ({ params, body, caller }) => {
      await access.maySetUp(caller, params.sellerId);
      return money.accounts.set(params.sellerId, body);
    }),
    route(endpoints.stripeWebhook, async ({ body, reply }) => {
      const signature = reply.request.headers['stripe-signature'];
      await money.takeStripeEvent(body, typeof signature === 'string' ? signature : undefined);
      return { received: true as const };
    }),
  ];
}
