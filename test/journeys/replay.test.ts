// The show after the show: a farmer streams, pins, is cut off and comes back, ends; whoever comes later sees one replay at the same
// address, finds each product in it, orders, and gets back from the order to the seconds in which it was shown. Real server, real
// recording, Chromium's fake camera with the sender's clock drawn over it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../server/protocol/chat.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Replay } from '../../server/protocol/replay.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import { DESKTOP, launchBrowser, openVisitor, pictureAge, type Visitor, waitForPicture } from '../support/browser.ts';
import { hostLink, type Market, openMarket } from '../support/market.ts';
import { isRunning, type ServerProcess, startServer } from '../support/server-process.ts';

const run = promisify(execFile);
/** What the player offers to a page. */
type FieldcastPlayer = HTMLElement & { readonly showTimeMs: number | null; seekTo(timeMs: number): void };

/** The sender's clock goes round after so long. */
const CLOCK_ROUND_MS = 2 ** 20;

const ANSWER = 'They keep until spring';

let dataDir: string;
let server: ServerProcess;
let browser: Browser;
let market: Market;
let farmer: Visitor;
let watcher: Visitor;
let latecomer: Visitor;
let replay: Replay;
/** When each product was pinned, by this machine's clock, which is the server's and the sender's too. */
const pinnedAt: number[] = [];
/** When the farmer answered in the chat, by the same clock. */
let saidAt = 0;
let onAirMs = 0;

const shopUrl = () => `${server.url}/demo/shop.html?show=${market.show.id}`;
const liveVideo = (page: Page) => page.locator('fieldcast-player > video, fieldcast-player .stage > video').first();
const replayVideo = (page: Page) => page.locator('fieldcast-replay video');
const snapshot = async () => (await server.call<ShowSnapshot>('GET', `/api/v1/shows/${market.show.id}`)).body;
const pin = async (...indexes: number[]) => {
  const productIds = indexes.map((index) => market.products[index]!.id);
  const at = Date.now();
  await server.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds } });
  return at;
};
const say = async (text: string) => {
  const { body } = await server.call<{ message: ChatMessage }>('POST', `/api/v1/shows/${market.show.id}/messages`, { token: market.hostToken, body: { text }, headers: { 'idempotency-key': newId('key') } });
  return body.message.at;
};
const shoot = async (page: Page, name: string) => {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

/** The sender's clock in the picture, and the replay time that the player tells of it. */
async function readPicture(page: Page): Promise<{ sentAt: number; timeMs: number } | null> {
  const age = await pictureAge(replayVideo(page)).catch(() => null);
  if (age === null) return null;
  const timeMs = await replayVideo(page).evaluate((element: HTMLVideoElement) => element.currentTime * 1000);
  return { sentAt: (Date.now() - age) % CLOCK_ROUND_MS, timeMs };
}

/** How far the picture is from what was sent at `sentAt` plus what the replay has played since `fromMs`. */
async function deviation(page: Page, sentAt: number, fromMs: number): Promise<number> {
  const picture = await readPicture(page);
  if (!picture) return Infinity;
  const gap = picture.sentAt - (sentAt + picture.timeMs - fromMs);
  return Math.abs(((((gap + CLOCK_ROUND_MS / 2) % CLOCK_ROUND_MS) + CLOCK_ROUND_MS) % CLOCK_ROUND_MS) - CLOCK_ROUND_MS / 2);
}

/** Adds up how long pictures are sent, until `stop`. */
function countOnAir(video: Locator): { stop(): void } {
  const counting = { isOver: false };
  let last = Date.now();
  void (async () => {
    while (!counting.isOver) {
      const status = (await snapshot()).show.status;
      const now = Date.now();
      if (status === 'live') onAirMs += now - last;
      last = now;
      await video.page().waitForTimeout(40);
    }
  })();
  return {
    stop() {
      counting.isOver = true;
    },
  };
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-replay-journey-'));
  [server, browser] = await Promise.all([startServer(dataDir), launchBrowser()]);
  market = await openMarket(server, [10, 5]);
  farmer = await openVisitor(browser, { camera: 'small' });
  watcher = await openVisitor(browser, { locale: 'zh-CN' });
  latecomer = await openVisitor(browser, { locale: 'en', size: DESKTOP });
});

