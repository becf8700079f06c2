// Where a stream is cut, sample by sample.
import { beforeEach, describe, expect, it } from 'vitest';
import { AUDIO_TIMESCALE, type Sample, VIDEO_TIMESCALE } from '../../../../server/media/hls/sample.ts';
import { type Part, PART_TARGET_MS, type Piece, type Rendition, type Segment, type Stretch } from '../../../../server/media/hls/segment.ts';
import { Segmenter } from '../../../../server/media/hls/segmenter.ts';

const AT = 1_800_000_000_000;
const formats = {
  video: { sps: Uint8Array.of(0x67, 0x42, 0xe0, 0x1f), pps: Uint8Array.of(0x68), width: 640, height: 360, codec: 'avc1.42e01f' },
  audio: { channels: 2 as const },
};

let parts: Part[];
let pieces: { rendition: Rendition; sequence: number; piece: Piece }[];
let stretches: Stretch[];
let segments: Segment[];
let aacStarts: number[];
let segmenter: Segmenter;

beforeEach(() => {
  [parts, pieces, stretches, segments, aacStarts] = [[], [], [], [], []];
  segmenter = new Segmenter({
    numbering: { sequence: 10, stretch: 3 },
    parts: {
      stretchStarted: (stretch) => stretches.push(stretch),
      aacStarted: (stretch) => aacStarts.push(stretch),
      partEnded: (part) => parts.push(part),
      pieceEnded: (rendition, sequence, piece) => pieces.push({ rendition, sequence, piece }),
      stretchEnded: () => undefined,
    },
  });
  segmenter.listen({ stretchStarted: () => undefined, segmentEnded: (segment) => segments.push(segment) });
});

const of = (rendition: Rendition) => parts.filter((part) => part.rendition === rendition);
const durations = (list: { durationMs: number }[]) => list.map(({ durationMs }) => Math.round(durationMs));

/** Of what the playlist promises (rfc8216bis section 4.4.4.9); the last part of a segment may be short. */
function partShares(rendition: Rendition): { shortest: number; longest: number } {
  const own = of(rendition);
  const share = ({ durationMs }: Part) => durationMs / PART_TARGET_MS[rendition];
  const inner = own.filter(({ sequence }, index) => own[index + 1]?.sequence === sequence);
  return { shortest: Math.min(...inner.map(share)), longest: Math.max(...own.map(share)) };
}

/** Pictures of `frameMs` from `fromMs` on, key frames at `keysMs`. */
function showPictures(fromMs: number, toMs: number, keysMs: readonly number[], frameMs = 40): void {
  for (let ms = fromMs; ms < toMs; ms += frameMs) showPicture(ms, frameMs, keysMs.includes(ms));
}

function showPicture(ms: number, durationMs: number, isKey: boolean): void {
  segmenter.video(sample(VIDEO_TIMESCALE, ms, durationMs, isKey));
}

function play(fromMs: number, toMs: number, packetMs = 20, sink: { audio(sample: Sample): void } = segmenter): void {
  for (let ms = fromMs; ms < toMs; ms += packetMs) sink.audio(sample(AUDIO_TIMESCALE, ms, packetMs, true));
}

function sample(timescale: number, ms: number, durationMs: number, isKey: boolean): Sample {
  return { time: (ms * timescale) / 1000, duration: (durationMs * timescale) / 1000, data: Uint8Array.of(0, 0, 0, 1, 1), isKey, at: AT + ms };
}

