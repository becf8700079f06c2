import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordHours, smallTake } from '../../../support/long-recording.ts';
import { openStand, type ReplayStand } from '../../../support/replay-stand.ts';

const SHOW = 'shw_long';
const HOURS = 10;
const MB = 1024 * 1024;
let stand: ReplayStand;
/** Heap and buffers in use after a collection, every half hour of the show. */
const usedMb: number[] = [];

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function used(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MB;
}

beforeAll(async () => {
  stand = await openStand();
  await recordHours(stand.replays, SHOW, HOURS, await smallTake(), () => usedMb.push(used()));
});
afterAll(() => stand.close());

describe('ten hours', () => {
  it('are recorded in flat memory', () => {
    expect(usedMb.length).toBe(2 * HOURS);
    // 18,000 lines of numbers are 1.5 MB; everything else has to be given back.
    expect(usedMb.at(-1)! - usedMb[1]!).toBeLessThan(6);
  });

  it('are all there, in an index of some hundred bytes a minute', async () => {
    const recording = await stand.replays.find(SHOW);
    expect(recording?.durationMs).toBe(HOURS * 3600_000);
    expect(recording?.stretches.length).toBe(2 * HOURS);
    expect((await stat(join(stand.dataDir, 'recordings', SHOW, 'index'))).size).toBeLessThan(HOURS * 60 * 2_500);
  });

  it('are listed in a playlist that a phone can read', async () => {
    const playlist = await stand.replays.vodPlaylist(SHOW, 'video');
    expect(playlist!.match(/#EXTINF/g)?.length).toBe((HOURS * 3600) / 6);
    expect(playlist!.length).toBeLessThan(1.5 * MB);
  });

  it('are downloaded without more of it in memory than is on its way', async () => {
    const before = used();
    const { stream, contentLength } = await stand.replays.mp4(SHOW);
    let read = 0;
    let most = 0;
    let nextLook = 0;
    for await (const bytes of stream) {
      read += (bytes as Buffer).length;
      if (read < nextLook) continue;
      nextLook = read + contentLength / 20;
      most = Math.max(most, used());
    }
    expect(read).toBe(contentLength);
    expect(most - before).toBeLessThan(6);
  });
});
