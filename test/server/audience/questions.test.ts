// A show's questions as people meet them: found in chat, put together, answered to all or to one alone, over reconnects and restarts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage, ChatPage } from '../../../server/protocol/chat.ts';
import { newId } from '../../../server/protocol/ids.ts';
import type { Question, QuestionList, ReadyAnswer } from '../../../server/protocol/questions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openSocket } from '../../support/socket.ts';

const clock = new FakeClock();
let dataDir: string;
let test: TestApp;
let market: Market;
let path: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-questions-'));
  test = await startApp({ clock, dataDir });
});
afterAll(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  market = await openMarket(test, [10, 10]);
  path = `/api/v1/shows/${market.show.id}`;
  clock.advance(60_000);
});

const viewer = () => test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
const helper = (rights: ('chat' | 'shelf')[]) => test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, name: 'Wu', rights }, 3600_000);
const write = async (text: string, token: string, more: object = {}) =>
  (await test.call<{ message: ChatMessage }>('POST', `${path}/messages`, { token, body: { text, ...more }, headers: { 'idempotency-key': newId('key') } })).body.message;
const ask = async (text: string, more: object = {}) => write(text, await viewer(), more);
const list = async (token = market.hostToken) => (await test.call<QuestionList>('GET', `${path}/questions`, { token })).body;
const only = async () => (await list()).questions[0] as Question;
const told = async () => (await list()).questions.map(({ text, askers, state }) => [text, askers, state]);
const messages = async (token?: string, query = '') => (await test.call<ChatPage>('GET', `${path}/messages${query}`, token ? { token } : {})).body.messages;
const set = (id: string, state: string, token = market.hostToken) => test.call<Question>('PATCH', `${path}/questions/${id}`, { token, body: { state } });
const answer = (id: string, text: string, more: { isPrivate?: boolean; key?: string; token?: string } = {}) =>
  test.call<{ question: Question; messages: ChatMessage[] }>('POST', `${path}/questions/${id}/answers`, {
    token: more.token ?? market.hostToken,
    body: { text, isPrivate: more.isPrivate ?? false },
    headers: { 'idempotency-key': more.key ?? newId('key') },
  });
const act = (id: string, action: string) => test.call('PATCH', `${path}/messages/${id}`, { token: market.hostToken, body: { action } });
const pin = (productIds: (string | undefined)[]) => test.call('PUT', `${path}/pins`, { token: market.hostToken, body: { productIds } });

