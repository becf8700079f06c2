// Owns the rush at the start of a show: many viewers in two seconds, everyone with a picture soon, the host's phone not asked too often.
import { setTimeout as pause } from 'node:timers/promises';
import { LightPeers, throughSocket } from '../../support/light-peer.ts';
import { openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { atMost, type Figure, percentile } from './figure.ts';

const LAYERS = [150, 600];
/** A little less than the half second that the goal names, because the requests are timed where they arrive. */
const WINDOW_MS = 450;

export async function massJoin(server: ServerProcess, plan: { viewers: number; withinMs: number }): Promise<Figure[]> {
  const { show, hostToken } = await openMarket(server);
  const sockets: TestSocket[] = [];
  const host = await openSocket(server.url, hostToken);
  const { rtpCapabilities } = await host.ask('show.join', { showId: show.id });
  const peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
  try {
    const publisher = await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: LAYERS });
    const rushAt = performance.now();
    /** The whole way, from opening the connection. */
    const join = async (delayMs: number): Promise<number> => {
      await pause(delayMs);
      const startedAt = performance.now();
      const socket = await openSocket(server.url);
      sockets.push(socket);
      await socket.ask('show.join', { showId: show.id });
      const viewer = await peers.watch(throughSocket((name, input) => socket.ask(name, input)));
      await viewer.firstFrame(10_000);
      return performance.now() - startedAt;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: plan.viewers }, (_, n) => join((n / plan.viewers) * plan.withinMs)));
    const tookMs = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const requests = publisher.keyFrameRequests.filter((at) => at >= rushAt);
    const busiest = Math.max(0, ...requests.map((from) => requests.filter((at) => at >= from && at < from + WINDOW_MS).length));
    return [
      atMost(`of ${plan.viewers} joining viewers without a picture`, plan.viewers - tookMs.length, '', 0),
      atMost('slowest picture in a mass join', Math.max(...tookMs), 'ms', 3_000),
      atMost('p95 picture in a mass join', percentile(tookMs, 0.95), 'ms', 3_000),
      atMost('key frames asked per layer in the busiest half second', busiest / LAYERS.length, '', 1),
    ];
  } finally {
    for (const socket of [host, ...sockets]) socket.close();
    peers.close();
  }
}
