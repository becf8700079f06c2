// A flash sale with ten buyers while the picture goes on: started in three taps, the same seconds for everybody, and not a piece too many.
// One server, a farmer on the air, two shoppers in Chromium, eight more over the public API.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import { launchBrowser, SLOW_CAMERA } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';
import { hostCode, openStudio, type StudioPage, withGoodUplink } from '../studio/studio-page.ts';

const PIECES = 10;

let app: TestApp;
let browser: Browser;
let market: Market;
let host: StudioPage;
let li: ShopPage;
let wide: ShopPage;

const button = (name: string | RegExp) => host.page.getByRole('button', { name });
const card = (shop: ShopPage) => shop.live.locator('fieldcast-flash-sale');
const flashSales = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}/promotions`)).body.promotions;

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
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Somebody who buys without a page of ours: asks what it costs, and orders at that. */
async function buy(number: number, quantity: number): Promise<Order> {
  const { lines, buyer, payment } = orderOf(market.products[0]!, quantity);
  const phone = `138${String(10_000_000 + number)}`;
  for (;;) {
    const quote = await app.call('POST', `/api/v1/shows/${market.show.id}/quote`, { body: { lines, phone } });
    const answer = await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, {
      body: { lines, buyer: { ...buyer, phone }, payment, expectedTotalMinor: quote.body.totalMinor },
      headers: { 'idempotency-key': newId('key') },
    });
    if (answer.body.code !== 'order.price-changed') return answer.body;
  }
}

async function fillIn(shop: ShopPage, phone: string): Promise<void> {
  await shop.checkout.locator('#name').fill('李梅');
  await shop.checkout.locator('#phone').fill(phone);
  await shop.checkout.locator('#address').fill('杭州市西湖区文三路 1 号');
  await shop.checkout.locator('#address').blur();
}
const pay = (shop: ShopPage) => shop.checkout.locator('[part="order-button"]');

describe('a flash sale', () => {
  it('is started in three taps, and taken back while its countdown runs', async () => {
    await button('优惠').click();
    await button(/^秒杀/).click();
    await host.shoot('flash-form');
    expect(await host.faults()).toEqual([]);
    await button('开始秒杀 · ¥9.00').click();
    await card(li).getByText('距开始').waitFor();
    expect(await card(li).getByRole('button', { name: '即将开始' }).isDisabled()).toBe(true);
    await li.shoot('flash-countdown');
    await host.shoot('flash-countdown');
    await button('撤销').click();
    await card(li).waitFor({ state: 'detached' });
    expect((await flashSales()).every(({ state }: { state: string }) => state === 'over')).toBe(true);
  });

  it('begins for everybody on the second: on the card, the pin and the shelf', async () => {
    await button(/^秒杀/).click();
    await host.page.getByRole('group', { name: '卖多少件' }).getByRole('button', { name: '10', exact: true }).click();
    await host.page.getByText('倒计时、限购、开始时间').click();
    await button('10秒').click();
    await button('开始秒杀 · ¥9.00').click();
    await li.live.locator('.pins s').getByText('¥10.00').waitFor({ timeout: 20_000 });
    await wide.shelf.locator('[part=product-price]').first().getByText('¥10.00').waitFor();
    expect(await wide.shelf.locator('[part=product-price]').first().innerText()).toContain('¥9.00');
    await li.shoot('flash-running');
    await wide.shoot('flash-running-wide');
    await host.shoot('flash-running-host');
    expect([await li.faults(), await wide.faults()]).toEqual([[], []]);
  });

  it('is bought from its card, and the cart tells what is taken off', async () => {
    await card(li).getByRole('button', { name: /购物车/ }).click();
    const toCheckout = card(li).getByRole('button', { name: /去结算/ });
    await toCheckout.waitFor();
    const dock = await li.live.locator('.dock .button').evaluateAll((buttons) => buttons.map((each) => each.clientHeight));
    expect(dock).toEqual([50, 50]);
    await toCheckout.click();
    await fillIn(li, '138 0000 0001');
    await li.checkout.locator('[part=totals] [part=discount]').getByText('−¥1.00').waitFor();
    await li.shoot('flash-cart');
    expect(await li.faults()).toEqual([]);
    await pay(li).getByText('¥9.00').waitFor();
    await pay(li).click();
    await li.checkout.locator('[part=placed]').waitFor();
    await li.checkout.locator('[part=placed]').getByRole('button').first().click();
    await li.checkout.locator('fieldcast-order [part=discount]').waitFor();
    await li.shoot('flash-order');

    await card(wide).getByRole('button', { name: /to the cart/ }).click();
    await card(wide).getByRole('button', { name: /Open the cart/ }).click();
    await fillIn(wide, '138 0000 0002');
    await pay(wide).getByText('¥9.00').waitFor();
    await wide.shoot('flash-cart-wide');
  });

  it('gives eight buyers at once exactly the pieces that are left, and the rest at the usual price', async () => {
    const orders = await Promise.all(Array.from({ length: 8 }, (_, index) => buy(100 + index, 2)));
    const takenOff = orders.reduce((sum, { discountMinor }) => sum + discountMinor, 0);
    expect(takenOff).toBe((PIECES - 1) * 100);
    for (const { totalMinor, discountMinor } of orders) expect(totalMinor).toBe(2_000 - discountMinor);
    await card(li).getByText('秒杀价已抢完').waitFor();
    await li.shoot('flash-gone');
  });

  it('tells who still had it in the cart what it costs now, before anything is ordered', async () => {
    await pay(wide).getByText('¥10.00').waitFor();
    await wide.shoot('flash-gone-wide');
    await pay(wide).click();
    await wide.checkout.locator('[part=placed]').getByText('¥10.00').waitFor();
    expect(await wide.shelf.locator('s').count()).toBe(0);
  });

  it('shows the host what came of it, beside a picture that went on', async () => {
    await host.page.getByText(`卖了 ${PIECES} 件`, { exact: false }).waitFor();
    await host.shoot('flash-over-host');
    expect(await host.faults()).toEqual([]);
    const frames = () => wide.player.locator('video').evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
    const before = await frames();
    await expect.poll(frames).toBeGreaterThan(before);
    await host.page.getByRole('navigation').getByRole('button', { name: /订单/ }).click();
    await host.page.getByText('秒杀 −¥1.00').first().waitFor();
    await host.shoot('flash-desk');
    expect([...li.complaints, ...wide.complaints]).toEqual([]);
  });

  it('goes on while the host is away, also for who comes only then', async () => {
    const body = { variantId: market.products[0]!.variants[0]!.id, priceMinor: 900, units: 5, perBuyer: null, countdownSeconds: 10, minutes: 5 };
    await app.call('POST', `/api/v1/shows/${market.show.id}/flash-sales`, { token: market.hostToken, body, headers: { 'idempotency-key': newId('key') } });
    await host.page.goto('about:blank');
    const late = await openShop(browser, app, market.show.id, { lang: 'zh-CN' });
    await late.live.getByText('马上回来').first().waitFor();
    await card(late).getByRole('button', { name: /购物车/ }).waitFor({ timeout: 20_000 });
    await late.shoot('flash-host-away');
    expect(await late.faults()).toEqual([]);
  });
});
