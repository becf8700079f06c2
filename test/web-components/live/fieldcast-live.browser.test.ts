// Owns what a viewer can do with the one-tag embed: look, order with three taps, by keyboard, on a bad link, on a foreign page.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../server/protocol/order.ts';
import type { FieldcastLive } from '../../../web-components/index.ts';
import { launchBrowser, openVisitor } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from './shop-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const ordersOf = async ({ show, hostToken }: Market) => (await app.call<{ orders: Order[] }>('GET', `/api/v1/shows/${show.id}/orders`, { token: hostToken })).body.orders;
const pin = ({ show, products, hostToken }: Market) => app.call('PUT', `/api/v1/shows/${show.id}/pins`, { token: hostToken, body: { productIds: [products[0]?.id] } });

async function fillIn({ page }: ShopPage): Promise<void> {
  await page.locator('#name').fill('李梅');
  await page.locator('#phone').fill('138 0000 1234');
  await page.locator('#address').fill('杭州市西湖区文三路 1 号');
}

async function toCart(shop: ShopPage, index = 0): Promise<void> {
  await shop.live.locator('.to-shelf').click();
  await shop.shelf.locator('.add').nth(index).click();
  await shop.live.locator('.panel-foot .to-cart').click();
}

describe('looking', () => {
  it.each(['zh-CN', 'en'] as const)('shows a planned show with its shelf in %s, without a fault for axe', async (lang) => {
    const market = await openMarket(app, [10, 3, 0]);
    await pin(market);
    const shop = await openShop(browser, app, market.show.id, { lang });
    await shop.page.locator('fieldcast-player[state=planned]').waitFor();
    await shop.live.locator('fieldcast-waiting-card .row').waitFor();
    // Nobody explains anything yet.
    expect(await shop.live.locator('.pins').count()).toBe(0);
    expect(await shop.faults()).toEqual([]);
    await shop.live.locator('.to-shelf').click();
    await expect.poll(() => shop.shelf.locator('.row').count()).toBe(3);
    expect(await shop.shelf.locator('.row').nth(1).innerText()).toContain(lang === 'en' ? 'Only 3 left' : '仅剩 3 件');
    expect(await shop.shelf.locator('.add').nth(2).isDisabled()).toBe(true);
    await shop.shoot(`shelf-${lang}`);
    expect(await shop.faults()).toEqual([]);
    await shop.shelf.locator('.open').first().click();
    await shop.shelf.locator('.back').waitFor();
    expect(await shop.faults()).toEqual([]);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('stands shelf and picture side by side where there is room', async () => {
    const market = await openMarket(app, [10, 10]);
    const shop = await openShop(browser, app, market.show.id, { isWide: true });
    await shop.shelf.locator('.row').first().waitFor();
    const [picture, shelf] = await Promise.all([shop.player.boundingBox(), shop.shelf.boundingBox()]);
    expect(shelf!.x).toBeGreaterThanOrEqual(picture!.x + picture!.width - 1);
    expect(await shop.faults()).toEqual([]);
    await shop.close();
  });

  it('stays itself on a page with hostile styles', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id, { isHostile: true });
    await shop.live.locator('.to-shelf').click();
    const name = shop.shelf.locator('.name').first();
    await name.waitFor();
    const style = await name.evaluate((element) => {
      const { letterSpacing, textTransform, color, fontSize } = getComputedStyle(element);
      return { letterSpacing, textTransform, color, fontSize };
    });
    expect(style).toEqual({ letterSpacing: 'normal', textTransform: 'none', color: 'rgb(29, 35, 31)', fontSize: '16px' });
    await shop.close();
  });

  it('follows the page when its language changes', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id, { lang: 'zh-CN' });
    const button = shop.live.locator('.to-shelf');
    await expect.poll(() => button.innerText()).toContain('货架');
    await shop.page.evaluate(() => document.documentElement.setAttribute('lang', 'en'));
    await expect.poll(() => button.innerText()).toContain('Shelf');
    await shop.close();
  });

  it('shows a new price and stock as they change', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await shop.live.locator('.to-shelf').click();
    await shop.shelf.locator('.row').waitFor();
    await app.call('PATCH', `/api/v1/variants/${market.products[0]?.variants[0]?.id}`, { token: market.hostToken, body: { priceMinor: 1500, stock: 0 } });
    await expect.poll(() => shop.shelf.locator('.row.sold-out').allInnerTexts()).toEqual([expect.stringContaining('15.00')]);
    await shop.close();
  });

  it('says so when there is no such show, or no server', async () => {
    const missing = await openShop(browser, app, 'shw_nobody');
    await missing.page.locator('fieldcast-player[state=unavailable]').waitFor();
    await missing.player.getByText('找不到这场直播').waitFor();
    await missing.close();
    const alone = await openShop(browser, app, '', { body: '<fieldcast-player show="shw_far" server="http://127.0.0.1:9"></fieldcast-player>' });
    await alone.page.locator('fieldcast-player[state=unavailable]').waitFor();
    await alone.player.locator('[part=retry]').waitFor();
    expect(await alone.player.getAttribute('state')).toBe('unavailable');
    await alone.close();
  });
});

