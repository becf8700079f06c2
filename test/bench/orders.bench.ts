// Owns the figures of orders, through HTTP against a server process of its own: rate and latency with an fsync before each answer,
// nothing oversold, nothing lost when the process is killed, one order for one key. Run by `npm run bench -- orders`.
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Order } from '../../server/protocol/order.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { Show } from '../../server/protocol/show.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

interface Figure {
  name: string;
  value: number;
  unit: string;
  goal: number;
  ok: boolean;
}

interface Answer {
  status: number;
  body: any;
}

interface Stall {
  showId: string;
  product: Product;
  variantId: string;
}

const BUYERS = 200;
const RATE_GOAL = 500;
const P99_GOAL_MS = 500;
/** A little above the goal, because buyers who pace themselves can only fall behind. */
const PACE = 520;
const KILLS = 20;
const KILL_BUYERS = 40;
const SETTINGS = { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error' };

export async function bench(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-orders-'));
  try {
    return [...(await withOneServer(join(folder, 'load'))), ...(await withKills(join(folder, 'kills')))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withOneServer(dataDir: string): Promise<Figure[]> {
  const server = await startServer(dataDir, SETTINGS);
  const client = new Client(server);
  try {
    return [...(await rush(client)), ...(await oversell(client)), ...(await replays(client))];
  } finally {
    client.close();
    await server.stop();
  }
}

/** 200 buyers: first at the asked rate, then without a pause, so that 200 orders are always under way. */
async function rush(client: Client): Promise<Figure[]> {
  const stall = await client.openStall(1_000_000);
  await load(client, stall, { seconds: 2, ordersPerSecond: PACE }); // Compiles what runs often, in both processes.
  const paced = await load(client, stall, { seconds: 10, ordersPerSecond: PACE });
  const flatOut = await load(client, stall, { seconds: 8, ordersPerSecond: Number.POSITIVE_INFINITY });
  const rate = (name: string, value: number, goal: number): Figure => ({ name, value: Math.round(value), unit: 'orders/s', goal, ok: value >= goal });
  const p99 = (name: string, latencies: number[]): Figure => {
    const value = Math.round(percentile(latencies, 0.99));
    return { name, value, unit: 'ms', goal: P99_GOAL_MS, ok: value < P99_GOAL_MS };
  };
  return [
    rate('sustained with 200 buyers pacing themselves', paced.ordersPerSecond, RATE_GOAL),
    p99('p99 at that rate', paced.latenciesMs),
    rate('sustained with 200 orders always under way', flatOut.ordersPerSecond, RATE_GOAL),
    p99('p99 with 200 orders always under way', flatOut.latenciesMs),
    zero('orders refused or failed under load', paced.failures + flatOut.failures),
  ];
}

async function load(client: Client, stall: Stall, plan: { seconds: number; ordersPerSecond: number }) {
  const intervalMs = (BUYERS / plan.ordersPerSecond) * 1000;
  const latenciesMs: number[] = [];
  let failures = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + plan.seconds * 1000;
  const buy = async (buyer: number) => {
    let dueAt = startedAt + (buyer / BUYERS) * intervalMs;
    while (dueAt < endsAt && performance.now() < endsAt) {
      await until(dueAt);
      const answer = await client.order(stall, newKey());
      // From when the order was due: a buyer who had to wait for the last answer waits here too.
      latenciesMs.push(performance.now() - dueAt);
      if (answer.status !== 201) failures += 1;
      dueAt = intervalMs > 0 ? dueAt + intervalMs : performance.now();
    }
  };
  await Promise.all(Array.from({ length: BUYERS }, (_, buyer) => buy(buyer)));
  const seconds = Math.max(plan.seconds, (performance.now() - startedAt) / 1000);
  return { latenciesMs, failures, ordersPerSecond: (latenciesMs.length - failures) / seconds };
}

async function oversell(client: Client): Promise<Figure[]> {
  const stall = await client.openStall(100);
  const answers = await Promise.all(Array.from({ length: 5000 }, () => client.order(stall, newKey())));
  const accepted = answers.filter((answer) => answer.status === 201).length;
  const soldOut = answers.filter((answer) => answer.body.code === 'stock.insufficient').length;
  return [
    zero('oversold in 5,000 concurrent orders on stock 100', Math.max(0, accepted - 100)),
    exactly('accepted of them', accepted, 100),
    exactly('told that it is sold out', soldOut, 4900),
    zero('units left', await client.stockOf(stall)),
  ];
}

async function replays(client: Client): Promise<Figure[]> {
  const stall = await client.openStall(1000);
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 100 }, () => client.order(stall, key)));
  const ids = new Set(answers.map((answer) => (answer.status === 201 ? (answer.body as Order).id : `status ${answer.status}`)));
  const other = await client.order(stall, key, 2);
  return [
    exactly('orders from 100 replays of one key', 1000 - (await client.stockOf(stall)), 1),
    exactly('different answers to them', ids.size, 1),
    exactly('status of the same key with another body', other.status, 422),
  ];
}

/** Kills the server in the middle of a rush, 20 times over the same data, and looks for what it had acknowledged. */
async function withKills(dataDir: string): Promise<Figure[]> {
  const acknowledged = new Map<string, string>();
  const unanswered: string[] = [];
  let stall: Stall | undefined;
  let lost = 0;
  let broken = 0;
  let server = await startServer(dataDir, SETTINGS);
  let client = new Client(server);
  try {
    stall = await client.openStall(1_000_000);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await rushUntilKilled(server, client, stall, kill, { acknowledged, unanswered });
      server = await startServer(dataDir, SETTINGS);
      client = new Client(server);
      lost += await countLost(client, acknowledged);
      broken += isWhole(dataDir) ? 0 : 1;
    }
    // A page whose answer was lost sends the same order again: it must come to one, whether or not the first had been stored.
    const retried = await Promise.all(unanswered.map((key) => client.order(stall as Stall, key)));
    const ids = new Set([...acknowledged.values(), ...retried.map((answer) => (answer.body as Order).id)]);
    const sold = 1_000_000 - (await client.stockOf(stall));
    return [
      zero(`acknowledged orders lost in ${KILLS} SIGKILLs (of ${acknowledged.size})`, lost),
      zero('databases broken by them', broken),
      zero(`orders doubled or stock lost after ${retried.length} retries of unanswered orders`, Math.abs(sold - ids.size)),
    ];
  } finally {
    client.close();
    await server.kill();
  }
}

