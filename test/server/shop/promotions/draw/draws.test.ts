// Lucky draws as people meet them over HTTP, sockets and chat: entered once, drawn in time, checked by anybody, and forgotten with the person.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../../../server/platform/db/database.ts';
import { createLogger } from '../../../../../server/platform/log.ts';
import { eraseBuyerByPhone } from '../../../../../server/shop/index.ts';
import type { Draw, DrawRecord, DrawWinner, OwnEntry } from '../../../../../server/protocol/draw.ts';
import { commitmentOf, drawWinners } from '../../../../../server/protocol/fair-draw.ts';
import { newId } from '../../../../../server/protocol/ids.ts';
import type { Promotion } from '../../../../../server/protocol/promotions.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';
import { openSocket } from '../../../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../../../support/start-app.ts';

const clock = new FakeClock();
let test: TestApp;
let dataDir: string;
let market: Market;
let path: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-test-'));
  test = await startApp({ clock, dataDir });
});
afterAll(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  market = await openMarket(test, [10]);
  path = `/api/v1/shows/${market.show.id}`;
  clock.advance(60_000);
});

const asViewer = (identity = newId('vwr')) => test.app.issueToken({ role: 'viewer', identity }, 3600_000);
const asHelper = (rights: string[]) => test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: rights as never }, 3600_000);
const open = (body: object = {}, { token = market.hostToken, key = newId('key') } = {}) =>
  test.call<Draw>('POST', `${path}/draws`, { token, body: { title: 'A box of apples', prizes: 2, entry: 'tap', seconds: 60, ...body }, headers: { 'idempotency-key': key } });
const enter = ({ id }: Draw, token: string) => test.call<OwnEntry>('PUT', `/api/v1/draws/${id}/entry`, { token, body: {} });
const record = async ({ id }: Draw) => (await test.call<DrawRecord>('GET', `/api/v1/draws/${id}`)).body;
const own = async (token: string) => (await test.call<{ entries: OwnEntry[] }>('GET', `${path}/draws/mine`, { token })).body.entries;
const say = (text: string, token: string) => test.call('POST', `${path}/messages`, { token, body: { text, name: 'Li' }, headers: { 'idempotency-key': newId('key') } });
const LI = { name: '李梅', phone: '138 0000 1234', address: '杭州市西湖区文三路 1 号' };
const claim = ({ id }: Draw, token: string, body: object = LI) => test.call<OwnEntry>('PUT', `/api/v1/draws/${id}/prize`, { token, body });
const winners = async ({ id }: Draw, token = market.hostToken) => (await test.call<{ winners: DrawWinner[] }>('GET', `/api/v1/draws/${id}/winners`, { token })).body;

/** Lets the time come that ends it, and waits until it is drawn. */
async function drawn(draw: Draw): Promise<DrawRecord> {
  clock.advance(60_000);
  await expect.poll(async () => (await record(draw)).draw.drawnAt, { interval: 10 }).not.toBeNull();
  return record(draw);
}

/** A draw that `count` viewers entered, over; tokens of those who won, the first prize first, and of one who did not. */
async function won(count = 4, prizes = 2): Promise<{ draw: Draw; lucky: string[]; other: string }> {
  const { body: draw } = await open({ prizes });
  const tokens = await Promise.all(Array.from({ length: count }, () => asViewer()));
  const byEntry = new Map<string, string>();
  for (const token of tokens) byEntry.set((await enter(draw, token)).body.entry, token);
  const { draw: over } = await drawn(draw);
  const lucky = over.winners.map((entry) => byEntry.get(entry)!);
  return { draw: over, lucky, other: tokens.find((token) => !lucky.includes(token))! };
}