describe('questions of a show', () => {
  it('are found in what viewers write, put together, and not in what the host says', async () => {
    await ask('甜吗');
    await ask('这个甜不甜？');
    await ask('好漂亮');
    await ask('包邮吗');
    await write('你们那边下雨了吗', market.hostToken);
    expect(await told()).toEqual(
      expect.arrayContaining([
        ['甜吗', 2, 'open'],
        ['包邮吗', 1, 'open'],
      ]),
    );
    expect(await list()).toMatchObject({ open: 2, questions: { length: 2 } });
  });

  it('one person who asks twice is one', async () => {
    const token = await viewer();
    await write('甜吗', token);
    clock.advance(40_000);
    await write('甜不甜', token);
    expect(await told()).toEqual([['甜吗', 1, 'open']]);
  });

  it('are about the product they name, else about what was pinned in the picture of who asked', async () => {
    const [one, two] = market.products;
    await pin([one?.id]);
    clock.advance(10_000);
    const late = clock.now() - 1000;
    await pin([two?.id]);
    clock.advance(4_000);
    await ask('how much');
    await ask('is it sweet', { pictureAt: late });
    await ask('do apples 1 keep long', { pictureAt: late });
    await ask('can it be frozen', { pictureAt: 1_000_000_000_000 });
    expect(Object.fromEntries((await list()).questions.map(({ text, productId }) => [text, productId]))).toEqual({
      'how much': two?.id,
      'is it sweet': one?.id,
      'do apples 1 keep long': one?.id,
      // Nobody's picture is that late: it counts as the latest there can be.
      'can it be frozen': null,
    });
  });

  it('come when a held message is let through, and go with what is taken away, banned or erased', async () => {
    await test.call('PATCH', `${path}/chat-rules`, { token: market.hostToken, body: { isHeld: true } });
    const held = await ask('包邮吗');
    expect(await told()).toEqual([]);
    await act(held.id, 'approve');
    expect(await told()).toEqual([['包邮吗', 1, 'open']]);
    await act(held.id, 'remove');
    expect(await list()).toMatchObject({ questions: [], open: 0 });
    await act(held.id, 'restore');
    expect(await told()).toEqual([['包邮吗', 1, 'open']]);
    const { body: ban } = await test.call('POST', `${path}/restrictions`, { token: market.hostToken, body: { messageId: held.id, kind: 'ban', minutes: 5 } });
    expect(await told()).toEqual([]);
    await test.call('DELETE', `${path}/restrictions/${ban.id}`, { token: market.hostToken });
    expect(await told()).toEqual([['包邮吗', 1, 'open']]);
    await test.call('DELETE', `${path}/messages/${held.id}/author`, { token: market.hostToken });
    expect(await list()).toMatchObject({ questions: [], open: 0 });
  });

  it('are never those of a shadow-banned sender', async () => {
    const token = await viewer();
    const hello = await write('hello', token);
    await test.call('POST', `${path}/restrictions`, { token: market.hostToken, body: { messageId: hello.id, kind: 'shadow', minutes: 5 } });
    await write('甜吗', token);
    expect(await told()).toEqual([]);
  });

  it('are marked by hand, and marked as none, and stay so', async () => {
    const said = await ask('我家在新疆');
    const marked = await test.call<Question>('PUT', `${path}/messages/${said.id}/question`, { token: market.hostToken });
    expect(marked.body).toMatchObject({ text: '我家在新疆', state: 'open', askers: 1 });
    expect((await test.call('DELETE', `${path}/messages/${said.id}/question`, { token: market.hostToken })).status).toBe(204);
    await act(said.id, 'remove');
    await act(said.id, 'restore');
    expect(await told()).toEqual([]);
    await test.call('PUT', `${path}/messages/${said.id}/question`, { token: market.hostToken });
    expect(await told()).toEqual([['我家在新疆', 1, 'open']]);
    const own = await write('你们呢', market.hostToken);
    expect((await test.call('PUT', `${path}/messages/${own.id}/question`, { token: market.hostToken })).body.code).toBe('chat.wrong-state');
    expect((await test.call('PUT', `${path}/messages/${newId('msg')}/question`, { token: market.hostToken })).body.code).toBe('not-found');
  });

  it('are marked as answered or dismissed, and opened again', async () => {
    const [li, wang] = [await viewer(), await viewer()];
    await write('甜吗', li);
    const question = await only();
    await set(question.id, 'answered');
    expect((await messages(li)).map(({ isAnswered }) => isAnswered)).toEqual([true]);
    expect(await list()).toMatchObject({ open: 0, questions: [{ state: 'answered' }] });
    await set(question.id, 'open');
    expect((await messages(li)).map(({ isAnswered }) => isAnswered)).toEqual([false]);
    await set(question.id, 'dismissed');
    await write('甜不甜', wang);
    expect(await told()).toEqual([['甜吗', 2, 'dismissed']]);
    expect((await set(newId('qst'), 'open')).body.code).toBe('not-found');
  });

  it('are answered by a reply of the staff, and open again when it is taken away', async () => {
    const [li, wang] = [await viewer(), await viewer()];
    const first = await write('甜吗', li);
    await write('这个甜吗', wang);
    const reply = await write('很甜', market.hostToken, { replyTo: first.id });
    expect(await only()).toMatchObject({ state: 'answered', askers: 2, answer: { text: '很甜', isPrivate: false } });
    await act(reply.id, 'pin');
    await set((await only()).id, 'open');
    await act(reply.id, 'unpin');
    expect(await only()).toMatchObject({ state: 'open', answer: null });
    const again = await write('真的甜', market.hostToken, { replyTo: first.id });
    expect((await only()).state).toBe('answered');
    await act(again.id, 'remove');
    expect(await only()).toMatchObject({ state: 'open', answer: null });
    // Who asks after the answer has not heard it.
    await act(again.id, 'restore');
    await ask('甜吗');
    expect(await told()).toEqual(expect.arrayContaining([['甜吗', 2, 'answered'], ['甜吗', 1, 'open']]));
  });

  it('are told to the staff who may chat as they come, once each, and to nobody else', async () => {
    const [host, wu, packer, other] = await Promise.all([openSocket(test.url, market.hostToken), openSocket(test.url, await helper(['chat'])), openSocket(test.url, await helper(['shelf'])), openSocket(test.url)]);
    for (const socket of [host, wu, packer, other]) await socket.ask('show.join', { showId: market.show.id });
    await ask('甜吗');
    clock.advance(200);
    for (const socket of [host, wu]) expect(await socket.next('questions.changed')).toMatchObject({ open: 1, questions: [{ text: '甜吗', askers: 1, state: 'open' }] });
    for (const token of [await viewer(), await helper(['shelf'])]) {
      expect((await test.call('GET', `${path}/questions`, { token })).status).toBe(403);
    }
    const { id } = await only();
    expect((await set(id, 'answered', await helper(['chat']))).status).toBe(200);
    expect(await host.next('questions.changed', ({ questions }) => questions[0]?.state === 'answered')).toMatchObject({ open: 0 });
    for (const socket of [packer, other]) expect(socket.events.filter(({ name }) => name.startsWith('questions.'))).toEqual([]);
    for (const socket of [host, wu, packer, other]) socket.close();
    const foreign = await openMarket(test);
    expect((await set(id, 'open', foreign.hostToken)).body.code).toBe('auth.forbidden');
  });

  it('take a flood without growing what anybody is sent', async () => {
    // Straight into the store: what a limit of calls would take minutes for.
    const { default: Sqlite } = await import('better-sqlite3');
    const file = new Sqlite(join(dataDir, 'fieldcast.sqlite'));
    const insert = file.prepare(
      `insert into chat_messages (id, show_id, position, revision, at, identity, name, role, place, text, reply_to, state, pinned) values (?, ?, ?, ?, ?, ?, '', 'viewer', '', ?, null, 'shown', 0)`,
    );
    file.transaction(() => {
      for (let n = 1; n <= 700; n += 1) insert.run(newId('msg'), market.show.id, n, n, clock.now(), `vwr_${n}`, `第 ${n} 号链接多少钱`);
    })();
    file.close();
    const answerOfAll = await list();
    expect(answerOfAll.questions).toHaveLength(200);
    expect(answerOfAll.open).toBe(700);
    await ask('甜吗');
    expect((await list()).questions.map(({ text }) => text)).toContain('甜吗');
  });
});

