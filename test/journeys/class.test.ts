// A class as its people meet it, on a network without the internet: a trainer puts the code on the wall, a phone with a wrong clock comes by
// it, does its task and is visited; and a farmer who has never done it goes through the first steps to their end.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClassView, TrainerInvitation } from '../../server/protocol/classes.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

const HOUR = 3600_000;
let test: TestApp;
let market: Market;
let browser: Browser;
let coach: Visitor;
let phone: Visitor;
let lesson: ClassView;
let wall: string;
/** Addresses that any page asked for beyond its own server. */
const strayed: string[] = [];

beforeAll(async () => {
  [test, browser] = await Promise.all([startApp(), launchBrowser()]);
  market = await openMarket(test, [10, 5]);
  const now = Date.now();
  const made = await test.call<ClassView>('POST', '/api/v1/classes', {
    token: test.operatorToken,
    body: { title: '果园直播第一课', place: '南坡村', meetings: [{ startsAt: now - HOUR, endsAt: now + HOUR }], trainerName: '陈老师' },
  });
  lesson = made.body;
  const link = await test.call<TrainerInvitation>('POST', `/api/v1/classes/${lesson.id}/links`, { token: test.operatorToken, body: { name: '陈老师' } });
  [coach, phone] = [await openVisitor(browser), await openVisitor(browser)];
  for (const { page } of [coach, phone]) stay(page);
  await coach.page.goto(link.body.url);
});

afterAll(async () => {
  await browser?.close();
  await test?.close();
});

function stay(page: Page): void {
  page.setDefaultTimeout(15_000);
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(test.url) && !url.startsWith(test.url.replace('http', 'ws')) && !/^(?:blob|data):/.test(url)) strayed.push(url);
  });
}

const desk = () => coach.page.locator('fieldcast-classes');
const tap = (name: string | RegExp) => desk().getByRole('button', { name }).click();

describe('a class', () => {
  it('is come to by the code on the wall, by the server\'s clock whatever the phone\'s says', async () => {
    await coach.page.getByRole('tab', { name: '培训班' }).click();
    await tap(/果园直播第一课/);
    await tap('亮出签到码');
    wall = (await desk().locator('.address').textContent()) ?? '';
    expect(wall.startsWith(`${test.url}/demo/class.html#at=`)).toBe(true);

    await phone.page.addInitScript(() => {
      const real = Date.now.bind(Date);
      Date.now = () => real() - 26 * 3600_000;
    });
    await phone.page.goto(wall);
    const own = phone.page.locator('fieldcast-class');
    await own.getByRole('button', { name: '没有我的名字' }).click();
    await own.getByRole('textbox', { name: '您的姓名' }).fill('李桂芳');
    await own.getByRole('button', { name: '我到了' }).click();
    await own.getByText(/李桂芳，您签到好了/).waitFor();
    await desk().getByRole('button', { name: /李桂芳/, pressed: true }).waitFor();
    const { body } = await test.call<ClassView>('GET', `/api/v1/classes/${lesson.id}`, { token: test.operatorToken });
    expect(Math.abs((body.meetings[0]?.present[0]?.at ?? 0) - Date.now())).toBeLessThan(HOUR);
  });

  it('gives a task that the phone shows and takes back, and knows the phone when it comes again', async () => {
    await desk().getByRole('tab', { name: '练习' }).click();
    await tap('布置练习');
    await tap('练习直播 15 分钟');
    await tap('布置给全班');
    await desk().getByText('大家的手机上都能看到了。').waitFor();
    await phone.page.reload();
    const own = phone.page.locator('fieldcast-class');
    // Nobody is asked for a name twice.
    await own.getByText(/李桂芳，您签到好了/).waitFor();
    await own.getByRole('button', { name: '我做完了' }).click();
    await own.getByRole('button', { name: '其实还没做完' }).click();
    await own.getByRole('button', { name: '我做完了' }).click();
    await own.getByText('做完了', { exact: true }).waitFor();
    const { body } = await test.call<ClassView>('GET', `/api/v1/classes/${lesson.id}`, { token: test.operatorToken });
    expect(body.tasks).toMatchObject([{ title: '练习直播 15 分钟', done: [{ traineeId: body.people[0]?.id }] }]);
  });

  it('is followed up: a visit is written down, and the way back is there', async () => {
    await desk().getByRole('tab', { name: '回访' }).click();
    await tap(/第 1 周/);
    await desk().getByRole('textbox', { name: '看到了什么，说好了什么' }).fill('网络不稳，换到院子里播。');
    await tap('好了');
    await desk().getByText('回访记下了。').waitFor();
    await tap('撤销');
    await tap(/第 1 周/);
    await expect.poll(() => desk().getByRole('textbox', { name: '看到了什么，说好了什么' }).inputValue()).toBe('');
  });

  it('asks nobody but its own server, and no page complains', () => {
    expect(strayed).toEqual([]);
    expect([...coach.complaints, ...phone.complaints]).toEqual([]);
  });
});

describe('the first steps', () => {
  it('are gone through from the lobby to the end without a dead end, each of them taken back on the way', async () => {
    const farmer = await openVisitor(browser, { camera: 'small' });
    const { page } = farmer;
    stay(page);
    await page.goto(await hostLink(test.call, test.operatorToken, market.show.id));
    await page.getByRole('button', { name: /五步上手/ }).click();
    const room = page.locator('fieldcast-first-steps-room');
    const press = (name: string | RegExp) => room.getByRole('button', { name }).last().click();
    const on = (screen: string) => room.locator(`[data-screen="${screen}"]`).waitFor();
    const back = async (screen: string, again: string | RegExp) => {
      await press('撤销');
      await on(screen);
      await press(again);
    };
    await press('放好了');
    await press('看看自己');
    await room.getByText('看到您了！').waitFor();
    await press('看见了');
    // The fake microphone of the browser beeps: that it is heard may come before the tap.
    await Promise.race([room.getByText('听得很清楚！').waitFor(), press('我说过了').catch(() => undefined)]);
    await room.getByText('听得很清楚！').waitFor();
    await press('下一步');
    await press(/亮出苹果/);
    await on('pin.shown');
    await back('pin.tap', /亮出梨/);
    await press('下一步');
    await press(/改价钱/);
    await press('2');
    await press('9');
    await press('好了');
    await room.getByText('¥29.00').waitFor();
    await press('下一步');
    await press(/王芳/);
    await press('接单');
    await back('order.take', '接单');
    await press('学完了');
    await on('finished');
    await press('好');
    await expect.poll(() => page.getByRole('button', { name: /五步上手/ }).count()).toBe(0);
    // Nothing of it has reached the shop.
    const { body } = await test.call('GET', `/api/v1/shows/${market.show.id}`);
    expect([body.show.status, body.pins, body.shelf.map((product: { variants: { priceMinor: number }[] }) => product.variants[0]?.priceMinor)]).toEqual(['planned', [], [1000, 1000]]);
    expect(strayed).toEqual([]);
  });
});
