// A show as people meet it over HTTP and sockets: shelf, pins, stock, orders, presence, access.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openSocket } from '../../support/socket.ts';

let test: TestApp;
let market: Market;

beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [10, 5, 0]);
});
afterAll(() => test.close());

const key = () => ({ 'idempotency-key': newId('key') });
const place = (product = market.products[0]!, quantity = 1, headers = key()) =>
  test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(product, quantity), headers });

describe('a show', () => {
  it('shows its shelf in the host\'s order, to anybody', async () => {
    const { status, body } = await test.call('GET', `/api/v1/shows/${market.show.id}`);
    expect(status).toBe(200);
    expect(body.show).toMatchObject({ status: 'planned', title: 'Apples', hostName: 'Zhang', currency: 'CNY' });
    expect(body.shelf.map((product: { id: string }) => product.id)).toEqual(market.products.map((product) => product.id));
  });

  it('tells everyone in it of pins, prices, stock and new products within a second', async () => {
    const viewer = await openSocket(test.url);
    const { snapshot } = await viewer.ask('show.join', { showId: market.show.id });
    const [first, second] = market.products;
    const token = market.hostToken;

    const startedAt = Date.now();
    await test.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token, body: { productIds: [second!.id, first!.id] } });
    expect((await viewer.next('pins.changed')).productIds).toEqual([second!.id, first!.id]);

    const variantId = first!.variants[0]!.id;
    await test.call('PATCH', `/api/v1/variants/${variantId}`, { token, body: { priceMinor: 900, stockDelta: 2 } });
    const { variants } = await viewer.next('variants.changed', (event) => event.variants.some((variant) => variant.variantId === variantId));
    expect(variants).toContainEqual({ productId: first!.id, variantId, priceMinor: 900, stock: 12 });

    const added = await test.call('POST', '/api/v1/products', {
      token,
      body: { name: 'Pears', variants: [{ unit: 'box', priceMinor: 5000, stock: 3 }] },
    });
    expect(added.status).toBe(201);
    await test.call('PUT', `/api/v1/shows/${market.show.id}/shelf/${added.body.id}`, { token, body: {} });
    expect((await viewer.next('product.changed', (event) => event.product.id === added.body.id)).product.name).toBe('Pears');
    expect((await viewer.next('shelf.changed')).productIds.at(-1)).toBe(added.body.id);
    expect(Date.now() - startedAt).toBeLessThan(1_500);

    const numbers = viewer.events.filter((event) => 'seq' in event.payload).map((event) => event.payload.seq);
    expect(numbers).toEqual(numbers.map((_, index) => snapshot.seq + 1 + index));
    viewer.close();
  });

  it('takes an order, tells the host at once and takes it off every viewer\'s stock', async () => {
    const [host, viewer] = await Promise.all([openSocket(test.url, market.hostToken), openSocket(test.url)]);
    await host.ask('show.join', { showId: market.show.id });
    await viewer.ask('show.join', { showId: market.show.id });
    const product = market.products[1]!;

    const order = await place(product, 2);
    expect(order.status).toBe(201);
    expect(order.body).toMatchObject({ state: 'placed', totalMinor: 2000, currency: 'CNY', number: expect.any(Number) });
    expect((await host.next('order.placed')).order).toMatchObject({ id: order.body.id, buyer: { phone: '13800001234' } });
    const change = await viewer.next('variants.changed', (event) => event.variants.some((variant) => variant.productId === product.id));
    expect(change.variants.find((variant) => variant.productId === product.id)?.stock).toBe(3);
    expect(viewer.events.filter((event) => event.name.startsWith('order.'))).toEqual([]);
    host.close();
    viewer.close();
  });

  it('answers a repeated order with the first one', async () => {
    const headers = key();
    const [first, again] = [await place(undefined, 1, headers), await place(undefined, 1, headers)];
    expect(again.body.id).toBe(first.body.id);
    expect((await place(undefined, 2, headers)).body.code).toBe('idempotency.key-reused');
  });

  it('refuses what is sold out, not on the shelf, or has another price than the buyer saw', async () => {
    expect((await place(market.products[2]!)).body.code).toBe('stock.insufficient');
    const foreign = await openMarket(test, [5]);
    expect((await place(foreign.products[0]!)).status).toBe(409);
    const wrong = await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, {
      body: { ...orderOf(market.products[1]!), expectedTotalMinor: 1 },
      headers: key(),
    });
    expect(wrong.body).toMatchObject({ code: 'order.price-changed', params: { totalMinor: 1000 } });
  });

  it('counts an identity once, however many connections it has, and never the staff', async () => {
    const { show } = await openMarket(test);
    const host = await openSocket(test.url, test.operatorToken);
    const first = await openSocket(test.url);
    const { viewerToken } = await first.ask('show.join', { showId: show.id });
    const again = await openSocket(test.url, viewerToken as string);
    expect((await again.ask('show.join', { showId: show.id })).viewerToken).toBeNull();
    const other = await openSocket(test.url);
    await other.ask('show.join', { showId: show.id });
    const { snapshot } = await host.ask('show.join', { showId: show.id });
    expect(snapshot.viewers).toBe(2);
    first.close();
    other.close();
    await host.next('presence.changed', (event) => event.viewers === 1);
    for (const socket of [host, again]) socket.close();
  });
});

