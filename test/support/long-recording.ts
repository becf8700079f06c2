// Owns a recording of many hours in little time: the same 2 s of real media again and again, on a clock that is moved on by hand.
import { setTimeout as delay } from 'node:timers/promises';
import type { Replays } from '../../server/media/replay/replays.ts';
import { makeTake, type Take } from './recorded-segments.ts';

/** 2 s of a small picture in one colour, 5 kB: what is measured is not the disk. */
export async function smallTake(): Promise<Take> {
  const take = await makeTake({ seconds: 2, size: '64x48', color: 'green' });
  return { stretch: take.stretch, segments: take.segments.slice(0, 1) };
}

/**
 * Hands in as many segments as the hours have, as fast as they are written. The host drops every half hour.
 * @param each hears of the segments on the disk after every 900
 */
export async function recordHours(replays: Replays, streamId: string, hours: number, { stretch, segments: [segment] }: Take, each?: (segments: number) => void): Promise<void> {
  const recorder = await replays.record(streamId);
  const total = (hours * 3600_000) / segment!.video.durationMs;
  const batch = 90;
  for (let sequence = 0; sequence < total; sequence += batch) {
    const index = Math.floor(sequence / 900);
    if (sequence % 900 === 0) recorder.stretchStarted({ ...stretch, index, at: stretch.at + sequence * 2_000 });
    for (let n = 0; n < batch; n += 1) {
      recorder.segmentEnded({ ...segment!, stretch: index, sequence: sequence + n, at: stretch.at + (sequence + n) * 2_000 });
    }
    const wantedMs = (sequence + batch) * segment!.video.durationMs - 1;
    // By a timer: to ask in each turn takes the processor from the threads that write.
    while (((await replays.find(streamId))?.durationMs ?? 0) < wantedMs) await delay(2);
    if ((sequence + batch) % 900 === 0) each?.(sequence + batch);
  }
  await recorder.stop();
}
