// Packaging with real hosts: Chromium sends, segments come out, ffmpeg decodes them.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Segment } from '../../../../server/media/hls/segment.ts';
import { BrowserHost, type HostOptions } from '../../../support/browser-host.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { complaints } from '../../../support/decoded.ts';
import { expectDecodable, feed, segmentsReach } from '../../../support/packaged.ts';
import { openTestMedia, type TestMedia } from '../../../support/test-media.ts';

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

const STREAM = 'show-1';
const host = (options: HostOptions = {}) => BrowserHost.open(browser, opened.media.stream(STREAM), options);

test('a host becomes segments of at most 2 s that begin with key frames, numbered without a hole', async () => {
  const packaged = feed(opened.media, STREAM);
  await host();
  await segmentsReach(packaged, 5);
  await opened.media.closeStream(STREAM);
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
  const packaged = feed(opened.media, STREAM);
  await segmentsReach(packaged, 1);
  expect(await asked()).toContain('fieldcast_packaged_streams 1');
});

test('of two layers the large one is packaged', async () => {
  const packaged = feed(opened.media, STREAM);
  await host({ isSimulcast: true });
  await expect.poll(() => packaged.stretches.at(-1)?.stretch.video.width, { timeout: 30_000 }).toBe(640);
  await expect.poll(() => packaged.stretches.at(-1)?.segments.length ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expectDecodable(packaged);
});

test('a host without a microphone is heard as silence', async () => {
  const packaged = feed(opened.media, STREAM);
  await host({ hasAudio: false });
  await segmentsReach(packaged, 3);
  const [segment] = packaged.segments() as [Segment];
  expect(Math.abs(segment.opus.durationMs - segment.video.durationMs)).toBeLessThan(30);
  expectDecodable(packaged);
});

test('a host who sends VP8 is told to be no HLS, and refused as such', async () => {
  await host({ codec: 'video/VP8' });
  expect(opened.media.stream(STREAM).info().hls).toBe(false);
  expect(() => opened.media.hls.want(STREAM, 'video')).toThrow(expect.objectContaining({ code: 'media.unsupported' }));
  expect(() => opened.media.hls.want('show-2', 'video')).toThrow(expect.objectContaining({ code: 'show.not-live' }));
});

test('AAC is made of the Opus while somebody asks for it', async () => {
  await host();
  const pieces = () => {
    const window = opened.media.hls.want(STREAM, 'aac');
    const { sequence = 0 } = window.rendition('aac').last ?? {};
    return [3, 2, 1].flatMap((back) => window.rendition('aac').segment(sequence - back) ?? []);
  };
  await expect.poll(() => pieces().length, { timeout: 40_000 }).toBe(3);
  const window = opened.media.hls.find(STREAM);
  const [stretch] = window?.rendition('aac').stretches ?? [];
  const file = Buffer.concat([window?.init('aac', stretch as number) as Uint8Array, ...pieces()]);
  expect(complaints(file)).toBe('');
});
