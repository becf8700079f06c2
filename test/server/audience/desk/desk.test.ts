// The staff's desk of a chat over HTTP: what waits for a decision, restrictions that come back, trying a blocked word, the table.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage, ModerationEntry, Restriction } from '../../../../server/protocol/chat.ts';
import { newId } from '../../../../server/protocol/ids.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openSocket } from '../../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../../support/start-app.ts';

const clock = new FakeClock();
let test: TestApp;
let market: Market;
let path: string;
beforeAll(async () => {
  test = await startApp({ clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  market = await openMarket(test);
  path = `/api/v1/shows/${market.show.id}`;
  clock.advance(60_000);
});

const viewer = () => test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
const write = async (text: string, token: string, more: object = {}): Promise<ChatMessage> =>
  (await test.call('POST', `${path}/messages`, { token, body: { text, ...more }, headers: { 'idempotency-key': newId('key') } })).body.message;
const asHost = (method: string, rest: string, body?: unknown) => test.call(method, `${path}${rest}`, { token: market.hostToken, ...(body === undefined ? {} : { body }) });
const waiting = async () => ((await asHost('GET', '/messages/flagged')).body.flagged as { message: ChatMessage; reports: number }[]).map(({ message, reports }) => [message.text, message.state, reports]);
const report = async (message: ChatMessage, token: string) => test.call('POST', `${path}/messages/${message.id}/reports`, { token, body: {} });
const texts = async () => ((await test.call('GET', `${path}/messages`)).body.messages as ChatMessage[]).map(({ text }) => text);

describe('what waits for a decision', () => {
  it('is what was reported, until somebody decides, and again when somebody else reports it', async () => {
    const [a, b, c] = [await viewer(), await viewer(), await viewer()];
    const message = await write('rubbish', a);
    await write('fine', a);
    expect(await waiting()).toEqual([]);
    await report(message, b);
    await report(message, c);
    expect(await waiting()).toEqual([['rubbish', 'shown', 2]]);
    await asHost('PATCH', `/messages/${message.id}`, { action: 'approve' });
    expect(await waiting()).toEqual([]);
    await report(message, b);
    expect(await waiting()).toEqual([]);
    const desk = await openSocket(test.url, market.hostToken);
    await desk.ask('show.join', { showId: market.show.id });
    await report(message, await viewer());
    expect(await desk.next('chat.flagged')).toMatchObject({ reports: 1 });
    desk.close();
    expect(await waiting()).toEqual([['rubbish', 'shown', 1]]);
    await asHost('PATCH', `/messages/${message.id}`, { action: 'remove' });
    expect(await waiting()).toEqual([]);
  });

  it('is what is held, oldest first', async () => {
    await asHost('PATCH', '/chat-rules', { isHeld: true });
    const token = await viewer();
    const first = await write('one', token);
    await write('two', token);
    expect(await waiting()).toEqual([['one', 'held', 0], ['two', 'held', 0]]);
    await asHost('PATCH', `/messages/${first.id}`, { action: 'approve' });
    expect(await waiting()).toEqual([['two', 'held', 0]]);
    expect(await texts()).toEqual(['one']);
  });

  it('is not for viewers', async () => {
    expect((await test.call('GET', `${path}/messages/flagged`, { token: await viewer() })).status).toBe(403);
    expect((await test.call('GET', `${path}/messages.csv`, { token: await viewer() })).status).toBe(403);
  });
});

describe('a restriction', () => {
  it('that was lifted by mistake holds again, with what it took away', async () => {
    const token = await viewer();
    const message = await write('spam', token, { name: 'Troll' });
    const ban = (await asHost('POST', '/restrictions', { messageId: message.id, kind: 'ban', minutes: 60 })).body as Restriction;
    await asHost('DELETE', `/restrictions/${ban.id}`);
    expect(await texts()).toEqual(['spam']);
    const again = (await asHost('PATCH', `/restrictions/${ban.id}`, { minutes: 30 })).body as Restriction;
    expect(again).toMatchObject({ id: ban.id, kind: 'ban', endsAt: clock.now() + 30 * 60_000 });
    expect(await texts()).toEqual([]);
    expect((await test.call('POST', `${path}/messages`, { token, body: { text: 'me' }, headers: { 'idempotency-key': newId('key') } })).body.code).toBe('chat.restricted');
    const log = (await asHost('GET', '/moderation')).body.entries as ModerationEntry[];
    expect(log.map(({ action, authorName }) => [action, authorName])).toContainEqual(['lift', 'Troll']);
  });

  it('of another show is not found', async () => {
    expect((await asHost('PATCH', '/restrictions/nothing_like_it', { minutes: 5 })).status).toBe(404);
  });
});

describe('trying a blocked word', () => {
  const trial = async (word: string, text = '') => (await asHost('POST', '/chat-rules/trial', { word, text })).body as { variants: string[]; isCaught: boolean };

  it('shows how people would write it, each of which it catches', async () => {
    const { variants } = await trial('加微信');
    expect(variants).toEqual(expect.arrayContaining(['加 微 信', '加.微.信', 'jiaweixin', 'jwx']));
    for (const variant of variants) expect(await trial('加微信', variant)).toMatchObject({ isCaught: true });
    expect((await trial('spam')).variants).toEqual(expect.arrayContaining(['s p a m', 'ｓｐａｍ', 'SPAM']));
  });

  it('says what it leaves alone', async () => {
    expect(await trial('ass', 'what a class')).toMatchObject({ isCaught: false });
    expect(await trial('加微信', '今天的苹果很甜')).toMatchObject({ isCaught: false });
  });
});

describe('the chat as a table', () => {
  it('has every message with clock, author and answer, and nothing by which anybody is found', async () => {
    const token = await viewer();
    const question = await write('=cmd|甜吗？', token, { name: '@李' });
    await write('很"甜"', market.hostToken, { replyTo: question.id });
    const gone = await write('bad', token);
    await asHost('PATCH', `/messages/${gone.id}`, { action: 'remove' });
    const response = await fetch(`${test.url}${path}/messages.csv`, { headers: { authorization: `Bearer ${market.hostToken}` } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="chat-shw_\w+\.csv"$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = new TextDecoder().decode(bytes).trimEnd().split('\r\n').slice(1);
    const at = `"${new Date(question.at).toISOString()}",""`;
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe(`${at},"${question.author.key}","'@李","viewer","shown","","","","'=cmd|甜吗？"`);
    expect(rows[1]).toContain(`"Zhang","host","shown","","'@李","'=cmd|甜吗？","很""甜"""`);
    expect(rows[2]).toContain('"removed","","","","bad"');
    expect(rows.join()).not.toMatch(/vwr_|127\.0\.0|per_/);
  });
});
