// A server whose line carries sound for a few only: a shopper waits in the queue and comes in by herself; a voice that is silent is not
// taken for a line that is dead; and an uplink of the farmer's that falls to a sixth cuts nobody off, and has its picture again afterwards.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { FrailNetwork } from '../support/frail-network.ts';
import { freePort } from '../support/server-process.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

const LINE_KBPS = 700;
const CROWD = 16;

let app: TestApp;
let browser: Browser;
let network: FrailNetwork;
let market: Market;
let farmer: Visitor;
let shopper: Visitor;
let crowd: TestSocket[];

const player = (state: string) => shopper.page.locator(`fieldcast-player[state=${state}]`);

/** Of the newest connection of a page, one kind of statistics. */
function stats(page: Page, type: 'inbound-rtp' | 'outbound-rtp', kind: 'audio' | 'video'): Promise<Record<string, number>> {
  return page.evaluate(
    async (wanted) => {
      const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
      const open = connections.findLast(({ connectionState }) => connectionState === 'connected');
      const entries = [...((await open?.getStats())?.values() ?? [])] as Record<string, any>[];
      return entries.findLast((entry) => entry['type'] === wanted.type && entry['kind'] === wanted.kind && entry['active'] !== false) ?? {};
    },
    { type, kind },
  );
}

async function said(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
}

/** Put by the packager in place of sound that did not come, so far. */
async function silenceMs(): Promise<number> {
  const metrics = await fetch(`${app.url}/metrics`).then((answer) => answer.text());
  return Number(/^fieldcast_packager_silence_ms_total (\S+)/m.exec(metrics)?.[1]);
}

beforeAll(async () => {
  const rtcPort = await freePort();
  const env = { FIELDCAST_RTC_PORT: String(rtcPort), FIELDCAST_UPLINK_KBPS: String(LINE_KBPS) };
  [app, browser] = await Promise.all([startApp({ env }), launchBrowser()]);
  network = await FrailNetwork.open({ url: app.url, rtcPort });
  market = await openMarket(app, [10]);
  farmer = await openVisitor(browser, { camera: 'phone' });
  await network.lead(farmer.context);
  await farmer.context.addInitScript(install);
  await farmer.page.goto(network.through(await hostLink(app.call, app.operatorToken, market.show.id)));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
  crowd = await Promise.all(Array.from({ length: CROWD }, () => openSocket(app.url)));
  shopper = await openVisitor(browser, { locale: 'en' });
  await shopper.context.addInitScript(install);
});
afterAll(async () => {
  for (const socket of crowd ?? []) socket.close();
  await browser?.close();
  network?.close();
  await app?.close();
});

it('lets a shopper wait for a place, and lets her in by herself', async () => {
  for (const socket of crowd) {
    const { rtpCapabilities } = await socket.ask('show.join', { showId: market.show.id });
    await socket.send('media.watch', { rtpCapabilities: rtpCapabilities as never });
  }
  await shopper.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
  await player('queued').waitFor();
  await shopper.page.locator('fieldcast-queue-card h2').filter({ hasText: /ahead of you|next/ }).waitFor();

  for (const socket of crowd) await socket.ask('show.leave', {});
  await player('live').waitFor();
  expect(shopper.complaints).toEqual([]);
});

it('takes no silence of the farmer for a dead line', async () => {
  const heard = async () => (await stats(shopper.page, 'inbound-rtp', 'audio'))['packetsReceived'] ?? 0;
  await expect.poll(heard, { timeout: 10_000 }).toBeGreaterThan(0);
  await farmer.page.evaluate(() => (globalThis as unknown as { hush: (isSilent: boolean) => void }).hush(true));
  // Until the encoder has noticed: a packet every 400 ms, where there were 17 or 50 in a second.
  await expect
    .poll(async () => {
      const before = await heard();
      await shopper.page.waitForTimeout(1_000);
      return (await heard()) - before;
    }, { timeout: 10_000 })
    .toBeLessThan(8);
  const from = (await said(shopper.page)).length;
  const filledMs = await silenceMs();
  await shopper.page.waitForTimeout(4_000);
  expect((await said(shopper.page)).slice(from).filter((state) => state !== 'live')).toEqual([]);
  // What is recorded, and what HLS plays, has no holes there.
  expect((await silenceMs()) - filledMs).toBeGreaterThan(0);
  await farmer.page.evaluate(() => (globalThis as unknown as { hush: (isSilent: boolean) => void }).hush(false));
});

it('sends a smaller picture over a thin uplink, cuts nobody off, and a larger one when there is room', async () => {
  const height = async () => (await stats(farmer.page, 'outbound-rtp', 'video'))['frameHeight'] ?? 0;
  const full = await height();
  const [host, viewer] = [(await said(farmer.page)).length, (await said(shopper.page)).length];
  network.up.set({ rateKbps: 110 });
  await expect.poll(height, { timeout: 15_000 }).toBeLessThan(full);
  network.up.set({ rateKbps: Infinity });
  await expect.poll(height, { timeout: 30_000 }).toBe(full);
  expect((await said(farmer.page)).slice(host)).toEqual([]);
  expect((await said(shopper.page)).slice(viewer).filter((state) => state !== 'live')).toEqual([]);
}, 60_000);

/** In the page: keeps connections and what is said, and can silence the microphone. */
function install(): void {
  const connections: RTCPeerConnection[] = [];
  const said: string[] = [];
  const voices: MediaStreamTrack[] = [];
  const hush = (isSilent: boolean) => voices.forEach((voice) => (voice.enabled = !isSilent));
  Object.assign(globalThis, { connections, said, hush });
  addEventListener('fieldcast-state-change', (event) => said.push((event as CustomEvent<{ state: string }>).detail.state));
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
    override addTransceiver(track: MediaStreamTrack | string, init?: RTCRtpTransceiverInit): RTCRtpTransceiver {
      if (typeof track !== 'string' && track.kind === 'audio') voices.push(track);
      return super.addTransceiver(track, init);
    }
  };
}
