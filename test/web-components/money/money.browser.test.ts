// The seller's side of transfer and cash on delivery in a real browser: setting up, answering claims, calls, couriers, cash, the day's list.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryRules } from '../../../server/protocol/delivery.ts';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import { findAccessibilityFaults } from '../../support/accessibility.ts';
import { DESKTOP, launchBrowser, openVisitor } from '../../support/browser.ts';
import { receiveCode } from '../../support/receive-code.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioPage } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const say = {
  orders: '订单', money: '钱', ways: /收款方式/, add: '添加图片', payee: '买家看到的收款人', save: '保存', saved: '已保存，马上生效。', back: '返回', transferOn: '扫您的收款码：已打开', waits: '1 个买家在等您',
  here: '钱到了', hereYes: '是的，到了', notHere: '没收到', notHereYes: '告诉买家', called: /电话打完了/, noAnswer: '没人接', reached: '接通了，确认要', calledOnce: /打过 1 次/, confirmedState: '已确认',
  pack: /^打包好了|打包/, handTo: /交给快递员/, newCourier: '新快递员', name: '姓名', addCourier: '添加快递员', atDoor: /送到门口了/, other: '送到了，收的不是这个数', cash: '实际收的现金', note: '记下现金',
  firstPaid: /先付款先得/, withOrder: /下单就留货/,
  problem: '钱有问题，去处理', owed: '订单已结束，钱还没退', howMuch: /退多少/, giveBack: '退款', gaveBack: /已经退了/, settle: '处理好了',
  refused: '拒收', notHome: '家里没人', couriers: /快递员/, difference: /相差/, handed: '交来现金', noteIt: '记下', even: '都交清了', refusals: /拒收情况/, risk: /以前拒收过 1 次/, lastWay: '至少要保留一种收款方式。', cod: /货到付款/, transfer: /扫您的收款码/,
} as const;

const place = async ({ show, products }: Market, payment: 'cod' | 'transfer', quantity = 1): Promise<Order> =>
  (await app.call<Order>('POST', `/api/v1/shows/${show.id}/orders`, { body: { ...orderOf(products[0]!, quantity), payment }, headers: { 'idempotency-key': newId('key') } })).body;
const find = async (id: string): Promise<Order> => (await app.call<Order>('GET', `/api/v1/orders/${id}`)).body;
const claim = (id: string) => app.call('POST', `/api/v1/orders/${id}/payment/claim`, { body: {} });
const move = (market: Market, id: string, to: string) => app.call('POST', `/api/v1/orders/${id}/state`, { token: market.hostToken, body: { to } });
const tap = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first().click();

async function openOrders({ page }: StudioPage): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: say.orders }).click();
}

const cardOf = (page: Page, { number }: Order) => page.locator('fieldcast-orders li.order').filter({ has: page.getByRole('heading', { name: new RegExp(`(?<!\\d)${number}(?!\\d)`) }) });

/** What is noted of an order stands in its sheet. */
async function openNote(page: Page, order: Order, name: string | RegExp): Promise<void> {
  await cardOf(page, order).locator('button.more').click();
  await page.getByRole('dialog').getByRole('button', { name }).click();
}

/** One of the two names at the top of the page of orders. */
const segment = ({ page }: StudioPage, name: string): Promise<void> => page.locator('.segments').getByRole('button', { name: new RegExp(`^\\s*${name}`) }).click();

