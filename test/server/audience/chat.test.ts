// A show's chat as people meet it over HTTP and sockets: order, resync, rules, moderation from the banned side, erasure.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage, ChatPage, Restriction } from '../../../server/protocol/chat.ts';
import { inFull } from '../../../server/protocol/chat-news.ts';
import { newId } from '../../../server/protocol/ids.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';
import { openSocket } from '../../support/socket.ts';

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
  // Each test writes at a time of its own, far from the last one's limits.
  clock.advance(60_000);
});

const viewer = () => test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
const write = (text: string, token: string, options: { name?: string; replyTo?: string; key?: string; agent?: string } = {}) =>
  test.call<{ message: ChatMessage; viewerToken: string | null }>('POST', `${path}/messages`, {
    token,
    body: { text, ...(options.name === undefined ? {} : { name: options.name }), ...(options.replyTo ? { replyTo: options.replyTo } : {}) },
    headers: { 'idempotency-key': options.key ?? newId('key'), 'user-agent': options.agent ?? 'A phone' },
  });
const read = (token?: string, query = '') => test.call<ChatPage>('GET', `${path}/messages${query}`, token ? { token } : {});
const texts = async (token?: string, query = '') => (await read(token, query)).body.messages.map((message) => message.text);
const act = (messageId: string, action: string) => test.call<ChatMessage>('PATCH', `${path}/messages/${messageId}`, { token: market.hostToken, body: { action } });
const rule = (body: object) => test.call('PATCH', `${path}/chat-rules`, { token: market.hostToken, body });
const restrict = (messageId: string, kind: string, minutes = 10) =>
  test.call<Restriction>('POST', `${path}/restrictions`, { token: market.hostToken, body: { messageId, kind, minutes } });

describe('a chat', () => {
  it('gives everyone the same messages in the same order, with names and badges', async () => {
    const [li, host] = [await viewer(), market.hostToken];
    const question = await write('Are they sweet?', li, { name: 'Li' });
    expect(question.status).toBe(201);
    await write('Very sweet', host, { replyTo: question.body.message.id, name: 'somebody else' });
    const { messages, revision } = (await read()).body;
    expect(messages.map(({ text, author, replyTo }) => [text, author.name, author.role, replyTo?.text ?? null])).toEqual([
      ['Are they sweet?', 'Li', 'viewer', null],
      ['Very sweet', 'Zhang', 'host', 'Are they sweet?'],
    ]);
    expect(messages.map((message) => message.revision)).toEqual([1, 2]);
    expect(revision).toBe(2);
    expect(JSON.stringify(messages)).not.toContain('vwr_');
  });

  it('tells everyone in the show, gathered, and nothing to those in another show', async () => {
    const other = await openMarket(test);
    const [here, there] = await Promise.all([openSocket(test.url), openSocket(test.url)]);
    await here.ask('show.join', { showId: market.show.id });
    await there.ask('show.join', { showId: other.show.id });
    const token = await viewer();
    await write('one', token);
    await write('two', token);
    clock.advance(200);
    const { messages, seq } = await here.next('chat.changed');
    expect(messages.map((message) => message.text)).toEqual(['one', 'two']);
    expect(seq).toBeGreaterThan(0);
    expect(there.events.filter((event) => event.name === 'chat.changed')).toEqual([]);
    here.close();
    there.close();
  });

  it('writes once for one key, however often it is sent', async () => {
    const token = await viewer();
    const key = newId('key');
    const answers = await Promise.all([1, 2, 3].map(() => write('once', token, { key })));
    expect(new Set(answers.map((answer) => answer.body.message.id)).size).toBe(1);
    expect(await texts()).toEqual(['once']);
  });

  it('hands who comes back just what has changed meanwhile, taken-away messages too', async () => {
    const token = await viewer();
    const first = await write('first', token);
    await write('second', token);
    const { revision } = (await read()).body;
    await write('third', token);
    await act(first.body.message.id, 'remove');
    const { messages } = (await read(undefined, `?after=${revision}`)).body;
    expect(messages.map(({ state, text }) => [state, text])).toEqual([
      ['shown', 'third'],
      ['removed', ''],
    ]);
    expect(await texts()).toEqual(['second', 'third']);
    expect(await texts(undefined, '?before=3&limit=1')).toEqual(['second']);
  });

  it('reads a long absence page by page, without a hole', async () => {
    const host = market.hostToken;
    for (let n = 1; n <= 7; n += 1) await write(`message ${n}`, host);
    const seen: string[] = [];
    for (let after = 0; ; ) {
      const { messages, revision } = (await read(undefined, `?after=${after}&limit=3`)).body;
      if (messages.length === 0) break;
      seen.push(...messages.map((message) => message.text));
      after = revision;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `message ${n}`));
  });

  it('tells what was said in a stretch of time, for the replay', async () => {
    for (const text of ['one', 'two', 'three']) {
      await write(text, market.hostToken);
      clock.advance(1000);
    }
    const end = clock.now();
    expect(await texts(undefined, `?from=${end - 2000}&to=${end}`)).toEqual(['two', 'three']);
    expect(await texts(undefined, `?from=${end - 3000}&to=${end - 2000}`)).toEqual(['one']);
  });

  it('gives a first-time writer an identity to come back with', async () => {
    const answer = await test.call<{ viewerToken: string; message: ChatMessage }>('POST', `${path}/messages`, { body: { text: 'hello' }, headers: { 'idempotency-key': newId('key') } });
    const again = await write('again', answer.body.viewerToken);
    expect(again.body.message.author.key).toBe(answer.body.message.author.key);
    expect(again.body.viewerToken).toBeNull();
  });

  it('keeps markup as the text it is', async () => {
    const token = await viewer();
    const payload = '<img src=x onerror=alert(1)>';
    await write(payload, token, { name: '<b>Li</b>' });
    expect((await read()).body.messages).toMatchObject([{ text: payload, author: { name: '<b>Li</b>' } }]);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['300 signs and one', 'a'.repeat(301)],
    ['two lines', 'a\nb'],
    ['a right-to-left override', 'abc\u202Edef'],
  ])('refuses %s', async (_what, text) => {
    expect((await write(text, await viewer())).body.code).toBe('input.invalid');
  });
});

