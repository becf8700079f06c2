// A trainer's panel and a farmer's phone in a real browser: a scenario is chosen and played, one's own is refused with its line, a question
// comes up marked in the farmer's chat and an order on the desk; and the trainer opens a rehearsal for a real show.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults, LEGAL_LEVELS } from '../../support/accessibility.ts';
import { launchBrowser, openVisitor } from '../../support/browser.ts';
import { openPractice } from '../../support/practice.ts';
import { startApp, type TestApp } from '../../support/start-app.ts';
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

const say = {
  all: '看全班', others: '另外 1 场', open: /^开一场练习/, opened: /练习开好了/, large: /放大看/, tab: '模拟观众', bring: '传一个文件', fault: '第 3 行 stage：这里不能这样写', brought: '“我的一晚”已经可以用了。', own: '开始“我的一晚”', remove: '删掉“我的一晚”', undo: '撤销',
  waiting: '等主播开播后继续', room: '直播间 4 人', sayThis: '让观众说这句', send: '说出去', order: '下一单', ordered: /下单 Apples 1 × 1/, stop: '停止', stopped: '已停止。', chat: '聊天', emptyChat: '观众还没有说话，他们说的会出现在这里。您先问一句，大家就愿意开口。', orders: '订单', mark: '模拟',
} as const;

const file = (text: string) => ({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const mine = JSON.stringify({ name: '我的一晚', stage: 'never', viewers: { start: 4, end: 6 } });

describe('the panel of the played audience', () => {
  it('plays people into a rehearsal', async () => {
    const practice = await openPractice(app, [10]);
    const link = await app.call<{ url: string }>('POST', `/api/v1/shows/${practice.show.id}/links`, { token: practice.hostToken, body: { role: 'coach', name: '李老师' } });
    const { page, complaints } = await openVisitor(browser);
    const shoot = async (name: string) => {
      const folder = process.env['FIELDCAST_SCREENSHOTS'];
      if (!folder) return;
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    };
    await page.goto(link.body.url);
    await page.getByRole('button', { name: say.large }).first().click();
    await page.getByRole('tab', { name: say.tab }).click();
    const panel = page.locator('fieldcast-coach-audience');
    await panel.locator('.scenarios li').nth(5).waitFor();
    await shoot('scenarios');

    // A file of one's own: refused with its line, taken when it is right, taken away and brought back.
    const chooser = panel.getByLabel(say.bring);
    await chooser.setInputFiles(file('{\n"name": "x",\n"stage": "hard"\n}'));
    await panel.getByText(say.fault).waitFor();
    await panel.getByText(say.fault).scrollIntoViewIfNeeded();
    await shoot('scenario-faults');
    await chooser.setInputFiles(file(mine));
    await page.getByText(say.brought).waitFor();
    await panel.getByRole('button', { name: say.remove }).click();
    await page.getByRole('button', { name: say.undo }).click();

    await panel.getByRole('button', { name: say.own }).click();
    await panel.getByText(say.waiting).waitFor();
    // Its people come when its clock goes; until then a trainer brings them by hand.
    for (let more = 0; more < 4; more += 1) await app.call('POST', `/api/v1/rehearsals/${practice.show.id}/audience/acts`, { token: practice.coachToken, body: { act: 'join' } });
    await panel.getByText(say.room).waitFor();
    // Two names of a tile, one seen and one told to a screen reader, are a fault that axe looks for only when asked.
    expect(await findAccessibilityFaults(page, [...LEGAL_LEVELS, 'experimental'])).toEqual([]);

    const farmer = await openStudio(browser, app, { code: await hostCode(app, practice.show.id), camera: false });
    await farmer.until('greeting');
    await farmer.page.getByRole('navigation').getByRole('button', { name: say.chat }).click();
    await farmer.page.getByText(say.emptyChat).waitFor();
    await panel.getByLabel(say.sayThis).fill('能不能送到兰州？');
    await panel.getByRole('button', { name: say.send }).click();
    const message = farmer.page.locator('fieldcast-chat .message', { hasText: '能不能送到兰州？' });
    await message.getByText(say.mark, { exact: true }).waitFor();
    await farmer.shoot('played-chat');

    await panel.getByRole('button', { name: say.order, exact: true }).click();
    await panel.getByText(say.ordered).waitFor();
    await panel.locator('.run').scrollIntoViewIfNeeded();
    await shoot('run');
    await panel.getByText(say.ordered).scrollIntoViewIfNeeded();
    await shoot('by-hand');
    await farmer.page.getByRole('navigation').getByRole('button', { name: say.orders }).click();
    await farmer.page.locator('fieldcast-orders .order').getByText(say.mark, { exact: true }).waitFor();
    await farmer.shoot('played-order');
    // Nobody is to be called who is not there.
    expect(await farmer.page.locator('fieldcast-orders a[href^="tel:"]').count()).toBe(0);

    await panel.getByRole('button', { name: say.stop, exact: true }).click();
    await panel.getByText(say.stopped).waitFor();
    await shoot('ended');

    // A coach opens a practice of the real show beside it; its host finds it in the lobby.
    await page.getByRole('button', { name: say.all }).click();
    await page.getByText(say.others).click();
    await page.getByRole('button', { name: say.open }).click();
    await page.getByText(say.opened).waitFor();
    await shoot('opened');
    const { shows } = (await app.call('GET', '/api/v1/shows?kind=rehearsal', { token: practice.hostToken })).body as { shows: { title: string; status: string }[] };
    expect(shows.map(({ title, status }) => `${title} ${status}`).sort()).toEqual(['Apples planned', 'Practice planned']);
    expect([...complaints, ...farmer.complaints]).toEqual([]);
    await Promise.all([page.context().close(), farmer.context.close()]);
  });
});
