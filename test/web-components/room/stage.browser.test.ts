// Hearts, a poll, an announcement and notices in real browsers: asked in the studio, answered by one tap over the live picture.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';
import { hostCode, openStudio, type StudioPage } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let host: StudioPage;
let li: ShopPage;
let wide: ShopPage;
const button = (name: string | RegExp) => host.page.getByRole('button', { name });
const heart = (shop: ShopPage) => shop.live.locator('.heart-button');
const answers = (shop: ShopPage) => shop.live.locator('fieldcast-stage .answer');

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app, [50, 50, 50]);
  await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: market.products.map(({ id }) => id) } });
  host = await openStudio(browser, app, { lang: 'zh-CN', code: await hostCode(app, market.show.id) });
  await host.page.getByRole('button', { name: '开始直播' }).click();
  await host.until('live');
  li = await openShop(browser, app, market.show.id, { lang: 'zh-CN' });
  wide = await openShop(browser, app, market.show.id, { lang: 'en', isWide: true });
  await Promise.all([heart(li), heart(wide)].map((each) => each.waitFor({ timeout: 30_000 })));
});
afterAll(async () => {
  await Promise.all([host?.context.close(), li?.close(), wide?.close()]);
  await browser?.close();
  await app?.close();
});

describe('over the live picture', () => {
  it('hearts are counted for everybody, also in the studio', async () => {
    for (let tap = 0; tap < 7; tap += 1) await heart(li).click();
    await wide.live.locator('.thumb-button').click();
    await expect.poll(() => heart(wide).locator('.count').innerText()).toBe('7');
    await expect.poll(() => heart(li).getAttribute('aria-label')).toBe('送爱心，已有 7 个');
    await expect.poll(() => host.page.locator('fieldcast-hearts .total').innerText()).toBe('8');
    await li.shoot('hearts-zh');
    await wide.shoot('hearts-wide-en');
    expect([await li.faults(), await wide.faults()]).toEqual([[], []]);
  });

  it('an announcement is put up from the desk, seen and said by viewers, and taken away', async () => {
    await host.page.getByRole('navigation').getByRole('button', { name: '聊天' }).click();
    await button('更多').click();
    await button(/^投票和公告/).click();
    await host.shoot('desk-stage');
    await button('今天全场包邮').click();
    await button('挂上去').click();
    const status = li.page.getByRole('status').filter({ hasText: '今天全场包邮' });
    await status.waitFor();
    await wide.live.getByText('今天全场包邮').waitFor();
    await host.shoot('desk-announcement');
    await li.shoot('announcement-zh');
    await wide.shoot('announcement-wide-en');
    await button('拿下来').first().click();
    await wide.live.getByText('今天全场包邮').waitFor({ state: 'detached' });
    expect(await status.count()).toBe(0);
  });

  it('a poll is answered by one tap, changed, and its result seen by all', async () => {
    await host.page.locator('#question').fill('先切哪一个？');
    await host.page.locator('#answer-0').fill('红富士');
    await host.page.locator('#answer-1').fill('黄元帅');
    await button('开始问').click();
    await answers(li).first().waitFor();
    await li.shoot('poll-zh');
    await answers(li).nth(0).click();
    await answers(wide).nth(1).click();
    await expect.poll(() => answers(li).locator('.share').allInnerTexts()).toEqual(['50%', '50%']);
    await answers(wide).nth(0).click();
    await expect.poll(() => answers(li).locator('.share').allInnerTexts()).toEqual(['100%', '0%']);
    expect(await answers(wide).nth(0).getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => host.page.locator('fieldcast-desk-stage .about').filter({ hasText: '红富士' }).innerText()).toContain('2 票');
    await host.shoot('desk-poll');
    await li.shoot('poll-result-zh');
    await wide.shoot('poll-result-wide-en');
    expect([await li.faults(), await host.faults()]).toEqual([[], []]);
    await button('结束，公布结果').click();
    await li.live.getByText('投票结束 · 共 2 票').waitFor();
    expect(await answers(li).first().isDisabled()).toBe(true);
  });

  it('a poll asked by mistake is gone from every page', async () => {
    await button('马上问：要 1 还是 2？').click();
    await li.live.getByText('要 1 还是 2？').waitFor();
    await button('撤销').click();
    await expect.poll(() => li.live.locator('fieldcast-stage .poll').count()).toBe(0);
  });

  it('who bought passes under the chat, by a letter of the name', async () => {
    await li.live.locator('.to-chat').click();
    await li.live.locator('fieldcast-chat .log').waitFor();
    await app.call('POST', `/api/v1/shows/${market.show.id}/orders`, {
      body: { ...orderOf(market.products[0]!, 2), buyer: { ...orderOf(market.products[0]!).buyer, name: '王小明' } },
      headers: { 'idempotency-key': newId('key') },
    });
    await li.live.getByText('王** 买了 2 份Apples 1').waitFor();
    await li.shoot('passing-zh');
    expect(await li.faults()).toEqual([]);
    expect([...li.complaints, ...wide.complaints]).toEqual([]);
  });
});
