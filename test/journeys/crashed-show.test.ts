// A show that survives its server: Chromium sends, the media worker is killed, then the whole server, and what is left is one replay.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Replay, Storage } from '../../server/protocol/replay.ts';
import { BrowserHost } from '../support/browser-host.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Market, openMarket } from '../support/market.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';

const run = promisify(execFile);
/** Each time that the host is on. */
const ON_MS = 6_000;

let dataDir: string;
let server: ServerProcess;
let browser: Browser;
let market: Market;
let socket: TestSocket;
let onAirMs = 0;
let replay: Replay;

const readReplay = async () => (await server.call<Replay>('GET', `/api/v1/shows/${market.show.id}/replay`)).body;

async function enter(): Promise<void> {
  socket = await openSocket(server.url, market.hostToken);
  await socket.ask('show.join', { showId: market.show.id });
}

/** The host goes on the air; after `ON_MS` something happens to them. */
async function onAir(until: () => unknown): Promise<void> {
  const host = await BrowserHost.whip(browser, `${server.url}/whip/${market.show.id}`, market.hostToken);
  await socket.next('stream.changed', ({ stream }) => stream.recording === 'on' && stream.producers.length === 2);
  const from = Date.now();
  await delay(ON_MS);
  onAirMs += Date.now() - from;
  await until();
  await host.close();
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-crashed-'));
  [server, browser] = await Promise.all([startServer(dataDir, { FIELDCAST_WORKERS: '1' }), launchBrowser()]);
  market = await openMarket(server);
  await enter();
});
afterAll(async () => {
  socket?.close();
  await browser?.close();
  await server?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a show whose worker and whose server are killed', () => {
  it('goes on when its host does', async () => {
    await onAir(async () => {
      const [worker] = server.workers();
      process.kill(worker as number, 'SIGKILL');
      await socket.next('stream.changed', ({ stream }) => stream.producers.length === 0);
    });
    await onAir(async () => {
      socket.close();
      await server.kill();
    });
    server = await startServer(dataDir, { FIELDCAST_WORKERS: '1' });
    await enter();
    expect(await readReplay()).toMatchObject({ state: 'recording' });
    await onAir(() => server.call('POST', `/api/v1/shows/${market.show.id}/end`, { token: market.hostToken, body: {} }));
    await socket.next('replay.changed', ({ state }) => state === 'ready');
    replay = await readReplay();
  }, 90_000);

  it('is one replay as long as it was on the air, but for the segment that the server died in', async () => {
    const { body } = await server.call<Storage>('GET', '/api/v1/storage', { token: server.operatorToken });
    expect(body.recordings.map(({ showId, state }) => [showId, state])).toEqual([[market.show.id, 'ready']]);
    expect(replay.stretches).toHaveLength(3);
    const missingMs = onAirMs - replay.durationMs;
    expect(missingMs).toBeLessThan(2_500 + 3 * 300);
    expect(missingMs).toBeGreaterThan(-3 * 1_000);
  });

  it('is played by ffmpeg from the first picture to the last', async () => {
    const { stdout, stderr } = await run('ffmpeg', ['-v', 'error', '-xerror', '-i', server.url + replay.hlsUrl, '-vsync', 'passthrough', '-enc_time_base', '-1', '-f', 'null', '-progress', '-', '-']);
    expect(stderr).toBe('');
    const playedMs = Number(/out_time_us=(\d+)\n(?![\s\S]*out_time_us)/.exec(stdout)?.[1]) / 1_000;
    expect(Math.abs(playedMs - replay.durationMs)).toBeLessThan(300);
  });
});
