// Questions and orders read aloud to the host, large letters and answers by one tap, in the studio. The browser's voice is observed: what it is
// given to say, and when; headless Chromium has no voice of its own.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { hostLink, type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openStudio, type StudioPage } from './studio-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Stands in for `speechSynthesis`: keeps what it is given, and ends a sentence when the test says so, or by itself. */
function installVoice(): void {
  const given: { text: string; lang: string; volume: number }[] = [];
  const observed = { given, cancelled: 0, endsByItself: true, current: null as any };
  class Utterance {
    text: string;
    lang = '';
    volume = 1;
    voice: object | null = null;
    onend: (() => void) | null = null;
    onerror: (() => void) | null = null;
    constructor(text: string) {
      this.text = text;
    }
  }
  const voices = [
    { voiceURI: 'zh-local', name: '普通话女声', lang: 'zh-CN', localService: true },
    { voiceURI: 'zh-online', name: '普通话男声', lang: 'zh-CN', localService: false },
    { voiceURI: 'en-local', name: 'English', lang: 'en-US', localService: true },
  ];
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    resume: () => undefined,
    cancel: () => {
      observed.cancelled += 1;
    },
    speak(utterance: Utterance) {
      given.push({ text: utterance.text, lang: utterance.lang, volume: utterance.volume });
      observed.current = utterance;
      if (observed.endsByItself) setTimeout(() => utterance.onend?.(), 20);
    },
  });
  Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
  Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance, voice: observed });
}

/** A microphone whose loudness the test sets by `window.speak(true)`, and devices that the test plugs. */
function installMicrophone(): void {
  const devices = [{ kind: 'audiooutput', label: 'Speakerphone', deviceId: '1', groupId: '' }];
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve([...devices] as never);
  Object.assign(globalThis, {
    plug(isIn: boolean) {
      devices.splice(1);
      if (isIn) devices.push({ kind: 'audiooutput', label: 'Wired headset', deviceId: '2', groupId: '' });
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    },
  });
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await real(wish);
    if (!wish?.audio) return stream;
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const gate = audio.createGain();
    gate.gain.value = 0;
    const out = audio.createMediaStreamDestination();
    tone.connect(gate).connect(out);
    tone.start();
    for (const track of stream.getAudioTracks()) stream.removeTrack(track);
    stream.addTrack(out.stream.getAudioTracks()[0]!);
    Object.assign(globalThis, { speak: (isOn: boolean) => gate.gain.setValueAtTime(isOn ? 0.5 : 0, audio.currentTime) });
    return stream;
  };
}

const given = (page: Page) => page.evaluate(() => (globalThis as any).voice.given.map(({ text }: { text: string }) => text) as string[]);
const inPage = (page: Page, name: 'plug' | 'speak', value: boolean) => page.evaluate(([what, how]) => (globalThis as any)[what](how), [name, value] as const);

async function say(market: Market, text: string, name = '李梅'): Promise<void> {
  const token = await app.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
  const answer = await app.call('POST', `/api/v1/shows/${market.show.id}/messages`, { token, body: { text, name }, headers: { 'idempotency-key': newId('key') } });
  expect(answer.status).toBe(201);
}
const order = (market: Market) => app.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!, 2), headers: { 'idempotency-key': newId('key') } });

async function openRoom(options: { camera: boolean; lang?: 'zh-CN' | 'en' }): Promise<{ page: StudioPage; market: Market }> {
  const market = await openMarket(app, [10]);
  const code = new URL(await hostLink(app.call, app.operatorToken, market.show.id)).hash.slice('#code='.length);
  const page = await openStudio(browser, app, {
    code,
    ...options,
    prepare: async (tab) => {
      await tab.addInitScript(installVoice);
      if (options.camera) await tab.addInitScript(installMicrophone);
    },
  });
  return { page, market };
}

const toChat = (page: Page) => page.locator('fieldcast-studio nav button').filter({ hasText: /聊天|Chat/ }).click();

