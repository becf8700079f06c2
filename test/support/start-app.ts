// Owns the whole app for a test: real worker, real SQLite file in a folder of its own, random loopback ports, closed at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../server/app.ts';
import { readConfig } from '../../server/platform/config.ts';
import { createLogger } from '../../server/platform/log.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { newId } from '../../server/protocol/ids.ts';
import { type Call, caller } from './market.ts';

export { hostLink, type Market, openMarket, orderOf } from './market.ts';

export interface TestApp {
  app: App;
  url: string;
  dataDir: string;
  operatorToken: string;
  call: Call;
  close(): Promise<void>;
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
    call: caller(app.url),
    async close() {
      await app.close();
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
