// What a viewer's page does on a bad network, with nobody touching it: UDP swallowed, transports lost, ten seconds of nothing; and a very
// long shelf beside a running picture.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../server/protocol/shop.ts';
import { launchBrowser, openVisitor, pictureAge, type Visitor, waitForPicture } from '../support/browser.ts';
import { FrailNetwork } from '../support/frail-network.ts';
import { freePort } from '../support/server-process.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let farmer: Visitor;
let network: FrailNetwork;
const open: Visitor[] = [];

const video = (page: Page) => page.locator('fieldcast-player video');
const player = (page: Page) => page.locator('fieldcast-player');
const until = (page: Page, state: string) => page.locator(`fieldcast-player[state=${state}]`).waitFor();

/** A viewer on the frail network, whose peer connections the test can reach. */
async function watch(): Promise<Visitor> {
  const viewer = await openVisitor(browser, { locale: 'en' });
  open.push(viewer);
  await viewer.context.addInitScript(rememberConnections);
  await network.lead(viewer.context);
  await viewer.page.goto(`${network.url}/demo/shop.html?show=${market.show.id}`);
  return viewer;
}

beforeAll(async () => {
  const rtcPort = await freePort();
  [app, browser] = await Promise.all([startApp({ env: { FIELDCAST_RTC_PORT: String(rtcPort) } }), launchBrowser()]);
  network = await FrailNetwork.open({ url: app.url, rtcPort });
  market = await openMarket(app, [10]);
  farmer = await openVisitor(browser, { camera: 'phone' });
  await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
  await farmer.page.getByRole('button', { name: '开始直播' }).click();
  await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
});
afterEach(async () => {
  network.swallowsUdp = false;
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  network?.close();
  await app?.close();
});

// How soon anything comes back is measured by `npm run bench -- resilience`.
describe('a viewer on a bad network', () => {
  it('gets the picture over TCP where UDP is swallowed, and is asked nothing', async () => {
    network.swallowsUdp = true;
    const { page, complaints } = await watch();
    await waitForPicture(video(page));
    await page.locator('fieldcast-player[path=webrtc-tcp]').waitFor({ timeout: 10_000 });
    expect(complaints).toEqual([]);
  });

  it('has the picture back when its transport has ended on the server', async () => {
    const { page } = await watch();
    await waitForPicture(video(page));
    const told = page.context().waitForEvent('console', { predicate: (message) => message.text() === 'transport.closed heard' });
    // The page's end says goodbye without the player knowing: what the server then tells is all that it has to go by.
    const closedAt = Date.now();
    await page.evaluate(() => {
      for (const connection of (globalThis as unknown as { connections: RTCPeerConnection[] }).connections) connection.close();
    });
    await told;
    await waitForFresh(page, closedAt);
    await expect.poll(() => player(page).getAttribute('state')).toBe('live');
  });

  it('says that the network is gone, and has everything back when it returns, as the same viewer', async () => {
    const { page, context } = await watch();
    await waitForPicture(video(page));
    await page.locator('fieldcast-live .to-chat').click();
    await page.locator('fieldcast-chat .composer').waitFor();
    await say('Before');
    const viewers = async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body.viewers;
    await expect.poll(viewers).toBe(1);
    await network.cut(context);
    await until(page, 'reconnecting');
    await say('Meanwhile');
    await say('And again');
    const [product] = market.products as [Product];
    const call = (method: string, path: string, body: object) => app.call(method, path, { token: app.operatorToken, body });
    await call('PUT', `/api/v1/shows/${market.show.id}/pins`, { productIds: [product.id] });
    await call('PATCH', `/api/v1/variants/${product.variants[0]!.id}`, { stock: 3 });
    const backAt = Date.now();
    await network.restore(context);
    await waitForFresh(page, backAt);
    await until(page, 'live');
    expect(await viewers()).toBe(1);
    await expect.poll(() => page.locator('fieldcast-chat .message .words').allInnerTexts()).toEqual(['Before', 'Meanwhile', 'And again']);
    await page.locator('fieldcast-player .pin').getByText(product.name).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Shelf/ }).click();
    await page.locator('fieldcast-shelf .row').getByText('Only 3 left').waitFor();
    await call('PUT', `/api/v1/shows/${market.show.id}/pins`, { productIds: [] });
  });

  it('notices without being told: only the media path is gone, and comes back over TCP', async () => {
    const { page } = await watch();
    await waitForPicture(video(page));
    await page.locator('fieldcast-player[path=webrtc-udp]').waitFor();
    network.swallowsUdp = true;
    const cutAt = Date.now();
    await until(page, 'reconnecting');
    await waitForFresh(page, cutAt + 500);
    // HLS helps out where TCP is slow to come; WebRTC is tried again a quarter of a minute later.
    await page.locator('fieldcast-player[path=webrtc-tcp][state=live]').waitFor({ timeout: 45_000 });
    expect(await page.locator('fieldcast-player').getAttribute('path')).toBe('webrtc-tcp');
  });
});

