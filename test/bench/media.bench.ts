// Owns the figures of live video: how old the picture is, how soon it comes, what a rush of viewers does, what a viewer costs.
// Run by `npm run bench -- media`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { atMost, type Figure, median, percentile, told } from './support/figure.ts';
import { massJoin } from './support/mass-join.ts';
import { residentMb } from './support/process-cost.ts';
import { nextFrames } from '../support/picture-watch.ts';
import { Stage } from './support/stage.ts';
import { type CostPlan, viewerCost } from './support/viewer-cost.ts';

export interface MediaPlan {
  frames: number;
  starts: number;
  massJoin: { viewers: number; withinMs: number };
  cost: CostPlan;
}

const FULL: MediaPlan = {
  frames: 400,
  starts: 24,
  massJoin: { viewers: 100, withinMs: 2_000 },
  cost: { viewers: 100, rounds: 4, windowMs: 6_000 },
};

export async function bench(plan: MediaPlan = FULL): Promise<Figure[]> {
  return [
    ...(await withServer(idle)),
    ...(await withServer((server) => viewerCost(server, plan.cost))),
    ...(await withServer((server) => massJoin(server, plan.massJoin))),
    ...(await withServer((server) => picture(server, plan))),
  ];
}

async function withServer(measure: (server: ServerProcess) => Promise<Figure[]>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-media-'));
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error' });
  try {
    return await measure(server);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function idle(server: ServerProcess): Promise<Figure[]> {
  // What the start has used and let go is collected by then.
  await pause(3_000);
  return [atMost('memory of an idle server with one worker', residentMb([server.pid, ...server.workers()]), 'MB', 150)];
}

async function picture(server: ServerProcess, plan: MediaPlan): Promise<Figure[]> {
  const stage = await Stage.open(server);
  try {
    const viewer = await stage.openViewer();
    await nextFrames(viewer, 30);
    const ages = (await nextFrames(viewer, plan.frames)).map((frame) => frame.shownAt - frame.sentAt);
    await viewer.context().close();

    const startsMs: number[] = [];
    for (let start = 0; start < plan.starts; start += 1) {
      const page = await stage.openViewer();
      const { askedAt = Number.NaN, firstShownAt = Number.NaN } = await page.evaluate(() => window.pictureWatch);
      startsMs.push(firstShownAt - askedAt);
      await page.context().close();
    }
    return [
      told('glass to glass p50', median(ages), 'ms'),
      atMost('glass to glass p95', percentile(ages, 0.95), 'ms', 100),
      told('first picture p50, from the player\'s asking', median(startsMs), 'ms'),
      atMost('first picture p95, from the player\'s asking', percentile(startsMs, 0.95), 'ms', 500),
    ];
  } finally {
    await stage.close();
  }
}
