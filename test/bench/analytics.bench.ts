// Owns the figures of figures: telemetry beside orders on one core, the report of a large generated show, roll-ups made again, bytes an event.
// Run by `npm run bench -- analytics`. The crowd shares the cores with the server.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { ShowReport } from '../../server/protocol/analytics.ts';
import { type Market, openMarket } from '../support/market.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { generateShow } from './analytics/generated-show.ts';
import { beside, Pages, type Rush } from './analytics/rush.ts';
import { atLeast, atMost, type Figure, median, percentile, told } from './support/figure.ts';
import { residentMb } from './support/process-cost.ts';

export interface AnalyticsPlan {
  eventsPerSecond: number;
  ordersPerSecond: number;
  seconds: number;
  viewers: number;
  hours: number;
  events: number;
}

const WHOLE: AnalyticsPlan = { eventsPerSecond: 10_000, ordersPerSecond: 50, seconds: 8, viewers: 14_000, hours: 10, events: 3_000_000 };
const SETTINGS = { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error', FIELDCAST_GRACE_MINUTES: '1440' };
const REPORTS = 5;
const PAIRS = 12;
/** Until it is asked less often, and the server has compiled what it does all the time. */
const WARM_UP_SECONDS = 60;
/** Of both processors. */
const STOLEN_SHARE = 0.02;
/** Devices and sets of a large show, and what a start takes. */
const GROWTH_GOAL_MB = 400;

export async function bench(plan: AnalyticsPlan = WHOLE): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-analytics-'));
  try {
    return [...(await intake(join(folder, 'intake'), plan)), ...(await largeShow(join(folder, 'large'), plan))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Orders alone and with telemetry beside them, in turns, so that a slow minute of the machine is shared by both; a p99 is of all orders of a kind,
 * because that of a few hundred is three of them. A pair in which the machine's host was busy with others says nothing, and is measured again.
 */
export async function intake(dataDir: string, plan: AnalyticsPlan): Promise<Figure[]> {
  const { server, market } = await openLive(dataDir, plan.hours);
  const pages = await Pages.open(server, market, plan.eventsPerSecond);
  try {
    await beside(server, market, pages, { ...plan, seconds: WARM_UP_SECONDS });
    const alone: Rush[] = [];
    const both: Rush[] = [];
    let disturbed = 0;
    while (both.length < PAIRS && disturbed < PAIRS) {
      const pair = [await beside(server, market, pages, { ...plan, eventsPerSecond: 0 }), await beside(server, market, pages, plan)] as const;
      if (pair.some(({ stolenShare }) => stolenShare > STOLEN_SHARE)) {
        disturbed += 1;
        continue;
      }
      alone.push(pair[0]);
      both.push(pair[1]);
    }
    const middle = (rushes: readonly Rush[], of: 'eventsPerSecond' | 'coreShare' | 'bytesPerBatch' | 'everyMs'): number => median(rushes.map((rush) => rush[of]));
    const p99 = (rushes: readonly Rush[]): number => percentile(rushes.flatMap(({ ordersMs }) => ordersMs), 0.99);
    const [p99Alone, p99Both] = [p99(alone), p99(both)];
    return [
      atLeast('events taken in a second, beside orders', middle(both, 'eventsPerSecond'), 'events/s', plan.eventsPerSecond * 0.98),
      atMost('batches and orders refused or failed', both.reduce((sum, { batchesFailed, ordersFailed }) => sum + batchesFailed + ordersFailed, 0), '', 0),
      told(`pairs of ${plan.seconds} s; ${disturbed} more fell into time that the host of the machine took`, both.length, ''),
      told('p99 of an order without telemetry', p99Alone, 'ms'),
      told('p99 of an order with it', p99Both, 'ms'),
      atMost('growth of that p99', (p99Both / p99Alone - 1) * 100, '%', 20),
      told('processor of the server for orders alone', middle(alone, 'coreShare') * 100, '% of a core'),
      atMost('processor of the server for both', middle(both, 'coreShare') * 100, '% of a core', 100),
      told('batches come from each page every', middle(both, 'everyMs') / 1000, 's'),
      atMost('telemetry of one viewer, both ways, without TCP and IP', middle(both, 'bytesPerBatch') / (middle(both, 'everyMs') / 60_000), 'bytes/min', 1_000),
    ];
  } finally {
    pages.close();
    await server.stop();
  }
}

export async function largeShow(dataDir: string, plan: AnalyticsPlan): Promise<Figure[]> {
  const first = await openLive(dataDir, plan.hours);
  await first.server.stop();
  const { events } = await generateShow(dataDir, first.market, plan);
  const server = await startServer(dataDir, SETTINGS);
  try {
    const { id } = first.market.show;
    const path = `/api/v1/analytics/shows/${id}`;
    const token = server.operatorToken;
    const read = async (what: string): Promise<{ ms: number; body: ShowReport }> => {
      const startedAt = performance.now();
      const answer = await server.call<ShowReport>('GET', `${path}${what}`, { token });
      if (answer.status !== 200) throw new Error(`${what} answered ${answer.status}`);
      return { ms: performance.now() - startedAt, body: answer.body };
    };
    const cold = await read('');
    const warm: number[] = [];
    for (let round = 0; round < REPORTS; round += 1) warm.push((await read('')).ms);
    const minutes = await read('/minutes');
    const before = residentMb([server.pid]);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, residentMb([server.pid]))), 200);
    const startedAt = performance.now();
    const again = await server.call<{ events: number; changed: number }>('POST', `${path}/recompute`, { token });
    const recomputeMs = performance.now() - startedAt;
    clearInterval(watch);
    const figures = cold.body.figures.total;
    return [
      told('events of the show', events, ''),
      told('viewers in its report', figures.viewers ?? 0, 'people'),
      atMost('report, read the first time', cold.ms, 'ms', 1_000),
      atMost('report, read again', median(warm), 'ms', 1_000),
      atMost('its minutes', minutes.ms, 'ms', 1_000),
      atMost('all of it made again from raw', recomputeMs / 1000, 's', 60),
      atMost('memory that this took', most - before, 'MB', GROWTH_GOAL_MB),
      atMost('events lost, sums that came out otherwise', Math.abs(again.body.events - events) + again.body.changed, '', 0),
      ...(await storage(dataDir, events)),
    ];
  } finally {
    await server.stop();
  }
}

async function storage(dataDir: string, events: number): Promise<Figure[]> {
  const file = join(dataDir, 'analytics.sqlite');
  const database = new SqliteDatabase(file);
  database.pragma('wal_checkpoint(truncate)');
  const raw = database.prepare('select sum(length(lines)) as bytes from raw_chunks').get() as { bytes: number };
  database.close();
  return [atMost('on the disk for each event, sums included', (await stat(file)).size / events, 'bytes', 60), told('of it raw', raw.bytes / events, 'bytes')];
}

/** A server with a show that is on since `hours`: the server finds it so at its start, and waits for the host. */
async function openLive(dataDir: string, hours: number): Promise<{ server: ServerProcess; market: Market }> {
  const first = await startServer(dataDir, SETTINGS);
  const market = await openMarket(first, Array.from({ length: 10 }, () => 1_000_000));
  await first.stop();
  const database = new SqliteDatabase(join(dataDir, 'fieldcast.sqlite'));
  database.prepare(`update shows set status = 'live', started_at = ? where id = ?`).run(Date.now() - hours * 3600_000, market.show.id);
  database.close();
  return { server: await startServer(dataDir, SETTINGS), market };
}