describe('an answer from the queue', () => {
  it('to everybody is a reply that all see, written once for its key', async () => {
    const li = await viewer();
    await write('甜吗', li);
    const question = await only();
    const key = newId('key');
    const [first, second] = [await answer(question.id, '很甜', { key }), await answer(question.id, '很甜', { key })];
    expect([first.status, second.body.messages[0]?.id]).toEqual([201, first.body.messages[0]?.id]);
    expect(first.body.question).toMatchObject({ state: 'answered', answer: { text: '很甜' } });
    expect((await messages()).map(({ text, replyTo, isPrivate }) => [text, replyTo?.text ?? null, isPrivate])).toEqual([
      ['甜吗', null, false],
      ['很甜', '甜吗', false],
    ]);
    // Taking it away opens the question again: that is its undo.
    await act(first.body.messages[0]?.id ?? '', 'remove');
    expect((await only()).state).toBe('open');
  });

  it('in private reaches those who asked and the staff who may chat, and nobody else: not by push, page, stretch of time or reply', async () => {
    const [li, wang, other] = [await viewer(), await viewer(), await viewer()];
    await write('这个包邮吗', li);
    await write('包邮不', wang);
    const sockets = await Promise.all([li, wang, other, market.hostToken, await helper(['chat']), await helper(['shelf'])].map((token) => openSocket(test.url, token)));
    for (const socket of sockets) await socket.ask('show.join', { showId: market.show.id });
    const [toLi, toWang, toOther, toHost, toWu, toPacker] = sockets;
    const { body } = await answer((await only()).id, '给您包邮', { isPrivate: true });
    expect(body).toMatchObject({ question: { state: 'answered', answer: { isPrivate: true } }, messages: [{ isPrivate: true }, { isPrivate: true }] });
    clock.advance(200);
    for (const socket of [toLi, toWang]) {
      expect((await socket?.next('chat.private', (event) => event.messages.some(({ text }) => text === '给您包邮')))?.messages.filter(({ isPrivate }) => isPrivate)).toHaveLength(1);
    }
    expect((await toHost?.next('chat.private', (event) => event.messages.some(({ isPrivate }) => isPrivate)))?.messages.filter(({ isPrivate }) => isPrivate)).toHaveLength(2);
    await toWu?.next('chat.private');
    await write('done', market.hostToken);
    clock.advance(200);
    await toOther?.next('chat.changed', (event) => event.messages.some(({ text }) => text === 'done'));
    await toPacker?.next('chat.changed', (event) => event.messages.some(({ text }) => text === 'done'));
    for (const socket of [toOther, toPacker]) expect(JSON.stringify(socket?.events)).not.toContain('给您包邮');
    for (const socket of sockets) socket.close();

    for (const token of [other, undefined, await helper(['shelf'])]) {
      for (const query of ['', '?after=0', '?before=1000', `?from=${clock.now() - 60_000}&to=${clock.now() + 1}`]) {
        expect(JSON.stringify(await messages(token, query))).not.toContain('给您包邮');
      }
    }
    const own = (await messages(li)).filter(({ isPrivate }) => isPrivate);
    expect(own.map(({ text, replyTo }) => [text, replyTo?.text])).toEqual([['给您包邮', '这个包邮吗']]);
    const [secret] = own;
    expect((await test.call('POST', `${path}/messages`, { token: other, body: { text: 'what?', replyTo: secret?.id }, headers: { 'idempotency-key': newId('key') } })).body.code).toBe('not-found');
    expect((await act(secret?.id ?? '', 'pin')).body.code).toBe('chat.wrong-state');
    // What the asker says to it stays between them, and can ask again.
    await write('那新疆呢，也包吗', li, { replyTo: secret?.id });
    expect(JSON.stringify(await messages(other))).not.toContain('新疆');
    expect((await list()).questions.find(({ state }) => state === 'open')).toMatchObject({ isPrivate: true, text: '那新疆呢，也包吗' });
  });

  it('in private is there once for who was away', async () => {
    const li = await viewer();
    await write('包邮吗', li);
    const { revision } = (await test.call<ChatPage>('GET', `${path}/messages`, { token: li })).body;
    for (let n = 0; n < 3; n += 1) await write(`between ${n}`, market.hostToken);
    await answer((await only()).id, '包', { isPrivate: true });
    const seen: ChatMessage[] = [];
    for (let after = revision; ; ) {
      const page = (await test.call<ChatPage>('GET', `${path}/messages?after=${after}&limit=1`, { token: li })).body;
      if (page.messages.length === 0) break;
      seen.push(...page.messages);
      after = page.revision;
    }
    expect(seen.map(({ text }) => text).sort()).toEqual(['between 0', 'between 1', 'between 2', '包', '包邮吗'].sort());
    expect(seen.find(({ text }) => text === '包邮吗')).toMatchObject({ isAnswered: true });
  });

  it('to one of several who ask leaves it open for the others', async () => {
    const first = await ask('包邮吗');
    await ask('包不包邮');
    await write('给您包', market.hostToken, { replyTo: first.id, isPrivate: true });
    expect(await only()).toMatchObject({ state: 'open', askers: 2, answer: { text: '给您包' } });
    await answer((await only()).id, '都包');
    expect(await only()).toMatchObject({ state: 'answered' });
  });

  it('in private is for staff to write, to viewers, in answer to something', async () => {
    const [li, host] = [await viewer(), market.hostToken];
    const question = await write('甜吗', li);
    const reply = await write('甜', host, { replyTo: question.id });
    const post = (token: string, body: object) => test.call('POST', `${path}/messages`, { token, body, headers: { 'idempotency-key': newId('key') } });
    expect((await post(await viewer(), { text: 'psst', replyTo: question.id, isPrivate: true })).body.code).toBe('auth.forbidden');
    expect((await post(host, { text: 'psst', isPrivate: true })).body.code).toBe('chat.wrong-state');
    expect((await post(host, { text: 'psst', replyTo: reply.id, isPrivate: true })).body.code).toBe('chat.wrong-state');
    expect((await answer(newId('qst'), 'x')).body.code).toBe('not-found');
    await act(question.id, 'remove');
    await set((await only())?.id ?? '', 'open');
  });

  it('in private is not for a crowd', async () => {
    for (let n = 0; n < 21; n += 1) await ask('包邮吗');
    const { id } = await only();
    expect((await answer(id, 'x', { isPrivate: true })).body.code).toBe('chat.wrong-state');
    expect((await answer(id, 'x')).status).toBe(201);
  });

  it('is erased with the person it was for', async () => {
    const li = await viewer();
    const question = await write('能送到文三路 1 号吗', li);
    await answer((await only()).id, '能送到文三路 1 号', { isPrivate: true });
    expect((await test.call('DELETE', `${path}/messages/${question.id}/author`, { token: li })).status).toBe(204);
    const taken = await write('我住文三路 2 号，能送吗', li);
    await list();
    await act(taken.id, 'remove');
    await list();
    await test.call('DELETE', `${path}/messages/${taken.id}/author`, { token: li });
    const { default: Sqlite } = await import('better-sqlite3');
    const file = new Sqlite(join(dataDir, 'fieldcast.sqlite'), { readonly: true });
    const everything = JSON.stringify([await list(), await messages(market.hostToken, '?after=0'), file.prepare('select * from questions where show_id = ?').all(market.show.id)]);
    file.close();
    expect(everything).not.toContain('文三路');
  });
});

