// How often a host is asked for key frames: played tick by tick against a host that answers and a segmenter that sees it a picture later.
import { describe, expect, it } from 'vitest';
import { KeyFrameCadence } from '../../../../server/media/hls/key-frame-cadence.ts';

const SEGMENT_MS = 1_800;

/** @returns times at which a host was asked */
function play(seconds: number, { answerMs, pictureMs }: { answerMs: number; pictureMs: number }): number[] {
  const cadence = new KeyFrameCadence();
  const asked: number[] = [];
  let keyAt: number | undefined;
  let segmentAt: number | undefined;
  for (let now = 1_000; now < 1_000 + seconds * 1_000; now += 50) {
    const last = asked.at(-1);
    if (last !== undefined && now >= last + answerMs && (keyAt ?? 0) < last) keyAt = now;
    if (keyAt !== undefined && now >= keyAt + pictureMs) segmentAt = keyAt;
    const wants = (inMs: number): boolean => segmentAt !== undefined && now + inMs - segmentAt >= SEGMENT_MS;
    if (cadence.isDue(keyAt, now, wants) && cadence.ask(now)) asked.push(now);
  }
  return asked;
}

describe('key frames for segments', () => {
  it.each([
    ['a quick host', { answerMs: 60, pictureMs: 50 }],
    ['ten pictures a second', { answerMs: 150, pictureMs: 150 }],
    ['a host far away', { answerMs: 600, pictureMs: 100 }],
  ])('are asked for once a segment: %s', (_name, host) => {
    const asked = play(36, host);
    expect(asked.length).toBeGreaterThanOrEqual(17);
    expect(asked.length).toBeLessThanOrEqual(22);
  });

  it('are asked for again when none comes', () => {
    const asked = play(10, { answerMs: Number.POSITIVE_INFINITY, pictureMs: 50 });
    expect(asked.length).toBeGreaterThanOrEqual(9);
    expect(asked.length).toBeLessThanOrEqual(11);
  });

  it('are not asked for again and again when many reasons come at once', () => {
    const cadence = new KeyFrameCadence();
    expect([0, 50, 200, 300].map((now) => cadence.ask(now))).toEqual([true, false, false, true]);
  });
});
