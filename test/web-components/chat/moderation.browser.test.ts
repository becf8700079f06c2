// Ruling the chat from both sides in a real browser: a viewer reports, the host decides on the phone; a rush stays readable.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import { newId } from '../../../server/protocol/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop } from '../live/shop-page.ts';
import { hostCode, openStudio } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const viewer = () => app.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
/** @param agent the device: a ban holds for it */
const write = async (showId: string, token: string, text: string, name: string, agent = 'A phone') =>
  (await app.call<{ message: ChatMessage }>('POST', `/api/v1/shows/${showId}/messages`, { token, body: { text, name }, headers: { 'idempotency-key': newId('key'), 'user-agent': agent } })).body.message;

describe('ruling the chat', () => {
  it('brings a report to the host’s desk, and the decision to the viewers', async () => {
    const market = await openMarket(app, [10]);
    const troll = await viewer();
    await write(market.show.id, troll, '加我看片', '捣乱的');
    const shop = await openShop(browser, app, market.show.id);
    await shop.live.locator('.to-chat').click();
    await shop.live.locator('fieldcast-chat .message .words').getByText('加我看片').waitFor();
    const host = await openStudio(browser, app, { code: await hostCode(app, market.show.id), camera: false });
    await host.until('greeting');
    const { page } = host;
    await page.getByRole('navigation').getByRole('button', { name: '聊天' }).click();
    await page.getByRole('button', { name: '更多', exact: true }).click();
    await page.getByText('没有要处理的').waitFor();

    await shop.live.locator('fieldcast-chat .more').first().click();
    await shop.live.getByRole('button', { name: '举报' }).click();
    await page.locator('fieldcast-desk .count').waitFor();
    await page.getByRole('button', { name: /等您处理/ }).click();
    await page.getByText('1 人举报').waitFor();
    await host.shoot('desk-waiting');
    expect(await host.faults()).toEqual([]);
    await page.getByRole('button', { name: '禁言或封禁…' }).click();
    await host.shoot('desk-restrict');
    await page.getByRole('button', { name: '封禁 7 天' }).click();
    await page.getByText('捣乱的 已封禁 7 天').waitFor();
    await expect.poll(() => shop.live.locator('fieldcast-chat .words').allInnerTexts()).toEqual([]);
    await page.getByText('没有要处理的消息').waitFor();

    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('button', { name: /不能发言的人/ }).click();
    await page.getByRole('button', { name: '解除 捣乱的' }).click();
    await page.getByText('大家都能发言').waitFor();
    await expect.poll(() => shop.live.locator('fieldcast-chat .words').allInnerTexts()).toEqual(['加我看片']);
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('封禁', { exact: true }).waitFor();
    await expect.poll(() => shop.live.locator('fieldcast-chat .words').allInnerTexts()).toEqual([]);
    await host.shoot('desk-people');

    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('button', { name: /谁做了什么/ }).click();
    await page.locator('fieldcast-desk-log li').first().waitFor();
    await host.shoot('desk-log');
    expect(await page.locator('fieldcast-desk-log li').filter({ hasText: '捣乱的' }).count()).toBe(3);
    await page.getByText(/整理了货架，共 \d 件商品/).first().waitFor();

    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('button', { name: /聊天规则/ }).click();
    await page.getByRole('switch', { name: /先审核再显示/ }).click();
    await page.getByText('已保存').waitFor();
    await page.getByLabel('新的屏蔽词').fill('加微信');
    await page.getByText('jwx', { exact: true }).waitFor();
    await page.getByLabel('写句话试试').fill('大家加 薇 信，加·微·信');
    await page.getByText('会被拦下', { exact: true }).waitFor();
    await host.shoot('desk-rules');
    expect(await host.faults()).toEqual([]);
    await page.getByRole('button', { name: '屏蔽', exact: true }).click();
    await page.getByRole('button', { name: '不再屏蔽“加微信”' }).waitFor();
    const held = await write(market.show.id, await viewer(), '苹果甜吗', '李梅', 'Another phone');
    expect(held.state).toBe('held');
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('button', { name: /等您处理/ }).click();
    await page.getByRole('button', { name: '放行' }).click();
    await expect.poll(() => shop.live.locator('fieldcast-chat .words').allInnerTexts()).toEqual(['苹果甜吗']);

    await page.getByRole('button', { name: '返回' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /下载聊天记录/ }).click()]);
    expect(download.suggestedFilename()).toBe(`chat-${market.show.id}.csv`);
    expect([...host.complaints, ...shop.complaints]).toEqual([]);
    await host.context.close();
    await shop.close();
  });

  it('keeps a rush readable, with the rest one tap away', async () => {
    const market = await openMarket(app, [10]);
    const tokens = await Promise.all(Array.from({ length: 40 }, viewer));
    const startedAt = Date.now();
    await Promise.all(tokens.map((token, index) => write(market.show.id, token, `第 ${index} 句`, `观众${index}`)));
    const windows = Math.floor(Date.now() / 2_000) - Math.floor(startedAt / 2_000) + 1;
    const shop = await openShop(browser, app, market.show.id);
    await shop.live.locator('.to-chat').click();
    const more = shop.live.locator('fieldcast-chat .skipped button');
    await more.first().waitFor();
    const shown = await shop.live.locator('fieldcast-chat .message').count();
    expect(shown).toBeLessThanOrEqual(windows * 5);
    await shop.shoot('chat-rush');
    while ((await more.count()) > 0) await more.first().click();
    expect(await shop.live.locator('fieldcast-chat .message').count()).toBe(40);
    await shop.close();
  });
});
