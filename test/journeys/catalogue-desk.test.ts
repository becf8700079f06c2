// The catalogue as an operator keeps it: tells of a product, sets where it is brought, takes a table in after a look at what would change.
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryRules } from '../../server/protocol/delivery.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { findAccessibilityFaults } from '../support/accessibility.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE, type Visitor } from '../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let operator: Visitor;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app, [10, 5]);
  operator = await openVisitor(browser, { locale: 'en' });
  page = operator.page;
  await page.goto(await app.app.createOperatorLink());
  await page.locator('.show').waitFor();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const product = async (index = 0): Promise<Product> => (await app.call<Product>('GET', `/api/v1/products/${market.products[index]!.id}`)).body;
const rules = async (): Promise<DeliveryRules> => (await app.call<DeliveryRules>('GET', `/api/v1/sellers/${market.show.sellerId}/delivery`)).body;
const go = async (part: string): Promise<void> => {
  await page.evaluate((hash) => void (location.hash = hash), `#/${part}`);
  await page.locator('main h1').waitFor();
};

/** Both languages and both sizes, for whoever looks at the pictures. */
async function lookAt(name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  for (const lang of ['中文', 'English']) {
    await page.getByRole('button', { name: lang }).click();
    if (!folder) continue;
    for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: `${folder}/${name}-${lang === 'English' ? 'en' : 'zh-CN'}-${size}.png`, fullPage: true });
    }
    await page.setViewportSize(PHONE);
  }
}

describe('the operator', () => {
  it('tells where a product comes from, and takes it back by emptying the field', async () => {
    await go(`products/${market.products[0]!.id}`);
    await page.getByRole('heading', { name: 'Origin, harvest and returns' }).click();
    await page.getByLabel('Grade', { exact: true }).fill('A');
    await page.getByLabel('Origin', { exact: true }).fill('Luochuan, Shaanxi');
    await page.getByLabel('Geographical indication').fill('Luochuan apples');
    await page.getByLabel('Harvested on').fill('2026-11-03');
    await page.getByLabel('Specifications, one a line').fill('Sugar: 14\nSize: 80 mm');
    await page.getByLabel('Most for one buyer in a show').fill('3');
    await page.getByLabel('Weight of one (kg)').fill('2.5');
    await page.getByLabel('SKU').fill('APPLE-1');
    await lookAt('operator-product');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await product()).toMatchObject({
      facts: { grade: 'A', origin: 'Luochuan, Shaanxi', geographicalIndication: 'Luochuan apples', harvestedOn: '2026-11-03', specs: [{ name: 'Sugar', value: '14' }, { name: 'Size', value: '80 mm' }] },
      limitPerBuyer: 3,
      variants: [{ weightGrams: 2_500, sku: 'APPLE-1' }],
    });
    await page.getByLabel('Grade', { exact: true }).fill('');
    await page.getByLabel('Most for one buyer in a show').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await product()).facts?.grade).toBeUndefined();
    await expect.poll(async () => (await product()).limitPerBuyer).toBeUndefined();
  });

  it('sets where goods are brought and what that costs, and takes it back', async () => {
    await go('sellers');
    await page.getByRole('link', { name: /^Delivery of/ }).first().click();
    await page.getByRole('button', { name: '+ Add an area' }).click();
    const near = page.getByRole('group', { name: 'Area 1' });
    await near.getByLabel('Name').fill('Our county');
    await near.getByLabel('One of these stands in the address').fill('Luochuan, 洛川');
    await near.getByLabel('Fee (CNY; 0 is free)').fill('0');
    await near.getByLabel('Least order (CNY)').fill('20');
    await page.getByText('There is no “everywhere else”').waitFor();
    await page.getByRole('button', { name: '+ Everywhere else' }).click();
    const rest = page.getByRole('group', { name: 'Area 2' });
    await rest.getByRole('combobox').selectOption({ label: 'By weight' });
    await rest.getByLabel('First (kg)').fill('1');
    await rest.getByLabel('Fee for the first (CNY)').fill('8');
    await rest.getByLabel('Then each (kg)').fill('0.5');
    await rest.getByLabel('Fee for each (CNY)').fill('1.50');
    await rest.getByLabel('Free from (CNY)').fill('99');
    await lookAt('operator-delivery');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    const areas = [
      { name: 'Our county', words: ['Luochuan', '洛川'], fee: { by: 'order', feeMinor: 0 }, freeFromMinor: null, minimumMinor: 2_000 },
      { name: 'Everywhere else', words: [], fee: { by: 'weight', firstGrams: 1_000, firstMinor: 800, stepGrams: 500, stepMinor: 150, otherGrams: 1_000 }, freeFromMinor: 9_900, minimumMinor: 0 },
    ];
    await expect.poll(rules).toEqual({ areas });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(rules).toEqual({ areas: [] });
  });

  it('downloads the table, changes it, sees what would change, and takes that in', async () => {
    await go('products/import');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the table' }).click()]);
    const table = await readFile(await download.path(), 'utf8');
    expect(table.startsWith('\ufeff')).toBe(true);
    const lines = table.trimEnd().split('\r\n');
    const changed = lines.map((line) => line.replace('"Apples 2","","","公斤 kg","10.00"', '"Apples 2","","","公斤 kg","12.50"'));
    const fresh = '"红枣","500 g","DATES","袋","19.80","40"';
    const wrong = '"核桃","","","公斤","免费","40"';
    await page.getByLabel('CSV table').setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(`${[...changed, fresh, wrong].join('\r\n')}\r\n`) });
    await page.getByRole('heading', { name: 'Preview: nothing is changed yet' }).waitFor();
    await page.getByText('price: is not right').waitFor();
    await lookAt('operator-import');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect((await product(1)).variants[0]?.priceMinor).toBe(1_000);
    await page.getByRole('button', { name: 'Take in 2 rows' }).click();
    await page.getByRole('heading', { name: 'Taken in' }).waitFor();
    expect((await product(1)).variants[0]?.priceMinor).toBe(1_250);
    const { products } = (await app.call<{ products: Product[] }>('GET', `/api/v1/products?sellerId=${market.show.sellerId}`, { token: app.operatorToken })).body;
    expect(products.map(({ name }) => name).sort()).toEqual(['Apples 1', 'Apples 2', '红枣']);
  });

  it('is told of a file that is no table what to do', async () => {
    await go('products');
    await go('products/import');
    await page.getByLabel('CSV table').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('colour,size\nred,5\n') });
    await page.getByRole('alert').filter({ hasText: 'The first row needs a column' }).waitFor();
    expect(operator.complaints).toEqual([]);
  });
});
