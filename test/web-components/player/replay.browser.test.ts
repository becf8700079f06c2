// Owns what a viewer can do with a show that is over, in a real browser with the real hls.js: start by a tap, jump, hand a moment on, by
// keyboard too, and what happens when the way to the recording breaks.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FieldcastPlayer } from '../../../web-components/index.ts';
import { findAccessibilityFaults, LEGAL_LEVELS } from '../../support/accessibility.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE, type Visitor } from '../../support/browser.ts';
import { openOverShow, type OverShow, readSecond } from '../../support/over-show.ts';
import { productOf, snapshotOf } from '../show/goods.ts';

/** What a careful shop allows; media source extensions give the picture as a blob. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; connect-src 'self' ws:; base-uri 'none'";

let stand: OverShow;
let browser: Browser;
let visitor: Visitor | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const snapshot = snapshotOf([productOf('apples'), productOf('pears', { stock: 3 }), productOf('plums')]);
  Object.assign(snapshot.show, { status: 'ended', title: '果园直播：红富士', startedAt: 1_000, endedAt: 41_000 });
  stand = await openOverShow({
    snapshot: { ...snapshot, replay: 'ready' },
    chapters: [
      { productId: 'prd_apples', startMs: 4_000, endMs: 11_000 },
      { productId: 'prd_pears', startMs: 13_000, endMs: 25_000 },
      { productId: 'prd_apples', startMs: 28_000, endMs: 38_000 },
    ],
  });
});
afterEach(async () => {
  const complaints = visitor?.complaints ?? [];
  await visitor?.context.close();
  visitor = undefined;
  await stand.close();
  if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('; ')}`);
});

async function open(options: { at?: string; lang?: 'zh-CN' | 'en'; isWide?: boolean; body?: string } = {}): Promise<Page> {
  const { at = '', lang = 'en', isWide = false, body = `<fieldcast-live show="${stand.snapshot.show.id}"></fieldcast-live>` } = options;
  stand.page = {
    policy: POLICY,
    html: `<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>A shop</title><link rel="stylesheet" href="/a-shop.css"><script type="module" src="/fieldcast.js"></script><main><h1>A shop</h1>${body}</main></html>`,
    css: 'body { margin: 0 } h1 { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%) } fieldcast-live { --fieldcast-height: 100vh }',
  };
  visitor = await openVisitor(browser, { size: isWide ? DESKTOP : PHONE, locale: lang });
  visitor.page.setDefaultTimeout(10_000);
  await visitor.page.goto(`${stand.url}/a-shop${at}`);
  return visitor.page;
}

const player = (page: Page) => page.locator('fieldcast-player');
const video = (page: Page) => page.locator('fieldcast-replay video');
const second = (page: Page) => video(page).evaluate(readSecond as (element: SVGElement | HTMLElement) => number | null);
const start = (page: Page) => page.getByRole('button', { name: 'Watch the replay' }).click();
const isPaused = (page: Page) => video(page).evaluate((element: HTMLVideoElement) => element.paused);
/** Waits for the picture of a second, within a second of it. */
async function untilSecond(page: Page, wanted: number): Promise<void> {
  await expect.poll(() => second(page), { timeout: 10_000, interval: 50 }).toSatisfy((at) => at !== null && Math.abs((at as number) - wanted) <= 1);
}
const clockOf = (page: Page) => player(page).evaluate((element) => (element as FieldcastPlayer).showTimeMs);

