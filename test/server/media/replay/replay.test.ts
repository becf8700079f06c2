import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import HlsParser from 'hls-parser';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answerFile } from '../../../../server/media/replay/file-answer.ts';
import { makeTake, probe, type Take } from '../../../support/recorded-segments.ts';
import { openStand, recordAll, type ReplayStand } from '../../../support/replay-stand.ts';

// One show: 14 s, then the host comes back with a smaller picture for 6 s.
let stand: ReplayStand;
let first: Take;
let second: Take;
let http: FastifyInstance;
let url: string;
let out: string;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'fieldcast-out-'));
  first = await makeTake({ seconds: 14 });
  second = await makeTake({ seconds: 6, size: '160x120', at: first.stretch.at + 60_000, stretch: 1, sequence: first.segments.length });
  stand = await openStand();
  await recordAll(stand.replays, 'shw_one', first, second);
  await recordAll(stand.replays, 'shw_long', first);
  await recordAll(stand.replays, 'shw_same', first, { ...first, stretch: { ...first.stretch, index: 1 }, segments: first.segments.map((each) => ({ ...each, stretch: 1 })) });

  http = fastify({ routerOptions: { maxParamLength: 128 } });
  http.get('/hls/:showId/:name', async (request, reply) => {
    const { showId, name } = request.params as { showId: string; name: string };
    const list = { 'index.m3u8': 'index', 'video.m3u8': 'video', 'audio.m3u8': 'opus' } as const;
    return reply.type('application/vnd.apple.mpegurl').send(await stand.replays.vodPlaylist(showId, list[name as keyof typeof list]));
  });
  http.get('/hls/:showId/recording/:file', async (request, reply) => {
    const { showId, file } = request.params as { showId: string; file: string };
    const found = await stand.replays.recordedFile(showId, file);
    return found ? answerFile(request, reply, found) : reply.code(404).send();
  });
  url = await http.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await http.close();
  await stand.close();
  await rm(out, { recursive: true });
});

async function download(streamId: string, range?: { fromMs?: number; toMs?: number }): Promise<{ file: string; told: number; written: number }> {
  const { stream, contentLength } = await stand.replays.mp4(streamId, range);
  const file = join(out, `${streamId}-${range?.fromMs ?? 'all'}-${range?.toMs ?? ''}.mp4`);
  const target = createWriteStream(file);
  await pipeline(stream, target);
  return { file, told: contentLength, written: target.bytesWritten };
}

describe('a replay over HTTP', () => {
  it('is read to the end by an independent player without a complaint, in the length that was on the air', async () => {
    const { errors, video, audio } = await probe(`${url}/hls/shw_long/index.m3u8`);
    expect(errors).toBe('');
    expect(video.packets).toBe(14 * 25);
    expect(video.durationS).toBeCloseTo(14, 1);
    expect(audio.durationS).toBeCloseTo(14, 1);
  });

  it('has playlists that an independent parser takes, with segments of about 6 s that lie whole in the files', async () => {
    for (const name of ['video', 'opus'] as const) {
      const text = (await stand.replays.vodPlaylist('shw_one', name))!;
      const list = HlsParser.parse(text) as HlsParser.types.MediaPlaylist;
      expect(list.endlist).toBe(true);
      expect(list.playlistType).toBe('VOD');
      expect(list.segments.map((each) => each.discontinuity === true)).toEqual([false, false, false, true]);
      expect(list.segments.reduce((total, each) => total + each.duration, 0)).toBeCloseTo(20, 1);
      expect(Math.max(...list.segments.map((each) => Math.round(each.duration)))).toBeLessThanOrEqual(list.targetDuration);
      expect(list.segments[0]!.programDateTime?.getTime()).toBe(first.stretch.at);
      expect(list.segments[3]!.programDateTime?.getTime()).toBe(second.stretch.at);
    }
    const index = HlsParser.parse((await stand.replays.vodPlaylist('shw_one', 'index'))!) as HlsParser.types.MasterPlaylist;
    expect(index.variants[0]).toMatchObject({ uri: 'video.m3u8', resolution: { width: 320, height: 240 } });
  });
});

describe('a download', () => {
  it('holds the whole show in one MP4, with one timeline over a drop and another picture size', async () => {
    const { file, told, written } = await download('shw_one');
    expect(written).toBe(told);
    const { errors, video, audio } = await probe(file);
    expect(errors).toBe('');
    expect(video.packets).toBe(500);
    expect(video.durationS).toBeCloseTo(20, 1);
    expect(audio.durationS).toBeCloseTo(20, 1);
  });

  it('of one format is what it was recorded as, over a drop', async () => {
    const { file, told, written } = await download('shw_same');
    expect(written).toBe(told);
    const { errors, video } = await probe(file);
    expect(errors).toBe('');
    expect(video.packets).toBe(28 * 25);
  });

  it.each([
    ['inside one stretch', { fromMs: 5_000, toMs: 9_000 }, 5],
    ['over the drop', { fromMs: 12_100, toMs: 17_000 }, 5],
    ['to the end', { fromMs: 18_500 }, 2],
  ])('cuts a clip %s at the key frame before, in a plain MP4', async (_name, range, seconds) => {
    const { file, told, written } = await download('shw_one', range);
    expect(written).toBe(told);
    const { errors, video, audio } = await probe(file);
    expect(errors).toBe('');
    expect(video.durationS).toBeCloseTo(seconds, 1);
    expect(Math.abs(audio.durationS - seconds)).toBeLessThan(0.1);
  });
});

