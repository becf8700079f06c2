// Figures of real browsers: what three devices really played is what the seller reads, on WebRTC and HLS, told by connection and by beacon.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ShowReport } from '../../server/protocol/analytics.ts';
import { HEARTBEAT_MS } from '../../server/protocol/telemetry.ts';
import { launchBrowser, PHONE } from '../support/browser.ts';
import { BrowserHost } from '../support/browser-host.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../support/start-app.ts';
import { PHONE_BROWSER } from '../truth/light-crowd.ts';

const SHORT_MS = 4_000;
const LONG_MS = 12_000;

let app: TestApp;
let browser: Browser;
let market: Market;
let host: BrowserHost;
const contexts: BrowserContext[] = [];

interface Watched {
  page: Page;
  /** What the picture has really moved on, ms, as the page itself sees it. */
  playedMs(): Promise<number>;
  /** Goes to another page, as people do. */
  leave(): Promise<void>;
}

async function watch({ byHls = false } = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en', hasTouch: true });
  contexts.push(context);
  if (byHls) await context.addInitScript(() => void Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
  await context.addInitScript(countPlaying);
  const page = await context.newPage();
  await page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
  const playedMs = () => page.evaluate(() => (globalThis as unknown as { playedMs: number }).playedMs);
  await vi.waitUntil(async () => (await playedMs()) > 0, { timeout: 30_000, interval: 50 });
  return { page, playedMs, leave: async () => void (await page.goto('about:blank')) };
}

/** In the page: adds up the time in which the picture moves on. */
function countPlaying(): void {
  const told = globalThis as unknown as { playedMs: number };
  told.playedMs = 0;
  let time = -1;
  let at = performance.now();
  const videoIn = (root: ParentNode): HTMLVideoElement | undefined => {
    for (const element of root.querySelectorAll('*')) {
      const found = element instanceof HTMLVideoElement ? element : element.shadowRoot && videoIn(element.shadowRoot);
      if (found) return found;
    }
    return undefined;
  };
  setInterval(() => {
    const video = videoIn(document);
    const now = performance.now();
    if (video && !video.paused && video.currentTime > 0 && time > 0 && video.currentTime !== time) told.playedMs += now - at;
    time = video?.currentTime ?? -1;
    at = now;
  }, 100);
}

const until = ({ playedMs }: Watched, ms: number) => vi.waitUntil(async () => (await playedMs()) >= ms, { timeout: 60_000, interval: 100 });

beforeAll(async () => {
  // For connections too: what a context says of itself reaches requests alone, and a headless browser is counted as a program.
  [app, browser] = await Promise.all([startApp(), launchBrowser([`--user-agent=${PHONE_BROWSER}`])]);
  market = await openMarket(app, [10]);
  host = await BrowserHost.whip(browser, `${app.url}/whip/${market.show.id}`, market.hostToken);
  await vi.waitUntil(async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body.show.status === 'live', { timeout: 10_000, interval: 50 });
  await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: [market.products[0]?.id] } });
});
afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await host?.close();
  await browser?.close();
  await app?.close();
});

it('what real browsers watched, saw and opened is what the seller reads', async () => {
  const [long, hls, short] = await Promise.all([watch(), watch({ byHls: true }), watch()]);
  await until(short, SHORT_MS);
  const played = { short: await short.playedMs(), long: 0, hls: 0 };
  await short.leave();
  await long.page.locator('fieldcast-player .pin').first().click();
  await long.page.keyboard.press('Escape');
  const order = await app.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!, 2), headers: { 'idempotency-key': 'an-order-of-truth' } });
  expect(order.status).toBe(201);
  await until(long, LONG_MS);
  await until(hls, LONG_MS);
  [played.long, played.hls] = await Promise.all([long.playedMs(), hls.playedMs()]);
  await Promise.all([long.leave(), hls.leave()]);

  const read = async (): Promise<ShowReport> => (await app.call<ShowReport>('GET', `/api/v1/analytics/shows/${market.show.id}`, { token: market.hostToken })).body;
  // The last batch of each goes as a beacon, which nobody waits for.
  await expect.poll(async () => Math.abs((await read()).figures.live.watchSeconds! * 1000 - (played.short + played.long + played.hls)), { timeout: 5_000 }).toBeLessThan(HEARTBEAT_MS);
  const { figures, quality, apart, products } = await read();
  expect(figures.live).toMatchObject({ reach: 3, entries: 3, viewers: 3, validViews: 3, starts: 3, failedStarts: 0, impressionPeople: 3, productClicks: 1, clickPeople: 1, orders: 1, units: 2, placedMinor: 2_000, paidMinor: 0, notFollowing: 3 });
  expect(figures.live.startP95Ms).toBeGreaterThan(0);
  expect(apart).toEqual([]);
  expect(products[0]).toMatchObject({ clicks: 1, orders: 1, units: 2 });
  const byPath = new Map(quality.paths.map(({ path, watchSeconds }) => [path, watchSeconds * 1000]));
  expect([...byPath.keys()].sort()).toEqual(['hls', 'udp']);
  expect(Math.abs((byPath.get('hls') as number) - played.hls)).toBeLessThan(HEARTBEAT_MS);
  expect(Math.abs((byPath.get('udp') as number) - played.long - played.short)).toBeLessThan(HEARTBEAT_MS);

  const raw = await fetch(`${app.url}/api/v1/analytics/shows/${market.show.id}/raw.jsonl`, { headers: { authorization: `Bearer ${market.hostToken}` } });
  const rows = (await raw.text()).trim().split('\n').map((line) => JSON.parse(line) as { device: number; event: string; ms: number | null });
  const watchedMs = [1, 2, 3].map((device) => rows.filter((row) => row.device === device && row.event === 'watch').reduce((sum, { ms }) => sum + (ms ?? 0), 0)).sort((a, b) => a - b);
  const truth = Object.values(played).sort((a, b) => a - b);
  for (const [index, ms] of watchedMs.entries()) expect(Math.abs(ms - (truth[index] as number))).toBeLessThan(HEARTBEAT_MS);
});
