// Owns replays on a real disk in a folder of their own, with the facts they told.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReplays, type Recorder, type Replays, type ReplaysDeps } from '../../server/media/replay/replays.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { createLogger } from '../../server/platform/log.ts';
import { Metrics } from '../../server/platform/metrics.ts';
import type { Take } from './recorded-segments.ts';

export interface ReplayStand {
  replays: Replays;
  dataDir: string;
  /** What `recording.changed` said, in order. */
  states: string[];
  /** Segments that recordings miss. */
  lost(): Promise<number>;
  close(): Promise<void>;
}

export async function openStand(options: Partial<ReplaysDeps> = {}): Promise<ReplayStand> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'fieldcast-replay-')));
  const states: string[] = [];
  const metrics = new Metrics();
  const replays = await openReplays({
    dataDir,
    reserveBytes: 0,
    bus: { emit: (fact, payload) => void (fact === 'recording.changed' && states.push((payload as { state: string }).state)) },
    clock: systemClock,
    log: createLogger('silent'),
    metrics,
    ...options,
  });
  return {
    replays,
    dataDir,
    states,
    async lost() {
      const metric = await metrics.registry.getSingleMetric('fieldcast_recording_segments_lost_total')!.get();
      return metric.values[0]?.value ?? 0;
    },
    async close() {
      await replays.close();
      metrics.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Hands a take to a recorder as the packager does. */
export function feed(recorder: Recorder, { stretch, segments }: Take): void {
  recorder.stretchStarted(stretch);
  for (const segment of segments) recorder.segmentEnded(segment);
}

/** Records takes one after the other, to the end. */
export async function recordAll(replays: Replays, streamId: string, ...takes: Take[]): Promise<void> {
  const recorder = await replays.record(streamId);
  for (const take of takes) feed(recorder, take);
  await recorder.stop();
}
