// The operator's day with what shows leave: the room on the disk, a replay, an order's moment, and deleting, in a real browser.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults } from '../support/accessibility.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { type KeptShows, startWithKeptShow } from '../support/kept-shows.ts';

let test: KeptShows;
let browser: Browser;
let operator: Visitor;
let page: Page;

beforeAll(async () => {
  test = await startWithKeptShow();
  browser = await launchBrowser();
  operator = await openVisitor(browser, { locale: 'en' });
  page = operator.page;
  await page.goto(await test.app.createOperatorLink());
  await page.locator('.show').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await test?.close();
});

describe('the desk of replays', () => {
  it('says how much room is used, and how long each replay is still kept', async () => {
    await page.getByRole('link', { name: 'Replays' }).click();
    await page.getByRole('heading', { level: 1, name: 'Replays' }).waitFor();
    const row = page.locator('.recording');
    expect(await row.textContent()).toMatch(/Apples\s.*Orchard.*0:20 long.*30 days left/s);
    expect(await page.getByText(/of 20 GB used/).textContent()).toMatch(/^[\d.]+ MB of 20 GB used$/);
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  it('lets the operator say how long a seller\'s replays are kept', async () => {
    await page.getByLabel('Days').fill('90');
    await page.getByLabel('GB at most').fill('5');
    await page.getByRole('button', { name: 'Save: Orchard' }).click();
    await page.getByText('90 days left').waitFor();
    expect((await test.call('GET', '/api/v1/sellers', { token: test.operatorToken })).body.sellers[0]).toMatchObject({ retentionDays: 90, retentionGb: 5 });
    await page.getByLabel('Days').fill('');
    await page.getByRole('button', { name: 'Save: Orchard' }).click();
    await page.getByText('30 days left').waitFor();
  });
});

describe('a show that is over', () => {
  it('shows what the buyer of an order saw', async () => {
    await page.getByRole('link', { name: 'Apples', exact: true }).click();
    await page.getByRole('button', { name: 'More for no. 1' }).click();
    await page.getByRole('button', { name: 'Watch the moment' }).click();
    const video = page.getByRole('dialog').locator('video');
    await video.waitFor();
    expect(await page.getByRole('dialog').textContent()).toContain('shown last before the order · 0:02–0:10');
    await video.evaluate((element) => (element as HTMLVideoElement).play());
    await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(0.5);
    // Cut at the key frame at or before its beginning, never after.
    const seconds = await video.evaluate((element) => (element as HTMLVideoElement).duration);
    expect(seconds).toBeGreaterThanOrEqual(7.9);
    expect(seconds).toBeLessThan(12.2);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  it('hands out the whole show and the record of pins', async () => {
    await page.getByText('2 chapters').click();
    expect(await page.locator('section:has(#kept-title) .lines li').allTextContents()).toEqual([expect.stringMatching(/0:02\s+Apples 1\s+0:08/), expect.stringMatching(/0:10\s+Apples 2\s+0:10/)]);
    const film = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the whole show' }).click();
    expect((await film).suggestedFilename()).toBe('Apples.mp4');
    const table = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download what was shown when' }).click();
    expect((await table).suggestedFilename()).toBe('Apples.csv');
  });

  it('is deleted for good only when no order is open, after asking by its title', async () => {
    const erase = async () => {
      await page.getByRole('button', { name: 'Delete the show for good' }).click();
      await page.getByRole('dialog', { name: 'Delete “Apples” for good?' }).getByRole('button', { name: 'Delete for good' }).click();
    };
    await erase();
    await page.getByText('1 orders of this show are still open').waitFor();
    await test.call('POST', `/api/v1/orders/${test.orderId}/cancel`, { body: {} });
    await erase();
    await page.getByText('Show deleted').waitFor();
    expect((await test.call('GET', `/api/v1/shows/${test.market.show.id}`)).status).toBe(404);
    expect(operator.complaints).toEqual([]);
  });
});
