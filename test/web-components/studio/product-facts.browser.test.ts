// What a farmer tells of a product on the phone, and how it is taken back.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Product } from '../../../server/protocol/shop.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio } from './studio-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const say = { shelf: '货架', more: '名称、产地、采收、限购', today: '今天', origin: '产地', limit: '每人最多买几件', save: '好了', saved: '已保存：Apples 1', undo: '撤销', kinds: '规格和等级', add: '再加一种规格', label: '规格名称', grade: '等级', price: '价格', stock: '有多少', weight: '一件多重（公斤）', specs: '别的特点', change: 'Apples 1 加了一种规格' };

it('is saved with a tap, and taken back with one', async () => {
  const market = await openMarket(app, [10]);
  const path = `/api/v1/products/${market.products[0]!.id}`;
  await app.call('PATCH', path, { token: market.hostToken, body: { facts: { origin: '黄陵', traceCode: 'T-1' } } });
  const farmer = await openStudio(browser, app, { lang: 'zh-CN', code: await hostCode(app, market.show.id), camera: false });
  await farmer.until('greeting');
  await farmer.page.getByRole('navigation').getByRole('button', { name: say.shelf }).click();
  await farmer.page.getByRole('button', { name: 'Apples 1', exact: true }).click();
  await farmer.shoot('studio-more');
  await farmer.page.getByRole('button', { name: say.more }).click();
  await farmer.page.getByRole('button', { name: say.today }).click();
  await farmer.page.getByLabel(say.origin).fill('洛川');
  await farmer.page.getByLabel(say.limit).fill('2');
  await farmer.page.getByLabel('叫什么').fill('红富士');
  await farmer.shoot('studio-facts');
  expect(await farmer.faults()).toEqual([]);
  await farmer.page.getByRole('button', { name: say.save }).click();
  await farmer.page.getByText(say.saved).waitFor();
  const told = async () => (await app.call<Product>('GET', path)).body;
  expect(await told()).toMatchObject({ name: '红富士', limitPerBuyer: 2, facts: { origin: '洛川', traceCode: 'T-1', harvestedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) } });
  await farmer.page.getByRole('button', { name: say.undo }).click();
  await expect.poll(async () => (await told()).facts).toEqual({ origin: '黄陵', traceCode: 'T-1' });
  expect(await told()).not.toHaveProperty('limitPerBuyer');
  await farmer.page.getByRole('heading', { name: 'Apples 1', exact: true }).waitFor();

  const { page } = farmer;
  const openKinds = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Apples 1', exact: true }).click();
    await page.getByRole('button', { name: say.kinds }).click();
  };
  await openKinds();
  await page.getByRole('button', { name: say.add }).click();
  await page.getByLabel(say.label).fill('10 公斤装');
  await page.getByLabel(say.grade).fill('一级');
  await page.getByLabel(say.price).fill('88.5');
  await page.getByLabel(say.weight).fill('10');
  await page.getByLabel(say.specs).fill('果径: 80 毫米');
  await page.getByRole('button', { name: say.save }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel(say.stock).fill('6');
  await farmer.shoot('studio-kind');
  expect(await farmer.faults()).toEqual([]);
  await page.getByRole('button', { name: say.save }).click();
  await page.getByText(say.change).waitFor();
  const fresh = { label: '10 公斤装', grade: '一级', unit: 'kg', priceMinor: 8_850, stock: 6, weightGrams: 10_000, specs: [{ name: '果径', value: '80 毫米' }] };
  expect((await told()).variants).toMatchObject([{}, fresh]);
  await page.getByText('10 公斤装 · 一级').first().waitFor();
  await farmer.shoot('studio-shelf-kinds');
  await openKinds();
  await farmer.shoot('studio-kinds');
  expect(await farmer.faults()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say.undo }).click();
  await expect.poll(async () => (await told()).variants).toHaveLength(1);
  expect(farmer.complaints).toEqual([]);
  await farmer.context.close();
});
