// What can be watched now, and the playlists that say so, held against an independent parser.
import * as hls from 'hls-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Rendition } from '../../../../server/media/hls/segment.ts';
import { LiveWindow } from '../../../../server/media/hls/window.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

hls.setOptions({ strictMode: true, silent: true });

const AT = 1_800_000_000_000;
let live: LiveWindow;

beforeEach(() => {
  live = new LiveWindow();
});

function beginStretch(index: number, at = AT): void {
  const init = { video: Buffer.from(`v${index}`), opus: Buffer.from(`o${index}`) };
  live.stretchStarted({ index, at, init, video: { codec: 'avc1.42e01f', width: 640, height: 360 }, channels: 2 });
}

function addPart(rendition: Rendition, sequence: number, index: number, stretch = 0): void {
  const bytes = Buffer.from(`${rendition} ${sequence}.${index};`);
  live.partEnded({ rendition, sequence, stretch, index, at: AT + sequence * 1_000, isIndependent: index === 0, bytes, durationMs: 240 });
}

function addSegment(rendition: Rendition, sequence: number, stretch = 0, parts = 8): void {
  const names = Array.from({ length: parts }, (_, index) => `${rendition} ${sequence}.${index};`);
  names.forEach((_, index) => addPart(rendition, sequence, index, stretch));
  live.pieceEnded(rendition, sequence, { bytes: Buffer.from(names.join('')), durationMs: parts * 240 });
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const video = () => live.rendition('video');

function parse(rendition: Rendition = 'video'): hls.types.MediaPlaylist {
  const playlist = hls.parse(live.rendition(rendition).playlist().toString());
  if (playlist.isMasterPlaylist) throw new Error('not a media playlist');
  return playlist as hls.types.MediaPlaylist;
}

describe('a playlist', () => {
  it('lists seven segments, the parts of the last ones, and what comes next', () => {
    beginStretch(0);
    for (const sequence of range(0, 12)) addSegment('video', sequence);
    addPart('video', 12, 0);
    addPart('video', 12, 1);
    const playlist = parse();
    expect(playlist.segments.map(({ mediaSequenceNumber }) => mediaSequenceNumber)).toEqual(range(5, 13));
    expect(playlist.segments.map(({ parts }) => parts.length)).toEqual([0, 0, 0, 0, 0, 8, 8, 3]);
    expect(playlist.segments.at(-1)?.parts.map(({ uri, hint }) => [uri, hint])).toEqual([
      ['video/12.0.m4s', false],
      ['video/12.1.m4s', false],
      ['video/12.2.m4s', true],
    ]);
    expect(playlist.targetDuration).toBe(2);
    expect(playlist.lowLatencyCompatibility).toMatchObject({ canBlockReload: true, holdBack: 6 });
    expect(playlist.lowLatencyCompatibility?.partHoldBack).toBeGreaterThanOrEqual(3 * (playlist.partTargetDuration ?? 1));
    expect(playlist.segments[0]?.programDateTime?.getTime()).toBe(AT + 5_000);
    expect(playlist.segments[0]?.map).toMatchObject({ uri: 'video/init-0.mp4' });
    expect(playlist.endlist).toBe(false);
  });

  it('hints at the first part of the next segment when one has just ended', () => {
    beginStretch(0);
    addSegment('video', 0);
    expect(video().playlist().toString()).toContain('#EXT-X-PRELOAD-HINT:TYPE=PART,URI="video/1.0.m4s"\n');
  });

  it('tells how far the other renditions are', () => {
    beginStretch(0);
    addSegment('opus', 4);
    addPart('opus', 5, 0);
    addSegment('video', 4);
    expect(parse().renditionReports.map(({ uri, lastMSN, lastPart }) => [uri, lastMSN, lastPart])).toEqual([['audio.m3u8', 5, 0]]);
  });

  it('counts the discontinuities that it has forgotten', () => {
    for (const [stretch, sequences] of [[3, range(0, 4)], [4, range(4, 9)], [5, range(9, 11)]] as const) {
      beginStretch(stretch);
      for (const sequence of sequences) addSegment('video', sequence, stretch);
    }
    const before = parse();
    expect(before.discontinuitySequenceBase).toBe(4);
    expect(before.segments.filter(({ discontinuity }) => discontinuity).map(({ mediaSequenceNumber }) => mediaSequenceNumber)).toEqual([9]);
    expect(before.segments.slice(0, 7).map(({ map }) => map?.uri)).toEqual([...Array(5).fill('video/init-4.mp4'), 'video/init-5.mp4', 'video/init-5.mp4']);
    for (const sequence of range(11, 17)) addSegment('video', sequence, 5);
    expect(parse().discontinuitySequenceBase).toBe(5);
  });

  it('stays while the host is away, without a hint that nobody could keep', () => {
    beginStretch(0);
    for (const sequence of range(0, 3)) addSegment('video', sequence);
    live.stretchEnded();
    expect(parse().segments.length).toBe(3);
    expect(video().playlist().toString()).not.toContain('PRELOAD-HINT');
    beginStretch(1);
    addPart('video', 3, 0, 1);
    expect(parse().segments.at(-1)?.discontinuity).toBe(true);
    expect(parse().segments.at(-1)?.map).toMatchObject({ uri: 'video/init-1.mp4' });
    expect(video().playlist().toString()).toContain('PRELOAD-HINT');
  });

  it('says at the end that it is the end', () => {
    beginStretch(0);
    addSegment('video', 0);
    live.end();
    expect(parse().endlist).toBe(true);
  });

  it('is rendered once for everybody', () => {
    beginStretch(0);
    addSegment('video', 0);
    const first = video().playlist();
    expect(video().playlist()).toBe(first);
    addPart('video', 1, 0);
    expect(video().playlist()).not.toBe(first);
  });
});

describe('the multivariant playlist', () => {
  it('offers one picture with Opus, then with AAC, and promises no less bandwidth than was used', () => {
    expect(live.multivariant('')).toBeUndefined();
    beginStretch(0);
    for (const sequence of range(0, 4)) {
      live.partEnded({ rendition: 'video', sequence, stretch: 0, index: 0, at: AT, isIndependent: true, bytes: Buffer.alloc(sequence === 2 ? 500_000 : 250_000), durationMs: 2_000 });
      live.pieceEnded('video', sequence, { bytes: Buffer.alloc(sequence === 2 ? 500_000 : 250_000), durationMs: 2_000 });
    }
    const playlist = hls.parse(live.multivariant('pass/') ?? '');
    if (!playlist.isMasterPlaylist) throw new Error('not a multivariant playlist');
    const [opus, aac] = playlist.variants;
    expect(opus).toMatchObject({ uri: 'pass/video.m3u8', codecs: 'avc1.42e01f,opus', resolution: { width: 640, height: 360 } });
    expect(opus?.bandwidth).toBeGreaterThanOrEqual(2_000_000);
    expect(opus?.averageBandwidth).toBe(1_250_000);
    expect(aac).toMatchObject({ uri: 'pass/video.m3u8', codecs: 'avc1.42e01f,mp4a.40.2' });
    expect([opus?.audio[0]?.uri, aac?.audio[0]?.uri]).toEqual(['pass/audio.m3u8', 'pass/aac.m3u8']);
  });
});

describe('the window', () => {
  it('keeps a segment for as long as a playlist with it may be in use, and no longer', () => {
    beginStretch(0);
    for (const sequence of range(0, 40)) addSegment('video', sequence);
    expect([video().segment(25), video().segment(24)].map((bytes) => bytes !== undefined)).toEqual([true, false]);
    expect(video().part(25, 7)).toBeDefined();
  });

  it('keeps what a stretch begins with as long as one of its segments', () => {
    beginStretch(0);
    addSegment('video', 0, 0);
    beginStretch(1);
    addSegment('video', 1, 1);
    expect(live.init('video', 0)?.toString()).toBe('v0');
    for (const sequence of range(2, 20)) addSegment('video', sequence, 1);
    beginStretch(2);
    expect([live.init('video', 0), live.init('opus', 1)?.toString(), live.init('aac', 1)]).toEqual([undefined, 'o1', undefined]);
  });

  it('holds the bytes of a segment and of its parts once', () => {
    beginStretch(0);
    addSegment('video', 0);
    const whole = video().segment(0);
    expect(video().part(0, 3)?.buffer).toBe(whole?.buffer);
    expect(video().part(0, 3)?.toString()).toBe('video 0.3;');
  });

  it('begins anew with a rendition that was away for a while', () => {
    beginStretch(0);
    live.aacStarted(0, Buffer.from('a0'));
    addSegment('aac', 3);
    addPart('aac', 4, 0);
    addSegment('aac', 9);
    expect(parse('aac').segments[0]?.mediaSequenceNumber).toBe(9);
    expect(live.rendition('aac').segment(3)).toBeUndefined();
    expect(live.init('aac', 0)?.toString()).toBe('a0');
  });

  it('knows what it has, what comes next, and what no honest player asks for', () => {
    beginStretch(0);
    addSegment('video', 6);
    addPart('video', 7, 0);
    const at = (sequence: number, part?: number) => ({ sequence, part });
    expect([at(0), at(6), at(6, 7), at(6, 8), at(7, 0)].map((position) => video().has(position))).toEqual([true, true, true, true, true]);
    expect([at(7), at(7, 1), at(8, 0)].map((position) => video().has(position))).toEqual([false, false, false]);
    expect([at(7), at(8), at(7, 3), at(8, 2)].map((position) => video().isTooFar(position))).toEqual([false, false, false, false]);
    expect([at(9), at(9, 0), at(7, 4), at(8, 3), at(1e15)].map((position) => video().isTooFar(position))).toEqual([true, true, true, true, true]);
    expect([video().isNext(7, 1), video().isNext(7, 0), video().isNext(7, 2), video().isNext(8, 0)]).toEqual([true, false, false, false]);
  });

  it('asked for a part that its segment came to an end without, waits for the next segment', () => {
    beginStretch(0);
    addSegment('video', 6, 0, 4);
    expect(video().has({ sequence: 6, part: 4 })).toBe(false);
    addPart('video', 7, 0);
    expect(video().has({ sequence: 6, part: 4 })).toBe(true);
  });
});

describe('those who wait', () => {
  const clock = new FakeClock();
  const waitFor = (sequence: number, part: number, gone = new AbortController().signal) =>
    video().waiting.until(() => video().has({ sequence, part }), { clock, limitMs: 6_000, gone });

  beforeEach(() => {
    beginStretch(0);
    addSegment('video', 0);
  });

  it('leave when it is there, and not before', async () => {
    const outcomes = [waitFor(1, 0), waitFor(1, 1)];
    addPart('video', 1, 0);
    expect(await outcomes[0]).toBe('there');
    expect(video().waiting.count).toBe(1);
    addPart('video', 1, 1);
    expect(await outcomes[1]).toBe('there');
    expect(video().waiting.count).toBe(0);
  });

  it('leave when their time is up or their connection is gone', async () => {
    const controller = new AbortController();
    const outcomes = [waitFor(1, 0), waitFor(1, 0, controller.signal)];
    controller.abort();
    expect(await outcomes[1]).toBe('gone');
    clock.advance(6_000);
    expect(await outcomes[0]).toBe('late');
    expect(video().waiting.count).toBe(0);
    expect(await waitFor(1, 0, controller.signal)).toBe('gone');
  });
});