describe('names of files', () => {
  const at = 1_760_000_000_000;

  it.each([
    '../shw_same/index',
    '..%2Fshw_same%2Findex',
    '..%252f..%252ffieldcast.sqlite',
    '..\\shw_same\\index',
    '....//index',
    'index',
    'frames/0-480.webp',
    `./1-${at}-video.mp4`,
    `1-${at}-video.mp4/`,
    `1-${at}-video.mp4\0`,
    `1-${at}-video.mp4%00.txt`,
    `01-${at}-video.mp4`,
    `1-${at}-VIDEO.mp4`,
    `1-${at}-aac.mp4`,
    `9-${at}-video.mp4`,
    `1-${at + 1}-video.mp4`,
    `/etc/passwd`,
    'C:\\windows\\win.ini',
    '１-1760000000000-video.mp4',
    `1-${at}-video.mp4\n`,
    '',
    'x'.repeat(10_000),
  ])('that the playlist does not name lead nowhere: %j', async (name) => {
    expect(await stand.replays.recordedFile('shw_one', name)).toBeUndefined();
    const answer = await http.inject({ method: 'GET', url: `/hls/shw_one/recording/${encodeURIComponent(name)}` });
    expect([400, 404, 414]).toContain(answer.statusCode);
  });

  it.each(['..', '.', '', '../recordings/shw_one', 'shw_one/', 'shw_one/../shw_one', 'shw_one\0', 'x'.repeat(65), 'shw_öne', 'shw_none', 'shw_one-1.removed'])(
    'of streams that there are not lead nowhere either: %j',
    async (streamId) => {
      expect(await stand.replays.find(streamId)).toBeUndefined();
      expect(await stand.replays.recordedFile(streamId, `1-${at}-video.mp4`)).toBeUndefined();
      expect(await stand.replays.vodPlaylist(streamId, 'index')).toBeUndefined();
      expect(await stand.replays.frame(streamId, 0, 480)).toBeUndefined();
      expect(await stand.replays.remove(streamId)).toBe(false);
      await expect(stand.replays.mp4(streamId)).rejects.toMatchObject({ code: 'not-found' });
    },
  );
});

