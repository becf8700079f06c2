// What a viewer keeps through a bad quarter of an hour, with nobody touching the page: another address, a third of the packets lost, a
// proxy that ends web sockets. The picture comes back, nothing is shown twice, nothing is missing, and one viewer stays one viewer.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { FrailNetwork } from '../support/frail-network.ts';
import { firstFrameSentAfter, nextFrames, pictureWatchScript, receptionBetween } from '../support/picture-watch.ts';
import { freePort } from '../support/server-process.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let network: FrailNetwork;
let viewer: Visitor;
let page: Page;

const show = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body;
const path = (name: string) => page.locator(`fieldcast-player[state=live][path=${name}]`);
let said = 0;

/** The host says something in the chat, in order and by number. */
async function say(): Promise<void> {
  const body = { text: `Message ${(said += 1)}` };
  const headers = { 'idempotency-key': `message-of-the-host-${said}` };
  expect((await app.call('POST', `/api/v1/shows/${market.show.id}/messages`, { token: market.hostToken, headers, body })).status).toBe(201);
}

/** Each message once, in the order in which it was said. */
async function readsEverything(): Promise<void> {
  const words = page.locator('fieldcast-chat .message .words');
  await expect.poll(() => words.allInnerTexts()).toEqual(Array.from({ length: said }, (_, index) => `Message ${index + 1}`));
}

beforeAll(async () => {
  const rtcPort = await freePort();
  [app, browser] = await Promise.all([startApp({ env: { FIELDCAST_RTC_PORT: String(rtcPort) } }), launchBrowser()]);
  network = await FrailNetwork.open({ url: app.url, rtcPort });
  market = await openMarket(app, [10, 10]);
  const farmer = await openVisitor(browser, { camera: 'phone' });
  await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
  viewer = await openVisitor(browser, { locale: 'en' });
  page = viewer.page;
  await viewer.context.addInitScript(pictureWatchScript());
  await network.lead(viewer.context);
  await page.goto(`${network.url}/demo/shop.html?show=${market.show.id}`);
  await nextFrames(page, 5);
  await page.locator('fieldcast-live .to-chat').click();
  await page.locator('fieldcast-chat .composer').waitFor();
});
beforeEach(() => say());
afterEach(() => network.clear());
afterAll(async () => {
  await browser?.close();
  network?.close();
  await app?.close();
});

describe('one viewer', () => {
  it('goes on from another address, with the basket and the chat, and is not counted twice', async () => {
    await path('webrtc-udp').waitFor();
    network.move();
    const movedAt = Date.now();
    await say();
    expect((await firstFrameSentAfter(page, movedAt)) - movedAt).toBeLessThan(10_000);
    await readsEverything();
    await path('webrtc-udp').waitFor();
    await expect.poll(async () => (await show()).viewers).toBe(1);
  });

  it('keeps a moving picture while a third of the packets is lost, and a good one afterwards', async () => {
    const from = Date.now();
    network.up.set({ loss: 0.3 });
    network.down.set({ loss: 0.3 });
    await page.waitForTimeout(5_000);
    const bad = await receptionBetween(page, from, Date.now());
    expect(bad.frames).toBeGreaterThan(10);
    expect(await page.locator('fieldcast-player').getAttribute('path')).toBe('webrtc-udp');
    network.clear();
    await say();
    await readsEverything();
    await firstFrameSentAfter(page, Date.now());
    await path('webrtc-udp').waitFor();
    expect((await show()).viewers).toBe(1);
  });

  it('hardly notices a proxy that ends its web sockets', async () => {
    const from = Date.now();
    network.webSocketLifeMs = 2_500;
    network.cutWebSockets();
    for (let message = 0; message < 3; message += 1) {
      await page.waitForTimeout(2_000);
      await say();
    }
    await readsEverything();
    network.webSocketLifeMs = null;
    await firstFrameSentAfter(page, Date.now());
    const { longestGapMs } = await receptionBetween(page, from, Date.now());
    expect(longestGapMs).toBeLessThan(3_000);
    await expect.poll(async () => (await show()).viewers).toBe(1);
  });

  it('complained about nothing', () => {
    expect(viewer.complaints).toEqual([]);
  });
});
