// A viewer in a real browser with real media: what the page measures arrives as the figures that it should.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShowReport } from '../../../server/protocol/analytics.ts';
import { launchBrowser, PHONE } from '../../support/browser.ts';
import { BrowserHost } from '../../support/browser-host.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { PHONE_BROWSER } from '../../truth/light-crowd.ts';

let app: TestApp;
let browser: Browser;
let market: Market;

beforeAll(async () => {
  // For connections too: what a context says of itself reaches requests alone, and a headless browser is counted as a program.
  [app, browser] = await Promise.all([startApp(), launchBrowser([`--user-agent=${PHONE_BROWSER}`])]);
  market = await openMarket(app, [10, 10]);
  await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: [market.products[0]!.id] } });
  await BrowserHost.whip(browser, `${app.url}/whip/${market.show.id}`, market.hostToken);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const report = async (): Promise<ShowReport> => (await app.call<ShowReport>('GET', `/api/v1/analytics/shows/${market.show.id}`, { token: app.operatorToken })).body;
const live = async () => (await report()).figures.live;

async function openShop(attribute = ''): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en', hasTouch: true });
  const page = await context.newPage();
  await context.route('**/a-shop', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title><body style="margin:0"><script type="module" src="/fieldcast.js"></script><fieldcast-live show="${market.show.id}" ${attribute}></fieldcast-live></body></html>` }),
  );
  await page.goto(`${app.url}/a-shop`);
  await page.locator('fieldcast-player[state=live]').waitFor({ timeout: 20_000 });
  return page;
}

describe('a page that watches', () => {
  it('proves what was reached, begun, watched, seen, opened, carted and done, and its last seconds as it goes', async () => {
    const page = await openShop();
    await expect.poll(async () => (await live()).entries, { timeout: 15_000, interval: 500 }).toBe(1);
    const first = await live();
    expect(first).toMatchObject({ reach: 1, viewers: 1, validViews: 1, notFollowing: 1, starts: 1, failedStarts: 0 });
    expect(first.startP50Ms).toBeGreaterThan(0);
    expect(first.receivedKbits).toBeGreaterThan(0);
    await page.locator('fieldcast-player').getByRole('button', { name: /Apples 1/ }).click();
    await page.locator('[part=add-button]').click();
    await page.locator('.panel-foot .to-cart').click();
    await page.locator('fieldcast-checkout form').first().waitFor();
    await page.goto('about:blank');
    await expect.poll(async () => (await live()).checkoutPeople, { interval: 500, timeout: 5_000 }).toBe(1);
    const last = await live();
    expect(last).toMatchObject({ productClicks: 1, clickPeople: 1, cartPeople: 1, cartUnits: 1 });
    expect(last.productImpressions).toBeGreaterThanOrEqual(1);
    expect(last.watchSeconds).toBeGreaterThan(first.watchSeconds ?? 0);
    await page.context().close();
  });

  it('is not counted where the page or the person says so, and known where both may', async () => {
    const { entries } = await live();
    const page = await openShop('counting="off"');
    const sent: string[] = [];
    page.on('request', (request) => void (request.url().endsWith('/telemetry') && sent.push(request.url())));
    await page.waitForTimeout(4_500);
    await page.goto('about:blank');
    expect((await live()).entries).toBe(entries);
    expect(sent).toEqual([]);
    await page.context().close();
    const other = await openShop();
    await other.locator('fieldcast-player [part=data]').click();
    const sheet = other.getByRole('dialog');
    await sheet.getByRole('heading', { name: 'Being counted' }).scrollIntoViewIfNeeded();
    await sheet.getByRole('radio', { name: /Not at all/ }).check();
    if (process.env['FIELDCAST_SCREENSHOTS']) await other.screenshot({ path: `${process.env['FIELDCAST_SCREENSHOTS']}/counting-en.png` });
    expect(await other.evaluate(() => localStorage.getItem('fieldcast:counting'))).toBe('"off"');
    await other.context().close();
  });
});
