// Following and reminders on the server's own page in a real browser: asked by a tap, kept, told by the service worker, taken back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Following } from '../../../server/protocol/following.ts';
import { findAccessibilityFaults } from '../../support/accessibility.ts';
import { DESKTOP, launchNotifyingBrowser, openVisitor, PHONE } from '../../support/browser.ts';
import { PushServiceStandIn } from '../../support/push-service-stand-in.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';

let app: TestApp;
let browser: Browser;
let push: PushServiceStandIn;
let market: Market;

beforeAll(async () => {
  push = await PushServiceStandIn.start();
  [app, browser] = await Promise.all([startApp({ env: { FIELDCAST_PUSH_TEST_SERVICE: push.origin } }), launchNotifyingBrowser()]);
  market = await openMarket(app, [10]);
  await app.call('PATCH', `/api/v1/shows/${market.show.id}`, { token: market.hostToken, body: { plannedAt: Date.now() + 26 * 3600_000 } });
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await push?.close();
});

const shoot = (page: Page, name: string) => (process.env['SHOTS'] ? page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` }) : undefined);
const follow = async () => (await app.call<Following>('GET', `/api/v1/sellers/${market.show.sellerId}/follow`)).body.followers;

/** The shop page of the server. Its browser has no push service to go to, so it is given the stand-in's subscription. */
async function openPage(options: { locale: 'zh-CN' | 'en'; size: typeof PHONE; isAllowed: boolean }) {
  const visitor = await openVisitor(browser, options);
  if (options.isAllowed) await visitor.context.grantPermissions(['notifications'], { origin: app.url });
  const subscription = push.subscribe(`browser-${options.locale}`);
  // Without an answer a browser without a window waits for ever.
  if (!options.isAllowed) await visitor.context.addInitScript(() => (Notification.requestPermission = async () => 'denied'));
  await visitor.context.addInitScript((kept) => {
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async () => ({ toJSON: () => kept }) as unknown as PushSubscription;
  }, subscription);
  await visitor.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
  const card = visitor.page.locator('fieldcast-waiting-card');
  return { ...visitor, card, remind: card.locator('[part=remind]'), followButton: card.locator('[part=follow]') };
}

describe('before a show', () => {
  it('somebody asks to be reminded by one tap, follows the seller by another, and is told by the service worker', async () => {
    const visitor = await openPage({ locale: 'zh-CN', size: PHONE, isAllowed: true });
    const { page, remind, followButton } = visitor;
    await expect.poll(() => remind.innerText()).toBe('开播提醒我');
    await shoot(page, 'before-zh');
    await remind.click();
    await expect.poll(() => remind.innerText()).toBe('已设提醒');
    await followButton.click();
    await expect.poll(() => followButton.innerText()).toBe('已关注Orchard');
    expect(await follow()).toBe(1);
    await shoot(page, 'asked-zh');
    // The page's own link to its content stands outside of any region on purpose.
    expect((await findAccessibilityFaults(page)).filter((fault) => !fault.startsWith('region: .skip'))).toEqual([]);

    await page.reload();
    await expect.poll(() => remind.innerText()).toBe('已设提醒');
    const title = '<img src=x onerror="self.wasRun=1">红富士';
    const note = { title, body: '清河 的直播快开始了，{time} 开播', url: `${app.url}/demo/shop.html`, tag: 'shw_1', lang: 'zh-CN', at: Date.UTC(2030, 0, 5, 4) };
    const shown = await deliver(page, JSON.stringify(note));
    expect(shown).toEqual([{ title, body: expect.stringMatching(/^清河 的直播快开始了，.*1月.*5.* 开播$/) }]);
    await remind.click();
    await expect.poll(() => remind.innerText()).toBe('开播提醒我');
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('a browser that allows no messages says so, and what helps', async () => {
    const visitor = await openPage({ locale: 'en', size: DESKTOP, isAllowed: false });
    await expect.poll(() => visitor.remind.innerText()).toBe('Remind me');
    await visitor.remind.click();
    await expect.poll(() => visitor.card.locator('fieldcast-remind-button .said').innerText()).toContain('use the calendar');
    expect(await visitor.card.locator('[part=calendar]').count()).toBe(1);
    await shoot(visitor.page, 'denied-en');
    await visitor.context.close();
  });
});

describe('whom somebody follows', () => {
  it('stands on top of the list of shows, and is left and taken up again; a chat for followers lets them write', async () => {
    const { context, page, followButton } = await openPage({ locale: 'en', size: PHONE, isAllowed: false });
    await app.call('PATCH', `/api/v1/shows/${market.show.id}/chat-rules`, { token: market.hostToken, body: { writers: 'followers' } });
    const before = await follow();
    await expect.poll(() => followButton.innerText()).toBe('Follow Orchard');

    const chat = page.locator('fieldcast-chat');
    if (!(await chat.isVisible())) await page.locator('fieldcast-live [part~=chat-button], fieldcast-live button[aria-label*=hat]').first().click();
    await chat.locator('#words').fill('Hello');
    await chat.locator('#words').press('Enter');
    await chat.locator('#name').fill('Li');
    await shoot(page, 'forget-en');
    await chat.locator('#name').press('Enter');
    const inChat = chat.locator('fieldcast-follow-button [part=follow]');
    await inChat.waitFor();
    await shoot(page, 'followers-only-en');
    await inChat.click();
    await expect.poll(async () => (await app.call('GET', `/api/v1/shows/${market.show.id}/messages`)).body.messages.map((each: { text: string }) => each.text)).toEqual(['Hello']);
    expect(await follow()).toBe(before + 1);

    await page.goto(`${app.url}/demo/`);
    const list = page.locator('fieldcast-followed-list');
    await expect.poll(() => list.locator('.seller').innerText()).toContain('Orchard');
    await list.scrollIntoViewIfNeeded();
    await shoot(page, 'followed-en');
    await list.locator('button').first().click();
    await expect.poll(follow).toBe(before);
    await list.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(follow).toBe(before + 1);
    await context.close();
  });
});

/** What the service worker shows of a push message. @returns its notifications */
async function deliver(page: Page, data: string): Promise<{ title: string; body: string }[]> {
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId));
  });
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId: await registered, data });
  const read = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body }) => ({ title, body })));
  await expect.poll(async () => (await read()).length).toBe(1);
  return read();
}
