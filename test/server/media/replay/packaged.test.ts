// Whether what the segmenter makes is recorded, played, downloaded and cut without a complaint: both ends of the seam together.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartListener } from '../../../../server/media/hls/segment.ts';
import { Segmenter } from '../../../../server/media/hls/segmenter.ts';
import { makeFootage, playInto } from '../../../support/hls-samples.ts';
import { probe } from '../../../support/recorded-segments.ts';
import { openStand, type ReplayStand } from '../../../support/replay-stand.ts';

const SHOW = 'shw_real';
const START = 1_800_000_000_000;
const nobody: PartListener = { stretchStarted() {}, aacStarted() {}, partEnded() {}, pieceEnded() {}, stretchEnded() {} };
let stand: ReplayStand;
let packets: number;

beforeAll(async () => {
  stand = await openStand();
  const first = await makeFootage({ seconds: 9 });
  const second = await makeFootage({ seconds: 7, size: '640x360' });
  packets = [...first.samples, ...second.samples].filter(({ kind }) => kind === 'video').length;
  const recorder = await stand.replays.record(SHOW);
  const segmenter = new Segmenter({ numbering: { sequence: START / 1000, stretch: START / 1000 }, parts: nobody });
  segmenter.listen(recorder);
  playInto(segmenter, first, START);
  playInto(segmenter, second, START + 60_000);
  await recorder.stop();
});
afterAll(() => stand.close());

async function save(name: string, range?: { fromMs: number; toMs: number }): Promise<string> {
  const { stream } = await stand.replays.mp4(SHOW, range);
  const file = join(stand.dataDir, name);
  await pipeline(stream, createWriteStream(file));
  return file;
}

describe('what was packaged', () => {
  it('is recorded whole, with the server’s clock at each stretch', async () => {
    const recording = await stand.replays.find(SHOW);
    expect(recording!.durationMs / 1000).toBeCloseTo(packets / 25, 1);
    expect(recording!.stretches.map(({ at, width }) => ({ at: Math.round(at), width }))).toEqual([
      { at: START, width: 320 },
      { at: START + 60_000, width: 640 },
    ]);
    expect(recording!.toReplayMs(START + 65_000)).toBeCloseTo(14_000, -2);
  });

  it('is one MP4 with every picture in it', async () => {
    const { errors, video, audio } = await probe(await save('whole.mp4'));
    expect(errors).toBe('');
    expect(video.packets).toBe(packets);
    expect(Math.abs(audio.durationS - video.durationS)).toBeLessThan(0.1);
  });

  it('can be cut over the place where the picture’s size changes', async () => {
    const { errors, video, audio } = await probe(await save('clip.mp4', { fromMs: 7_500, toMs: 12_000 }));
    expect(errors).toBe('');
    expect(video.durationS).toBeGreaterThanOrEqual(4.5);
    expect(video.durationS).toBeLessThan(4.5 + 2);
    expect(Math.abs(audio.durationS - video.durationS)).toBeLessThan(0.1);
  });

  it('can be looked at', async () => {
    expect(await stand.replays.frame(SHOW, 3_000, 480)).toBeInstanceOf(Uint8Array);
  });
});
