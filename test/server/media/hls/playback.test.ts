// Whether others can play what comes out: an independent parser reads the playlists, ffmpeg the media, over real HTTP.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as hls from 'hls-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Footage, makeFootage, playInto } from '../../../support/hls-samples.ts';
import { type HlsSite, openHlsSite } from '../../../support/hls-site.ts';

const run = promisify(execFile);
let site: HlsSite;
let footage: Footage;

beforeAll(async () => {
  site = await openHlsSite();
  footage = await makeFootage({ seconds: 9 });
});
afterAll(() => site.close());

const get = (path: string) => fetch(`${site.url}${path}`);
const text = async (path: string) => (await get(path)).text();

describe('a stream that is on the air', () => {
  beforeAll(() => {
    const { segmenter } = site.open('show-live', { sequence: 40 });
    playInto(segmenter, footage, 1_800_000_000_000, 8_100);
  });

  it('offers the picture with two kinds of sound', async () => {
    const playlist = hls.parse(await text('/hls/show-live/index.m3u8'));
    if (!playlist.isMasterPlaylist) throw new Error('not a multivariant playlist');
    expect(playlist.variants.map(({ codecs, uri }) => [codecs, uri])).toEqual([
      [expect.stringMatching(/^avc1\.42[0-9a-f]{4},opus$/), 'video.m3u8'],
      [expect.stringMatching(/^avc1\.42[0-9a-f]{4},mp4a\.40\.2$/), 'video.m3u8'],
    ]);
    expect(playlist.variants.map(({ audio }) => audio.map(({ uri }) => uri))).toEqual([['audio.m3u8'], ['aac.m3u8']]);
  });

  it.each(['video', 'audio'])('lists the parts of its %s', async (name) => {
    const playlist = hls.parse(await text(`/hls/show-live/${name}.m3u8`));
    if (playlist.isMasterPlaylist) throw new Error('not a media playlist');
    expect(playlist.targetDuration).toBe(2);

  });

  it('is decoded by ffmpeg from the first sample to the last', async () => {
    site.end('show-live');
    const { stdout, stderr } = await run('ffprobe', ['-v', 'warning', '-show_streams', '-of', 'json', `${site.url}/hls/show-live/video.m3u8`]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).streams[0]).toMatchObject({ codec_name: 'h264', width: 320, height: 180 });
    for (const name of ['video', 'audio']) {
      const decoded = await run('ffmpeg', ['-v', 'warning', '-i', `${site.url}/hls/show-live/${name}.m3u8`, '-f', 'null', '-']);
      expect(decoded.stderr).toBe('');
    }
  });
});

describe('a host who came back with another picture', () => {
  it('is decoded by ffmpeg over the break', async () => {
    const { segmenter } = site.open('show-returned', { sequence: 7 });
    const wide = await makeFootage({ seconds: 3, size: '480x270' });
    playInto(segmenter, { ...footage, samples: footage.samples.filter(({ sample }) => sample.at < 3_000) }, 1_800_000_000_000);
    playInto(segmenter, wide, 1_800_000_060_000);
    site.end('show-returned');
    const packets: number[] = [];
    for (const name of ['video', 'audio']) {
      // It warns of every discontinuity; what it cannot decode is an error.
      const args = ['-v', 'error', '-count_frames', '-count_packets', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', `${site.url}/hls/show-returned/${name}.m3u8`];
      const { stdout, stderr } = await run('ffprobe', args);
      expect(stderr).toBe('');
      packets.push(Number.parseInt(stdout, 10));
    }
    // 6 s of 25 pictures and 50 packets a second.
    expect(packets[0]).toBe(150);
    expect(packets[1]).toBeGreaterThanOrEqual(300);
  });
});