describe('reading aloud', () => {
  it('says questions and orders, not greetings or rows of pictures, and five askers in one sentence; also after a reload', async () => {
    const { page: studio, market } = await openRoom({ camera: false });
    const { page } = studio;
    await studio.until('greeting');
    await toChat(page);
    await page.getByRole('button', { name: /^朗读/ }).click();
    await page.getByRole('button', { name: '读给我听' }).click();
    await studio.shoot('aloud-sheet-zh');
    expect(await studio.faults()).toEqual([]);
    await page.getByRole('button', { name: '关闭' }).click();
    await page.locator('fieldcast-aloud-sheet').waitFor({ state: 'detached' });
    await expect.poll(() => given(page)).toEqual(['这是朗读的声音，有人提问时您会听到。']);
    for (const text of ['大家好', '😀😀😀😀', '666666', '这个苹果真红', '一箱有几个？']) await say(market, text);
    await expect.poll(() => given(page).then((said) => said.slice(1))).toEqual(['李梅问：一箱有几个？']);

    await page.evaluate(() => ((globalThis as any).voice.endsByItself = false));
    await order(market);
    await expect.poll(() => given(page).then((said) => said.at(-1))).toBe('新订单：两公斤Apples 1');
    for (const [index, text] of ['多少钱一斤？', '怎么卖', '什么价格呀', '贵不贵？', '几块钱'].entries()) await say(market, text, `买家${index}`);
    await page.locator('fieldcast-chat .words').filter({ hasText: '几块钱' }).waitFor();
    await page.evaluate(() => {
      const { voice } = globalThis as any;
      voice.endsByItself = true;
      voice.current.onend();
    });
    await expect.poll(() => given(page).then((said) => said.at(-1))).toBe('5 个人在问价格');

    await page.reload();
    await studio.until('greeting');
    await page.waitForFunction(() => customElements.get('fieldcast-aloud'));
    await say(market, '还有货吗？');
    await expect.poll(() => given(page)).toEqual(['李梅问：还有货吗？']);
    expect(studio.complaints).toEqual([]);
    await page.context().close();
  });

  it('keeps still without an earpiece while the microphone is on the air, and while the host speaks', async () => {
    const { page: studio, market } = await openRoom({ camera: true, lang: 'en' });
    const { page } = studio;
    await studio.until('ready');
    await toChat(page);
    await page.getByRole('button', { name: /^Read aloud/ }).click();
    await page.getByRole('button', { name: 'Read to me' }).click();
    await page.getByText('No earpiece found').waitFor();
    await studio.shoot('aloud-warning-en');
    await page.getByRole('button', { name: 'Close' }).click();
    await say(market, 'How much is a box?', 'Ann');
    await page.getByText('How much is a box?').waitFor();
    expect(await given(page)).toEqual([]);

    await page.evaluate(() => ((globalThis as any).voice.endsByItself = false));
    await inPage(page, 'plug', true);
    await expect.poll(() => given(page)).toEqual(['Ann asks: How much is a box?']);
    await inPage(page, 'speak', true);
    await expect.poll(() => page.evaluate(() => (globalThis as any).voice.cancelled)).toBe(1);
    await say(market, 'Do you ship to Suzhou?', 'Bo');
    await page.getByText('Do you ship to Suzhou?').waitFor();
    expect(await given(page)).toHaveLength(1);
    await page.evaluate(() => ((globalThis as any).voice.endsByItself = true));
    await inPage(page, 'speak', false);
    await expect.poll(() => given(page), { timeout: 5_000 }).toEqual(['Ann asks: How much is a box?', 'Ann asks: How much is a box?', 'Bo asks: Do you ship to Suzhou?']);

    await inPage(page, 'plug', false);
    await page.locator('fieldcast-host-bar .held').waitFor();
    await say(market, 'Is it sweet?', 'Cy');
    await page.getByText('Is it sweet?').waitFor();
    expect(await given(page)).toHaveLength(3);
    expect(studio.complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the bar over the host’s chat', () => {
  it('answers by one tap, with words of the host’s own', async () => {
    const { page: studio } = await openRoom({ camera: false });
    const { page } = studio;
    await studio.until('greeting');
    await toChat(page);
    await page.getByRole('button', { name: '谢谢', exact: true }).click();
    await page.locator('fieldcast-chat .words').filter({ hasText: '谢谢' }).waitFor();
    await page.getByRole('button', { name: '改快捷回复' }).click();
    await page.getByRole('textbox', { name: '快捷回复 1', exact: true }).fill('谢谢老乡');
    await studio.shoot('quick-replies-zh');
    await page.getByRole('button', { name: '保存' }).click();
    await page.reload();
    await studio.until('greeting');
    await toChat(page);
    await page.getByRole('button', { name: '谢谢老乡', exact: true }).click();
    await expect.poll(() => page.locator('fieldcast-chat .words').allInnerTexts()).toEqual(['谢谢', '谢谢老乡']);
    await studio.shoot('host-bar-zh');
    await page.context().close();
  });

  it.each(['zh-CN', 'en'] as const)('makes letters larger, with nothing cut off on a small phone, in %s', async (lang) => {
    const { page: studio, market } = await openRoom({ camera: false, lang });
    const { page } = studio;
    await studio.until('greeting');
    await toChat(page);
    await say(market, lang === 'en' ? 'How much is a box of the red ones, and when do they come?' : '红的一箱多少钱，几天能到？');
    const before = await page.locator('fieldcast-chat .words').first().evaluate((element) => element.getBoundingClientRect().height);
    await page.getByRole('button', { name: lang === 'en' ? 'Large text' : '大字' }).click();
    await expect.poll(() => page.locator('fieldcast-chat .words').first().evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(before * 1.2);
    await page.reload();
    await studio.until('greeting');
    for (const tab of [1, 2, 3, 4]) {
      await page.locator('fieldcast-studio nav button').nth(tab).click();
      await page.waitForTimeout(300);
      await studio.shoot(`large-${tab}-${lang}`);
      const wide = await page.locator('fieldcast-studio .page').evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(wide).toBeLessThanOrEqual(1);
    }
    await toChat(page);
    await page.getByRole('button', { name: lang === 'en' ? /^Read aloud/ : /^朗读/ }).click();
    await studio.shoot(`large-aloud-${lang}`);
    const sheet = await page.locator('fieldcast-aloud-sheet dialog').boundingBox();
    expect(sheet!.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: lang === 'en' ? 'Captions' : '字幕', exact: true }).click();
    await page.locator('fieldcast-caption-desk textarea').waitFor();
    await studio.shoot(`large-desk-${lang}`);
    expect(await studio.faults()).toEqual([]);
    await page.context().close();
  });
});
