// The second pair of hands in a real browser: the host's QR code, the helper's phone with and without each right, and the end of it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioPage } from './studio-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const words = {
  'zh-CN': { chat: '聊天', more: '更多', helpers: /找个帮手/, add: '加一个帮手', name: '怎么称呼帮手？', chatOnly: '只管聊天', all: '全都可以', show: '显示二维码', link: '链接', joined: '小王 来了', done: '好了', online: '在线', change: /修改/, revoke: /收回 小王/, yes: '是的，收回', gone: '主播已收回您的权限', whose: /您在帮Zhang/ },
  en: { chat: 'Chat', more: 'More', helpers: /Second pair of hands/, add: 'Add a helper', name: 'What is the helper called?', chatOnly: 'Chat only', all: 'Everything', show: 'Show the QR code', link: 'The link', joined: '小王 is here', done: 'Done', online: 'Here now', change: /Change/, revoke: /Take back 小王/, yes: 'Yes, take it back', gone: 'The host has taken back your access', whose: /You help Zhang/ },
} as const;

const tabs = ({ page }: StudioPage) => page.getByRole('navigation').getByRole('button').allInnerTexts();

async function openDesk(host: StudioPage, lang: keyof typeof words): Promise<void> {
  await host.page.getByRole('navigation').getByRole('button', { name: words[lang].chat }).click();
  await host.page.getByRole('button', { name: words[lang].more, exact: true }).click();
  await host.page.locator('fieldcast-desk .menu').waitFor();
}

const place = ({ show, products }: Market) => app.call('POST', `/api/v1/shows/${show.id}/orders`, { body: orderOf(products[0]!), headers: { 'idempotency-key': newId('key') } });

describe('a second pair of hands', () => {
  it.each(['zh-CN', 'en'] as const)('comes by QR code, gets other rights, and goes, in %s', async (lang) => {
    const say = words[lang];
    const market = await openMarket(app, [10]);
    await place(market);
    const host = await openStudio(browser, app, { lang, code: await hostCode(app, market.show.id), camera: false });
    await host.until('greeting');
    await openDesk(host, lang);
    await host.shoot('desk-menu');
    expect(await host.faults()).toEqual([]);
    await host.page.getByRole('button', { name: say.helpers }).click();
    await host.page.getByRole('button', { name: say.add }).click();
    await host.page.getByLabel(say.name).fill('小王');
    await host.page.getByRole('button', { name: say.chatOnly }).click();
    await host.shoot('helper-new');
    expect(await host.faults()).toEqual([]);
    await host.page.getByRole('button', { name: say.show }).click();
    const address = await host.page.getByLabel(say.link, { exact: true }).inputValue();
    await host.shoot('helper-code');

    const helper = await openStudio(browser, app, { lang, code: new URL(address).hash.slice('#code='.length), camera: false });
    await helper.until('desk');
    await helper.page.getByText(say.whose).waitFor();
    expect(await tabs(helper)).toEqual([say.chat]);
    await helper.page.locator('fieldcast-chat .composer').waitFor();
    await helper.shoot('helper-chat');
    await host.page.getByText(say.joined).waitFor();
    await host.shoot('helper-joined');
    await host.page.getByRole('button', { name: say.done }).click();
    await host.page.getByText(say.online, { exact: true }).waitFor();
    await host.shoot('helper-list');
    expect(await host.faults()).toEqual([]);

    await host.page.getByRole('button', { name: say.change }).click();
    for (const name of [/货架|Shelf/, /订单|Orders/]) {
      await host.page.getByRole('switch', { name }).click();
      await expect.poll(() => host.page.getByRole('switch', { name }).getAttribute('aria-checked')).toBe('true');
    }
    await host.shoot('helper-rights');
    await expect.poll(async () => (await tabs(helper)).length).toBe(4);
    await helper.page.getByRole('navigation').getByRole('button').last().click();
    await helper.page.getByText('138****1234').waitFor();
    expect(await helper.page.locator('a[href^="tel:"]').count()).toBe(0);
    await helper.shoot('helper-orders');
    await helper.page.getByRole('navigation').getByRole('button').first().click();
    await helper.page.locator('fieldcast-studio-shelf .pin').click();
    await expect.poll(async () => (await app.call('GET', `/api/v1/shows/${market.show.id}`)).body.pins).toEqual([market.products[0]!.id]);
    // Prices are another right.
    expect(await helper.page.locator('fieldcast-studio-shelf .row .act').first().isDisabled()).toBe(true);
    await helper.shoot('helper-shelf');
    expect(await helper.faults()).toEqual([]);

    await host.page.getByRole('button', { name: say.done }).click();
    await host.page.getByRole('button', { name: say.revoke }).click();
    await host.shoot('helper-revoke');
    await host.page.getByRole('button', { name: say.yes }).click();
    await helper.page.getByRole('heading', { name: say.gone }).waitFor();
    await helper.shoot('helper-gone');
    await helper.page.reload();
    await helper.page.getByRole('heading', { name: say.gone }).waitFor();
    await host.page.locator('fieldcast-desk-helpers .empty').waitFor();
    await host.context.close();
    await helper.context.close();
  });
});
