// The server as a process: how it starts, how it refuses to, and how it stops.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import { openMarket, orderOf } from '../support/market.ts';
import { openSocket } from '../support/socket.ts';
import { isRunning, serverEnv, type ServerProcess, spawnServer, startServer } from '../support/server-process.ts';

let dataDir: string;
let server: ServerProcess | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-process-'));
});
afterEach(async () => {
  if (server && isRunning(server.pid)) await server.kill();
  server = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function refusal(more: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const run = spawnServer(await serverEnv(dataDir, more));
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
    server = await startServer(dataDir);
    const { port } = new URL(server.url);
    const { code, output } = await refusal({ FIELDCAST_PORT: port, FIELDCAST_DATA_DIR: join(dataDir, 'other') });
    expect(code).toBe(1);
    expect(output).toContain(port);
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
    server = await startServer(dataDir, { FIELDCAST_WORKERS: '2' });
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
    server = await startServer(dataDir);
    const { call } = server;
    const { show, products } = await openMarket(server, [1_000]);
    const body = orderOf(products[0]!);
    const calls = Array.from({ length: 100 }, () =>
      call('POST', `/api/v1/shows/${show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } }).catch(() => undefined),
    );
    await Promise.race(calls);
    const { code, tookMs } = await server.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    const acknowledged = (await Promise.all(calls)).filter((answer) => answer?.status === 201).map((answer) => answer!.body.id as string);
    expect(acknowledged.length).toBeGreaterThan(0);

    server = await startServer(dataDir);
    const { body: kept } = await server.call('GET', `/api/v1/shows/${show.id}/orders`, { token: server.operatorToken });
    expect(kept.orders.map((each: { id: string }) => each.id)).toEqual(expect.arrayContaining(acknowledged));
  });
});
