// Owns the whole app for a test: real worker, real SQLite file in a folder of its own, random loopback ports, closed at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../server/app.ts';
import { readConfig } from '../../server/platform/config.ts';
import { createLogger } from '../../server/platform/log.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { Problem } from '../../server/protocol/errors.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { Show } from '../../server/protocol/show.ts';

export interface TestApp {
  app: App;
  url: string;
  dataDir: string;
  operatorToken: string;
  /** A JSON call; `body` is sent when given. */
  call<T = any>(method: string, path: string, options?: { token?: string; body?: unknown; headers?: Record<string, string> }): Promise<Answer<T>>;
  close(): Promise<void>;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** The answer, or a problem document. */
  body: T & Partial<Pick<Problem, 'code' | 'detail' | 'issues' | 'params'>>;
}

/** @param env settings on top of the test's own, e.g. `{ FIELDCAST_WORKERS: '2' }`. */
export async function startApp(options: { env?: Record<string, string>; dataDir?: string; clock?: Clock } = {}): Promise<TestApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'fieldcast-test-')));
  const config = readConfig({
    FIELDCAST_PORT: '0',
    FIELDCAST_RTC_PORT: '0',
    FIELDCAST_WORKERS: '1',
    FIELDCAST_DATA_DIR: dataDir,
    FIELDCAST_OPERATOR_SECRET: 'operator-of-the-test',
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
    ...options.env,
  });
  const app = await createApp({
    config,
    log: createLogger(process.env['FIELDCAST_TEST_LOG'] ?? 'silent'),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const operatorToken = await app.issueToken({ role: 'operator', identity: newId('per') }, 3600_000);
  return {
    app,
    url: app.url,
    dataDir,
    operatorToken,
    async call(method, path, { token, body, headers } = {}) {
      const response = await fetch(`${app.url}${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
    },
    async close() {
      await app.close();
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Market {
  show: Show;
  products: Product[];
  /** Token of the show's host, valid for an hour. */
  hostToken: string;
}

/** A seller with a planned show and one product per entry of `stocks` on its shelf, each with one variant at 10.00 CNY. */
export async function openMarket({ app, call, operatorToken: token }: TestApp, stocks: readonly number[] = [10]): Promise<Market> {
  const seller = await call('POST', '/api/v1/sellers', { token, body: { name: 'Orchard', currency: 'CNY' } });
  const show = (
    await call<Show>('POST', '/api/v1/shows', { token, body: { title: 'Apples', sellerId: seller.body.id, hostName: 'Zhang' } })
  ).body;
  const products: Product[] = [];
  for (const [index, stock] of stocks.entries()) {
    const body = { sellerId: seller.body.id, name: `Apples ${index + 1}`, variants: [{ label: '', unit: 'kg', priceMinor: 1000, stock }] };
    products.push((await call<Product>('POST', '/api/v1/products', { token, body })).body);
  }
  await call('PUT', `/api/v1/shows/${show.id}/shelf`, { token, body: { productIds: products.map((product) => product.id) } });
  const hostToken = await app.issueToken({ role: 'host', identity: show.hostId }, 3600_000);
  return { show, products, hostToken };
}

/** An order of `quantity` of a product's first variant. */
export function orderOf(product: Product, quantity = 1) {
  return {
    lines: [{ variantId: product.variants[0]?.id, quantity }],
    buyer: { name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' },
    payment: 'cod',
  };
}
