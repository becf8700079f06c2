// Captions from a helper's second phone and from the host's own browser, on WebRTC, on HLS in step with the picture, and in the replay.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../server/protocol/access.ts';
import type { CaptionLine } from '../../server/protocol/captions.ts';
import type { Replay } from '../../server/protocol/replay.ts';
import { DESKTOP, launchBrowser, openVisitor, pictureAge, type Visitor, waitForPicture } from '../support/browser.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

const TYPED = '这箱苹果今天早上刚从树上摘下来，一箱五斤 <b>&amp;</b> --> 十二块';
const SPOKEN = 'They stay crisp until spring.';

let app: TestApp;
let browser: Browser;
let market: Market;
let farmer: Visitor;
let mei: Visitor;
let near: Visitor;
let far: Visitor;

const words = (page: Page) => page.locator('fieldcast-captions p');
const shoot = async (page: Page, name: string) => {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/captions-${name}.png` });
};
const lines = async () => (await app.call<{ lines: CaptionLine[] }>('GET', `/api/v1/shows/${market.show.id}/captions`)).body.lines;
const withoutWebRtc = () => void Reflect.deleteProperty(globalThis, 'RTCPeerConnection');

async function switchOn(page: Page): Promise<void> {
  await page.locator('fieldcast-captions-button .cc').click();
  await page.locator('fieldcast-captions-button [role=menuitemradio]').nth(1).click();
}

/** Stands in for the browser's recognition of speech: Chromium's needs a service. Tests speak through `window.speech`. */
function installSpeech(): void {
  class StandInRecognition {
    onresult: ((event: object) => void) | null = null;
    onend: (() => void) | null = null;
    onaudiostart: (() => void) | null = null;
    onerror: ((event: object) => void) | null = null;
    lang = '';
    continuous = false;
    interimResults = false;
    start(): void {
      (globalThis as any).speech.started.push({ lang: this.lang, continuous: this.continuous, interimResults: this.interimResults });
      (globalThis as any).speech.current = this;
      this.onaudiostart?.();
    }
    abort(): void {
      this.onend?.();
    }
  }
  Object.assign(globalThis, {
    SpeechRecognition: StandInRecognition,
    webkitSpeechRecognition: StandInRecognition,
    speech: {
      started: [],
      current: null as any,
      hears(transcript: string, isFinal: boolean) {
        this.current.onresult({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal })] });
      },
      current_ends() {
        this.current.onend();
      },
    },
  });
}

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app, [10, 10, 10]);
  await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: market.products.map(({ id }) => id) } });
  farmer = await openVisitor(browser, { camera: 'small' });
  await farmer.context.addInitScript(installSpeech);
  await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
  [mei, near, far] = await Promise.all([openVisitor(browser), openVisitor(browser), openVisitor(browser, { locale: 'en', size: DESKTOP })]);
  await far.context.addInitScript(withoutWebRtc);
  const shop = `${app.url}/demo/shop.html?show=${market.show.id}`;
  await Promise.all([near.page.goto(shop), far.page.goto(shop)]);
  const link = await app.call<Link>('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'helper', name: '小梅', rights: ['captions'] } });
  await mei.page.goto(link.body.url);
  await mei.page.getByRole('button', { name: '聊天', exact: false }).first().click();
  await Promise.all([waitForPicture(near.page.locator('fieldcast-player video')), waitForPicture(far.page.locator('fieldcast-player video'), { maxAgeMs: 6_000 })]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe('captions typed on a second phone', () => {
  it('are asked for with one button, which is there as soon as there are some', async () => {
    expect(await near.page.locator('fieldcast-captions-button .cc:visible').count()).toBe(0);
    await mei.page.locator('fieldcast-caption-desk textarea').fill('第一句');
    await mei.page.keyboard.press('Enter');
    await Promise.all([near.page, far.page].map((page) => switchOn(page)));
    expect((await lines()).map(({ text, source }) => [text, source])).toEqual([['第一句', 'typed']]);
  });

  it('stand on the picture on WebRTC, and on HLS when the picture has come to them, as text', async () => {
    const desk = mei.page.locator('fieldcast-caption-desk textarea');
    await desk.fill(TYPED);
    await desk.press('Enter');
    const onNear = words(near.page).filter({ hasText: '十二块' });
    const onFar = words(far.page).filter({ hasText: '十二块' });
    const farMoment = onFar.waitFor().then(async () => Date.now() - ((await pictureAge(far.page.locator('fieldcast-player video'))) as number));
    await onNear.waitFor();
    const said = (await lines()).filter(({ text }) => text !== '第一句');
    await shoot(near.page, 'webrtc-zh');
    // What is typed at once is one line after the other on a phone, and the same text again.
    expect(said.map(({ text }) => text).join('')).toBe(TYPED);
    const pictureWasOf = await farMoment;
    expect(pictureWasOf).toBeGreaterThan(said[0]!.at - 1_000);
    expect(pictureWasOf).toBeLessThan(said.at(-1)!.at + 2_000);
    await shoot(far.page, 'hls-en');
    expect(await near.page.locator('fieldcast-captions b').count()).toBe(0);
    await shoot(mei.page, 'desk-zh');
  });

  it('can be corrected and taken away with an undo, which viewers see', async () => {
    const row = mei.page.locator('fieldcast-caption-desk li').filter({ hasText: '第一句' });
    await row.getByRole('button', { name: /撤掉/ }).click();
    await expect.poll(async () => (await lines()).some(({ text }) => text === '第一句')).toBe(false);
    await mei.page.getByRole('button', { name: '恢复' }).click();
    await expect.poll(async () => (await lines()).some(({ text }) => text === '第一句')).toBe(true);
    await row.getByRole('button', { name: /改/ }).click();
    await mei.page.locator('#edit').fill('改过的第一句');
    await mei.page.keyboard.press('Enter');
    await expect.poll(async () => (await lines())[0]?.text).toBe('改过的第一句');
  });

  it('move up when a sheet covers their place', async () => {
    await mei.page.locator('fieldcast-caption-desk textarea').fill('看得见吗');
    await mei.page.keyboard.press('Enter');
    const line = words(near.page).filter({ hasText: '看得见吗' });
    await line.waitFor();
    await near.page.locator('.dock .to-chat').click();
    const sheet = near.page.locator('.panel.chat');
    await sheet.waitFor();
    const bottom = (box: Awaited<ReturnType<Locator['boundingBox']>>) => (box ? box.y + box.height : Infinity);
    await expect.poll(async () => bottom(await line.boundingBox()) <= ((await sheet.boundingBox())?.y ?? 0)).toBe(true);
    await shoot(near.page, 'sheet-zh');
    await near.page.locator('.panel.chat .icon-button').first().click();
  });
});

describe('captions from the host’s own browser', () => {
  const hears = (text: string, isFinal: boolean) => farmer.page.evaluate(([words, final]) => (globalThis as any).speech.hears(words, final), [text, isFinal] as const);
  const started = () => farmer.page.evaluate(() => (globalThis as any).speech.started);

  it('ask first, and say where the sound goes', async () => {
    await farmer.page.getByRole('button', { name: '聊天', exact: false }).first().click();
    await farmer.page.getByRole('button', { name: '字幕', exact: true }).click();
    await farmer.page.getByRole('switch', { name: /自动出字幕/ }).click();
    await farmer.page.getByText('发给浏览器公司').waitFor();
    await shoot(farmer.page, 'ask-zh');
    expect(await started()).toEqual([]);
    await farmer.page.getByRole('button', { name: '可以听' }).click();
    await expect.poll(started).toEqual([{ lang: 'zh-CN', continuous: true, interimResults: true }]);
  });

  it('show what is being said before it is a line, tell the helper, and begin again by themselves', async () => {
    // Both are gone again after a few seconds in which nobody says more.
    const seen = Promise.all([near.page.locator('fieldcast-captions p.draft').filter({ hasText: 'They stay' }).waitFor(), mei.page.getByText('Zhang的手机正在打字…').waitFor()]);
    await hears('They stay', false);
    await seen;
    await hears(SPOKEN, true);
    await words(near.page).and(near.page.locator('p:not(.draft)')).filter({ hasText: SPOKEN }).waitFor();
    await farmer.page.evaluate(() => (globalThis as any).speech.current_ends());
    await expect.poll(async () => (await started()).length).toBe(2);
    // The page shows its camera again: it goes on listening.
    await farmer.page.getByRole('button', { name: '直播', exact: false }).first().click();
    await hears('And in the cellar.', true);
    await expect.poll(async () => (await lines()).at(-1)?.text).toBe('And in the cellar.');
  });
});

describe('captions in the replay', () => {
  it('stand where they were said, and come as a file', async () => {
    expect((await app.call('POST', `/api/v1/shows/${market.show.id}/end`, { token: market.hostToken, body: {} })).status).toBe(200);
    await near.page.locator('fieldcast-player[state=replay]').waitFor();
    const replay = (await app.call<Replay>('GET', `/api/v1/shows/${market.show.id}/replay`)).body;
    const spoken = (await lines()).find(({ text }) => text === SPOKEN)!;
    const stretch = replay.stretches.findLast(({ at }) => at <= spoken.at)!;
    const timeOf = (at: number) => stretch.startMs + at - stretch.at;
    const goTo = (timeMs: number) => near.page.evaluate((to) => (document.querySelector('fieldcast-live') as any).player.seekTo(to), timeMs);
    await near.page.locator('fieldcast-replay .tap').click();
    await near.page.locator('fieldcast-captions-button .cc:visible').waitFor();
    // So slowly that what is said next does not take the place of what is looked for.
    await near.page.locator('fieldcast-replay video').evaluate((video: HTMLVideoElement) => (video.playbackRate = video.defaultPlaybackRate = 0.25));
    await goTo(timeOf(spoken.at) + 150);
    await words(near.page).filter({ hasText: SPOKEN }).waitFor();
    await shoot(near.page, 'replay-zh');
    const typed = (await lines()).filter(({ source }) => source === 'typed')[1]!;
    const file = await fetch(`${app.url}/api/v1/shows/${market.show.id}/captions.vtt`);
    expect(file.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    const vtt = await file.text();
    // Lines that come at once are given their time to be read, one after the other.
    const [, hours, minutes, seconds] = new RegExp(`(\\d+):(\\d+):([\\d.]+) --> .*\\n${typed.text.slice(0, 8)}`).exec(vtt)!.map(Number) as [number, number, number, number];
    const startMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    expect(Math.abs(startMs - timeOf(typed.at))).toBeLessThan(5_000);
    await goTo(startMs + 150);
    await words(near.page).filter({ hasText: typed.text }).waitFor();
    // It was too long for one line, and was typed as two.
    expect(vtt).toContain('&lt;b&gt;&amp;amp;\n');
    expect(vtt).toContain('\n&lt;/b&gt; --&gt;');
    expect(vtt).not.toContain('<b>');
    expect([...near.complaints, ...far.complaints, ...mei.complaints, ...farmer.complaints]).toEqual([]);
  });
});
