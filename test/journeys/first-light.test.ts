// The main job in a real browser: a farmer goes live from a one-time link, shoppers watch and order, and nothing that breaks on the
// way ends the show. One server process, real workers, Chromium's fake camera with the sender's clock drawn over it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, launchBrowser, openVisitor, pictureAge, soundLevel, type Visitor, waitForPicture } from '../support/browser.ts';
import { hostLink, type Market, openMarket } from '../support/market.ts';
import { isRunning, type ServerProcess, startServer } from '../support/server-process.ts';

let dataDir: string;
let server: ServerProcess;
let browser: Browser;
let market: Market;
let farmer: Visitor;
let shopper: Visitor;
let other: Visitor;

const shopUrl = () => `${server.url}/demo/shop.html?show=${market.show.id}`;
const video = (page: Page) => page.locator('fieldcast-player video');
const state = (page: Page) => page.locator('fieldcast-player').getAttribute('state');
const showStatus = async () => (await server.call('GET', `/api/v1/shows/${market.show.id}`)).body.show.status;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-journey-'));
  [server, browser] = await Promise.all([startServer(dataDir), launchBrowser()]);
  market = await openMarket(server, [10, 5]);
  farmer = await openVisitor(browser, { camera: 'phone' });
  shopper = await openVisitor(browser, { locale: 'en' });
  other = await openVisitor(browser, { size: DESKTOP, locale: 'en' });
});

