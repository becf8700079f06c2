// An independent client of both protocols, npm whip-whep, in a real browser on a page of another origin: sends by WHIP, plays by WHEP.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, openVisitor, pictureAge, waitForPicture } from '../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

const require = createRequire(import.meta.url);

let browser: Browser;
let site: Server;
let siteUrl: string;
let market: TestApp;
let show: Market;

beforeAll(async () => {
  browser = await launchBrowser();
  site = createServer((request, response) => void serve(request.url ?? '/').then(({ type, body }) => response.setHeader('content-type', type).end(body)));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  siteUrl = `http://127.0.0.1:${(site.address() as { port: number }).port}`;
});
beforeEach(async () => {
  market = await startApp();
  show = await openMarket(market);
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await market.close();
});
afterAll(async () => {
  await browser.close();
  site.close();
});

test('a picture goes in by WHIP and comes out by WHEP within a second, and the show follows', async () => {
  const publisher = await openPage({ camera: 'phone' });
  const connected = publish(publisher);
  await connected;
  expect((await status()).status).toBe('live');

  const viewer = await openPage();
  await play(viewer);
  await waitForPicture(viewer.locator('video'), { maxAgeMs: 1_000, timeoutMs: 15_000 });
  expect(await received(viewer)).toEqual({ video: 'video/H264', audio: 'audio/opus' });

  await publisher.evaluate('window.client.stop()');
  await expect.poll(async () => (await status()).status, { timeout: 5_000 }).toBe('paused');
});

test('an ICE restart by the publisher keeps session and picture', async () => {
  const publisher = await openPage({ camera: 'phone' });
  await publish(publisher);
  const viewer = await openPage();
  await play(viewer);
  const video = viewer.locator('video');
  await waitForPicture(video);
  await publisher.evaluate('window.client.restart()');
  await publisher.waitForFunction('window.pc.iceConnectionState === "connected" || window.pc.iceConnectionState === "completed"');
  const before = await framesDecoded(viewer);
  await expect.poll(() => framesDecoded(viewer), { timeout: 10_000 }).toBeGreaterThan(before + 30);
  expect(await pictureAge(video)).toBeLessThan(1_500);
  expect((await status()).status).toBe('live');
});

test('two layers by rid arrive as two, and a viewer gets a picture of them', async () => {
  const publisher = await openPage({ camera: 'phone' });
  await publish(publisher, { simulcast: true });
  const tracks = () =>
    publisher.evaluate<number>(
      'window.pc.getStats().then((stats) => [...stats.values()].filter((each) => each.type === "outbound-rtp" && each.kind === "video").length)',
    );
  // An encoder is in the statistics once it has begun.
  await expect.poll(tracks).toBe(2);
  const viewer = await openPage();
  await play(viewer);
  await waitForPicture(viewer.locator('video'), { maxAgeMs: 1_000, timeoutMs: 15_000 });
});

test('a publisher without H.264 is played in VP8', async () => {
  const publisher = await openPage({ camera: 'phone' });
  await publish(publisher, { onlyVp8: true });
  const viewer = await openPage();
  await play(viewer);
  await waitForPicture(viewer.locator('video'), { maxAgeMs: 1_000, timeoutMs: 15_000 });
  expect(await received(viewer)).toMatchObject({ video: 'video/VP8' });
});

async function openPage(options: { camera?: 'phone' } = {}): Promise<Page> {
  const { page } = await openVisitor(browser, options);
  await page.goto(`${siteUrl}/page.html`);
  await page.waitForFunction('window.WHIPClient !== undefined');
  return page;
}

/** Resolves when the browser says the connection is up. */
async function publish(page: Page, options: { simulcast?: boolean; onlyVp8?: boolean } = {}): Promise<void> {
  await page.evaluate(
    `window.publish(${JSON.stringify({ url: `${market.url}/whip/${show.show.id}`, token: show.hostToken, simulcast: false, onlyVp8: false, ...options })})`,
  );
}

async function play(page: Page): Promise<void> {
  // The second track of a publisher comes a moment after the first; until then the answer is "come again".
  await expect
    .poll(() => page.evaluate<string>(`window.play(${JSON.stringify(`${market.url}/whep/${show.show.id}`)}).then(() => 'plays', String)`), { timeout: 10_000 })
    .toBe('plays');
}

async function status(): Promise<{ status: string }> {
  const { body } = await market.call('GET', `/api/v1/shows/${show.show.id}`);
  return body.show ?? body;
}

function framesDecoded(page: Page): Promise<number> {
  return page.evaluate<number>(
    'window.pc.getStats().then((stats) => [...stats.values()].find((each) => each.type === "inbound-rtp" && each.kind === "video").framesDecoded)',
  );
}

function received(page: Page): Promise<Record<string, string>> {
  return page.evaluate<Record<string, string>>(`window.pc.getStats().then((stats) => Object.fromEntries([...stats.values()]
    .filter((each) => each.type === 'inbound-rtp' && each.packetsReceived > 0)
    .map((each) => [each.kind, stats.get(each.codecId).mimeType])))`);
}

const PAGE = `<!doctype html><video autoplay muted playsinline></video><script type="module">
import { WHIPClient } from './whip.js';
import { WHEPClient } from './whep.js';
const connected = (pc) => new Promise((resolve, reject) => {
  pc.addEventListener('connectionstatechange', () => {
    if (pc.connectionState === 'connected') resolve();
    if (pc.connectionState === 'failed') reject(new Error('failed'));
  });
});
window.publish = async ({ url, token, simulcast, onlyVp8 }) => {
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480 } });
  const pc = (window.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' }));
  pc.addTransceiver(media.getAudioTracks()[0], { direction: 'sendonly', streams: [media] });
  const video = pc.addTransceiver(media.getVideoTracks()[0], {
    direction: 'sendonly',
    streams: [media],
    ...(simulcast ? { sendEncodings: [{ rid: 'l', scaleResolutionDownBy: 2 }, { rid: 'h' }] } : {}),
  });
  if (onlyVp8) video.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter((codec) => codec.mimeType === 'video/VP8'));
  const up = connected(pc);
  window.client = new WHIPClient();
  await window.client.publish(pc, url, token);
  await up;
};
window.play = async (url) => {
  const pc = (window.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' }));
  const stream = new MediaStream();
  document.querySelector('video').srcObject = stream;
  pc.ontrack = ({ track }) => stream.addTrack(track);
  pc.addTransceiver('audio', { direction: 'recvonly' });
  pc.addTransceiver('video', { direction: 'recvonly' });
  const up = connected(pc);
  await new WHEPClient().view(pc, url);
  await up;
};
Object.assign(window, { WHIPClient, WHEPClient });
</script>`;

async function serve(path: string): Promise<{ type: string; body: string }> {
  const [, name] = /^\/(whip|whep)\.js$/.exec(path) ?? [];
  if (!name) return { type: 'text/html', body: path === '/page.html' ? PAGE : '' };
  return { type: 'text/javascript', body: await readFile(require.resolve(`whip-whep/${name}.js`), 'utf8') };
}
