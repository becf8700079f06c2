// Owns what a buyer sees where the shop keeps its own cart: the example of the docs, refusals in words, a shop that is slow or half ready.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../server/protocol/order.ts';
import { findAccessibilityFaults } from '../../support/accessibility.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE } from '../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** The examples of the docs, in their order. */
const examples = [...readFileSync(join(import.meta.dirname, '../../../docs/embedding.md'), 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code as string);

async function stocked(stocks: number[]): Promise<Market> {
  const market = await openMarket(app, stocks);
  for (const [index, { variants }] of market.products.entries()) {
    await app.call('PATCH', `/api/v1/variants/${variants[0]!.id}`, { token: market.hostToken, body: { sku: `SKU-${index + 1}` } });
  }
  return market;
}

const ordersOf = async ({ show, hostToken }: Market) => (await app.call<{ orders: Order[] }>('GET', `/api/v1/shows/${show.id}/orders`, { token: hostToken })).body.orders;

/** A shop with these answers of its own; what it was asked is in `window.asked`. */
async function connect({ page, live }: ShopPage, own: Record<string, string> = {}): Promise<void> {
  const answers = {
    provideProducts: '[]',
    addToCart: '({ ok: true })',
    updateCart: '({ ok: true })',
    syncCart: '({ lines: [] })',
    checkout: '({ ok: true })',
    ...own,
  };
  await live.waitFor();
  await page.evaluate((given) => {
    const element = document.querySelector('fieldcast-live') as unknown as Record<string, unknown>;
    const asked: [string, unknown][] = [];
    Object.assign(window, { asked });
    for (const [name, answer] of Object.entries(given)) {
      // The answers are the test's own words; the page's policy forbids to evaluate text.
      const value = answer === 'never' ? undefined : (JSON.parse(answer.replace(/^\((.*)\)$/s, '$1').replaceAll(/([{,]\s*)(\w+):/g, '$1"$2":').replaceAll("'", '"')) as unknown);
      element[name] = (input: unknown) => {
        asked.push([name, input]);
        return answer === 'never' ? new Promise(() => undefined) : value;
      };
    }
  }, answers);
}

const asked = ({ page }: ShopPage): Promise<[string, { quantity: number; sku: string }][]> => page.evaluate(() => (window as unknown as { asked: [string, never][] }).asked);

/** The whole page at both sizes, for whoever looks at the pictures. */
async function lookAt(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (!folder) return;
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${folder}/${name}-${size}.png`, fullPage: true });
  }
}

async function tap(shop: ShopPage, index = 0): Promise<void> {
  if ((await shop.live.getAttribute('panel')) !== 'shelf') await shop.live.locator('.to-shelf').click();
  await shop.shelf.locator('.add').nth(index).click();
}

describe('the example of the docs', () => {
  it('fills the shelf, keeps the cart in the shop, and checks out there', async () => {
    const market = await stocked([10, 10]);
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    const posted: [string, unknown][] = [];
    const cart = new Map<string, number>([['SKU-2', 1]]);
    await shop.page.context().route('**/shop/**', async (route) => {
      const path = new URL(route.request().url()).pathname;
      const body = route.request().postDataJSON() as { sku: string; quantity: number } | { productId: string }[] | null;
      if (body) posted.push([path, body]);
      if (path === '/shop/checkout') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Checkout</title>' });
      if (path === '/shop/products') return route.fulfill({ json: (body as { productId: string }[]).map(({ productId }, index) => ({ productId, name: `Shop’s apples ${index + 1}`, variants: [{ sku: `SKU-${index + 1}`, priceMinor: 1_234, stock: 4 }] })) });
      if (body && 'sku' in body) cart.set(body.sku, body.quantity);
      return route.fulfill({ json: path === '/shop/cart' ? { lines: [...cart].map(([sku, quantity]) => ({ sku, quantity })) } : { ok: true } });
    });
    await shop.live.waitFor();
    await shop.page.evaluate(examples[0] as string);
    await shop.live.locator('.to-shelf').click();
    await shop.shelf.getByText('Shop’s apples 1').waitFor();
    await tap(shop);
    await expect.poll(() => posted.at(-1)).toEqual(['/shop/cart/add', { sku: 'SKU-1', quantity: 1 }]);
    await tap(shop);
    await expect.poll(() => posted.at(-1)).toEqual(['/shop/cart/update', { sku: 'SKU-1', quantity: 2 }]);
    await shop.live.locator('.panel-foot .to-cart').click();
    const panel = shop.live.locator('fieldcast-host-cart');
    await expect.poll(() => panel.locator('.line').count()).toBe(2);
    await shop.shoot('docs-example');
    expect(await shop.faults()).toEqual([]);
    await panel.getByRole('button', { name: /Check out in the shop · ¥37.02/ }).click();
    await shop.page.waitForURL('**/shop/checkout');
    expect(await ordersOf(market)).toEqual([]);
    await shop.close();
  });

  it('says with its second example how much is left', async () => {
    const market = await stocked([10]);
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    await connect(shop);
    await shop.page.evaluate(`{ const live = document.querySelector('fieldcast-live'); const stockOf = () => 0; const cart = new Map(); ${examples[1]} }`);
    await tap(shop);
    await shop.live.getByText('The shop says: Only 0 left').waitFor();
    expect(await shop.live.locator('.panel-foot').count()).toBe(0);
    await shop.close();
  });

  it('tells with its third example that the shop’s cart has changed', async () => {
    const market = await stocked([10]);
    const shop = await openShop(browser, app, market.show.id);
    await connect(shop);
    const syncs = async () => (await asked(shop)).filter(([name]) => name === 'syncCart').length;
    await expect.poll(syncs).toBe(1);
    await shop.page.evaluate(examples[2] as string);
    await expect.poll(syncs).toBe(2);
    await shop.close();
  });
});

describe('a shop that refuses', () => {
  it.each([
    ['zh-CN', false, 'Apples 1：库存不够了，购物车没有变。'],
    ['en', true, 'Apples 1: not enough left. Your cart is as it was.'],
  ] as const)('is heard in %s, and the cart is as it was', async (lang, isWide, words) => {
    const market = await stocked([10]);
    const shop = await openShop(browser, app, market.show.id, { lang, isWide });
    await connect(shop, { updateCart: "({ ok: false, reason: 'out-of-stock' })", syncCart: "({ lines: [{ sku: 'SKU-1', quantity: 2 }], otherCount: 1 })" });
    if (!isWide) await shop.live.locator('.to-shelf').click();
    await shop.live.locator('.panel-foot .to-cart').waitFor();
    await shop.shelf.locator('.add').first().click();
    const notice = shop.live.getByRole('alert').filter({ hasText: words });
    await notice.waitFor();
    await shop.shoot(`host-refusal-shelf-${lang}`);
    expect(await shop.live.locator('.panel-foot .count').innerText()).toBe('2');
    await shop.live.locator('.panel-foot .to-cart').click();
    const panel = shop.live.locator('fieldcast-host-cart');
    await panel.locator('.line').waitFor();
    await shop.shoot(`host-cart-${lang}`);
    expect(await shop.faults()).toEqual([]);
    await notice.getByRole('button').click();
    await expect.poll(() => notice.count()).toBe(0);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
});

describe('a shop that does not answer', () => {
  it('leaves the player as quick as ever, and says that the shop is being asked', async () => {
    const market = await stocked([10, 10]);
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    await connect(shop, { addToCart: 'never', provideProducts: 'never' });
    await expect.poll(async () => (await asked(shop)).some(([name]) => name === 'syncCart')).toBe(true);
    await tap(shop);
    await tap(shop, 1);
    await shop.live.locator('.panel-foot .to-cart').click();
    const panel = shop.live.locator('fieldcast-host-cart');
    await panel.getByText('Asking the shop…').first().waitFor();
    expect(await panel.locator('[part=checkout-button]').isDisabled()).toBe(true);
    await shop.shoot('host-slow-en');
    expect((await asked(shop)).filter(([name]) => name === 'addToCart')).toHaveLength(1);
    await panel.getByRole('button', { name: 'Close' }).click();
    await shop.live.locator('.to-chat').click();
    await shop.live.locator('fieldcast-chat').waitFor();
    await shop.close();
  });
});

describe('a shop that is half ready', () => {
  it('has no cart, and its developer is told what is missing', async () => {
    const market = await stocked([10]);
    const shop = await openShop(browser, app, market.show.id);
    await connect(shop);
    await expect.poll(async () => (await asked(shop)).some(([name]) => name === 'syncCart')).toBe(true);
    await shop.live.evaluate((live) => Object.assign(live, { syncCart: null, checkout: undefined }));
    await expect.poll(() => shop.complaints).toEqual([expect.stringMatching(/Missing: checkout, syncCart\..*docs\/embedding\.md/)]);
    await tap(shop);
    await shop.live.getByRole('alert').locator('p').waitFor();
    expect(await shop.live.locator('.panel-foot').count()).toBe(0);
    await shop.live.evaluate((live) => (live as unknown as { openCart(): void }).openCart());
    await shop.live.locator('fieldcast-host-cart').getByText('购物车还没开放').waitFor();
    await shop.shoot('host-off');
    expect(await shop.faults()).toEqual([]);
    await shop.close();
  });
});

describe('the demo of a shop with its own cart', () => {
  it('sells from the show into its own cart, and back', async () => {
    const market = await openMarket(app, [10, 2]);
    const { page, context, complaints } = await openVisitor(browser, { locale: 'en' });
    await page.goto(`${app.url}/demo/host-shop.html?show=${market.show.id}`);
    const live = page.locator('fieldcast-live');
    await live.locator('.to-shelf').click();
    const add = live.locator('fieldcast-shelf .add').first();
    for (let piece = 0; piece < 5; piece += 1) await add.click();
    const own = page.locator('#cart');
    await expect.poll(() => own.locator('output').innerText()).toBe('5');
    await add.click();
    await live.getByText('We sell at most 5 of each').waitFor();
    await lookAt(page, 'demo-host-shop');
    expect(await own.locator('output').innerText()).toBe('5');
    await own.getByRole('button', { name: 'One less of Apples' }).click();
    await expect.poll(() => live.locator('.panel-foot .count').innerText()).toBe('4');
    await live.locator('.panel-foot .to-cart').click();
    await live.locator('fieldcast-host-cart [part=checkout-button]').click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('cart-title');
    await own.locator('.button').last().click();
    await own.locator('.thanks').waitFor();
    await expect.poll(() => live.locator('fieldcast-host-cart .line').count()).toBe(0);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