describe('rules of a chat', () => {
  it('slow mode spaces the messages of one viewer, and of the staff not', async () => {
    await rule({ slowSeconds: 30 });
    const [li, wang] = [await viewer(), await viewer()];
    await write('one', li);
    clock.advance(10_000);
    const hasty = await write('two', li);
    expect([hasty.status, hasty.body.code, hasty.body.params, hasty.headers.get('retry-after')]).toEqual([429, 'chat.slow-mode', { seconds: 20 }, '20']);
    expect((await write('three', wang)).status).toBe(201);
    await write('four', market.hostToken);
    expect((await write('five', market.hostToken)).status).toBe(201);
    clock.advance(20_000);
    expect((await write('six', li)).status).toBe(201);
  });

  it('keep nobody silent for the time that the clock was set back', async () => {
    await rule({ slowSeconds: 30 });
    const li = await viewer();
    await write('one', li);
    clock.set(-600_000);
    expect((await write('two', li)).status).toBe(201);
    expect((await write('three', li)).body).toMatchObject({ code: 'chat.slow-mode', params: { seconds: 30 } });
    clock.set(600_000);
  });

  it('only buyers write when it is ruled so: who has ordered here', async () => {
    await rule({ writers: 'buyers' });
    const token = await viewer();
    expect((await write('hello', token)).body).toMatchObject({ code: 'chat.closed', params: { writers: 'buyers' } });
    await test.call('POST', `${path}/orders`, { token, body: orderOf(market.products[0]!), headers: { 'idempotency-key': newId('key') } });
    await expect.poll(async () => (await write('I have ordered', token)).status).toBe(201);
    await rule({ writers: 'staff' });
    expect((await write('and now?', token)).body.code).toBe('chat.closed');
  });

  it('held messages are seen by the staff and their author until they are let through', async () => {
    await rule({ isHeld: true });
    const host = await openSocket(test.url, market.hostToken);
    const other = await openSocket(test.url);
    await host.ask('show.join', { showId: market.show.id });
    await other.ask('show.join', { showId: market.show.id });
    const token = await viewer();
    const { message } = (await write('please', token)).body;
    expect(message.state).toBe('held');
    expect((await host.next('chat.flagged')).message.text).toBe('please');
    expect([await texts(), await texts(token), await texts(market.hostToken)]).toEqual([[], ['please'], ['please']]);
    await act(message.id, 'approve');
    clock.advance(200);
    expect((await other.next('chat.changed')).messages.map(inFull)).toMatchObject([{ text: 'please', state: 'shown' }]);
    expect(other.events.filter((event) => event.name === 'chat.flagged')).toEqual([]);
    host.close();
    other.close();
  });

  it('refuses blocked words, contacts and the names of the show, but not to the staff', async () => {
    await rule({ blockedWords: ['骗子'] });
    const token = await viewer();
    const refusals = [await write('骗 子', token), await write('加微信 apple888', token), await write('hello', token, { name: 'Ｚｈａｎｇ' }), await write('hello', token, { name: '骗子' })];
    expect(refusals.map((answer) => answer.body.params?.['reason'])).toEqual(['word', 'contact', 'name', 'word']);
    expect((await write('order at https://orchard.example', market.hostToken)).status).toBe(201);
    expect(await texts()).toEqual(['order at https://orchard.example']);
  });

  it('refuses the same words twice in half a minute', async () => {
    const token = await viewer();
    await write('buy buy buy', token);
    expect((await write('BUY, buy buy!', token)).body).toMatchObject({ code: 'chat.refused', params: { reason: 'repeat' } });
    clock.advance(31_000);
    expect((await write('buy buy buy', token)).status).toBe(201);
  });

  it('are read and changed by the staff only', async () => {
    const token = await viewer();
    expect((await test.call('PATCH', `${path}/chat-rules`, { token, body: { slowSeconds: 0 } })).status).toBe(403);
    expect((await test.call('GET', `${path}/moderation`, { token })).status).toBe(403);
    const other = await openMarket(test);
    expect((await test.call('PATCH', `${path}/chat-rules`, { token: other.hostToken, body: { slowSeconds: 0 } })).body.code).toBe('auth.forbidden');
  });
});

