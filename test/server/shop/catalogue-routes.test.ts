// Delivery, quotes and tables of products over the public API: who may, what is answered, what viewers see at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../../server/protocol/shop.ts';
import type { ProductTablePreview } from '../../../server/protocol/product-table.ts';
import { newId } from '../../../server/protocol/ids.ts';
import { openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const near = { name: 'Near', words: ['杭州'], fee: { by: 'order', feeMinor: 600 }, freeFromMinor: null, minimumMinor: 0 };
const send = (path: string, body: string | Uint8Array, token: string, type = 'text/csv') =>
  fetch(`${app.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body: typeof body === 'string' ? body : new Uint8Array(body) });

describe('delivery', () => {
  it('is set by the seller’s own host, read by everybody, and nobody else’s to set', async () => {
    const [market, other] = [await openMarket(app), await openMarket(app)];
    const path = `/api/v1/sellers/${market.show.sellerId}/delivery`;
    expect((await app.call('GET', path)).body).toEqual({ areas: [] });
    expect((await app.call('PUT', path, { body: { areas: [near] } })).status).toBe(401);
    expect((await app.call('PUT', path, { token: other.hostToken, body: { areas: [near] } })).status).toBe(403);
    expect((await app.call('PUT', path, { token: market.hostToken, body: { areas: [{ ...near, words: [] }, near] } })).body.code).toBe('input.invalid');
    expect((await app.call('PUT', path, { token: market.hostToken, body: { areas: [near] } })).body).toEqual({ areas: [near] });
    expect((await app.call('GET', path)).body).toEqual({ areas: [near] });
    expect((await app.call('GET', '/api/v1/sellers/sel_nobody00000000000000000/delivery')).status).toBe(404);
  });

  it('is quoted to a buyer, and the order costs what was quoted', async () => {
    const market = await openMarket(app, [10]);
    await app.call('PUT', `/api/v1/sellers/${market.show.sellerId}/delivery`, { token: market.hostToken, body: { areas: [near] } });
    const order = orderOf(market.products[0]!, 2);
    const quoted = await app.call('POST', `/api/v1/shows/${market.show.id}/quote`, { body: { lines: order.lines, address: order.buyer.address } });
    expect(quoted.body).toMatchObject({ goodsMinor: 2_000, deliveryMinor: 600, totalMinor: 2_600, areaName: 'Near', refusals: [] });
    const place = (body: object) => app.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } });
    expect((await place({ ...order, expectedTotalMinor: 2_000 })).body).toMatchObject({ code: 'order.price-changed', params: { totalMinor: 2_600 } });
    expect((await place({ ...order, expectedTotalMinor: 2_600 })).body).toMatchObject({ totalMinor: 2_600, deliveryMinor: 600 });
    expect((await place({ ...order, buyer: { ...order.buyer, address: '上海市黄浦区 1 号' } })).body).toMatchObject({ status: 409, code: 'delivery.not-here' });
  });
});

describe('what is told of a product', () => {
  it('is kept, changed in part, and seen by viewers', async () => {
    const market = await openMarket(app, [10]);
    const [product] = market.products;
    const path = `/api/v1/products/${product!.id}`;
    const facts = { grade: 'A', origin: 'Luochuan', geographicalIndication: 'Luochuan apples', harvestedOn: '2026-11-03', storage: 'Cool', traceCode: 'T-1', returnRule: 'Replaced', specs: [{ name: 'Sugar', value: '14' }] };
    await app.call('PATCH', path, { token: market.hostToken, body: { facts, limitPerBuyer: 2 } });
    expect((await app.call<{ shelf: Product[] }>('GET', `/api/v1/shows/${market.show.id}`)).body.shelf[0]).toMatchObject({ facts, limitPerBuyer: 2 });
    const changed = await app.call<Product>('PATCH', path, { token: market.hostToken, body: { facts: { grade: 'B', harvestedOn: null, specs: [], storage: '' }, limitPerBuyer: null } });
    expect(changed.body.facts).toEqual({ grade: 'B', origin: 'Luochuan', geographicalIndication: 'Luochuan apples', traceCode: 'T-1', returnRule: 'Replaced' });
    expect(changed.body).not.toHaveProperty('limitPerBuyer');
    for (const wrong of [{ harvestedOn: '2026-02-30' }, { grade: 'x'.repeat(41) }, { colour: 'red' }, { specs: [{ name: '', value: 'x' }] }, { origin: null }]) {
      expect((await app.call('PATCH', path, { token: market.hostToken, body: { facts: wrong } })).body.code).toBe('input.invalid');
    }
  });

  it('has a number of its own with the seller', async () => {
    const market = await openMarket(app, [10, 10]);
    const [one, other] = market.products.map(({ variants }) => variants[0]!.id);
    const number = (variantId: string | undefined) => app.call('PATCH', `/api/v1/variants/${variantId}`, { token: market.hostToken, body: { sku: 'A-1', weightGrams: 5_000 } });
    expect((await number(one)).body.variants).toMatchObject([{ sku: 'A-1', weightGrams: 5_000 }]);
    expect((await number(other)).body).toMatchObject({ code: 'input.invalid', issues: [{ path: 'body.sku' }] });
    const stranger = await openMarket(app, [10]);
    expect((await app.call('PATCH', `/api/v1/variants/${stranger.products[0]!.variants[0]!.id}`, { token: stranger.hostToken, body: { sku: 'A-1' } })).status).toBe(200);
  });
});

describe('a table of products', () => {
  it('is shown first, then taken in as shown, and viewers see it', async () => {
    const market = await openMarket(app, [10]);
    const table = 'name,price,stock\nApples 1,12.00,7\n';
    const preview = (await (await send('/api/v1/products/import', table, market.hostToken)).json()) as ProductTablePreview;
    expect(preview).toMatchObject({ counts: { changed: 1 }, isApplied: false });
    expect((await send(`/api/v1/products/import?apply=true&expect=${'0'.repeat(64)}`, table, market.hostToken)).status).toBe(409);
    const applied = await send(`/api/v1/products/import?apply=true&expect=${preview.fingerprint}`, table, market.hostToken, 'application/octet-stream');
    expect(await applied.json()).toMatchObject({ isApplied: true });
    const { body } = await app.call<{ shelf: Product[] }>('GET', `/api/v1/shows/${market.show.id}`);
    expect(body.shelf[0]?.variants).toMatchObject([{ priceMinor: 1_200, stock: 7 }]);
  });

  it('is written for staff of the seller alone', async () => {
    const [market, other] = [await openMarket(app, [10]), await openMarket(app, [10])];
    const path = `/api/v1/products/export?sellerId=${market.show.sellerId}`;
    const answer = await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${market.hostToken}` } });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('products.csv');
    expect(await answer.text()).toContain('Apples 1');
    expect((await app.call('GET', path, { token: other.hostToken })).status).toBe(403);
    expect((await app.call('GET', path)).status).toBe(401);
    expect((await send(`/api/v1/products/import?sellerId=${market.show.sellerId}&apply=true`, 'name\nx', other.hostToken)).status).toBe(403);
  });

  it('that is none is refused with the line, and the server goes on', async () => {
    const market = await openMarket(app, [10]);
    for (const wrong of [new Uint8Array([0xff, 0xfe, 0x00]), new Uint8Array(10_000).fill(0x22), '"', 'name\n"', new Uint8Array(0)]) {
      const answer = await send('/api/v1/products/import', wrong, market.hostToken);
      expect([400, 422]).toContain(answer.status);
    }
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  });
});
