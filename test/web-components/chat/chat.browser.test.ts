// Owns the chat as people meet it in a real browser: two viewers and a host, by keyboard, on a bad line, from the banned side.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import { newId } from '../../../server/protocol/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function openChat(shop: ShopPage): Promise<void> {
  await shop.live.locator('.to-chat').click();
  await shop.live.locator('fieldcast-chat .composer').waitFor();
}

async function say(shop: ShopPage, words: string, name?: string): Promise<void> {
  await shop.page.locator('#words').fill(words);
  await shop.page.keyboard.press('Enter');
  if (name === undefined) return;
  await shop.page.locator('#name').fill(name);
  await shop.page.keyboard.press('Enter');
}

const wordsIn = (shop: ShopPage) => shop.live.locator('fieldcast-chat .message:not(.draft) .words').allInnerTexts();
const hostSays = async ({ show, hostToken }: Market, text: string) =>
  (await app.call<{ message: ChatMessage }>('POST', `/api/v1/shows/${show.id}/messages`, { token: hostToken, body: { text }, headers: { 'idempotency-key': newId('key') } })).body.message;

describe('<fieldcast-chat>', () => {
  it.each(['zh-CN', 'en'] as const)('lets viewers talk and the host answer, in %s, without a fault for axe', async (lang) => {
    const market = await openMarket(app, [10]);
    const [li, wang] = [await openShop(browser, app, market.show.id, { lang }), await openShop(browser, app, market.show.id, { lang })];
    await openChat(li);
    await openChat(wang);
    await li.live.locator('fieldcast-chat .empty').waitFor();
    await say(li, '这苹果甜吗？', '李梅');
    await wang.live.locator('fieldcast-chat .message .words').getByText('这苹果甜吗？').waitFor();
    const answer = await hostSays(market, '很甜，可以先尝');
    await app.call('PATCH', `/api/v1/shows/${market.show.id}/messages/${answer.id}`, { token: market.hostToken, body: { action: 'pin' } });
    await wang.live.locator('fieldcast-chat .pinned').waitFor();
    expect(await wordsIn(wang)).toEqual(['这苹果甜吗？', '很甜，可以先尝']);
    expect(await wang.live.locator('fieldcast-chat .badge').innerText()).toBe(lang === 'en' ? 'Host' : '主播');
    await li.shoot(`chat-${lang}`);
    expect(await li.faults()).toEqual([]);
    await wang.live.locator('fieldcast-chat .more').first().click();
    await wang.live.locator('fieldcast-chat .acts').waitFor();
    await wang.shoot(`chat-actions-${lang}`);
    expect(await wang.faults()).toEqual([]);
    expect([...li.complaints, ...wang.complaints]).toEqual([]);
    await li.close();
    await wang.close();
  });

  it('shows markup as what was typed, and runs none of it', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await openChat(shop);
    const payloads = ['<img src=x onerror="window.ran=1">', '<script>window.ran=1</script>', '${window.ran=1}', 'javascript:window.ran=1'];
    for (const payload of payloads) await hostSays(market, payload);
    await expect.poll(() => wordsIn(shop)).toEqual(payloads);
    expect(await shop.page.evaluate(() => 'ran' in window)).toBe(false);
    await shop.close();
  });

  it('misses and doubles nothing while the line is gone, and sends what was written meanwhile once', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id);
    await openChat(shop);
    await hostSays(market, 'one');
    await expect.poll(() => wordsIn(shop)).toEqual(['one']);
    await shop.page.context().setOffline(true);
    await say(shop, 'mine', '');
    await hostSays(market, 'two');
    await shop.live.locator('fieldcast-chat .draft .acts').waitFor();
    await shop.page.context().setOffline(false);
    await expect.poll(() => wordsIn(shop), { timeout: 15_000 }).toEqual(['one', 'two']);
    await shop.live.locator('fieldcast-chat .draft button').first().click();
    await expect.poll(() => wordsIn(shop)).toEqual(['one', 'two', 'mine']);
    expect(await shop.live.locator('fieldcast-chat .draft').count()).toBe(0);
    await shop.close();
  });

  it('tells a banned sender why and until when, in a new tab of the same phone too', async () => {
    const market = await openMarket(app, [10]);
    const shop = await openShop(browser, app, market.show.id, { lang: 'en' });
    await openChat(shop);
    await say(shop, 'spam', 'Troll');
    await expect.poll(() => wordsIn(shop)).toEqual(['spam']);
    const { messages } = (await app.call<{ messages: ChatMessage[] }>('GET', `/api/v1/shows/${market.show.id}/messages`)).body;
    await app.call('POST', `/api/v1/shows/${market.show.id}/restrictions`, { token: market.hostToken, body: { messageId: messages[0]?.id, kind: 'ban', minutes: 60 } });
    await expect.poll(() => wordsIn(shop)).toEqual([]);
    await say(shop, 'more spam');
    await shop.live.locator('fieldcast-chat .draft .fault').waitFor();
    await expect.poll(() => shop.live.locator('fieldcast-chat .draft .note').innerText()).toMatch(/^You cannot write until/);
    await shop.shoot('chat-banned');
    const tab = await openShop(browser, app, market.show.id, { lang: 'en' });
    await openChat(tab);
    await say(tab, 'me again', 'Somebody');
    await tab.live.locator('fieldcast-chat .draft .fault').waitFor();
    await expect.poll(() => tab.live.locator('fieldcast-chat .draft .note').innerText()).toMatch(/^You cannot write until/);
    await shop.close();
    await tab.close();
  });
});
