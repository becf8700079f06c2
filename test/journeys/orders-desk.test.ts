// A day of work at the order desk: orders come in while the farmer looks on, are confirmed by phone, packed together, labelled and sent off
// by a farmer and a helper on two phones; the buyer sees it, and the shop's own system hears of each step.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../server/protocol/access.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { Order } from '../../server/protocol/order.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { hostLink, type Market, openMarket, orderOf, startApp, type TestApp } from '../support/start-app.ts';

let test: TestApp;
let market: Market;
let browser: Browser;
let farmer: Visitor;
let helper: Visitor;
let shop: Server;
const heard: string[] = [];
const orders: Order[] = [];

async function place(name: string, phone: string): Promise<Order> {
  const body = { ...orderOf(market.products[0]!, 2), buyer: { name, phone, address: `杭州市西湖区文三路 ${orders.length + 1} 号` } };
  const placed = await test.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } });
  expect(placed.status).toBe(201);
  orders.push(placed.body);
  return placed.body;
}

async function signIn(link: string): Promise<Visitor> {
  const visitor = await openVisitor(browser, { locale: 'en' });
  visitor.page.setDefaultTimeout(10_000);
  await visitor.page.goto(link);
  await visitor.page.getByRole('navigation').getByRole('button', { name: /^Orders/ }).click();
  await visitor.page.locator('fieldcast-orders .queues').waitFor();
  return visitor;
}

beforeAll(async () => {
  shop = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { event, order } = JSON.parse(text) as { event: string; order: Order };
      heard.push(`${order.number} ${event}`);
      response.end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  test = await startApp();
  market = await openMarket(test, [20]);
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/orders`;
  await test.call('PUT', `/api/v1/sellers/${market.show.sellerId}/webhook`, { token: test.operatorToken, body: { url, states: ['placed', 'shipped'], isOn: true, allowsOwnNetwork: true } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await test?.close();
  shop?.closeAllConnections();
  shop?.close();
});

describe('a day at the order desk', () => {
  it('begins empty, and orders come in by themselves', async () => {
    farmer = await signIn(await hostLink(test.call, test.operatorToken, market.show.id));
    await farmer.page.getByText('No orders yet').waitFor();
    await place('王芳', '13812345678');
    await place('李梅', '13900001111');
    await place('张伟', '13700002222');
    await farmer.page.getByRole('button', { name: 'To call 3' }).waitFor();
    await expect.poll(() => farmer.page.locator('li.order h3').allInnerTexts()).toEqual(['No. 1', 'No. 2', 'No. 3']);
    await expect.poll(() => heard.toSorted()).toEqual(['1 order.placed', '2 order.placed', '3 order.placed']);
  });

  it('a helper works the same queue without seeing a number to call', async () => {
    const link = await test.call<Link>('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'helper', name: 'Li', rights: ['orders'] } });
    helper = await openVisitor(browser, { locale: 'en' });
    helper.page.setDefaultTimeout(10_000);
    await helper.page.goto(link.body.url);
    await helper.page.locator('li.order').nth(2).waitFor();
    expect(await helper.page.locator('a[href^="tel:"]').count()).toBe(0);
    await helper.page.getByText('138****5678').waitFor();
    await helper.page.getByRole('button', { name: 'Confirm, no. 1', exact: true }).click();
    // The farmer's phone hears of it at once.
    await farmer.page.getByRole('button', { name: 'To pack 1' }).waitFor();
  });

  it('the rest is confirmed, packed together, and labelled', async () => {
    const { page } = farmer;
    await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
    await page.getByRole('button', { name: 'Confirm · 2' }).click();
    await page.getByRole('button', { name: 'To pack 3' }).click();
    await page.locator('li.order.confirmed').nth(2).waitFor();
    await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
    const [labels] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Labels' }).click()]);
    await labels.locator('.sheet').nth(2).waitFor();
    for (const text of ['王芳', '13900001111', '文三路 3 号', 'Collect at the door']) expect(await labels.locator('main').textContent()).toContain(text);
    await labels.close();
    await page.getByRole('button', { name: 'Packed · 3' }).click();
    await page.getByRole('button', { name: 'To send 3' }).waitFor();
    await expect.poll(async () => (await test.call<Order>('GET', `/api/v1/orders/${orders[2]!.id}`)).body.state).toBe('packed');
  });

  it('one goes out with its number; the buyer and the shop’s own system hear of it', async () => {
    const { page } = farmer;
    await page.getByRole('button', { name: 'To send 3' }).click();
    await page.getByRole('button', { name: 'Sent off, no. 2', exact: true }).click();
    await page.getByRole('textbox', { name: 'Courier' }).fill('SF');
    await page.getByLabel('Tracking number').fill('SF987654');
    await page.getByRole('dialog').getByRole('button', { name: 'Sent off' }).click();
    await page.getByRole('button', { name: 'On the way 1' }).waitFor();
    await expect.poll(() => heard).toContain('2 order.shipped');
    const buyer = await openVisitor(browser, { locale: 'en' });
    await buyer.page.goto(`${test.url}/demo/order.html#${orders[1]!.id}`);
    await buyer.page.locator('fieldcast-order').getByText('On its way').first().waitFor();
    await buyer.page.locator('fieldcast-order').getByText('SF987654').waitFor();
    await buyer.context.close();
  });

  it('a refused parcel stands in a queue of its own, with nothing to be paid', async () => {
    const { page } = farmer;
    await page.getByRole('button', { name: 'On the way 1' }).click();
    await page.getByRole('button', { name: /^At the door/ }).click();
    await page.getByRole('button', { name: 'Refused', exact: true }).click();
    await page.getByRole('button', { name: 'Nobody at home' }).click();
    await page.getByRole('button', { name: 'Refused 1' }).click();
    await page.locator('li.order.refused').waitFor();
    expect((await test.call<Order>('GET', `/api/v1/orders/${orders[1]!.id}`)).body).toMatchObject({ state: 'refused', money: { state: 'lost' } });
  });

  it('has complained about nothing', () => {
    expect([...farmer.complaints, ...helper.complaints]).toEqual([]);
  });
});