describe('ready answers', () => {
  const listed = async (token = market.hostToken) => (await test.call<{ answers: ReadyAnswer[] }>('GET', `${path}/ready-answers`, { token })).body.answers;
  const add = (body: object, token = market.hostToken) => test.call<ReadyAnswer>('POST', `${path}/ready-answers`, { token, body });

  it('are kept for a seller, general or for a product, changed and deleted', async () => {
    const [one] = market.products;
    const general = await add({ text: '48 小时内发货' });
    await add({ text: '<b>很甜</b>', productId: one?.id });
    expect((await listed(await helper(['chat']))).map(({ text, productId }) => [text, productId])).toEqual([
      ['48 小时内发货', null],
      ['<b>很甜</b>', one?.id],
    ]);
    const own = `${path}/ready-answers/${general.body.id}`;
    expect((await test.call('PATCH', own, { token: market.hostToken, body: { text: '24 小时内发货' } })).body).toMatchObject({ text: '24 小时内发货', productId: null });
    expect((await test.call('DELETE', own, { token: market.hostToken })).status).toBe(204);
    expect((await test.call('DELETE', own, { token: market.hostToken })).body.code).toBe('not-found');
    expect((await listed()).map(({ text }) => text)).toEqual(['<b>很甜</b>']);
  });

  it('are nobody else’s, and only for products on the shelf', async () => {
    const other = await openMarket(test);
    const { body } = await add({ text: 'ours' });
    expect((await test.call('PATCH', `/api/v1/shows/${other.show.id}/ready-answers/${body.id}`, { token: other.hostToken, body: { text: 'theirs' } })).body.code).toBe('not-found');
    expect((await add({ text: 'x', productId: other.products[0]?.id })).body.code).toBe('shelf.not-on-shelf');
    expect((await add({ text: 'x' }, await viewer())).status).toBe(403);
    expect((await add({ text: 'x'.repeat(10_000) })).body.code).toBe('input.invalid');
  });

  it('are forty at most', async () => {
    for (let n = 0; n < 40; n += 1) await add({ text: `answer ${n}` });
    expect((await add({ text: 'one more' })).body).toMatchObject({ code: 'ready-answers.full', params: { limit: 40 } });
    expect((await add({ text: 'for one', productId: market.products[0]?.id })).status).toBe(201);
  });
});