describe('the picture', () => {
  beforeEach(() => segmenter.startStretch(formats, AT));

  it('comes in parts, each as soon as it is long enough', () => {
    showPictures(0, 240, [0]);
    expect(durations(of('video'))).toEqual([240]);
    showPictures(240, 1_000, [0]);
    expect(durations(of('video'))).toEqual([240, 240, 240, 240]);
    expect(of('video').map(({ isIndependent, index }) => [index, isIndependent])).toEqual([[0, true], [1, false], [2, false], [3, false]]);
  });

  it('is not part of a longer part because a picture comes late', () => {
    showPicture(0, 50, true);
    showPicture(50, 50, false);
    showPicture(100, 50, false);
    showPicture(150, 130, false);
    expect(durations(of('video'))).toEqual([150]);
  });

  it.each([12, 15, 20, 24, 25, 30, 50])('of %i a second has parts between 85 and 100 %% of what the playlist promises', (rate) => {
    for (let n = 0; n < rate * 8; n += 1) {
      // Cameras are not exact, clocks of 90 kHz are.
      const [from, to] = [n, n + 1].map((each) => Math.round(((each + (each % 2) * 0.05) * 1000) / rate)) as [number, number];
      showPicture(from, to - from, n % Math.round(rate * 1.8) === 0);
    }
    const { shortest, longest } = partShares('video');
    expect([shortest >= 0.85, longest <= 1]).toEqual([true, true]);
  });

  it('begins a segment with a key frame', () => {
    showPictures(0, 4_000, [0, 1_800, 3_600]);
    expect(durations(pieces.map(({ piece }) => piece))).toEqual([1_800, 1_800]);
    const firsts = of('video').filter(({ index }) => index === 0);
    expect(firsts.map(({ sequence, isIndependent, at }) => [sequence, isIndependent, at - AT])).toEqual([[10, true, 0], [11, true, 1_800], [12, true, 3_600]]);
  });

  it('does not begin a segment with the key frame that a new viewer asked for', () => {
    showPictures(0, 2_000, [0, 600, 1_800]);
    expect(durations(pieces.map(({ piece }) => piece))).toEqual([1_800]);
  });

  it('ends a segment after 2.0 s also without a key frame, and begins the next that can be played from as soon as one is there', () => {
    showPictures(0, 4_000, [0, 2_400]);
    showPictures(4_000, 4_240, []);
    play(0, 4_300);
    expect(durations(segments.map(({ video }) => video))).toEqual([2_000, 400]);
    expect(segments.map(({ isIndependent }) => isIndependent)).toEqual([true, false]);
    expect(of('video').find(({ sequence, index }) => sequence === 12 && index === 0)?.isIndependent).toBe(true);
  });

  it.each([33, 41, 67, 111, 333, 700])('never makes a segment longer than 2.0 s of pictures of %i ms', (frameMs) => {
    showPictures(0, 20_000, [0, frameMs * 7, frameMs * 40], frameMs);
    expect(Math.max(...pieces.map(({ piece }) => piece.durationMs))).toBeLessThanOrEqual(2_000);
    expect(pieces.length).toBeGreaterThan(8);
  });

  it('of a host whose picture stands for long leaves a hole rather than a segment that no player may be told of', () => {
    showPicture(0, 3_000, true);
    showPicture(3_000, 40, true);
    expect(durations(pieces.map(({ piece }) => piece))).toEqual([2_000]);
  });

  it('is nothing before its first key frame', () => {
    showPictures(0, 800, []);
    expect(parts).toEqual([]);
    expect(stretches).toEqual([]);
  });

  it('wants a key frame in time for the end of the segment, earlier in the first of a stretch', () => {
    showPictures(0, 720, [0]);
    expect([segmenter.wantsKeyFrame(200), segmenter.wantsKeyFrame(300)]).toEqual([false, true]);
    showPictures(720, 2_520, [1_000]);
    expect([segmenter.wantsKeyFrame(200), segmenter.wantsKeyFrame(500)]).toEqual([false, true]);
  });
});

