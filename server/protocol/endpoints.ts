// Owns the list of HTTP endpoints of the JSON API. Each is its own export, so that a page carries only those it calls.
import * as v from 'valibot';
import * as access from './access.ts';
import { endpoint } from './endpoint.ts';
import { id } from './ids.ts';
import * as orders from './order.ts';
import * as shop from './shop.ts';
import * as shows from './show.ts';

const everyone = access.roles;
const staff = ['host', 'helper', 'operator'] as const;
const hosts = ['host', 'operator'] as const;
const operator = ['operator'] as const;
const nothing = v.strictObject({});

const showParams = v.strictObject({ showId: id });
const productParams = v.strictObject({ productId: id });
const orderParams = v.strictObject({ orderId: id });

// Access

export const openSession = endpoint({
  method: 'POST',
  path: '/api/v1/sessions',
  summary: 'Exchange a one-time code or the operator secret for a device session (HttpOnly cookie) and a short token',
  roles: everyone,
  body: access.sessionRequest,
  status: 201,
  response: access.session,
  limit: { perAddress: 30 },
});

export const renewToken = endpoint({
  method: 'POST',
  path: '/api/v1/sessions/token',
  summary: 'A fresh short token for the device session in the cookie',
  roles: everyone,
  status: 200,
  response: access.session,
  limit: { perAddress: 240 },
});

export const closeSession = endpoint({
  method: 'DELETE',
  path: '/api/v1/sessions/current',
  summary: 'Sign this device out',
  roles: everyone,
  status: 204,
});

export const createLink = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/links',
  summary: 'A one-time link with QR code for a host or a helper of the show',
  roles: hosts,
  params: showParams,
  body: access.linkRequest,
  status: 201,
  response: access.link,
  limit: { perIdentity: 60 },
});

export const listLinks = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/links',
  summary: 'Links of the show, without their codes',
  roles: hosts,
  params: showParams,
  status: 200,
  response: v.object({ links: v.array(access.linkSummary) }),
});

export const revokeLink = endpoint({
  method: 'DELETE',
  path: '/api/v1/links/{linkId}',
  summary: 'Revoke a link and every device session that came from it',
  roles: hosts,
  params: v.strictObject({ linkId: id }),
  status: 204,
});

// Shows

export const listShows = endpoint({
  method: 'GET',
  path: '/api/v1/shows',
  summary: 'Shows, newest first; for a host only their own when `mine` is given',
  roles: everyone,
  query: v.strictObject({
    mine: v.optional(v.picklist(['true'])),
    status: v.optional(v.picklist(shows.showStatuses)),
    limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(200)), '50'),
  }),
  status: 200,
  response: v.object({ shows: v.array(shows.show) }),
});

export const createShow = endpoint({
  method: 'POST',
  path: '/api/v1/shows',
  summary: 'Plan a show',
  roles: operator,
  body: shows.showRequest,
  status: 201,
  response: shows.show,
  idempotency: 'accepted',
});

export const readShow = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}',
  summary: 'Snapshot of a show: status, shelf, pins, viewers online',
  roles: everyone,
  params: showParams,
  status: 200,
  response: shows.showSnapshot,
});

export const changeShow = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}',
  summary: 'Change title, planned time or poster',
  roles: hosts,
  params: showParams,
  body: shows.showPatch,
  status: 200,
  response: shows.show,
});

export const endShow = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/end',
  summary: 'End a live or paused show for good',
  roles: hosts,
  params: showParams,
  body: nothing,
  status: 200,
  response: shows.show,
});

export const arrangeShelf = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/shelf',
  summary: 'Set the whole shelf in order',
  roles: staff,
  params: showParams,
  body: shows.shelfRequest,
  status: 200,
  response: shows.showSnapshot,
});

export const shelveProduct = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/shelf/{productId}',
  summary: 'Put a product at the end of the shelf; no change when it is there already',
  roles: staff,
  params: v.strictObject({ showId: id, productId: id }),
  body: nothing,
  status: 200,
  response: shows.showSnapshot,
});