describe('downloads together', () => {
  it('are two at a time; a third is told when to come again, and gets its turn when somebody has gone', async () => {
    const one = await stand.replays.mp4('shw_one');
    const two = await stand.replays.mp4('shw_same');
    await expect(stand.replays.mp4('shw_one')).rejects.toMatchObject({ code: 'media.unavailable', headers: { 'retry-after': '15' } });

    const closed = once(one.stream, 'close');
    one.stream.destroy();
    await closed;
    const three = await stand.replays.mp4('shw_one');
    for (const { stream } of [two, three]) {
      stream.resume();
      await once(stream, 'close');
    }
  });

  it('read no further than the client does, and are cut off when it reads nothing for a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { stream, contentLength } = await stand.replays.mp4('shw_same');
      await once(stream, 'readable');
      expect(stream.readableLength).toBeLessThan(contentLength / 4);
      while (!stream.destroyed) {
        vi.advanceTimersByTime(61_000);
        await nextTurn();
      }
      expect(stream.readableEnded).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are clips beside whole shows, as many as are small', async () => {
    const whole = [await stand.replays.mp4('shw_one'), await stand.replays.mp4('shw_same')];
    const clips = [];
    for (let n = 0; n < 4; n += 1) clips.push(await stand.replays.mp4('shw_one', { fromMs: 0, toMs: 2_000 }));
    for (const { stream } of [...whole, ...clips]) stream.destroy();
    await Promise.all(whole.map(({ stream }) => once(stream, 'close')));
    const packing = Array.from({ length: 3 }, () => stand.replays.mp4('shw_one', { fromMs: 0, toMs: 2_000 }));
    const outcomes = await Promise.allSettled(packing);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') outcome.value.stream.destroy();
  });

  it('that are long clips, which everybody may ask for, do not keep the staff from the whole show', async () => {
    const own = await openStand();
    const recorder = await own.replays.record('shw_one');
    recorder.stretchStarted(second.stretch);
    const filler = Buffer.alloc(12e6);
    filler.writeUInt32BE(filler.length);
    filler.write('mdat', 4);
    for (const segment of second.segments.slice(0, 3)) {
      recorder.segmentEnded({ ...segment, video: { ...segment.video, bytes: Buffer.concat([segment.video.bytes, filler]) } });
      await vi.waitFor(async () => expect((await own.replays.find('shw_one'))?.durationMs).toBeGreaterThan(segment.at - second.stretch.at), { timeout: 5_000 });
    }
    await recorder.stop();
    const clip = () => own.replays.mp4('shw_one', { fromMs: 0 });
    const clips = [await clip(), await clip()];
    await expect(clip()).rejects.toMatchObject({ code: 'media.unavailable' });
    const shows = [await own.replays.mp4('shw_one'), await own.replays.mp4('shw_one')];
    for (const { stream } of [...clips, ...shows]) stream.destroy();
    await own.close();
  });

  it.each([
    ['behind the end', { fromMs: 20_001 }],
    ['before the beginning', { fromMs: -1 }],
    ['backwards', { fromMs: 5_000, toMs: 4_000 }],
    ['of nothing', { fromMs: 5_000, toMs: 5_000 }],
    ['of no number', { fromMs: Number.NaN }],
  ])('refuse a clip %s', async (_name, range) => {
    await expect(stand.replays.mp4('shw_one', range)).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

describe('pictures of a replay', () => {
  it('are the key frame at or before a moment, as WebP in the widths of pictures', async () => {
    const early = await stand.replays.frame('shw_one', 5_900, 160);
    const { format, width, height } = await sharp(early!).metadata();
    expect({ format, width, height }).toEqual({ format: 'webp', width: 160, height: 120 });
    expect((await sharp((await stand.replays.frame('shw_one', 0, 1080))!).metadata()).width).toBe(320);
    // The test picture counts seconds, so another moment looks different, and two in one segment are one.
    expect(await stand.replays.frame('shw_one', 4_000, 160)).toEqual(early);
    expect(await stand.replays.frame('shw_one', 9_000, 160)).not.toEqual(early);
  });

  it('are made once, also for many who ask at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => stand.replays.frame('shw_long', 2_500, 480)));
    for (const each of all) expect(each).toEqual(all[0]);
    expect((await readdir(join(stand.dataDir, 'recordings', 'shw_long', 'frames'))).sort()).toEqual(['1-1080.webp', '1-160.webp', '1-480.webp']);
  });

  it('of every moment do not fill the disk', async () => {
    const frames = join(stand.dataDir, 'recordings', 'shw_same', 'frames');
    await mkdir(frames);
    for (let n = 0; n < 600; n += 1) await writeFile(join(frames, `${100 + n}-160.webp`), '');
    expect(await stand.replays.frame('shw_same', 0, 480)).toBeInstanceOf(Uint8Array);
    expect(await readdir(frames)).toHaveLength(600);
    await rm(frames, { recursive: true });
  });

  it('are not made in the folder of a recording that is deleted meanwhile', async () => {
    const slow = join(stand.dataDir, 'slow-ffmpeg');
    await writeFile(slow, '#!/bin/sh\n: > "$0.begun"\nsleep 0.5\nexec ffmpeg "$@"\n', { mode: 0o700 });
    const own = await openStand({ ffmpeg: slow });
    await recordAll(own.replays, 'shw_one', second);
    const picture = own.replays.frame('shw_one', 0, 480);
    await vi.waitFor(() => access(`${slow}.begun`), { timeout: 5_000 });
    expect(await own.replays.remove('shw_one')).toBe(true);
    expect(await picture).toBeUndefined();
    expect(await readdir(join(own.dataDir, 'recordings'))).toEqual([]);
    await own.close();
  });

  it('are nothing, without a fault, where the recording is deleted while it is opened', async () => {
    const own = await openStand();
    await recordAll(own.replays, 'shw_one', second);
    const [picture, isRemoved] = await Promise.all([own.replays.frame('shw_one', 0, 480), own.replays.remove('shw_one')]);
    expect([picture, isRemoved]).toEqual([undefined, true]);
    await own.close();
  });

  it('are missing, without a fault, in other widths, without a decoder, and where the decoder fails', async () => {
    expect(await stand.replays.frame('shw_one', 0, 481)).toBeUndefined();
    for (const ffmpeg of ['/nowhere/ffmpeg', '/bin/false']) {
      const poor = await openStand({ ffmpeg });
      await recordAll(poor.replays, 'shw_one', second);
      expect(await poor.replays.frame('shw_one', 0, 160)).toBeUndefined();
      expect(await poor.replays.frame('shw_one', 3_000, 160)).toBeUndefined();
      await poor.close();
    }
  });
});

describe('the recordings of a server', () => {
  it('are listed from the oldest on, with the room they take', async () => {
    const list = await stand.replays.list();
    expect(list.map(({ streamId }) => streamId).sort()).toEqual(['shw_long', 'shw_one', 'shw_same']);
    const { bytes, freeBytes } = await stand.replays.storage();
    expect(bytes).toBe(list.reduce((total, each) => total + each.bytes, 0));
    expect(freeBytes).toBeGreaterThan(0);
  });

  it('are gone without a trace when they are deleted', async () => {
    const own = await openStand();
    await recordAll(own.replays, 'shw_one', second);
    const { stream } = await own.replays.mp4('shw_one');
    expect(await own.replays.remove('shw_one')).toBe(true);
    expect(await own.replays.find('shw_one')).toBeUndefined();
    expect(await own.replays.remove('shw_one')).toBe(false);
    expect(await readdir(join(own.dataDir, 'recordings'))).toEqual([]);
    stream.destroy();
    await own.close();
  });
});
