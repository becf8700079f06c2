// Reactions, polls and announcements as people meet them over HTTP and sockets: gathered, once a person, kept, undone, and gone with the show.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import type { Announcement, Poll, Stage } from '../../../../server/protocol/stage.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openSocket, type TestSocket } from '../../../support/socket.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

const clock = new FakeClock();
let test: TestApp;
let dataDir: string;
let market: Market;
let path: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-test-'));
  test = await startApp({ clock, dataDir });
  // Who comes back after a start is no news.
  clock.advance(60_000);
});
afterAll(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  market = await openMarket(test, [100]);
  path = `/api/v1/shows/${market.show.id}`;
  clock.advance(60_000);
});

const asViewer = (identity = newId('vwr')) => test.app.issueToken({ role: 'viewer', identity }, 3600_000);
const asHelper = (rights: string[]) => test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: rights as never }, 3600_000);
const ask = (body: object = {}, { token = market.hostToken, key = newId('key') } = {}) =>
  test.call<Poll>('POST', `${path}/polls`, { token, body: { question: 'Which first?', options: ['Red', 'Yellow'], ...body }, headers: { 'idempotency-key': key } });
const vote = (poll: Poll, option: number, token: string) => test.call<Poll>('PUT', `${path}/polls/${poll.id}/vote`, { token, body: { option } });
const change = (poll: Poll, state: string, token = market.hostToken) => test.call<Poll>('PATCH', `${path}/polls/${poll.id}`, { token, body: { state } });
const announce = (body: object, token = market.hostToken) => test.call<Announcement>('PUT', `${path}/announcement`, { token, body });
const stage = async (token?: string) => (await test.call<Stage>('GET', `${path}/stage`, token ? { token } : {})).body;

async function enter(token?: string): Promise<TestSocket> {
  const socket = await openSocket(test.url, token);
  await socket.ask('show.join', { showId: market.show.id });
  return socket;
}

