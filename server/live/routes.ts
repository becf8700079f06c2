// Owns the HTTP routes of shows, their shelves, and orders placed in them.
import * as endpoints from '../protocol/endpoints.ts';
import type { Show } from '../protocol/show.ts';
import type { Caller } from '../platform/auth.ts';
import type { Bus } from '../platform/events.ts';
import { FieldcastError } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/route.ts';
import { type OrderPlace, type Shop, viewOrder } from '../shop/index.ts';
import { requireHostOf, requireStaffOf } from './access/permissions.ts';
import type { Gate } from './access/gate.ts';
import type { LiveFacts } from './facts.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Shelf } from './shelf.ts';
import type { Shows } from './shows.ts';
import type { ShowViews } from './view.ts';
import { requirePageUrl } from './watch-page.ts';

export function showRoutes(deps: {
  shows: Shows;
  shelf: Shelf;
  views: ShowViews;
  gate: Gate;
  lifecycle: Lifecycle;
  shop: Shop;
  bus: Bus<LiveFacts>;
  publicUrl: () => string;
}): Route[] {
  const { shows, shelf, views, gate, lifecycle, shop, bus, publicUrl } = deps;

  async function staffShow(caller: Caller, showId: string): Promise<Show> {
    const show = await views.show(showId);
    requireStaffOf(caller, show);
    return show;
  }

  /** Where the caller's order goes. @throws FieldcastError `not-found`, `show.gated`. */
  async function placeFor(caller: Caller, showId: string): Promise<OrderPlace> {
    const [show, allowedProductIds] = await Promise.all([views.show(showId), views.productIds(showId)]);
    await gate.require(caller, show);
    const isOnAir = show.status === 'live' || show.status === 'paused';
    return { showId: show.id, sellerId: show.sellerId, allowedProductIds, isOnAir };
  }

  /** @throws FieldcastError `not-found` when one of them is unknown, archived or another seller's. */
  async function requireProducts(show: Show, productIds: readonly string[]): Promise<void> {
    const products = await shop.catalogue.products([...new Set(productIds)]);
    const own = new Set(products.filter((product) => product.sellerId === show.sellerId && !product.archived).map((product) => product.id));
    const strange = productIds.find((productId) => !own.has(productId));
    if (strange !== undefined) throw new FieldcastError('not-found', 'There is no such product of this seller.', { params: { productId: strange } });
  }

  async function requirePoster(pictureId: string | null | undefined): Promise<void> {
    if (pictureId && !(await shop.pictures.exists(pictureId))) throw new FieldcastError('not-found', 'There is no such picture.', { params: { pictureId } });
  }

  return [
    route(endpoints.listShows, async ({ query, caller }) => {
      const { role, identity, showId } = caller.claims;
      const isOwnOnly = query.mine !== undefined || query.kind === 'rehearsal';
      const mine = !isOwnOnly || role === 'operator' ? {} : showId === undefined ? { hostId: identity } : { showId };
      const seenBy = role === 'operator' ? undefined : { identity, showId };
      return { shows: await shows.list({ ...mine, kind: query.kind, seenBy, status: query.status, limit: query.limit }) };
    }),

    route(endpoints.createShow, async ({ body, once }) => {
      const seller = body.sellerId === undefined ? await shop.sellers.first() : await shop.sellers.find(body.sellerId);
      if (!seller || (await shop.practice.realSellerOf(seller.id)) !== undefined) throw new FieldcastError('not-found', 'There is no such seller. Make one with POST /api/v1/sellers first.');
      await requirePoster(body.posterPictureId);
      if (body.hostId === undefined && body.hostName === undefined) throw new FieldcastError('input.invalid', 'hostId or hostName is needed.');
      const pageUrl = body.pageUrl === undefined ? undefined : requirePageUrl(body.pageUrl, publicUrl());
      const show = await shows.create({ ...body, pageUrl, sellerId: seller.id }, once);
      if (show.status === 'planned') bus.emit('show.planned', { show });
      return show;
    }),

    route(endpoints.readShow, async ({ params, caller }) => {
      const snapshot = await views.snapshot(params.showId);
      await gate.require(caller, snapshot.show);
      return snapshot;
    }),

    route(endpoints.changeShow, async ({ params, body, caller }) => {
      requireHostOf(caller, await views.show(params.showId));
      await requirePoster(body.posterPictureId);
      const pageUrl = body.pageUrl ? requirePageUrl(body.pageUrl, publicUrl()) : body.pageUrl;
      const show = await shows.change(params.showId, { ...body, pageUrl });
      bus.emit('show.changed', { show });
      return show;
    }),

    route(endpoints.endShow, async ({ params, caller }) => {
      requireHostOf(caller, await views.show(params.showId));
      return lifecycle.end(params.showId);
    }),

    route(endpoints.listHosts, async () => ({ hosts: await shows.hosts() })),

    route(endpoints.arrangeShelf, async ({ params, body, caller }) => {
      const show = await staffShow(caller, params.showId);
      await requireProducts(show, body.productIds);
      await shelf.arrange(show.id, body.productIds);
      views.forget(show.id);
      bus.emit('shelf.changed', { showId: show.id });
      bus.emit('pins.changed', { showId: show.id });
      return views.snapshot(show.id);
    }),

    route(endpoints.shelveProduct, async ({ params, caller }) => {
      const show = await staffShow(caller, params.showId);
      await requireProducts(show, [params.productId]);
      await shelf.add(show.id, params.productId);
      views.forget(show.id);
      const [product] = await shop.catalogue.products([params.productId]);
      // Pages learn the product before they learn its place.
      if (product) bus.emit('product.shelved', { showId: show.id, product });
      bus.emit('shelf.changed', { showId: show.id });
      return views.snapshot(show.id);
    }),

    route(endpoints.pinProducts, async ({ params, body, caller }) => {
      const show = await staffShow(caller, params.showId);
      await shelf.pin(show.id, body.productIds);
      views.forget(show.id);
      bus.emit('pins.changed', { showId: show.id });
      return views.snapshot(show.id);
    }),

    route(endpoints.placeOrder, async ({ params, body, caller, once }) => {
      return shop.orders.place(body, await placeFor(caller, params.showId), caller, once);
    }),

    route(endpoints.quoteOrder, async ({ params, body, caller }) => shop.quotes.of(body, await placeFor(caller, params.showId), caller.claims.identity)),

    route(endpoints.listOrders, async ({ params, query, caller }) => {
      const show = await staffShow(caller, params.showId);
      const orders = await shop.orders.list({ showId: show.id, state: query.state, before: query.before });
      return { orders: orders.map((order) => viewOrder(order, caller.claims.role)) };
    }),
  ];
}
