// The order desk in a real browser, as a farmer's phone and as an operator's desk show it: queues, search, batches with undo, tracking,
// printing, tables, and the operator's settings; in both languages, under axe and the server's own content security policy.
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
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe.each([['zh-CN', PHONE], ['en', DESKTOP]] as const)('the order desk in %s', (lang, size) => {
  const zh = lang === 'zh-CN';
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  let market: Market;
  let operator: Visitor;
  let page: Page;
  const orders: Order[] = [];
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const numbers = () => page.locator('li.order h3').allInnerTexts();
  const state = async (order: Order): Promise<OrderState> => (await app.call<Order>('GET', `/api/v1/orders/${order.id}`)).body.state;

  async function shoot(name: string): Promise<void> {
    const folder = process.env['FIELDCAST_SCREENSHOTS'];
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${lang}-${size.width}.png`) });
  }

  beforeAll(async () => {
    market = await openMarket(app, [50, 50]);
    for (const [index, buyer] of buyers.entries()) {
      const body = { ...orderOf(market.products[index % 2]!, index + 1), buyer, note: index === 1 ? say('要红一点的，谢谢', 'Red ones please') : '' };
      orders.push((await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } })).body);
    }
    operator = await openVisitor(browser, { locale: lang, size });
    page = operator.page;
    page.setDefaultTimeout(10_000);
    await page.goto(await app.app.createOperatorLink());
    await page.locator('.show').first().waitFor();
    await page.goto(`${app.url}/demo/operator.html#/orders/${market.show.sellerId}`);
    await page.locator('li.order').nth(3).waitFor();
  });
  afterAll(() => operator?.context.close());

  it('opens with the queue that has work, the oldest order first, and says how many are in each', async () => {
    expect(await numbers()).toEqual([1, 2, 3, 4].map((number) => say(`${number} 号单`, `No. ${number}`)));
    expect(await button(say('待确认 4', 'To call 4')).getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('link', { name: say('给王芳打电话', 'Call 王芳') }).getAttribute('href')).toBe('tel:13812345678');
    await shoot('list');
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  it('moves one on and takes it back', async () => {
    await button(say('确认，1 号单', 'Confirm, no. 1')).click();
    await expect.poll(() => state(orders[0]!)).toBe('confirmed');
    await button(say('待确认 3', 'To call 3')).waitFor();
    await shoot('undo');
    await button(say('撤销', 'Undo')).click();
    await expect.poll(() => state(orders[0]!)).toBe('placed');
    await button(say('待确认 4', 'To call 4')).waitFor();
  });

  it('moves many at once and takes them back together', async () => {
    await page.getByRole('checkbox', { name: say('全选这一页', 'Choose all shown') }).check();
    await page.getByRole('checkbox', { name: say('选中 4 号单', 'Choose no. 4') }).uncheck();
    await shoot('chosen');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await button(say('确认 · 3 单', 'Confirm · 3')).click();
    await button(say('待打包 3', 'To pack 3')).waitFor();
    await button(say('撤销', 'Undo')).click();
    await button(say('待确认 4', 'To call 4')).waitFor();
    expect(await state(orders[2]!)).toBe('placed');
  });

  it('finds an order by the end of a phone number, by a name and by a product, and says when there is none', async () => {
    const field = page.getByRole('searchbox');
    await field.fill('0999');
    await expect.poll(numbers).toEqual([say('4 号单', 'No. 4')]);
    await field.fill('李');
    await expect.poll(numbers).toEqual([say('2 号单', 'No. 2')]);
    await field.fill('Apples 1');
    await expect.poll(numbers).toEqual([say('3 号单', 'No. 3'), say('1 号单', 'No. 1')]);
    await field.fill('nobody');
    await page.getByText(say('没有找到', 'Nothing found'), { exact: true }).waitFor();
    await shoot('not-found');
    await field.fill('');
    await expect.poll(async () => (await numbers()).length).toBe(4);
  });

  it('sends an order off with its tracking number', async () => {
    for (const order of orders.slice(0, 2)) await app.call('POST', `/api/v1/orders/${order.id}/state`, { token: market.hostToken, body: { to: 'packed' } });
    await button(say('待发货', 'To send')).click();
    await button(say('发出去了，1 号单', 'Sent off, no. 1')).click();
    await page.getByRole('textbox', { name: say('快递公司', 'Courier') }).fill('顺丰');
    await page.getByLabel(say('快递单号', 'Tracking number')).fill('SF1234567890');
    await shoot('tracking');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: say('发出去了', 'Sent off') }).click();
    await expect.poll(() => state(orders[0]!)).toBe('shipped');
    await button(say('在路上 1', 'On the way 1')).click();
    await page.getByText('SF1234567890').waitFor();
  });

  it('asks a second time before an order is cancelled, and shows what happened to it', async () => {
    await button(say('全部 4', 'All 4')).click();
    await button(say('4 号单的更多操作', 'More for no. 4')).click();
    await shoot('more');
    await button(say('取消订单', 'Cancel order')).click();
    await shoot('sure');
    await button(say('不，留着', 'No, keep it')).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await state(orders[3]!)).toBe('placed');
    await button(say('1 号单的更多操作', 'More for no. 1')).click();
    await button(say('经过', 'What happened')).click();
    await page.locator('.history li').nth(2).waitFor();
    await shoot('history');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('prints labels in a page of their own', async () => {
    await page.getByRole('checkbox', { name: say('选中 2 号单', 'Choose no. 2') }).check();
    const [label] = await Promise.all([page.context().waitForEvent('page'), button(say('面单', 'Labels')).click()]);
    await label.locator('.sheet').waitFor();
    await label.getByText('13900001111').waitFor();
    expect(await label.locator('.sheet svg').count()).toBe(1);
    expect(await findAccessibilityFaults(label)).toEqual([]);
    const folder = process.env['FIELDCAST_SCREENSHOTS'];
    if (folder) await label.screenshot({ path: join(folder, `label-${lang}.png`), fullPage: true });
    await label.close();
    await button(say('取消选择', 'Choose none')).click();
  });

  it('adds up what to pack by place', async () => {
    await button(say('更多', 'More')).first().click();
    await shoot('tools');
    await button(say('要备的货', 'What to pack')).click();
    await page.getByText('浙江省杭州市西湖区').waitFor();
    await shoot('packing');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await button(say('返回', 'Back')).click();
  });

  it('reads a table in after showing what it changes, and takes it back', async () => {
    await button(say('导入表格', 'Read in a table')).click();
    const choose = async (text: string) => page.locator('input[type=file]').setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('colour\nred\n');
    await page.getByRole('alert').waitFor();
    await choose('订单号,状态,快递公司,快递单号\n2,已发货,中通,ZT777\n99,已发货,,\n3,没有这个,,\n');
    await button(say('改这 1 单', 'Make these changes (1)')).waitFor();
    await shoot('import');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await button(say('改这 1 单', 'Make these changes (1)')).click();
    await expect.poll(() => state(orders[1]!)).toBe('shipped');
    await button(say('撤销', 'Undo')).click();
    await expect.poll(() => state(orders[1]!)).toBe('packed');
    await button(say('返回', 'Back')).click();
    const file = page.waitForEvent('download');
    await button(say('下载成表格', 'Download as a table')).click();
    expect((await file).suggestedFilename()).toBe('orders-all.csv');
  });

  it('keeps who sells by law and where parcels are handed in', async () => {
    await button(say('卖方资料', 'Who sells')).click();
    await page.getByLabel(say('法定名称', 'Legal name')).fill('青山苹果专业合作社');
    await page.getByLabel(say('税号', 'Tax number')).fill('91610629MA6Y');
    await button(say('再加一个物流点', 'Another point')).click();
    await page.getByLabel(say('物流点名称', 'Name of the point')).fill('西湖菜鸟驿站');
    await page.getByLabel(say('地址里的字', 'Words in the address')).fill('西湖区，文三路');
    await shoot('record');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await button(say('保存', 'Save')).click();
    await page.getByText(say('已保存', 'Saved'), { exact: true }).waitFor();
    expect((await app.call('GET', `/api/v1/sellers/${market.show.sellerId}/record`, { token: app.operatorToken })).body.points).toEqual([{ name: '西湖菜鸟驿站', areas: ['西湖区', '文三路'] }]);
    await button(say('返回', 'Back')).click();
  });

  it('says where orders are told to, what came of a test, and why an address is not taken', async () => {
    await button(say('店铺自己的系统', 'The shop’s own system')).click();
    const address = page.getByLabel(say('地址', 'Address'), { exact: true });
    await address.fill('http://192.168.1.5/orders');
    await button(say('保存', 'Save')).click();
    await page.locator('.notice.fault').waitFor();
    await page.getByRole('checkbox', { name: say('允许自家网络', 'Allow addresses in our own network') }).check();
    await address.fill('http://127.0.0.1:9/orders');
    await button(say('保存', 'Save')).click();
    await page.getByLabel(say('密钥', 'The secret')).waitFor();
    await button(say('发一条试试', 'Send a test')).click();
    await page.getByText('ECONNREFUSED').waitFor();
    await shoot('webhook');
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  it('fits its screen, and has thrown nothing and broken no policy', async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(operator.complaints).toEqual([]);
  });
});
