import { describe, expect, it } from 'vitest';
import { RecordingIndex, segmentLine, stretchLine, INDEX_HEADER } from '../../../../server/media/replay/recording-index.ts';

/** Deterministic, so that a failure can be looked at again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Shape {
  /** Server ms for each ms of media: 1 is a clock without drift. */
  drift: number;
  stretches: { segments: number; gapMs: number }[];
}

const START = 1_760_000_000_000;

function indexOf({ drift, stretches }: Shape, random: () => number): RecordingIndex {
  const index = new RecordingIndex();
  let at = START;
  for (const [n, { segments, gapMs }] of stretches.entries()) {
    at += gapMs;
    index.addStretch({ n: n + 1, source: n, at, codec: 'avc1.42e01f', width: 640, height: 360, channels: 1, init: { video: 700, opus: 600 } });
    for (let each = 0; each < segments; each += 1) {
      const ms = 500 + Math.round(random() * 1_500);
      index.addSegment({ sequence: index.segments, at, isIndependent: true, video: { ms, offset: 700, length: 10 }, opus: { ms, offset: 600, length: 10 } });
      at += ms * drift;
    }
  }
  return index;
}

function shapeOf(random: () => number): Shape {
  const stretches = Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({ segments: 1 + Math.floor(random() * 30), gapMs: random() * 60_000 }));
  return { drift: 1 + (random() - 0.5) / 500, stretches };
}

describe('the clock of a replay', () => {
  it('comes back to every replay ms by way of the server’s clock, in a hundred shows with drops and drift', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = randomOf(seed);
      const index = indexOf(shapeOf(random), random);
      for (let n = 0; n < 50; n += 1) {
        const replayMs = random() * index.durationMs;
        expect(index.toReplayMs(index.toServerMs(replayMs))).toBeCloseTo(replayMs, 0);
      }
    }
  });

  it('never goes back, and never leaves the replay', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = randomOf(seed);
      const index = indexOf(shapeOf(random), random);
      const last = index.toServerMs(index.durationMs);
      let before = 0;
      for (let at = START - 10_000; at < last + 10_000; at += 997) {
        const replayMs = index.toReplayMs(at);
        expect(replayMs).toBeGreaterThanOrEqual(before);
        expect(replayMs).toBeLessThanOrEqual(index.durationMs);
        before = replayMs;
      }
      expect(before).toBe(index.durationMs);
    }
  });

  it('puts what fell into a gap where the next stretch begins', () => {
    const index = indexOf({ drift: 1, stretches: [{ segments: 3, gapMs: 0 }, { segments: 3, gapMs: 60_000 }] }, () => 0.5);
    const [first, second] = index.replayStretches();
    expect(index.toReplayMs(second!.at - 30_000)).toBe(first!.durationMs);
    expect(index.toReplayMs(second!.at)).toBe(second!.startMs);
    expect(index.toServerMs(second!.startMs)).toBe(second!.at);
  });

  it('is right to a tenth of a second after 10 h with a phone whose clock is 100 ppm off', () => {
    const index = indexOf({ drift: 1.0001, stretches: [{ segments: 28_800, gapMs: 0 }] }, () => 0.5);
    expect(index.durationMs).toBe(10 * 3600_000);
    // 3.6 s that counting from the beginning would be wrong by.
    expect(index.toReplayMs(START + 10 * 3600_000 * 1.0001 - 1_000)).toBeCloseTo(10 * 3600_000 - 1_000, -2);
    expect(index.toServerMs(9 * 3600_000)).toBeCloseTo(START + 9 * 3600_000 * 1.0001, -2);
  });

  it('stays usable when the server’s clock was set back during the show', () => {
    const index = new RecordingIndex();
    index.addStretch({ n: 1, source: 0, at: START, codec: 'avc1.42e01f', width: 640, height: 360, channels: 1, init: { video: 1, opus: 1 } });
    for (const at of [START, START + 2_000, START - 600_000, START - 598_000]) {
      index.addSegment({ sequence: index.segments, at, isIndependent: true, video: { ms: 2_000, offset: 1, length: 1 }, opus: { ms: 2_000, offset: 1, length: 1 } });
    }
    expect(index.toReplayMs(START + 1_000)).toBe(1_000);
    expect(index.toReplayMs(START + 60_000)).toBe(8_000);
    expect(index.toServerMs(1_000)).toBe(START + 1_000);
  });
});

describe('the index of a recording', () => {
  const stretch = { n: 1, source: 4, at: START, codec: 'avc1.42e01f', width: 640, height: 360, channels: 2, init: { video: 700, opus: 600 } };
  const segment = { sequence: 7, at: START, isIndependent: true, video: { ms: 2_000.5, offset: 700, length: 90 }, opus: { ms: 1_980, offset: 600, length: 20 } };
  const whole = INDEX_HEADER + stretchLine(stretch) + segmentLine(segment);

  it('is read as it was written', () => {
    const index = RecordingIndex.parse(whole);
    expect(index.segment(0)).toEqual({ ...segment, stretch, startMs: 0 });
    expect(index.bytes).toBe(790 + 620);
  });

  it('ends before the first line that is not whole, wherever a crash cut it', () => {
    const before = INDEX_HEADER.length + stretchLine(stretch).length;
    for (let length = 0; length < whole.length; length += 1) {
      const index = RecordingIndex.parse(whole.slice(0, length));
      expect(index.segments).toBe(0);
      expect(index.stretches.length).toBe(length >= before ? 1 : 0);
    }
  });

  it.each(['[]', '{}', '["segment"]', '["segment",1,2,1,"x",5,6,7,8,9]', '["segment",-1,2,1,4,5,6,7,8,9]', 'null', '["stretch",1,1,1,1,1,1,1,1,1]', '\u0000'])(
    'takes nothing from %s or behind it',
    (line) => {
      expect(RecordingIndex.parse(`${whole}${line}\n${segmentLine(segment)}`).segments).toBe(1);
    },
  );
});
