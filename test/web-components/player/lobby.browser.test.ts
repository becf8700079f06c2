// What stands before the picture: the code at the gate, the countdown by the server's clock, handing the show on.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop } from '../live/shop-page.ts';

const CODE = 'APPLE2026';
const MINUTE_MS = 60_000;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const setGate = ({ show, hostToken }: Market, body: object) => app.call('PUT', `/api/v1/shows/${show.id}/gate`, { token: hostToken, body });

describe('the gate', () => {
  it.each(['zh-CN', 'en'] as const)('takes the code from the invitation and remembers the device, in %s, without a fault for axe', async (lang) => {
    const market = await openMarket(app, [10]);
    await setGate(market, { needsCode: true, code: CODE });
    const shop = await openShop(browser, app, market.show.id, { lang });
    const card = shop.player.locator('fieldcast-code-card');
    const field = card.locator('input');
    await field.waitFor();
    expect(await card.locator('.lobby').innerText()).toContain(market.show.title);
    expect(await shop.live.locator('.dock').count()).toBe(0);
    expect(await shop.faults()).toEqual([]);

    const fault = card.locator('.fault');
    await field.press('Enter');
    expect(await fault.innerText()).toContain(lang === 'en' ? 'Type the code' : '请先填上');
    await field.fill('abc');
    await field.press('Enter');
    expect(await fault.innerText()).toContain(lang === 'en' ? 'at least 6' : '至少有 6 个');
    await field.fill('PEARS2026');
    await field.press('Enter');
    await expect.poll(() => fault.innerText()).toContain(lang === 'en' ? 'not right' : '邀请码不对');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await shop.shoot(`code-${lang}`);
    expect(await shop.faults()).toEqual([]);

    await field.fill(' apple-2026');
    await field.press('Enter');
    await shop.page.locator('fieldcast-player[state=planned]').waitFor();
    await shop.page.reload();
    await shop.page.locator('fieldcast-player[state=planned]').waitFor();
    expect(await card.count()).toBe(0);
    // The browser reports the refused code as a failed request; nothing else.
    expect(shop.complaints.filter((complaint) => !complaint.includes('403'))).toEqual([]);
    await shop.close();
  });

  it('asks again whoever is signed out, at once', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await shop.page.locator('fieldcast-player[state=planned]').waitFor();
    await setGate(market, { needsCode: true, code: CODE });
    await setGate(market, { signOutEveryone: true });
    await shop.player.locator('fieldcast-code-card input').fill(CODE);
    await shop.player.locator('fieldcast-code-card button').click();
    await shop.page.locator('fieldcast-player[state=planned]').waitFor();
    expect(await shop.player.locator('fieldcast-code-card').count()).toBe(0);
    await shop.close();
  });

  it('says that a code does not help where the site may not show it', async () => {
    const market = await openMarket(app, [10]);
    await setGate(market, { origins: ['https://shop.example.org'] });
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    await shop.page.locator('fieldcast-player[state=planned]').waitFor();
    await shop.close();
    // The same server by another name is another site.
    const page = await browser.newPage();
    await page.goto(`${app.url.replace('127.0.0.1', 'localhost')}/health/live`);
    await page.addScriptTag({ type: 'module', url: `${app.url}/fieldcast.js` });
    await page.evaluate((showId) => document.body.insertAdjacentHTML('beforeend', `<fieldcast-live lang="en" show="${showId}"></fieldcast-live>`), market.show.id);
    await page.getByText('Not on this page').waitFor();
    expect(await page.locator('fieldcast-code-card input').count()).toBe(0);
    await page.close();
  });
});

describe('waiting', () => {
  it('counts down by the server\'s clock, whatever the phone\'s says', async () => {
    const market = await openMarket(app, [10]);
    await app.call('PATCH', `/api/v1/shows/${market.show.id}`, { token: app.operatorToken, body: { plannedAt: Date.now() + 62 * MINUTE_MS + 30_000 } });
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    const timer = shop.player.locator('[role=timer]');
    await timer.waitFor();
    await shop.page.addInitScript(() => {
      const real = Date.now;
      Date.now = () => real() - 5 * 3600_000;
    });
    await shop.page.reload();
    expect(await timer.getAttribute('aria-label')).toMatch(/^Starts in 01 h 02 min \d\d s$/);
    await expect.poll(() => timer.innerText()).not.toBe(await timer.innerText());
    expect(await shop.player.locator('[part=calendar]').getAttribute('href')).toBe(`${app.url}/api/v1/shows/${market.show.id}/calendar.ics`);
    expect(await shop.faults()).toEqual([]);
    await shop.close();
  });

  it('hands on the address where the show is watched', async () => {
    const market = await openMarket(app, [10]);
    const pageUrl = 'https://shop.example.org/live';
    await app.call('PATCH', `/api/v1/shows/${market.show.id}`, { token: app.operatorToken, body: { pageUrl } });
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    await shop.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const button = shop.player.locator('fieldcast-share-button');
    await button.locator('button').click();
    await expect.poll(() => button.locator('.bubble').innerText()).toBe('Link copied');
    expect(await shop.page.evaluate(() => navigator.clipboard.readText())).toBe(pageUrl);
    await shop.page.evaluate(() => {
      Object.defineProperty(navigator, 'share', { value: async (what: object) => void Object.assign(globalThis, { shared: what }), configurable: true });
    });
    await button.locator('button').click();
    await expect.poll(() => shop.page.evaluate(() => (globalThis as { shared?: object }).shared)).toEqual({ title: market.show.title, url: pageUrl });
    await shop.close();
  });
});
