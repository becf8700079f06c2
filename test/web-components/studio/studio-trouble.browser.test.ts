// What the studio says when something is not right: another app's browser, a dead microphone, a thin uplink, a used link, another phone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Link, rights, type Show, type ShowSnapshot, SIGNED_IN_MARK } from '../../../server/protocol/index.ts';
import { launchBrowser, SLOW_CAMERA } from '../../support/browser.ts';
import { freePort } from '../../support/server-process.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioOptions, type StudioPage, withGoodUplink } from './studio-page.ts';

const WECHAT = 'Mozilla/5.0 (Linux; Android 13; V2149A; wv) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.47';

/** A microphone that gives nothing but zeros, as phones hand over after a call. */
async function withDeadMicrophone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const media = navigator.mediaDevices;
    const open = media.getUserMedia.bind(media);
    media.getUserMedia = async (wishes) => {
      const stream = await open(wishes);
      const dead = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];
      const [voice] = stream.getAudioTracks();
      if (!voice || !dead) return stream;
      voice.stop();
      return new MediaStream([...stream.getVideoTracks(), dead]);
    };
  });
}

describe('the studio in trouble', () => {
  let app: TestApp;
  let browser: Browser;
  let market: Market;
  const open: StudioPage[] = [];
  const studio = async (options: StudioOptions = {}) => {
    const page = await openStudio(browser, app, options);
    open.push(page);
    return page;
  };
  const statusOf = async () => ((await app.call<ShowSnapshot>('GET', `/api/v1/shows/${market.show.id}`)).body as ShowSnapshot).show.status;

  beforeAll(async () => {
    app = await startApp();
    browser = await launchBrowser([SLOW_CAMERA]);
  });
  beforeEach(async () => {
    market = await openMarket(app);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ context }) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('leads out of WeChat without using the link up', async () => {
    const code = await hostCode(app, market.show.id);
    const inside = await studio({ code, userAgent: WECHAT, camera: false });
    await inside.until('leave-app');
    expect(await inside.page.getByRole('textbox').inputValue()).toBe(inside.address);
    await inside.shoot('leave-app');
    expect(await inside.faults()).toEqual([]);
    const outside = await studio({ code });
    await outside.until('ready');
  });

  it('says that a link was used already, and what to do', async () => {
    const code = await hostCode(app, market.show.id);
    await (await studio({ code })).until('ready');
    const second = await studio({ code });
    await second.until('failed');
    await second.page.getByText('请向组织者索取').first().waitFor();
    await second.shoot('link-used');
    expect(await second.faults()).toEqual([]);
  });

  it('asks for the link where there is none, and makes no call that must fail', async () => {
    const calls: string[] = [];
    const stranger = await studio({ prepare: async (page) => void page.on('request', (request) => calls.push(request.url())) });
    await stranger.until('failed');
    expect(calls.filter((url) => url.includes('/api/'))).toEqual([]);
    await stranger.page.getByText('请先打开您的链接').waitFor();
    await stranger.shoot('no-link');
    expect(await stranger.faults()).toEqual([]);
  });

  it('greets before it asks for the camera, and explains when it was not allowed', async () => {
    const code = await hostCode(app, market.show.id);
    const denied = await studio({
      code,
      camera: false,
      prepare: (page) =>
        page.addInitScript(() => {
          navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
          navigator.permissions.query = () => Promise.resolve({ state: 'prompt' } as PermissionStatus);
        }),
    });
    await denied.until('greeting');
    await denied.shoot('greeting');
    expect(await denied.faults()).toEqual([]);
    await denied.page.getByRole('button', { name: '打开摄像头' }).click();
    await denied.page.getByText('没有允许用摄像头').first().waitFor();
    await denied.shoot('denied');
    expect(await denied.page.getByRole('button', { name: '还是开播' }).count()).toBe(0);
    expect(await denied.page.getByRole('button', { name: '开始直播' }).count()).toBe(0);
  });

  it('catches a dead microphone before going live, and lets a stubborn host pass', async () => {
    const mute = await studio({ code: await hostCode(app, market.show.id), prepare: withDeadMicrophone });
    await mute.page.getByText('麦克风没有声音').first().waitFor();
    await mute.shoot('mic-dead');
    expect(await mute.faults()).toEqual([]);
    expect(await statusOf()).toBe('planned');
    await mute.page.getByRole('button', { name: '还是开播' }).click();
    await mute.until('live');
  });

  it('catches an uplink of 200 kbit/s', async () => {
    const slow = await studio({
      code: await hostCode(app, market.show.id),
      prepare: async (page) => {
        const session = await page.context().newCDPSession(page);
        await session.send('Network.enable');
        await session.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: 1_000_000, uploadThroughput: 25_000 });
      },
    });
    await slow.page.getByText('网太慢').first().waitFor();
    await slow.shoot('uplink-slow');
    expect(await slow.page.getByRole('button', { name: '开始直播' }).count()).toBe(0);
    expect(await statusOf()).toBe('planned');
  });

  it('lets the host pick when several shows are planned', async () => {
    const { hostId, sellerId } = market.show;
    const later = await app.call<Show>('POST', '/api/v1/shows', { token: app.operatorToken, body: { title: '晚场 · 蜂蜜', sellerId, hostId, plannedAt: Date.now() + 7_200_000 } });
    expect(later.status).toBe(201);
    const shows = (await app.call<{ shows: Show[] }>('GET', '/api/v1/shows?mine=true', { token: market.hostToken })).body.shows;
    expect(shows).toHaveLength(2);
    const { secret } = await sessionWithoutShow(app, market);
    const picker = await studio({
      prepare: async (page) => {
        await page.addInitScript((mark) => localStorage.setItem(mark, '1'), SIGNED_IN_MARK);
        await page.route('**/api/v1/sessions/token', (route) => route.fulfill({ json: secret }));
      },
    });
    await picker.until('pick');
    await picker.shoot('pick');
    expect(await picker.faults()).toEqual([]);
    await picker.page.getByRole('button', { name: /晚场/ }).click();
    await picker.until('ready');
  });

  it('asks who it is when somebody else’s link is opened, and leaves the link unused until it is told', async () => {
    const phone = await studio({ code: await hostCode(app, market.show.id) });
    await phone.until('ready');
    const others = await openMarket(app);
    await app.call('PATCH', `/api/v1/shows/${others.show.id}`, { token: others.hostToken, body: { title: '别家的梨' } });
    const code = await hostCode(app, others.show.id);
    await openLink(phone, code);
    await phone.until('other-person');
    await phone.shoot('other-person');
    expect(await phone.faults()).toEqual([]);
    await phone.page.getByRole('button', { name: '是我', exact: true }).click();
    await phone.until('ready');
    expect(await shownTitle(phone)).toBe('Apples');
    await openLink(phone, code);
    await phone.page.getByRole('button', { name: '不是我，用新链接' }).click();
    await phone.until('ready');
    expect(await shownTitle(phone)).toBe('别家的梨');
    await phone.page.reload();
    await phone.until('ready');
    expect(await shownTitle(phone)).toBe('别家的梨');
  });

  it('goes to the other show that a new link of the same person is for, and stays there when the link is opened again', async () => {
    const phone = await studio({ code: await hostCode(app, market.show.id) });
    await phone.until('ready');
    const { hostId, sellerId } = market.show;
    const { body: next } = await app.call<Show>('POST', '/api/v1/shows', { token: app.operatorToken, body: { title: '明天', sellerId, hostId } });
    const code = await hostCode(app, next.id);
    for (const _time of ['first', 'again']) {
      await openLink(phone, code);
      await phone.until('ready');
      expect(await shownTitle(phone)).toBe('明天');
    }
    expect(phone.page.url()).not.toContain('code=');
  });

  it('says before it takes the show from another phone what becomes of that one, which stops then, and takes it back on a tap', async () => {
    const first = await studio({ code: await hostCode(app, market.show.id), prepare: withGoodUplink });
    await first.until('ready');
    await first.page.getByRole('button', { name: '开始直播' }).click();
    await first.until('live');
    const second = await studio({ code: await hostCode(app, market.show.id), prepare: withGoodUplink });
    await second.page.getByText('那部就会停').waitFor();
    const takeOver = second.page.getByRole('button', { name: '换到这部手机播' });
    await takeOver.waitFor();
    await second.shoot('elsewhere');
    expect(await second.faults()).toEqual([]);
    await takeOver.click();
    await second.until('live');
    await first.until('replaced');
    await first.shoot('replaced');
    expect(await first.faults()).toEqual([]);
    await first.page.getByRole('button', { name: '换回这部手机播' }).click();
    await first.until('live');
    await second.until('replaced');
  });

  it('asks when it would go on by itself and finds another phone sending', async () => {
    const first = await studio({ code: await hostCode(app, market.show.id), prepare: withGoodUplink });
    await first.until('ready');
    await first.page.getByRole('button', { name: '开始直播' }).click();
    await first.until('live');
    await first.page.goto('about:blank');
    const second = await studio({ code: await hostCode(app, market.show.id), prepare: withGoodUplink });
    await second.page.getByRole('button', { name: '接着播' }).click();
    await second.until('live');
    await first.page.goto(first.address.split('#')[0] as string);
    await first.until('taken');
    await first.shoot('taken');
    expect(await first.faults()).toEqual([]);
    expect(await second.studio.getAttribute('state')).toBe('live');
    await first.page.getByRole('button', { name: '不换，让它接着播' }).click();
    await first.until('ready');
    expect(await second.studio.getAttribute('state')).toBe('live');
  });

  it('is on the air again by itself after the server was restarted, with nobody tapping', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-studio-'));
    const port = String(await freePort());
    let server = await startApp({ dataDir, env: { FIELDCAST_PORT: port } });
    try {
      const { show } = await openMarket(server);
      const host = await openStudio(browser, server, { code: await hostCode(server, show.id), prepare: withGoodUplink });
      open.push(host);
      await host.page.getByRole('button', { name: '开始直播' }).click();
      await host.until('live');
      await server.close();
      await host.until('reconnecting');
      await host.shoot('reconnecting');
      server = await startApp({ dataDir, env: { FIELDCAST_PORT: port } });
      await host.until('live');
      const status = async () => ((await server.call<ShowSnapshot>('GET', `/api/v1/shows/${show.id}`)).body as ShowSnapshot).show.status;
      await expect.poll(status).toBe('live');
    } finally {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('gives a helper shelf, offers, chat and orders, and no camera', async () => {
    const link = await app.call<Link>('POST', `/api/v1/shows/${market.show.id}/links`, { token: app.operatorToken, body: { role: 'helper', name: '小王' } });
    const helper = await studio({ code: new URL(link.body.url).hash.replace('#code=', '') });
    await helper.until('desk');
    expect(await helper.page.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual(['货架', '优惠', '聊天', '订单']);
    await helper.page.getByRole('button', { name: '货架' }).click();
    await helper.page.getByRole('button', { name: /现在讲解/ }).click();
    await helper.page.getByText('买家看到').waitFor();
  });
});

/** Opens a link as a tap in the messages does: the page loads anew. */
async function openLink({ page, address }: StudioPage, code: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address.replace(/#.*/, `#code=${code}`));
}

const shownTitle = ({ studio }: StudioPage) => studio.locator('.bar h2').innerText();

/** What the server answers to a host whose session is not bound to one show. */
async function sessionWithoutShow(app: TestApp, { show, hostToken }: Market): Promise<{ secret: object }> {
  const expiresAt = Date.now() + 900_000;
  return {
    secret: { role: 'host', identity: show.hostId, name: show.hostName, showId: null, rights: [...rights], token: hostToken, tokenExpiresAt: expiresAt, sessionExpiresAt: expiresAt },
  };
}
