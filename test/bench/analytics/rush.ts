// Owns a rush of telemetry with orders beside it: pages in a process of their own, orders over kept connections from here.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { availableParallelism, getPriority, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Market } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { cpuMs, stolenMs } from '../support/process-cost.ts';
import type { PagesOrder, PagesReport, RushOrder } from './pages-process.ts';

const CONNECTIONS = 4_000;
/** Of one page: a heartbeat every ten seconds, and half as much again of what is seen and done. */
const EVENTS_PER_SECOND = 0.25;
const TICK_MS = 10;
/** Below the server's: phones are machines of their own, and what they do here must not take its time. */
const NICENESS = 5;

export interface Rush {
  eventsPerSecond: number;
  batchesFailed: number;
  /** How often a page was asked to tell. */
  everyMs: number;
  /** Both ways. */
  bytesPerBatch: number;
  ordersFailed: number;
  /** Of each order that was taken. */
  ordersMs: readonly number[];
  coreShare: number;
  /** Of the processors, what their host gave to others meanwhile. */
  stolenShare: number;
}

/** Pages that have joined the show. */
export class Pages {
  readonly #child = fork(fileURLToPath(new URL('./pages-process.js', import.meta.url)));

  /** As many as have so many events in a second. */
  static async open(server: ServerProcess, { show, products }: Market, eventsPerSecond: number): Promise<Pages> {
    const pages = new Pages();
    if (pages.#child.pid !== undefined) setPriority(pages.#child.pid, Math.min(19, getPriority() + NICENESS));
    const { hostname: host, port } = new URL(server.url);
    await pages.#ask<string>({ open: { host, port: Number(port), showId: show.id, productId: products[0]?.id as string, connections: CONNECTIONS, pages: eventsPerSecond / EVENTS_PER_SECOND, eventsPerSecond: EVENTS_PER_SECOND } satisfies PagesOrder });
    return pages;
  }

  rush(order: RushOrder): Promise<PagesReport> {
    return this.#ask({ rush: order });
  }

  close(): void {
    this.#child.disconnect();
  }

  async #ask<Value>(call: object): Promise<Value> {
    const answer = once(this.#child, 'message');
    this.#child.send(call);
    return (await answer)[0] as Value;
  }
}

/** @param plan.eventsPerSecond 0: orders alone */
export async function beside(server: ServerProcess, { show, products }: Market, pages: Pages, plan: { eventsPerSecond: number; ordersPerSecond: number; seconds: number }): Promise<Rush> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const ordersMs: number[] = [];
  let ordersFailed = 0;
  const buy = async (product: Market['products'][number] | undefined): Promise<void> => {
    const body = JSON.stringify({ lines: [{ variantId: product?.variants[0]?.id, quantity: 1 }], buyer: { name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' }, payment: 'cod' });
    const startedAt = performance.now();
    const status = await new Promise<number>((resolve) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': crypto.randomUUID() };
      const call = request(`${server.url}/api/v1/shows/${show.id}/orders`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      call.on('error', () => resolve(0));
      call.end(body);
    });
    if (status === 201) ordersMs.push(performance.now() - startedAt);
    else ordersFailed += 1;
  };
  const [cpuBefore, stolenBefore] = [cpuMs([server.pid]), stolenMs()];
  const startedAt = performance.now();
  const rushing = plan.eventsPerSecond > 0 ? pages.rush(plan) : undefined;
  const buying: Promise<void>[] = [];
  for (let passed = 0; passed < plan.seconds * 1000; passed = performance.now() - startedAt) {
    for (; buying.length < (passed / 1000) * plan.ordersPerSecond; ) buying.push(buy(products[buying.length % products.length]));
    await pause(TICK_MS);
  }
  await Promise.all(buying);
  const { batches, events, refused, everyMs, bytes } = (await rushing) ?? { batches: 0, events: 0, refused: 0, everyMs: 0, bytes: 0 };
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return {
    eventsPerSecond: events / seconds,
    batchesFailed: refused,
    everyMs,
    bytesPerBatch: bytes / Math.max(1, batches),
    ordersFailed,
    ordersMs,
    coreShare: (cpuMs([server.pid]) - cpuBefore) / 1000 / seconds,
    stolenShare: (stolenMs() - stolenBefore) / 1000 / seconds / availableParallelism(),
  };
}
