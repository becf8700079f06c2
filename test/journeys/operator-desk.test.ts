// The operator's day at the desk in a real browser, on a phone's screen: sign in, plan, hand out a link, stock the shelf, and take
// things back. And the demo's pages under axe, in both languages, under the server's content security policy.
import { join } from 'node:path';
import sharp from 'sharp';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UplinkReport } from '../../server/protocol/index.ts';
import { findAccessibilityFaults } from '../support/accessibility.ts';
import { launchBrowser, openVisitor, PHONE, type Visitor } from '../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../support/start-app.ts';

let test: TestApp;
let market: Market;
let browser: Browser;
let operator: Visitor;
let page: Page;
let folder: string;

const open = (path: string) => page.goto(`${test.url}/demo/${path}`);
const shelf = () => page.locator('.shelved b').allTextContents();

beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [10, 5, 3]);
  folder = await mkdtemp(join(tmpdir(), 'fieldcast-desk-'));
  browser = await launchBrowser();
  operator = await openVisitor(browser, { locale: 'en' });
  page = operator.page;
});

afterAll(async () => {
  await browser?.close();
  await test?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** 20 Mbit/s with 42 viewers, as the server would tell of it. */
function fullLine(report: UplinkReport, showId: string): UplinkReport {
  const at = Date.now();
  const levels = { full: 12, small: 30, sound: 0 };
  const lessFor = { uplink: 30, processor: 0, wish: 0 };
  const rates = { audioKbps: 50, smallKbps: 220, fullKbps: 620 };
  const of = { showId, title: 'First frost' };
  return {
    ...report,
    isLimited: true,
    line: { uplinkKbps: 20_000, reservedKbps: 800, plannedKbps: 16_000, freeKbps: 3_200, wantedKbps: 28_000 },
    levels,
    shows: [{ ...of, viewers: 42, levels, lessFor, queued: 0, rates, plannedKbps: 16_000, advice: null }],
    decisions: [{ ...of, at, change: 'lowered', level: 'small', reason: 'uplink', viewers: 2, advice: null, text: '' }],
    series: [at - 10_000, at].map((each) => ({ at: each, sentKbps: 15_000, plannedKbps: 16_000, wantedKbps: 28_000, viewers: 42, queued: 0 })),
  };
}

describe("the operator's desk", () => {
  it('signs in by a one-time link, and says what to do when it was used before', async () => {
    const link = await test.app.createOperatorLink();
    await page.goto(link);
    await page.locator('.show').waitFor();
    expect(page.url()).not.toContain('code=');
    // All of its ways are in sight on a phone.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    const other = await openVisitor(browser, { locale: 'en' });
    await other.page.goto(link);
    await other.page.getByRole('alert').waitFor();
    expect(await other.page.getByRole('alert').textContent()).toContain('has been used');
    expect(await findAccessibilityFaults(other.page)).toEqual([]);
    await other.context.close();
  });

  it('plans a show with a new host', async () => {
    await page.getByLabel('Title').fill('First frost');
    await page.getByLabel('Host').selectOption({ label: 'Somebody new…' });
    await page.getByLabel('Name of the new host').fill('Aunt Wang');
    await page.getByRole('button', { name: 'Plan the show' }).click();
    await page.getByRole('heading', { level: 1, name: 'First frost' }).waitFor();
    const { shows } = (await test.call('GET', '/api/v1/shows')).body;
    expect(shows[0]).toMatchObject({ title: 'First frost', hostName: 'Aunt Wang', status: 'planned' });
  });

  it('shows a link as a QR code that the host can scan, and revokes it after asking', async () => {
    await page.getByRole('button', { name: 'Make a QR code' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('img').waitFor();
    expect(await sheet.getByRole('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    expect(await sheet.getByLabel('Link').inputValue()).toMatch(/\/demo\/farmer\.html#code=[\w-]{16,}$/);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: /^Revoke the link/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('Host · Revoked').waitFor();
  });

  it('arranges the shelf by buttons alone and brings back what was taken off, pins included', async () => {
    await page.getByRole('button', { name: 'Add all' }).click();
    await page.locator('.shelved').nth(2).waitFor();
    const [first, second, third] = (await shelf()) as [string, string, string];
    await page.getByRole('button', { name: `Move ${first} down` }).click();
    await expect.poll(shelf).toEqual([second, first, third]);
    await page.getByRole('button', { name: `Pin ${second}` }).click();
    await page.getByText('main pin').waitFor();
    await page.getByRole('button', { name: `Take ${second} off` }).click();
    await expect.poll(shelf).toEqual([first, third]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(shelf).toEqual([second, first, third]);
    await page.getByText('main pin').waitFor();
  });

  it('adds a product with a picture, and archives it with a way back', async () => {
    const photo = join(folder, 'photo.jpg');
    await sharp({ create: { width: 900, height: 700, channels: 3, background: '#b0301f' } }).jpeg().toFile(photo);
    await open('operator.html#/products/new');
    await page.locator('.tile.add input').setInputFiles(photo);
    await page.getByText('Main', { exact: true }).waitFor();
    await page.getByLabel('Name').fill('Quince');
    await page.getByLabel('Price (CNY)').fill('12.50');
    await page.getByLabel('Stock').fill('7');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    const made = page.locator('.product', { hasText: 'Quince' });
    await made.waitFor();
    expect(await made.textContent()).toContain('12.50');
    await page.getByRole('button', { name: 'Archive Quince' }).click();
    await made.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await made.waitFor();
  });

  it('moves an order on and takes the move back', async () => {
    const placed = await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!), headers: { 'idempotency-key': 'desk-order-1' } });
    expect(placed.status).toBe(201);
    await open(`operator.html#/shows/${market.show.id}`);
    await page.getByRole('button', { name: 'Confirm, no. 1' }).click();
    await page.getByText('Nobody to call').waitFor();
    await page.getByRole('button', { name: 'To pack 1' }).click();
    await page.locator('li.order.confirmed').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'To call 1' }).click();
    await page.locator('li.order.placed').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  it('says what the line carries, who gets less and why, and what helps', async () => {
    await page.getByRole('link', { name: 'Line' }).click();
    await page.getByText('No limit is set').waitFor();
    expect(await page.locator('main [role=status]').textContent()).toContain('FIELDCAST_UPLINK_KBPS');
    const report = (await test.call<UplinkReport>('GET', '/api/v1/uplink', { token: test.operatorToken })).body;
    await page.route('**/api/v1/uplink', (route) => route.fulfill({ json: fullLine(report, market.show.id) }));
    await page.reload();
    await page.getByText('30 of 42 viewers get the small picture because the line is full.').waitFor();
    await page.getByText('2 viewers down to small picture: the line is full').waitFor();
    expect(await page.locator('main [role=status]').textContent()).toContain('FIELDCAST_HLS_BASE_URL');
    expect(await page.getByRole('img', { name: 'Picture and sound 16 Mbit/s' }).isVisible()).toBe(true);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.unroute('**/api/v1/uplink');
  });

  it('keeps what was typed and says so when the server cannot be reached', async () => {
    await open('operator.html#/sellers');
    await page.getByLabel('Name').fill('Second shop');
    await operator.context.setOffline(true);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('The server cannot be reached').waitFor();
    await operator.context.setOffline(false);
    expect(await page.getByLabel('Name').inputValue()).toBe('Second shop');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('.list b', { hasText: 'Second shop' }).waitFor();
  });

  it('has broken no rule of the content security policy and thrown nothing', () => {
    expect(operator.complaints).toEqual([]);
  });
});

describe('the pages that everybody sees', () => {
  it.each(['', 'shop.html', 'order.html'])('/demo/%s is clean under axe, fits a phone, and changes its language', async (path) => {
    const visitor = await openVisitor(browser, { locale: 'zh-CN' });
    await visitor.page.goto(`${test.url}/demo/${path}`);
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await visitor.page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await findAccessibilityFaults(visitor.page)).toEqual([]);
    await visitor.page.getByRole('button', { name: 'English' }).click();
    expect(await visitor.page.getAttribute('html', 'lang')).toBe('en');
    expect(await findAccessibilityFaults(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await visitor.page.reload();
    await visitor.page.getByRole('button', { name: '中文' }).waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});
