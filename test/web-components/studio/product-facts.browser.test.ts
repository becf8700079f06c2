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

const say = { shelf: '货架', more: '产地、采收、限购', today: '今天', origin: '产地', limit: '每人最多买几件', save: '好了', saved: '已保存：Apples 1', undo: '撤销' };

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
  await farmer.shoot('studio-facts');
  expect(await farmer.faults()).toEqual([]);
  await farmer.page.getByRole('button', { name: say.save }).click();
  await farmer.page.getByText(say.saved).waitFor();
  const told = async () => (await app.call<Product>('GET', path)).body;
  expect(await told()).toMatchObject({ limitPerBuyer: 2, facts: { origin: '洛川', traceCode: 'T-1', harvestedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) } });
  await farmer.page.getByRole('button', { name: say.undo }).click();
  await expect.poll(async () => (await told()).facts).toEqual({ origin: '黄陵', traceCode: 'T-1' });
  expect(await told()).not.toHaveProperty('limitPerBuyer');
  expect(farmer.complaints).toEqual([]);
  await farmer.context.close();
});
