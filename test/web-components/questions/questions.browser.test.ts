// The questions of a show as its host works them in a real browser, and as those who asked see the answers.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';
import { hostCode, openStudio, type StudioPage } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe.each(['zh-CN', 'en'] as const)('<fieldcast-questions> in %s', (lang) => {
  const zh = lang === 'zh-CN';
  let market: Market;
  let host: StudioPage;
  let li: ShopPage;
  let wang: ShopPage;
  const texts = () => host.page.locator('fieldcast-questions .question .words').allInnerTexts();
  const card = (words: string) => host.page.locator('fieldcast-questions .question').filter({ hasText: words });
  const button = (name: string | RegExp) => host.page.getByRole('button', { name });
  const ask = async (text: string, name = '') =>
    app.call('POST', `/api/v1/shows/${market.show.id}/messages`, { body: { text, name }, headers: { 'idempotency-key': newId('key') } });
  const said = (shop: ShopPage) => shop.live.locator('fieldcast-chat .message:not(.draft) .words').allInnerTexts();

  /** Its row in the chat; what is told to screen readers has the same words. */
  const row = (shop: ShopPage, words: string) => shop.live.locator('fieldcast-chat .message:not(.draft) .words').getByText(words);

  async function say(shop: ShopPage, words: string, name: string): Promise<void> {
    await shop.live.locator('.to-chat').click();
    await shop.page.locator('#words').fill(words);
    await shop.page.keyboard.press('Enter');
    await shop.page.locator('#name').fill(name);
    await shop.page.keyboard.press('Enter');
    await row(shop, words).waitFor();
  }

  beforeAll(async () => {
    market = await openMarket(app, [10, 10]);
    const [first, second] = market.products;
    const rename = (id: string | undefined, name: string) => app.call('PATCH', `/api/v1/products/${id}`, { token: market.hostToken, body: { name } });
    await rename(first?.id, zh ? '薄皮核桃' : 'Walnuts');
    await rename(second?.id, zh ? '红富士苹果' : 'Red Fuji apples');
    await app.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: market.hostToken, body: { productIds: [second?.id] } });
    host = await openStudio(browser, app, { lang, code: await hostCode(app, market.show.id), camera: false });
    [li, wang] = await Promise.all([openShop(browser, app, market.show.id, { lang }), openShop(browser, app, market.show.id, { lang })]);
  });
  afterAll(async () => {
    await Promise.all([host?.context.close(), li?.close(), wang?.close()]);
  });

  it('says that there are none yet, and where they come from', async () => {
    await host.page.getByRole('navigation').getByRole('button', { name: zh ? '聊天' : 'Chat' }).click();
    await button(zh ? '提问' : 'Questions').click();
    await host.page.getByText(zh ? '现在没有人提问' : 'No questions now').waitFor();
    await host.shoot('questions-empty');
    expect(await host.faults()).toEqual([]);
  });

  it('gathers them by product, the pinned one first, with how many ask', async () => {
    await ask(zh ? '核桃皮薄吗' : 'are the walnuts fresh', 'Zhao');
    await say(li, zh ? '甜吗' : 'Are they sweet?', zh ? '李梅' : 'Li Mei');
    await ask(zh ? '这个甜不甜？' : 'is it sweet', 'Chen');
    await ask(zh ? '<b>包邮吗？</b>' : '<b>do you ship to Canada?</b>');
    await expect.poll(texts).toEqual(
      zh ? ['甜吗', '<b>包邮吗？</b>', '核桃皮薄吗'] : ['Are they sweet?', '<b>do you ship to Canada?</b>', 'are the walnuts fresh'],
    );
    expect(await host.page.locator('fieldcast-questions .many').allInnerTexts()).toEqual([zh ? '2 个人问' : '2 people ask']);
    expect(await host.page.locator('fieldcast-studio-room .new').innerText()).toBe('3');
    await host.shoot('questions');
    expect(await host.faults()).toEqual([]);
  });

  it('keeps answers ready, begun from the ones that are offered', async () => {
    await button(zh ? '常用回答' : 'My answers').click();
    await host.shoot('questions-ready-empty');
    await button(zh ? '又脆又甜' : 'Sweet, crisp').click();
    await host.page.locator('#text').press('End');
    await host.page.locator('#text').pressSequentially(zh ? '包甜。' : ' Sure.');
    await host.page.locator('#product').selectOption({ label: zh ? '红富士苹果' : 'Red Fuji apples' });
    await button(zh ? '存下来' : 'Save').click();
    const kept = host.page.locator('fieldcast-ready-answers .kept .over');
    await expect.poll(() => kept.count()).toBe(1);
    await button(zh ? '48 小时内发货' : 'within 48 hours').click();
    await host.page.locator('#product').selectOption('');
    await host.page.locator('#text').press('Enter');
    await expect.poll(() => kept.count()).toBe(2);
    await host.page.getByRole('button', { name: zh ? /^删除：下单/ : /^Delete: We send/ }).click();
    await expect.poll(() => kept.count()).toBe(1);
    await button(zh ? '撤销' : 'Undo').click();
    await expect.poll(() => kept.count()).toBe(2);
    await host.shoot('questions-ready');
    expect(await host.faults()).toEqual([]);
    await button(zh ? '回到提问' : 'Back to the questions').click();
  });

  it('answers all who ask with two taps; they see it, and their question as answered', async () => {
    const words = zh ? '甜吗' : 'Are they sweet?';
    const ready = zh ? '又脆又甜，水分足。包甜。' : 'Sweet, crisp and juicy. Sure.';
    await card(words).getByRole('button', { name: zh ? '打字回' : 'Reply' }).click();
    // The product's own first.
    expect(await card(words).locator('.ready .button').first().innerText()).toBe(ready);
    await host.shoot('questions-answering');
    expect(await host.faults()).toEqual([]);
    await card(words).getByRole('button', { name: ready }).click();
    await row(li, ready).waitFor();
    await li.live.locator('fieldcast-chat .own .answered').waitFor();
    await expect.poll(texts).not.toContain(words);
    await li.shoot(`question-answered-${lang}`);
    await host.page.locator('fieldcast-questions summary').click();
    await host.shoot('questions-answered');
    expect(await host.faults()).toEqual([]);
    // Undo takes the answer away and opens the question.
    await button(zh ? '撤销' : 'Undo').click();
    await expect.poll(texts).toContain(words);
    await expect.poll(() => said(li)).not.toContain(ready);
  });

  // Words differ in each language, what happens does not.
  it.runIf(zh)('answers one alone: nobody else sees it, also after the line was gone', async () => {
    const words = '我能货到付款吗';
    const answer = '您那里可以';
    await say(wang, words, '王强');
    await row(li, words).waitFor();
    await card(words).getByRole('button', { name: '打字回' }).click();
    await button('只给他看').click();
    await card(words).locator('input').fill(answer);
    await wang.page.context().setOffline(true);
    await card(words).locator('input').press('Enter');
    await expect.poll(texts).not.toContain(words);
    await wang.page.context().setOffline(false);
    await row(wang, answer).waitFor({ timeout: 15_000 });
    expect(await wang.live.locator('fieldcast-chat .note.private').innerText()).toBe('只有您看得到');
    expect((await said(wang)).filter((text) => text === answer)).toHaveLength(1);
    await wang.shoot('question-private');
    expect(await wang.faults()).toEqual([]);
    await app.call('POST', `/api/v1/shows/${market.show.id}/messages`, { token: market.hostToken, body: { text: 'after' }, headers: { 'idempotency-key': newId('key') } });
    await expect.poll(() => said(li)).toContain('after');
    expect(await said(li)).not.toContain(answer);
  });

  it.runIf(zh)('ticks off what was said aloud, takes that back, and misses nothing while the line is gone', async () => {
    const words = zh ? '核桃皮薄吗' : 'are the walnuts fresh';
    await card(words).getByRole('button', { name: zh ? '讲过了' : 'Said it' }).click();
    await expect.poll(texts).not.toContain(words);
    await button(zh ? '撤销' : 'Undo').click();
    await expect.poll(texts).toContain(words);
    await host.context.setOffline(true);
    const missed = zh ? '几天能到' : 'how many days does it take';
    await ask(missed);
    await host.context.setOffline(false);
    await expect.poll(texts, { timeout: 15_000 }).toContain(missed);
    expect((await texts()).filter((text) => text === missed)).toHaveLength(1);
  });

  it.runIf(zh)('takes a message of the chat for a question, and leaves what is none', async () => {
    await ask(zh ? '我家在新疆' : 'I live far up north', 'Ma');
    await host.page.locator('fieldcast-studio-room .segments').getByRole('button', { name: zh ? '聊天' : 'Chat' }).click();
    const message = host.page.locator('fieldcast-chat .message').filter({ hasText: zh ? '我家在新疆' : 'far up north' });
    await message.locator('.more').click();
    await host.shoot('chat-acts');
    await message.getByRole('button', { name: zh ? '放进提问' : 'Put with the questions' }).click();
    await host.page.locator('fieldcast-studio-room .segments').getByRole('button', { name: zh ? '提问' : 'Questions' }).click();
    const words = zh ? '我家在新疆' : 'I live far up north';
    await expect.poll(texts).toContain(words);
    await card(words).getByRole('button', { name: zh ? '打字回' : 'Reply' }).click();
    await card(words).getByRole('button', { name: zh ? '不是问题' : 'Not a question' }).click();
    await expect.poll(texts).not.toContain(words);
    expect(host.complaints.filter((complaint) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource|WebSocket/.test(complaint))).toEqual([]);
  });
});
