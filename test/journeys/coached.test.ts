// Coaches, two trainees and somebody outside, in real browsers: a tone whispered in a real show or in a rehearsal is heard in one ear and
// nowhere else, a cue is seen, a pin is shown and given back, a note is kept, and a coach who leaves in the middle leaves nothing behind.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openVisitor, DESKTOP, type Visitor } from '../support/browser.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import { openPractice, type Practice } from '../support/practice.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';
import { installTone, tonesHeard, tonesIn, tonesSince } from '../support/tones.ts';

/** What is whispered, and what the host says: no tone is a multiple of another. */
const LIVE = { whisperHz: 2_730, hostHz: 400 };
const REHEARSAL = { whisperHz: 1_730, hostHz: 610 };
const WHISPERS_HZ = [LIVE.whisperHz, REHEARSAL.whisperHz];
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
/** Of the neighbour, in their rehearsal; and another one, let in there to look on. */
let trainer: Visitor;
let onlooker: Visitor;
let shopper: Visitor;
let outside: TestSocket;
/** Of the real show; of the rehearsal, as its staff get it. */
let hlsUrl: string;
let rehearsedHlsUrl: string;
/** How loud whispers were in the ears that they were for, once that was heard. */
let whispered = 0;

const room = (visitor: Visitor) => visitor.page.locator('fieldcast-studio-coached');
const consoleOf = (visitor: Visitor) => visitor.page.locator('fieldcast-coach-console');
const console_ = () => consoleOf(coach);

async function openStudio(visitor: Visitor, showId: string, hz: number): Promise<void> {
  await visitor.context.addInitScript(installTone, { hz, level: 0.15, isSketch: true });
  await visitor.page.goto(await hostLink(app.call, app.operatorToken, showId));
}

async function goOn(visitor: Visitor): Promise<void> {
  await visitor.page.getByRole('button', { name: /^开始(直播|练习)/ }).click();
  await visitor.page.locator('fieldcast-studio[state=live]').waitFor();
}

/** By a link of the show's host, which is the host's consent. */
async function openConsole(visitor: Visitor, showId: string, hostToken: string, name: string, hz: number): Promise<void> {
  await visitor.context.addInitScript(installTone, { hz, level: 0.5 });
  const link = await app.call<{ url: string }>('POST', `/api/v1/shows/${showId}/links`, { token: hostToken, body: { role: 'coach', name } });
  await visitor.page.goto(link.body.url);
}

/** Presses and holds, until the server lets the voice through. */
async function talkTo(trainee: Visitor, from: Visitor, name: string): Promise<void> {
  await consoleOf(from).getByRole('button', { name: /按住说话/ }).hover();
  await from.page.mouse.down();
  await room(trainee).getByText(`${name}在跟您说话`).waitFor();
}

/** Listens until the host is heard there, the tone that is asked for first; the strongest that each tone was all the while. */
async function withHost(listenOnce: () => Promise<number[]>): Promise<number[]> {
  let strongest: number[] = [];
  const hostHeard = async () => {
    strongest = (await listenOnce()).map((tone, at) => Math.max(tone, strongest[at] ?? 0));
    return strongest[0];
  };
  await expect.poll(hostHeard, { timeout: 40_000 }).toBeGreaterThan(0.03);
  return strongest;
}

