// Owns how soon a picture is back for pages that nobody touches, after a media worker or the whole server was killed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { firstFrameSentAfter, nextFrames } from '../../support/picture-watch.ts';
import { isRunning, startServer } from '../../support/server-process.ts';
import { atMost, type Figure, median, percentile, told } from '../support/figure.ts';
import { Stage } from '../support/stage.ts';

export interface KillsPlan {
  workerKills: number;
  serverKills: number;
  viewers: number;
}

const GOAL_MS = 3_000;
/** A worker that dies sooner than 10 s after its start is taken for one that cannot run, and its replacement waits. */
const BETWEEN_KILLS_MS = 11_000;

export async function kills(plan: KillsPlan, settings: Record<string, string>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-kills-'));
  let server = await startServer(dataDir, settings);
  let stage: Stage | undefined;
  try {
    const opened = await Stage.open(server, { isYielding: true });
    stage = opened;
    const pages = await Promise.all(Array.from({ length: plan.viewers }, () => opened.openViewer()));
    const workerMs = await rounds(plan.workerKills, pages, async () => {
      const workers = server.workers();
      for (const worker of workers) process.kill(worker, 'SIGKILL');
      while (workers.some(isRunning)) await pause(1);
      return Date.now();
    });
    const serverMs = await rounds(plan.serverKills, pages, async () => {
      const { port } = new URL(server.url);
      await server.kill();
      const goneAt = Date.now();
      server = await startServer(dataDir, { ...settings, FIELDCAST_PORT: port });
      return goneAt;
    });
    const { body } = await server.call('GET', `/api/v1/shows/${opened.showId}`);
    return [
      told('picture after a killed worker p50', median(workerMs), 'ms'),
      atMost('picture after a killed worker p95', percentile(workerMs, 0.95), 'ms', GOAL_MS),
      told('picture after a killed and restarted server p50', median(serverMs), 'ms'),
      atMost('picture after a killed and restarted server p95', percentile(serverMs, 0.95), 'ms', GOAL_MS),
      atMost('shows that did not come back live', body.show.status === 'live' ? 0 : 1, '', 0),
    ];
  } finally {
    await stage?.close();
    if (isRunning(server.pid)) await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/**
 * @param kill answers when the processes had gone, which is a moment after the signal
 * @returns for each kill and page, ms from the kill to the first frame that was sent when they had gone
 */
async function rounds(count: number, pages: readonly Page[], kill: () => Promise<number>): Promise<number[]> {
  const tookMs: number[] = [];
  for (let round = 0; round < count; round += 1) {
    await pause(BETWEEN_KILLS_MS);
    await Promise.all(pages.map((page) => nextFrames(page, 10)));
    const killedAt = Date.now();
    const goneAt = await kill();
    const backAt = await Promise.all(pages.map((page) => firstFrameSentAfter(page, goneAt)));
    tookMs.push(...backAt.map((moment) => moment - killedAt));
  }
  return tookMs;
}
