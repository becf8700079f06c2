// Packaging of hosts who come and go or change what they send: Chromium sends, stretches come out, ffmpeg decodes them. All at once, as each
// mostly waits for its segments.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { openHosted } from '../../../support/hosted-media.ts';
import { expectDecodable, feed, segmentsReach } from '../../../support/packaged.ts';
import { openTestMedia, type TestMedia, workerPids } from '../../../support/test-media.ts';

let browser: Browser;
/** One whose worker will be killed, opened while there is no other. */
let mortal: TestMedia;
let mortalPid: number;
beforeAll(async () => {
  [browser, mortal] = await Promise.all([launchBrowser(), openTestMedia()]);
  // The peers of the test have a worker too; the server's is the older one.
  [mortalPid] = (await workerPids()) as [number];
});
afterAll(async () => {
  await browser?.close();
  await mortal?.close();
});

const STREAM = 'show-1';

test.concurrent('a host who comes back, and another device of theirs, begin new stretches of one numbering', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  const packaged = feed(media, STREAM);
  const first = await host();
  await segmentsReach(packaged, 2);
  await first.close();
  await context.expect.poll(() => media.stream(STREAM).tracks.length, { timeout: 20_000 }).toBe(0);
  await host();
  await packaged.until(() => (packaged.stretches[1]?.segments.length ?? 0) >= 1);
  await host({ width: 480, height: 270 });
  await packaged.until(() => packaged.stretches.at(-1)?.stretch.video.width === 480 && packaged.stretches.at(-1)!.segments.length >= 2);
  const numbers = packaged.segments().map(({ sequence }) => sequence);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] as number) + index));
  await expectDecodable(packaged);
});

test.concurrent('a worker that dies costs a stretch and not the packaging', async (context) => {
  const { media, host, next } = await openHosted(browser, STREAM, context, mortal);
  const packaged = feed(media, STREAM);
  await host();
  await segmentsReach(packaged, 1);
  const died = next('worker.died');
  process.kill(mortalPid, 'SIGKILL');
  await died;
  await host();
  await packaged.until(() => (packaged.stretches[1]?.segments.length ?? 0) >= 1);
  expect(packaged.stretches).toHaveLength(2);
  await expectDecodable(packaged);
});

test.concurrent('a camera that is switched off leaves its last picture standing, a microphone silence', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  const packaged = feed(media, STREAM);
  await host();
  await segmentsReach(packaged, 2);
  const stream = media.stream(STREAM);
  for (const track of stream.tracks) await track.pause();
  await segmentsReach(packaged, 5);
  for (const track of stream.tracks) await track.resume();
  await segmentsReach(packaged, 7);
  expect(packaged.stretches).toHaveLength(1);
  expect(packaged.segments().every(({ isIndependent }) => isIndependent)).toBe(true);
  await expectDecodable(packaged);
});

test.concurrent('a picture of another size is another stretch', async (context) => {
  const { media, host } = await openHosted(browser, STREAM, context);
  const packaged = feed(media, STREAM);
  const phone = await host();
  await segmentsReach(packaged, 2);
  await phone.scale(2);
  await packaged.until(() => (packaged.stretches[1]?.segments.length ?? 0) >= 2);
  expect(packaged.stretches[1]?.stretch.video).toMatchObject({ width: 160, height: 90 });
  await expectDecodable(packaged);
});
