// A host in rehearsal with the card before their eyes, and the trainer who looks back with them: real media, real recording, real marks.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ScoreSheet } from '../../../../server/protocol/scoring.ts';
import type { Show } from '../../../../server/protocol/show.ts';
import { DESKTOP, launchBrowser, openVisitor } from '../../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../../support/start-app.ts';
import { openStudio, type StudioPage } from '../studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let rehearsal: Show;
let shelf: string[];
let studio: StudioPage;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(app, [10, 5]);
  const [first] = market.products;
  await app.call('PATCH', `/api/v1/products/${first!.id}`, { token: app.operatorToken, body: { name: '洛川红富士苹果', facts: { origin: '陕西洛川', grade: '一级果', harvestedOn: '2026-10-20' } } });
  const body = { sellerId: market.show.sellerId, title: '周六排练', productIds: market.products.map(({ id }) => id) };
  rehearsal = (await app.call('POST', '/api/v1/rehearsals', { token: market.hostToken, body })).body.show;
  shelf = (await app.call('GET', `/api/v1/shows/${rehearsal.id}/cue-cards`, { token: market.hostToken })).body.cards.map(({ productId }: { productId: string }) => productId);
  // Its clock is an hour behind: what is timed goes by the server's.
  studio = await openStudio(browser, app, { code: await code('host', '张大爷'), clockOffMs: -3600_000 });
});
afterAll(async () => {
  await studio?.context.close();
  await browser?.close();
  await app?.close();
});

async function code(role: 'host' | 'coach', name: string): Promise<string> {
  const { body } = await app.call('POST', `/api/v1/shows/${rehearsal.id}/links`, { token: role === 'host' ? app.operatorToken : market.hostToken, body: { role, name } });
  return new URL(body.url).hash.slice('#code='.length);
}

const pin = (productId: string) => app.call('PUT', `/api/v1/shows/${rehearsal.id}/pins`, { token: market.hostToken, body: { productIds: [productId] } });

