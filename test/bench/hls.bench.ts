// Owns the figures of HLS and recording: how old and how soon the picture is, what packaging costs, what a crowd feels, whether memory stays.
// Run by `npm run bench -- hls`; with `--long` a show of ten minutes is recorded too.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type ServerProcess, startServer } from '../support/server-process.ts';
import type { Figure } from './support/figure.ts';
import { hlsCost, type HlsCostPlan, hlsMemory } from './support/hls-cost.ts';
import { hlsCrowd } from './support/hls-crowd.ts';
import { hlsPicture, type HlsPicturePlan } from './support/hls-picture.ts';
import { tenHours, tenMinutes } from './support/hls-recording.ts';

export interface HlsPlan {
  picture: HlsPicturePlan;
  cost: HlsCostPlan;
  crowd: { viewers: number; rampMs: number; measureMs: number };
  /** 0: none. */
  recordedMs: number;
}

const FULL: HlsPlan = {
  picture: { frames: 400, starts: 10, blockedStarts: 4 },
  cost: { streams: 3, windows: 3, windowMs: 8_000 },
  crowd: { viewers: 300, rampMs: 4_000, measureMs: 12_000 },
  recordedMs: process.argv.includes('--long') ? 600_000 : 0,
};

export async function bench(plan: HlsPlan = FULL): Promise<Figure[]> {
  return [
    ...(await hlsMemory(plan.cost.streams)),
    ...(await hlsCost(plan.cost)),
    ...(await withServer({ FIELDCAST_RETENTION_DAYS: '0' }, (server) => hlsCrowd(server, plan.crowd))),
    ...(await withServer({}, (server, rtcPort) => hlsPicture(server, rtcPort, plan.picture))),
    ...(await tenHours()),
    ...(plan.recordedMs > 0 ? await withServer({}, (server) => tenMinutes(server, plan.recordedMs)) : []),
  ];
}

async function withServer(settings: Record<string, string>, measure: (server: ServerProcess, rtcPort: number) => Promise<Figure[]>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-hls-'));
  const rtcPort = await freePort();
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error', FIELDCAST_RTC_PORT: String(rtcPort), ...settings });
  try {
    return await measure(server, rtcPort);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
