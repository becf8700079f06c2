// Owns a media module with Chromium hosts that come and go in one test, and are gone when it is over.
import type { Browser } from 'playwright-core';
import type { TestContext } from 'vitest';
import { BrowserHost, type HostOptions } from './browser-host.ts';
import { openTestMedia, type TestMedia } from './test-media.ts';

export interface HostedMedia extends TestMedia {
  /** A host of the stream, of a small picture unless `options` ask for another. */
  host(options?: HostOptions): Promise<BrowserHost>;
}

/** @param given a media module that outlives the test; by default one of the test's own */
export async function openHosted(browser: Browser, streamId: string, { onTestFinished }: TestContext, given?: TestMedia): Promise<HostedMedia> {
  const opened = given ?? (await openTestMedia());
  const hosts: BrowserHost[] = [];
  onTestFinished(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    if (!given) await opened.close();
  });
  return {
    ...opened,
    async host(options = {}) {
      const host = await BrowserHost.open(browser, opened.media.stream(streamId), { width: 320, height: 180, ...options });
      hosts.push(host);
      return host;
    },
  };
}
