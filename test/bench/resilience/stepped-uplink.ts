// Owns what viewers see and hear while the host's uplink falls from 1500 to 300 kbit/s and rises again.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { receptionBetween } from '../../support/picture-watch.ts';
import { atMost, type Figure, told } from '../support/figure.ts';
import type { FrailShow } from './frail-show.ts';

export interface SteppedUplinkPlan {
  wideKbps: number;
  thinKbps: number;
  /** Until the estimate of the bandwidth has found the wide uplink, at the start. */
  settlesMs: number;
  thinMs: number;
}

interface Received {
  audioPackets: number;
  audioLost: number;
  videoBytes: number;
  frameHeight: number;
}

const BACK_MS = 10_000;
const AUDIO_LOSS_PERCENT = 2;
/** Packets of a second that were on their way when the step came. */
const SAMPLE_MS = 1_000;

export async function steppedUplink(show: FrailShow, plan: SteppedUplinkPlan): Promise<Figure[]> {
  const viewer = (await show.stage.openViewer({ prepare: (context) => context.addInitScript(rememberConnections) })) as Page;
  const host = show.host.network.up;
  host.set({ rateKbps: plan.wideKbps });
  await pause(plan.settlesMs);
  const full = await fullPicture(viewer);
  const from = Date.now();
  const before = await received(viewer);

  host.set({ rateKbps: plan.thinKbps });
  await pause(plan.thinMs);
  const thinTo = Date.now();
  const thinRate = await rate(viewer);

  host.set({ rateKbps: plan.wideKbps });
  let backMs = Infinity;
  while (backMs === Infinity && Date.now() - thinTo < 4 * BACK_MS) {
    const now = await rate(viewer);
    if (now.kbps >= 0.9 * full.kbps && now.frameHeight >= full.frameHeight) backMs = Date.now() - thinTo;
  }
  const after = await received(viewer);
  host.set({ rateKbps: Infinity });

  const lost = after.audioLost - before.audioLost;
  const packets = after.audioPackets - before.audioPackets + lost;
  const states = await viewer.evaluate((since) => window.pictureWatch.states.filter(({ at, state }) => at >= since && state !== 'live'), from);
  const { frames, longestGapMs } = await receptionBetween(viewer, from, thinTo);
  await viewer.context().close();
  const name = `uplink ${plan.wideKbps}, ${plan.thinKbps}, ${plan.wideKbps} kbit/s`;
  return [
    atMost(`${name}: times the show was lost`, states.length, '', 0),
    atMost(`${name}: audio lost`, (lost / packets) * 100, '%', AUDIO_LOSS_PERCENT),
    atMost(`${name}: back to the full picture`, backMs, 'ms', BACK_MS),
    told(`${name}: full picture`, full.kbps, 'kbit/s'),
    told(`${name}: picture on the thin uplink`, thinRate.kbps, 'kbit/s'),
    told(`${name}: frames on the thin uplink`, (frames * 1_000) / (thinTo - from), '/s'),
    told(`${name}: longest gap on the thin uplink`, longestGapMs, 'ms'),
  ];
}

/**
 * The second poorest of five seconds: what a scene asks for goes up and down by a fifth, and a mark in the middle of that is not reached
 * by every second of a full picture. The poorest may have been a dip.
 */
async function fullPicture(page: Page): Promise<{ kbps: number; frameHeight: number }> {
  const seconds = [await rate(page), await rate(page), await rate(page), await rate(page), await rate(page)];
  const sorted = seconds.toSorted((a, b) => a.kbps - b.kbps);
  return sorted[1] as { kbps: number; frameHeight: number };
}

async function rate(page: Page): Promise<{ kbps: number; frameHeight: number }> {
  const startedAt = performance.now();
  const before = await received(page);
  await pause(SAMPLE_MS);
  const after = await received(page);
  return { kbps: ((after.videoBytes - before.videoBytes) * 8) / (performance.now() - startedAt), frameHeight: after.frameHeight };
}

/** What came over all of the page's connections so far. */
function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    const sum = { audioPackets: 0, audioLost: 0, videoBytes: 0, frameHeight: 0 };
    for (const connection of connections) {
      for (const stats of (await connection.getStats()).values() as Iterable<RTCInboundRtpStreamStats & { type: string }>) {
        if (stats.type !== 'inbound-rtp') continue;
        if (stats.kind === 'audio') {
          sum.audioPackets += stats.packetsReceived ?? 0;
          sum.audioLost += stats.packetsLost ?? 0;
        } else {
          sum.videoBytes += stats.bytesReceived ?? 0;
          sum.frameHeight = stats.frameHeight ?? sum.frameHeight;
        }
      }
    }
    return sum;
  });
}

/** In the page, before anything else. */
function rememberConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, { connections });
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}