afterAll(async () => {
  await browser?.close();
  if (server && isRunning(server.pid)) await server.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe('first light', () => {
  it('a farmer opens the link on the phone and is live with one tap, within 15 s', async () => {
    const link = await hostLink(server.call, server.operatorToken, market.show.id);
    await shopper.page.goto(shopUrl());
    await shopper.page.getByText('Starting soon').waitFor();
    const startedAt = Date.now();
    await farmer.page.goto(link);
    await farmer.page.getByRole('button', { name: '开始直播' }).click();
    await waitForPicture(video(shopper.page));
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(await showStatus()).toBe('live');
    expect(await state(shopper.page)).toBe('live');
    expect(await shopper.page.locator('fieldcast-player').getAttribute('path')).toBe('webrtc-udp');
  });

  it('a shopper sees moving pictures, less than a second old', async () => {
    const ages: number[] = [];
    for (let sample = 0; sample < 20; sample += 1) {
      const age = await pictureAge(video(shopper.page));
      if (age !== null) ages.push(age);
      await shopper.page.waitForTimeout(100);
    }
    expect(ages.length).toBeGreaterThan(15);
    expect(Math.max(...ages)).toBeLessThan(1_000);
  });

  it('starts muted, with a clear tap for sound, and sound really comes', async () => {
    expect(await video(shopper.page).evaluate((element: HTMLVideoElement) => element.muted)).toBe(true);
    await shopper.page.getByRole('button', { name: 'Tap for sound' }).click();
    expect(await video(shopper.page).evaluate((element: HTMLVideoElement) => element.muted)).toBe(false);
    expect(await soundLevel(video(shopper.page))).toBeGreaterThan(0.01);
  });

  it('the farmer pins a product and changes its price; shoppers see both within a second', async () => {
    await other.page.goto(shopUrl());
    await waitForPicture(video(other.page));
    await farmer.page.getByRole('tab', { name: '货架' }).or(farmer.page.getByRole('button', { name: '货架' })).first().click();
    await farmer.page.getByRole('button', { name: '现在讲解 Apples 2' }).click();
    const player = other.page.locator('fieldcast-player');
    await player.getByText('Apples 2').first().waitFor({ timeout: 1_000 });
    const variantId = market.products[1]!.variants[0]!.id;
    await server.call('PATCH', `/api/v1/variants/${variantId}`, { token: market.hostToken, body: { priceMinor: 880 } });
    await player.getByText('8.80').first().waitFor({ timeout: 1_000 });
    expect(await player.getByText('8.80').count()).toBeGreaterThan(0);
  });

  it('a shopper orders without the video stopping; the farmer hears of it and every shelf counts down', async () => {
    const { page } = shopper;
    await page.getByRole('button', { name: /^Shelf/ }).click();
    await page.getByRole('button', { name: 'Add Apples 1 to the cart' }).click();
    await page.getByRole('button', { name: /Check out ·/ }).click();
    await page.getByLabel('Name').fill('李梅');
    await page.getByLabel('Phone').fill('138 0000 1234');
    await page.getByLabel('Address').fill('杭州市西湖区文三路 1 号');
    await page.getByRole('button', { name: /^Order ·/ }).click();
    await page.getByText('Your order is placed').waitFor();
    expect(await pictureAge(video(page))).toBeLessThan(1_000);

    await farmer.page.getByRole('tab', { name: /订单/ }).or(farmer.page.getByRole('button', { name: /订单/ })).first().click();
    await farmer.page.getByText('李梅').first().waitFor();
    const { body } = await server.call('GET', `/api/v1/shows/${market.show.id}`);
    expect(body.shelf[0].variants[0].stock).toBe(9);
    await farmer.page.getByRole('button', { name: '确认' }).first().click();
    // In a page of its own, so that the video goes on.
    const [orderPage] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: /See the order/ }).click()]);
    await orderPage.locator('fieldcast-order').getByText('Confirmed').first().waitFor();
    await orderPage.close();
  });

  it('a reloaded phone goes on sending by itself, in the same show', async () => {
    await waitForPicture(video(shopper.page));
    await farmer.page.reload();
    await waitForPicture(video(other.page), { maxAgeMs: 800 });
    await farmer.page.waitForFunction(() => document.querySelector('fieldcast-studio')?.shadowRoot?.textContent?.includes('直播中') ?? false);
    await waitForPicture(video(other.page), { maxAgeMs: 800 });
    expect(await showStatus()).toBe('live');
  });

  it('a killed worker costs a few seconds, and nobody touches anything', async () => {
    const before = server.workers();
    for (const worker of before) process.kill(worker, 'SIGKILL');
    const tookMs = await waitForFreshPicture(other.page);
    expect(tookMs).toBeLessThan(10_000);
    expect(server.workers().filter((worker) => before.includes(worker))).toEqual([]);
    await waitForFreshPicture(shopper.page);
    expect(await showStatus()).toBe('live');
  });

  it('a killed and restarted server brings the same show back, with its orders', async () => {
    const { port } = new URL(server.url);
    await server.kill();
    server = await startServer(dataDir, { FIELDCAST_PORT: port });
    await waitForFreshPicture(other.page);
    await waitForFreshPicture(shopper.page);
    expect(await showStatus()).toBe('live');
    const { body } = await server.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token: server.operatorToken });
    expect(body.orders).toHaveLength(1);
  });

  it('the farmer ends the show in two steps, and shoppers are told', async () => {
    const { page } = farmer;
    await page.getByRole('tab', { name: '直播' }).or(page.getByRole('button', { name: '直播', exact: true })).first().click();
    await page.getByRole('button', { name: '下播' }).click();
    await page.getByRole('button', { name: '是，下播' }).click();
    await shopper.page.getByText('The show has ended').waitFor();
    expect(await showStatus()).toBe('ended');
  });

  it('no page complained', () => {
    expect([...farmer.complaints, ...shopper.complaints, ...other.complaints]).toEqual([]);
  });
});

/** Waits for a picture that was sent after now; answers how long it took. */
async function waitForFreshPicture(page: Page): Promise<number> {
  const startedAt = Date.now();
  for (;;) {
    const age = await pictureAge(video(page)).catch(() => null);
    if (age !== null && age < Date.now() - startedAt) return Date.now() - startedAt;
    if (Date.now() - startedAt > 30_000) throw new Error(`no fresh picture; player is ${await state(page)}`);
    await page.waitForTimeout(30);
  }
}
