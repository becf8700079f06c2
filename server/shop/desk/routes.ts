// Owns the HTTP routes of the order desk.
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import type { Caller } from '../../platform/auth.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { Bytes, type Route, route, type WireRoute } from '../../platform/http/route.ts';
import { validate } from '../../platform/validate.ts';
import { roles } from '../../protocol/access.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import type { PaperKind, SellerRecord } from '../../protocol/desk.ts';
import { id } from '../../protocol/ids.ts';
import type { Order } from '../../protocol/order.ts';
import type { ShopAccess } from '../access.ts';
import { readOrders } from '../orders.ts';
import { viewFor, viewOrder } from '../privacy.ts';
import type { ShopTables } from '../schema.ts';
import type { Desk } from './desk.ts';
import { ordersAsCsv } from './export.ts';
import { packingList } from './packing.ts';
import { paper } from './papers/papers.ts';

export interface DeskRoutesOptions {
  desk: Desk;
  database: Database;
  access: Pick<ShopAccess, 'deskScope' | 'maySetUp' | 'mayWorkFor' | 'mayWorkOrder' | 'who'>;
  publicUrl: () => string;
}

const PAPER_PATH = '/papers/{ticket}';
const RECEIPT_PATH = '/receipts/{orderId}';
const receiptParams = v.strictObject({ orderId: id });
const receiptQuery = v.strictObject({ lang: v.optional(v.picklist(['en', 'zh-CN']), 'zh-CN') });
/** Of one packing list; what is beyond is packed in the next round. */
const MOST_TO_PACK = 500;
/** Who sees masked phone numbers finds orders by as many digits as they see. */
const SHOWN_DIGITS = 4;
const WHOLE_NUMBER = 20;