describe('moderation', () => {
  it('takes a message away and puts it back, in the log too', async () => {
    const { message } = (await write('rude', await viewer(), { name: 'Li' })).body;
    await act(message.id, 'remove');
    expect([await texts(), await texts(market.hostToken)]).toEqual([[], []]);
    await write('polite', await viewer());
    await act(message.id, 'restore');
    expect(await texts()).toEqual(['rude', 'polite']);
    const { body } = await test.call('GET', `${path}/moderation`, { token: market.hostToken });
    expect(body.entries.map((entry: { action: string; authorName: string; byRole: string }) => [entry.action, entry.authorName, entry.byRole])).toEqual(
      expect.arrayContaining([
        ['restore', 'Li', 'host'],
        ['remove', 'Li', 'host'],
      ]),
    );
  });

  it('pins one message at a time', async () => {
    const [one, two] = [await write('one', market.hostToken), await write('two', market.hostToken)];
    await act(one.body.message.id, 'pin');
    await act(two.body.message.id, 'pin');
    expect((await read()).body.messages.filter((message) => message.isPinned).map((message) => message.text)).toEqual(['two']);
  });

  it('a ban takes the flood away, holds in a new tab of the same phone and network, spares the neighbours who were there before, and ends', async () => {
    const [troll, neighbour] = [await viewer(), await viewer()];
    await write('hello', neighbour, { agent: 'Troll phone' });
    const { message } = (await write('spam one', troll, { agent: 'Troll phone' })).body;
    await write('spam two', troll, { agent: 'Troll phone' });
    clock.advance(1);
    await restrict(message.id, 'ban', 10);
    expect(await texts()).toEqual(['hello']);
    const newTab = await viewer();
    const refused = await write('me again', newTab, { agent: 'Troll phone' });
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([403, 'chat.restricted', { endsAt: clock.now() + 600_000 }]);
    expect((await write('good day', neighbour, { agent: 'Troll phone' })).status).toBe(201);
    expect((await write('good day', await viewer(), { agent: 'Another phone' })).status).toBe(201);
    clock.advance(600_001);
    expect((await write('sorry', troll, { agent: 'Troll phone' })).status).toBe(201);
  });

  it('lifting a ban puts back what it took away, and nothing else', async () => {
    const token = await viewer();
    const [bad, fine] = [await write('bad', token), await write('fine', token)];
    await act(bad.body.message.id, 'remove');
    const { body: ban } = await restrict(fine.body.message.id, 'ban');
    expect(await texts()).toEqual([]);
    expect((await test.call('DELETE', `${path}/restrictions/${ban.id}`, { token: market.hostToken })).status).toBe(204);
    expect(await texts()).toEqual(['fine']);
    expect((await write('thank you', token)).status).toBe(201);
  });

  it('who is shadow-banned sees their own messages and does not know; others do not', async () => {
    const token = await viewer();
    const { message } = (await write('visible', token)).body;
    await restrict(message.id, 'shadow');
    const unseen = await write('invisible', token);
    expect(unseen.body.message).toMatchObject({ text: 'invisible', state: 'shown' });
    expect([await texts(), await texts(token)]).toEqual([['visible'], ['visible', 'invisible']]);
  });

  it('mutes for a time without taking anything away', async () => {
    const token = await viewer();
    const { message } = (await write('a bit much', token)).body;
    await restrict(message.id, 'mute', 1);
    expect((await write('more', token)).body.code).toBe('chat.restricted');
    expect(await texts()).toEqual(['a bit much']);
    clock.advance(60_001);
    expect((await write('calm', token)).status).toBe(201);
  });

  it('cannot restrict the staff', async () => {
    const { message } = (await write('mine', market.hostToken)).body;
    expect((await restrict(message.id, 'ban')).body.code).toBe('auth.forbidden');
  });

  it('hears of a report once per viewer', async () => {
    const host = await openSocket(test.url, market.hostToken);
    await host.ask('show.join', { showId: market.show.id });
    const { message } = (await write('rude', await viewer())).body;
    const report = async (token: string) => test.call('POST', `${path}/messages/${message.id}/reports`, { token, body: {} });
    const token = await viewer();
    await report(token);
    expect((await host.next('chat.flagged')).reports).toBe(1);
    await report(token);
    await report(await viewer());
    expect((await host.next('chat.flagged')).reports).toBe(2);
    host.close();
  });
});

