// Owns what packaging a stream costs: servers that carry the same streams at the same time, as they are, packaged, and with AAC.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LightPeers, throughSocket } from '../../support/light-peer.ts';
import { openMarket } from '../../support/market.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { atMost, type Figure, median, told } from './figure.ts';
import { cpuMs, residentMb } from './process-cost.ts';

export interface HlsCostPlan {
  /** At least two. */
  streams: number;
  windows: number;
  windowMs: number;
}

/** With sound of 32 kbit/s it is 1 Mbit/s. */
const VIDEO_KBPS = 968;
/** The window of a stream is full, and the code that runs often is compiled. */
const SETTLES_MS = 40_000;
const TOUCH_MS = 3_000;
/** A stream's window holds half a minute. */
const FILLS_MS = 20_000;

const KINDS = { bare: [], opus: ['video', 'audio'], aac: ['video', 'audio', 'aac'] } as const;
type Kind = keyof typeof KINDS;

interface Place {
  server: ServerProcess;
  pids: number[];
  dataDir: string;
  showIds: string[];
  hosts: TestSocket[];
  peers: LightPeers;
}

export async function hlsCost(plan: HlsCostPlan): Promise<Figure[]> {
  const places = new Map<Kind, Place>();
  let touching: NodeJS.Timeout | undefined;
  try {
    for (const kind of Object.keys(KINDS) as Kind[]) places.set(kind, await openPlace(plan.streams));
    const touch = () => Promise.all([...places].map(([kind, place]) => touchAll(place, kind)));
    await touch();
    touching = setInterval(() => void touch(), TOUCH_MS);
    await pause(SETTLES_MS);
    const cpu: Record<Kind, number[]> = { bare: [], opus: [], aac: [] };
    for (let window = 0; window < plan.windows; window += 1) {
      const before = [...places].map(([kind, { pids }]) => ({ kind, pids, ms: cpuMs(pids) }));
      const startedAt = performance.now();
      await pause(plan.windowMs);
      const seconds = (performance.now() - startedAt) / 1000;
      for (const { kind, pids, ms } of before) cpu[kind].push((cpuMs(pids) - ms) / 10 / seconds / plan.streams);
    }
    const mb = (kind: Kind) => residentMb((places.get(kind) as Place).pids);
    const beyondBare = (kind: Kind) => median(cpu[kind].map((share, window) => share - (cpu.bare[window] ?? Number.NaN)));
    return [
      told('CPU of a stream of 1 Mbit/s that is only taken in', median(cpu.bare), '% of a core'),
      atMost('packaging it, beyond that', beyondBare('opus'), '% of a core', 4),
      atMost('packaging it with AAC, beyond that', beyondBare('aac'), '% of a core', 15),
      told('memory of the AAC thread', mb('aac') - mb('opus'), 'MB'),
    ];
  } finally {
    clearInterval(touching);
    for (const place of places.values()) await closePlace(place);
  }
}

/**
 * What each further stream adds to a server that carries all of them already and packages them one after the other. The least of a while
 * counts: between two rounds of the collector there is as much garbage as it allows, however many streams there are.
 */
export async function hlsMemory(streams: number): Promise<Figure[]> {
  const place = await openPlace(streams);
  const packaged: string[] = [];
  const touching = setInterval(() => void touchAll({ ...place, showIds: packaged }, 'opus'), TOUCH_MS);
  try {
    const levels: number[] = [];
    for (const showId of place.showIds) {
      packaged.push(showId);
      await pause(FILLS_MS);
      const samples: number[] = [];
      for (let sample = 0; sample < 10; sample += 1) {
        await pause(1_000);
        samples.push(residentMb(place.pids));
      }
      levels.push(Math.min(...samples));
    }
    // The first stream also brings what all share, such as compiled code.
    const [first = Number.NaN] = levels;
    return [atMost('memory of packaging a further stream', ((levels.at(-1) ?? Number.NaN) - first) / (streams - 1), 'MB', 10)];
  } finally {
    clearInterval(touching);
    await closePlace(place);
  }
}

async function openPlace(streams: number): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-hls-cost-'));
  // Without replays nothing is recorded: a stream is packaged only when it is asked for.
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error', FIELDCAST_RETENTION_DAYS: '0' });
  const hosts: TestSocket[] = [];
  const showIds: string[] = [];
  let peers: LightPeers | undefined;
  for (let stream = 0; stream < streams; stream += 1) {
    const { show, hostToken } = await openMarket(server);
    const host = await openSocket(server.url, hostToken);
    const { rtpCapabilities } = await host.ask('show.join', { showId: show.id });
    peers ??= await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
    await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: [VIDEO_KBPS] });
    hosts.push(host);
    showIds.push(show.id);
  }
  return { server, pids: [server.pid, ...server.workers()], dataDir, showIds, hosts, peers: peers as LightPeers };
}

async function touchAll({ server, showIds }: Place, kind: Kind): Promise<void> {
  for (const showId of showIds) {
    for (const name of KINDS[kind]) {
      const answer = await fetch(`${server.url}/hls/${showId}/${name}.m3u8`);
      if (!(await answer.text()).includes('#EXTINF')) throw new Error(`${name}.m3u8 of a packaged stream answers ${answer.status}`);
    }
  }
}

async function closePlace({ server, dataDir, hosts, peers }: Place): Promise<void> {
  for (const host of hosts) host.close();
  peers.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
