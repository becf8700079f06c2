// What a farmer does who practises first: from the real show into a rehearsal, its mark on every page, a price into the real shop and back,
// a coach let in and out again. Without a camera, which practice does not need for any of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Market, hostLink, openMarket, startApp, type TestApp } from '../support/start-app.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';

let test: TestApp;
let market: Market;
let browser: Browser;
let farmer: Visitor;
let page: Page;

beforeAll(async () => {
  [test, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(test, [10, 5]);
  farmer = await openVisitor(browser);
  page = farmer.page;
  await page.goto(await hostLink(test.call, test.operatorToken, market.show.id));
});

afterAll(async () => {
  await browser.close();
  await test.close();
});

const mark = () => page.getByRole('note').getByText('练习', { exact: true });
const tap = (name: string | RegExp) => page.getByRole('button', { name }).click();
const realPrice = async (): Promise<number> => (await test.call('GET', `/api/v1/shows/${market.show.id}`)).body.shelf[0].variants[0].priceMinor;
const rehearsal = async () => (await test.call('GET', '/api/v1/shows?kind=rehearsal', { token: market.hostToken })).body.shows[0];

describe('practice', () => {
  it('begins from the lobby of the real show with the same goods, and says on every page what it is', async () => {
    await tap(/先练一练/);
    await tap('开始练习');
    await mark().waitFor();
    for (const tab of ['货架', '订单']) {
      await page.getByRole('navigation').getByRole('button', { name: new RegExp(tab) }).click();
      await mark().waitFor();
    }
    expect((await rehearsal()).title).toBe('Apples');
    await page.reload();
    await mark().waitFor();
  });

  it('takes a price into the real shop only where it is ticked, and back again', async () => {
    const practised = await rehearsal();
    const { shelf } = (await test.call('GET', `/api/v1/shows/${practised.id}`, { token: market.hostToken })).body;
    await test.call('PATCH', `/api/v1/variants/${shelf[0].variants[0].id}`, { token: market.hostToken, body: { priceMinor: 1250 } });
    await test.call('PATCH', `/api/v1/variants/${shelf[1].variants[0].id}`, { token: market.hostToken, body: { priceMinor: 990 } });
    await tap(/转到正式店铺/);
    await page.getByRole('checkbox', { name: /Apples 1/ }).check();
    await tap('下一步');
    expect(await realPrice()).toBe(1000);
    await tap('确定转过去');
    await page.getByText('正式直播已经准备好').waitFor();
    const { shelf: real } = (await test.call('GET', `/api/v1/shows/${market.show.id}`)).body;
    expect(real.map((product: { variants: { priceMinor: number }[] }) => product.variants[0]?.priceMinor)).toEqual([1250, 1000]);
    await tap('撤回来');
    await page.getByText('已撤回').waitFor();
    expect(await realPrice()).toBe(1000);
  });

  it('is left for the real show, which has no mark', async () => {
    await tap('离开练习');
    await page.getByRole('button', { name: /先练一练/ }).waitFor();
    expect(await mark().count()).toBe(0);
  });

  it('is left also by who came by a link for the rehearsal itself', async () => {
    const second = await openVisitor(browser);
    await second.page.goto(await hostLink(test.call, test.operatorToken, (await rehearsal()).id));
    await second.page.getByRole('button', { name: '离开练习' }).click();
    await second.page.getByRole('button', { name: /先练一练/ }).waitFor();
    expect(await second.page.getByRole('note').getByText('练习', { exact: true }).count()).toBe(0);
    await second.context.close();
  });

  it('ends with a word on coaches: who asks is let in, and out with one tap', async () => {
    const practised = await rehearsal();
    const { body: link } = await test.call('POST', `/api/v1/shows/${practised.id}/links`, { token: test.operatorToken, body: { role: 'coach', name: '吴老师' } });
    const { body: coach } = await test.call('POST', '/api/v1/sessions', { body: { code: new URL(link.url).hash.slice('#code='.length) } });
    const standing = async () => (await test.call('GET', '/api/v1/coaching/shows', { token: coach.token })).body.shows.find(({ show }: { show: { id: string } }) => show.id === market.show.id).standing;
    await test.call('POST', `/api/v1/shows/${market.show.id}/coaching/ask`, { token: coach.token, body: {} });
    await page.getByText('吴老师想在这场直播里帮您').waitFor();
    await tap('让进来');
    await page.getByText('教练：吴老师').waitFor();
    expect(await standing()).toBe('allowed');
    await tap('请离开');
    await page.getByText('吴老师已离开').waitFor();
    expect(await standing()).toBe('ended');
    expect(farmer.complaints).toEqual([]);
  });
});