describe('erasure', () => {
  it('an author erases all they wrote, for good; nobody else but the staff can', async () => {
    const [li, wang] = [await viewer(), await viewer()];
    const { message } = (await write('my number is secret', li, { name: 'Li' })).body;
    await write('and my street', li, { name: 'Li' });
    await write('hello', wang);
    expect((await test.call('DELETE', `${path}/messages/${message.id}/author`, { token: wang })).status).toBe(404);
    expect((await test.call('DELETE', `${path}/messages/${message.id}/author`, { token: li })).status).toBe(204);
    const { messages } = (await read(market.hostToken, '?after=0')).body;
    expect(JSON.stringify(messages)).not.toMatch(/secret|street|"Li"/);
    expect((await act(message.id, 'restore')).body.code).toBe('chat.wrong-state');
    expect(await texts()).toEqual(['hello']);
  });

  it('goes with its show, down to the last trace', async () => {
    const token = await viewer();
    const { message } = (await write('remember me', token, { name: 'Li' })).body;
    await test.call('POST', `${path}/messages/${message.id}/reports`, { token: await viewer(), body: {} });
    await restrict(message.id, 'mute');
    await rule({ slowSeconds: 5 });
    expect((await test.call('DELETE', path, { token: test.operatorToken })).status).toBe(204);
    expect((await read()).status).toBe(404);
    const file = new SqliteDatabase(join(test.dataDir, 'fieldcast.sqlite'), { readonly: true });
    const left = () =>
      ['chat_messages', 'chat_restrictions', 'chat_rules', 'moderation_log'].filter((table) => file.prepare(`select 1 from ${table} where show_id = ?`).get(market.show.id));
    await expect.poll(left).toEqual([]);
    expect(file.prepare('select 1 from chat_reports where message_id = ?').get(message.id)).toBeUndefined();
    file.close();
  });
});