describe('questions and a restart', () => {
  it('are all there again, with what came while nobody looked', async () => {
    const li = await viewer();
    await write('甜吗', li);
    await set((await only()).id, 'answered');
    await ask('包邮吗');
    const secret = (await answer((await list()).questions.find(({ state }) => state === 'open')?.id ?? '', '给您包', { isPrivate: true })).body.messages[0];
    // The stop comes before anybody has looked at this one.
    await ask('多少钱');
    await test.close();
    test = await startApp({ clock, dataDir });
    expect((await list()).questions.map(({ text, state }) => [text, state]).sort()).toEqual([
      ['包邮吗', 'answered'],
      ['多少钱', 'open'],
      ['甜吗', 'answered'],
    ].sort());
    expect(JSON.stringify(await messages(li))).not.toContain(secret?.id);
    await test.call('DELETE', path, { token: test.operatorToken });
    const { default: Sqlite } = await import('better-sqlite3');
    const file = new Sqlite(join(dataDir, 'fieldcast.sqlite'), { readonly: true });
    const left = (table: string) => (file.prepare(`select count(*) as n from ${table} where show_id = ?`).get(market.show.id) as { n: number }).n;
    await expect.poll(() => ['questions', 'question_messages', 'question_cursors', 'chat_messages'].map(left)).toEqual([0, 0, 0, 0]);
    file.close();
  });
});