export function deskRoutes({ desk, database, access, publicUrl }: DeskRoutesOptions): (Route | WireRoute)[] {
  const { queues, batches, tracking, records, imports, tickets, outbox, teller } = desk;
  const phoneDigits = (caller: Caller): number => (caller.claims.role === 'helper' ? SHOWN_DIGITS : WHOLE_NUMBER);

  /** The orders themselves, each of which the caller may work. @throws FieldcastError `not-found`, `auth.forbidden`. */
  async function ownOrders(caller: Caller, ids: readonly string[]): Promise<Order[]> {
    const orders = await readOrders(database.read<ShopTables>(), ids);
    if (orders.length < ids.length) throw new FieldcastError('not-found', 'One of these orders is not there.');
    const asked = new Set<string>();
    for (const order of orders) {
      if (asked.has(order.showId)) continue;
      asked.add(order.showId);
      await access.mayWorkOrder(caller, order);
    }
    return orders;
  }

  async function print(reply: FastifyReply, what: { kind: PaperKind; lang: 'en' | 'zh-CN'; orders: readonly Order[] }): Promise<FastifyReply> {
    const sellers = new Map<string, SellerRecord>();
    for (const { sellerId } of what.orders) if (!sellers.has(sellerId)) sellers.set(sellerId, await records.find(sellerId));
    const { html, policy } = paper({ ...what, record: (sellerId) => sellers.get(sellerId) as SellerRecord, orderUrl: (orderId) => `${publicUrl()}/demo/order.html#${orderId}` });
    return reply.header('cache-control', 'no-store').header('content-security-policy', policy).header('referrer-policy', 'no-referrer').type('text/html; charset=utf-8').send(html);
  }

  return [
    route(endpoints.listDeskOrders, async ({ query, caller }) => {
      const scope = await access.deskScope(caller, query);
      const { orders, next } = await queues.list(scope, { ...query, phoneDigits: phoneDigits(caller) });
      return { orders: orders.map((order) => viewFor(caller, order)), next };
    }),

    route(endpoints.countDeskOrders, async ({ query, caller }) => ({ counts: await queues.count(await access.deskScope(caller, query)) })),

    route(endpoints.moveDeskOrders, async ({ body, caller, once }) => {
      await ownOrders(caller, body.orderIds);
      const steps = body.orderIds.map((orderId) => ({ orderId, to: body.to, note: body.note }));
      const batch = await batches.move(steps, access.who(caller), once);
      return { ...batch, moved: batch.moved.map((order) => viewFor(caller, order)) };
    }),

    route(endpoints.undoDeskBatch, async ({ params, caller }) => {
      await ownOrders(caller, await batches.ordersOf(params.batchId));
      const { undone, refused } = await batches.undo(params.batchId, access.who(caller));
      return { undone: undone.map((order) => viewFor(caller, order)), refused };
    }),

    route(endpoints.trackOrder, async ({ params, body, caller }) => {
      await ownOrders(caller, [params.orderId]);
      return viewFor(caller, await tracking.set(params.orderId, body, access.who(caller)));
    }),

    route(endpoints.openPaper, async ({ body, caller }) => {
      await ownOrders(caller, body.orderIds);
      const { role, rights } = caller.claims;
      const { ticket, expiresAt } = tickets.open({ ...body, claims: { role, ...(rights ? { rights } : {}) } });
      return { url: PAPER_PATH.replace('{ticket}', ticket), expiresAt };
    }),

    route(endpoints.listPacking, async ({ query, caller }) => {
      const scope = await access.deskScope(caller, query);
      const of = async (queue: 'pack' | 'ship'): Promise<Order[]> => (await queues.list(scope, { queue, search: '', phoneDigits: 0, limit: MOST_TO_PACK })).orders;
      const orders = [...(await of('pack')), ...(await of('ship'))].slice(0, MOST_TO_PACK);
      const { points } = await records.find(scope.sellerId);
      return { places: packingList(orders.map((order) => viewFor(caller, order)), points) };
    }),

    route(endpoints.exportOrders, async ({ query, caller, reply }) => {
      const scope = await access.deskScope(caller, query);
      const { queue, search } = query;
      const bytes = await ordersAsCsv(queues, scope, { queue, search, phoneDigits: phoneDigits(caller) }, (order) => viewFor(caller, order));
      reply.header('content-disposition', `attachment; filename="orders-${queue}.csv"`);
      reply.header('cache-control', 'no-store');
      return new Bytes(bytes, endpoints.exportOrders.produces);
    }),

    route(endpoints.previewOrderImport, async ({ query, body, caller }) => imports.preview(await access.deskScope(caller, query), body)),

    route(endpoints.applyOrderImport, async ({ params, caller }) => {
      const scope = imports.scopeOf(params.importId);
      await access.deskScope(caller, scope.showId === null ? { sellerId: scope.sellerId } : { showId: scope.showId });
      return imports.apply(params.importId, access.who(caller));
    }),

    route(endpoints.readSellerRecord, async ({ params, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return records.find(params.sellerId);
    }),
    route(endpoints.changeSellerRecord, ({ params, body }) => records.change(params.sellerId, body)),

    route(endpoints.readWebhook, async ({ params }) => {
      await records.find(params.sellerId);
      return outbox.report(params.sellerId);
    }),
    route(endpoints.setWebhook, async ({ params, body, caller }) => {
      await access.maySetUp(caller, params.sellerId);
      const secret = await outbox.set(params.sellerId, body);
      teller.wake();
      return { secret };
    }),
    route(endpoints.removeWebhook, async ({ params }) => {
      await records.find(params.sellerId);
      await outbox.remove(params.sellerId);
      return undefined;
    }),
    route(endpoints.tryWebhook, async ({ params }) => {
      await records.find(params.sellerId);
      return teller.test(params.sellerId);
    }),
    route(endpoints.resendWebhook, async ({ params, body }) => {
      await records.find(params.sellerId);
      const count = await outbox.resend(params.sellerId, body.ids);
      teller.wake();
      return { count };
    }),

    {
      kind: 'wire',
      method: 'GET',
      path: PAPER_PATH,
      summary: 'Labels, packing list or receipts to print, with the ticket from POST /api/v1/desk/papers',
      roles,
      produces: ['text/html'],
      limit: 120,
      async handle(request, reply) {
        const { ticket } = validate(v.object({ ticket: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)) }), request.params, 'params');
        const known = tickets.find(ticket);
        if (!known) throw new FieldcastError('not-found', 'This page was for some minutes. Ask for it again.');
        const orders = (await readOrders(database.read<ShopTables>(), known.orderIds)).map((order) => viewFor({ claims: known.claims }, order));
        return print(reply, { ...known, orders });
      },
    },
    {
      kind: 'wire',
      method: 'GET',
      path: RECEIPT_PATH,
      summary: "The buyer's own receipt to print or keep, in the name of the seller of record; the order's id is its key",
      roles,
      produces: ['text/html'],
      limit: 120,
      async handle(request, reply) {
        const { orderId } = validate(receiptParams, request.params, 'params');
        const { lang } = validate(receiptQuery, request.query, 'query');
        const [order] = await readOrders(database.read<ShopTables>(), [orderId]);
        if (!order) throw new FieldcastError('not-found', 'There is no such order.');
        if (order.state === 'awaiting-payment') throw new FieldcastError('order.wrong-state', 'It is not placed yet.', { params: { state: order.state } });
        return print(reply, { kind: 'receipts', lang, orders: [viewOrder(order, 'viewer')] });
      },
    },
  ];
}