afterAll(async () => {
  await browser?.close();
  if (server && isRunning(server.pid)) await server.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a show to watch again', () => {
  it('is streamed with two pins and a drop in between, and ended by the farmer', async () => {
    const { page } = farmer;
    await watcher.page.goto(shopUrl());
    await page.goto(await hostLink(server.call, server.operatorToken, market.show.id));
    await page.getByRole('button', { name: '开始直播' }).click();
    await waitForPicture(liveVideo(watcher.page));
    const onAir = countOnAir(liveVideo(watcher.page));
    await watcher.page.waitForTimeout(2_000);
    pinnedAt.push(await pin(0));
    await watcher.page.waitForTimeout(3_000);
    await page.reload();
    await waitForPicture(liveVideo(watcher.page), { maxAgeMs: 600 });
    pinnedAt.push(await pin(1, 0));
    await watcher.page.waitForTimeout(3_000);
    saidAt = await say(ANSWER);
    await watcher.page.waitForTimeout(1_500);
    await pin();
    await watcher.page.waitForTimeout(1_000);
    await page.getByRole('button', { name: '下播' }).click();
    await page.getByRole('button', { name: '是，下播' }).click();
    await expect.poll(async () => (await snapshot()).show.status).toBe('ended');
    onAir.stop();
  });

  it('is there at the same address within seconds, on the page that watched it live too', async () => {
    const { page } = watcher;
    await page.locator('fieldcast-player[state=replay][path=hls]').waitFor({ timeout: 10_000 });
    await shoot(page, 'journey-again-zh-CN');
    await page.getByRole('button', { name: '再看一遍' }).click();
    await expect.poll(() => readPicture(page), { timeout: 10_000 }).not.toBeNull();
    const answer = await server.call<Replay>('GET', `/api/v1/shows/${market.show.id}/replay`);
    replay = answer.body;
    expect(replay.chapters.map(({ productId }) => productId)).toEqual(expect.arrayContaining(market.products.map(({ id }) => id)));
    expect(replay.stretches.length).toBeGreaterThanOrEqual(2);
  });

  it('is as long as the show was on the air, without the gap', () => {
    expect(Math.abs(replay.durationMs - onAirMs)).toBeLessThanOrEqual(Math.max(500 * replay.stretches.length, onAirMs / 100));
  });

  it('lands on the second in which a product was explained, and its pin follows the picture', async () => {
    const { page } = latecomer;
    await page.goto(shopUrl());
    await page.getByRole('button', { name: 'Watch the replay' }).waitFor();
    await shoot(page, 'journey-poster-en');
    const player = page.locator('fieldcast-player');
    for (const [index, { id, name }] of market.products.entries()) {
      const chapter = replay.chapters.find(({ productId }) => productId === id)!;
      await page.locator('fieldcast-shelf').getByRole('button', { name: new RegExp(`^Watch .*: ${name}$`) }).click();
      await expect.poll(() => deviation(page, pinnedAt[index]!, chapter.startMs), { timeout: 15_000, interval: 100 }).toBeLessThanOrEqual(1_000);
      await player.locator('.pins .main', { hasText: name }).waitFor();
      const timeMs = (await player.evaluate((element) => (element as FieldcastPlayer).showTimeMs))!;
      expect(timeMs).toBeGreaterThanOrEqual(chapter.startMs - 50);
      expect(timeMs).toBeLessThan(chapter.endMs);
    }
    await shoot(page, 'journey-replay-en');
    // Over the joint of the drop it plays on by itself.
    const [, second] = replay.stretches;
    await player.evaluate((element, timeMs) => (element as FieldcastPlayer).seekTo(timeMs), second!.startMs - 1_500);
    await expect.poll(() => deviation(page, second!.at, second!.startMs), { timeout: 15_000 }).toBeLessThanOrEqual(1_000);
    await expect.poll(async () => (await readPicture(page))?.timeMs ?? 0, { timeout: 15_000 }).toBeGreaterThan(second!.startMs + 500);
    expect(await deviation(page, second!.at, second!.startMs)).toBeLessThanOrEqual(1_000);
  });

  it('lets the chat of the show come at its own time, and go again with a jump back', async () => {
    const { page } = latecomer;
    const player = page.locator('fieldcast-player');
    const answer = page.locator('fieldcast-chat .message .words').getByText(ANSWER);
    // A busy machine makes more stretches than the one drop does.
    const stretch = replay.stretches.findLast(({ at }) => at <= saidAt)!;
    const saidMs = stretch.startMs + saidAt - stretch.at;
    const goTo = (timeMs: number) => player.evaluate((element, to) => (element as FieldcastPlayer).seekTo(to), timeMs);
    await page.getByRole('button', { name: 'Chat' }).click();
    await goTo(saidMs + 500);
    await answer.waitFor();
    await goTo(saidMs - 2_000);
    await answer.waitFor({ state: 'detached' });
    await answer.waitFor();
    expect(await player.evaluate((element) => (element as FieldcastPlayer).showTimeMs)).toBeGreaterThanOrEqual(saidMs);
    await page.locator('.panel.chat').getByRole('button', { name: 'Close' }).click();
  });

  it('still sells, at the price and the stock of today', async () => {
    const { page } = latecomer;
    const variantId = market.products[1]!.variants[0]!.id;
    await server.call('PATCH', `/api/v1/variants/${variantId}`, { token: market.hostToken, body: { priceMinor: 770 } });
    const shelf = page.locator('fieldcast-shelf');
    await shelf.getByText('7.70').first().waitFor();
    await shelf.getByRole('button', { name: 'Add Apples 2 to the cart' }).click();
    await page.getByRole('button', { name: /Check out ·/ }).click();
    await page.getByLabel('Name').fill('李梅');
    await page.getByLabel('Phone').fill('138 0000 1234');
    await page.getByLabel('Address').fill('杭州市西湖区文三路 1 号');
    await page.getByRole('button', { name: /^Order ·/ }).click();
    await page.getByText('Your order is placed').waitFor();
    const { body } = await server.call<{ orders: Order[] }>('GET', `/api/v1/shows/${market.show.id}/orders`, { token: market.hostToken });
    expect(body.orders).toMatchObject([{ showId: market.show.id, totalMinor: 770 }]);
    expect((await snapshot()).shelf[1]!.variants[0]!.stock).toBe(4);
  });

  it('leads from the order to the seconds in which the product was shown', async () => {
    const { page } = latecomer;
    const [orderPage] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: /See the order/ }).click()]);
    const link = orderPage.getByRole('link', { name: /^Apples 2, Watch from/ });
    await link.waitFor();
    await shoot(orderPage, 'journey-order-en');
    await orderPage.goto((await link.getAttribute('href'))!);
    await orderPage.getByRole('button', { name: 'Watch the replay' }).click();
    const chapter = replay.chapters.find(({ productId }) => productId === market.products[1]!.id)!;
    await expect.poll(() => deviation(orderPage, pinnedAt[1]!, chapter.startMs), { timeout: 15_000 }).toBeLessThanOrEqual(1_000);
    await orderPage.locator('fieldcast-player .pins .main', { hasText: 'Apples 2' }).waitFor();
    await orderPage.close();
  });

  it('can be watched, sent and saved from the phone that sent it', async () => {
    const { page } = farmer;
    const box = page.locator('fieldcast-studio-replay');
    await box.getByRole('link', { name: '看回放' }).waitFor();
    // By keyboard, because the word of the order that came may still stand over it.
    await box.getByText(/商品讲解片段/).press('Enter');
    await shoot(page, 'journey-studio-zh-CN');
    const [download] = await Promise.all([page.waitForEvent('download'), box.getByRole('button', { name: '存到手机' }).click()]);
    const whole = join(dataDir, 'whole.mp4');
    await download.saveAs(whole);
    expect(Math.abs((await lengthOf(whole)) - replay.durationMs)).toBeLessThanOrEqual(500);
    const clip = join(dataDir, 'clip.mp4');
    const [chapter] = replay.chapters;
    await writeFile(clip, Buffer.from(await (await fetch(server.url + chapter!.clipUrl)).arrayBuffer()));
    // Cut at key frames: it may begin earlier, by one of them.
    expect(await lengthOf(clip)).toBeGreaterThanOrEqual(chapter!.endMs - chapter!.startMs - 500);
    expect(await lengthOf(clip)).toBeLessThanOrEqual(chapter!.endMs - chapter!.startMs + 3_000);
  });

  it('no page complained', () => {
    expect([...farmer.complaints, ...watcher.complaints, ...latecomer.complaints]).toEqual([]);
  });
});

/** Decodes all of it without a word of complaint; answers its length in ms. Pictures keep their times, else those that come close count as faults. */
async function lengthOf(file: string): Promise<number> {
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', file, '-fps_mode', 'passthrough', '-enc_time_base:v', '1:90000', '-f', 'null', '-']);
  expect(stderr).toBe('');
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file]);
  return Number(stdout) * 1000;
}
