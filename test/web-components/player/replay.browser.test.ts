// Owns what a viewer can do with a show that is over, in a real browser with the real hls.js: start by a tap, jump, hand a moment on, by
// keyboard too, and what happens when the way to the recording breaks.
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FieldcastPlayer } from '../../../web-components/index.ts';
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
  expect(visitor?.complaints ?? []).toEqual([]);
  await visitor?.context.close();
  visitor = undefined;
  await stand.close();
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
const untilSecond = (page: Page, wanted: number) => expect.poll(() => second(page), { timeout: 10_000, interval: 50 }).toSatisfy((at) => at !== null && Math.abs((at as number) - wanted) <= 1);
const clockOf = (page: Page) => player(page).evaluate((element) => (element as FieldcastPlayer).showTimeMs);

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`));
}

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
    await page.locator('.pins .main').waitFor();
    await shoot(page, `playing-${lang}-${isWide ? 'wide' : 'phone'}`);
    expect(await faults(page)).toEqual([]);
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
    await page.locator('fieldcast-player[state=ended]').waitFor();
  });

  it.each(['#t=14', '?t=14', '#t=0:14'])('begins where the address says: %s', async (at) => {
    const page = await open({ at });
    await page.getByText('from 0:14').waitFor();
    await start(page);
    await untilSecond(page, 14);
  });

  it('leaves an address alone that means something else', async () => {
    const page = await open({ at: '?t=1732240000' });
    await page.getByText('0:40 long').waitFor();
  });

  it('begins where the attribute says, and follows a link to another moment on the same page', async () => {
    const page = await open({ body: `<fieldcast-player show="${stand.snapshot.show.id}" start="20"></fieldcast-player><a href="#t=5">Five</a>` });
    await start(page);
    await untilSecond(page, 20);
    await page.getByRole('link', { name: 'Five' }).click();
    await untilSecond(page, 5);
  });
});
