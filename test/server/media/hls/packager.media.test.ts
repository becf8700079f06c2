// Packaging with real hosts: Chromium sends, segments come out, ffmpeg decodes them.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Segment, Stretch } from '../../../../server/media/hls/segment.ts';
import { BrowserHost, type HostOptions } from '../../../support/browser-host.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { complaints } from '../../../support/decoded.ts';
import { openTestMedia, type TestMedia, workerPids } from '../../../support/test-media.ts';

let browser: Browser;
let opened: TestMedia;
beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  opened = await openTestMedia();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await opened.close();
});
afterAll(() => browser.close());

interface Packaged {
  stretches: { stretch: Stretch; segments: Segment[] }[];
  segments(): Segment[];
  stop(): void;
}

function feed(streamId = 'show-1'): Packaged {
  const stretches: Packaged['stretches'] = [];
  const stop = opened.media.feed(streamId, {
    stretchStarted: (stretch) => stretches.push({ stretch, segments: [] }),
    segmentEnded: (segment) => stretches.find(({ stretch }) => stretch.index === segment.stretch)?.segments.push(segment),
  });
  return { stretches, segments: () => stretches.flatMap(({ segments }) => segments), stop };
}

const host = (options: HostOptions = {}, streamId = 'show-1') => BrowserHost.open(browser, opened.media.stream(streamId), options);
async function segmentsReach(packaged: Packaged, count: number): Promise<void> {
  await expect.poll(() => packaged.segments().length, { timeout: 40_000, interval: 100 }).toBeGreaterThanOrEqual(count);
}

/** Decodes every stretch and expects not a word of complaint. */
function expectDecodable({ stretches }: Packaged): void {
  for (const { stretch, segments } of stretches) {
    for (const track of ['video', 'opus'] as const) {
      const file = Buffer.concat([stretch.init[track], ...segments.map((segment) => segment[track].bytes)]);
      expect(complaints(file), `${track} of stretch ${stretch.index}`).toBe('');
    }
  }
}

test('a host becomes segments of at most 2 s that begin with key frames, numbered without a hole', async () => {
  const packaged = feed();
  await host();
  await segmentsReach(packaged, 5);
  await opened.media.closeStream('show-1');
  expect(packaged.stretches).toHaveLength(1);
  const segments = packaged.segments();
  expect(segments.every(({ isIndependent }) => isIndependent)).toBe(true);
  expect(Math.max(...segments.map(({ video }) => video.durationMs))).toBeLessThanOrEqual(2_000);
  expect(segments.map(({ sequence }) => sequence - (segments[0]?.sequence ?? 0))).toEqual(segments.map((_, index) => index));
  // Neither track runs away from the other, nor from the server's clock; the first reports may still move that.
  const total = (of: (segment: Segment) => number) => segments.reduce((sum, segment) => sum + of(segment), 0);
  const [videoMs, opusMs] = [total(({ video }) => video.durationMs), total(({ opus }) => opus.durationMs)];
  expect(Math.abs(videoMs - opusMs)).toBeLessThan(100);
  const last = segments.at(-1) as Segment;
  expect(Math.abs(last.at + last.video.durationMs - (segments[0] as Segment).at - videoMs)).toBeLessThan(400);
  expectDecodable(packaged);
});

test('nothing is packaged while nobody wants it', async () => {
  await host();
  const asked = () => opened.metrics.registry.getSingleMetricAsString('fieldcast_packaged_streams');
  expect(await asked()).toContain('fieldcast_packaged_streams 0');
  const packaged = feed();
  await segmentsReach(packaged, 1);
  expect(await asked()).toContain('fieldcast_packaged_streams 1');
});

test('a host who comes back, and another device of theirs, begin new stretches of one numbering', async () => {
  const packaged = feed();
  const first = await host();
  await segmentsReach(packaged, 2);
  await first.close();
  await expect.poll(() => opened.media.stream('show-1').tracks.length, { timeout: 20_000 }).toBe(0);
  await host();
  await expect.poll(() => packaged.stretches[1]?.segments.length ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  await host({ width: 320, height: 180 });
  await expect.poll(() => packaged.stretches.at(-1)?.stretch.video.width, { timeout: 20_000 }).toBe(320);
  await expect.poll(() => packaged.stretches.at(-1)?.segments.length ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  const numbers = packaged.segments().map(({ sequence }) => sequence);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] as number) + index));
  expectDecodable(packaged);
});

test('a worker that dies costs a stretch and not the packaging', async () => {
  const packaged = feed();
  await host();
  await segmentsReach(packaged, 1);
  // The peers of the test have a worker too; the server's is the older one.
  process.kill((await workerPids())[0] as number, 'SIGKILL');
  await opened.next('worker.died');
  await host();
  await expect.poll(() => packaged.stretches[1]?.segments.length ?? 0, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
  expectDecodable(packaged);
});

test('a camera that is switched off leaves its last picture standing, a microphone silence', async () => {
  const packaged = feed();
  await host();
  await segmentsReach(packaged, 2);
  const stream = opened.media.stream('show-1');
  for (const track of stream.tracks) await track.pause();
  await segmentsReach(packaged, 6);
  for (const track of stream.tracks) await track.resume();
  await segmentsReach(packaged, 8);
  expect(packaged.stretches).toHaveLength(1);
  expect(packaged.segments().every(({ isIndependent }) => isIndependent)).toBe(true);
  expectDecodable(packaged);
});

test('a picture of another size is another stretch', async () => {
  const packaged = feed();
  const phone = await host();
  await segmentsReach(packaged, 2);
  await phone.scale(2);
  await expect.poll(() => packaged.stretches[1]?.segments.length ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(packaged.stretches[1]?.stretch.video).toMatchObject({ width: 320, height: 180 });
  expectDecodable(packaged);
});

test('of two layers the large one is packaged', async () => {
  const packaged = feed();
  await host({ isSimulcast: true });
  await expect.poll(() => packaged.stretches.at(-1)?.stretch.video.width, { timeout: 30_000 }).toBe(640);
  await expect.poll(() => packaged.stretches.at(-1)?.segments.length ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expectDecodable(packaged);
});

test('a host without a microphone is heard as silence', async () => {
  const packaged = feed();
  await host({ hasAudio: false });
  await segmentsReach(packaged, 3);
  const [segment] = packaged.segments() as [Segment];
  expect(Math.abs(segment.opus.durationMs - segment.video.durationMs)).toBeLessThan(30);
  expectDecodable(packaged);
});

test('a host who sends VP8 is told to be no HLS, and refused as such', async () => {
  await host({ codec: 'video/VP8' });
  expect(opened.media.stream('show-1').info().hls).toBe(false);
  expect(() => opened.media.hls.want('show-1', 'video')).toThrow(expect.objectContaining({ code: 'media.unsupported' }));
  expect(() => opened.media.hls.want('show-2', 'video')).toThrow(expect.objectContaining({ code: 'show.not-live' }));
});

test('AAC is made of the Opus while somebody asks for it', async () => {
  await host();
  const pieces = () => {
    const window = opened.media.hls.want('show-1', 'aac');
    const { sequence = 0 } = window.rendition('aac').last ?? {};
    return [3, 2, 1].flatMap((back) => window.rendition('aac').segment(sequence - back) ?? []);
  };
  await expect.poll(() => pieces().length, { timeout: 40_000 }).toBe(3);
  const window = opened.media.hls.find('show-1');
  const [stretch] = window?.rendition('aac').stretches ?? [];
  const file = Buffer.concat([window?.init('aac', stretch as number) as Uint8Array, ...pieces()]);
  expect(complaints(file)).toBe('');
});