describe('by the page around it', () => {
  it('opens a product of the page’s own list in the shelf, and the cart, with the focus in them', async () => {
    const market = await openMarket(app, [10, 3]);
    const shop = await openShop(browser, app, market.show.id);
    await shop.live.locator('.to-shelf').waitFor();
    await expect.poll(() => shop.live.locator('.to-shelf').innerText()).toContain('2');
    const open = (productId: string) => shop.live.evaluate((live, id) => (live as FieldcastLive).openProduct(id), productId);
    expect(await open('prd_nobody')).toBe(false);
    expect(await shop.live.getAttribute('panel')).toBe('none');
    expect(await open(market.products[1]!.id)).toBe(true);
    await shop.shelf.getByRole('heading', { name: 'Apples 2' }).waitFor();
    expect(await shop.shelf.locator('.back').evaluate((back) => back.matches(':focus'))).toBe(true);
    await shop.live.evaluate((live) => (live as FieldcastLive).openCart());
    await shop.checkout.waitFor();
    expect(await shop.live.locator('.panel.checkout').evaluate((panel) => panel.matches(':focus'))).toBe(true);
    expect(await open(market.products[0]!.id)).toBe(true);
    await shop.shelf.getByRole('heading', { name: 'Apples 1' }).waitFor();
    await shop.close();
  });

  it('lets the demo shop’s own grid open its goods in the show, which comes into view', async () => {
    const market = await openMarket(app, [10, 3]);
    const { page, context, complaints } = await openVisitor(browser, { locale: 'en' });
    await page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
    await page.getByRole('region', { name: 'What we picked this season' }).getByRole('button', { name: 'Apples 2' }).click();
    await page.locator('fieldcast-shelf').getByRole('heading', { name: 'Apples 2' }).waitFor();
    expect(await page.locator('fieldcast-shelf .back').evaluate((back) => back.matches(':focus'))).toBe(true);
    await expect.poll(() => page.locator('fieldcast-live').evaluate((live) => Math.round(live.getBoundingClientRect().top))).toBeLessThan(100);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows an order whose element a script puts in later, at once', async () => {
    const market = await openMarket(app, [10]);
    const order = await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!), headers: { 'idempotency-key': 'put-in-later' } });
    const shop = await openShop(browser, app, '', { body: '<p>Nothing yet</p>' });
    await shop.page.evaluate(() => customElements.whenDefined('fieldcast-live').then(() => undefined));
    const tookMs = await shop.page.evaluate(async (orderId) => {
      const putInAt = performance.now();
      const element = document.createElement('fieldcast-order');
      element.setAttribute('order', orderId);
      document.querySelector('main')!.append(element);
      await customElements.whenDefined('fieldcast-order');
      return performance.now() - putInAt;
    }, order.body.id);
    expect(tookMs).toBeLessThan(1_500);
    await shop.page.locator('fieldcast-order .step.now').waitFor();
    await shop.close();
  });
});

describe('by keyboard', () => {
  it('moves through the shelf with arrows, opens with Enter, and comes back to where it was with Escape', async () => {
    const market = await openMarket(app, [10, 10, 10, 10]);
    const shop = await openShop(browser, app, market.show.id);
    await shop.live.locator('.to-shelf').focus();
    await shop.page.keyboard.press('Enter');
    await shop.shelf.locator('.open').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowUp']) await shop.page.keyboard.press(key);
    const focused = () =>
      shop.page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return { className: active?.className, product: active?.closest('[data-product]')?.querySelector('.name')?.textContent };
      });
    expect((await focused()).product).toBe('Apples 3');
    expect(await shop.shelf.locator('[tabindex="0"].open').count()).toBe(1);
    await shop.page.keyboard.press('Enter');
    await expect.poll(async () => (await focused()).className).toContain('back');
    await shop.page.keyboard.press('Escape');
    await expect.poll(async () => (await focused()).product).toBe('Apples 3');
    await shop.page.keyboard.press('Escape');
    await expect.poll(async () => (await focused()).className).toContain('to-shelf');
    await shop.close();
  });
});