describe('access', () => {
  it('lets a farmer in by a one-time link, once, and keeps the device signed in', async () => {
    const { body: link } = await test.call('POST', `/api/v1/shows/${market.show.id}/links`, { token: test.operatorToken, body: { role: 'host' } });
    expect(link.qrSvg).toContain('<svg');
    const code = new URL(link.url).hash.slice('#code='.length);
    // A device of somebody else asks first; the code stays good.
    expect((await test.call('POST', '/api/v1/sessions', { body: { code, identity: 'per_somebody-else' } })).body.code).toBe('auth.forbidden');
    const session = await test.call('POST', '/api/v1/sessions', { body: { code } });
    expect(session).toMatchObject({ status: 201, body: { role: 'host', identity: market.show.hostId, showId: market.show.id } });
    expect((await test.call('POST', '/api/v1/sessions', { body: { code } })).body.code).toBe('auth.link-used');

    const cookie = (session.headers.get('set-cookie') as string).split(';')[0] as string;
    expect(session.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/i);
    const renewed = await test.call('POST', '/api/v1/sessions/token', { headers: { cookie } });
    expect((await test.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token: renewed.body.token })).status).toBe(200);

    await test.call('DELETE', `/api/v1/links/${link.id}`, { token: test.operatorToken });
    expect((await test.call('POST', '/api/v1/sessions/token', { headers: { cookie } })).body.code).toBe('auth.revoked');
  });

  it('lets the operator in by the secret only', async () => {
    expect((await test.call('POST', '/api/v1/sessions', { body: { operatorSecret: 'not-the-secret' } })).status).toBe(401);
    expect((await test.call('POST', '/api/v1/sessions', { body: { operatorSecret: 'operator-of-the-test' } })).body.role).toBe('operator');
  });

  it('keeps hosts and helpers to their own shows, and phone numbers from helpers', async () => {
    const other = await openMarket(test);
    await place();
    const helper = await test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: ['orders'] }, 60_000);
    const orders = (showId: string, token: string) => test.call('GET', `/api/v1/shows/${showId}/orders`, { token });
    expect((await orders(other.show.id, market.hostToken)).body.code).toBe('auth.forbidden');
    expect((await orders(other.show.id, helper)).body.code).toBe('auth.forbidden');
    expect((await orders(market.show.id, helper)).body.orders[0].buyer.phone).toBe('138****1234');
    expect((await test.call('POST', `/api/v1/shows/${market.show.id}/end`, { token: helper, body: {} })).status).toBe(403);
    expect((await test.call('PATCH', `/api/v1/variants/${other.products[0]!.variants[0]!.id}`, { token: market.hostToken, body: { stock: 1 } })).status).toBe(403);
  });

  it('lists every endpoint and command with its roles, and answers nothing else', async () => {
    const { body: document } = await test.call('GET', '/openapi.json');
    for (const [path, operations] of Object.entries(document.paths as Record<string, Record<string, { 'x-roles': string[] }>>)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation['x-roles'], `${method} ${path}`).toEqual(expect.arrayContaining([expect.any(String)]));
        if (operation['x-roles'].includes('viewer')) continue;
        const address = path.replaceAll(/\{\w+\}/g, 'unknown-id');
        const { status } = await test.call(method.toUpperCase(), address, { headers: { 'content-type': 'application/json' } });
        expect(status, `${method} ${path} without a token`).toBe(401);
      }
    }
    for (const path of ['/api/v1/nothing', '/package.json', '/chunks/../package.json', '/demo/../package.json', '/.env', '/admin']) {
      expect((await fetch(test.url + path)).status, path).toBe(404);
    }
    const socket = await openSocket(test.url, test.operatorToken);
    expect(await socket.raw.emitWithAck('server.shutdown', {})).toMatchObject({ ok: false, error: { code: 'not-found' } });
    socket.close();
  });
});