/** In both languages, where `FIELDCAST_SCREENSHOTS` names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const lang of ['zh-CN', 'en']) {
    await page.evaluate((to) => document.querySelectorAll('[lang]').forEach((element) => element.setAttribute('lang', to)), lang);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${lang}.png`), fullPage: name.startsWith('sheet') });
  }
  await page.evaluate(() => document.querySelectorAll('[lang]').forEach((element) => element.setAttribute('lang', 'zh-CN')));
  await page.waitForTimeout(400);
}

it('turns with the pin, keeps what was said, and goes by the script', async () => {
  const { page, until } = studio;
  await page.getByRole('button', { name: '打开摄像头' }).or(page.locator('.over .go')).first().waitFor();
  await page.locator('.over .go').click();
  await until('live');
  await pin(shelf[0]!);
  const card = page.locator('fieldcast-studio-cues .card');
  await card.getByText('洛川红富士苹果', { exact: true }).waitFor();
  await card.getByText('10元一公斤', { exact: true }).waitFor();
  expect(await card.locator('.say li').first().textContent()).toContain('陕西洛川');
  await card.getByRole('button', { name: '还没说：价格' }).click();
  await card.getByRole('button', { name: '说过了：价格' }).waitFor();
  // What says REHEARSAL in the picture stands beside the open card, not behind it.
  const [mark, open] = await Promise.all([page.locator('.in-picture').boundingBox(), card.boundingBox()]);
  expect(mark!.y).toBeGreaterThanOrEqual(open!.y + open!.height);
  await shoot(page, 'card');

  await pin(shelf[1]!);
  await card.getByText('Apples 2', { exact: true }).waitFor();
  expect(await card.getByRole('button', { name: '还没说：价格' }).count()).toBe(1);

  await card.getByRole('button', { name: '改提词卡和讲稿' }).click();
  const sheet = page.locator('fieldcast-studio-prompter');
  await sheet.getByLabel('第 1 句').fill('这一箱只有五斤');
  // A word that fills itself in goes where one writes, and the line is shown as it will be read.
  await sheet.getByRole('button', { name: /价格 \{price\} 10元一公斤/ }).click();
  expect(await sheet.getByLabel('第 1 句').inputValue()).toBe('这一箱只有五斤{price}');
  await sheet.getByText('念的是：这一箱只有五斤10元一公斤').waitFor();
  await shoot(page, 'card-form');
  await sheet.getByRole('button', { name: '保存' }).click();
  await sheet.getByText('Zhang写的').waitFor();
  await shoot(page, 'cards');
  await sheet.getByRole('button', { name: '讲稿', exact: true }).click();
  await sheet.getByRole('button', { name: '新讲稿' }).click();
  await shoot(page, 'script-begin');
  await sheet.getByRole('button', { name: '水果', exact: true }).click();
  await sheet.getByLabel('讲稿名字').fill('周六卖苹果');
  await shoot(page, 'script-form');
  await sheet.getByRole('button', { name: '保存' }).click();
  await sheet.getByRole('button', { name: '讲稿', exact: true }).last().click();
  await sheet.getByText('这场在用').waitFor();
  await sheet.getByRole('button', { name: '显示', exact: true }).click();
  await shoot(page, 'display');
  expect(await studio.faults()).toEqual([]);
  await sheet.getByRole('button', { name: '关闭' }).click();

  await card.getByText('开场').waitFor();
  await shoot(page, 'script');
  // Pinning goes to what the script has for that product.
  await pin(shelf[0]!);
  await card.locator('.where').getByText('产地').waitFor();
  await card.getByRole('button', { name: '下一步' }).click();
  await card.locator('.where').getByText('展示试吃').waitFor();
  // Minutes to go, and not an hour before or behind the plan.
  expect(await card.locator('.run').innerText()).toMatch(/还剩 \d:\d\d/);
  expect(await card.locator('.run').innerText()).not.toMatch(/\d\d:\d\d/);
  await card.getByRole('button', { name: '提词卡', exact: true }).click();
  await card.getByRole('button', { name: '收起提词卡' }).click();
  await page.locator('fieldcast-studio-cues .chip').waitFor();
  expect(await studio.faults()).toEqual([]);
});

it('is looked back at with a trainer, who marks it on the recording', async () => {
  // Whoever is asked whether to end it is asked no more once it has ended elsewhere.
  const asked = studio.page.getByText('结束这次练习？');
  await studio.page.getByRole('button', { name: '下播' }).click();
  await asked.waitFor();
  await app.call('POST', `/api/v1/shows/${rehearsal.id}/end`, { token: market.hostToken, body: {} });
  await asked.waitFor({ state: 'hidden' });
  const coach = await openVisitor(browser, { locale: 'zh-CN', size: DESKTOP });
  const { page } = coach;
  try {
    // A link put into the address of the page that asks for one is taken, though nothing loads anew.
    await page.goto(`${app.url}/demo/coach.html`);
    await page.getByText('需要链接才能进来').waitFor();
    await page.goto(`${app.url}/demo/coach.html#code=${await code('coach', '李老师')}`);
    await page.getByRole('tab', { name: '回看打分' }).click();
    await page.getByRole('button', { name: /周六排练/ }).click();
    const sheet = page.locator('fieldcast-score-sheet');
    await page.waitForFunction(() => {
      const review = document.querySelector('fieldcast-coach')?.shadowRoot?.querySelector('fieldcast-coach-review');
      return (review?.shadowRoot?.querySelector('video')?.readyState ?? 0) >= 2;
    });
    await sheet.getByRole('button', { name: '报价：4' }).click();
    await sheet.getByLabel('报价的备注').fill('说了两遍，很清楚');
    await sheet.getByLabel('做得好的地方').fill('笑得很自然');
    await sheet.getByRole('button', { name: '给主播看' }).click();
    await sheet.getByText('主播能看到这张表了').waitFor();
    await sheet.getByText('说了两遍，很清楚').waitFor();
    await page.locator('fieldcast-practice-helpers').getByRole('heading', { name: '数据里看到的' }).waitFor();
    await shoot(page, 'sheet-desktop');
    await page.evaluate(axe.source);
    expect(await page.evaluate(async () => (await (globalThis as unknown as { axe: typeof axe }).axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`))).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    await shoot(page, 'sheet-phone');
    await page.emulateMedia({ media: 'print' });
    await shoot(page, 'sheet-print');
    await page.emulateMedia({ media: 'screen' });
    // The host's own page has it, in words.
    await studio.page.reload();
    const told = studio.page.locator('fieldcast-studio-trainer-words');
    await told.getByText('笑得很自然').scrollIntoViewIfNeeded();
    await told.getByText('说了两遍，很清楚').waitFor();
    await shoot(studio.page, 'shared');
    const seen: ScoreSheet = (await app.call('GET', `/api/v1/shows/${rehearsal.id}/score-sheet`, { token: market.hostToken })).body;
    expect(seen).toMatchObject({ good: '笑得很自然', score: { mean: 4 }, marks: [{ mark: 4, note: '说了两遍，很清楚' }] });
    expect(seen.marks[0]?.replayMs).not.toBeNull();
  } finally {
    await coach.context.close();
  }
});