describe('a shelf of 200 products', () => {
  it('is drawn, gone through by keyboard, searched by the host, and grows while the picture goes on', async () => {
    const big = await fillShelf(200);
    const { page } = await watch();
    await waitForPicture(video(page));
    await page.getByRole('button', { name: /^Shelf/ }).click();
    const rows = page.locator('fieldcast-shelf .row');
    await expect.poll(() => rows.count()).toBe(200);
    await rows.first().locator('.open').focus();
    await page.keyboard.press('End');
    const last = rows.last().locator('.open');
    expect(await last.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await last.evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight)).toBe(true);

    const addedAt = Date.now();
    await addProduct('Late pears');
    await page.getByText('Late pears').waitFor();
    expect(await rows.count()).toBe(201);
    await waitForFresh(page, addedAt);
    expect(await player(page).getAttribute('state')).toBe('live');

    await farmer.page.getByRole('button', { name: '货架' }).click();
    await farmer.page.getByRole('searchbox').fill(big.at(-1)!.name);
    await expect.poll(() => farmer.page.locator('fieldcast-studio-shelf li').count()).toBe(1);
  });
});

it('complained about nothing on the farmer’s phone', () => {
  expect(farmer.complaints).toEqual([]);
});

/** The host writes in the chat. */
async function say(text: string): Promise<void> {
  const options = { token: market.hostToken, headers: { 'idempotency-key': `the-host-says-${text.replaceAll(' ', '-')}` }, body: { text } };
  expect((await app.call('POST', `/api/v1/shows/${market.show.id}/messages`, options)).status).toBe(201);
}

async function addProduct(name: string): Promise<Product> {
  const token = app.operatorToken;
  const body = { sellerId: market.show.sellerId, name, variants: [{ label: '', unit: 'kg', priceMinor: 1000, stock: 5 }] };
  const { body: product } = await app.call<Product>('POST', '/api/v1/products', { token, body });
  await app.call('PUT', `/api/v1/shows/${market.show.id}/shelf/${product.id}`, { token, body: {} });
  return product as Product;
}

async function fillShelf(count: number): Promise<Product[]> {
  const products: Product[] = [];
  const token = app.operatorToken;
  for (let number = 2; number <= count; number += 1) {
    const body = { sellerId: market.show.sellerId, name: `Goods ${number}`, variants: [{ label: '', unit: 'kg', priceMinor: 1000, stock: 5 }] };
    products.push((await app.call<Product>('POST', '/api/v1/products', { token, body })).body as Product);
  }
  const productIds = [...market.products, ...products].map(({ id }) => id);
  expect((await app.call('PUT', `/api/v1/shows/${market.show.id}/shelf`, { token, body: { productIds } })).status).toBe(200);
  return products;
}

/** Waits for a picture that was sent after `sinceMs`. */
async function waitForFresh(page: Page, sinceMs: number): Promise<void> {
  const isFresh = async () => {
    const age = await pictureAge(video(page)).catch(() => null);
    return age !== null && Date.now() - age > sinceMs;
  };
  await expect.poll(isFresh, { timeout: 20_000, interval: 30 }).toBe(true);
}

/** In the page: keeps its peer connections for the test, and says when the server has told of a closed transport. */
function rememberConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, { connections });
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  const OriginalSocket = WebSocket;
  globalThis.WebSocket = class extends OriginalSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => typeof data === 'string' && data.includes('"transport.closed"') && console.log('transport.closed heard'));
    }
  };
}
