// What people type is text everywhere: 200 scripts and pieces of markup in every field, kept as typed, shown as typed, run nowhere,
// on the demo's own pages under the server's content security policy.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPage } from '../../server/protocol/chat.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { DESKTOP, launchBrowser, openVisitor, PHONE } from '../support/browser.ts';
import { type KeptShows, startWithKeptShow } from '../support/kept-shows.ts';
import { hostLink, type Market, openMarket, orderOf } from '../support/start-app.ts';
import { markup, oddText, SENTINEL, shortMarkup, turnedText } from './corpus/markup.ts';

/** Of one identity in a minute. */
const TURN = 25;

let app: KeptShows;
let browser: Browser;
let market: Market;
let orderId: string;
const path = () => `/api/v1/shows/${market.show.id}`;
const keyed = () => ({ 'idempotency-key': newId('key') });
const staff = (name: string) => app.app.issueToken({ role: 'operator', identity: newId('per'), name: name.slice(0, 80) }, 3600_000);
const viewer = () => app.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);

beforeAll(async () => {
  [app, browser] = await Promise.all([startWithKeptShow(), launchBrowser()]);
  market = await openMarket(app, [100]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const productId = () => (market.products[0] as Product).id;

/** Does `work` for each, some for one caller. */
async function inTurns(texts: readonly string[], callers: () => Promise<string>, work: (text: string, token: string, index: number) => Promise<{ status: number }>, turn = TURN): Promise<void> {
  for (let first = 0; first < texts.length; first += turn) {
    const token = await callers();
    for (const [index, text] of texts.slice(first, first + turn).entries()) expect((await work(text, token, first + index)).status, text).toBeLessThan(300);
  }
}

describe('what people type', () => {
  it('is kept and answered as it was typed: 200 messages, captions and orders; names, goods, titles, answers', async () => {
    expect(markup).toHaveLength(200);
    await app.call('PATCH', `${path()}/chat-rules`, { token: market.hostToken, body: { blocksContacts: false } });
    // Without their signs some of them are the same words again, which nobody may say twice in a row.
    const said = (text: string, token: string, index: number) => app.call('POST', `${path()}/messages`, { token, body: { text, name: shortMarkup[index % shortMarkup.length] }, headers: keyed() });
    await inTurns(markup.slice(100), viewer, said, 1);
    // The staff's are shown to everybody at any pace, so they come last: a page begins with the newest fifty.
    await inTurns(markup.slice(0, 100), () => staff(markup[7] as string), (text, token) => app.call('POST', `${path()}/messages`, { token, body: { text }, headers: keyed() }));
    await inTurns(markup, () => staff('x'), (text, token) => app.call('POST', `${path()}/captions`, { token, body: { text: text.slice(0, 100), lang: 'en', source: 'typed' }, headers: keyed() }));
    const token = app.operatorToken;
    await app.call('PATCH', `/api/v1/products/${productId()}`, { token, body: { name: markup[4], description: markup.slice(0, 15).join('\n') } });
    await inTurns(markup, viewer, async (text, buyer, index) => {
      const order = orderOf(market.products[0] as Product);
      const answer = await app.call('POST', `${path()}/orders`, { token: buyer, body: { ...order, buyer: { ...order.buyer, name: text.slice(0, 60), address: text }, note: text }, headers: keyed() });
      if (index < 20 && answer.status === 201) orderId = answer.body.id;
      // After a hundred the goods are sold out; that is an answer too.
      return index < 100 ? answer : { status: answer.body.code === 'stock.insufficient' ? 200 : answer.status };
    });
    const title = (markup[3] as string).slice(0, 80);
    await app.call('PATCH', path(), { token, body: { title } });
    await app.call('PATCH', `/api/v1/sellers/${market.show.sellerId}`, { token, body: { name: markup[6] } });
    for (const text of markup.slice(0, 20)) expect((await app.call('POST', `${path()}/ready-answers`, { token, body: { text } })).status).toBe(201);
    expect((await app.call('PUT', `${path()}/announcement`, { token, body: { text: markup[8] } })).status).toBeLessThan(300);
    expect((await app.call('POST', `${path()}/polls`, { token, body: { question: markup[6], options: [shortMarkup[0], shortMarkup[6]] }, headers: keyed() })).status).toBeLessThan(300);

    const { messages } = (await app.call<ChatPage>('GET', `${path()}/messages?after=0&limit=200`, { token })).body;
    expect(messages.map(({ text }) => text)).toEqual([...markup.slice(100), ...markup.slice(0, 100)]);
    expect(new Set(messages.map(({ author }) => author.name))).toEqual(new Set([markup[7], ...shortMarkup]));
    const { lines } = (await app.call('GET', `${path()}/captions?after=0&limit=200`)).body as { lines: { text: string }[] };
    expect(lines.map(({ text }) => text)).toEqual(markup.map((text) => text.slice(0, 100)));
    const { orders } = (await app.call('GET', `${path()}/orders`, { token })).body;
    expect(orders.map((order: { note: string }) => order.note).sort()).toEqual(markup.slice(0, 100).toSorted());
    expect((await app.call('GET', path())).body.show.title).toBe(title);
  });

  it('is text with odd signs too, and refused where signs turn it round', async () => {
    const token = await viewer();
    for (const text of oddText) expect((await app.call('POST', `${path()}/messages`, { token, body: { text }, headers: keyed() })).status, text).toBe(201);
    const spoken = (await app.call<ChatPage>('GET', `${path()}/messages?limit=${oddText.length}`)).body.messages.map(({ text }) => text);
    expect(spoken).toEqual(oddText.map((text) => text.trim()));
    for (const text of [...turnedText, 'x'.repeat(10_000)]) {
      expect((await app.call('POST', `${path()}/messages`, { token, body: { text }, headers: keyed() })).body.code, text.slice(0, 20)).toBe('input.invalid');
      expect((await app.call('POST', `${path()}/messages`, { token, body: { text: 'x', name: text }, headers: keyed() })).body.code).toBe('input.invalid');
    }
  });

  it('is never run: not for viewers, hosts, operators, buyers, nor in the replay', async () => {
    const link = await hostLink(app.call, app.operatorToken, market.show.id);
    const keptPath = `/api/v1/shows/${app.market.show.id}`;
    await inTurns(markup.slice(0, 50), () => staff(markup[7] as string), (text, token) => app.call('POST', `${keptPath}/messages`, { token, body: { text }, headers: keyed() }));
    // What was said during the show stands in its replay.
    const database = new SqliteDatabase(join(app.dataDir, 'fieldcast.sqlite'));
    database.prepare('update chat_messages set at = (select started_at + 1000 from shows where id = show_id) where show_id = ?').run(app.market.show.id);
    database.close();
    const words = 'fieldcast-chat .message .words';

    const shop = await visit(`/demo/shop.html?show=${market.show.id}`, async (page) => {
      await page.locator('fieldcast-live .to-chat').click();
      await expect.poll(() => page.locator(words).count()).toBeGreaterThan(40);
    });
    const said = new Set([...markup, ...oddText.map((text) => text.trim())]);
    expect(shop.texts.filter((text) => !said.has(text))).toEqual([]);
    const studio = await visit(new URL(link).pathname + new URL(link).hash, async (page) => {
      await page.locator('fieldcast-studio').waitFor();
      await expect.poll(() => page.locator('fieldcast-studio').evaluate((element) => element.shadowRoot?.textContent?.includes('onerror') ?? false)).toBe(true);
    });
    const desk = await visit(`/demo/operator.html#/shows/${market.show.id}`, async (page) => {
      await page.locator('input[type=password]').fill('operator-of-the-test');
      await page.keyboard.press('Enter');
      await page.getByText(markup[4] as string).first().waitFor();
    });
    const order = await visit(`/demo/order.html#${orderId}`, (page) => page.getByText(markup[4] as string).first().waitFor());
    const replay = await visit(`/demo/shop.html?show=${app.market.show.id}&t=5`, async (page) => {
      await page.locator('fieldcast-player[state=replay]').waitFor();
      await page.locator('fieldcast-live .to-chat').click();
      await expect.poll(() => page.locator(words).count()).toBe(50);
    });
    expect(replay.texts).toEqual(markup.slice(0, 50));
    for (const page of [shop, studio, desk, order, replay]) expect(page).toMatchObject({ hasRun: false, dialogs: [], strange: [] });
  });
});

interface Seen {
  texts: string[];
  hasRun: boolean;
  dialogs: string[];
  /** Elements that nobody of us makes, with what was typed in them. */
  strange: string[];
}

async function visit(address: string, see: (page: Page) => Promise<unknown>): Promise<Seen> {
  const { context, page } = await openVisitor(browser, { size: address.includes('operator') ? DESKTOP : PHONE, locale: 'en', ...(address.includes('farmer') ? { camera: 'small' } : {}) });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.setDefaultTimeout(20_000);
  await page.goto(`${app.url}${address}`);
  await see(page);
  const seen = await page.evaluate((sentinel) => {
    const roots: (Document | ShadowRoot)[] = [document];
    const strange: string[] = [];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        const isOurs = !/^(iframe|object|embed|marquee|math|base|x|frame)$/i.test(element.localName);
        if (!isOurs || [...element.attributes].some(({ name, value }) => name.startsWith('on') || value.trim().startsWith('javascript:'))) strange.push(element.outerHTML.slice(0, 120));
      }
    }
    const texts = roots.flatMap((root) => [...root.querySelectorAll('.message .words')]).map((element) => element.textContent ?? '');
    return { texts, strange, hasRun: sentinel in globalThis };
  }, SENTINEL);
  await context.close();
  return { ...seen, dialogs };
}
