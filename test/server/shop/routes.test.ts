import sharp from 'sharp';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Auth } from '../../../server/platform/auth.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { FieldcastError } from '../../../server/platform/errors.ts';
import { createHttpServer, registerRoutes } from '../../../server/platform/http/server.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { Metrics } from '../../../server/platform/metrics.ts';
import { type Role, USUAL_RIGHTS } from '../../../server/protocol/access.ts';
import type { Order } from '../../../server/protocol/order.ts';
import { type ShopAccess, shopRoutes } from '../../../server/shop/index.ts';
import { openShop, PHONE, placeIn, requestFor, stockOf, type TestShop, variantId, viewer } from './open-shop.ts';

describe('the shop over HTTP', () => {
  let test: TestShop;
  let http: FastifyInstance;
  let metrics: Metrics;
  const tokens = new Map<string, string>();

  beforeEach(async () => {
    test = await openShop();
    const auth = new Auth(new Uint8Array(32).fill(7), systemClock);
    for (const [name, role] of [['host', 'host'], ['helper', 'helper'], ['operator', 'operator'], ['stranger', 'host']] as const) {
      tokens.set(name, await auth.sign({ role, identity: `per_${name}`, name, rights: [...USUAL_RIGHTS] }, 60_000));
    }
    // Everyone works for the one seller, but the stranger for nobody.
    const forbid = (identity: string) => {
      if (identity === 'per_stranger') throw new FieldcastError('auth.forbidden', 'Not yours.');
    };
    const access: ShopAccess = {
      sellerFor: async () => test.sellerId,
      mayWorkFor: async (caller) => forbid(caller.claims.identity),
      maySetUp: async (caller) => forbid(caller.claims.identity),
      mayWorkOrder: async (caller) => forbid(caller.claims.identity),
      showFor: async () => ({ sellerId: test.sellerId, productIds: new Set(), isStaff: false, isOver: false }),
      who: ({ claims }) => ({ role: claims.role, name: claims.name ?? '' }),
      deskScope: async (caller) => {
        forbid(caller.claims.identity);
        return { showId: null, sellerId: test.sellerId };
      },
    };
    metrics = new Metrics();
    http = await createHttpServer({ auth, log: createLogger('silent'), metrics, allowedOrigins: ['*'] });
    registerRoutes(http, shopRoutes({ shop: test.shop, access, database: test.database, publicUrl: () => 'http://localhost' }), auth);
  });
  afterEach(async () => {
    await http.close();
    metrics.close();
    await test.close();
  });

  async function call(method: 'GET' | 'POST' | 'PATCH', url: string, options: { as?: string; body?: unknown; headers?: object } = {}) {
    const authorization = options.as ? { authorization: `Bearer ${tokens.get(options.as)}` } : {};
    const answer = await http.inject({
      method,
      url,
      headers: { ...authorization, ...options.headers },
      ...(options.body === undefined ? {} : { payload: options.body as object }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload, body: isJson ? answer.json() : undefined };
  }

  async function placed(): Promise<Order> {
    const product = await test.product(10);
    return test.shop.orders.place(requestFor(product, 2), placeIn(test.sellerId, product), viewer, undefined);
  }

  it('lets staff add a product with a picture and anybody see both', async () => {
    const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } }).jpeg().toBuffer();
    const picture = await call('POST', '/api/v1/pictures', { as: 'host', body: bytes, headers: { 'content-type': 'image/jpeg' } });
    expect(picture.status).toBe(201);
    const body = { name: 'Honey', pictures: [picture.body.id], variants: [{ unit: 'jar', priceMinor: 3800, stock: 12 }] };
    const product = await call('POST', '/api/v1/products', { as: 'helper', body, headers: { 'idempotency-key': 'add-honey-1' } });
    expect(product.status).toBe(201);
    expect((await call('GET', `/api/v1/products/${product.body.id}`)).body).toEqual(product.body);
    expect((await call('GET', '/api/v1/products', { as: 'helper' })).body).toEqual({ products: [product.body] });

    const kept = await call('GET', `/api/v1/pictures/${picture.body.id}/160`);
    expect(kept.status).toBe(200);
    expect(kept.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' });
    expect(await sharp(kept.bytes).metadata()).toMatchObject({ format: 'webp', width: 160 });
    const etag = String(kept.headers['etag']);
    const again = await call('GET', `/api/v1/pictures/${picture.body.id}/160`, { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([again.status, again.bytes.length, again.headers['etag']]).toEqual([304, 0, etag]);
    expect((await call('GET', `/api/v1/pictures/${picture.body.id}/161`)).status).toBe(400);
    expect((await call('GET', '/api/v1/pictures/pic_unknown/160')).body.code).toBe('not-found');
  });

  it('answers a bomb with a problem document', async () => {
    const body = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const answer = await call('POST', '/api/v1/pictures', { as: 'host', body, headers: { 'content-type': 'image/png' } });
    expect([answer.status, answer.body.code]).toEqual([422, 'picture.unreadable']);
    expect((await call('POST', '/api/v1/pictures', { body, headers: { 'content-type': 'image/png' } })).status).toBe(401);
  });

  it('changes price and stock for staff of the seller alone', async () => {
    const product = await test.product(5);
    const url = `/api/v1/variants/${variantId(product)}`;
    expect((await call('PATCH', url, { as: 'helper', body: { stockDelta: 2 } })).body.variants[0].stock).toBe(7);
    for (const as of ['stranger', undefined]) {
      const answer = await call('PATCH', url, { ...(as ? { as } : {}), body: { stock: 0 } });
      expect(answer.status).toBe(as ? 403 : 401);
    }
    for (const path of [`/api/v1/products/${product.id}`, '/api/v1/products/prd_unknown']) {
      expect((await call('PATCH', path, { as: 'stranger', body: { name: 'Mine' } })).status).toBe(path.endsWith('unknown') ? 404 : 403);
    }
    expect(await stockOf(test.shop, product)).toEqual([7]);
  });

  it('shows the buyer’s phone to host and operator, masked to everyone else', async () => {
    const order = await placed();
    const phoneFor = async (as?: string) => (await call('GET', `/api/v1/orders/${order.id}`, as ? { as } : {})).body.buyer.phone;
    expect(await phoneFor('host')).toBe(PHONE);
    expect(await phoneFor('operator')).toBe(PHONE);
    expect(await phoneFor('helper')).toBe('138****1234');
    expect(await phoneFor()).toBe('138****1234');
    const moved = await call('POST', `/api/v1/orders/${order.id}/state`, { as: 'helper', body: { to: 'confirmed' } });
    expect(moved.body).toMatchObject({ state: 'confirmed', buyer: { phone: '138****1234' } });
    expect(moved.body.history.at(-1)).toMatchObject({ byRole: 'helper', byName: 'helper' });
  });

  it('keeps staff of another seller away from an order', async () => {
    const order = await placed();
    const attempts = [
      call('GET', `/api/v1/orders/${order.id}`, { as: 'stranger' }),
      call('POST', `/api/v1/orders/${order.id}/cancel`, { as: 'stranger', body: {} }),
      call('POST', `/api/v1/orders/${order.id}/state`, { as: 'stranger', body: { to: 'confirmed' } }),
      call('POST', `/api/v1/orders/${order.id}/undo`, { as: 'stranger', body: {} }),
    ];
    for (const answer of await Promise.all(attempts)) expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    expect(await test.shop.orders.find(order.id)).toEqual(order);
  });

  it('lets the buyer cancel by the order’s id, and the seller undo a move', async () => {
    const order = await placed();
    expect((await call('POST', `/api/v1/orders/${order.id}/state`, { as: 'host', body: { to: 'packed' } })).body.state).toBe('packed');
    expect((await call('POST', `/api/v1/orders/${order.id}/cancel`, { body: {} })).body).toMatchObject({ code: 'order.wrong-state', params: { state: 'packed' } });
    expect((await call('POST', `/api/v1/orders/${order.id}/undo`, { as: 'host', body: {} })).body.state).toBe('placed');
    expect((await call('POST', `/api/v1/orders/${order.id}/cancel`, { body: {} })).body.state).toBe('cancelled');
    expect((await call('POST', `/api/v1/orders/${order.id}/undo`, { as: 'host', body: {} })).status).toBe(409);
    expect((await call('GET', '/api/v1/orders/ord_unknown')).status).toBe(404);
  });

  it('writes down who it was when staff cancel in the buyer’s place, and lets them undo it', async () => {
    const order = await placed();
    const cancelled = await call('POST', `/api/v1/orders/${order.id}/cancel`, { as: 'helper', body: {} });
    expect(cancelled.body.history.at(-1)).toMatchObject({ to: 'cancelled', byRole: 'helper', byName: 'helper' });
    expect((await call('POST', `/api/v1/orders/${order.id}/undo`, { as: 'host', body: {} })).body.state).toBe('placed');
  });

  it('keeps sellers for operators', async () => {
    const statuses = async (role?: Role) => (await call('GET', '/api/v1/sellers', role ? { as: role } : {})).status;
    expect([await statuses('operator'), await statuses('host'), await statuses()]).toEqual([200, 403, 401]);
    const made = await call('POST', '/api/v1/sellers', { as: 'operator', body: { name: 'Co-op', currency: 'EUR' } });
    expect([made.status, made.body.currency]).toEqual([201, 'EUR']);
  });
});