/** Timers of the server begin a turn after its answer. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('reactions', () => {
  it('are gathered over all viewers, told twice a second at most, and counted for who comes later', async () => {
    const [li, wang] = [await enter(), await enter()];
    await li.ask('reaction.send', { kind: 'heart', count: 20 });
    await wang.ask('reaction.send', { kind: 'heart', count: 3 });
    await wang.ask('reaction.send', { kind: 'thumb', count: 1 });
    await pass(500);
    expect(await li.next('reactions.changed')).toMatchObject({ counts: { heart: 23, thumb: 1 }, totals: { heart: 23, thumb: 1 } });
    await li.ask('reaction.send', { kind: 'heart', count: 2 });
    await pass(500);
    expect(await wang.next('reactions.changed', ({ counts }) => counts.heart === 2)).toMatchObject({ totals: { heart: 25, thumb: 1 } });
    expect(wang.events.filter(({ name }) => name === 'reactions.changed')).toHaveLength(2);
    expect((await stage()).reactions).toEqual({ heart: 25, thumb: 1 });
    li.close();
    wang.close();
  });

  it('are kept within seconds, and counted once when they are', async () => {
    const li = await enter();
    await li.ask('reaction.send', { kind: 'heart', count: 7 });
    await pass(3_000);
    await li.ask('reaction.send', { kind: 'heart', count: 1 });
    expect((await stage()).reactions).toEqual({ heart: 8, thumb: 0 });
    const kept = new SqliteDatabase(join(dataDir, 'fieldcast.sqlite'), { readonly: true });
    expect(kept.prepare('select kind, count from reactions where show_id = ?').all(market.show.id)).toEqual([{ kind: 'heart', count: 7 }]);
    kept.close();
    await pass(3_000);
    await pass(3_000);
    expect((await stage()).reactions).toEqual({ heart: 8, thumb: 0 });
    li.close();
  });

  it('of one device are no more than a thumb can give', async () => {
    const li = await enter(await asViewer());
    for (let burst = 0; burst < 12; burst += 1) await li.ask('reaction.send', { kind: 'heart', count: 20 });
    const refused = await li.send('reaction.send', { kind: 'heart', count: 20 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'rate.limited' } });
    expect((await stage()).reactions.heart).toBe(240);
    li.close();
  });

  it.each([0, -5, 21, 1e9, 1.5, Number.NaN, '3', null, [1], { valueOf: 1 }])('with a count of %j are refused', async (count) => {
    const li = await enter();
    expect(await li.send('reaction.send', { kind: 'heart', count: count as number })).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect((await stage()).reactions).toEqual({ heart: 0, thumb: 0 });
    li.close();
  });

  it('before joining or after leaving go nowhere', async () => {
    const li = await openSocket(test.url);
    expect(await li.send('reaction.send', { kind: 'heart', count: 1 })).toMatchObject({ error: { code: 'show.wrong-state' } });
    await li.ask('show.join', { showId: market.show.id });
    await li.ask('show.leave', {});
    expect(await li.send('reaction.send', { kind: 'heart', count: 1 })).toMatchObject({ error: { code: 'show.wrong-state' } });
    li.close();
  });
});

describe('a poll', () => {
  it('counts 200 voters exactly, with retries and with changes of mind', async () => {
    const { body: poll } = await ask({ options: ['Red', 'Yellow', 'Both'] });
    const tokens = await Promise.all(Array.from({ length: 200 }, () => asViewer()));
    await Promise.all(tokens.flatMap((token, index) => [vote(poll, index % 3, token), vote(poll, index % 3, token)]));
    // The first fifty change their mind, and send it twice.
    await Promise.all(tokens.slice(0, 50).flatMap((token) => [vote(poll, 2, token), vote(poll, 2, token)]));
    const [{ options, votes }] = (await test.call<{ polls: [Poll] }>('GET', `${path}/polls`, { token: market.hostToken })).body.polls;
    expect(options.map((option) => option.votes)).toEqual([50, 50, 100]);
    expect(votes).toBe(200);
    expect((await stage(tokens[0])).ownOption).toBe(2);
  });

  it('reaches everyone live, votes gathered to one event a second', async () => {
    const viewer = await enter();
    const { body: poll } = await ask();
    expect((await viewer.next('poll.changed')).poll).toMatchObject({ question: 'Which first?', state: 'open', votes: 0 });
    for (let voter = 0; voter < 5; voter += 1) await vote(poll, 0, await asViewer());
    await pass(1_000);
    expect((await viewer.next('poll.changed')).poll.options).toEqual([{ text: 'Red', votes: 5 }, { text: 'Yellow', votes: 0 }]);
    await change(poll, 'closed');
    expect((await viewer.next('poll.changed')).poll.state).toBe('closed');
    expect(viewer.events.filter(({ name }) => name === 'poll.changed')).toHaveLength(3);
    expect(await vote(poll, 1, await asViewer())).toMatchObject({ status: 409, body: { code: 'poll.closed' } });
    viewer.close();
  });

  it('is one at a time; its result stands for a minute, and is kept', async () => {
    const { body: poll } = await ask();
    expect((await ask()).body.code).toBe('poll.already-open');
    await change(poll, 'closed');
    expect((await stage()).poll).toMatchObject({ id: poll.id, state: 'closed' });
    clock.advance(60_001);
    expect((await stage()).poll).toBeNull();
    expect((await ask({ question: 'And now?' })).status).toBe(201);
    const { polls } = (await test.call<{ polls: Poll[] }>('GET', `${path}/polls`, { token: market.hostToken })).body;
    expect(polls.map(({ question }) => question)).toEqual(['And now?', 'Which first?']);
  });

  it('closes by itself when its seconds are over', async () => {
    const viewer = await enter();
    const { body: poll } = await ask({ seconds: 30 });
    await pass(29_000);
    expect((await vote(poll, 0, await asViewer())).status).toBe(200);
    await pass(1_000);
    expect((await viewer.next('poll.changed', ({ poll: { state } }) => state === 'closed')).poll).toMatchObject({ votes: 1, closedAt: poll.closesAt });
    expect((await vote(poll, 0, await asViewer())).body.code).toBe('poll.closed');
    expect((await ask()).status).toBe(201);
    viewer.close();
  });

  it('started by mistake is withdrawn from everyone, and that is undone too', async () => {
    const { body: poll } = await ask();
    await vote(poll, 1, await asViewer());
    expect((await change(poll, 'withdrawn')).body.state).toBe('withdrawn');
    expect((await stage()).poll).toBeNull();
    const { body: other } = await ask();
    expect((await change(poll, 'open')).body.code).toBe('poll.already-open');
    await change(other, 'withdrawn');
    expect((await change(poll, 'open')).body).toMatchObject({ state: 'open', votes: 1 });
  });

  it('opens once for one key', async () => {
    const key = newId('key');
    const [first, again] = [await ask({}, { key }), await ask({}, { key })];
    expect(again.body.id).toBe(first.body.id);
  });

  it('is asked by staff with the right to, answered by viewers with a token', async () => {
    expect((await ask({}, { token: await asHelper(['orders']) })).body.code).toBe('auth.right-missing');
    expect((await ask({}, { token: await asViewer() })).body.code).toBe('auth.forbidden');
    const { body: poll } = await ask({}, { token: await asHelper(['chat']) });
    expect((await vote(poll, 0, market.hostToken)).body.code).toBe('auth.forbidden');
    expect((await test.call('PUT', `${path}/polls/${poll.id}/vote`, { body: { option: 0 } })).body.code).toBe('auth.missing');
    expect((await vote(poll, 2, await asViewer())).body.code).toBe('input.invalid');
    const elsewhere = await openMarket(test);
    expect((await test.call('PUT', `/api/v1/shows/${elsewhere.show.id}/polls/${poll.id}/vote`, { token: await asViewer(), body: { option: 0 } })).status).toBe(404);
    expect((await stage()).poll?.votes).toBe(0);
  });

  it.each([{ options: ['one'] }, { options: ['1', '2', '3', '4', '5'] }, { options: ['1', ''] }, { question: '' }, { question: '\u202Eevil' }, { seconds: 1 }, { seconds: 1e9 }])('%j is none', async (body) => {
    expect((await ask(body)).body.code).toBe('input.invalid');
  });

  it('loses the votes of whoever has their messages erased', async () => {
    const { body: poll } = await ask();
    const token = await asViewer();
    await vote(poll, 0, token);
    await vote(poll, 1, await asViewer());
    const written = await test.call<{ message: { id: string } }>('POST', `${path}/messages`, { token, body: { text: 'red', name: 'Li' }, headers: { 'idempotency-key': newId('key') } });
    await test.call('DELETE', `${path}/messages/${written.body.message.id}/author`, { token });
    expect((await stage(token)).poll?.options.map(({ votes }) => votes)).toEqual([0, 1]);
    expect((await stage(token)).ownOption).toBeNull();
  });
});

describe('an announcement', () => {
  it('stands for its minutes or until it is taken away, for who is there and who comes', async () => {
    const viewer = await enter();
    const { body } = await announce({ text: 'Free delivery today', minutes: 5 });
    expect((await viewer.next('announcement.changed')).announcement).toEqual(body);
    expect(body.endsAt).toBe(clock.now() + 300_000);
    expect((await stage()).announcement).toEqual(body);
    clock.advance(300_000);
    expect((await stage()).announcement).toBeNull();
    await announce({ text: 'The melon is cut at 8' });
    expect((await viewer.next('announcement.changed')).announcement).toMatchObject({ endsAt: null });
    expect((await test.call('DELETE', `${path}/announcement`, { token: market.hostToken })).status).toBe(204);
    expect((await viewer.next('announcement.changed')).announcement).toBeNull();
    expect((await stage()).announcement).toBeNull();
    viewer.close();
  });

  it('that is said again stays the same, so that a screen reader says it once', async () => {
    const first = (await announce({ text: 'Free delivery today', minutes: 1 })).body;
    const longer = (await announce({ text: 'Free delivery today', minutes: 10 })).body;
    expect([longer.id, longer.endsAt! - first.endsAt!]).toEqual([first.id, 540_000]);
    expect((await announce({ text: 'Only today' })).body.id).not.toBe(first.id);
  });

  it('is made by staff with the right to, in one line', async () => {
    expect((await announce({ text: 'Hello' }, await asHelper(['captions']))).body.code).toBe('auth.right-missing');
    expect((await announce({ text: 'Hello' }, await asViewer())).body.code).toBe('auth.forbidden');
    for (const text of ['', ' ', 'a\nb', 'x'.repeat(61), 7]) expect((await announce({ text })).body.code).toBe('input.invalid');
  });
});

describe('notices', () => {
  const order = (name: string, identityToken?: string) =>
    test.call('POST', `${path}/orders`, {
      ...(identityToken ? { token: identityToken } : {}),
      body: { ...orderOf(market.products[0]!, 2), buyer: { ...orderOf(market.products[0]!).buyer, name } },
      headers: { 'idempotency-key': newId('key') },
    });

  it('tell who bought what, without anything more of them than a letter', async () => {
    const viewer = await enter(market.hostToken);
    await order('王小明');
    await order('13800001234');
    await pass(3_000);
    const told = await viewer.next('notices.told');
    expect(told).toEqual({
      showId: market.show.id,
      at: clock.now(),
      joined: { count: 0, names: [] },
      bought: [{ name: '王**', product: 'Apples 1', quantity: 2 }, { name: '', product: 'Apples 1', quantity: 2 }],
      moreOrders: 0,
    });
    viewer.close();
  });

  it('gather a rush, name who is known from the chat, and tell of nobody twice', async () => {
    const li = await asViewer();
    await test.call('POST', `${path}/messages`, { token: li, body: { text: 'hello', name: 'li mei' }, headers: { 'idempotency-key': newId('key') } });
    const host = await enter(market.hostToken);
    const sockets = [await enter(li), await enter(), await enter()];
    await Promise.all(Array.from({ length: 5 }, () => order('Zhao')));
    await pass(3_000);
    expect(await host.next('notices.told')).toMatchObject({ joined: { count: 3, names: ['L**'] }, bought: [{ name: 'Z**' }, { name: 'Z**' }, { name: 'Z**' }], moreOrders: 2 });
    sockets.push(await enter(li));
    await pass(3_000);
    expect(host.events.filter(({ name }) => name === 'notices.told')).toHaveLength(1);
    for (const socket of [host, ...sockets]) socket.close();
  });

  it('are turned off by the rules of the chat; joins are off at first where not everybody may enter', async () => {
    const rules = async () => (await test.call<{ tellsJoins: boolean; tellsOrders: boolean }>('GET', `${path}/chat-rules`, { token: market.hostToken })).body;
    expect(await rules()).toMatchObject({ tellsJoins: true, tellsOrders: true });
    await test.call('PUT', `${path}/gate`, { token: market.hostToken, body: { needsCode: true, code: 'APPLE-1234', origins: [], isHidden: false } });
    expect(await rules()).toMatchObject({ tellsJoins: false, tellsOrders: true });
    await test.call('PATCH', `${path}/chat-rules`, { token: market.hostToken, body: { tellsOrders: false } });
    expect(await rules()).toMatchObject({ tellsJoins: false, tellsOrders: false });
    await test.call('PATCH', `${path}/chat-rules`, { token: market.hostToken, body: { tellsJoins: true } });
    expect(await rules()).toMatchObject({ tellsJoins: true });
  });
});

it('leaves nothing of the stage when the show is deleted', async () => {
  const li = await enter();
  await li.ask('reaction.send', { kind: 'heart', count: 1 });
  await pass(3_000);
  const { body: poll } = await ask();
  await vote(poll, 0, await asViewer());
  await announce({ text: 'Hello' });
  li.close();
  expect((await test.call('DELETE', path, { token: test.operatorToken })).status).toBe(204);
  await pass(10);
  const kept = new SqliteDatabase(join(dataDir, 'fieldcast.sqlite'), { readonly: true });
  const count = (table: string) => (kept.prepare(`select count(*) as count from ${table} where show_id = ?`).get(market.show.id) as { count: number }).count;
  expect(['reactions', 'polls', 'announcements'].map(count)).toEqual([0, 0, 0]);
  expect(kept.prepare('select count(*) as count from poll_votes where poll_id = ?').get(poll.id)).toEqual({ count: 0 });
  kept.close();
});
