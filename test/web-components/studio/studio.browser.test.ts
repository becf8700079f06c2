// A farmer's way through the studio, in a real browser with its fake camera against the real server.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order, ShowSnapshot } from '../../../server/protocol/index.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioPage } from './studio-page.ts';

describe.each(['zh-CN', 'en'] as const)('the studio in %s', (lang) => {
  let app: TestApp;
  let browser: Browser;
  let market: Market;
  let farmer: StudioPage;
  const zh = lang === 'zh-CN';
  const snapshot = async () => (await app.call<ShowSnapshot>('GET', `/api/v1/shows/${market.show.id}`)).body as ShowSnapshot;
  const button = (name: string | RegExp) => farmer.page.getByRole('button', { name });

  beforeAll(async () => {
    app = await startApp();
    browser = await launchBrowser();
    market = await openMarket(app, [12, 3]);
    farmer = await openStudio(browser, app, { lang, code: await hostCode(app, market.show.id) });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('opens by the link, shows the picture, checks sound and network', async () => {
    await farmer.until('ready');
    expect(new URL(farmer.page.url()).hash).toBe('');
    await farmer.page.waitForFunction(() => (document.querySelector('fieldcast-studio')?.shadowRoot?.querySelector('video')?.videoWidth ?? 0) > 0);
    await farmer.page.getByText(zh ? '开始直播' : 'Go live', { exact: true }).waitFor();
    await farmer.page.waitForFunction(() => document.querySelector('fieldcast-studio')?.shadowRoot?.querySelectorAll('.check.wait').length === 0);
    await farmer.shoot('ready');
    expect(await farmer.faults()).toEqual([]);
  });

  it('goes live with one tap, and says how it goes', async () => {
    await button(zh ? '开始直播' : 'Go live').click();
    await farmer.until('live');
    expect((await snapshot()).show.status).toBe('live');
    await farmer.studio.locator('.light').waitFor();
    await farmer.shoot('live');
    expect(await farmer.faults()).toEqual([]);
  });

  it('mutes and hides, and says so', async () => {
    await button(zh ? '静音' : 'Mute').click();
    await farmer.page.getByText(zh ? '现在没人听得见您' : 'Nobody hears you').waitFor();
    await button(zh ? '关画面' : 'Hide picture').click();
    await farmer.page.getByText(zh ? '现在没人看得见您' : 'Nobody sees you').waitFor();
    await farmer.shoot('muted');
    const seen = farmer.studio.locator('video');
    expect(await seen.isVisible()).toBe(false);
    await button(zh ? '开声音' : 'Unmute').click();
    await button(zh ? '开画面' : 'Show picture').click();
    expect(await seen.isVisible()).toBe(true);
  });

  it('works the shelf: shows a product, changes a price, sells out, and takes it back', async () => {
    await button(zh ? '货架' : 'Shelf').click();
    await farmer.shoot('shelf');
    expect(await farmer.faults()).toEqual([]);
    await button(zh ? /现在讲解 Apples 2/ : /Show Apples 2 to buyers now/).click();
    await expect.poll(async () => (await snapshot()).pins).toEqual([market.products[1]?.id]);

    await button(zh ? /^Apples 1 的价钱/ : /^Price of Apples 1/).click();
    await farmer.shoot('price');
    for (const key of ['1', '2', '.', '8']) await farmer.page.locator('fieldcast-studio-pad').getByRole('button', { name: key, exact: true }).click();
    expect(await farmer.faults()).toEqual([]);
    await button(zh ? '好了' : 'Save').click();
    await expect.poll(async () => (await snapshot()).shelf[0]?.variants[0]?.priceMinor).toBe(1280);
    await farmer.shoot('undo');
    await button(zh ? '撤销' : 'Undo').click();
    await expect.poll(async () => (await snapshot()).shelf[0]?.variants[0]?.priceMinor).toBe(1000);

    await button(zh ? /Apples 2 卖完了/ : /Apples 2 is sold out/).click();
    await expect.poll(async () => (await snapshot()).shelf[1]?.variants[0]?.stock).toBe(0);
    await farmer.studio.locator('.gone').waitFor();
    await button(zh ? '撤销' : 'Undo').click();
    await expect.poll(async () => (await snapshot()).shelf[1]?.variants[0]?.stock).toBe(3);

    await button(zh ? /^Apples 1 还剩多少/ : /^How many left of Apples 1/).click();
    await farmer.shoot('stock');
    await button('+10').click();
    await button(zh ? '好了' : 'Save').click();
    await expect.poll(async () => (await snapshot()).shelf[0]?.variants[0]?.stock).toBe(22);
  });

  it('takes a price by keyboard alone', async () => {
    const price = button(zh ? /^Apples 1 的价钱/ : /^Price of Apples 1/);
    await price.focus();
    for (const key of ['Enter', '9', '.', '5', 'Enter']) await farmer.page.keyboard.press(key);
    await expect.poll(async () => (await snapshot()).shelf[0]?.variants[0]?.priceMinor).toBe(950);
    await farmer.studio.locator('dialog').waitFor({ state: 'detached' });
    await price.press('Enter');
    await farmer.page.keyboard.press('Escape');
    await farmer.studio.locator('dialog').waitFor({ state: 'detached' });
  });

  it('puts a new product on the shelf from the phone', async () => {
    await button(zh ? '上货' : 'Add').click();
    await farmer.shoot('add-choose');
    await button(zh ? '新商品' : 'New product').click();
    await farmer.page.waitForFunction(() => {
      const shelf = document.querySelector('fieldcast-studio')?.shadowRoot?.querySelector('fieldcast-studio-shelf')?.shadowRoot;
      return (shelf?.querySelector('fieldcast-studio-add')?.shadowRoot?.querySelector('video')?.videoWidth ?? 0) > 0;
    });
    await farmer.shoot('add-photo');
    await button(zh ? /^拍$/ : /^Take it$/).click();
    await farmer.page.getByRole('textbox').fill(zh ? '野生蜂蜜' : 'Wild honey');
    await farmer.studio.locator('fieldcast-studio-add .numbers button').first().click();
    for (const key of ['4', '5']) await farmer.page.locator('fieldcast-studio-pad').getByRole('button', { name: key, exact: true }).click();
    await button(zh ? '好了' : 'Save').click();
    await farmer.page.getByRole('radio', { name: zh ? '罐' : 'jar' }).check();
    await farmer.shoot('add-details');
    expect(await farmer.faults()).toEqual([]);
    await button(zh ? '放上货架' : 'Put on the shelf').click();
    await expect.poll(async () => (await snapshot()).shelf.at(-1)).toMatchObject({
      name: zh ? '野生蜂蜜' : 'Wild honey',
      variants: [{ unit: 'jar', priceMinor: 4500, stock: 10 }],
    });
    expect((await snapshot()).shelf.at(-1)?.pictures).toHaveLength(1);
    await farmer.page.waitForTimeout(600);
    await farmer.shoot('shelf-added');
  });

  it('rings for an order and moves it on', async () => {
    const product = market.products[0] as Market['products'][number];
    const placed = await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body: { ...orderOf(product, 2), note: zh ? '要红一点的' : 'The red ones please' }, headers: { 'idempotency-key': 'order-of-the-test' } });
    expect(placed.status).toBe(201);
    await farmer.page.getByRole('img', { name: zh ? '1 个新订单' : '1 new' }).waitFor();
    await farmer.shoot('order-arrived');
    await button(zh ? /订单/ : /Orders/).click();
    await farmer.page.getByText('文三路', { exact: false }).waitFor();
    await farmer.shoot('orders');
    expect(await farmer.faults()).toEqual([]);
    expect(await farmer.page.getByRole('link', { name: zh ? '给李梅打电话' : 'Call 李梅' }).getAttribute('href')).toBe('tel:13800001234');
    expect(placed.body.totalMinor).toBe(1900);
    const state = async () => (await app.call<Order>('GET', `/api/v1/orders/${placed.body.id}`)).body.state;
    await button(zh ? '确认，1 号单' : 'Confirm, no. 1').click();
    await expect.poll(state).toBe('confirmed');
    await button(zh ? '待打包 1' : 'To pack 1').click();
    await button(zh ? '打包好了，1 号单' : 'Packed, no. 1').click();
    await expect.poll(state).toBe('packed');
    // The shelf's last notice may still stand above.
    await farmer.page.locator('fieldcast-orders').getByRole('button', { name: zh ? '撤销' : 'Undo' }).click();
    await expect.poll(state).toBe('confirmed');
  });

  it('is back on the air by itself after a reload, without the code and without a tap', async () => {
    await farmer.page.reload();
    await farmer.until('live');
    expect((await snapshot()).show.status).toBe('live');
    const seen = farmer.studio.locator('video');
    await expect.poll(() => seen.evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && !video.paused && video.currentTime > 0.2)).toBe(true);
  });

  it('ends only after a second step', async () => {
    await button(zh ? '下播' : 'End').click();
    await farmer.shoot('end');
    expect(await farmer.faults()).toEqual([]);
    await button(zh ? '不，接着卖' : 'No, go on selling').click();
    expect((await snapshot()).show.status).toBe('live');
    await button(zh ? '下播' : 'End').click();
    await button(zh ? '是，下播' : 'Yes, end it').click();
    await farmer.until('ended');
    expect((await snapshot()).show.status).toBe('ended');
    await farmer.shoot('ended');
    expect(await farmer.faults()).toEqual([]);
  });

  it('complained about nothing, the content security policy included', () => {
    expect(farmer.complaints).toEqual([]);
  });
});
