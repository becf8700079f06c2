// What the studio does with camera, microphone and screen while it sends: flipping, tracks that the phone takes away, the wake lock, the codec.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, openVisitor, type Visitor } from '../../support/browser.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioOptions, type StudioPage } from './studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
const open: { context: Visitor['context'] }[] = [];
const sockets: TestSocket[] = [];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser(['--use-fake-device-for-media-stream=device-count=3,fps=15'])]);
});
beforeEach(async () => {
  market = await openMarket(app);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function goLive(prepare: NonNullable<StudioOptions['prepare']> = async () => undefined): Promise<StudioPage> {
  const code = await hostCode(app, market.show.id);
  const phone = await openStudio(browser, app, {
    code,
    prepare: async (page) => {
      await page.addInitScript(rememberConnections);
      await page.addInitScript(hideDepthCamera);
      await prepare(page);
    },
  });
  open.push(phone);
  await phone.page.getByRole('button', { name: '开始直播' }).click();
  await phone.until('live');
  return phone;
}

async function watch(): Promise<Page> {
  const viewer = await openVisitor(browser);
  open.push(viewer);
  await viewer.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
  await viewer.page.locator('fieldcast-player[state=live]').waitFor();
  await framesFrom(viewer.page, 5);
  return viewer.page;
}

/** Resolves when the viewer's page has shown so many further frames: more than the few that are on their way. */
function framesFrom(page: Page, count: number): Promise<void> {
  return page.locator('fieldcast-player video').evaluate(
    (video, wanted) =>
      new Promise<void>((resolve) => {
        let left = wanted;
        const next = (): void => {
          left -= 1;
          if (left < 0) resolve();
          else (video as HTMLVideoElement).requestVideoFrameCallback(next);
        };
        next();
      }),
    count,
  );
}

async function producers(): Promise<string[]> {
  const socket = await openSocket(app.url);
  sockets.push(socket);
  const { stream } = await socket.ask('show.join', { showId: market.show.id });
  return stream.producers.map(({ id }) => id).sort();
}

/** Ids of track and camera in the studio's picture, and of the track that is sent. */
const picture = ({ studio }: StudioPage) =>
  studio.locator('.video').evaluate((video) => {
    const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    const sent = connections.flatMap((connection) => connection.getSenders()).find((sender) => sender.track?.kind === 'video');
    return { track: track?.id, isLive: track?.readyState === 'live', camera: track?.getSettings().deviceId, sent: sent?.track?.id };
  });

/** The phone takes a track away: it ends without anybody having stopped it. */
const takeAway = ({ studio }: StudioPage, kind: 'audio' | 'video') =>
  studio.locator('.video').evaluate((video, wanted) => {
    const track = ((video as HTMLVideoElement).srcObject as MediaStream).getTracks().find((each) => each.kind === wanted)!;
    track.stop();
    track.dispatchEvent(new Event('ended'));
  }, kind);

const codecSent = ({ page }: StudioPage) =>
  page.evaluate(async () => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    for (const connection of connections) {
      const report = new Map([...(await connection.getStats()).entries()] as [string, any][]);
      for (const entry of report.values()) {
        if (entry.type === 'outbound-rtp' && entry.kind === 'video' && entry.framesEncoded > 0) return report.get(entry.codecId)?.mimeType as string;
      }
    }
    return null;
  });

describe('the camera', () => {
  it('is flipped without a new producer, and viewers go on seeing', async () => {
    const phone = await goLive();
    const viewer = await watch();
    const [before, sentBefore] = await Promise.all([picture(phone), producers()]);
    expect(sentBefore).toHaveLength(2);
    await phone.page.getByRole('button', { name: '换镜头' }).click();
    await expect.poll(() => picture(phone)).toMatchObject({ isLive: true, camera: expect.not.stringMatching(before.camera!) });
    const after = await picture(phone);
    expect(after.sent).toBe(after.track);
    await framesFrom(viewer, 20);
    expect(await producers()).toEqual(sentBefore);
    expect(await phone.studio.getAttribute('state')).toBe('live');
    await phone.page.getByRole('button', { name: '换镜头' }).click();
    await expect.poll(async () => (await picture(phone)).camera).toBe(before.camera);
  });

  it('is opened again when the phone takes it away, with the same producer', async () => {
    const phone = await goLive();
    const viewer = await watch();
    const [before, sentBefore] = await Promise.all([picture(phone), producers()]);
    await takeAway(phone, 'video');
    await expect.poll(async () => (await picture(phone)).track).not.toBe(before.track);
    await framesFrom(viewer, 20);
    expect(await producers()).toEqual(sentBefore);
  });

  it('is told of as long as it cannot be had back, and comes back on a tap', async () => {
    const phone = await goLive();
    await phone.page.evaluate(() => {
      const media = navigator.mediaDevices;
      const original = media.getUserMedia.bind(media);
      media.getUserMedia = () => Promise.reject(new DOMException('a call has it', 'NotAllowedError'));
      Object.assign(globalThis, { giveBack: () => (media.getUserMedia = original) });
    });
    await takeAway(phone, 'video');
    const strip = phone.page.getByRole('alert').filter({ hasText: '摄像头停了' });
    await strip.waitFor();
    await phone.shoot('camera-lost');
    expect(await phone.faults()).toEqual([]);
    await phone.page.evaluate(() => void (globalThis as unknown as { giveBack: () => void }).giveBack());
    await strip.getByRole('button', { name: '再试一次' }).click();
    await strip.waitFor({ state: 'detached' });
    expect(await picture(phone)).toMatchObject({ isLive: true });
    await framesFrom(await watch(), 20);
  });
});

describe('the screen', () => {
  it('is kept on while sending, and asked for again whenever the page is seen again', async () => {
    const asked: string[] = [];
    const phone = await goLive(async (page) => {
      await page.exposeFunction('asked', (type: string) => asked.push(type));
      await page.addInitScript(() => {
        const request = async (type: string) => {
          await (globalThis as unknown as { asked: (type: string) => Promise<void> }).asked(type);
          return { release: async () => (globalThis as unknown as { asked: (type: string) => Promise<void> }).asked('released') };
        };
        Object.defineProperty(navigator, 'wakeLock', { value: { request } });
      });
    });
    await expect.poll(() => asked).toEqual(['screen']);
    const turn = (state: 'hidden' | 'visible') =>
      phone.page.evaluate((next) => {
        Object.defineProperty(document, 'visibilityState', { value: next, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await turn('hidden');
    expect(asked).toEqual(['screen']);
    await turn('visible');
    await expect.poll(() => asked).toEqual(['screen', 'screen']);
    await phone.page.getByRole('button', { name: '下播' }).click();
    await phone.page.getByRole('button', { name: '是，下播' }).click();
    await phone.until('ended');
    await expect.poll(() => asked.at(-1)).toBe('released');
  });
});

describe('the codec', () => {
  it('is H.264 where phone and server have it', async () => {
    const phone = await goLive();
    await expect.poll(() => codecSent(phone)).toBe('video/H264');
  });

  it('is VP8 where the server does not take H.264', async () => {
    const phone = await goLive(withoutH264);
    await expect.poll(() => codecSent(phone)).toBe('video/VP8');
    await watch();
  });
});

/** Takes H.264, with its retransmission, out of what the page hears that the server carries. */
async function withoutH264(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Codec {
      mimeType: string;
      preferredPayloadType: number;
      parameters?: { apt?: number };
    }
    const parse = JSON.parse;
    JSON.parse = (text: string, reviver?: (this: any, key: string, value: any) => any) => {
      const parsed = parse(text, reviver);
      const capabilities = parsed?.[0]?.value?.rtpCapabilities as { codecs: Codec[] } | undefined;
      if (!capabilities) return parsed;
      const gone = capabilities.codecs.filter(({ mimeType }) => mimeType.toLowerCase() === 'video/h264').map(({ preferredPayloadType }) => preferredPayloadType);
      const isGone = ({ preferredPayloadType, parameters }: Codec) => gone.includes(preferredPayloadType) || gone.includes(parameters?.apt ?? -1);
      capabilities.codecs = capabilities.codecs.filter((codec) => !isGone(codec));
      return parsed;
    };
  });
}

/** In the page: Chromium's second fake camera sends depth and no picture, so it is no camera to flip to. */
function hideDepthCamera(): void {
  const media = navigator.mediaDevices;
  const original = media.enumerateDevices.bind(media);
  media.enumerateDevices = async () => (await original()).filter(({ label }) => !label.includes('fake_device_1'));
}

/** In the page: keeps its peer connections for the test. */
function rememberConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, { connections });
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}
