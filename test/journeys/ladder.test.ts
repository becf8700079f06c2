// What a viewer's page does where WebRTC does not get through: HLS without a question, pins in step with the late picture, and back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openVisitor, pictureAge, type Visitor, waitForPicture } from '../support/browser.ts';
import { FrailNetwork } from '../support/frail-network.ts';
import { freePort } from '../support/server-process.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

/** A late picture is one all the same. */
const LATE = { maxAgeMs: 6_000 };

let app: TestApp;
let browser: Browser;
let market: Market;
let farmer: Visitor;
let network: FrailNetwork;
const open: Visitor[] = [];

const video = (page: Page) => page.locator('fieldcast-player video');
const player = (page: Page) => page.locator('fieldcast-player');
const onPath = (page: Page, path: string, timeout: number) => page.locator(`fieldcast-player[path=${path}]`).waitFor({ timeout });
const pin = (...productIds: string[]) => app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds } });

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/ladder-${name}.png` });
}

/** In the page: as in the browsers inside some apps. */
const withoutWebRtc = () => void Reflect.deleteProperty(globalThis, 'RTCPeerConnection');

/** @param prepare runs in the page before anything else */
async function watch(prepare?: () => void): Promise<Visitor> {
  const viewer = await openVisitor(browser, { locale: 'en' });
  open.push(viewer);
  if (prepare) await viewer.context.addInitScript(prepare);
  else await network.lead(viewer.context);
  await viewer.context.addInitScript(watchSwitches);
  await viewer.page.goto(`${prepare ? app.url : network.url}/demo/shop.html?show=${market.show.id}`);
  return viewer;
}

/** On the network that is led through the relay, and no HLS comes either. */
async function watchWithoutHls(): Promise<Visitor> {
  const viewer = await openVisitor(browser, { locale: 'en' });
  open.push(viewer);
  await network.lead(viewer.context);
  await viewer.context.route('**/hls/**', (route) => route.abort());
  await viewer.page.goto(`${network.url}/demo/shop.html?show=${market.show.id}`);
  return viewer;
}

beforeAll(async () => {
  const rtcPort = await freePort();
  [app, browser] = await Promise.all([startApp({ env: { FIELDCAST_RTC_PORT: String(rtcPort) } }), launchBrowser()]);
  network = await FrailNetwork.open({ url: app.url, rtcPort });
  market = await openMarket(app, [10, 10]);
  farmer = await openVisitor(browser, { camera: 'small' });
  await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
});
afterEach(async () => {
  network.swallowsUdp = network.swallowsMediaTcp = false;
  await pin();
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  network?.close();
  await app?.close();
});

describe('a browser without WebRTC', () => {
  it('plays low-latency HLS, says so, and asks for nothing', async () => {
    const { page, complaints } = await watch(withoutWebRtc);
    await waitForPicture(video(page), LATE);
    await onPath(page, 'hls', 1_000);
    expect(await player(page).getAttribute('state')).toBe('live');
    expect(await video(page).evaluate((element: HTMLVideoElement) => element.muted && !element.paused)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('shows a pin when the picture has come to the moment at which it was pinned', async () => {
    const { page } = await watch(withoutWebRtc);
    await waitForPicture(video(page), LATE);
    await onPath(page, 'hls', 1_000);
    const seen = page.evaluate(() => (globalThis as unknown as { pinSeen: () => Promise<void> }).pinSeen()).then(() => Date.now());
    const pinnedAt = Date.now();
    await pin(market.products[0]!.id);
    const seenAt = await seen;
    const age = await pictureAge(video(page));
    const pictureWasOf = Date.now() - (age as number);
    // Reading the picture takes a moment, in which it goes on: the pin cannot have come earlier than it is found here.
    const lateBy = pictureWasOf - (Date.now() - seenAt) - pinnedAt;
    expect(Math.abs(lateBy)).toBeLessThan(1_000);
    expect(seenAt - pinnedAt).toBeGreaterThan(300);
  });

  it('tells the page the time of the picture, not the time of now', async () => {
    const { page } = await watch(withoutWebRtc);
    await waitForPicture(video(page), LATE);
    await onPath(page, 'hls', 1_000);
    const startedAt = (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body.show.startedAt as number;
    const age = (await pictureAge(video(page))) as number;
    const showTimeMs = await player(page).evaluate((element: HTMLElement & { showTimeMs: number }) => element.showTimeMs);
    expect(Math.abs(Date.now() - age - startedAt - showTimeMs)).toBeLessThan(1_000);
  });
});

describe('a viewer by HLS', () => {
  it('loads nothing while nobody looks, and is at the live edge again when somebody does', async () => {
    const { page } = await watch(withoutWebRtc);
    await waitForPicture(video(page), LATE);
    let asked = 0;
    page.on('request', (request) => void (asked += request.url().includes('/hls/') ? 1 : 0));
    await page.evaluate(hidePage, true);
    // Five seconds are given to somebody who only looks something up.
    await expect.poll(async () => ((asked = 0), await page.waitForTimeout(1_000), asked), { timeout: 15_000 }).toBe(0);
    await page.evaluate(hidePage, false);
    await waitForPicture(video(page), LATE);
    expect(await player(page).getAttribute('path')).toBe('hls');
  });

  it('sees the host come back on the same page', async () => {
    const viewer = await watch(withoutWebRtc);
    const { page } = viewer;
    await waitForPicture(video(page), LATE);
    const leftAt = Date.now();
    await farmer.page.reload();
    await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
    await expect.poll(async () => Date.now() - ((await pictureAge(video(page))) ?? Infinity), { timeout: 30_000 }).toBeGreaterThan(leftAt + 3_000);
    await page.locator('fieldcast-player[state=live][path=hls]').waitFor({ timeout: 10_000 });
    expect(viewer.complaints).toEqual([]);
  });
});

describe('a network that lets no WebRTC through', () => {
  it('gets HLS, at once on the next page, and WebRTC when that is possible again, without a gap; who gets no HLS either is told so', async () => {
    network.swallowsUdp = network.swallowsMediaTcp = true;
    // Both wait for what is tried to its end, so they wait at the same time.
    const [viewer, hopeless] = [await watch(), await watchWithoutHls()];
    const { page } = viewer;
    await waitForPicture(video(page), LATE);
    await onPath(page, 'hls', 1_000);
    // Both ways of WebRTC have been tried to their end; from now on this session knows.
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('fieldcast:webrtc-blocked')), { timeout: 15_000 }).toBe('1');
    await page.reload();
    await waitForPicture(video(page), LATE);
    await onPath(page, 'hls', 1_000);

    // The shelf stays open where no picture comes, and it plays when something gets through.
    await hopeless.page.getByText('The picture does not get through').waitFor({ timeout: 30_000 });
    expect(await player(hopeless.page).getAttribute('state')).toBe('unavailable');
    await shoot(hopeless.page, 'blocked');
    await hopeless.page.getByRole('button', { name: /^Shelf/ }).click();
    await hopeless.page.getByRole('button', { name: 'Add Apples 1 to the cart' }).waitFor();
    await hopeless.context.unroute('**/hls/**');
    await hopeless.page.locator('fieldcast-player[state=live][path=hls]').waitFor({ timeout: 20_000 });

    network.swallowsUdp = network.swallowsMediaTcp = false;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('fieldcast-player[path^=webrtc]').waitFor({ timeout: 20_000 });
    await waitForPicture(video(page), { maxAgeMs: 1_000, timeoutMs: 5_000 });
    expect(await page.evaluate(() => (globalThis as unknown as { states: string[] }).states)).not.toContain('reconnecting');
    expect(viewer.complaints).toEqual([]);
  });

  it('goes over to HLS in the middle of the show, and keeps the last picture until then', async () => {
    const { page } = await watch();
    await waitForPicture(video(page));
    await onPath(page, 'webrtc-udp', 5_000);
    network.swallowsUdp = network.swallowsMediaTcp = true;
    await onPath(page, 'hls', 15_000);
    await waitForPicture(video(page), LATE);
    expect(await player(page).getAttribute('state')).toBe('live');
    expect(await page.evaluate(() => (globalThis as unknown as { gaps: number }).gaps)).toBe(0);
  });
});

describe('a gated show', () => {
  const gate = (body: object) => app.call('PUT', `/api/v1/shows/${market.show.id}/gate`, { token: market.hostToken, body });

  it('plays by HLS for those who are in, by addresses that carry a pass and requests that carry no token', async () => {
    expect((await gate({ needsCode: true, code: 'APPLES26' })).status).toBe(200);
    const { page } = await watch(withoutWebRtc);
    const requests: { path: string; token: string | undefined }[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/hls/')) requests.push({ path: pathname, token: request.headers()['authorization'] });
    });
    await page.locator('fieldcast-code-card input').fill('APPLES26');
    expect(requests).toEqual([]);
    await page.locator('fieldcast-code-card button').click();
    await waitForPicture(video(page), LATE);
    expect(requests.length).toBeGreaterThan(4);
    expect(requests.filter(({ path, token }) => token !== undefined || !/^\/hls\/[^/]+\/[^/]+\/(?:\w+\.m3u8|(?:video|opus)\/[\w.-]+)$/.test(path))).toEqual([]);
    await gate({ needsCode: false });
  });
});

/** In the page: what the browser says when its tab is left, or is looked at again. */
function hidePage(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** In the page: counts moments in which neither the video nor a still over it has a picture, and writes down what the player says. */
function watchSwitches(): void {
  const states: string[] = [];
  const watched = { states, gaps: 0, pinSeen: () => seen() };
  Object.assign(globalThis, watched);
  document.addEventListener('fieldcast-state-change', (event) => states.push((event as CustomEvent<{ state: string }>).detail.state));
  const root = () => document.querySelector('fieldcast-live')?.shadowRoot?.querySelector('fieldcast-player')?.shadowRoot ?? null;
  let hadPicture = false;
  const look = (): void => {
    const element = root()?.querySelector('video');
    const hasPicture = element != null && (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA || root()?.querySelector('canvas') != null);
    if (hadPicture && !hasPicture) (globalThis as unknown as { gaps: number }).gaps += 1;
    hadPicture = hasPicture;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const seen = () =>
    new Promise<void>((resolve) => {
      const find = () => (root()?.querySelector('.pin') ? resolve() : void requestAnimationFrame(find));
      find();
    });
}