describe("the seller's money", () => {
  let market: Market;
  let phone: StudioPage;

  beforeAll(async () => {
    market = await openMarket(app, [50]);
    phone = await openStudio(browser, app, { lang: 'zh-CN', code: await hostCode(app, market.show.id), camera: false });
    await phone.until('greeting');
    await openOrders(phone);
    await segment(phone, say.money);
  });
  afterAll(() => phone?.context.close());

  it('gains a transfer with the picture of a receive code, and keeps one way at least', async () => {
    const { page } = phone;
    await page.locator('fieldcast-money-day .frame').waitFor();
    await phone.shoot('money-empty');
    await tap(page, say.ways);
    await page.getByLabel(say.add).setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: await receiveCode() });
    await page.getByText(say.transferOn).waitFor();
    await page.getByLabel(say.payee).fill('*建国');
    await tap(page, say.save);
    await page.getByText(say.saved).waitFor();
    await tap(page, say.firstPaid);
    await page.locator('.told[aria-pressed=true]', { hasText: say.firstPaid }).waitFor();
    expect((await app.call('GET', `/api/v1/sellers/${market.show.sellerId}/ways`, { token: market.hostToken })).body.stock).toEqual({ policy: 'payment' });
    await tap(page, say.withOrder);
    await page.locator('.told[aria-pressed=true]', { hasText: say.withOrder }).waitFor();
    await expect.poll(() => page.locator('img.code').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    await phone.shoot('ways');
    expect(await phone.faults()).toEqual([]);
    const { ways } = (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body;
    expect(ways.map(({ method }: { method: string }) => method)).toEqual(['cod', 'transfer']);
    await page.getByRole('switch', { name: say.cod }).click();
    await expect.poll(() => page.getByRole('switch', { name: say.cod }).getAttribute('aria-checked')).toBe('false');
    await page.getByRole('switch', { name: say.transfer }).click();
    await page.getByText(say.lastWay).waitFor();
    expect(await page.getByRole('switch', { name: say.transfer }).getAttribute('aria-checked')).toBe('true');
    await page.getByRole('switch', { name: say.cod }).click();
    await expect.poll(() => page.getByRole('switch', { name: say.cod }).getAttribute('aria-checked')).toBe('true');
    await tap(page, say.back);
  });

  it('sets where goods are brought and what that costs, sees what a buyer would pay, and takes it back', async () => {
    const { page } = phone;
    const rules = async (): Promise<DeliveryRules> => (await app.call<DeliveryRules>('GET', `/api/v1/sellers/${market.show.sellerId}/delivery`)).body;
    await tap(page, /配送和运费/);
    await page.getByText('现在全国包邮。').waitFor();
    await phone.shoot('delivery-none');
    await tap(page, /添加地区/);
    await page.getByLabel('哪些地方').fill('洛川 黄陵');
    await tap(page, '保存');
    await page.getByRole('alert').getByText('请写数字').waitFor();
    await page.getByLabel('一单运费（元）').fill('8');
    await page.getByLabel('满多少包邮（元）').fill('120');
    await page.getByLabel('多少起送（元）').fill('20');
    await page.getByLabel('买家在哪里').fill('延安市黄陵县');
    await page.locator('output').getByText('¥108.00').waitFor();
    await phone.shoot('delivery-area');
    expect(await phone.faults()).toEqual([]);
    await tap(page, '保存');
    const near = { name: '洛川、黄陵', words: ['洛川', '黄陵'], fee: { by: 'order', feeMinor: 800 }, freeFromMinor: 12_000, minimumMinor: 2_000 };
    await expect.poll(rules).toEqual({ areas: [near] });
    await page.getByText('别的地方的买家下不了单。').waitFor();
    await page.getByLabel('买家在哪里').fill('北京');
    await page.locator('output').getByText('这里不送').waitFor();
    await tap(page, /添加其他地区/);
    await tap(page, '按重量');
    for (const [label, value] of [['首重（公斤）', '1'], ['运费（元）', '10'], ['续重每（公斤）', '1'], ['续重运费（元）', '2.5']] as const) await page.getByLabel(label, { exact: true }).fill(value);
    await page.locator('output').getByText('¥120.00').waitFor();
    await phone.shoot('delivery-weight');
    await tap(page, '保存');
    await expect.poll(rules).toEqual({ areas: [near, { name: '其他地区', words: [], fee: { by: 'weight', firstGrams: 1_000, firstMinor: 1_000, stepGrams: 1_000, stepMinor: 250, otherGrams: 1_000 }, freeFromMinor: null, minimumMinor: 0 }] });
    await phone.shoot('delivery-list');
    expect(await phone.faults()).toEqual([]);
    await tap(page, /撤销/);
    await expect.poll(rules).toEqual({ areas: [near] });
    await tap(page, /洛川、黄陵/);
    await tap(page, '删除');
    await expect.poll(rules).toEqual({ areas: [] });
    await tap(page, say.back);
  });

  it('hears of a claim, looks, and says whether the money came', async () => {
    const { page } = phone;
    const order = await place(market, 'transfer', 5);
    const missing = await place(market, 'transfer', 5);
    expect(missing.money.dueMinor).toBe(order.money.dueMinor - 1);
    await claim(order.id);
    await page.locator('.segments .new').waitFor();
    await segment(phone, say.orders);
    await segment(phone, say.money);
    await page.getByText(say.waits).waitFor();
    await page.getByText(order.money.reference ?? 'none', { exact: true }).waitFor();
    await phone.shoot('claim');
    expect(await phone.faults()).toEqual([]);
    await tap(page, say.here);
    await phone.shoot('claim-sure');
    await tap(page, say.hereYes);
    await expect.poll(async () => (await find(order.id)).state).toBe('placed');
    expect((await find(order.id)).money).toMatchObject({ state: 'paid', paidMinor: 5000 });

    await claim(missing.id);
    await segment(phone, say.orders);
    await segment(phone, say.money);
    await tap(page, say.notHere);
    await tap(page, say.notHereYes);
    await expect.poll(async () => (await find(missing.id)).money.state).toBe('due');
  });

  it('gives a part of it back, asked once more, and has what is owed among the problems', async () => {
    const { page } = phone;
    const order = await place(market, 'transfer', 3);
    await app.call('POST', `/api/v1/orders/${order.id}/payment/confirm`, { token: market.hostToken, body: {} });
    await move(market, order.id, 'cancelled');
    await segment(phone, say.orders);
    await page.locator('.queue.problems').click();
    await openNote(page, order, say.problem);
    const sheet = page.getByRole('dialog');
    await sheet.getByText(say.owed).waitFor();
    await sheet.getByLabel(say.howMuch).fill('12.5');
    await phone.shoot('payback');
    expect(await phone.faults()).toEqual([]);
    await sheet.getByRole('button', { name: say.giveBack, exact: true }).click();
    await sheet.getByRole('button', { name: say.gaveBack }).click();
    await expect.poll(async () => (await find(order.id)).money).toMatchObject({ state: 'part-refunded', refundedMinor: 1250, problem: 'refund-owed' });
    await openNote(page, order, say.problem);
    await sheet.getByRole('button', { name: say.settle }).click();
    await expect.poll(async () => (await find(order.id)).money.problem).toBeNull();
    await segment(phone, say.money);
  });

  it('brings an order to the door: a call, a courier, cash that is not all of it, and the account of the courier', async () => {
    const { page } = phone;
    const order = await place(market, 'cod', 2);
    const card = cardOf(page, order);
    const sheet = page.getByRole('dialog');
    await segment(phone, say.orders);
    await page.locator('.queue.confirm').click();
    await openNote(page, order, say.called);
    await sheet.getByRole('button', { name: say.reached }).waitFor();
    await phone.shoot('door-call');
    await sheet.getByRole('button', { name: say.noAnswer }).click();
    await expect.poll(async () => (await app.call('GET', `/api/v1/orders/${order.id}/door`, { token: market.hostToken })).body.calls.length).toBe(1);
    await openNote(page, order, say.called);
    await sheet.getByText(say.calledOnce).waitFor();
    await sheet.getByRole('button', { name: say.reached }).click();
    await expect.poll(async () => (await find(order.id)).state).toBe('confirmed');
    await move(market, order.id, 'packed');

    await page.locator('.queue.ship').click();
    await openNote(page, order, say.handTo);
    await sheet.getByRole('button', { name: say.newCourier }).click();
    await sheet.getByLabel(say.name).fill('老刘');
    await phone.shoot('door-courier');
    await sheet.getByRole('button', { name: say.addCourier }).click();
    await expect.poll(async () => (await find(order.id)).state).toBe('shipped');

    await page.locator('.queue.sent').click();
    await card.getByRole('button', { name: say.atDoor }).click();
    await card.getByRole('button', { name: say.other }).waitFor();
    await phone.shoot('door-cash');
    expect(await phone.faults()).toEqual([]);
    await card.getByRole('button', { name: say.other }).click();
    await card.getByLabel(say.cash).fill('19.5');
    await card.getByRole('button', { name: say.note }).click();
    await expect.poll(async () => (await find(order.id)).state).toBe('delivered');
    expect((await find(order.id)).money).toMatchObject({ state: 'due', paidMinor: 1950, dueMinor: 2000 });

    await segment(phone, say.money);
    await tap(page, say.couriers);
    await tap(page, say.difference);
    await page.getByLabel(say.handed).waitFor();
    await phone.shoot('courier');
    expect(await phone.faults()).toEqual([]);
    expect(await page.getByLabel(say.handed).inputValue()).toBe('19.50');
    await tap(page, say.noteIt);
    await page.getByText(say.even).waitFor();
    await tap(page, say.back);
    await phone.shoot('money-day');
  });

  it('keeps why an order was refused, warns of that number next time, and counts it', async () => {
    const { page } = phone;
    const order = await place(market, 'cod');
    for (const to of ['confirmed', 'packed', 'shipped']) await move(market, order.id, to);
    await segment(phone, say.orders);
    await page.locator('.queue.sent').click();
    const card = cardOf(page, order);
    await card.getByRole('button', { name: say.atDoor }).click();
    await card.getByRole('button', { name: say.refused, exact: true }).click();
    await phone.shoot('door-refused');
    await card.getByRole('button', { name: say.notHome }).click();
    await expect.poll(async () => (await find(order.id)).money.state).toBe('lost');

    const next = await place(market, 'cod');
    await page.locator('.queue.confirm').click();
    await cardOf(page, next).getByText(say.risk).waitFor();
    await phone.shoot('door-risk');

    await segment(phone, say.money);
    await tap(page, say.refusals);
    await page.getByText(say.notHome).waitFor();
    await phone.shoot('refusals');
    expect(await phone.faults()).toEqual([]);
    expect(phone.complaints).toEqual([]);
  });

  it("stands on the operator's page too, in English, and is taken along as a table", async () => {
    const desk = await openVisitor(browser, { locale: 'en', size: DESKTOP });
    const { page } = desk;
    await page.goto(await app.app.createOperatorLink());
    await page.locator('.show').first().waitFor();
    await page.evaluate((seller) => void (location.hash = `#/money/${seller}`), market.show.sellerId);
    await page.locator('fieldcast-money .lines li').first().waitFor();
    await phone.shoot('money-phone');
    await shootDesk(page, 'operator-money');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('fieldcast-money').getByRole('button', { name: /table/ }).click()]);
    expect(file.suggestedFilename()).toMatch(/^money-\d{4}-\d\d-\d\d\.csv$/);
    await page.locator('fieldcast-money').getByRole('button', { name: /Ways to be paid/ }).click();
    await page.locator('img.code').waitFor();
    await shootDesk(page, 'operator-ways');
    await desk.context.close();
  });
});

async function shootDesk(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
