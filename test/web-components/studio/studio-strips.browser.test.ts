// What stands on the picture while a show is sent and something is not as it should be: each is caused, said, seen by the server where viewers
// have to know, and gone when it is put right.
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioPage } from './studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let phone: StudioPage;
let room: TestSocket;

interface Played {
  battery: EventTarget & { level: number; charging: boolean };
  /** Put in place of what WebRTC measures. */
  measured: Record<string, unknown>;
  opened: number;
  isTaken: boolean;
}

const strip = (text: string): Locator => phone.page.locator('.strip').filter({ hasText: text });
const play = (change: Partial<Omit<Played, 'battery'>>) => phone.page.evaluate((values) => void Object.assign((globalThis as unknown as { played: Played }).played, values), change);
const opened = () => phone.page.evaluate(() => (globalThis as unknown as { played: Played }).played.opened);
const producer = async (kind: 'audio' | 'video') => {
  const { stream } = await room.ask('show.join', { showId: market.show.id });
  return stream.producers.find((each) => each.kind === kind);
};

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app);
  room = await openSocket(app.url);
  phone = await openStudio(browser, app, { code: await hostCode(app, market.show.id), prepare: async (page) => void (await page.addInitScript(playPhone)) });
  await phone.page.getByRole('button', { name: '开始直播' }).click();
  await phone.until('live');
});
afterAll(async () => {
  room?.close();
  await browser?.close();
  await app?.close();
});

describe('while a show is sent', () => {
  it('an empty battery is told once, and sends less', async () => {
    await strip('电量只剩 18%').waitFor();
    await phone.shoot('live-battery');
    expect(await phone.faults()).toEqual([]);
    await strip('电量只剩 18%').getByRole('button', { name: '关闭' }).click();
    await strip('电量只剩 18%').waitFor({ state: 'detached' });
  });

  it('the host’s own picture goes on through every drawing of the screen', async () => {
    const seconds = () => phone.studio.locator('.video').evaluate((video) => (video as HTMLVideoElement).currentTime);
    const before = await seconds();
    await expect.poll(seconds).toBeGreaterThan(before + 1);
  });

  it('a thin uplink stops the picture for everyone, but not for the host, and gives it back by itself', async () => {
    await play({ measured: { availableOutgoingBitrate: 45_000 } });
    await strip('网太弱，画面先停一下').waitFor();
    await expect.poll(async () => (await producer('video'))?.pausedBy).toBe('network');
    expect(await producer('audio')).toMatchObject({ paused: false });
    expect(await phone.studio.locator('.light').innerText()).toBe('只有声音');
    expect(await phone.studio.locator('.video').evaluate((video) => ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.enabled)).toBe(true);
    await phone.shoot('live-picture-stopped');
    expect(await phone.faults()).toEqual([]);
    await play({ measured: { availableOutgoingBitrate: 2_000_000 } });
    await strip('网太弱').waitFor({ state: 'detached' });
    await expect.poll(async () => (await producer('video'))?.pausedBy).toBe(null);
  });

  it('a microphone that gives only zeros is opened again by itself, and told when that does not help', async () => {
    const before = await opened();
    await play({ measured: { totalAudioEnergy: 1 } });
    await strip('麦克风没有声音').waitFor();
    expect(await opened()).toBeGreaterThan(before);
    await phone.shoot('live-microphone-dead');
    await play({ measured: {} });
    await strip('麦克风没有声音').waitFor({ state: 'detached' });
  });

  it('a camera that another app has taken is told, and opened again when it is free', async () => {
    await play({ isTaken: true });
    await phone.studio.locator('.video').evaluate((video) => {
      const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
      Object.defineProperty(track, 'muted', { value: true });
      track?.dispatchEvent(new Event('mute'));
    });
    await strip('摄像头被别的软件占着').waitFor();
    await phone.shoot('live-camera-held');
    await play({ isTaken: false });
    await strip('摄像头被别的软件占着').waitFor({ state: 'detached' });
    expect(await phone.studio.locator('.video').evaluate((video) => ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.readyState)).toBe('live');
  });

  it('a processor that cannot keep up for minutes is told as heat', async () => {
    await play({ measured: { qualityLimitationReason: 'cpu' } });
    await strip('手机发烫了').waitFor({ timeout: 25_000 });
    await phone.shoot('live-heat');
    expect(await phone.faults()).toEqual([]);
    await play({ measured: {} });
  });

  it('a phone without network is told what to do, and comes back muted as it was', async () => {
    await phone.page.getByRole('button', { name: '静音' }).click();
    await phone.page.context().setOffline(true);
    await strip('这部手机没有网').waitFor();
    await phone.shoot('reconnecting-offline');
    expect(await phone.faults()).toEqual([]);
    await phone.page.context().setOffline(false);
    await phone.until('live');
    await expect.poll(async () => (await producer('audio'))?.pausedBy).toBe('host');
  });

  it('a reload asks nothing, and leaves muted what was muted', async () => {
    await phone.page.reload();
    await phone.until('live');
    await strip('现在没人听得见您').waitFor();
    await expect.poll(async () => (await producer('audio'))?.pausedBy).toBe('host');
    expect(phone.complaints).toEqual([]);
  });
});

/** In the page: a phone whose battery, microphone and measurements the test plays, and whose seconds are short. */
function playPhone(): void {
  const battery = Object.assign(new EventTarget(), { level: 0.18, charging: false });
  const played: Played = { battery, measured: {}, opened: 0, isTaken: false };
  Object.assign(globalThis, { played });
  Object.defineProperty(navigator, 'getBattery', { value: async () => battery });
  const media = navigator.mediaDevices;
  const open = media.getUserMedia.bind(media);
  media.getUserMedia = async (wishes) => {
    played.opened += 1;
    if (played.isTaken) throw new DOMException('another app has it', 'NotReadableError');
    return open(wishes);
  };
  const original = RTCPeerConnection.prototype.getStats as (this: RTCPeerConnection) => Promise<Map<string, Record<string, unknown>>>;
  RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection) {
    const report = new Map<string, Record<string, unknown>>();
    for (const [id, entry] of await original.call(this)) {
      const changed = { ...entry };
      for (const [name, value] of Object.entries(played.measured)) if (name in changed) changed[name] = value;
      report.set(id, changed);
    }
    return report;
  } as unknown as RTCPeerConnection['getStats'];
  const every = globalThis.setInterval;
  globalThis.setInterval = ((run: () => void, ms?: number) => every(run, ms === 1000 ? 100 : ms)) as typeof setInterval;
}
