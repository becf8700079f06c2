// What a viewer has when there is no picture, or should be less of it: sound and stills with the reason, the choice of data, a page that is
// hidden, the card of a host who is away; and a browser inside an app that plays only when told to.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StreamInfo } from '../../../server/protocol/media.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE, pictureAge, type Visitor, waitForPicture } from '../../support/browser.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openSocket } from '../../support/socket.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let farmer: Visitor;
const open: Visitor[] = [];

const player = (page: Page) => page.locator('fieldcast-player');
const video = (page: Page) => page.locator('fieldcast-player video');
const why = (page: Page) => page.locator('fieldcast-stills .why');
const said = (page: Page, state: string, path: string) => page.locator(`fieldcast-player[state=${state}][path=${path}]`).waitFor();
const heard = (page: Page) => video(page).evaluate((element: HTMLVideoElement) => element.currentTime);

/** A late picture is one all the same. */
const LATE = { maxAgeMs: 6_000 };

/** Video packets that have come so far. */
const videoPackets = (page: Page) =>
  page.evaluate(async () => {
    let packets = 0;
    for (const connection of (globalThis as unknown as { connections: RTCPeerConnection[] }).connections) {
      for (const entry of (await connection.getStats()).values()) if (entry.type === 'inbound-rtp' && entry.kind === 'video') packets += entry.packetsReceived;
    }
    return packets;
  });

/** Whether no picture comes any more. */
async function isWithoutPicture(page: Page): Promise<boolean> {
  const before = await videoPackets(page);
  await page.waitForTimeout(300);
  return (await videoPackets(page)) === before;
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (!folder) return;
  // What fades in has done so.
  await page.waitForTimeout(2_200);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

interface WatchOptions {
  lang?: 'zh-CN' | 'en';
  isWide?: boolean;
  /** Runs in the page before anything else. */
  prepare?: () => void;
}

async function watch({ lang = 'en', isWide = false, prepare }: WatchOptions = {}): Promise<Visitor> {
  const viewer = await openVisitor(browser, { locale: lang, size: isWide ? DESKTOP : PHONE });
  open.push(viewer);
  await viewer.context.addInitScript(rememberConnections);
  if (prepare) await viewer.context.addInitScript(prepare);
  await viewer.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
  return viewer;
}

/** What the server sends of the show now. */
async function streamNow(): Promise<StreamInfo> {
  const socket = await openSocket(app.url);
  const { stream } = await socket.ask('show.join', { showId: market.show.id });
  socket.close();
  return stream;
}

/** As the host's page does on a thin uplink, or by the host's hand. */
async function pausePicture(paused: boolean, reason: 'host' | 'network' = 'network'): Promise<void> {
  const producerId = (await streamNow()).producers.find(({ kind }) => kind === 'video')?.id;
  await farmer.page.evaluate((input) => {
    (globalThis as unknown as { liveSocket: WebSocket }).liveSocket.send(`42["media.pause-producer",${JSON.stringify(input)}]`);
  }, { producerId, paused, reason });
}

/** In the farmer's page: keeps the live socket within reach. */
function rememberSocket(): void {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    Object.assign(globalThis, { liveSocket: this });
    send.call(this, data);
  };
}