export const pinProducts = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/pins',
  summary: 'Pin up to three products, the main one first',
  roles: staff,
  params: showParams,
  body: shows.pinsRequest,
  status: 200,
  response: shows.showSnapshot,
});

// Shop

export const listSellers = endpoint({
  method: 'GET',
  path: '/api/v1/sellers',
  summary: 'Sellers of record',
  roles: operator,
  status: 200,
  response: v.object({ sellers: v.array(shop.seller) }),
});

export const createSeller = endpoint({
  method: 'POST',
  path: '/api/v1/sellers',
  summary: 'A new seller of record, usually the cooperative',
  roles: operator,
  body: shop.sellerRequest,
  status: 201,
  response: shop.seller,
  idempotency: 'accepted',
});

export const listHosts = endpoint({
  method: 'GET',
  path: '/api/v1/hosts',
  summary: 'People who host shows',
  roles: operator,
  status: 200,
  response: v.object({ hosts: v.array(shows.host) }),
});

export const listProducts = endpoint({
  method: 'GET',
  path: '/api/v1/products',
  summary: 'Products of the caller\'s seller, or of `sellerId` for an operator',
  roles: staff,
  query: v.strictObject({ sellerId: v.optional(id), archived: v.optional(v.picklist(['true'])) }),
  status: 200,
  response: v.object({ products: v.array(shop.product) }),
});

export const createProduct = endpoint({
  method: 'POST',
  path: '/api/v1/products',
  summary: 'A new product with its variants',
  roles: staff,
  body: shop.productRequest,
  status: 201,
  response: shop.product,
  idempotency: 'accepted',
});

export const readProduct = endpoint({
  method: 'GET',
  path: '/api/v1/products/{productId}',
  summary: 'One product',
  roles: everyone,
  params: productParams,
  status: 200,
  response: shop.product,
});

export const changeProduct = endpoint({
  method: 'PATCH',
  path: '/api/v1/products/{productId}',
  summary: 'Change name, description, pictures, or archive it',
  roles: staff,
  params: productParams,
  body: shop.productPatch,
  status: 200,
  response: shop.product,
});

export const addVariant = endpoint({
  method: 'POST',
  path: '/api/v1/products/{productId}/variants',
  summary: 'Add a variant, or change the one whose id is given',
  roles: staff,
  params: productParams,
  body: shop.variantRequest,
  status: 200,
  response: shop.product,
  idempotency: 'accepted',
});

export const changeVariant = endpoint({
  method: 'PATCH',
  path: '/api/v1/variants/{variantId}',
  summary: 'Change price or stock; viewers see it within a second',
  roles: staff,
  params: v.strictObject({ variantId: id }),
  body: shop.variantPatch,
  status: 200,
  response: shop.product,
  idempotency: 'accepted',
});

export const addPicture = endpoint({
  method: 'POST',
  path: '/api/v1/pictures',
  summary: 'Upload a JPEG, PNG or WebP; it is turned upright, stripped of its metadata and kept in three widths',
  roles: staff,
  status: 201,
  response: shop.picture,
  limit: { perIdentity: 60 },
  raw: { types: ['image/jpeg', 'image/png', 'image/webp', 'application/octet-stream'], maxBytes: shop.PICTURE_MAX_BYTES },
});

export const readPicture = endpoint({
  method: 'GET',
  path: '/api/v1/pictures/{pictureId}/{width}',
  summary: 'A picture as WebP in one of the kept widths; never changes, so it may be cached for ever',
  roles: everyone,
  params: v.strictObject({ pictureId: id, width: v.picklist(shop.pictureWidths.map(String)) }),
  status: 200,
});

// Orders

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
  params: orderParams,
  body: nothing,
  status: 200,
  response: orders.order,
});

// Uplink probe

export const PROBE_MAX_BYTES = 1024 * 1024;
export const probeUplink = endpoint({
  method: 'POST',
  path: '/api/v1/probe',
  summary: 'Takes and forgets up to 1 MB, so that a host\'s page can time its uplink',
  roles: staff,
  status: 200,
  response: v.object({ bytes: v.number() }),
  limit: { perIdentity: 30 },
  raw: { types: ['application/octet-stream'], maxBytes: PROBE_MAX_BYTES },
});
