// The screens of figures in a real browser: the phone while the show is on, the wall, the report on screen and paper, and the explorer with its tables.
import axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShowReport } from '../../../server/protocol/analytics.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE } from '../../support/browser.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startApp, type TestApp } from '../../support/start-app.ts';
import { hostCode, openStudio, type StudioPage } from '../studio/studio-page.ts';
import { type PlayedShow, playShow } from './played-show.ts';

const clock = new FakeClock(Date.now() - 3 * 3600_000);
let app: TestApp;
let browser: Browser;
let played: PlayedShow;
let phone: StudioPage;
let operator: { context: BrowserContext; page: Page; complaints: string[] };

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ clock }), launchBrowser()]);
  const earlier = await playShow(app, clock, '上一场');
  await earlier.play(8);
  await earlier.end();
  clock.set(30 * 60_000);
  played = await playShow(app, clock, '南坡红富士，现摘现发', earlier.show.sellerId);
  await played.play(6);
  [phone, operator] = await Promise.all([hostCode(app, played.show.id).then((code) => openStudio(browser, app, { lang: 'zh-CN', code, camera: false })), openOperator()]);
});
async function openOperator(): Promise<typeof operator> {
  const visitor = await openVisitor(browser, { size: DESKTOP, locale: 'zh-CN' });
  await visitor.page.goto(`${app.url}/demo/operator.html`);
  await visitor.page.getByLabel('运营口令').fill('operator-of-the-test');
  await visitor.page.getByRole('button', { name: '登录' }).click();
  await visitor.page.getByRole('link', { name: '数据', exact: true }).waitFor();
  return visitor;
}
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function shoot(page: Page, name: string, size = DESKTOP): Promise<void> {
  const folder = process.env['FIELDCAST_SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.setViewportSize(size);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}-${size.width}.png`), fullPage: true });
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`);
}

const language = (page: Page, to: 'en' | 'zh-CN') => page.evaluate((lang) => {
  localStorage.setItem('qinghe-language', lang);
  document.documentElement.lang = lang;
}, to);

const reportOf = async (): Promise<ShowReport> => (await app.call<ShowReport>('GET', `/api/v1/analytics/shows/${played.show.id}`, { token: app.operatorToken })).body;

describe('a show that is on', () => {
  it('is four numbers and one hint on the phone of whoever sells, and they move', async () => {
    const { page } = phone;
    await phone.until('greeting', 'ready');
    await page.getByRole('navigation').getByRole('button', { name: '数据' }).click();
    const figures = page.locator('fieldcast-live-figures');
    await figures.getByText('正在看').waitFor();
    const orders = () => figures.locator('.four > div').nth(1).locator('dd').first().innerText();
    const before = Number(await orders());
    expect(before).toBeGreaterThan(0);
    expect(await figures.locator('.four > div').count()).toBe(4);
    expect(await phone.faults()).toEqual([]);
    await phone.shoot('live');
    await played.play(2);
    await expect.poll(orders, { timeout: 8_000, interval: 500 }).not.toBe(String(before));
  });

  it('fills the wall of a service centre', async () => {
    const { page, complaints } = operator;
    await page.goto(`${app.url}/demo/board.html?show=${played.show.id}`);
    const board = page.locator('fieldcast-big-screen');
    await board.getByText('从看到买').waitFor();
    expect(await board.locator('.tile').count()).toBe(6);
    expect(await board.locator('.goods li').count()).toBe(3);
    expect(await board.locator('.funnel li').count()).toBe(9);
    await board.getByRole('img', { name: /每分钟多少人在看/ }).waitFor();
    expect(await faults(page)).toEqual([]);
    await shoot(page, 'board-zh');
    await shoot(page, 'board-zh', PHONE);
    expect(complaints).toEqual([]);
  });
});

describe('a show that is over', () => {
  it('is told in plain words, on one page, with three things to do at most', async () => {
    await played.drop(40);
    await played.play(10);
    await played.end();
    const { page, complaints } = operator;
    await page.setViewportSize(DESKTOP);
    await page.goto(`${app.url}/demo/report.html?show=${played.show.id}`);
    const report = page.locator('fieldcast-report');
    const { figures, outages } = await reportOf().then((whole) => ({ figures: whole.figures.total, outages: whole.quality.outages.length }));
    await report.getByText(`${figures.viewers} 个人看了，下了 ${figures.orders} 单`).waitFor();
    expect(outages).toBe(1);
    expect(await report.getByText(/断了 40 秒/).count()).toBe(1);
    expect(await report.locator('svg rect.gone').count()).toBe(1);
    expect(await report.locator('.advice li').count()).toBeLessThanOrEqual(3);
    expect(await report.locator('table.goods tbody tr').count()).toBe(3);
    await report.getByText('和前 1 场比').waitFor();
    expect(await faults(page)).toEqual([]);
    await shoot(page, 'report-zh');
    await shoot(page, 'report-zh', PHONE);
    await language(page, 'en');
    await report.getByRole('heading', { name: 'For the next show' }).waitFor();
    await shoot(page, 'report-en', PHONE);
    await shoot(page, 'report-en');
    await language(page, 'zh-CN');
    const sheet = await page.pdf({ format: 'A4' });
    expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('goes out as a picture, with small numbers hidden', async () => {
    const { page } = operator;
    const [asked, download] = await Promise.all([page.waitForRequest(/share=true/), page.waitForEvent('download'), page.getByRole('button', { name: '存成图片' }).click()]);
    expect(asked.url()).toContain(played.show.id);
    expect(download.suggestedFilename()).toBe(`report-${played.show.id}.png`);
    const folder = process.env['FIELDCAST_SCREENSHOTS'];
    if (folder) await download.saveAs(join(folder, 'picture.png'));
    await page.getByRole('checkbox', { name: /不显示小数字/ }).check();
    await page.locator('fieldcast-report').getByText('少于 5').first().waitFor();
  });

  it('is one tap away from the end of the show on the phone', async () => {
    const { page } = phone;
    await page.getByRole('navigation').getByRole('button', { name: '直播' }).click();
    await phone.until('ended');
    await page.getByRole('button', { name: '看这场的总结' }).click();
    await page.locator('fieldcast-report .lead').waitFor();
    await phone.shoot('studio-report');
    expect(phone.complaints).toEqual([]);
  });
});

describe('the explorer', () => {
  it('shows sellers, days, shows and goods, each chart with its table and by the keyboard', async () => {
    const { page, complaints } = operator;
    await page.setViewportSize(DESKTOP);
    await page.goto(`${app.url}/demo/operator.html#/figures`);
    const explorer = page.locator('fieldcast-analytics');
    const chart = explorer.getByRole('slider');
    await chart.waitFor();
    await expect.poll(() => explorer.locator('canvas').count()).toBe(1);
    expect(await explorer.locator('tbody tr').count()).toBe(2);
    await chart.focus();
    await page.keyboard.press('End');
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/下单金额: ¥/);
    await page.keyboard.press('ArrowLeft');
    expect(await chart.getAttribute('aria-valuenow')).toBe('0');
    await shoot(page, 'explore-seller');
    await explorer.getByLabel('看哪个数').selectOption('viewers');
    await explorer.getByText('收到画面或声音的设备').waitFor();
    for (const [name, heads] of [['按天', '日期'], ['商品', '商品'], ['发货退款', '晚发率'], ['单场', '项目']] as const) {
      await explorer.getByRole('button', { name, exact: true }).click();
      await explorer.getByRole('columnheader', { name: heads }).first().waitFor();
      await explorer.locator('canvas').waitFor();
      await shoot(page, `explore-${heads}-${name}`);
    }
    expect(await faults(page)).toEqual([]);
    await shoot(page, 'explore-show', PHONE);
    const [download] = await Promise.all([page.waitForEvent('download'), explorer.getByRole('button', { name: '原始记录 (CSV)' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^raw-shw_.*\.csv$/);
    const [table] = await Promise.all([page.waitForEvent('download'), explorer.getByRole('button', { name: '表格（CSV）' }).click()]);
    expect(table.suggestedFilename()).toMatch(/^figures-shw_.*\.csv$/);
    expect(complaints).toEqual([]);
  });
});
