// A coach, two trainees and somebody outside, in real browsers: a whispered tone is heard in one ear and nowhere else, a cue is seen, a pin is
// shown and given back, a note is kept, and a coach who leaves in the middle leaves nothing behind.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openVisitor, DESKTOP, type Visitor } from '../support/browser.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import { openPractice, type Practice } from '../support/practice.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';
import { installTone, tonesHeard, tonesIn } from '../support/tones.ts';

/** Whispered, and spoken by the host: neither tone is a multiple of the other. */
const WHISPER_HZ = 2_730;
const HOST_HZ = 400;
/** -60 dB. */
const NOTHING = 0.001;
const HOUR = 3600_000;

let app: TestApp;
let browser: Browser;
let market: Market;
let other: Practice;
let farmer: Visitor;
let neighbour: Visitor;
let coach: Visitor;
let shopper: Visitor;
let outside: TestSocket;
let hlsUrl: string;

const room = (visitor: Visitor) => visitor.page.locator('fieldcast-studio-coached');
const console_ = () => coach.page.locator('fieldcast-coach-console');

async function openStudio(visitor: Visitor, showId: string): Promise<void> {
  await visitor.context.addInitScript(installTone, { hz: HOST_HZ, level: 0.15 });
  await visitor.page.goto(await hostLink(app.call, app.operatorToken, showId));
}