describe('the sound', () => {
  beforeEach(() => segmenter.startStretch(formats, AT));

  it('is cut where the picture is, whichever comes first', () => {
    showPictures(0, 1_840, [0, 1_800]);
    expect(of('opus')).toEqual([]);
    play(0, 1_700);
    expect(durations(of('opus'))).toEqual([220, 220, 220, 220, 220, 220, 220]);
    play(1_700, 5_000);
    showPictures(1_840, 3_640, [3_600]);
    expect(segments.map(({ sequence, video, opus }) => [sequence, video.durationMs, opus.durationMs])).toEqual([[10, 1_800, 1_800], [11, 1_800, 1_800]]);
  });

  it.each([2.5, 10, 20, 40, 60, 120])('of packets of %f ms has parts between 85 and 100 %% of what the playlist promises, and no packet twice or never', (packetMs) => {
    play(0, 12_000, packetMs);
    showPictures(0, 11_000, Array.from({ length: 8 }, (_, n) => n * 1_480), 37);
    const { shortest, longest } = partShares('opus');
    expect([shortest >= 0.85, longest <= 1]).toEqual([true, true]);
    const heard = segments.reduce((sum, { opus }) => sum + opus.durationMs, 0);
    const seen = segments.reduce((sum, { video }) => sum + video.durationMs, 0);
    expect(Math.abs(heard - seen)).toBeLessThan(packetMs);
  });

  it('from before the first picture is left out', () => {
    play(0, 1_000);
    showPictures(800, 1_040, [800]);
    play(1_000, 1_200);
    expect(durations(of('opus'))).toEqual([220]);
  });
});

describe('a stretch', () => {
  it('ends with all of its picture, and silence where sound is missing', () => {
    segmenter.startStretch(formats, AT);
    showPictures(0, 1_480, [0]);
    play(0, 1_300);
    segmenter.endStretch();
    expect(segments.map(({ video, opus }) => [video.durationMs, opus.durationMs])).toEqual([[1_480, 1_480]]);
  });

  it('is told of with its first picture, so that numbers have no holes', () => {
    segmenter.startStretch(formats, AT);
    play(0, 500);
    segmenter.startStretch(formats, AT + 1_000);
    showPictures(0, 240, [0]);
    segmenter.startStretch({ ...formats, video: { ...formats.video, width: 1280 } }, AT + 2_000);
    showPictures(0, 240, [0]);
    expect(stretches.map(({ index, at, video }) => [index, at - AT, video.width])).toEqual([[3, 1_000, 640], [4, 2_000, 1280]]);
    expect(of('video').map(({ sequence, stretch }) => [sequence, stretch])).toEqual([[10, 3], [11, 4]]);
  });

  it('that is running is told to a listener who comes late', () => {
    segmenter.startStretch(formats, AT);
    showPictures(0, 400, [0]);
    const heard: unknown[] = [];
    const stop = segmenter.listen({ stretchStarted: ({ index }) => heard.push(index), segmentEnded: ({ sequence }) => heard.push(sequence) });
    showPictures(400, 3_000, [1_200, 2_400]);
    play(0, 1_300);
    stop();
    play(1_300, 3_000);
    expect(heard).toEqual([3, 10]);
  });
});

describe('AAC', () => {
  it('begins with the segment after it was asked for, and goes on over the end of the stretch', () => {
    segmenter.startStretch(formats, AT);
    showPictures(0, 400, [0]);
    const track = segmenter.startAac(Uint8Array.of(0x11, 0x90));
    if (!track) throw new Error('no stretch');
    expect(aacStarts).toEqual([3]);
    showPictures(400, 4_000, [1_800, 3_600]);
    segmenter.endStretch();
    play(300, 3_700, 20, track);
    expect(pieces.filter(({ rendition }) => rendition === 'aac').map(({ sequence, piece }) => [sequence, piece.durationMs])).toEqual([[11, 1_800]]);
    play(3_700, 3_900, 20, track);
    track.end();
    expect(pieces.filter(({ rendition }) => rendition === 'aac').map(({ sequence, piece }) => [sequence, piece.durationMs])).toEqual([[11, 1_800], [12, 300]]);
  });

  it('is not there between stretches', () => {
    expect(segmenter.startAac(Uint8Array.of(0x11, 0x90))).toBeUndefined();
  });
});
