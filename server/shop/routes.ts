// Owns the HTTP routes of the shop. Placing and listing orders need the show, so their routes stand with it.
import type { FastifyReply } from 'fastify';
import type { Caller } from '../platform/auth.ts';
import type { Database } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { Bytes, type Route, route, type WireRoute } from '../platform/http/route.ts';
import { endpoints } from '../protocol/index.ts';
import type { Order } from '../protocol/order.ts';
import { deskRoutes } from './desk/routes.ts';
import type { ShopAccess } from './access.ts';
import { cashRoutes } from './payments/cash-routes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { lotRoutes } from './promotions/lots/routes.ts';
import { promotionRoutes } from './promotions/routes.ts';
import { viewFor, viewOrder } from './privacy.ts';
import type { Shop } from './shop.ts';

export function shopRoutes({ shop, access, ...deps }: { shop: Shop; access: ShopAccess; database: Database; publicUrl: () => string }): (Route | WireRoute)[] {
  return [...sellerRoutes(shop), ...catalogueRoutes(shop, access), ...deliveryRoutes(shop, access), ...pictureRoutes(shop), ...orderRoutes(shop, access), ...cashRoutes(shop, access), ...paymentRoutes(shop, access), ...promotionRoutes(shop.promotions, access), ...lotRoutes(shop.promotions.lots, access, (id) => shop.catalogue.sellerOf(id)), ...deskRoutes({ desk: shop.desk, access, ...deps })];
}

function sellerRoutes({ sellers }: Shop): Route[] {
  return [
    route(endpoints.listSellers, async () => ({ sellers: await sellers.list() })),
    route(endpoints.createSeller, ({ body, once }) => sellers.create(body, once)),
    route(endpoints.changeSeller, ({ params, body }) => sellers.change(params.sellerId, body)),
  ];
}

function deliveryRoutes({ delivery }: Shop, access: ShopAccess): Route[] {
  return [
    route(endpoints.readDeliveryRules, ({ params }) => delivery.read(params.sellerId)),
    route(endpoints.changeDeliveryRules, async ({ params, body, caller }) => {
      await access.mayWorkFor(caller, params.sellerId);
      return delivery.change(params.sellerId, body);
    }),
  ];
}

function catalogueRoutes({ catalogue, tables }: Shop, access: ShopAccess): Route[] {
  const sellerOfCall = async (caller: Caller, asked: string | undefined): Promise<string> => {
    if (asked === undefined) return access.sellerFor(caller);
    await access.mayWorkFor(caller, asked);
    return asked;
  };
  const mayChange = async (caller: Caller, productOrVariantId: string): Promise<void> => {
    await access.mayWorkFor(caller, await catalogue.sellerOf(productOrVariantId));
  };
  return [
    route(endpoints.listProducts, async ({ query, caller }) => {
      const sellerId = await sellerOfCall(caller, query.sellerId);
      return { products: await catalogue.list({ sellerId, archived: query.archived === 'true' }) };
    }),
    route(endpoints.createProduct, async ({ body, caller, once }) =>
      catalogue.create(await sellerOfCall(caller, body.sellerId), body, once),
    ),
    route(endpoints.importProducts, async ({ query, body, caller }) =>
      tables.take(await sellerOfCall(caller, query.sellerId), body, { apply: query.apply === 'true', expect: query.expect }),
    ),
    route(endpoints.exportProducts, async ({ query, caller, reply }) => {
      reply.header('content-disposition', 'attachment; filename="products.csv"');
      return new Bytes(await tables.write(await sellerOfCall(caller, query.sellerId)), 'text/csv; charset=utf-8');
    }),
    route(endpoints.readProduct, ({ params }) => catalogue.product(params.productId)),
    route(endpoints.changeProduct, async ({ params, body, caller }) => {
      await mayChange(caller, params.productId);
      return catalogue.change(params.productId, body);
    }),
    route(endpoints.addVariant, async ({ params, body, caller, once }) => {
      await mayChange(caller, params.productId);
      return catalogue.setVariant(params.productId, body, once);
    }),
    route(endpoints.changeVariant, async ({ params, body, caller, once }) => {
      await mayChange(caller, params.variantId);
      return catalogue.changeVariant(params.variantId, body, once);
    }),
  ];
}

function pictureRoutes({ pictures }: Shop): Route[] {
  return [
    route(endpoints.addPicture, ({ body }) => pictures.add(body)),
    route(endpoints.readPicture, async ({ params, reply }) => {
      const etag = `"${params.pictureId}-${params.width}"`;
      const isKnownToClient = asksFor(reply, etag);
      // An id names its bytes, so whoever has the tag has the picture, and no disk is asked.
      const bytes = isKnownToClient ? new Uint8Array() : await pictures.read(params.pictureId, Number(params.width));
      if (!bytes) throw new FieldcastError('not-found', 'There is no such picture.');
      reply.code(isKnownToClient ? 304 : 200);
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      reply.header('etag', etag);
      // Shop pages on other sites show it, also those that isolate themselves.
      reply.header('cross-origin-resource-policy', 'cross-origin');
      return new Bytes(bytes, 'image/webp');
    }),
  ];
}

function orderRoutes({ orders }: Shop, access: ShopAccess): Route[] {
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
  return [
    route(endpoints.readOrder, async ({ params, caller }) => viewFor(caller, await findFor(caller, params.orderId))),
    route(endpoints.cancelOrder, async ({ params, caller }) => {
      await findFor(caller, params.orderId);
      const { role } = caller.claims;
      return viewOrder(await orders.cancelByBuyer(params.orderId, role === 'viewer' ? undefined : access.who(caller)), role);
    }),
    route(endpoints.moveOrder, async ({ params, body, caller, once }) => {
      await findFor(caller, params.orderId);
      const order = await orders.move(params.orderId, body.to, body.note, access.who(caller), once);
      return viewOrder(order, caller.claims.role);
    }),
    route(endpoints.undoOrderMove, async ({ params, caller }) => {
      await findFor(caller, params.orderId);
      return viewOrder(await orders.undo(params.orderId, access.who(caller)), caller.claims.role);
    }),
  ];
}

function asksFor(reply: FastifyReply, etag: string): boolean {
  const tags = reply.request.headers['if-none-match'];
  return tags !== undefined && tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
