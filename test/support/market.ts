// Owns what tests sell: a seller, a show, products on its shelf, made over the public API of any running server.
import type { Problem } from '../../server/protocol/errors.ts';
import type { Session } from '../../server/protocol/access.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { Show } from '../../server/protocol/show.ts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** The answer, or a problem document. */
  body: T & Partial<Pick<Problem, 'code' | 'detail' | 'issues' | 'params'>>;
}

/** A JSON call; `body` is sent when given. */
export type Call = <T = any>(
  method: string,
  path: string,
  options?: { token?: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer<T>>;

export function caller(url: string): Call {
  return async (method, path, { token, body, headers } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: text === '' ? {} : isJson ? JSON.parse(text) : text };
  };
}

export interface Market {
  show: Show;
  products: Product[];
  /** Token of the show's host. */
  hostToken: string;
}

/** A one-time link for the show's host, as a farmer gets it. */
export async function hostLink(call: Call, operatorToken: string, showId: string): Promise<string> {
  const link = await call<{ url: string }>('POST', `/api/v1/shows/${showId}/links`, { token: operatorToken, body: { role: 'host' } });
  return link.body.url;
}

/** A seller with a planned show and one product per entry of `stocks` on its shelf, each with one variant at 10.00 CNY. */
export async function openMarket({ call, operatorToken: token }: { call: Call; operatorToken: string }, stocks: readonly number[] = [10]): Promise<Market> {
  const seller = await call('POST', '/api/v1/sellers', { token, body: { name: 'Orchard', currency: 'CNY' } });
  const show = (await call<Show>('POST', '/api/v1/shows', { token, body: { title: 'Apples', sellerId: seller.body.id, hostName: 'Zhang' } })).body;
  const products: Product[] = [];
  for (const [index, stock] of stocks.entries()) {
    const body = { sellerId: seller.body.id, name: `Apples ${index + 1}`, variants: [{ label: '', unit: 'kg', priceMinor: 1000, stock }] };
    products.push((await call<Product>('POST', '/api/v1/products', { token, body })).body);
  }
  await call('PUT', `/api/v1/shows/${show.id}/shelf`, { token, body: { productIds: products.map((product) => product.id) } });
  const code = new URL(await hostLink(call, token, show.id)).hash.slice('#code='.length);
  const session = await call<Session>('POST', '/api/v1/sessions', { body: { code } });
  return { show, products, hostToken: session.body.token };
}

/** An order of `quantity` of a product's first variant. */
export function orderOf(product: Product, quantity = 1) {
  return {
    lines: [{ variantId: product.variants[0]?.id, quantity }],
    buyer: { name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' },
    payment: 'cod',
  };
}