/** The earpiece goes in, and the page believes it. */
async function listen(visitor: Visitor): Promise<void> {
  await visitor.page.evaluate(() => (globalThis as unknown as { plug: (isIn: boolean) => void }).plug(true));
  await room(visitor).getByRole('button', { name: '听教练说' }).click();
  await room(visitor).getByRole('button', { name: '我戴好耳机了' }).click();
  await room(visitor).getByText('您听得到教练，观众听不到。').waitFor();
  await room(visitor).getByRole('button', { name: '关闭' }).last().click();
}

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  [market, other] = [await openMarket(app, [10, 10]), await openPractice(app, [10])];
  // Both clocks are an hour behind; nothing may count by them.
  farmer = await openVisitor(browser, { camera: 'small', clockOffMs: -HOUR });
  neighbour = await openVisitor(browser);
  coach = await openVisitor(browser, { size: DESKTOP, clockOffMs: -HOUR });
  shopper = await openVisitor(browser);
  await coach.context.addInitScript(installTone, { hz: WHISPER_HZ, level: 0.5 });
  await shopper.context.addInitScript(installTone, { hz: 1, level: 0 });
  // The neighbour practises: there the ear opens before the camera, and the machine draws one picture only.
  await Promise.all([openStudio(farmer, market.show.id), openStudio(neighbour, other.show.id)]);
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
  // The host's own link is the host's consent.
  const link = await app.call<{ url: string }>('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'coach', name: '李老师' } });
  await Promise.all([coach.page.goto(link.body.url), shopper.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`)]);
  outside = await openSocket(app.url);
  ({ hlsUrl } = await outside.ask('show.join', { showId: market.show.id }));
});
afterAll(async () => {
  outside?.close();
  await browser?.close();
  await app?.close();
});

it('is heard in one ear and on no other way', async () => {
  await console_().getByRole('button', { name: /放大看/ }).click();
  // The neighbour's ear is open too, on a line of its own, with a coach of its own there.
  const second = await openSocket(app.url, other.coachToken);
  await second.ask('show.join', { showId: other.show.id });
  await Promise.all([listen(farmer), listen(neighbour)]);
  await shopper.page.locator('fieldcast-player[state=live]').waitFor();
  await console_().getByText('听得到您').last().waitFor();

  const hold = console_().getByRole('button', { name: /按住说话/ });
  await hold.hover();
  await coach.page.mouse.down();
  await room(farmer).getByText('李老师在跟您说话').waitFor();
  const [ear, viewer, elsewhere, hls, wrong] = await Promise.all([
    tonesHeard(farmer.page, [WHISPER_HZ]),
    tonesHeard(shopper.page, [WHISPER_HZ, HOST_HZ]),
    tonesHeard(neighbour.page, [WHISPER_HZ]),
    // Packaged from when it is first asked for, so all of it is of while the coach talks.
    tonesIn(app.url + hlsUrl, [WHISPER_HZ, HOST_HZ], 2),
    second.send('whisper.hear', { rtpCapabilities: {} }),
  ]);
  await coach.page.mouse.up();
  // The control: where it belongs it is found, and every other way carries the sound that belongs there.
  const control = ear[0] as number;
  expect(control).toBeGreaterThan(0.1);
  for (const [route, [whisper, voice]] of Object.entries({ viewer, hls })) {
    expect(voice, `${route} carries the host`).toBeGreaterThan(0.03);
    expect(whisper, `${route} carries no whisper`).toBeLessThan(control * NOTHING);
  }
  expect(elsewhere[0]).toBeLessThan(control * NOTHING);

  // A coach of somebody else is refused.
  expect(wrong.ok ? '' : wrong.error.code).toBe('auth.forbidden');
  await room(farmer).getByText('李老师在看您直播').waitFor();
  // What the phone has still to play of it is played first.
  await expect.poll(async () => (await tonesHeard(farmer.page, [WHISPER_HZ], 500))[0]).toBeLessThan(control * NOTHING);
  second.close();
});

it('sends a cue that is answered with one tap, and sees a hand', async () => {
  await console_().getByRole('button', { name: '报价格' }).click();
  await room(farmer).getByText('报价格').waitFor();
  await room(farmer).getByRole('button', { name: '看到了' }).click();
  await console_().getByText('✓ 看到了').waitFor();
  await room(farmer).getByRole('button', { name: '请教练帮忙' }).click();
  await console_().getByText('1 人举手').waitFor();
  await console_().getByRole('button', { name: '放下举手' }).click();
  await room(farmer).getByRole('button', { name: '请教练帮忙' }).waitFor();
  expect(await console_().getByText('1 人举手').count()).toBe(0);
});

it('shows how to pin, gives the pin back, and keeps a note of the moment with one key', async () => {
  const pins = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body.pins as string[];
  await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: [market.products[0]?.id] } });
  await console_().getByRole('tab', { name: '示范' }).click();
  await console_().getByRole('listitem').filter({ hasText: 'Apples 2' }).getByRole('button', { name: '示范' }).click();
  await room(farmer).getByText('李老师给您示范：挂上了“Apples 2”').waitFor();
  expect(await pins()).toEqual([market.products[1]?.id]);
  await console_().getByRole('button', { name: '交还' }).click();
  await console_().getByText('先挂一个商品示范').waitFor();
  expect(await pins()).toEqual([market.products[0]?.id]);

  await console_().getByRole('heading', { name: market.show.hostName }).click();
  await coach.page.keyboard.press('n');
  await coach.page.keyboard.type('价格说得清楚');
  await coach.page.keyboard.press('Control+Enter');
  // At its moment of the show, whatever the coach's clock says; and the seller's own counts from the start.
  const kept = console_().getByRole('listitem').filter({ hasText: '价格说得清楚' });
  await kept.waitFor();
  expect(await kept.locator('.time').textContent()).toMatch(/^\d{1,2}:\d\d$/);
  expect(await farmer.page.locator('fieldcast-studio header.bar').innerText()).toMatch(/(?<!:)\b\d\d:\d\d\b(?!:)/);
});

it('goes silent when the earpiece is pulled, and leaves the line when the coach goes in the middle of a word', async () => {
  const hold = console_().getByRole('button', { name: /按住说话/ });
  await hold.hover();
  await coach.page.mouse.down();
  await room(farmer).getByText('李老师在跟您说话').waitFor();
  await farmer.page.evaluate(() => (globalThis as unknown as { plug: (isIn: boolean) => void }).plug(false));
  await room(farmer).getByText('耳机掉了').waitFor();
  await console_().getByText('学员没戴耳机，请发文字提醒。').waitFor();
  await coach.page.mouse.up();

  await listen(farmer);
  await hold.hover();
  await coach.page.mouse.down();
  await room(farmer).getByText('李老师在跟您说话').waitFor();
  await coach.page.close();
  const talking = room(farmer).getByText('李老师在跟您说话');
  await talking.waitFor({ state: 'hidden' });
  expect(await talking.count()).toBe(0);
});

it('is in no replay', async () => {
  await app.call('POST', `/api/v1/shows/${market.show.id}/end`, { token: market.hostToken, body: {} });
  const replay = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}/replay`)).body as { state: string; hlsUrl: string };
  await expect.poll(async () => (await replay()).state).toBe('ready');
  const [whisper, voice] = await tonesIn(app.url + (await replay()).hlsUrl, [WHISPER_HZ, HOST_HZ], 60);
  expect(voice).toBeGreaterThan(0.03);
  expect(whisper).toBeLessThan(0.1 * NOTHING);
  expect([...farmer.complaints, ...neighbour.complaints, ...shopper.complaints, ...coach.complaints]).toEqual([]);
});
