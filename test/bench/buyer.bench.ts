// Owns how long a first order takes, from the first picture to thanks: real pages, filled in by slow hands with names and an address that are not
// remembered. Run by `npm run bench -- buyer`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser, openVisitor, waitForPicture } from '../support/browser.ts';
import { hostLink, openMarket } from '../support/market.ts';
import { seeded } from '../support/random.ts';
import { startServer } from '../support/server-process.ts';
import { atMost, type Figure, median, told } from './support/figure.ts';

/** In groups, because each page decodes a picture on the processors that the others type on. */
const BUYERS = { groups: 3, each: 3 };
/** Before each tap: to read, to find, to make up one's mind. */
const THINK_MS = { least: 1_500, most: 4_000 };
/** A character on the keys of a phone, by somebody who looks for each. */
const KEY_MS = { least: 400, most: 900 };

export async function bench(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-buyer-'));
  const [server, browser] = await Promise.all([startServer(dataDir, { FIELDCAST_LOG_LEVEL: 'error' }), launchBrowser()]);
  try {
    const market = await openMarket(server, [100]);
    const farmer = await openVisitor(browser, { camera: 'small' });
    await farmer.page.goto(await hostLink(server.call, server.operatorToken, market.show.id));
    await farmer.page.getByRole('button', { name: '开始直播' }).click();
    const url = `${server.url}/demo/shop.html?show=${market.show.id}`;
    const orders: FirstOrder[] = [];
    for (let group = 0; group < BUYERS.groups; group += 1) {
      orders.push(...(await Promise.all(Array.from({ length: BUYERS.each }, (_, index) => firstOrder(browser, url, group * BUYERS.each + index)))));
    }
    const seconds = orders.map((order) => order.ms / 1000);
    return [
      atMost(`first order of a new buyer, median of ${orders.length}, from the first picture to thanks`, median(seconds), 's', 60),
      told('the slowest of them', Math.max(...seconds), 's'),
      told('taps it takes', Math.max(...orders.map(({ taps }) => taps)), ''),
      told('waiting for pages and server, median', median(orders.map((order) => order.waitedMs)), 'ms'),
    ];
  } finally {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface FirstOrder {
  ms: number;
  /** Of it, what neither thinking nor typing took. */
  waitedMs: number;
  taps: number;
}

async function firstOrder(browser: Browser, url: string, seed: number): Promise<FirstOrder> {
  const random = seeded(seed + 1);
  const between = ({ least, most }: { least: number; most: number }) => least + random() * (most - least);
  const buyer = await openVisitor(browser);
  const { page } = buyer;
  let taps = 0;
  let ownMs = 0;
  const own = async (forMs: number): Promise<void> => {
    ownMs += forMs;
    await pause(forMs);
  };
  const tap = async (target: Locator): Promise<void> => {
    await own(between(THINK_MS));
    await target.click();
    taps += 1;
  };
  const write = async (label: string, text: string): Promise<void> => {
    await tap(page.getByLabel(label));
    for (const character of text) {
      await own(between(KEY_MS));
      await page.keyboard.insertText(character);
    }
  };
  await page.goto(url);
  await waitForPicture(page.locator('fieldcast-player video'));
  const startedAt = performance.now();
  await tap(page.getByRole('button', { name: /^货架/ }));
  await tap(page.getByRole('button', { name: '把 Apples 1 加入购物车' }));
  await tap(page.getByRole('button', { name: /去结算/ }));
  await write('姓名', '李梅');
  await write('电话', '13800001234');
  await write('地址', '杭州市西湖区文三路1号2单元301');
  await tap(page.getByRole('button', { name: /^提交订单/ }));
  await page.getByText('谢谢！订单已提交。').waitFor();
  const ms = performance.now() - startedAt;
  await page.context().close();
  return { ms, waitedMs: ms - ownMs, taps };
}