const faults = (page: Page) => findAccessibilityFaults(page, LEGAL_LEVELS);

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe('beginning', () => {
  it.each([
    ['zh-CN', false],
    ['en', false],
    ['zh-CN', true],
    ['en', true],
  ] as const)('waits at the poster for a tap, then plays with sound (%s, wide: %s)', async (lang, isWide) => {
    const page = await open({ lang, isWide });
    await page.locator('fieldcast-player[state=replay][path=hls]').waitFor();
    expect(stand.asked.some((asked) => asked.includes('/hls/'))).toBe(false);
    await shoot(page, `poster-${lang}-${isWide ? 'wide' : 'phone'}`);
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: lang === 'en' ? 'Watch the replay' : '看回放' }).click();
    await untilSecond(page, 1);
    expect(await video(page).evaluate((element: HTMLVideoElement) => element.muted)).toBe(false);
    await player(page).evaluate((element) => (element as FieldcastPlayer).seekTo(15_000));
    await untilSecond(page, 15);
    // What comes in is paler until it has come.
    await page.locator('.pins .main').evaluate((pin) => Promise.all(pin.getAnimations().map(({ finished }) => finished)));
    await shoot(page, `playing-${lang}-${isWide ? 'wide' : 'phone'}`);
    expect(await faults(page)).toEqual([]);
  });

  it.each(['replay-engine*', 'pass-1/**'])('stays paused when that is asked for while it waits for %s', async (awaited) => {
    const page = await open();
    let isAsked = false;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(`**/${awaited}`, async (route) => {
      isAsked = true;
      await held;
      await route.continue();
    });
    await start(page);
    await expect.poll(() => isAsked).toBe(true);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    expect(await isPaused(page)).toBe(true);
    letGo();
    await untilSecond(page, 0);
    expect(await isPaused(page)).toBe(true);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await untilSecond(page, 2);
  });

  it('offers the replay on the page that is open, as soon as it is there', async () => {
    stand.snapshot.replay = 'recording';
    const page = await open();
    await page.getByText('The show has ended').waitFor();
    stand.snapshot.replay = 'ready';
    stand.say('replay.changed', { state: 'ready' });
    await start(page);
    await untilSecond(page, 1);
    stand.snapshot.replay = 'none';
    stand.say('replay.changed', { state: 'none' });
    await expect.poll(() => player(page).getAttribute('state')).toBe('ended');
  });

  it.each(['#t=14', '?t=14', '#t=0:14'])('begins where the address says: %s', async (at) => {
    const page = await open({ at });
    await page.getByText('from 0:14').waitFor();
    await start(page);
    await untilSecond(page, 14);
    expect(await clockOf(page)).toBeGreaterThanOrEqual(14_000);
  });

  it('leaves an address alone that means something else', async () => {
    const page = await open({ at: '?t=1732240000' });
    await page.getByText('0:40 long').waitFor();
    expect(await clockOf(page)).toBe(0);
  });

  it('begins where the attribute says, and follows a link to another moment on the same page', async () => {
    const page = await open({ body: `<fieldcast-player show="${stand.snapshot.show.id}" start="20"></fieldcast-player><a href="#t=5">Five</a>` });
    await start(page);
    await untilSecond(page, 20);
    await page.getByRole('link', { name: 'Five' }).click();
    await untilSecond(page, 5);
    expect(await isPaused(page)).toBe(false);
  });

  it('shows the captions of the moment as text, once somebody asks for them, and remembers that', async () => {
    stand.captions = 'WEBVTT\n\ncap_1\n00:00:14.000 --> 00:00:30.000\n&lt;b&gt;sweet&lt;/b&gt; &amp;amp; crisp\n';
    const page = await open({ at: '#t=15' });
    await start(page);
    await page.getByRole('button', { name: 'Captions: Off' }).click();
    await page.getByRole('menuitemradio', { name: 'On', exact: true }).click();
    await page.locator('fieldcast-captions p').waitFor();
    expect(await page.locator('fieldcast-captions p').allInnerTexts()).toEqual(['<b>sweet</b> &amp; crisp']);
    await shoot(page, 'replay-captions');
    await page.evaluate(() => (document.querySelector('fieldcast-live') as unknown as { player: FieldcastPlayer }).player.seekTo(2_000));
    await page.locator('fieldcast-captions p').waitFor({ state: 'detached' });
    await page.reload();
    await start(page);
    await page.getByRole('button', { name: 'Captions: On' }).waitFor();
  });
});

