// Owns the figures of training: how soon a whispered word is in the ear, and what a class of twelve costs the server.
// Run by `npm run bench -- training`; `-- training --only=whisper` or `--only=class` for one of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import type { Figure } from './support/figure.ts';
import { classCost, type ClassPlan } from './training/class-cost.ts';
import { mouthToEar } from './training/mouth-to-ear.ts';

export interface TrainingPlan {
  words: number;
  class: ClassPlan;
}

const FULL: TrainingPlan = { words: 100, class: { trainees: 12, settleMs: 5_000, windowMs: 20_000 } };

export async function bench(plan: TrainingPlan = FULL): Promise<Figure[]> {
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
  return [
    ...(only === 'class' ? [] : await withServer((server) => mouthToEar(server, plan.words))),
    ...(only === 'whisper' ? [] : await withServer((server) => classCost(server, plan.class))),
  ];
}

async function withServer(measure: (server: ServerProcess) => Promise<Figure[]>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-training-'));
  const server = await startServer(dataDir, { FIELDCAST_LOG_LEVEL: 'error' });
  try {
    return await measure(server);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
