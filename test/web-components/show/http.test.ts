// Owns how a page calls the server: typed, bounded, and never with an exception.
import { describe, expect, it, vi } from 'vitest';
import { endpoints } from '../../../server/protocol/index.ts';
import { problem } from '../../../server/protocol/errors.ts';
import { createCall } from '../../../web-components/show/http.ts';

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });

describe('createCall', () => {
  it('fills path and query, and sends body, key and token', async () => {
    const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => json({ orders: [] }));
    const call = createCall({ serverUrl: 'http://server', fetch: fetch as never, token: async () => 'short' });
    await call(endpoints.listOrders, { params: { showId: 'shw_1' }, query: { state: 'placed' } });
    await call(endpoints.cancelOrder, { params: { orderId: 'ord/../x' }, body: {}, idempotencyKey: 'key_12345678' });
    expect(fetch.mock.calls[0]?.[0]).toBe('http://server/api/v1/shows/shw_1/orders?state=placed');
    expect(fetch.mock.calls[1]?.[0]).toBe('http://server/api/v1/orders/ord%2F..%2Fx/cancel');
    expect(fetch.mock.calls[1]?.[1]).toMatchObject({ method: 'POST', body: '{}', headers: { authorization: 'Bearer short', 'idempotency-key': 'key_12345678' } });
  });

  it('answers a problem document as a failure with its code, params and patience', async () => {
    const document = problem('stock.insufficient', 'no', { params: { left: 2 } });
    const call = createCall({ serverUrl: '', fetch: async () => json(document, 409, { 'retry-after': '3' }) });
    const outcome = await call(endpoints.readShow, { params: { showId: 'shw_1' } });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'stock.insufficient', status: 409, params: { left: 2 }, retryAfterMs: 3000 } });
  });

  it.each([
    [404, 'not-found'],
    [429, 'rate.limited'],
    [502, 'internal'],
  ])('makes sense of a proxy\'s own answer %i', async (status, code) => {
    const call = createCall({ serverUrl: '', fetch: async () => new Response('<html>', { status }) });
    expect(await call(endpoints.readShow, { params: { showId: 'shw_1' } })).toMatchObject({ ok: false, error: { code, status } });
  });

  it('answers `network.offline` where there is no network and `network.unreadable` for what is not JSON', async () => {
    const offline = createCall({ serverUrl: '', fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    expect(await offline(endpoints.readShow, { params: { showId: 'shw_1' } })).toMatchObject({ ok: false, error: { code: 'network.offline', status: 0 } });
    const garbled = createCall({ serverUrl: '', fetch: async () => new Response('not json') });
    expect(await garbled(endpoints.readShow, { params: { showId: 'shw_1' } })).toMatchObject({ ok: false, error: { code: 'network.unreadable' } });
  });

  it('gives up after its time', async () => {
    const fetch = (_url: unknown, init?: RequestInit) => new Promise<Response>((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
    const call = createCall({ serverUrl: '', fetch });
    expect(await call(endpoints.readShow, { params: { showId: 'shw_1' }, timeoutMs: 20 })).toMatchObject({ ok: false, error: { code: 'network.timeout' } });
  });

  it('asks once for a fresh token when the server refuses the old one', async () => {
    const seen: (string | null)[] = [];
    const fetch = async (_url: unknown, init?: RequestInit) => {
      const bearer = new Headers(init?.headers).get('authorization');
      seen.push(bearer);
      return bearer === 'Bearer new' ? json({ orders: [] }) : json(problem('auth.invalid', 'old'), 401);
    };
    const call = createCall({ serverUrl: '', fetch, token: async (refresh) => (refresh ? 'new' : 'old') });
    expect((await call(endpoints.listOrders, { params: { showId: 'shw_1' } })).ok).toBe(true);
    expect(seen).toEqual(['Bearer old', 'Bearer new']);
  });
});
