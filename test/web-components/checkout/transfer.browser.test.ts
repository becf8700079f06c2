// Owns what a buyer sees of ways to pay, delivery fees and a transfer to the seller, up to the seller's word that it came.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import { launchBrowser } from '../../support/browser.ts';
import { receiveCode } from '../../support/receive-code.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopOptions, type ShopPage } from '../live/shop-page.ts';

let app: TestApp;
let browser: Browser;
let code: Buffer;
beforeAll(async () => {
  [app, browser, code] = await Promise.all([startApp(), launchBrowser(), receiveCode()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** A market whose seller takes transfers, too. */
async function openTransferMarket(stocks: readonly number[] = [10]): Promise<Market> {
  const market = await openMarket(app, stocks);
  const sent = await fetch(`${app.url}/api/v1/pictures`, { method: 'POST', headers: { authorization: `Bearer ${market.hostToken}`, 'content-type': 'image/png' }, body: new Uint8Array(code) });
  const { id: qrPictureId } = (await sent.json()) as { id: string };
  const changed = await app.call('PATCH', `/api/v1/sellers/${market.show.sellerId}/ways`, { token: app.operatorToken, body: { transfer: { isOn: true, qrPictureId, payeeName: '张大叔' } } });
  expect(changed.status).toBe(200);
  return market;
}
const ordersOf = async ({ show, hostToken }: Market) => (await app.call<{ orders: Order[] }>('GET', `/api/v1/shows/${show.id}/orders`, { token: hostToken })).body.orders;
const stockOf = async ({ show }: Market) => (await app.call('GET', `/api/v1/shows/${show.id}`)).body.shelf[0].variants[0].stock as number;

async function toCart(shop: ShopPage): Promise<void> {
  await shop.live.locator('.to-shelf').click();
  await shop.shelf.locator('.add').first().click();
  await shop.live.locator('.panel-foot .to-cart').click();
}

async function fillIn({ page }: ShopPage): Promise<void> {
  await page.locator('#name').fill('李梅');
  await page.locator('#phone').fill('138 0000 1234');
  await page.locator('#address').fill('杭州市西湖区文三路 1 号');
}

/** A shop in which an order waits for its transfer. */
async function orderByTransfer(market: Market, options: ShopOptions = {}): Promise<ShopPage> {
  const shop = await openShop(browser, app, market.show.id, options);
  await toCart(shop);
  await fillIn(shop);
  await shop.checkout.locator('input[value=transfer]').check();
  await shop.checkout.locator('[part=order-button]').click();
  await shop.checkout.locator('[part=claim]').waitFor();
  return shop;
}

describe('the choice of the way to pay', () => {
  it('is not there where there is one way', async () => {
    const market = await openMarket(app);
    const shop = await openShop(browser, app, market.show.id);
    await toCart(shop);
    await shop.checkout.locator('[part=way]').waitFor();
    expect(await shop.checkout.locator('[type=radio]').count()).toBe(0);
    await shop.close();
  });

  it('stands in English without a fault for axe, and is remembered', async () => {
    const market = await openTransferMarket();
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    await toCart(shop);
    const transfer = shop.checkout.locator('input[value=transfer]');
    expect(await shop.checkout.locator('input[value=cod]').isChecked()).toBe(true);
    await transfer.check();
    await shop.shoot('ways');
    expect(await shop.faults()).toEqual([]);
    await shop.page.reload();
    await shop.live.locator('.dock .to-cart').click();
    await transfer.waitFor();
    expect(await transfer.isChecked()).toBe(true);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
});

describe('delivery', () => {
  const rules = (over: object) => ({ areas: [{ name: '江浙沪', words: ['浙江', '杭州'], fee: { by: 'order', feeMinor: 800 }, freeFromMinor: 3000, minimumMinor: 0, ...over }] });

  it('is a line of its own, waited for before the first tap orders, and free from an amount on', async () => {
    const market = await openMarket(app);
    await app.call('PUT', `/api/v1/sellers/${market.show.sellerId}/delivery`, { token: market.hostToken, body: rules({}) });
    const shop = await openShop(browser, app, market.show.id);
    await toCart(shop);
    await fillIn(shop);
    const order = shop.checkout.locator('[part=order-button]');
    // The address was never left before the tap: what it adds is said, and not taken unasked.
    await order.click();
    await shop.checkout.locator('.foot .notice', { hasText: '18.00' }).waitFor();
    expect(await ordersOf(market)).toEqual([]);
    expect(await shop.checkout.locator('[part=totals]').innerText()).toMatch(/运费[\s\S]*8\.00[\s\S]*20\.00/);
    await shop.shoot('delivery');
    expect(await shop.faults()).toEqual([]);
    for (let more = 0; more < 2; more += 1) await shop.checkout.getByRole('button', { name: '多一件' }).or(shop.checkout.locator('.stepper .icon-button').last()).first().click();
    await shop.checkout.locator('[part=totals]', { hasText: '免运费' }).waitFor();
    await order.click();
    await shop.checkout.locator('[part=placed]').waitFor();
    expect((await ordersOf(market)).map(({ totalMinor, deliveryMinor }) => [totalMinor, deliveryMinor])).toEqual([[3000, 0]]);
    await shop.close();
  });

  it('says where nothing is brought, and what is missing to the minimum, beside a button that waits', async () => {
    const market = await openMarket(app);
    await app.call('PUT', `/api/v1/sellers/${market.show.sellerId}/delivery`, { token: market.hostToken, body: rules({ minimumMinor: 2000 }) });
    const shop = await openShop(browser, app, market.show.id);
    await toCart(shop);
    await fillIn(shop);
    await shop.page.locator('#name').focus();
    await shop.checkout.locator('[part=delivery-fault]', { hasText: '10.00' }).waitFor();
    expect(await shop.checkout.locator('[part=order-button]').isDisabled()).toBe(true);
    await shop.page.locator('#address').fill('拉萨市城关区 1 号');
    await shop.page.locator('#name').focus();
    await shop.checkout.locator('[part=delivery-fault]', { hasNotText: '10.00' }).waitFor();
    expect(await shop.faults()).toEqual([]);
    await shop.close();
  });
});

describe('a transfer', () => {
  let market: Market;
  let shop: ShopPage;
  beforeAll(async () => {
    market = await openTransferMarket();
    shop = await orderByTransfer(market);
  });
  afterAll(() => shop?.close());

  it('says what to send, to whom and with which note, puts the amount on the clipboard, and hands itself out as a picture', async () => {
    const screen = shop.page.locator('fieldcast-payment');
    const [order] = await ordersOf(market);
    expect(order?.state).toBe('awaiting-payment');
    const told = await screen.locator('.payment').innerText();
    expect(told).toContain((order!.money.dueMinor / 100).toFixed(2));
    expect(told).toContain(order!.money.reference!);
    expect(told).toContain('张大叔');
    await expect.poll(() => screen.locator('[part=code]').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(400);
    await shop.shoot('transfer');
    expect(await shop.faults()).toEqual([]);
    await shop.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.url });
    await screen.locator('[part=amount] button').click();
    await expect.poll(() => shop.page.evaluate(() => navigator.clipboard.readText())).toBe((order!.money.dueMinor / 100).toFixed(2));
    await shop.page.evaluate(() => Object.defineProperty(navigator, 'canShare', { value: () => false }));
    const [saved] = await Promise.all([shop.page.waitForEvent('download'), screen.locator('[part=save]').click()]);
    expect(saved.suggestedFilename()).toMatch(/\.png$/);
    expect(shop.complaints).toEqual([]);
  });

  it('comes back after a reload, and from the cart it was left for', async () => {
    await shop.page.reload();
    await shop.page.locator('[part=claim]').waitFor();
    await shop.checkout.locator('.head .icon-button').first().click();
    await shop.checkout.locator('[part=unpaid]').waitFor();
    expect(await shop.faults()).toEqual([]);
    await shop.checkout.locator('[part=unpaid] button').click();
    await shop.page.locator('[part=claim]').waitFor();
  });

  it('waits for the seller, is asked for again when it was not found, and is placed when it was', async () => {
    const heard = shop.page.evaluate(() => new Promise((resolve) => addEventListener('fieldcast-order-placed', (event) => resolve((event as CustomEvent).detail), { once: true })));
    const [order] = await ordersOf(market);
    const answer = (what: 'refuse' | 'confirm') => app.call('POST', `/api/v1/orders/${order!.id}/payment/${what}`, { token: market.hostToken, body: {} });
    await shop.page.locator('[part=claim]').click();
    await shop.page.locator('[part=claimed]').waitFor();
    expect(await shop.faults()).toEqual([]);
    expect((await answer('refuse')).status).toBe(200);
    await shop.page.locator('fieldcast-payment [part=trouble]', { hasText: '没有找到' }).waitFor();
    await shop.shoot('transfer-not-arrived');
    await shop.page.locator('[part=claim]').click();
    await shop.page.locator('[part=claimed]').waitFor();
    expect((await answer('confirm')).status).toBe(200);
    await shop.checkout.locator('[part=placed]').waitFor();
    expect(await heard).toMatchObject({ orderId: order!.id, totalMinor: 1000 });
    await shop.checkout.locator('.done .button').first().click();
    await shop.page.locator('fieldcast-order [part=money]', { hasText: '已付款' }).waitFor();
    expect(await shop.faults()).toEqual([]);
  });
});

describe('an order that waits for its transfer', () => {
  it('gives the goods back: into the cart to pay another way, or to the shelf with the order cancelled', async () => {
    const market = await openTransferMarket();
    const shop = await orderByTransfer(market);
    expect(await stockOf(market)).toBe(9);
    await shop.page.locator('fieldcast-payment .other').click();
    await shop.checkout.locator('input[value=cod]').check();
    expect(await stockOf(market)).toBe(10);
    await shop.checkout.locator('[part=order-button]').click();
    await shop.checkout.locator('[part=placed]').waitFor();
    expect((await ordersOf(market)).map(({ state, payment }) => `${payment} ${state}`)).toEqual(['cod placed', 'transfer cancelled']);
    await shop.checkout.locator('.done .primary').click();
    await toCart(shop);
    await shop.checkout.locator('input[value=transfer]').check();
    await shop.checkout.locator('[part=order-button]').click();
    await shop.page.locator('fieldcast-payment .cancel').click();
    await shop.page.locator('fieldcast-payment .danger').click();
    await shop.page.locator('fieldcast-payment [part=cancelled]').waitFor();
    expect(await shop.faults()).toEqual([]);
    expect(await stockOf(market)).toBe(9);
    await shop.close();
  });

  it('can be told of on the order’s own page, also when its time is over and the goods are back on the shelf', async () => {
    const market = await openTransferMarket();
    const { id } = (await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body: { ...orderOf(market.products[0]!), payment: 'transfer' }, headers: { 'idempotency-key': newId('key') } })).body;
    const database = new SqliteDatabase(join(app.dataDir, 'fieldcast.sqlite'));
    database.prepare('update payments set hold_until = 1 where order_id = ?').run(id);
    database.close();
    await expect.poll(async () => (await ordersOf(market))[0]?.state).toBe('cancelled');
    expect(await stockOf(market)).toBe(10);
    const alone = await openShop(browser, app, '', { body: `<fieldcast-order order="${id}"></fieldcast-order>`, lang: 'en' });
    await alone.page.locator('[part=cancelled]', { hasText: 'because no payment came' }).waitFor();
    await alone.shoot('order-over');
    expect(await alone.faults()).toEqual([]);
    await alone.page.locator('[part=claim]').click();
    await alone.page.locator('[part=cancelled]', { hasText: 'is looking for your payment' }).waitFor();
    expect((await ordersOf(market))[0]).toMatchObject({ state: 'cancelled', money: { state: 'claimed' } });
    await alone.shoot('order-late-claim');
    expect(alone.complaints).toEqual([]);
    await alone.close();
  });
});
