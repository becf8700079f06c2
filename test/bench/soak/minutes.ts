// Owns what a server that runs for hours takes, minute by minute, and how fast that grows.
import { readdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerProcess } from '../../support/server-process.ts';
import { residentMb } from '../support/process-cost.ts';

export interface Minute {
  minute: number;
  serverMb: number;
  workersMb: number;
  serverFds: number;
  workersFds: number;
  /** Of the minute since the reading before. */
  loopP99Ms: number;
  diskMb: number;
}

/** How many minutes make one value: between two collections of garbage memory goes up and down by more than it grows. */
const BUCKET_MINUTES = 5;

export async function readMinute(server: ServerProcess, dataDir: string, minute: number): Promise<Minute> {
  const workers = server.workers();
  const metrics = await fetch(`${server.url}/metrics`).then((answer) => answer.text());
  return {
    minute,
    serverMb: residentMb([server.pid]),
    workersMb: residentMb(workers),
    serverFds: descriptors([server.pid]),
    workersFds: descriptors(workers),
    loopP99Ms: Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1]) * 1_000,
    diskMb: (await bytesBelow(dataDir)) / 1e6,
  };
}

/** Slope of the least values of each few minutes. */
export function growthPerHour(minutes: readonly Minute[], of: (minute: Minute) => number): number {
  const points: { x: number; y: number }[] = [];
  for (let from = 0; from < minutes.length; from += BUCKET_MINUTES) {
    const bucket = minutes.slice(from, from + BUCKET_MINUTES);
    points.push({ x: (bucket[0] as Minute).minute / 60, y: Math.min(...bucket.map(of)) });
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [midX, midY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread = points.reduce((sum, { x }) => sum + (x - midX) ** 2, 0);
  return points.reduce((sum, { x, y }) => sum + (x - midX) * (y - midY), 0) / spread;
}

function descriptors(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0);
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