/** Every tone whispered is looked for on each way that carries the host's. */
function expectNoWhisper(routes: Record<string, number[]>): void {
  for (const [route, [voice, ...whispers]] of Object.entries(routes)) {
    expect(voice, `${route} carries the host`).toBeGreaterThan(0.03);
    for (const whisper of whispers) expect(whisper, `${route} carries no whisper`).toBeLessThan(whispered * NOTHING);
  }
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
  neighbour = await openVisitor(browser, { camera: 'small' });
  coach = await openVisitor(browser, { size: DESKTOP, clockOffMs: -HOUR });
  trainer = await openVisitor(browser, { size: DESKTOP });
  onlooker = await openVisitor(browser, { size: DESKTOP });
  shopper = await openVisitor(browser);
  await shopper.context.addInitScript(installTone, { hz: 1, level: 0 });
  await Promise.all([openStudio(farmer, market.show.id, LIVE.hostHz), openStudio(neighbour, other.show.id, REHEARSAL.hostHz)]);
  await Promise.all([goOn(farmer), goOn(neighbour)]);
  await Promise.all([
    openConsole(coach, market.show.id, market.hostToken, '李老师', LIVE.whisperHz),
    openConsole(trainer, other.show.id, other.hostToken, '王老师', REHEARSAL.whisperHz),
    openConsole(onlooker, other.show.id, other.hostToken, '赵老师', 1),
    shopper.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`),
  ]);
  outside = await openSocket(app.url);
  ({ hlsUrl } = await outside.ask('show.join', { showId: market.show.id }));
});
afterAll(async () => {
  outside?.close();
  await browser?.close();
  await app?.close();
});

it('is heard in one ear and on no other way, in a real show and in a rehearsal', async () => {
  for (const visitor of [coach, trainer, onlooker]) await consoleOf(visitor).getByRole('button', { name: /放大看/ }).click();
  const stranger = await openSocket(app.url, other.coachToken);
  rehearsedHlsUrl = (await stranger.ask('show.join', { showId: other.show.id })).hlsUrl;
  await Promise.all([listen(farmer), listen(neighbour)]);
  await shopper.page.locator('fieldcast-player[state=live]').waitFor();
  for (const visitor of [coach, trainer]) await consoleOf(visitor).getByText('听得到您').last().waitFor();

  await Promise.all([talkTo(farmer, coach, '李老师'), talkTo(neighbour, trainer, '王老师')]);
  // The control: where they belong they are found; from here on until the button is let go they are in the air.
  const ears = [
    [farmer, LIVE],
    [neighbour, REHEARSAL],
  ] as const;
  for (const [{ page }, { whisperHz }] of ears) await expect.poll(async () => (await tonesHeard(page, [whisperHz], 250))[0]).toBeGreaterThan(0.1);
  const since = Date.now();
  const hls = (url: string, name: string, hostHz: number) => withHost(() => tonesSince(app.url + url.replace('index', name), since, [hostHz, ...WHISPERS_HZ], 2));
  const [viewer, looking, ...packaged] = await Promise.all([
    withHost(() => tonesHeard(shopper.page, [LIVE.hostHz, ...WHISPERS_HZ])),
    withHost(() => tonesHeard(onlooker.page, [REHEARSAL.hostHz, ...WHISPERS_HZ])),
    ...['audio', 'aac'].flatMap((name) => [hls(hlsUrl, name, LIVE.hostHz), hls(rehearsedHlsUrl, name, REHEARSAL.hostHz)]),
  ]);
  // And here they are still, each in its own ear and not in the other trainee's.
  const [[own, foreign], [foreignThere, ownThere]] = (await Promise.all(ears.map(([{ page }]) => tonesHeard(page, WHISPERS_HZ)))) as [[number, number], [number, number]];
  // A coach of somebody else is refused.
  const wrong = await stranger.send('whisper.hear', { rtpCapabilities: {} });
  for (const visitor of [coach, trainer]) await visitor.page.mouse.up();

  whispered = Math.min(own, ownThere);
  expect(whispered).toBeGreaterThan(0.1);
  expect(Math.max(foreign, foreignThere)).toBeLessThan(whispered * NOTHING);
  const [audio, rehearsedAudio, aac, rehearsedAac] = packaged as [number[], number[], number[], number[]];
  expectNoWhisper({ viewer, 'viewer of the rehearsal': looking, hls: audio, 'hls of the rehearsal': rehearsedAudio, aac, 'aac of the rehearsal': rehearsedAac });

  expect(wrong.ok ? '' : wrong.error.code).toBe('auth.forbidden');
  stranger.close();
  await room(farmer).getByText('李老师在看您直播').waitFor();
  // What the phone has still to play of it is played first.
  await expect.poll(async () => (await tonesHeard(farmer.page, [LIVE.whisperHz], 500))[0]).toBeLessThan(whispered * NOTHING);
  await Promise.all([trainer.context.close(), onlooker.context.close()]);
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
  await expect.poll(() => console_().getByText('1 人举手').count()).toBe(0);
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

it('is in no replay and in no recording of a rehearsal', async () => {
  const shows = [
    [market.show.id, market.hostToken, LIVE.hostHz],
    [other.show.id, other.hostToken, REHEARSAL.hostHz],
  ] as const;
  for (const [showId, token, hostHz] of shows) {
    await app.call('POST', `/api/v1/shows/${showId}/end`, { token, body: {} });
    const replay = async () => (await app.call('GET', `/api/v1/shows/${showId}/replay`, { token })).body as { state: string; hlsUrl: string };
    await expect.poll(async () => (await replay()).state).toBe('ready');
    expectNoWhisper({ replay: await tonesIn(app.url + (await replay()).hlsUrl, [hostHz, ...WHISPERS_HZ], 60) });
  }
  expect((await app.call('GET', `/api/v1/shows/${other.show.id}/replay`)).status).toBe(404);
  expect([...farmer.complaints, ...neighbour.complaints, ...shopper.complaints, ...coach.complaints, ...trainer.complaints, ...onlooker.complaints]).toEqual([]);
});
