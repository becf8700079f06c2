// Owns a process that records without an end, to be killed in the middle: data folder, stream id and a take in a file are its arguments.
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import { openReplays } from '../../dist/server/media/replay/replays.js';
import { createLogger } from '../../dist/server/platform/log.js';
import { Metrics } from '../../dist/server/platform/metrics.js';

const [dataDir, streamId, takeFile] = process.argv.slice(2);
const { stretch, segments } = deserialize(await readFile(takeFile));
const clock = { now: () => Date.now(), after: () => () => undefined };
const replays = await openReplays({ dataDir, reserveBytes: 0, bus: { emit: () => undefined }, clock, log: createLogger('silent'), metrics: new Metrics() });
const recorder = await replays.record(streamId);
// Numbers that no process before this one had, as the packager's are.
let [sequence, index] = [Date.now(), Date.now()];
for (;;) {
  const at = Date.now();
  recorder.stretchStarted({ ...stretch, index, at });
  for (const [n, segment] of segments.entries()) {
    recorder.segmentEnded({ ...segment, stretch: index, sequence, at: at + n * 2_000 });
    sequence += 1;
    const wanted = ((await replays.find(streamId))?.durationMs ?? 0) + segment.video.durationMs - 1;
    while (((await replays.find(streamId))?.durationMs ?? 0) < wanted) await nextTurn();
    process.stdout.write(`${(await replays.find(streamId)).durationMs}\n`);
  }
  index += 1;
}
