// The list of shows in a foreign page: what is live, coming and past, its links and words, and how it stays fresh.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Programme, ProgrammeEntry } from '../../../server/protocol/programme.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop } from '../live/shop-page.ts';
import { snapshotOf } from '../show/goods.ts';

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2030, 5, 1, 4, 0);

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const { show } = snapshotOf([]);
const entry = (id: string, part: Partial<ProgrammeEntry['show']>, more: Partial<ProgrammeEntry> = {}): ProgrammeEntry => ({
  show: { ...show, id, title: id, ...part },
  viewers: null,
  replay: null,
  ...more,
});
const everything: Programme = {
  serverTime: NOW,
  entries: [
    entry('shw_live', { status: 'live' }, { viewers: 1_234 }),
    entry('shw_away', { status: 'paused', pageUrl: 'https://shop.example.org/away' }, { viewers: 0 }),
    entry('shw_near', { status: 'planned', plannedAt: NOW + 40 * MINUTE_MS - 1_000, needsCode: true }),
    entry('shw_far', { status: 'planned', plannedAt: NOW + (26 * 60 + 10) * MINUTE_MS }),
    entry('shw_open', { status: 'planned' }),
    entry('shw_kept', { status: 'ended', endedAt: NOW - MINUTE_MS }, { replay: { durationMs: 3_725_000 } }),
    entry('shw_gone', { status: 'ended', endedAt: NOW - MINUTE_MS }),
  ],
};

/** A page with the list, and what its server answers. */
async function openList(options: { lang?: 'zh-CN' | 'en'; attributes?: string; inside?: string; answers: (Programme | null)[] }) {
  const { lang = 'en', attributes = '', inside = '', answers } = options;
  const shop = await openShop(browser, app, '', { lang, body: '' });
  const asked: string[] = [];
  await shop.page.route('**/api/v1/programme*', (route) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(new URL(route.request().url()).search);
    return answer ? route.fulfill({ json: answer }) : route.abort();
  });
  await shop.page.addScriptTag({ type: 'module', url: '/fieldcast-shows.js' });
  await shop.page.locator('main').evaluate((main, markup) => main.insertAdjacentHTML('beforeend', markup), `<fieldcast-shows ${attributes}>${inside}</fieldcast-shows>`);
  return { ...shop, asked, list: shop.page.locator('fieldcast-shows') };
}