describe('a draw', () => {
  it('tells the hash of its seed first, then seed and winners that everybody comes to', async () => {
    const viewer = await openSocket(test.url);
    await viewer.ask('show.join', { showId: market.show.id });
    const { body: draw } = await open({ prizes: 3 });
    expect(draw).toMatchObject({ kind: 'draw', state: 'running', prizes: 3, entries: 0, seed: null, winners: [], endsAt: clock.now() + 60_000 });
    for (let person = 0; person < 12; person += 1) await enter(draw, await asViewer());
    const before = await record(draw);
    expect(before.entries).toHaveLength(12);
    expect(new Set(before.entries).size).toBe(12);
    expect(JSON.stringify(before)).not.toContain('vwr_');
    const after = await drawn(draw);
    expect(after.entries).toEqual(before.entries);
    expect(after.draw).toMatchObject({ state: 'over', endedWhy: 'time', commitment: draw.commitment, entries: 12 });
    expect(await commitmentOf(after.draw.seed!)).toBe(draw.commitment);
    expect(await drawWinners({ seed: after.draw.seed!, entries: after.entries, winners: 3 })).toEqual(after.draw.winners);
    clock.advance(200);
    const told = await viewer.next('promotion.changed', ({ promotion }) => promotion.kind === 'draw' && promotion.drawnAt !== null);
    expect(told.promotion).toMatchObject({ winners: after.draw.winners });
    viewer.close();
  });

  it('takes everybody once, however often they tap, and nobody afterwards', async () => {
    const { body: draw } = await open();
    const li = await asViewer();
    const taps = await Promise.all(Array.from({ length: 5 }, () => enter(draw, li)));
    expect(new Set(taps.map(({ body }) => body.entry)).size).toBe(1);
    expect((await record(draw)).draw.entries).toBe(1);
    expect((await enter(draw, market.hostToken)).body.code).toBe('auth.forbidden');
    expect((await test.call('PUT', `/api/v1/draws/${draw.id}/entry`, { body: {} })).body.code).toBe('auth.missing');
    await drawn(draw);
    expect((await enter(draw, await asViewer())).body.code).toBe('promotion.over');
    expect((await enter(draw, li)).body).toMatchObject({ entry: taps[0]!.body.entry, place: 0 });
  });

  it('gives all of them a prize where there are more prizes, and nobody where nobody came', async () => {
    const { draw, lucky } = await won(2, 5);
    expect(draw.winners).toHaveLength(2);
    expect(new Set(lucky).size).toBe(2);
    const { body: lonely } = await open();
    expect((await drawn(lonely)).draw).toMatchObject({ winners: [], entries: 0, state: 'over' });
  });

  it('is drawn early by the host, or called off: then nobody wins and the seed stays untold', async () => {
    const { body: early } = await open({ prizes: 1 });
    await enter(early, await asViewer());
    clock.advance(5_000);
    const now = await test.call<Draw>('POST', `/api/v1/draws/${early.id}/now`, { token: market.hostToken, body: {} });
    expect(now.body).toMatchObject({ state: 'over', endedWhy: 'time', drawnAt: clock.now() });
    expect(now.body.winners).toHaveLength(1);
    expect((await test.call<Draw>('POST', `/api/v1/draws/${early.id}/now`, { token: market.hostToken, body: {} })).body.winners).toEqual(now.body.winners);
    const { body: mistake } = await open();
    await enter(mistake, await asViewer());
    expect((await open()).body).toMatchObject({ code: 'promotion.already-on', params: { promotionId: mistake.id } });
    await test.call('POST', `/api/v1/promotions/${mistake.id}/end`, { token: market.hostToken, body: {} });
    clock.advance(120_000);
    expect((await record(mistake)).draw).toMatchObject({ state: 'over', endedWhy: 'staff', drawnAt: null, seed: null, winners: [] });
  });

  it('that was due while the server was away is drawn when it is back', async () => {
    const { body: draw } = await open();
    await enter(draw, await asViewer());
    await test.close();
    clock.advance(120_000);
    test = await startApp({ clock, dataDir });
    await expect.poll(async () => (await record(draw)).draw.winners.length, { interval: 10 }).toBe(1);
  });

  it('is opened once for one key, by staff with the right to, within its limits', async () => {
    expect((await open({}, { token: await asHelper(['orders']) })).body.code).toBe('auth.right-missing');
    expect((await open({}, { token: await asViewer() })).body.code).toBe('auth.forbidden');
    for (const body of [{ title: '' }, { prizes: 0 }, { prizes: 51 }, { prizes: 1.5 }, { seconds: 29 }, { seconds: 3601 }, { entry: 'buy' }, { entry: 'word' }, { entry: 'word', word: '!!' }, { word: 'x' }]) {
      expect((await open(body)).body.code, JSON.stringify(body)).toBe('input.invalid');
    }
    const key = newId('key');
    const [first, again] = [await open({}, { key }), await open({}, { key })];
    expect(again.body.id).toBe(first.body.id);
  });
});

describe('entries by the chat', () => {
  it('are messages with the word, however it is written; the writer is told', async () => {
    const { body: draw } = await open({ entry: 'word', word: '苹果 Go' });
    const token = await asViewer();
    const li = await openSocket(test.url, token);
    await li.ask('show.join', { showId: market.show.id });
    expect((await enter(draw, token)).body).toMatchObject({ code: 'draw.word-needed', params: { word: '苹果 Go' } });
    await say('苹果好吃', token);
    expect((await record(draw)).draw.entries).toBe(0);
    clock.advance(5_000);
    await say('我要 苹果ＧＯ！！', token);
    const { mine } = await li.next('promotion.mine');
    expect(mine).toMatchObject({ what: 'entered', promotionId: draw.id, entry: (await record(draw)).entries[0] });
    clock.advance(31_000);
    await say('苹果go', token);
    await say('苹果 Go', market.hostToken);
    expect((await record(draw)).draw.entries).toBe(1);
    li.close();
  });

  it('and taps count for followers alone where the draw is for them', async () => {
    const [li, wang] = [await asViewer(), await asViewer()];
    await test.call('PUT', `/api/v1/sellers/${market.show.sellerId}/follow`, { token: li, body: {} });
    const { body: draw } = await open({ followersOnly: true });
    expect((await enter(draw, wang)).body).toMatchObject({ code: 'draw.follow-needed', params: { sellerId: market.show.sellerId } });
    expect((await enter(draw, li)).status).toBe(200);
    await drawn(draw);
    const { body: word } = await open({ followersOnly: true, entry: 'word', word: 'apple' });
    await say('apple', wang);
    await say('apple', li);
    expect((await record(word)).draw.entries).toBe(1);
  });
});

