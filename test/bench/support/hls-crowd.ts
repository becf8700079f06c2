// Owns what many HLS viewers of one stream feel: how much later a part comes to them than to a viewer who is alone.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LightPeers, throughSocket } from '../../support/light-peer.ts';
import { openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket } from '../../support/socket.ts';
import { atMost, type Figure, median, percentile, told } from './figure.ts';
import type { CrowdOrder, CrowdReport } from './hls-crowd-process.ts';
import { cpuMs } from './process-cost.ts';

const VIDEO_KBPS = 968;
const ALONE_MS = 6_000;

export async function hlsCrowd(server: ServerProcess, plan: { viewers: number; rampMs: number; measureMs: number }): Promise<Figure[]> {
  const { show, hostToken } = await openMarket(server);
  const host = await openSocket(server.url, hostToken);
  const { rtpCapabilities } = await host.ask('show.join', { showId: show.id });
  const peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
  const crowd = fork(fileURLToPath(new URL('./hls-crowd-process.js', import.meta.url)));
  const send = async (order: Omit<CrowdOrder, 'url' | 'showId'>): Promise<CrowdReport> => {
    crowd.send({ ...order, url: server.url, showId: show.id } satisfies CrowdOrder);
    const [report] = (await Promise.race([
      once(crowd, 'message'),
      once(crowd, 'exit').then(() => Promise.reject(new Error('the crowd ended early'))),
    ])) as [CrowdReport];
    return report;
  };
  try {
    await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: [VIDEO_KBPS] });
    // Its first answer comes with the first whole segment.
    await (await fetch(`${server.url}/hls/${show.id}/index.m3u8`)).text();
    const alone = await send({ viewers: 1, rampMs: 0, measureMs: ALONE_MS });
    const crowdPid = crowd.pid as number;
    const [startedAt, ownMs, crowdMs] = [performance.now(), cpuMs([server.pid]), cpuMs([crowdPid])];
    const many = await send(plan);
    const seconds = (performance.now() - startedAt) / 1000;
    // A part is finished when a viewer who is alone gets it: from then on there is only what the others do to it.
    const finishedAfterMs = median(alone.behindMs);
    const delays = many.behindMs.map((behind) => behind - finishedAfterMs);
    return [
      told('a part comes to a lone viewer, from the recording of its end', finishedAfterMs, 'ms'),
      told(`part delay of ${plan.viewers} viewers p50`, median(delays), 'ms'),
      atMost(`part delay of ${plan.viewers} viewers p95`, percentile(delays, 0.95), 'ms', 300),
      atMost('answers that were not 200', many.faults + alone.faults, '', 0),
      told('parts they got', many.behindMs.length, ''),
      told('sent to them', (many.receivedBytes * 8) / 1e6 / seconds, 'Mbit/s'),
      told('CPU of the server process meanwhile', (cpuMs([server.pid]) - ownMs) / 10 / seconds, '% of a core'),
      told('CPU of the crowd itself', (cpuMs([crowdPid]) - crowdMs) / 10 / seconds, '% of a core'),
    ];
  } finally {
    crowd.disconnect();
    host.close();
    peers.close();
  }
}
