// Owns whether recording stays in the same memory: ten hours handed in at once, and ten minutes as they pass.
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LightPeers, throughSocket } from '../../support/light-peer.ts';
import { recordHours, smallTake } from '../../support/long-recording.ts';
import { openMarket } from '../../support/market.ts';
import { openStand } from '../../support/replay-stand.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket } from '../../support/socket.ts';
import { atMost, type Figure, median, told } from './figure.ts';
import { residentMb } from './process-cost.ts';

const HOURS = 10;
const MB = 1e6;
const VIDEO_KBPS = 968;
const LOOK_MS = 5_000;

/** 18,000 segments through the recorder; memory in use after a collection, every half hour of the show. */
export async function tenHours(): Promise<Figure[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const stand = await openStand();
  const usedMb: number[] = [];
  try {
    const startedAt = performance.now();
    await recordHours(stand.replays, 'shw_bench', HOURS, await smallTake(), () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      usedMb.push((heapUsed + arrayBuffers) / MB);
    });
    return [
      atMost(`memory that a recording of ${HOURS} h grows by, from its first hour to its last`, (usedMb.at(-1) ?? Number.NaN) - (usedMb[1] ?? Number.NaN), 'MB', 6),
      told(`time to write its ${HOURS * 1_800} segments`, (performance.now() - startedAt) / 1000, 's'),
    ];
  } finally {
    await stand.close();
  }
}

/** A show of 1 Mbit/s that is recorded; memory of the server process and its worker. */
export async function tenMinutes(server: ServerProcess, durationMs: number): Promise<Figure[]> {
  const { show, hostToken } = await openMarket(server);
  const host = await openSocket(server.url, hostToken);
  const { rtpCapabilities } = await host.ask('show.join', { showId: show.id });
  const peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
  try {
    await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: [VIDEO_KBPS] });
    const seenMb: number[] = [];
    for (const endsAt = performance.now() + durationMs; performance.now() < endsAt; ) {
      await pause(LOOK_MS);
      seenMb.push(residentMb([server.pid, ...server.workers()]));
    }
    const fifth = Math.ceil(seenMb.length / 5);
    // Its window is full in the second fifth.
    const [early, late] = [median(seenMb.slice(fifth, 2 * fifth)), median(seenMb.slice(-fifth))];
    return [
      told(`memory of a server that records, after ${Math.round((durationMs * 0.3) / 60_000)} min`, early, 'MB'),
      atMost(`what it grew by until ${Math.round(durationMs / 60_000)} min`, late - early, 'MB', 10),
    ];
  } finally {
    host.close();
    peers.close();
  }
}
