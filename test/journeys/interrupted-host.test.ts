// What a farmer's phone does in the middle of a show: a call, a reload, a closed tab, another network, a proxy that ends web
// sockets, the neighbour's phone. One viewer watches all of it without touching anything: one show, one replay.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Replay } from '../../server/protocol/replay.ts';
import { launchBrowser, openVisitor, soundLevel, type Visitor } from '../support/browser.ts';
import { FrailNetwork } from '../support/frail-network.ts';
import { comeBackFromApp, hangUp, installPhone, leaveForApp, ring } from '../support/phone-call.ts';
import { firstFrameSentAfter, nextFrames, pictureWatchScript, receptionBetween } from '../support/picture-watch.ts';
import { freePort } from '../support/server-process.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let network: FrailNetwork;
let link: string;
let farmer: Visitor;
let viewer: Visitor;

const snapshot = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body;
const sends = (page: Page) => page.locator('fieldcast-studio[state=live]').waitFor();
const player = (state: string) => viewer.page.locator(`fieldcast-player[state=${state}]`);

async function phone(): Promise<Visitor> {
  const visitor = await openVisitor(browser, { camera: 'small' });
  await visitor.context.addInitScript(installPhone);
  await network.lead(visitor.context);
  return visitor;
}

/** What is said of the show when the viewer has a picture that was sent after a moment. */
async function pictureFrom(momentMs: number): Promise<object> {
  await firstFrameSentAfter(viewer.page, momentMs);
  await player('live').waitFor();
  const { show, viewers } = await snapshot();
  return { status: show.status, viewers, endedAt: show.endedAt };
}
const GOES_ON = { status: 'live', viewers: 1, endedAt: null };

beforeAll(async () => {
  const rtcPort = await freePort();
  [app, browser] = await Promise.all([startApp({ env: { FIELDCAST_RTC_PORT: String(rtcPort) } }), launchBrowser()]);
  network = await FrailNetwork.open({ url: app.url, rtcPort });
  market = await openMarket(app, [10]);
  farmer = await phone();
  link = network.through(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.goto(link);
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await sends(farmer.page);
  viewer = await openVisitor(browser, { locale: 'en' });
  await viewer.context.addInitScript(pictureWatchScript());
  await viewer.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
  await nextFrames(viewer.page, 5);
});
afterEach(() => network.clear());
afterAll(async () => {
  await browser?.close();
  network?.close();
  await app?.close();
});

describe('a show goes on', () => {
  it('after a call that took camera and microphone away, with picture and voice', async () => {
    await ring(farmer.page);
    await farmer.page.waitForTimeout(2_000);
    expect((await snapshot()).show.status).not.toBe('ended');
    await hangUp(farmer.page);
    expect(await pictureFrom(Date.now())).toEqual(GOES_ON);
    expect(await soundLevel(viewer.page.locator('fieldcast-player video'))).toBeGreaterThan(0.01);
  });

  it('after another app was in front', async () => {
    await leaveForApp(farmer.page);
    await farmer.page.waitForTimeout(2_000);
    await comeBackFromApp(farmer.page);
    expect(await pictureFrom(Date.now())).toEqual(GOES_ON);
    expect(await soundLevel(viewer.page.locator('fieldcast-player video'))).toBeGreaterThan(0.01);
  });

  it('after a reload', async () => {
    const leftAt = Date.now();
    await farmer.page.reload();
    await sends(farmer.page);
    expect(await pictureFrom(leftAt)).toEqual(GOES_ON);
  });

  it('after its tab was closed and opened again from the same link, with the shelf selling meanwhile', async () => {
    await farmer.page.close();
    await player('paused').waitFor();
    await viewer.page.getByRole('button', { name: /^Shelf/ }).click();
    await viewer.page.getByRole('button', { name: 'Add Apples 1 to the cart' }).waitFor();
    const backAt = Date.now();
    farmer.page = await farmer.context.newPage();
    await farmer.page.goto(link);
    await sends(farmer.page);
    expect(await pictureFrom(backAt)).toEqual(GOES_ON);
  });

  it('when the phone goes from Wi-Fi to 4G', async () => {
    network.move();
    expect(await pictureFrom(Date.now())).toEqual(GOES_ON);
    await sends(farmer.page);
  });

  it('through a proxy that ends web sockets', async () => {
    network.webSocketLifeMs = 2_500;
    const from = Date.now();
    network.cutWebSockets();
    await farmer.page.waitForTimeout(6_000);
    network.webSocketLifeMs = null;
    expect(await pictureFrom(Date.now())).toEqual(GOES_ON);
    const { longestGapMs } = await receptionBetween(viewer.page, from, Date.now());
    expect(longestGapMs).toBeLessThan(3_000);
  });

  it('from another phone, once its holder has said so, and the one before is told', async () => {
    const neighbour = await phone();
    await neighbour.page.goto(network.through(await hostLink(app.call, app.operatorToken, market.show.id)));
    await neighbour.page.getByText('另一部手机正在播这一场').waitFor();
    expect(await farmer.page.locator('fieldcast-studio').getAttribute('state')).toBe('live');
    const takenAt = Date.now();
    await neighbour.page.getByRole('button', { name: '换到这部手机播' }).click();
    await sends(neighbour.page);
    expect(await pictureFrom(takenAt)).toEqual(GOES_ON);
    await farmer.page.locator('fieldcast-studio[state=replaced]').waitFor();
    // Two phones that come back by themselves would take the show from each other for ever.
    const cutAt = Date.now();
    network.cutWebSockets();
    expect(await pictureFrom(cutAt + 1_000)).toEqual(GOES_ON);
    expect(await farmer.page.locator('fieldcast-studio').getAttribute('state')).toBe('replaced');
    expect(neighbour.complaints).toEqual([]);
  });

  it('and is one show and one replay in the end', async () => {
    await app.call('POST', `/api/v1/shows/${market.show.id}/end`, { token: market.hostToken, body: {} });
    const replay = async () => (await app.call<Replay>('GET', `/api/v1/shows/${market.show.id}/replay`)).body;
    await expect.poll(async () => (await replay()).state, { timeout: 10_000 }).toBe('ready');
    expect((await app.call('GET', '/api/v1/storage', { token: app.operatorToken })).body.recordings).toHaveLength(1);
    await player('replay').waitFor();
    expect(viewer.complaints).toEqual([]);
    expect(farmer.complaints).toEqual([]);
  });
});
