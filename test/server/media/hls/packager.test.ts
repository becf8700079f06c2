// The packager's input with a real host: Chromium sends, samples come out, ffmpeg decodes them.
import { spawnSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Packager } from '../../../../server/media/hls/packager.ts';
import { systemClock } from '../../../../server/platform/clock.ts';
import { BrowserHost } from '../../../support/browser-host.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { annexB, RecordingSink } from '../../../support/recording-sink.ts';
import { openTestMedia, type TestMedia } from '../../../support/test-media.ts';

let browser: Browser;
let opened: TestMedia;
beforeAll(async () => {
  browser = await launchBrowser();
  opened = await openTestMedia();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser.close();
  await opened.close();
});

function packager(streamId: string) {
  const sink = new RecordingSink();
  const made = new Packager({
    stream: opened.media.stream(streamId),
    sink,
    clock: systemClock,
    counted: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  return { sink, packager: made };
}

test('what a host sends comes out as samples without holes that decode', async () => {
  const { sink, packager: packaging } = packager('show-1');
  packaging.want();
  await BrowserHost.open(browser, opened.media.stream('show-1'));
  await expect.poll(() => sink.stretches[0]?.video.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(150);
  packaging.close();
  const [stretch] = sink.stretches;
  if (!stretch) throw new Error('no stretch');
  const decoded = spawnSync('ffmpeg', ['-hide_banner', '-v', 'error', '-f', 'h264', '-i', '-', '-f', 'null', '-'], { input: annexB(stretch) });
  expect(decoded.stderr.toString()).toBe('');
});
