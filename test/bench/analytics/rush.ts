// Owns a rush of telemetry with orders beside it, over kept connections to a server process.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Market } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { percentile } from '../support/figure.ts';
import { cpuMs } from '../support/process-cost.ts';

const EVENTS_PER_BATCH = 5;
const DEVICES = 4_000;
const TICK_MS = 10;
const BROWSER = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36';

export interface Rush {
  eventsPerSecond: number;
  batchesFailed: number;
  orderP99Ms: number;
  coreShare: number;
}

let rushes = 0;

/** @param plan.eventsPerSecond 0: orders alone */
export async function beside(server: ServerProcess, { show, products }: Market, plan: { eventsPerSecond: number; ordersPerSecond: number; seconds: number }): Promise<Rush> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const post = (path: string, body: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve) => {
      const call = request(`${server.url}${path}`, { method: 'POST', agent, headers: { 'content-length': Buffer.byteLength(body), 'user-agent': BROWSER, ...headers } }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      call.on('error', () => resolve(0));
      call.end(body);
    });
  const rush = (rushes += 1);
  const sent = Array.from({ length: DEVICES }, () => 0);
  const productId = products[0]?.id as string;
  let batches = 0;
  let batchesFailed = 0;
  const beat = async (device: number): Promise<void> => {
    const n = (sent[device] = (sent[device] as number) + 1);
    const t = n * 10_000;
    const e = [[2, t, 1_000, 0, 40], [6, t, productId], [7, t, productId], [10, t, 1, 2], [6, t, productId]];
    const status = await post(`/api/v1/shows/${show.id}/telemetry`, JSON.stringify({ d: `device_of_bench_${device}`, p: `rush${rush}`, n, t, e }), { 'content-type': 'text/plain' });
    batches += 1;
    if (status !== 204) batchesFailed += 1;
  };
  const ordersMs: number[] = [];
  const buy = async (): Promise<void> => {
    const product = products[ordersMs.length % products.length];
    const body = JSON.stringify({ lines: [{ variantId: product?.variants[0]?.id, quantity: 1 }], buyer: { name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' }, payment: 'cod' });
    const startedAt = performance.now();
    const status = await post(`/api/v1/shows/${show.id}/orders`, body, { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() });
    if (status === 201) ordersMs.push(performance.now() - startedAt);
  };
  const work: Promise<void>[] = [];
  const cpuBefore = cpuMs([server.pid]);
  const startedAt = performance.now();
  let beats = 0;
  let orders = 0;
  for (let passed = 0; passed < plan.seconds * 1000; passed = performance.now() - startedAt) {
    for (; orders < (passed / 1000) * plan.ordersPerSecond; orders += 1) work.push(buy());
    for (; beats < ((passed / 1000) * plan.eventsPerSecond) / EVENTS_PER_BATCH; beats += 1) work.push(beat(beats % DEVICES));
    await pause(TICK_MS);
  }
  await Promise.all(work);
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { eventsPerSecond: ((batches - batchesFailed) * EVENTS_PER_BATCH) / seconds, batchesFailed, orderP99Ms: percentile(ordersMs, 0.99), coreShare: (cpuMs([server.pid]) - cpuBefore) / 1000 / seconds };
}

/** What a page that watches sends in a minute, without HTTP around it. */
export function heartbeatBytesPerMinute(): number {
  const minute = 100 * 60_000;
  const bodies = Array.from({ length: 6 }, (_, index) => JSON.stringify({ d: 'k3VqZ0pXw1Lr8TnA', p: 'x7Qa', n: 600 + index, t: minute, e: [[2, minute, 10_000, 0, 412]] }));
  const other = JSON.stringify([[6, minute, 'prd_0123456789abcdef'], [7, minute, 'prd_0123456789abcdef']]);
  return bodies.join('').length + other.length;
}
