// Codes, a waitlist and a numbered lot as a shopper and a farmer meet them: one show on the air, three pages in a real browser.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, SLOW_CAMERA } from '../../support/browser.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openShop, type ShopPage } from '../live/shop-page.ts';
import { hostCode, openStudio, type StudioPage, withGoodUplink } from '../studio/studio-page.ts';

let app: TestApp;
let browser: Browser;
let market: Market;
let host: StudioPage;
let li: ShopPage;
let wide: ShopPage;

const button = (name: string | RegExp) => host.page.getByRole('button', { name });
const chat = () => li.live.locator('fieldcast-chat');
const closeSheet = () => host.page.locator('fieldcast-studio-sheet').getByRole('button', { name: '关闭' }).click();

async function say(text: string): Promise<void> {
  await chat().locator('#words').fill(text);
  await chat().locator('.composer .primary').click();
}

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser([SLOW_CAMERA])]);
  market = await openMarket(app, [60, 0]);
  host = await openStudio(browser, app, { lang: 'zh-CN', code: await hostCode(app, market.show.id), prepare: withGoodUplink });
  await button('开始直播').click();
  await host.until('live');
  li = await openShop(browser, app, market.show.id, { lang: 'zh-CN' });
  wide = await openShop(browser, app, market.show.id, { lang: 'en', isWide: true });
  await Promise.all([li, wide].map((shop) => shop.live.locator('.heart-button').waitFor({ timeout: 30_000 })));
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe('codes', () => {
  it('stand on the shelf once the host has turned them on', async () => {
    await button('优惠').click();
    await host.page.locator('[data-aid=codes]').scrollIntoViewIfNeeded();
    await host.shoot('aids');
    await host.page.locator('[data-aid=codes]').click();
    await host.page.getByRole('switch', { name: '打开评论区下单' }).click();
    await host.page.locator('[data-code=A2]').waitFor();
    await host.shoot('codes');
    expect(await host.faults()).toEqual([]);
    await wide.shelf.getByText('A1 Apples 1').waitFor();
    await wide.shoot('codes-shelf-wide');
  });

  it('put what is written into the cart of whoever wrote it, with an undo', async () => {
    await li.live.locator('.to-chat').click();
    await say('A1 x2');
    await chat().locator('#name').fill('李梅');
    await chat().locator('.naming .primary').click();
    await chat().getByText('已放进购物车：Apples 1 × 2').waitFor();
    await li.shoot('code-in-chat');
    await chat().getByRole('button', { name: '撤销' }).click();
    await say('我要 A1 三份');
    await chat().getByText('Apples 1 × 3').waitFor();
    await say('A2');
    await chat().getByText('Apples 2卖完了').waitFor();
    expect(await li.faults()).toEqual([]);
    await li.live.locator('.panel.chat .panel-head .icon-button').click();
    expect(await li.live.locator('.dock .count').innerText()).toBe('3');
    expect(await wide.live.locator('.panel-foot').count()).toBe(0);
    await closeSheet();
    await host.page.locator('[data-aid=codes]').click();
    await host.page.getByText('评论区打了 2 次，共 5 件').waitFor();
    await closeSheet();
  });
});

describe('a waitlist', () => {
  it('is joined on the page of what is sold out', async () => {
    await li.live.locator('.to-shelf').click();
    await li.shelf.locator(`[data-product="${market.products[1]!.id}"] .open`).click();
    await li.shelf.locator('[part=wait-button]').click();
    await li.shelf.getByText('您排在第 1 位').waitFor();
    await li.shoot('wait-joined');
    expect(await li.faults()).toEqual([]);
    await wide.shelf.locator(`[data-product="${market.products[1]!.id}"] .open`).click();
    await wide.shelf.locator('[part=wait-button]').waitFor();
    await wide.shoot('wait-offered-wide');
    await wide.shelf.locator('[part=wait-button]').click();
    await wide.shelf.getByText('You are number 2 in line').waitFor();
    await host.page.locator('[data-aid=waitlist]').click();
    await host.page.getByText('2 人在等，共要 2 件').waitFor();
    await host.shoot('waitlist');
    await closeSheet();
  });

  it('gives the first one the piece of a new lot, and its number is on the order', async () => {
    await host.page.locator('[data-aid=lots]').click();
    await button('加一批货').click();
    await host.page.locator('select[name=variant]').selectOption({ label: 'Apples 2' });
    await host.page.locator('input[name=name]').fill('北坡头茬');
    await host.page.locator('input[name=quota]').fill('1');
    await host.shoot('lot-form');
    expect(await host.faults()).toEqual([]);
    await button('加上这一批').click();
    await host.page.getByText('剩 1 / 1 件').waitFor();
    await host.shoot('lots');
    await closeSheet();

    await li.live.locator('.panel.shelf .close').click();
    const card = li.live.locator('fieldcast-wait-card');
    await card.getByText('轮到您了').waitFor();
    await li.shoot('your-turn');
    expect(await li.faults()).toEqual([]);
    expect(await wide.live.locator('fieldcast-wait-card').count()).toBe(0);
    await card.getByRole('button', { name: '下单' }).click();
    await li.checkout.locator('#name').fill('李梅');
    await li.checkout.locator('#phone').fill('138 0000 0001');
    await li.checkout.locator('#address').fill('杭州市西湖区文三路 1 号');
    await li.checkout.locator('#address').blur();
    await li.checkout.locator('[part="order-button"]').getByText('¥40.00').waitFor();
    await li.shoot('your-turn-cart');
    await li.checkout.locator('[part="order-button"]').click();
    await li.checkout.locator('[part=placed]').getByRole('button').first().click();
    await li.checkout.getByText('批次：北坡头茬 第 1 号（共 1 件）').waitFor();
    await li.shoot('lot-order');
    await card.waitFor({ state: 'detached' });
  });

  it('tells the host what came of it, and goes on to the next with the next piece', async () => {
    const token = market.hostToken;
    await app.call('PATCH', `/api/v1/variants/${market.products[1]!.variants[0]!.id}`, { token, body: { stock: 1 }, headers: { 'idempotency-key': 'one-more-piece' } });
    await wide.live.locator('fieldcast-wait-card').getByText('It is your turn').waitFor();
    await wide.shoot('your-turn-wide');
    await host.page.locator('[data-aid=waitlist]').click();
    await host.page.getByText('1 人已下单').waitFor();
    await host.page.getByText('已留出 1 件').waitFor();
    await host.shoot('waitlist-held');
    await button('结束排队').click();
    await button('确定结束').click();
    await wide.live.locator('fieldcast-wait-card').getByText('The host closed the list.').waitFor();
    await wide.shoot('wait-closed-wide');
    expect([...li.complaints, ...wide.complaints, ...host.complaints]).toEqual([]);
  });
});
