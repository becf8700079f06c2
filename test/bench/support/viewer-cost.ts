// Owns what a WebRTC viewer costs the server, beside the same viewers at a bare mediasoup program: in turn, in one run.
import { setTimeout as pause } from 'node:timers/promises';
import { LightPeers, type LightViewer, throughSocket } from '../../support/light-peer.ts';
import { openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { BareSfu } from './bare-client.ts';
import { atMost, type Figure, median, told } from './figure.ts';
import { cpuMs } from './process-cost.ts';

export interface CostPlan {
  viewers: number;
  /** Each measures four kinds of viewers, one after the other. */
  rounds: number;
  windowMs: number;
}

/** The large layer is what is watched, so both kinds of show send 600 kbit/s to a viewer. */
const SHOWS = { 'two layers': [150, 600], 'one layer': [600] } as const;
type Kind = keyof typeof SHOWS;

interface Cost {
  msPerViewerSecond: number;
  kbpsPerViewer: number;
}

interface Place {
  pids: readonly number[];
  join(kind: Kind, peers: LightPeers): Promise<{ viewer: LightViewer; leave(): Promise<void> | void }>;
}

export async function viewerCost(server: ServerProcess, plan: CostPlan): Promise<Figure[]> {
  const bare = await BareSfu.open();
  const peers = await LightPeers.open(await bare.capabilities());
  const hosts: TestSocket[] = [];
  try {
    const showIds = {} as Record<Kind, string>;
    for (const kind of Object.keys(SHOWS) as Kind[]) {
      const { show, hostToken } = await openMarket(server);
      showIds[kind] = show.id;
      const host = await openSocket(server.url, hostToken);
      hosts.push(host);
      await host.ask('show.join', { showId: show.id });
      await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: SHOWS[kind] });
      await peers.publish(bare.enter(kind), { videoKbps: SHOWS[kind] });
    }
    const ours: Place = {
      pids: [server.pid, ...server.workers()],
      async join(kind) {
        const socket = await openSocket(server.url);
        await socket.ask('show.join', { showId: showIds[kind] });
        const viewer = await peers.watch(throughSocket((name, input) => socket.ask(name, input)), { decrypts: true });
        return { viewer, leave: () => socket.close() };
      },
    };
    const theirs: Place = {
      pids: bare.pids,
      async join(kind) {
        const signalling = bare.enter(kind);
        return { viewer: await peers.watch(signalling, { decrypts: true }), leave: () => signalling.leave() };
      },
    };

    const seen: Record<Kind, { ours: Cost[]; bare: Cost[] }> = { 'two layers': { ours: [], bare: [] }, 'one layer': { ours: [], bare: [] } };
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const kind of Object.keys(SHOWS) as Kind[]) {
        // The order changes, so that what the machine does besides meets both.
        const first = await measure(round % 2 === 0 ? ours : theirs, kind, peers, plan);
        const second = await measure(round % 2 === 0 ? theirs : ours, kind, peers, plan);
        seen[kind].ours.push(round % 2 === 0 ? first : second);
        seen[kind].bare.push(round % 2 === 0 ? second : first);
      }
    }
    const figures = (kind: Kind, goal: number): Figure[] => {
      const ms = (costs: Cost[]) => median(costs.map((cost) => cost.msPerViewerSecond));
      const kbps = (costs: Cost[]) => median(costs.map((cost) => cost.kbpsPerViewer));
      const { ours: own, bare: other } = seen[kind];
      return [
        told(`CPU of a viewer of ${kind}`, ms(own), 'ms/s'),
        told(`the same at bare mediasoup`, ms(other), 'ms/s'),
        atMost(`CPU of a viewer of ${kind} against bare mediasoup`, ms(own) / ms(other), '', goal),
        { ...told(`media to a viewer of ${kind} against bare mediasoup`, kbps(own) / kbps(other), ''), goal: 1, ok: Math.abs(kbps(own) / kbps(other) - 1) <= 0.1 },
        told(`media to a viewer of ${kind}`, kbps(own), 'kbit/s'),
      ];
    };
    return [...figures('two layers', 1), ...figures('one layer', 0.75)];
  } finally {
    for (const host of hosts) host.close();
    peers.close();
    bare.close();
  }
}

async function measure(place: Place, kind: Kind, peers: LightPeers, { viewers, windowMs }: CostPlan): Promise<Cost> {
  const joined: Awaited<ReturnType<Place['join']>>[] = [];
  for (let from = 0; from < viewers; from += 10) {
    joined.push(...(await Promise.all(Array.from({ length: Math.min(10, viewers - from) }, () => place.join(kind, peers)))));
  }
  await Promise.all(joined.map(({ viewer }) => viewer.firstFrame(10_000)));
  // Bandwidth estimation has chosen its layer by then, and the code that runs often is compiled.
  await pause(2_000);
  const bytes = () => joined.reduce((sum, { viewer }) => sum + viewer.bytes.video + viewer.bytes.audio, 0);
  const [cpuBefore, bytesBefore, startedAt] = [cpuMs(place.pids), bytes(), performance.now()];
  await pause(windowMs);
  const seconds = (performance.now() - startedAt) / 1000;
  const cost = {
    msPerViewerSecond: (cpuMs(place.pids) - cpuBefore) / viewers / seconds,
    kbpsPerViewer: ((bytes() - bytesBefore) * 8) / 1000 / viewers / seconds,
  };
  for (const { viewer, leave } of joined) {
    viewer.close();
    await leave();
  }
  await pause(500);
  return cost;
}