async function rushUntilKilled(
  server: ServerProcess,
  client: Client,
  stall: Stall,
  round: number,
  kept: { acknowledged: Map<string, string>; unanswered: string[] },
): Promise<void> {
  // Until the connection breaks.
  const buy = async () => {
    let answer: Answer | undefined;
    do {
      const key = newKey();
      answer = await client.order(stall, key).catch(() => undefined);
      if (answer?.status === 201) kept.acknowledged.set(key, (answer.body as Order).id);
      else kept.unanswered.push(key);
    } while (answer);
  };
  const buyers = Array.from({ length: KILL_BUYERS }, buy);
  // At another point of the batch each time.
  await until(performance.now() + 150 + ((round * 37) % 200));
  await server.kill();
  await Promise.all(buyers);
  client.close();
}

async function countLost(client: Client, acknowledged: Map<string, string>): Promise<number> {
  const ids = [...acknowledged.values()];
  let lost = 0;
  // In slices, so that a check of thousands is no load test of its own.
  for (let start = 0; start < ids.length; start += BUYERS) {
    const answers = await Promise.all(ids.slice(start, start + BUYERS).map((id) => client.call('GET', `/api/v1/orders/${id}`)));
    lost += answers.filter((answer) => answer.status !== 200 || answer.body.state !== 'placed').length;
  }
  return lost;
}

function isWhole(dataDir: string): boolean {
  const database = new SqliteDatabase(join(dataDir, 'fieldcast.sqlite'), { readonly: true });
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    const orphans = database.pragma('foreign_key_check') as unknown[];
    return integrity === 'ok' && orphans.length === 0;
  } finally {
    database.close();
  }
}

/** Calls over kept connections, as many as there are buyers. */
class Client {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1000 });
  readonly #staff: Record<string, string>;

  constructor(server: ServerProcess) {
    this.#url = server.url;
    this.#staff = { authorization: `Bearer ${server.operatorToken}` };
  }

  /** A show with one product on its shelf. */
  async openStall(stock: number): Promise<Stall> {
    const seller = await this.#made('/api/v1/sellers', { name: 'Orchard', currency: 'CNY' });
    const show: Show = await this.#made('/api/v1/shows', { title: 'Apples', sellerId: seller.id, hostName: 'Zhang' });
    const variants = [{ unit: 'kg', priceMinor: 1290, stock }];
    const product: Product = await this.#made('/api/v1/products', { sellerId: seller.id, name: 'Fuji apples', variants });
    await this.call('PUT', `/api/v1/shows/${show.id}/shelf`, { productIds: [product.id] }, this.#staff);
    return { showId: show.id, product, variantId: product.variants[0]?.id as string };
  }

  /** Places an order as a viewer without a token. */
  order(stall: Stall, key: string, quantity = 1): Promise<Answer> {
    const buyer = { name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' };
    const body = { lines: [{ variantId: stall.variantId, quantity }], buyer, payment: 'cod' };
    return this.call('POST', `/api/v1/shows/${stall.showId}/orders`, body, { 'idempotency-key': key });
  }

  async stockOf(stall: Stall): Promise<number> {
    const answer = await this.call('GET', `/api/v1/products/${stall.product.id}`);
    return (answer.body as Product).variants[0]?.stock as number;
  }

  // node:http rather than fetch: it costs a third, and the client shares the machine with what it measures.
  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const outgoing = httpRequest(`${this.#url}${path}`, {
        method,
        agent: this.#agent,
        headers: { ...headers, ...(payload ? { 'content-type': 'application/json', 'content-length': payload.length } : {}) },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode as number, body: text === '' ? undefined : JSON.parse(text) });
        });
      });
      outgoing.end(payload);
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #made(path: string, body: unknown): Promise<any> {
    const answer = await this.call('POST', path, body, this.#staff);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

function newKey(): string {
  return crypto.randomUUID();
}

function until(time: number): Promise<void> {
  const waitMs = time - performance.now();
  return waitMs <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, waitMs));
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function zero(name: string, value: number): Figure {
  return exactly(name, value, 0);
}

function exactly(name: string, value: number, goal: number): Figure {
  return { name, value, unit: '', goal, ok: value === goal };
}
