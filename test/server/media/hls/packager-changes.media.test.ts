// Packaging of hosts who come and go or change what they send: Chromium sends, stretches come out, ffmpeg decodes them.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { BrowserHost, type HostOptions } from '../../../support/browser-host.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { expectDecodable, feed, segmentsReach } from '../../../support/packaged.ts';
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

const STREAM = 'show-1';
const host = (options: HostOptions = {}) => BrowserHost.open(browser, opened.media.stream(STREAM), options);

test('a host who comes back, and another device of theirs, begin new stretches of one numbering', async () => {
  const packaged = feed(opened.media, STREAM);
  const first = await host();
  await segmentsReach(packaged, 2);
  await first.close();
  await expect.poll(() => opened.media.stream(STREAM).tracks.length, { timeout: 20_000 }).toBe(0);
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
  const packaged = feed(opened.media, STREAM);
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
  const packaged = feed(opened.media, STREAM);
  await host();
  await segmentsReach(packaged, 2);
  const stream = opened.media.stream(STREAM);
  for (const track of stream.tracks) await track.pause();
  await segmentsReach(packaged, 6);
  for (const track of stream.tracks) await track.resume();
  await segmentsReach(packaged, 8);
  expect(packaged.stretches).toHaveLength(1);
  expect(packaged.segments().every(({ isIndependent }) => isIndependent)).toBe(true);
  expectDecodable(packaged);
});

test('a picture of another size is another stretch', async () => {
  const packaged = feed(opened.media, STREAM);
  const phone = await host();
  await segmentsReach(packaged, 2);
  await phone.scale(2);
  await expect.poll(() => packaged.stretches[1]?.segments.length ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(packaged.stretches[1]?.stretch.video).toMatchObject({ width: 320, height: 180 });
  expectDecodable(packaged);
});