describe('the list of shows', () => {
  it.each(['en', 'zh-CN'] as const)('tells of each show what may be expected of it, in %s, without a fault for axe', async (lang) => {
    const shop = await openList({ lang, answers: [everything] });
    await shop.list.locator('section').nth(2).waitFor();
    const texts = (selector: string) => shop.list.locator(selector).allInnerTexts();
    const of = async (id: string) => (await shop.list.locator('.show', { hasText: id }).innerText()).replaceAll(/\s+/g, ' ');
    expect(await texts('h2')).toEqual(lang === 'en' ? ['Live now', 'Coming up', 'Past shows'] : ['正在直播', '直播预告', '往期直播']);
    expect(await of('shw_live')).toContain(lang === 'en' ? '1,234 watching' : '1,234 人在看');
    expect(await of('shw_away')).toContain(lang === 'en' ? 'Back soon' : '马上回来');
    expect(await of('shw_near')).toContain(lang === 'en' ? 'in 40 min By invitation' : '还有 40 分钟 凭邀请码');
    expect(await of('shw_far')).toContain(lang === 'en' ? 'in 1 day 2 h' : '还有 1 天 2 小时');
    expect(await of('shw_open')).toContain(lang === 'en' ? 'Time to be announced' : '时间待定');
    expect(await of('shw_kept')).toMatch(lang === 'en' ? /1:02:05.*Watch again/ : /1:02:05.*看回放/);
    expect(await of('shw_gone')).not.toContain(lang === 'en' ? 'Watch again' : '看回放');
    await shop.shoot(`shows-${lang}`);
    expect(await shop.faults()).toEqual([]);
    await shop.close();
  });

  it('links to the page named in the tag, to the show\'s own, or to the server\'s', async () => {
    const links = async (attributes: string) => {
      const shop = await openList({ attributes, answers: [everything] });
      const [live, away] = [shop.list.locator('.show').nth(0), shop.list.locator('.show').nth(1)];
      const found = [await live.getAttribute('href'), await away.getAttribute('href')];
      await shop.close();
      return found;
    };
    expect(await links('')).toEqual([`${app.url}/demo/shop.html?show=shw_live`, 'https://shop.example.org/away']);
    expect(await links('page-url="/watch/{showId}"')).toEqual(['/watch/shw_live', '/watch/shw_away']);
  });

  it('is walked with the keyboard, and leaves opening to the page that wants it', async () => {
    const shop = await openList({ answers: [everything] });
    await shop.list.locator('.show').first().waitFor();
    const opened: string[] = [];
    await shop.page.exposeFunction('tellOpened', (showId: string) => void opened.push(showId));
    await shop.page.evaluate(() =>
      document.addEventListener('fieldcast-show-open', (event) => {
        event.preventDefault();
        (globalThis as unknown as { tellOpened: (showId: string) => void }).tellOpened((event as CustomEvent<{ showId: string }>).detail.showId);
      }),
    );
    await shop.page.keyboard.press('Tab');
    await shop.page.keyboard.press('Tab');
    await shop.page.keyboard.press('Enter');
    await expect.poll(() => opened).toEqual(['shw_away']);
    expect(new URL(shop.page.url()).pathname).toBe('/a-shop');
    await shop.close();
  });

  it('asks again when the page is looked at, keeps what it shows when no answer comes, and follows its attributes', async () => {
    const shop = await openList({ attributes: 'seller="sel_one" limit="3"', answers: [everything, null, { ...everything, entries: everything.entries.slice(0, 1) }] });
    await shop.list.locator('.show').nth(6).waitFor();
    expect(shop.asked).toEqual(['?sellerId=sel_one&limit=3']);
    const look = () => shop.page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
    await look();
    await expect.poll(() => shop.asked.length).toBe(2);
    expect(await shop.list.locator('.show').count()).toBe(7);
    await look();
    await expect.poll(() => shop.list.locator('.show').count()).toBe(1);
    await shop.list.evaluate((list) => list.setAttribute('host', 'per_two'));
    await expect.poll(() => shop.asked.at(-1)).toBe('?sellerId=sel_one&hostId=per_two&limit=3');
    await shop.close();
  });

  it('says when there is nothing, in the page\'s own words where it has some', async () => {
    const none = { ...everything, entries: [] };
    const shop = await openList({ answers: [none] });
    await expect.poll(() => shop.list.locator('.state').innerText()).toContain('No shows yet');
    expect(await shop.faults()).toEqual([]);
    await shop.close();
    const own = await openList({ answers: [none], inside: '<p slot="empty">Come back in autumn</p>' });
    await own.page.getByText('Come back in autumn').waitFor();
    await own.close();
  });

  it('offers another try when the first answer does not come', async () => {
    const shop = await openList({ answers: [null, everything] });
    await shop.list.locator('.state .button').click();
    await shop.list.locator('.show').first().waitFor();
    expect(await shop.list.locator('.state .button').count()).toBe(0);
    await shop.close();
  });

  it('shows what a real server has', async () => {
    const market = await openMarket(app);
    const shop = await openShop(browser, app, '', { body: '<script type="module" src="/fieldcast-shows.js"></script><fieldcast-shows></fieldcast-shows>' });
    const link = shop.page.locator('fieldcast-shows .show', { hasText: market.show.title });
    expect(await link.first().getAttribute('href')).toContain('/demo/shop.html?show=');
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
});
