// The order desk in a real browser, as a farmer's phone and as an operator's desk show it: queues, search, batches with undo, tracking,
// printing, tables, and the operator's settings; under axe and the server's own content security policy. What the server decides is tried in
// test/server/shop/desk, without a browser.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order, OrderState } from '../../../server/protocol/order.ts';
import { findAccessibilityFaults } from '../../support/accessibility.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE, type Visitor } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';

const buyers = [
  { name: '王芳', phone: '138 1234 5678', address: '陕西省延安市洛川县凤栖街道 5 号' },
  { name: '李梅', phone: '13900001111', address: '浙江省杭州市西湖区文三路 1 号' },
  { name: '张伟', phone: '13700002222', address: '浙江省杭州市西湖区龙井路 9 号' },
  { name: 'Mary O’Neill', phone: '+44 20 7946 0999', address: '12 Orchard Road, Bristol' },
];

let app: TestApp;
let browser: Browser;
let market: Market;
const orders: Order[] = [];
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app, [50, 50]);
  for (const [index, buyer] of buyers.entries()) {
    const body = { ...orderOf(market.products[index % 2]!, index + 1), buyer, note: index === 1 ? '要红一点的，谢谢' : '' };
    orders.push((await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } })).body);
  }
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const state = async (order: Order): Promise<OrderState> => (await app.call<Order>('GET', `/api/v1/orders/${order.id}`)).body.state;

async function openDesk(locale: 'zh-CN' | 'en', size: typeof PHONE): Promise<Visitor> {
  const visitor = await openVisitor(browser, { locale, size });
  const { page } = visitor;
  page.setDefaultTimeout(10_000);
  await page.goto(await app.app.createOperatorLink());
  await page.locator('.show').first().waitFor();
  await page.evaluate((seller) => void (location.hash = `#/orders/${seller}`), market.show.sellerId);
  await page.locator('li.order').nth(3).waitFor();
  return visitor;
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What it has thrown, what of the policy it has broken, what axe finds wrong with it, and whether it is wider than its screen. */
async function faultsOf({ page, complaints }: Visitor): Promise<string[]> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...complaints, ...(await findAccessibilityFaults(page)), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
}

it('stands on a desk in English as well', async () => {
  const desk = await openDesk('en', DESKTOP);
  expect(await desk.page.locator('li.order h3').allInnerTexts()).toEqual([1, 2, 3, 4].map((number) => `No. ${number}`));
  await desk.page.getByRole('button', { name: 'To call 4' }).waitFor();
  expect(await desk.page.getByRole('link', { name: 'Call 王芳' }).getAttribute('href')).toBe('tel:13812345678');
  await shoot(desk.page, 'list-en');
  expect(await faultsOf(desk)).toEqual([]);
  await desk.context.close();
});

