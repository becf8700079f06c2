// Owns a show for hours with viewers who come and go twelve times as fast as in the busiest ordinary one: what it leaves in memory,
// descriptors and on the disk, and whether everybody is counted out again. A line a minute.
// Run by `npm run bench -- soak`, an hour; with `--hours 12` or `--minutes 10`. Not part of `all`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LightPeers } from '../support/light-peer.ts';
import { type Market, openMarket } from '../support/market.ts';
import { seeded } from '../support/random.ts';
import { isRunning, startServer } from '../support/server-process.ts';
import { openSocket } from '../support/socket.ts';
import { Crowd } from './soak/crowd.ts';
import { SoakHost } from './soak/host.ts';
import { growthPerHour, type Minute, readMinute } from './soak/minutes.ts';
import { atMost, type Figure, median, told } from './support/figure.ts';

export interface SoakPlan {
  minutes: number;
  joinsPerHour: number;
  /** Who comes stays this long on average; one in twenty, ten times as long. */
  stayMs: number;
}

/** An ordinary long show has 14,000 joins in 12 hours. */
const CHURN = 12;
const FULL: SoakPlan = { minutes: minutesAsked(), joinsPerHour: (14_000 / 12) * CHURN, stayMs: 8_000 };
/** Caches fill and code is compiled. */
const WARM_MINUTES = 60;
/** Fewer say nothing of growth. */
const TELLING_MINUTES = 15;
/** Connections that the calls of this bench itself keep open. */
const CALLS = 20;
const COUNTED_OUT_MS = 60_000;

export async function bench(plan: SoakPlan = FULL): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-soak-'));
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '2', FIELDCAST_LOG_LEVEL: 'error' });
  let peers: LightPeers | undefined;
  try {
    const market: Market = await openMarket(server, [1_000_000]);
    const visitor = await openSocket(server.url);
    const { rtpCapabilities } = await visitor.ask('show.join', { showId: market.show.id });
    visitor.close();
    peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
    const host = await SoakHost.open(server, market, peers);
    const crowd = new Crowd({ server, market, peers, random: seeded(1), everyMs: 3_600_000 / plan.joinsPerHour, stayMs: plan.stayMs });
    const minutes: Minute[] = [];
    const before = await readMinute(server, dataDir, 0);
    crowd.start();
    for (let minute = 1; minute <= plan.minutes; minute += 1) {
      await pause(60_000);
      const read = await readMinute(server, dataDir, minute);
      minutes.push(read);
      const { serverMb, workersMb, serverFds, workersFds, loopP99Ms, diskMb } = read;
      console.log(
        `${String(minute).padStart(4)} min  server ${serverMb.toFixed(1)} MB, ${serverFds} fds  workers ${workersMb.toFixed(1)} MB, ${workersFds} fds  loop p99 ${loopP99Ms.toFixed(1)} ms  disk ${diskMb.toFixed(0)} MB  ${crowd.said()}`,
      );
    }
    await crowd.stop();
    const countedOutMs = await until(async () => (await server.call('GET', `/api/v1/shows/${market.show.id}`)).body.viewers === 0);
    const after = await readMinute(server, dataDir, plan.minutes + 1);
    host.close();
    return figures(minutes, before, after, { countedOutMs, failed: crowd.failures.length, joined: crowd.joined, hostReturns: host.returns });
  } finally {
    peers?.close();
    if (isRunning(server.pid)) await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function figures(minutes: readonly Minute[], before: Minute, after: Minute, crowd: { countedOutMs: number; failed: number; joined: number; hostReturns: number }): Figure[] {
  const isLong = minutes.length > WARM_MINUTES;
  const settled = minutes.slice(isLong ? WARM_MINUTES : Math.floor(minutes.length / 2));
  // An hour of this churn is half a day of an ordinary show's.
  const goal = isLong ? 1 : CHURN;
  const since = isLong ? 'after the first hour' : 'in the second half';
  return [
    told('viewers who joined', crowd.joined, ''),
    told('times that the host had to come back', crowd.hostReturns, ''),
    atMost('of them without a picture', crowd.failed, '', 0),
    ...(settled.length < TELLING_MINUTES
      ? []
      : [
          atMost(`growth of the server’s memory ${since}`, growthPerHour(settled, ({ serverMb }) => serverMb), 'MB/h', goal),
          atMost(`growth of the workers’ memory ${since}`, growthPerHour(settled, ({ workersMb }) => workersMb), 'MB/h', goal),
        ]),
    told('memory of the server at the end', after.serverMb, 'MB'),
    told('memory of the workers at the end', after.workersMb, 'MB'),
    atMost('descriptors of the server when everybody has gone', after.serverFds, '', before.serverFds + CALLS),
    atMost('descriptors of the workers when everybody has gone', after.workersFds, '', before.workersFds),
    atMost('event loop p99 in a minute, median of them', median(minutes.map(({ loopP99Ms }) => loopP99Ms)), 'ms', 50),
    told('event loop p99 in the worst minute', Math.max(...minutes.map(({ loopP99Ms }) => loopP99Ms)), 'ms'),
    atMost('until the viewer count is 0 when everybody has gone', crowd.countedOutMs, 'ms', COUNTED_OUT_MS),
    told('disk at the end', after.diskMb, 'MB'),
  ];
}

/** @returns ms until it held; Infinity when it did not */
async function until(holds: () => Promise<boolean>): Promise<number> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < COUNTED_OUT_MS + 10_000) {
    if (await holds()) return Date.now() - startedAt;
    await pause(500);
  }
  return Infinity;
}

function minutesAsked(): number {
  const asked = (name: string): number => {
    const index = process.argv.indexOf(name);
    return index < 0 ? Number.NaN : Number(process.argv[index + 1]);
  };
  const minutes = asked('--minutes') || asked('--hours') * 60 || 60;
  return Math.min(Math.max(1, Math.round(minutes)), 24 * 60);
}