describe('ordering', () => {
  it('judges the form beside its fields, places the order, and lets the returning buyer order with three taps', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    const heard = shop.page.evaluate(() => new Promise((resolve) => addEventListener('fieldcast-order-placed', (event) => resolve((event as CustomEvent).detail), { once: true })));
    await toCart(shop);
    const order = shop.checkout.locator('[part=order-button]');
    await order.click();
    await shop.page.locator('#name-fault').waitFor();
    await shop.shoot('checkout-faults');
    expect(await shop.faults()).toEqual([]);
    await fillIn(shop);
    await order.click();
    await shop.checkout.locator('[part=placed]').waitFor();
    expect(await shop.faults()).toEqual([]);
    expect(await heard).toMatchObject({ showId: market.show.id, mode: 'live', number: 1, totalMinor: 1000, currency: 'CNY' });
    expect(JSON.stringify(await heard)).not.toContain('李梅');

    await shop.checkout.locator('.done .primary').click();
    await shop.live.locator('.to-shelf').click();
    await shop.shelf.locator('.add').click();
    await shop.live.locator('.panel-foot .to-cart').click();
    await order.click();
    await shop.checkout.locator('[part=placed]', { hasText: '2' }).waitFor();
    expect(await ordersOf(market)).toHaveLength(2);
    await shop.close();
  });

  it('places exactly one order when the answer is lost and the page is reloaded', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    let reached = 0;
    await shop.page.route('**/orders', async (route) => {
      await route.fetch();
      reached += 1;
      await route.abort();
    });
    await toCart(shop);
    await fillIn(shop);
    await shop.checkout.locator('[part=order-button]').click();
    await shop.checkout.locator('[part=pending]', { hasText: '重新提交' }).waitFor();
    expect(await shop.faults()).toEqual([]);
    await expect.poll(() => reached).toBeGreaterThan(1);
    await shop.page.unroute('**/orders');
    await shop.page.reload();
    await shop.live.locator('.dock .to-cart').click();
    await shop.checkout.locator('.orders, [part=placed]').first().waitFor();
    expect(await ordersOf(market)).toHaveLength(1);
    await shop.close();
  });

  it('explains a price that changed in the last moment, and orders at the new one', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await toCart(shop);
    await fillIn(shop);
    await shop.page.route('**/orders', async (route) => {
      await app.call('PATCH', `/api/v1/variants/${market.products[0]?.variants[0]?.id}`, { token: market.hostToken, body: { priceMinor: 1200 } });
      await route.continue();
    }, { times: 1 });
    const order = shop.checkout.locator('[part=order-button]');
    await order.click();
    await shop.checkout.locator('[part=refused]', { hasText: '价格' }).waitFor();
    await shop.checkout.locator('[part=refused] button').click();
    await expect.poll(() => order.innerText()).toContain('12.00');
    await order.click();
    await shop.checkout.locator('[part=placed]').waitFor();
    expect((await ordersOf(market)).map(({ totalMinor }) => totalMinor)).toEqual([1200]);
    await shop.close();
  });

  it('forgets the buyer on request', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await toCart(shop);
    await fillIn(shop);
    await shop.checkout.locator('[part=order-button]').click();
    await shop.checkout.locator('.done .primary').click();
    await toCart(shop);
    await shop.checkout.locator('[part=erase]').click();
    await expect.poll(() => shop.page.locator('#name').inputValue()).toBe('');
    expect(await shop.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('李梅');
    await shop.close();
  });

  it('shows the order to whoever holds its id, and cancels it', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await toCart(shop);
    await fillIn(shop);
    await shop.checkout.locator('[part=order-button]').click();
    await shop.checkout.locator('.done .button').first().click();
    const order = shop.page.locator('fieldcast-order');
    await order.locator('.step.now').waitFor();
    expect(await shop.faults()).toEqual([]);
    await order.locator('[part=cancel]').click();
    await order.locator('.danger').click();
    await order.locator('.step.stopped').waitFor();
    expect((await ordersOf(market))[0]?.state).toBe('cancelled');
    await shop.close();
  });
});
