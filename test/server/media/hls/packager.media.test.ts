// Packaging with real hosts: Chromium sends, segments come out, ffmpeg decodes them. All at once, as each mostly waits for its segments.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Segment } from '../../../../server/media/hls/segment.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { complaintsLater } from '../../../support/decoded.ts';
import { openHosted } from '../../../support/hosted-media.ts';
import { expectDecodable, feed, segmentsReach } from '../../../support/packaged.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const STREAM = 'show-1';

test.concurrent('a host becomes segments of at most 2 s that begin with key frames, numbered without a hole', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  const packaged = feed(media, STREAM);
  await host();
  await segmentsReach(packaged, 5);
  await media.closeStream(STREAM);
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
  await expectDecodable(packaged);
});

test.concurrent('nothing is packaged while nobody wants it', async (context) => {
  const { media, host, metrics } = await openHosted(browser, STREAM, context);
  await host();
  const asked = () => metrics.registry.getSingleMetricAsString('fieldcast_packaged_streams');
  expect(await asked()).toContain('fieldcast_packaged_streams 0');
  const packaged = feed(media, STREAM);
  await segmentsReach(packaged, 1);
  expect(await asked()).toContain('fieldcast_packaged_streams 1');
});

test.concurrent('of two layers the large one is packaged', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  const packaged = feed(media, STREAM);
  // Of a smaller one Chromium sends a single layer.
  await host({ isSimulcast: true, width: 640, height: 360 });
  await packaged.until(() => packaged.stretches.at(-1)?.stretch.video.width === 640 && packaged.stretches.at(-1)!.segments.length >= 2);
  expect(packaged.stretches.at(-1)?.stretch.video).toMatchObject({ width: 640, height: 360 });
  await expectDecodable(packaged);
});

test.concurrent('a host without a microphone is heard as silence', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  const packaged = feed(media, STREAM);
  await host({ hasAudio: false });
  await segmentsReach(packaged, 3);
  const [segment] = packaged.segments() as [Segment];
  expect(Math.abs(segment.opus.durationMs - segment.video.durationMs)).toBeLessThan(30);
  await expectDecodable(packaged);
});

test.concurrent('a host who sends VP8 is told to be no HLS, and refused as such', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  await host({ codec: 'video/VP8' });
  expect(media.stream(STREAM).info().hls).toBe(false);
  expect(() => media.hls.want(STREAM, 'video')).toThrow(expect.objectContaining({ code: 'media.unsupported' }));
  expect(() => media.hls.want('show-2', 'video')).toThrow(expect.objectContaining({ code: 'show.not-live' }));
});

test.concurrent('AAC is made of the Opus while somebody asks for it', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  await host();
  const pieces = () => {
    const window = media.hls.want(STREAM, 'aac');
    const { sequence = 0 } = window.rendition('aac').last ?? {};
    return [3, 2, 1].flatMap((back) => window.rendition('aac').segment(sequence - back) ?? []);
  };
  await context.expect.poll(() => pieces().length, { timeout: 40_000 }).toBe(3);
  const window = media.hls.find(STREAM);
  const [stretch] = window?.rendition('aac').stretches ?? [];
  const file = Buffer.concat([window?.init('aac', stretch as number) as Uint8Array, ...pieces()]);
  expect(await complaintsLater(file)).toBe('');
});
