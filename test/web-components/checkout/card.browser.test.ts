// Owns what a buyer by card meets: the form in the page's own tree, a declined card, another app, lost answers, and the way back from each.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import { findAccessibilityFaults } from '../../support/accessibility.ts';
import { DESKTOP, launchBrowser, openVisitor } from '../../support/browser.ts';
import { type Market, openMarket, orderOf as orderFor, startApp, type TestApp } from '../../support/start-app.ts';
import { startStripeStage, type StripeStage } from '../../support/stripe-js/stripe-stage.ts';
import { openShop, type ShopOptions, type ShopPage } from '../live/shop-page.ts';

const GOOD = '4242424242424242';
const DECLINED = '4000000000000002';

let stage: StripeStage;
let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  stage = await startStripeStage();
  [app, browser] = await Promise.all([startApp({ env: stage.env }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await stage?.close();
});
afterEach(() => stage.mend());

const orderOf = async ({ show, hostToken }: Market) => (await app.call<{ orders: Order[] }>('GET', `/api/v1/shows/${show.id}/orders`, { token: hostToken })).body.orders[0]!;
const frameOf = ({ page }: ShopPage) => page.frameLocator('fieldcast-live > [slot=fieldcast-payment] iframe');
const trouble = ({ page }: ShopPage, hasText: string) => page.locator('fieldcast-payment [part=trouble]', { hasText });

async function orderByCard(market: Market, options: ShopOptions = {}, on: TestApp = app): Promise<ShopPage> {
  return order(await openShop(browser, on, market.show.id, { paysAt: stage.url, ...options }));
}

async function order(shop: ShopPage): Promise<ShopPage> {
  // What gives up after 10 s must be seen to do so on a busy machine.
  shop.page.setDefaultTimeout(20_000);
  await shop.live.locator('.to-shelf').click();
  await shop.shelf.locator('.add').first().click();
  await shop.live.locator('.panel-foot .to-cart').click();
  await shop.page.locator('#name').fill('李梅');
  await shop.page.locator('#phone').fill('138 0000 1234');
  await shop.page.locator('#address').fill('杭州市西湖区文三路 1 号');
  await shop.checkout.locator('input[value=stripe]').check();
  await shop.checkout.locator('[part=order-button]').click();
  return shop;
}

async function writeCard(shop: ShopPage, number = GOOD): Promise<void> {
  await shop.page.locator('fieldcast-payment [part=pay]').waitFor();
  const frame = frameOf(shop);
  await frame.locator('#number').fill(number);
  await frame.locator('#expiry').fill('12 / 34');
  await frame.locator('#cvc').fill('123');
  // A bare PaymentIntent asks for none.
  if ((await shop.page.locator('#email').count()) > 0) await shop.page.locator('#email').fill('li@example.com');
}
const pay = ({ page }: ShopPage) => page.locator('fieldcast-payment [part=pay]').click();
/** The money of the order that the buyer is thanked for. */
const thanked = async (shop: ShopPage, market: Market) => {
  await shop.checkout.locator('[part=placed]').waitFor();
  return (await orderOf(market)).money;
};
const PAID = { state: 'paid', paidMinor: 1000 };

describe('by card', () => {
  it('is paid with the form in the page’s own tree, and without a fault for axe', async () => {
    const market = await openMarket(app);
    const loadsBefore = stage.scriptLoads();
    const buyer = await openShop(browser, app, market.show.id, { paysAt: stage.url });
    await buyer.live.locator('.dock').waitFor();
    // Whoever only looks loads nothing of Stripe's.
    expect(stage.scriptLoads()).toBe(loadsBefore);
    await order(buyer);
    await writeCard(buyer);
    expect(await buyer.page.evaluate(() => document.querySelector('iframe')?.getRootNode() === document)).toBe(true);
    await buyer.shoot('card');
    expect(await buyer.faults()).toEqual([]);
    await pay(buyer);
    expect(await thanked(buyer, market)).toMatchObject(PAID);
    await buyer.shoot('card-paid');
    expect(await buyer.faults()).toEqual([]);
    expect(await buyer.page.locator('iframe, [slot=fieldcast-payment]').count()).toBe(0);
    expect(buyer.complaints).toEqual([]);
    await buyer.close();
  });

  it('is asked for an address once, and one that is declined leaves the form, says why, and goes on with another', async () => {
    const market = await openMarket(app);
    const shop = await orderByCard(market, { lang: 'en' });
    await writeCard(shop, DECLINED);
    await shop.page.locator('#email').fill('li');
    await pay(shop);
    await shop.page.locator('#email-fault').waitFor();
    await shop.page.locator('#email').fill('li@example.com');
    await pay(shop);
    await trouble(shop, 'declined').waitFor();
    await shop.shoot('card-declined');
    expect(await shop.faults()).toEqual([]);
    await writeCard(shop);
    await pay(shop);
    expect(await thanked(shop, market)).toMatchObject(PAID);
    expect(await shop.page.evaluate(() => JSON.stringify(localStorage))).toContain('li@example.com');
    await shop.checkout.locator('.done .primary').click();
    await shop.live.locator('.to-shelf').click();
    await shop.shelf.locator('.add').first().click();
    await shop.live.locator('.panel-foot .to-cart').click();
    await shop.checkout.locator('[part=erase]').click();
    expect(await shop.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('li@example.com');
    await shop.close();
  });

  it('says that nothing was paid when the question was lost, finds its money when the answer was, and charges once', async () => {
    const market = await openMarket(app);
    const charged = stage.charges();
    const shop = await orderByCard(market);
    await writeCard(shop);
    stage.faults.confirm = 'question-lost';
    await pay(shop);
    await trouble(shop, '还没有付款').waitFor();
    expect(stage.charges()).toBe(charged);
    stage.faults.confirm = 'answer-lost';
    await pay(shop);
    expect(await thanked(shop, market)).toMatchObject(PAID);
    expect(stage.charges()).toBe(charged + 1);
    await shop.close();
  });

  it('has a way on when Stripe.js cannot be loaded: again, or another way with the goods back in the cart', async () => {
    const market = await openMarket(app);
    stage.faults.script = 'missing';
    const shop = await orderByCard(market);
    await trouble(shop, '没有加载出来').waitFor();
    await shop.shoot('card-no-script');
    expect(await shop.faults()).toEqual([]);
    stage.mend();
    await shop.page.locator('fieldcast-payment [part=again]').click();
    await writeCard(shop);
    await shop.page.locator('fieldcast-payment .other').click();
    await shop.checkout.locator('input[value=cod]').check();
    await shop.checkout.locator('[part=order-button]').click();
    await shop.checkout.locator('[part=placed]').waitFor();
    expect(await orderOf(market)).toMatchObject({ payment: 'cod', state: 'placed' });
    await shop.close();
  });
});

describe('by a bare PaymentIntent', () => {
  it('is declined, then paid, without an address being asked for', async () => {
    const intents = await startApp({ env: { ...stage.env, FIELDCAST_STRIPE_UI: 'payment-intent' } });
    try {
      const market = await openMarket(intents);
      const shop = await orderByCard(market, {}, intents);
      await writeCard(shop, DECLINED);
      expect(await shop.page.locator('#email').count()).toBe(0);
      await pay(shop);
      await trouble(shop, '付款被拒绝').waitFor();
      await writeCard(shop);
      await pay(shop);
      await shop.checkout.locator('[part=placed]').waitFor();
      const { orders } = (await intents.call<{ orders: Order[] }>('GET', `/api/v1/shows/${market.show.id}/orders`, { token: market.hostToken })).body;
      expect(orders.map(({ state, money }) => [state, money.state, money.paidMinor])).toEqual([['placed', 'paid', 1000]]);
      expect(shop.complaints).toEqual([]);
      await shop.close();
    } finally {
      await intents.close();
    }
  });
});

describe('through another app', () => {
  it('comes back to the show, paid, with nothing of the way left in the address', async () => {
    const market = await openMarket(app);
    const shop = await orderByCard(market);
    await writeCard(shop);
    await frameOf(shop).locator('input[value=alipay]').check();
    await pay(shop);
    await shop.page.getByRole('link', { name: 'Authorize' }).click();
    expect(await thanked(shop, market)).toMatchObject(PAID);
    expect(new URL(shop.page.url()).search).toBe('');
    await shop.close();
  });

  it('comes back to the order’s own page where the shop has one, which tells the truth in any browser', async () => {
    const market = await openMarket(app);
    const shop = await orderByCard(market, { body: `<fieldcast-live show="${market.show.id}" order-url="/demo/order.html#{orderId}"></fieldcast-live>` });
    await writeCard(shop);
    await frameOf(shop).locator('input[value=alipay]').check();
    await pay(shop);
    await shop.page.getByRole('link', { name: 'Authorize' }).waitFor();
    const elsewhere = await openVisitor(browser);
    await elsewhere.page.goto(await shop.page.getByRole('link', { name: 'Authorize' }).evaluate((link: HTMLAnchorElement) => link.href));
    await elsewhere.page.locator('fieldcast-order [part=money]', { hasText: '已付款' }).waitFor();
    expect(elsewhere.page.url()).not.toContain('secret');
    await elsewhere.context.close();
    await shop.close();
  });
});

describe('a reload in the middle', () => {
  it('comes back to the form before paying, and to the thanks after', async () => {
    const market = await openMarket(app);
    const shop = await orderByCard(market);
    await writeCard(shop);
    await shop.page.reload();
    await writeCard(shop);
    stage.faults.confirm = 'answer-lost';
    stage.faults.afterCharge = async () => void (await shop.page.reload());
    await pay(shop);
    expect(await thanked(shop, market)).toMatchObject(PAID);
    await shop.close();
  });
});

describe('an order’s own page', () => {
  it('pays what is open, then tells of money that went back', async () => {
    const market = await openMarket(app);
    const { id } = (await app.call<Order>('POST', `/api/v1/shows/${market.show.id}/orders`, { body: { ...orderFor(market.products[0]!), payment: 'stripe' }, headers: { 'idempotency-key': newId('key') } })).body;
    const alone = await openShop(browser, app, '', { body: `<fieldcast-order order="${id}"></fieldcast-order>`, paysAt: stage.url, lang: 'en' });
    const frame = alone.page.frameLocator('fieldcast-order > [slot=fieldcast-payment] iframe');
    await frame.locator('#number').fill(GOOD);
    await frame.locator('#expiry').fill('12 / 34');
    await frame.locator('#cvc').fill('123');
    await alone.page.locator('#email').fill('li@example.com');
    await alone.shoot('order-pay');
    expect(await alone.faults()).toEqual([]);
    await pay(alone);
    const money = alone.page.locator('fieldcast-order [part=money]');
    await money.getByText('Paid', { exact: true }).waitFor();
    const refund = await app.call('POST', `/api/v1/orders/${id}/payment/refund`, { token: market.hostToken, body: { amountMinor: 400 }, headers: { 'idempotency-key': 'refund-of-the-test' } });
    expect(refund.status).toBe(200);
    await alone.page.reload();
    await money.getByText('Partly refunded').waitFor();
    expect(await alone.faults()).toEqual([]);
    await alone.close();
  });
});

describe('the operator', () => {
  it('sets whose account the money of cards reaches, and is told in words when Stripe knows no such account', async () => {
    const { show } = await openMarket(app);
    stage.connect('acct_1FarmAtHome');
    const { page, context, complaints } = await openVisitor(browser, { locale: 'en', size: DESKTOP });
    await page.goto(await app.app.createOperatorLink());
    await page.locator('.show').first().waitFor();
    await page.evaluate((seller) => void (location.hash = `#/money/${seller}`), show.sellerId);
    const account = page.getByLabel('The seller’s account at Stripe');
    await account.fill('acct_1Nobody12');
    await page.getByLabel('Fee that stays here (%)').fill('2.5');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await page.getByText('Stripe knows no such account of yours').waitFor();
    await account.fill('acct_1FarmAtHome');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await page.getByText('card payments from now on go to this account').waitFor();
    expect((await app.call('GET', `/api/v1/sellers/${show.sellerId}/card-account`, { token: app.operatorToken })).body).toEqual({ sellerId: show.sellerId, account: 'acct_1FarmAtHome', feeBps: 250, isMerchant: false });
    if (process.env['FIELDCAST_SCREENSHOTS']) await page.screenshot({ path: `${process.env['FIELDCAST_SCREENSHOTS']}/operator-card-account.png`, fullPage: true });
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
