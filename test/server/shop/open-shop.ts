// Owns a shop for a test: real SQLite file in a folder of its own, everything that it tells, and a seller with one product.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../../server/platform/auth.ts';
import { type Clock, systemClock } from '../../../server/platform/clock.ts';
import { Database, type Once } from '../../../server/platform/db/database.ts';
import { FieldcastError } from '../../../server/platform/errors.ts';
import { Bus } from '../../../server/platform/events.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { createShop, type OrderPlace, type Shop, type ShopFacts, shopMigrations } from '../../../server/shop/index.ts';
import type { OrderRequest } from '../../../server/protocol/order.ts';
import type { Product } from '../../../server/protocol/shop.ts';

export interface TestShop {
  shop: Shop;
  database: Database;
  bus: Bus<ShopFacts>;
  dataDir: string;
  sellerId: string;
  /** Facts in the order they were told. */
  facts: { fact: keyof ShopFacts; payload: any }[];
  /** Everything that was logged, as lines. */
  logLines: string[];
  /** A product with one variant per stock, at 12.50 each. */
  product(...stocks: number[]): Promise<Product>;
  close(): Promise<void>;
}

export async function openShop({ clock = systemClock }: { clock?: Clock } = {}): Promise<TestShop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-shop-'));
  const logLines: string[] = [];
  const log = createLogger('trace', { write: (line: string) => void logLines.push(line) });
  const database = await Database.open(join(dataDir, 'shop.sqlite'), shopMigrations, log);
  const facts: TestShop['facts'] = [];
  const bus = new Bus<ShopFacts>((fact, error) => {
    throw new Error(`listener of ${fact}`, { cause: error });
  });
  for (const fact of ['product.changed', 'variants.changed', 'order.placed', 'order.changed'] as const) {
    bus.on(fact, (payload) => void facts.push({ fact, payload }));
  }
  const shop = createShop({ database, bus, dataDir, clock, log, buyerKey: new Uint8Array(32).fill(5) });
  const { id: sellerId } = await shop.sellers.create({ name: 'Green Hill', currency: 'CNY' });
  return {
    shop,
    database,
    bus,
    dataDir,
    sellerId,
    facts,
    logLines,
    product: (...stocks) =>
      shop.catalogue.create(sellerId, {
        name: 'Fuji apples',
        description: '',
        pictures: [],
        variants: stocks.map((stock, index) => ({ label: `grade ${index + 1}`, unit: 'kg', priceMinor: 1250, stock })),
      }),
    async close() {
      await shop.desk.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const viewer: Caller = { claims: { role: 'viewer', identity: 'vwr_test' }, isKnown: false, address: '127.0.0.1' };

export const PHONE = '13812341234';

/** An order of these quantities of the product's variants, first to last. */
export function requestFor(product: Product, ...quantities: number[]): OrderRequest {
  return {
    lines: quantities.map((quantity, index) => ({ variantId: variantId(product, index), quantity })),
    buyer: { name: 'Wang Fang', phone: PHONE, address: '12 Orchard Road, Yan’an' },
    note: '',
    payment: 'cod',
  };
}

export function placeIn(sellerId: string, ...products: Product[]): OrderPlace {
  return { showId: 'shw_test', sellerId, allowedProductIds: new Set(products.map((product) => product.id)), isOnAir: true };
}

export function onceFor(key: string, requestHash = 'hash'): Once {
  return { scope: 'POST /orders', key, requestHash };
}

export function variantId(product: Product, index = 0): string {
  const variant = product.variants[index];
  if (!variant) throw new Error(`no variant ${index}`);
  return variant.id;
}

export async function stockOf(shop: Shop, product: Product): Promise<number[]> {
  return (await shop.catalogue.product(product.id)).variants.map((variant) => variant.stock);
}

/** Code and params of the refusal; a value or another error fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<{ code: string; params?: Record<string, string | number> | undefined }> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof FieldcastError) {
    const { code, params } = outcome.error.toProblem();
    return params ? { code, params } : { code };
  }
  throw new Error('expected a refusal', { cause: outcome });
}