describe('on a phone', () => {
  let operator: Visitor;
  let page: Page;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const numbers = () => page.locator('li.order h3').allInnerTexts();

  beforeAll(async () => {
    operator = await openDesk('zh-CN', PHONE);
    page = operator.page;
  });
  afterAll(() => operator?.context.close());

  it('opens with the queue that has work, the oldest order first, and moves many on and back at once', async () => {
    expect(await numbers()).toEqual([1, 2, 3, 4].map((number) => `${number} 号单`));
    expect(await button('待确认 4').getAttribute('aria-pressed')).toBe('true');
    await shoot(page, 'list');
    await page.getByRole('checkbox', { name: '全选这一页' }).check();
    await page.getByRole('checkbox', { name: '选中 4 号单' }).uncheck();
    await shoot(page, 'chosen');
    expect(await faultsOf(operator)).toEqual([]);
    await button('确认 · 3 单').click();
    await button('待打包 3').waitFor();
    await button('撤销').click();
    await button('待确认 4').waitFor();
    expect(await state(orders[2]!)).toBe('placed');
  });

  it('finds an order by the end of a phone number, and says when there is none', async () => {
    const field = page.getByRole('searchbox');
    await field.fill('0999');
    await expect.poll(numbers).toEqual(['4 号单']);
    await field.fill('nobody');
    await page.getByText('没有找到', { exact: true }).waitFor();
    await shoot(page, 'not-found');
    await field.fill('');
    await expect.poll(async () => (await numbers()).length).toBe(4);
  });

  it('sends an order off with its tracking number, and shows what happened to it', async () => {
    for (const order of orders.slice(0, 2)) await app.call('POST', `/api/v1/orders/${order.id}/state`, { token: market.hostToken, body: { to: 'packed' } });
    await button('待发货').click();
    await button('发出去了，1 号单').click();
    await page.getByRole('textbox', { name: '快递公司' }).fill('顺丰');
    await page.getByLabel('快递单号').fill('SF1234567890');
    await shoot(page, 'tracking');
    expect(await faultsOf(operator)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '发出去了' }).click();
    await button('在路上 1').click();
    await page.getByText('SF1234567890').waitFor();
    await button('1 号单的更多操作').click();
    await button('经过').click();
    await page.locator('.history li').nth(2).waitFor();
    await shoot(page, 'history');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('asks a second time before an order is cancelled', async () => {
    await button('全部 4').click();
    await button('4 号单的更多操作').click();
    await button('取消订单').click();
    await shoot(page, 'sure');
    await button('不，留着').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await state(orders[3]!)).toBe('placed');
  });

  it('prints labels in a page of their own', async () => {
    await page.getByRole('checkbox', { name: '选中 2 号单' }).check();
    const [label] = await Promise.all([page.context().waitForEvent('page'), button('面单').click()]);
    await label.getByText('13900001111').waitFor();
    expect(await label.locator('.sheet svg').count()).toBe(1);
    expect(await findAccessibilityFaults(label)).toEqual([]);
    await shoot(label, 'label');
    await label.close();
    await button('取消选择').click();
  });

  it('adds up what to pack by place, and takes orders along as a table', async () => {
    await button('更多').first().click();
    await button('要备的货').click();
    await page.getByText('浙江省杭州市西湖区').waitFor();
    await shoot(page, 'packing');
    await button('返回').click();
    const [file] = await Promise.all([page.waitForEvent('download'), button('下载成表格').click()]);
    expect(file.suggestedFilename()).toBe('orders-all.csv');
  });

  it('reads a table in after showing what it changes, and takes it back', async () => {
    await button('导入表格').click();
    const buffer = Buffer.from('订单号,状态,快递公司,快递单号\n2,已发货,中通,ZT777\n99,已发货,,\n3,没有这个,,\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer });
    await button('改这 1 单').waitFor();
    await shoot(page, 'import');
    expect(await faultsOf(operator)).toEqual([]);
    await button('改这 1 单').click();
    await expect.poll(() => state(orders[1]!)).toBe('shipped');
    await button('撤销').click();
    await expect.poll(() => state(orders[1]!)).toBe('packed');
    await button('返回').click();
  });

  it('keeps who sells by law, and where parcels are handed in', async () => {
    await button('卖方资料').click();
    await page.getByLabel('法定名称').fill('青山苹果专业合作社');
    await button('再加一个物流点').click();
    await page.getByLabel('物流点名称').fill('西湖菜鸟驿站');
    await page.getByLabel('地址里的字').fill('西湖区，文三路');
    await shoot(page, 'record');
    expect(await faultsOf(operator)).toEqual([]);
    await button('保存').click();
    await page.getByText('已保存', { exact: true }).waitFor();
    const kept = (await app.call('GET', `/api/v1/sellers/${market.show.sellerId}/record`, { token: app.operatorToken })).body;
    expect(kept).toMatchObject({ legalName: '青山苹果专业合作社', points: [{ name: '西湖菜鸟驿站', areas: ['西湖区', '文三路'] }] });
    await button('返回').click();
  });

  it('says where orders are told to, why an address is not taken, and what came of a test', async () => {
    await button('店铺自己的系统').click();
    const address = page.getByLabel('地址', { exact: true });
    await address.fill('http://192.168.1.5/orders');
    await button('保存').click();
    await page.locator('.notice.fault').waitFor();
    await page.getByRole('checkbox', { name: '允许自家网络' }).check();
    await address.fill('http://127.0.0.1:9/orders');
    await button('保存').click();
    await page.getByLabel('密钥').waitFor();
    await button('发一条试试').click();
    await page.getByText('ECONNREFUSED').waitFor();
    await shoot(page, 'webhook');
    expect(await faultsOf(operator)).toEqual([]);
  });
});
