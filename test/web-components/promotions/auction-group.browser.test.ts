// An auction and a group buy in real browsers: started from the farmer's phone, bid in and joined over the picture, won, reached, and found among the orders.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import type { Auction, Promotion } from '../../../server/protocol/promotions.ts';
import { launchBrowser, SLOW_CAMERA } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';
import { hostCode, openStudio, type StudioPage, withGoodUplink } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let host: StudioPage;
let li: ShopPage;
let wide: ShopPage;

const button = (name: string | RegExp) => host.page.getByRole('button', { name });
const auction = (shop: ShopPage) => shop.live.locator('fieldcast-auction').last();
const group = (shop: ShopPage) => shop.live.locator('fieldcast-group-buy');
const bids = (shop: ShopPage) => shop.page.locator('fieldcast-bid-sheet');
const joining = (shop: ShopPage) => shop.page.locator('fieldcast-join-sheet');
const promotions = async <K extends Promotion['kind']>(kind: K) =>
  (await app.call<{ promotions: Promotion[] }>('GET', `/api/v1/shows/${market.show.id}/promotions`)).body.promotions.filter((each) => each.kind === kind);

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser([SLOW_CAMERA])]);
  market = await openMarket(app, [60, 60]);
  await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: [market.products[0]!.id] } });
  host = await openStudio(browser, app, { lang: 'zh-CN', code: await hostCode(app, market.show.id), prepare: withGoodUplink });
  await button('开始直播').click();
  await host.until('live');
  li = await openShop(browser, app, market.show.id, { lang: 'zh-CN' });
  wide = await openShop(browser, app, market.show.id, { lang: 'en', isWide: true });
  await Promise.all([li, wide].map((shop) => shop.live.locator('.heart-button').waitFor({ timeout: 30_000 })));
  await button('优惠').click();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Nobody waits for minutes here: the server is told so by its own database, and looks at it with the next bid. */
function letItEndIn(ms: number, id: string): void {
  const database = new SqliteDatabase(join(app.dataDir, 'fieldcast.sqlite'));
  database.pragma('busy_timeout = 5000');
  database.prepare('update promotions set ends_at = ? where id = ?').run(Date.now() + ms, id);
  database.close();
}

async function fillIn(sheet: ReturnType<typeof bids>, phone: string, hasAddress = true): Promise<void> {
  await sheet.locator('#name').fill('李梅');
  await sheet.locator('#phone').fill(phone);
  if (hasAddress) await sheet.locator('#address').fill('杭州市西湖区文三路 1 号');
}

describe('an auction', () => {
  it('is started in three taps, and called off', async () => {
    await button(/^拍卖/).click();
    await host.page.getByRole('group', { name: '起拍价' }).waitFor();
    await host.shoot('auction-form');
    expect(await host.faults()).toEqual([]);
    await button('¥5.00 起拍').click();
    await Promise.all([li, wide].map((shop) => auction(shop).getByText(/还没人出价|No bid yet/).waitFor()));
    await li.shoot('auction-card');
    const [running] = await promotions('auction');
    await app.call('POST', `/api/v1/promotions/${running!.id}/end`, { token: market.hostToken, body: {} });
    await auction(wide).getByText('Called off').waitFor();
  });

  it('is bid in from two phones: who leads knows it, who is outbid too, and the host sees both', async () => {
    const body = { variantId: market.products[0]!.variants[0]!.id, startMinor: 500, seconds: 600, extensionSeconds: 0 };
    const started = await app.call<Auction>('POST', `/api/v1/shows/${market.show.id}/auctions`, { token: market.hostToken, body, headers: { 'idempotency-key': newId('key') } });
    expect(started.status).toBe(201);
    await auction(wide).getByRole('button', { name: 'Bid' }).click();
    await bids(wide).getByRole('button', { name: /^Bid up to/ }).click();
    await bids(wide).getByText('Write the name of the person who receives it.').waitFor();
    await fillIn(bids(wide), '138 0000 0002');
    await bids(wide).getByRole('button', { name: 'Bid up to ¥5.00' }).click();
    await bids(wide).getByText('You lead').waitFor();
    await wide.shoot('auction-bid-wide');

    await auction(li).getByRole('button', { name: '出价' }).click();
    await fillIn(bids(li), '138 0000 0001');
    await bids(li).locator('#amount').fill('9.5');
    await li.shoot('auction-bid');
    expect(await li.faults()).toEqual([]);
    await bids(li).getByRole('button', { name: '最高出到 ¥9.50' }).click();
    await bids(li).getByText('您领先').waitFor();
    await bids(wide).getByText('You are outbid').waitFor();
    await wide.page.keyboard.press('Escape');
    await li.page.keyboard.press('Escape');
    await auction(wide).getByText('You are outbid').waitFor();
    await host.page.locator('fieldcast-auction-tools').getByText('李**').first().waitFor();
    await host.shoot('auction-host');
    expect(await host.faults()).toEqual([]);
  });
});

