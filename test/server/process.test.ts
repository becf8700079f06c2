// The server as a process: how it starts, how it refuses to, and how it stops.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import { openSocket } from '../support/socket.ts';
import { freePort, isRunning, type ServerProcess, spawnServer, startServer } from '../support/server-process.ts';

let dataDir: string;
let port: number;
let server: ServerProcess | undefined;
const env = (more: Record<string, string> = {}) => ({
  FIELDCAST_PORT: String(port),
  FIELDCAST_RTC_PORT: '0',
  FIELDCAST_WORKERS: '2',
  FIELDCAST_DATA_DIR: dataDir,
  FIELDCAST_OPERATOR_SECRET: 'operator-of-the-test',
  ...more,
});

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-process-'));
  port = await freePort();
});
afterEach(async () => {
  if (server && isRunning(server.pid)) await server.stop('SIGKILL');
  server = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function refusal(more: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const run = spawnServer(env(more));
  const code = await new Promise<number | null>((resolve) => run.child.once('exit', resolve));
  return { code, output: run.output().trim() };
}

describe('a start', () => {
  it('that cannot work ends with one line that says what to set', async () => {
    const { code, output } = await refusal({ FIELDCAST_PORT: 'eighty' });
    expect(code).toBe(1);
    expect(output).toBe('fieldcast: FIELDCAST_PORT: got "eighty", takes a whole number from 0 to 65535');
  });

  it('names the port that another program has', async () => {
    server = await startServer(env());
    const { code, output } = await refusal({ FIELDCAST_DATA_DIR: join(dataDir, 'other') });
    expect(code).toBe(1);
    expect(output).toContain(`${port}`);
    expect(output).toContain('FIELDCAST_PORT');
  });

  it('says where the media worker is to be found when it is not there', async () => {
    const { code, output } = await refusal({ MEDIASOUP_WORKER_BIN: '/nowhere/worker' });
    expect(code).toBe(1);
    expect(output).toContain('MEDIASOUP_WORKER_BIN');
  });
});

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s tells everyone, exits with 0 within 10 s and leaves no worker behind', async (signal) => {
    server = await startServer(env());
    const workers = server.workers();
    expect(workers).toHaveLength(2);
    const viewer = await openSocket(server.url);
    const closing = viewer.next('server.closing');
    const { code, tookMs } = await server.stop(signal);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    expect((await closing).retryMs).toBeGreaterThan(0);
    expect(workers.filter(isRunning)).toEqual([]);
  });

  it('answers the orders under way, and keeps what it acknowledged', async () => {
    server = await startServer(env());
    const call = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${server!.url}${path}`, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
      return { status: answer.status, body: (await answer.json()) as any };
    };
    const { body: session } = await call('POST', '/api/v1/sessions', { operatorSecret: 'operator-of-the-test' });
    const staff = { authorization: `Bearer ${session.token}` };
    await call('POST', '/api/v1/sellers', { name: 'Orchard', currency: 'CNY' }, staff);
    const { body: show } = await call('POST', '/api/v1/shows', { title: 'Apples', hostName: 'Zhang' }, staff);
    const { body: product } = await call('POST', '/api/v1/products', { name: 'Apples', variants: [{ unit: 'kg', priceMinor: 100, stock: 1000 }] }, staff);
    await call('PUT', `/api/v1/shows/${show.id}/shelf`, { productIds: [product.id] }, staff);
    const order = {
      lines: [{ variantId: product.variants[0].id, quantity: 1 }],
      buyer: { name: 'Li', phone: '13800001234', address: 'Road 1, Town' },
      payment: 'cod',
    };
    const calls = Array.from({ length: 100 }, () =>
      call('POST', `/api/v1/shows/${show.id}/orders`, order, { 'idempotency-key': newId('key') }).catch(() => undefined),
    );
    await Promise.race(calls);
    const { code, tookMs } = await server.stop('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    const acknowledged = (await Promise.all(calls)).filter((answer) => answer?.status === 201).map((answer) => answer!.body.id as string);
    expect(acknowledged.length).toBeGreaterThan(0);

    server = await startServer(env());
    const { body: again } = await call('POST', '/api/v1/sessions', { operatorSecret: 'operator-of-the-test' });
    const kept = await fetch(`${server.url}/api/v1/shows/${show.id}/orders`, { headers: { authorization: `Bearer ${again.token}` } });
    const ids = ((await kept.json()) as { orders: { id: string }[] }).orders.map((each) => each.id);
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
  });
});