/** Two pictures of the first product, which is pinned. */
async function pinWithPictures(): Promise<void> {
  const { products, hostToken: token, show } = market;
  const page = await browser.newPage();
  const pictures: string[] = [];
  for (const colour of ['#b3261e', '#d9a441']) {
    const bytes = await page.evaluate(drawApple, colour);
    const upload = await fetch(`${app.url}/api/v1/pictures`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' }, body: Buffer.from(bytes, 'base64') });
    pictures.push(((await upload.json()) as { id: string }).id);
  }
  await page.close();
  await app.call('PATCH', `/api/v1/products/${products[0]!.id}`, { token, body: { pictures } });
  await app.call('PUT', `/api/v1/shows/${show.id}/pins`, { token, body: { productIds: [products[0]!.id] } });
}

/** In a page: a PNG as base64. */
function drawApple(colour: string): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 600 });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = '#f4e9d2';
  context.fillRect(0, 0, 600, 600);
  context.fillStyle = colour;
  for (const [x, y] of [[210, 340], [390, 330], [300, 220]] as const) {
    context.beginPath();
    context.arc(x, y, 110, 0, 7);
    context.fill();
  }
  return canvas.toDataURL('image/png').split(',')[1]!;
}

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app, [10, 10]);
  await pinWithPictures();
  farmer = await openVisitor(browser, { camera: 'small' });
  await farmer.context.addInitScript(rememberSocket);
  await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe('a host whose network carries no picture', () => {
  it('is heard on; viewers see the product, and the picture again by itself', async () => {
    const { page, complaints } = await watch();
    await waitForPicture(video(page));
    await pausePicture(true);
    await said(page, 'live', 'audio');
    expect(await why(page).innerText()).toContain('seller’s network is weak');
    const before = await heard(page);
    await expect.poll(() => heard(page)).toBeGreaterThan(before + 0.3);
    await shoot(page, 'network-en');
    await pausePicture(false);
    await said(page, 'live', 'webrtc-udp');
    await page.locator('fieldcast-stills .stills').waitFor({ state: 'detached' });
    expect(await pictureAge(video(page))).toBeLessThan(1_000);
    expect(complaints).toEqual([]);
  });

  it('is heard by those who come meanwhile, who get the picture with everybody else; a camera that is covered on purpose is called so', async () => {
    await pausePicture(true, 'host');
    const { page } = await watch();
    await said(page, 'live', 'audio');
    expect(await why(page).innerText()).toContain('switched the camera off');
    await expect.poll(() => heard(page)).toBeGreaterThan(0.3);
    await pausePicture(false);
    await waitForPicture(video(page));
    await page.locator('fieldcast-stills .stills').waitFor({ state: 'detached' });
  });

  it('is heard over HLS as well', async () => {
    const { page } = await watch({ prepare: withoutWebRtc });
    await waitForPicture(video(page), LATE);
    await pausePicture(true);
    await said(page, 'live', 'audio');
    const before = await heard(page);
    await expect.poll(() => heard(page), { timeout: 10_000 }).toBeGreaterThan(before + 3);
    await pausePicture(false);
    await said(page, 'live', 'hls');
    await waitForPicture(video(page), LATE);
  });
});

describe('the use of data', () => {
  it('is measured and chosen in a sheet, and the choice remembered on the device', async () => {
    const { page, complaints } = await watch();
    await waitForPicture(video(page));
    await page.getByRole('button', { name: 'Data use' }).click();
    const sheet = page.locator('fieldcast-data-sheet');
    await expect.poll(() => sheet.locator('.now').innerText(), { timeout: 8_000 }).toMatch(/Now [\d.]+ MB in 10 minutes\s*[\d.]+ MB so far/);
    await shoot(page, 'data-en');
    await sheet.getByRole('radio', { name: /Sound only/ }).click();
    await said(page, 'live', 'audio');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Data use' }).evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await why(page).innerText()).toContain('save data');
    const packets = await videoPackets(page);
    const before = await heard(page);
    await expect.poll(() => heard(page)).toBeGreaterThan(before + 0.5);
    expect((await videoPackets(page)) - packets).toBeLessThan(5);

    await page.reload();
    await said(page, 'live', 'audio');
    await page.getByRole('button', { name: 'Data use' }).click();
    await sheet.getByRole('radio', { name: /Automatic/ }).click();
    await waitForPicture(video(page));
    await said(page, 'live', 'webrtc-udp');
    expect(complaints).toEqual([]);
  });

  it('begins small where the browser saves data, and says so', async () => {
    const { page } = await watch({ prepare: savingData });
    const told: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => void told.push(String(payload))));
    await page.reload();
    await waitForPicture(video(page));
    expect(await player(page).getAttribute('data-use')).toBe('save');
    expect(told.some((frame) => frame.includes('["media.want",{"picture":"small"'))).toBe(true);
    await page.getByRole('button', { name: 'Data use' }).click();
    await page.getByText('Your browser is set to save data').waitFor();
  });

  it('is that of sound alone over HLS when sound is chosen', async () => {
    const { page } = await watch({ prepare: withoutWebRtc });
    await waitForPicture(video(page), LATE);
    await player(page).evaluate((element: HTMLElement & { dataUse: string }) => void (element.dataUse = 'sound'));
    await said(page, 'live', 'audio');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const before = await heard(page);
    await expect.poll(() => heard(page)).toBeGreaterThan(before + 1);
    expect(asked.filter((path) => path.includes('/video'))).toEqual([]);
    expect(asked.some((path) => path.includes('/opus/'))).toBe(true);
  });
});