describe('a group buy', () => {
  it('is started with two prices, and joined over the picture', async () => {
    await button(/^拼团/).click();
    await host.page.getByRole('group', { name: '怎么拿货' }).getByRole('button', { name: '自提' }).click();
    await host.page.locator('#place').fill('村口小卖部，东街 1 号');
    await host.shoot('group-form');
    expect(await host.faults()).toEqual([]);
    await button('开团').click();
    await group(li).getByRole('button', { name: '参团' }).click();
    await joining(li).getByText('李梅').waitFor();
    await li.shoot('group-join');
    expect(await li.faults()).toEqual([]);
    await joining(li).getByRole('button', { name: '¥9.00 参团' }).click();
    await li.checkout.locator('fieldcast-order').getByText('村口小卖部，东街 1 号').waitFor();
    await li.shoot('group-order');
    await group(wide).getByText('1 person').waitFor();
    await wide.shoot('group-card-wide');
  });

  it('gives everybody the price that was reached', async () => {
    const [running] = await promotions('group-buy');
    for (let number = 0; number < 9; number += 1) {
      const { lines, buyer, payment } = orderOf(market.products[0]!);
      const body = { lines, buyer: { ...buyer, phone: `1390000000${number}` }, payment, groupBuyId: running!.id };
      expect((await app.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } })).status).toBe(201);
    }
    await group(wide).getByText('The best price is reached').waitFor();
    await host.shoot('group-host');
    await app.call('POST', `/api/v1/promotions/${running!.id}/end`, { token: market.hostToken, body: {} });
    await group(wide).getByText('All pay ¥8.00').waitFor();
    const orders = async () => (await app.call<{ orders: Order[] }>('GET', `/api/v1/shows/${market.show.id}/orders`, { token: market.hostToken })).body.orders;
    await expect.poll(async () => (await orders()).map(({ totalMinor }) => totalMinor)).toEqual(Array.from({ length: 10 }, () => 800));
    expect([await wide.faults(), await host.faults()]).toEqual([[], []]);
  });
});

describe('the hammer', () => {
  it('falls by itself; the winner comes to the order that was placed for them, the other hears who had it', async () => {
    await li.checkout.getByRole('button', { name: '关闭' }).click();
    const [running] = await promotions('auction');
    letItEndIn(2_500, running!.id);
    const { buyer, payment } = orderOf(market.products[0]!);
    const token = await app.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 60_000);
    await app.call('POST', `/api/v1/promotions/${running!.id}/bids`, { token, body: { maxMinor: 600, buyer, payment }, headers: { 'idempotency-key': newId('key') } });
    await auction(li).getByText('您拍到了！').waitFor({ timeout: 30_000 });
    await auction(wide).getByText('Sold to bidder B').waitFor();
    await li.shoot('auction-won');
    await wide.shoot('auction-lost-wide');
    await auction(li).getByRole('button', { name: '看订单' }).click();
    await li.checkout.locator('fieldcast-order').getByText('¥6.20').first().waitFor();
    await li.shoot('auction-order');
    expect([...li.complaints, ...wide.complaints]).toEqual([]);
  });
});
