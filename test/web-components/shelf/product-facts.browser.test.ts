// Owns what a buyer reads of a product beside its price: where it comes from, when it was picked, what delivery costs.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop } from '../live/shop-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const facts = {
  grade: '一级',
  origin: '陕西延安洛川县',
  geographicalIndication: '洛川苹果',
  harvestedOn: '2026-11-03',
  storage: '放冰箱冷藏，可存 30 天',
  traceCode: 'https://trace.example.org/LC-2026-118',
  returnRule: '坏果拍照包赔，48 小时内',
  specs: [{ name: '果径', value: '80-85 mm' }],
};
const area = (name: string, words: string[], fee: object, more: object = {}) => ({ name, words, fee, freeFromMinor: null, minimumMinor: 0, ...more });
const areas = [
  area('洛川县', ['洛川'], { by: 'order', feeMinor: 0 }, { minimumMinor: 2_000 }),
  area('陕西', ['陕西'], { by: 'order', feeMinor: 600 }, { freeFromMinor: 9_900 }),
  area('江浙沪', ['江苏', '浙江', '上海'], { by: 'weight', firstGrams: 3_000, firstMinor: 1_000, stepGrams: 1_000, stepMinor: 200, otherGrams: 1_000 }),
  area('华北', ['北京', '天津', '河北'], { by: 'piece', firstPieces: 2, firstMinor: 1_200, stepMinor: 300 }),
  area('偏远地区', ['新疆', '西藏'], { by: 'none' }),
  area('其他地区', [], { by: 'order', feeMinor: 1_500 }),
];

it.each([
  ['zh-CN', false, ['每人限购 3 件', '2026年11月3日', '5 公斤', '包邮，¥20.00 起送', '运费 ¥6.00，满 ¥99.00 包邮', '3 公斤以内 ¥10.00，每加 1 公斤加 ¥2.00', '2 件以内 ¥12.00，每加 1 件加 ¥3.00']],
  ['en', true, ['At most 3 for one buyer', 'November 3, 2026', '5 kg', 'free, orders from ¥20.00', '¥6.00, free from ¥99.00', '¥10.00 up to 3 kg, then ¥2.00 for each 1 kg', '¥12.00 for up to 2, then ¥3.00 each']],
] as const)('in %s', async (lang, isWide, words) => {
  const market = await openMarket(app, [10]);
  const [product] = market.products;
  const token = market.hostToken;
  await app.call('PATCH', `/api/v1/products/${product!.id}`, { token, body: { facts, limitPerBuyer: 3 } });
  await app.call('PATCH', `/api/v1/variants/${product!.variants[0]!.id}`, { token, body: { weightGrams: 5_000 } });
  await app.call('POST', `/api/v1/products/${product!.id}/variants`, { token, body: { label: '10 kg', grade: '二级', specs: [{ name: '果径', value: '70-75 mm' }], unit: 'box', priceMinor: 7_000, stock: 5 } });
  await app.call('PUT', `/api/v1/sellers/${market.show.sellerId}/delivery`, { token, body: { areas } });
  const shop = await openShop(browser, app, market.show.id, { lang, isWide });
  if (!isWide) await shop.live.locator('.to-shelf').click();
  await shop.shelf.locator('.open').first().click();
  const sheet = shop.shelf.locator('fieldcast-product-facts');
  for (const text of [facts.origin, facts.geographicalIndication, facts.storage, facts.returnRule, facts.specs[0]!.value, ...words]) await sheet.getByText(text, { exact: true }).waitFor();
  expect(await sheet.getByRole('link').getAttribute('href')).toBe(facts.traceCode);
  await sheet.locator('summary').click();
  await sheet.getByText(lang === 'en' ? 'not delivered' : '不配送').waitFor();
  await sheet.locator('dl').first().scrollIntoViewIfNeeded();
  await shop.shoot(`facts-${lang}`);
  await sheet.locator('summary').scrollIntoViewIfNeeded();
  await shop.shoot(`delivery-${lang}`);
  expect(await shop.faults()).toEqual([]);
  // A radio button lies under its label.
  await shop.shelf.getByText('10 kg · 二级').first().click();
  for (const text of ['二级', '70-75 mm']) await sheet.getByText(text, { exact: true }).waitFor();
  expect(await sheet.getByText(facts.specs[0]!.value).count()).toBe(0);
  await shop.shelf.locator('.variants').scrollIntoViewIfNeeded();
  await shop.shoot(`grades-${lang}`);
  expect(await shop.faults()).toEqual([]);
  expect(shop.complaints).toEqual([]);
  await shop.close();
});

it('runs nothing that a seller writes where an address stands', async () => {
  const market = await openMarket(app, [10]);
  await app.call('PATCH', `/api/v1/products/${market.products[0]!.id}`, { token: market.hostToken, body: { facts: { traceCode: 'javascript:alert(1)//https://x' } } });
  const shop = await openShop(browser, app, market.show.id);
  await shop.live.locator('.to-shelf').click();
  await shop.shelf.locator('.open').first().click();
  const sheet = shop.shelf.locator('fieldcast-product-facts');
  await sheet.getByText('javascript:alert(1)//https://x').waitFor();
  await sheet.getByText('各地包邮。').waitFor();
  expect(await sheet.getByRole('link').count()).toBe(0);
  await shop.close();
});
