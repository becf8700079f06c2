import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fastify, type FastifyInstance } from 'fastify';
import HlsParser from 'hls-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  http = fastify();
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

  it('needs no in-band parameter sets where the format stays', async () => {
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
