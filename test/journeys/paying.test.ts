// Paying while the show goes on: cash on delivery in three taps, a card, also through a crash of the server.
// One server process that is killed between the steps, the local Stripe beside it, a farmer on the air and a shopper in Chromium.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openVisitor, type Visitor, waitForPicture } from '../support/browser.ts';
import { hostLink, type Market, openMarket } from '../support/market.ts';
import { isRunning, type ServerProcess, startServer } from '../support/server-process.ts';
import { startStripeStage, type StripeStage } from '../support/stripe-js/stripe-stage.ts';

let dataDir: string;
let stage: StripeStage;
let server: ServerProcess;
let browser: Browser;
let market: Market;
let farmer: Visitor;
let shopper: Visitor;

const video = () => shopper.page.locator('fieldcast-player video');
const ordersOf = async () => (await server.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token: server.operatorToken })).body.orders as { id: string; number: number; state: string; payment: string; money: { state: string; paidMinor: number } }[];

/** Kills the server with everything in it, and starts it again in the same place. */
async function crash(): Promise<void> {
  const { port } = new URL(server.url);
  await server.kill();
  server = await startServer(dataDir, { ...stage.env, FIELDCAST_PORT: port });
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-paying-'));
  stage = await startStripeStage();
  [server, browser] = await Promise.all([startServer(dataDir, stage.env), launchBrowser()]);
  stage.tell(server.url);
  market = await openMarket(server, [20]);
  farmer = await openVisitor(browser, { camera: 'small' });
  shopper = await openVisitor(browser, { locale: 'en' });
  await farmer.page.goto(await hostLink(server.call, server.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await shopper.page.goto(`${server.url}/demo/shop.html?show=${market.show.id}`);
  await waitForPicture(video());
});

afterAll(async () => {
  await browser?.close();
  if (server && isRunning(server.pid)) await server.kill();
  await stage?.close();
  await rm(dataDir, { recursive: true, force: true });
});
afterEach(() => stage.mend());

async function toCheckout(): Promise<void> {
  const { page } = shopper;
  await page.getByRole('button', { name: /^Shelf/ }).click();
  await page.getByRole('button', { name: 'Add Apples 1 to the cart' }).click();
  await page.getByRole('button', { name: /Check out ·/ }).click();
}

async function orderByCard(): Promise<void> {
  await toCheckout();
  await shopper.page.getByRole('radio', { name: /Card or wallet/ }).check();
  await shopper.page.getByRole('button', { name: /^Order and pay ·/ }).click();
  await writeCard();
}

async function writeCard(): Promise<void> {
  const { page } = shopper;
  const pay = page.getByRole('button', { name: /^Pay [¥C]/ });
  await pay.waitFor();
  const frame = page.frameLocator('fieldcast-live > [slot=fieldcast-payment] iframe');
  await frame.locator('#number').fill('4242424242424242');
  await frame.locator('#expiry').fill('12 / 34');
  await frame.locator('#cvc').fill('123');
  await page.getByLabel('E-mail for the receipt').fill('li@example.com');
}

/** The order that the shopper is thanked for, who then goes back to the show. */
async function thanked() {
  await shopper.page.getByText('Thank you! Paid').waitFor({ timeout: 30_000 });
  const [newest] = await ordersOf();
  await shopper.page.getByRole('button', { name: 'Back to the show' }).click();
  return newest;
}
const PAID = { state: 'placed', payment: 'stripe', money: { state: 'paid', paidMinor: 1000 } };

describe('paying in a live show', () => {
  it('a returning buyer orders with cash on delivery in three taps', async () => {
    const { page } = shopper;
    await toCheckout();
    await page.getByLabel('Name').fill('李梅');
    await page.getByLabel('Phone').fill('138 0000 1234');
    await page.getByLabel('Address').fill('杭州市西湖区文三路 1 号');
    await page.getByRole('button', { name: /^Order ·/ }).click();
    await page.getByText('Your order is placed').waitFor();
    await page.getByRole('button', { name: 'Back to the show' }).click();

    await page.getByRole('button', { name: /^Shelf/ }).click();
    let taps = 0;
    const tap = async (name: string | RegExp) => {
      await page.getByRole('button', { name }).click();
      taps += 1;
    };
    await tap('Add Apples 1 to the cart');
    await tap(/Check out ·/);
    await tap(/^Order ·/);
    await page.getByText('Your order is placed').waitFor();
    expect(taps).toBeLessThanOrEqual(3);
    expect(await ordersOf()).toHaveLength(2);
    await page.getByRole('button', { name: 'Back to the show' }).click();
  });

  it('a card is paid while the picture goes on', async () => {
    await orderByCard();
    await shopper.page.getByRole('button', { name: /^Pay [¥C]/ }).click();
    await shopper.page.getByText('Thank you! Paid').waitFor();
    await waitForPicture(video());
    expect(await thanked()).toMatchObject(PAID);
  });

  it('a server that is killed while the buyer writes the card takes the money all the same', async () => {
    await orderByCard();
    await crash();
    await shopper.page.getByRole('button', { name: /^Pay [¥C]/ }).click();
    expect(await thanked()).toMatchObject(PAID);
  });

  it('a server that is killed between the charge and its answer leaves the buyer in no false belief, and the page finds the end by itself', async () => {
    await orderByCard();
    const { page } = shopper;
    const charged = stage.charges();
    stage.faults.confirm = 'answer-lost';
    stage.faults.afterCharge = () => server.kill();
    await page.getByRole('button', { name: /^Pay [¥C]/ }).click();
    await page.getByText('We could not hear how the payment ended.').waitFor({ timeout: 30_000 });
    expect(await page.getByText('Nothing has been paid').count()).toBe(0);
    server = await startServer(dataDir, { ...stage.env, FIELDCAST_PORT: new URL(server.url).port });
    await page.getByText('Thank you! Paid').waitFor({ timeout: 30_000 });
    expect((await ordersOf())[0]).toMatchObject(PAID);
    expect(stage.charges()).toBe(charged + 1);
    // There is no show to go back to once it is over.
    await page.getByRole('button', { name: 'Back to the show' }).waitFor();
    await server.call('POST', `/api/v1/shows/${market.show.id}/end`, { token: server.operatorToken, body: {} });
    await page.getByRole('button', { name: 'Done' }).waitFor();
  });
});