describe('a prize', () => {
  it('is told to its winner, who says where it goes; staff with the right see it', async () => {
    const { draw, lucky, other } = await won();
    expect(await own(lucky[1]!)).toMatchObject([{ draw: { id: draw.id }, entry: draw.winners[1], place: 1, prizeTo: null }]);
    expect((await own(other))[0]).toMatchObject({ place: null, prizeTo: null });
    expect((await claim(draw, other)).body.code).toBe('draw.not-won');
    expect((await claim(draw, lucky[0]!, { name: '', phone: 'x', address: '' })).body.code).toBe('input.invalid');
    expect((await claim(draw, lucky[0]!)).body.prizeTo).toEqual(LI);
    expect((await claim(draw, lucky[1]!, { ...LI, phone: '+8613800001234' })).body.code).toBe('promotion.limit-reached');
    const listed = (await winners(draw)).winners;
    expect(listed).toMatchObject([{ place: 0, entry: draw.winners[0], prizeTo: LI, leftAt: clock.now() }, { place: 1, prizeTo: null, leftAt: null }]);
    expect((await winners(draw, await asHelper(['orders']))).winners[0]?.prizeTo).toMatchObject({ phone: '138****1234' });
    expect(await winners(draw, await asHelper(['shelf']))).toMatchObject({ code: 'auth.right-missing' });
    expect(JSON.stringify((await test.call<{ promotions: Promotion[] }>('GET', `${path}/promotions`)).body)).not.toContain(LI.name);
  });

  it('is noted as sent, seen by its winner, and taken back, each with who did it', async () => {
    const { draw, lucky } = await won();
    const mark = (isSent: boolean, place: number | string = 0, token = market.hostToken) => test.call('PUT', `/api/v1/draws/${draw.id}/winners/${place}/sent`, { token, body: { isSent } });
    await claim(draw, lucky[0]!);
    expect((await mark(true, 0, await asHelper(['orders']))).body).toMatchObject({ title: draw.title, winner: { place: 0, sentAt: clock.now(), prizeTo: { phone: '138****1234' } } });
    expect((await own(lucky[0]!))[0]).toMatchObject({ prizeTo: LI, sentAt: clock.now() });
    expect((await claim(draw, lucky[0]!)).body.code).toBe('promotion.over');
    expect((await mark(false)).body).toMatchObject({ winner: { sentAt: null, prizeTo: LI } });
    expect((await claim(draw, lucky[0]!)).body.prizeTo).toEqual(LI);
    expect((await mark(true, 40)).body.code).toBe('not-found');
    expect((await mark(true, '-1')).body.code).toBe('input.invalid');
    expect((await mark(true, 0, await asHelper(['shelf']))).body.code).toBe('auth.right-missing');
    const { acts } = (await test.call<{ acts: { action: string; about: string; changes: object }[] }>('GET', `${path}/staff-log`, { token: market.hostToken })).body;
    expect(acts.filter(({ action }) => action.startsWith('prize'))).toMatchObject([
      { action: 'prize-not-sent', about: draw.title, changes: { count: 1 } },
      { action: 'prize-sent', about: draw.title, changes: { count: 1 } },
    ]);
  });

  it('and its entry are nobody’s once the person is forgotten; the draw can still be checked', async () => {
    const { draw, lucky } = await won();
    await claim(draw, lucky[0]!);
    const before = await record(draw);
    await test.call('DELETE', '/api/v1/me', { token: lucky[0]! });
    expect((await winners(draw)).winners[0]).toMatchObject({ prizeTo: null, leftAt: null });
    expect(await own(lucky[0]!)).toEqual([]);
    expect(await record(draw)).toEqual(before);
    const kept = new SqliteDatabase(join(dataDir, 'fieldcast.sqlite'), { readonly: true });
    expect(kept.prepare(`select count(*) as n from draw_entries where promotion_id = ? and identity = ''`).get(draw.id)).toEqual({ n: 1 });
    kept.close();
  });

  it('is forgotten by phone number too, as the command line does it', async () => {
    const { draw, lucky } = await won();
    await claim(draw, lucky[0]!);
    await claim(draw, lucky[1]!, { ...LI, phone: '13900002222' });
    const database = await Database.open(join(dataDir, 'fieldcast.sqlite'), [], createLogger('silent'));
    await eraseBuyerByPhone(database, '+86 138 0000 1234');
    await database.close();
    expect((await winners(draw)).winners).toMatchObject([{ prizeTo: null, leftAt: null }, { prizeTo: { phone: '13900002222' } }]);
  });
});