describe('chapters', () => {
  it('go from the shelf to where a product is explained; pins, badge and events follow the picture', async () => {
    const page = await open();
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      for (const name of ['fieldcast-moment-open', 'fieldcast-product-open']) addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail]));
    });
    await page.locator('.dock .to-shelf').click();
    const shelf = page.locator('fieldcast-shelf');
    await shelf.getByRole('button', { name: 'Watch 0:04: apples' }).waitFor();
    expect(await shelf.getByRole('button', { name: /: (apples|pears)$/ }).count()).toBe(3);
    await page.locator('.panel.shelf').evaluate((panel) => Promise.all(panel.getAnimations().map(({ finished }) => finished)));
    await shoot(page, 'shelf-en-phone');
    expect(await faults(page)).toEqual([]);
    await shelf.getByRole('button', { name: 'Watch 0:13: pears' }).click();
    // The sheet gives way to the picture, which plays.
    await untilSecond(page, 13);
    expect(await video(page).evaluate((element: HTMLVideoElement) => element.muted)).toBe(false);
    expect(await page.locator('fieldcast-live').getAttribute('panel')).toBe('none');
    await player(page).locator('.pins .main', { hasText: 'pears' }).waitFor();
    expect(await isPaused(page)).toBe(false);
    await player(page).evaluate((element) => (element as FieldcastPlayer).seekTo(30_000));
    const pin = player(page).locator('.pins .main', { hasText: 'apples' });
    await pin.click();
    const detail = shelf.locator('[part=product-page]');
    await detail.getByText('Shown now').waitFor();
    expect(await detail.getByRole('button', { name: /: (apples|pears)$/ }).count()).toBe(2);
    expect(await detail.locator('[aria-current=true]').innerText()).toBe('0:28');
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: [string, Record<string, unknown>][] }).heard);
    expect(heard[0]).toMatchObject(['fieldcast-moment-open', { productId: 'prd_pears', timeMs: 13_000, mode: 'replay', showId: stand.snapshot.show.id }]);
    expect(heard.at(-1)).toMatchObject(['fieldcast-product-open', { productId: 'prd_apples', mode: 'replay' }]);
    expect(heard.at(-1)![1]['showTimeMs']).toBeGreaterThanOrEqual(30_000);
  });

  it('go from the list over the picture, which names what is playing', async () => {
    const page = await open({ lang: 'zh-CN' });
    await page.getByRole('button', { name: '看回放' }).click();
    await untilSecond(page, 1);
    await page.getByRole('button', { name: /看讲解/ }).click();
    const list = page.getByRole('dialog', { name: '回放里讲过的商品' });
    expect(await list.getByRole('listitem').count()).toBe(3);
    await shoot(page, 'chapters-zh-CN-phone');
    expect(await faults(page)).toEqual([]);
    await list.getByRole('button', { name: /apples.*0:28/ }).click();
    await untilSecond(page, 28);
    expect(await list.count()).toBe(0);
    await page.getByRole('button', { name: /看讲解/ }).click();
    await list.locator('[aria-current=true]', { hasText: '0:28' }).waitFor();
  });
});

describe('by keyboard', () => {
  it('starts, pauses, jumps, moves the bar and comes back from the list', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.className ?? '';
      });
    await page.getByRole('button', { name: 'Watch the replay' }).focus();
    await page.keyboard.press('Enter');
    await untilSecond(page, 1);
    await expect.poll(focused).toContain('toggle');
    await page.keyboard.press('Space');
    await expect.poll(() => isPaused(page)).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.getByRole('slider').focus();
    const before = (await clockOf(page))!;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => clockOf(page)).toSatisfy((at) => Math.abs((at as number) - before - 10_000) < 100);
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/^1\d seconds of 40 seconds(, \w+)?$/);
    await page.keyboard.press('End');
    await expect.poll(() => clockOf(page)).toBeGreaterThan(39_000);
    await page.keyboard.press('Home');
    await expect.poll(() => clockOf(page)).toBe(0);
    await page.getByRole('button', { name: /^Products/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(focused).toContain('close');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toContain('chapters-button');
    await page.keyboard.press('k');
    await expect.poll(() => isPaused(page)).toBe(false);
  });
});