describe('a page that nobody looks at', () => {
  it('is sent no picture after a while, is heard on, and has the picture back without a word', async () => {
    const { page } = await watch();
    await waitForPicture(video(page));
    await page.getByRole('button', { name: 'Tap for sound' }).click();
    await page.evaluate(hidePage, true);
    await expect.poll(async () => isWithoutPicture(page), { timeout: 10_000 }).toBe(true);
    const before = await heard(page);
    await expect.poll(() => heard(page)).toBeGreaterThan(before + 0.3);
    await page.evaluate(hidePage, false);
    expect(await page.locator('fieldcast-stills .stills').count()).toBe(0);
    await waitForPicture(video(page));
    expect(await player(page).getAttribute('path')).toBe('webrtc-udp');
  });
});

describe('a browser inside an app', () => {
  it('that plays only within its bridge is asked within it', async () => {
    const { page } = await watch({ prepare: refusingUntilBridge });
    await page.getByRole('button', { name: 'Play the show' }).waitFor();
    await page.evaluate(() => (globalThis as unknown as { openBridge: () => void }).openBridge());
    await waitForPicture(video(page));
    await page.getByRole('button', { name: 'Play the show' }).waitFor({ state: 'detached' });
    expect(await video(page).evaluate((element: HTMLVideoElement) => [element.playsInline, element.hasAttribute('x5-playsinline')])).toEqual([true, true]);
  });

  it('that plays only by a tap is tapped', async () => {
    const { page } = await watch({ prepare: refusingUntilBridge });
    const tap = page.getByRole('button', { name: 'Play the show' });
    await tap.waitFor();
    await page.evaluate(() => (globalThis as unknown as { allow: () => void }).allow());
    await tap.click();
    await waitForPicture(video(page));
    expect(await tap.count()).toBe(0);
  });
});

describe('a host who is away', () => {
  it('is said to be back soon, with the time that the show waits, while the shelf sells', async () => {
    const { page } = await watch();
    await waitForPicture(video(page));
    const link = farmer.page.url();
    await farmer.page.goto('about:blank');
    await page.locator('fieldcast-player[state=paused]').waitFor();
    const card = page.locator('fieldcast-away-card .lobby');
    await expect.poll(() => card.innerText()).toMatch(/The show waits another (10:00|9:\d\d)/);
    await shoot(page, 'away-en');
    await page.getByRole('button', { name: /^Shelf/ }).click();
    await page.locator('fieldcast-shelf .add').first().click();
    await page.locator('.panel-foot .to-cart').waitFor();
    await farmer.page.goto(link);
    await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
    await waitForPicture(video(page));
    await card.waitFor({ state: 'detached' });
    await page.locator('fieldcast-stills .stills').waitFor({ state: 'detached' });
  });
});

// What follows runs in the page, so it uses nothing from here.

function rememberConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, { connections });
  const Native = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(settings?: RTCConfiguration) {
      super(settings);
      connections.push(this);
    }
  };
}

function withoutWebRtc(): void {
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
}

function savingData(): void {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true });
}

function hidePage(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** As in WeChat: refuses to play, but for what its bridge calls. */
function refusingUntilBridge(): void {
  const play = HTMLMediaElement.prototype.play;
  let isAllowed = false;
  const allowed = new WeakSet<HTMLMediaElement>();
  HTMLMediaElement.prototype.play = function () {
    if (isAllowed) allowed.add(this);
    return allowed.has(this) ? play.call(this) : Promise.reject(new DOMException('only by a tap', 'NotAllowedError'));
  };
  Object.assign(globalThis, {
    allow: () => (isAllowed = true),
    openBridge() {
      const invoke = (_name: string, _input: object, done: () => void): void => {
        isAllowed = true;
        done();
        isAllowed = false;
      };
      Object.assign(globalThis, { WeixinJSBridge: { invoke } });
      document.dispatchEvent(new Event('WeixinJSBridgeReady'));
    },
  });
}
