// Owns what a class costs the server: every trainee rehearses and is recorded, the coach sees all small and one large, and talks to that one.
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../../../server/protocol/access.ts';
import type { CommandInput, CommandName, CommandResult } from '../../../server/protocol/commands.ts';
import type { ConsumerInfo, TransportInfo } from '../../../server/protocol/media.ts';
import type { Show } from '../../../server/protocol/show.ts';
import { LightPeers, type LightViewer, type Signalling, throughSocket } from '../../support/light-peer.ts';
import { openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { atMost, type Figure, told } from '../support/figure.ts';
import { cpuMs } from '../support/process-cost.ts';

export interface ClassPlan {
  trainees: number;
  settleMs: number;
  windowMs: number;
}

const LAYERS_KBPS = [150, 900];
/** IPv4 and UDP, which no socket counts. */
const DATAGRAM_BYTES = 28;

interface Seat {
  host: TestSocket;
  coach: TestSocket;
  viewer: LightViewer;
}

export async function classCost(server: ServerProcess, plan: ClassPlan): Promise<Figure[]> {
  const seats: Seat[] = [];
  let peers: LightPeers | undefined;
  try {
    for (let index = 0; index < plan.trainees; index += 1) {
      const { showId, hostToken, coachToken } = await openRehearsal(server);
      const [host, coach] = await Promise.all([openSocket(server.url, hostToken), openSocket(server.url, coachToken)]);
      const { rtpCapabilities } = await host.ask('show.join', { showId });
      await coach.ask('show.join', { showId });
      peers ??= await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
      await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: LAYERS_KBPS });
      seats.push({ host, coach, viewer: await watch(peers, coach, index === 0) });
    }
    const [large] = seats as [Seat];
    const ear = await whisper(peers as LightPeers, large);
    await pause(plan.settleMs);
    const pids = [server.pid, ...server.workers()];
    const viewers = [...seats.map(({ viewer }) => viewer), ear];
    const before = { cpu: cpuMs(pids), sent: bytesOf(viewers), at: performance.now() };
    await pause(plan.windowMs);
    const seconds = (performance.now() - before.at) / 1000;
    const heard = ear.packets.audio;
    return [
      told('trainees on the air', seats.length, ''),
      atMost('server, of two cores', (cpuMs(pids) - before.cpu) / 20 / seconds, '%', 60),
      atMost('uplink to the coach and the ear', ((bytesOf(viewers) - before.sent) * 8) / 1e6 / seconds, 'Mbit/s', 10),
      { name: 'packets of the whisper that arrived', value: heard, unit: '', goal: 1, ok: heard > 0 },
    ];
  } finally {
    peers?.close();
    for (const { host, coach } of seats) {
      host.close();
      coach.close();
    }
  }
}

async function openRehearsal(server: ServerProcess): Promise<{ showId: string; hostToken: string; coachToken: string }> {
  const { show, products, hostToken } = await openMarket(server, [100]);
  const made = await server.call<{ show: Show }>('POST', '/api/v1/rehearsals', { token: hostToken, body: { sellerId: show.sellerId, title: 'Practice', productIds: products.map(({ id }) => id) } });
  const showId = made.body.show.id;
  const link = await server.call<{ url: string }>('POST', `/api/v1/shows/${showId}/links`, { token: hostToken, body: { role: 'coach', name: 'Li' } });
  const session = await server.call<Session>('POST', '/api/v1/sessions', { body: { code: new URL(link.body.url).hash.slice('#code='.length) } });
  return { showId, hostToken, coachToken: session.body.token };
}

/** As the console does: small without sound, or whole. */
async function watch(peers: LightPeers, coach: TestSocket, isLarge: boolean): Promise<LightViewer> {
  await coach.ask('media.want', { picture: isLarge ? 'full' : 'small', isBuying: false });
  const ways = throughSocket((name, input) => coach.ask(name, input));
  let pictures: string[] = [];
  const quiet: Signalling = {
    ...ways,
    async watch(rtpCapabilities) {
      const watched = await ways.watch(rtpCapabilities);
      pictures = watched.consumers.filter(({ kind }) => kind === 'video').map(({ id }) => id);
      return watched;
    },
    resume: (consumerIds) => ways.resume(isLarge ? consumerIds : consumerIds.filter((id) => pictures.includes(id))),
  };
  const viewer = await peers.watch(quiet);
  await viewer.firstFrame(10_000);
  return viewer;
}

/** The coach talks to one host, who has an earpiece in. */
async function whisper(peers: LightPeers, { host, coach }: Seat): Promise<LightViewer> {
  const call = (socket: TestSocket) => <N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>> => socket.ask(name, input);
  const [mouth, ear] = [call(coach), call(host)];
  const listening: Signalling = {
    ...throughSocket(ear),
    watch: async (rtpCapabilities) => (await ear('whisper.hear', { rtpCapabilities })) as { transport: TransportInfo; consumers: ConsumerInfo[] },
    resume: async () => undefined,
    connect: async (transportId, dtlsParameters) => void (await ear('whisper.connect', { transportId, dtlsParameters })),
  };
  const speaking: Signalling = {
    ...throughSocket(mouth),
    publish: async () => (await mouth('whisper.open', {})).transport,
    produce: async (transportId, { kind, rtpParameters }) => (kind === 'audio' ? (await mouth('whisper.produce', { transportId, rtpParameters })).producerId : ''),
    connect: async (transportId, dtlsParameters) => void (await mouth('whisper.connect', { transportId, dtlsParameters })),
  };
  await peers.publish(speaking);
  const viewer = await peers.watch(listening);
  await mouth('whisper.talk', { isTalking: true });
  await viewer.until(() => viewer.packets.audio > 0, 5_000, 'no whisper');
  return viewer;
}

function bytesOf(viewers: readonly LightViewer[]): number {
  return viewers.reduce((sum, { bytes, packets }) => sum + bytes.audio + bytes.video + (packets.audio + packets.video) * DATAGRAM_BYTES, 0);
}