describe('while it plays', () => {
  it('tells the show clock, a few times a second, and changes speed', async () => {
    const page = await open();
    await start(page);
    await untilSecond(page, 1);
    const speed = page.getByRole('button', { name: 'Speed 1×' });
    await speed.click();
    await page.getByRole('button', { name: 'Speed 1.5×' }).click();
    await page.getByRole('button', { name: 'Speed 2×' }).waitFor();
    const times = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const told: number[] = [];
          addEventListener('fieldcast-time-change', (event) => {
            told.push((event as unknown as CustomEvent<{ showTimeMs: number }>).detail.showTimeMs);
            if (told.length === 6) resolve(told);
          });
        }),
    );
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(1_000);
    expect(await video(page).evaluate((element: HTMLVideoElement) => element.playbackRate)).toBe(2);
  });

  it('lets its controls go, brings them back by a touch, and offers it again at the end', async () => {
    const page = await open();
    await start(page);
    await untilSecond(page, 1);
    await page.locator('fieldcast-replay .replay.calm').waitFor();
    await page.touchscreen.tap(180, 200);
    await page.locator('fieldcast-replay .replay:not(.calm)').waitFor();
    expect(await isPaused(page)).toBe(false);
    await player(page).evaluate((element) => (element as FieldcastPlayer).seekTo(38_500));
    await page.getByRole('button', { name: 'Watch again' }).click();
    await untilSecond(page, 0);
  });

  it('lets its viewer say whether they are counted, and that it is not for them, until the sheet is closed', async () => {
    const page = await open();
    const told: string[] = [];
    await page.exposeFunction('tell', (deed: string) => void told.push(deed));
    await page.evaluate(() => addEventListener('fieldcast-interaction', (event) => void (globalThis as unknown as { tell(deed: string): void }).tell((event as unknown as CustomEvent<{ deed: string }>).detail.deed)));
    await start(page);
    await untilSecond(page, 1);
    const button = page.getByRole('button', { name: 'Being counted' });
    await button.click();
    const sheet = page.getByRole('dialog', { name: 'Being counted' });
    await sheet.getByRole('button', { name: 'Not interested' }).click();
    await sheet.evaluate((panel) => Promise.all(panel.getAnimations().map(({ finished }) => finished)));
    await shoot(page, 'counting-en-phone');
    expect(await faults(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Undo' }).click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await button.click();
    await sheet.getByRole('button', { name: 'Not interested' }).click();
    await sheet.getByRole('button', { name: 'Close' }).click();
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => told).toEqual(['not-interested']);
    await button.click();
    await sheet.getByText('You have said so').waitFor();
    await sheet.getByRole('radio', { name: /Not at all/ }).click();
    await sheet.getByText('You have said so').waitFor({ state: 'detached' });
  });

  it('hands on a moment: a link that opens there, and the clip of what is explained', async () => {
    const page = await open({ at: '#t=15' });
    await visitor!.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await start(page);
    await untilSecond(page, 15);
    await page.getByRole('button', { name: 'Share this moment' }).click();
    const sheet = page.getByRole('dialog', { name: 'Share this moment' });
    await sheet.waitFor();
    await sheet.evaluate((panel) => Promise.all(panel.getAnimations().map(({ finished }) => finished)));
    await shoot(page, 'share-en-phone');
    expect(await faults(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Copy the link' }).click();
    await sheet.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a-shop\?t=1[5-7]$/);
    expect(await sheet.getByRole('link', { name: 'Save the clip: pears' }).getAttribute('href')).toBe(`${stand.url}/clip/13000/25000`);
  });

  it('goes on with a fresh address when the old one has run out', async () => {
    const page = await open();
    await page.locator('fieldcast-player[state=replay]').waitFor();
    stand.refuse = /\/pass-1\/video\/[3-9]/;
    stand.replay.hlsUrl = stand.replay.hlsUrl!.replace('pass-1', 'pass-2');
    await start(page);
    await expect.poll(() => stand.asked.some((asked) => asked.includes('/pass-2/')), { timeout: 15_000 }).toBe(true);
    await player(page).evaluate((element) => (element as FieldcastPlayer).seekTo(30_000));
    await untilSecond(page, 30);
  });

  it('says so when it does not come, and tries again when asked', async () => {
    stand.refuse = /^\/hls\//;
    const page = await open();
    await start(page);
    await page.getByText('The replay does not play').waitFor({ timeout: 30_000 });
    expect(await faults(page)).toEqual([]);
    stand.refuse = null;
    await page.getByRole('button', { name: 'Play' }).click();
    await untilSecond(page, 1);
  });
});
