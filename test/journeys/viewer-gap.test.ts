// What a viewer's page by HLS has missed after it was cut off: nothing. And a socket alone that is lost takes no picture with it.
// (A cut with WebRTC: network.test.ts.)
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openVisitor, type Visitor, waitForPicture } from '../support/browser.ts';
import { FrailNetwork } from '../support/frail-network.ts';
import { firstFrameSentAfter, nextFrames, pictureWatchScript, receptionBetween } from '../support/picture-watch.ts';
import { freePort } from '../support/server-process.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let network: FrailNetwork;
const open: Visitor[] = [];
let said = 0;

const show = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body;
const change = (method: string, path: string, body: object, headers?: Record<string, string>) => app.call(method, path, { token: market.hostToken, body, ...(headers ? { headers } : {}) });
const say = () => change('POST', `/api/v1/shows/${market.show.id}/messages`, { text: `Message ${(said += 1)}` }, { 'idempotency-key': `a-message-${said}` });
const pin = (...productIds: string[]) => change('PUT', `/api/v1/shows/${market.show.id}/pins`, { productIds });
const stock = (index: number, left: number) => change('PATCH', `/api/v1/variants/${market.products[index]!.variants[0]!.id}`, { stock: left });

/** @param isFrail over the network that can be cut */
async function watch(isFrail: boolean, prepare?: () => void): Promise<Page> {
  const viewer = await openVisitor(browser, { locale: 'en' });
  open.push(viewer);
  await viewer.context.addInitScript(pictureWatchScript());
  if (prepare) await viewer.context.addInitScript(prepare);
  if (isFrail) await network.lead(viewer.context);
  await viewer.page.goto(`${isFrail ? network.url : app.url}/demo/shop.html?show=${market.show.id}`);
  await waitForPicture(viewer.page.locator('fieldcast-player video'), { maxAgeMs: 8_000 });
  await viewer.page.locator('fieldcast-live .to-chat').click();
  await viewer.page.locator('fieldcast-chat .composer').waitFor();
  return viewer.page;
}

/** Everything that a page says of the show: chat, pins and their prices, stock on the shelf. */
const tells = async (page: Page) => ({
  chat: await page.locator('fieldcast-chat .message .words').allInnerTexts(),
  pins: await page.locator('fieldcast-player .pin .name').allInnerTexts(),
  // Not open, and still drawn.
  shelf: await page.locator('fieldcast-shelf .row').allTextContents(),
});

beforeAll(async () => {
  const rtcPort = await freePort();
  [app, browser] = await Promise.all([startApp({ env: { FIELDCAST_RTC_PORT: String(rtcPort) } }), launchBrowser()]);
  network = await FrailNetwork.open({ url: app.url, rtcPort });
  market = await openMarket(app, [10, 10, 10]);
  const farmer = await openVisitor(browser, { camera: 'small' });
  await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
});
afterEach(async () => {
  network.clear();
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  network?.close();
  await app?.close();
});

describe('a page that was cut off', () => {
  it('tells by HLS what a page tells that never was, each thing once', async () => {
    const [cut, whole] = await Promise.all([watch(true, withoutWebRtc), watch(false)]);
    await say();
    await expect.poll(async () => (await tells(cut)).chat.length, { timeout: 10_000 }).toBe(said);
    const { context } = open.find(({ page }) => page === cut) as Visitor;
    await network.cut(context);
    for (let left = 1; left <= 3; left += 1) {
      await say();
      await stock(left - 1, left);
      await pin(market.products[3 - left]!.id, market.products[0]!.id);
    }
    await cut.locator('fieldcast-recovery .pill').getByText('No network').waitFor();
    await network.restore(context);
    await firstFrameSentAfter(cut, Date.now());
    await expect.poll(async () => tells(cut), { timeout: 15_000 }).toEqual(await tells(whole));
    const { chat, shelf } = await tells(whole);
    expect(chat).toHaveLength(said);
    expect(shelf.map((row) => /Only (\d) left/.exec(row)?.[1])).toEqual(['1', '2', '3']);
    expect((await show()).viewers).toBe(2);
  });
});

describe('a proxy that ends a web socket', () => {
  it('takes no picture with it: the same connection goes on', async () => {
    const page = await watch(true, countWatching);
    await nextFrames(page, 5);
    const from = Date.now();
    network.cutWebSockets();
    await say();
    await page.locator('fieldcast-chat .message .words').getByText(`Message ${said}`, { exact: true }).waitFor();
    await firstFrameSentAfter(page, Date.now());
    const { longestGapMs } = await receptionBetween(page, from, Date.now());
    expect(longestGapMs).toBeLessThan(3_000);
    expect(await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual(['media.watch', 'media.adopt']);
    expect(await page.evaluate(() => window.pictureWatch.states.map(({ state }) => state))).not.toContain('reconnecting');
    expect((await show()).viewers).toBe(1);
  });
});

// In the page.

function withoutWebRtc(): void {
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
}

/** Writes down how the page asked for its picture. */
function countWatching(): void {
  const asked: string[] = [];
  Object.assign(globalThis, { asked });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const [, name] = /\["(media\.(?:watch|adopt))"/.exec(String(data)) ?? [];
    if (name) asked.push(name);
    send.call(this, data);
  };
}
