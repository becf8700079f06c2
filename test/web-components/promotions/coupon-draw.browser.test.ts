// A coupon and a lucky draw in real browsers: given out from the farmer's phone, taken over the picture, used by the checkout; drawn, checked, and the prize sent for.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, SLOW_CAMERA } from '../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';
import { hostCode, openStudio, type StudioPage, withGoodUplink } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let host: StudioPage;
let li: ShopPage;
let wide: ShopPage;

const button = (name: string | RegExp) => host.page.getByRole('button', { name });
const coupon = (shop: ShopPage) => shop.live.locator('fieldcast-coupon');
const draw = (shop: ShopPage) => shop.live.locator('fieldcast-draw');
const field = (shop: ShopPage) => shop.checkout.locator('fieldcast-coupon-field');
const pay = (shop: ShopPage) => shop.checkout.locator('[part="order-button"]');

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser([SLOW_CAMERA])]);
  market = await openMarket(app, [60]);
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

async function fillIn(shop: ShopPage, phone: string): Promise<void> {
  await shop.checkout.locator('#name').fill('李梅');
  await shop.checkout.locator('#phone').fill(phone);
  await shop.checkout.locator('#address').fill('杭州市西湖区文三路 1 号');
  await shop.checkout.locator('#address').blur();
}

describe('a coupon', () => {
  it('is given out in four taps, and taken with one', async () => {
    await button(/^优惠券/).click();
    await host.page.getByRole('group', { name: '满多少可用' }).getByRole('button', { name: '¥50' }).click();
    await host.shoot('coupon-form');
    expect(await host.faults()).toEqual([]);
    await button('发券：满¥50减¥10').click();
    await Promise.all([li, wide].map((shop) => coupon(shop).waitFor()));
    await host.page.locator('fieldcast-coupon-tools strong').filter({ hasText: /^[A-Z2-9]{6}$/ }).waitFor();
    await li.shoot('coupon-card');
    await wide.shoot('coupon-card-wide');
    await host.shoot('coupon-host');
    expect([await li.faults(), await wide.faults(), await host.faults()]).toEqual([[], [], []]);
    await coupon(li).getByRole('button', { name: '领取' }).click();
    await coupon(li).getByRole('button', { name: '去使用' }).waitFor();
  });

  it('says what is missing, then is used by the checkout by itself', async () => {
    await li.live.locator('.pins .pin').click();
    await li.shelf.locator('[part=add-button]').click();
    await li.live.locator('.panel-foot .to-cart').click();
    await field(li).getByText('再买 ¥40.00 就能用：满¥50减¥10').waitFor();
    await li.shoot('coupon-missing');
    for (let more = 0; more < 5; more += 1) await li.checkout.locator('[part=line]').getByRole('button').nth(1).click();
    await li.checkout.locator('[part=totals] [part=discount]').getByText('−¥10.00').waitFor();
    await field(li).getByText('已用券：满¥50减¥10').waitFor();
    await fillIn(li, '138 0000 0001');
    await pay(li).getByText('¥50.00').waitFor();
    await li.shoot('coupon-used');
    expect(await li.faults()).toEqual([]);
    await pay(li).click();
    await li.checkout.locator('[part=placed]').getByText('¥50.00').waitFor();
    await coupon(li).getByRole('button', { name: '领取' }).waitFor();
    await li.checkout.locator('[part=placed]').getByRole('button').last().click();
  });

  it('can be typed, is refused with a reason, and leaves the order to go without it', async () => {
    await wide.shelf.locator('[part=add]').click();
    await wide.live.locator('.panel-foot .to-cart').click();
    await field(wide).getByRole('button', { name: 'Enter a code' }).click();
    await field(wide).locator('#code').fill('nope');
    await field(wide).locator('#code').press('Enter');
    await field(wide).getByText('There is no coupon nope here.').waitFor();
    await wide.shoot('coupon-unknown-wide');
    await expect.poll(() => pay(wide).isEnabled()).toBe(true);
    expect(await wide.faults()).toEqual([]);
    await wide.page.keyboard.press('Escape');
  });
});

describe('a lucky draw', () => {
  it('is opened in three taps; viewers are in with one, and have their number', async () => {
    await button(/^抽奖/).click();
    await host.page.getByRole('group', { name: '抽几个人' }).getByRole('button', { name: '2', exact: true }).click();
    await host.shoot('draw-form');
    expect(await host.faults()).toEqual([]);
    await button('开始抽奖').click();
    await Promise.all([li, wide].map((shop) => draw(shop).waitFor()));
    await draw(li).getByRole('button', { name: '参加', exact: true }).click();
    await draw(wide).getByRole('button', { name: 'Take part' }).click();
    await draw(li).getByText(/您的号码 [a-z2-9]{8}/).waitFor();
    await draw(wide).getByText('2 take part').waitFor();
    await li.shoot('draw-open');
    await wide.shoot('draw-open-wide');
    await host.shoot('draw-host');
    expect([await li.faults(), await wide.faults(), await host.faults()]).toEqual([[], [], []]);
  });

  it('is drawn; a winner says where the prize goes, and the host sees it', async () => {
    await button('现在开奖').click();
    await draw(li).getByText('恭喜您中奖了！').waitFor();
    await draw(li).getByRole('button', { name: '去领奖' }).click();
    await li.page.locator('fieldcast-draw-sheet #name').waitFor();
    await li.shoot('draw-prize');
    expect(await li.faults()).toEqual([]);
    await li.page.getByRole('button', { name: '提交，等卖家寄出' }).click();
    await li.page.getByText(/卖家会把奖品寄给您/).waitFor();
    await host.page.locator('fieldcast-draw-tools').getByRole('button', { name: /中奖者/ }).click();
    await host.page.locator('fieldcast-draw-tools').getByText('李梅', { exact: false }).waitFor();
    await host.shoot('draw-winners');
    expect(await host.faults()).toEqual([]);
    await button('奖品寄出了').click();
    await host.page.getByText(/已寄出$/).first().waitFor();
    await host.shoot('draw-sent');
    expect(await host.faults()).toEqual([]);
    await button('撤销').click();
    await button('奖品寄出了').waitFor();
  });

  it('is drawn again in the page of whoever wants to check it, also after a reload', async () => {
    await wide.page.reload();
    await draw(wide).getByRole('button', { name: 'Get the prize' }).click({ timeout: 30_000 });
    await wide.page.getByRole('button', { name: 'Draw again here' }).click();
    await wide.page.getByText('Drawn again here: the same winners.').waitFor();
    await wide.page.getByText('The secret number is the one that was sealed when you came.').waitFor();
    await wide.page.getByText('Your number is in the list of 2.').waitFor();
    await wide.shoot('draw-check-wide');
    expect(await wide.faults()).toEqual([]);
    expect([...li.complaints, ...wide.complaints]).toEqual([]);
  });
});
