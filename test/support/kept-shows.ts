// Owns an app with shows that are over: real recordings made by ffmpeg, pins and orders at known moments of them.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { newId } from '../../server/protocol/ids.ts';
import { openReplays } from '../../server/media/replay/replays.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { createLogger } from '../../server/platform/log.ts';
import { Metrics } from '../../server/platform/metrics.ts';
import { makeTake } from './recorded-segments.ts';
import { recordAll } from './replay-stand.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from './start-app.ts';

const HOUR_MS = 3600_000;
const KEPT_SECONDS = 20;

export interface KeptShows extends TestApp {
  market: Market;
  /** Of the first product, 12 s into the show. */
  orderId: string;
}

/**
 * One show of 20 s that ended an hour ago: the first product explained from 2 s to 10 s, the second from 10 s to the end, an order of
 * the first at 12 s.
 */
export async function startWithKeptShow(env: Record<string, string> = {}): Promise<KeptShows> {
  const before = await startApp({ env });
  const { dataDir } = before;
  const market = await openMarket({ call: before.call, operatorToken: before.operatorToken }, [10, 5, 3]);
  const headers = { 'idempotency-key': newId('key') };
  const order = await before.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!), headers });
  await before.app.close();

  const startedAt = Date.now() - HOUR_MS;
  const metrics = new Metrics();
  const replays = await openReplays({ dataDir, reserveBytes: 0, bus: { emit: () => undefined }, clock: systemClock, log: createLogger('silent'), metrics });
  await recordAll(replays, market.show.id, await makeTake({ seconds: KEPT_SECONDS, size: '360x640', at: startedAt }));
  await replays.close();
  metrics.close();

  const database = new SqliteDatabase(join(dataDir, 'fieldcast.sqlite'));
  const at = (seconds: number) => startedAt + seconds * 1000;
  database.prepare(`update shows set status = 'ended', started_at = ?, ended_at = ? where id = ?`).run(startedAt, at(KEPT_SECONDS), market.show.id);
  database.prepare('update orders set placed_at = ? where id = ?').run(at(12), order.body.id);
  const pin = database.prepare('insert into pin_log (id, show_id, product_id, rank, started_at, ended_at) values (?, ?, ?, 0, ?, ?)');
  pin.run(newId('key'), market.show.id, market.products[0]!.id, at(2), at(10));
  pin.run(newId('key'), market.show.id, market.products[1]!.id, at(10), null);
  database.close();

  const after = await startApp({ env, dataDir });
  return {
    ...after,
    market,
    orderId: order.body.id,
    async close() {
      await after.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
