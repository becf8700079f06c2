// A show's captions as people meet them over HTTP and sockets: order, resync, rights, limits, corrections, drafts, the end.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaptionLine } from '../../../../server/protocol/captions.ts';
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
  path = `/api/v1/shows/${market.show.id}/captions`;
  clock.advance(60_000);
});

const helper = (rights: string[], name = 'Mei') =>
  test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, name, rights: rights as never }, 3600_000);
const say = (text: string, options: { token?: string; at?: number; key?: string; source?: string; lang?: string } = {}) =>
  test.call<CaptionLine>('POST', path, {
    token: options.token ?? market.hostToken,
    body: { text, lang: options.lang ?? 'zh-CN', source: options.source ?? 'typed', ...(options.at === undefined ? {} : { at: options.at }) },
    headers: { 'idempotency-key': options.key ?? newId('key') },
  });
const change = (id: string, body: object, token = market.hostToken) => test.call<CaptionLine>('PATCH', `${path}/${id}`, { token, body });
const draft = (text: string, source = 'speech', token = market.hostToken) => test.call('PUT', `${path}/draft`, { token, body: { text, lang: 'en', source } });
const read = (query = '', token?: string) => test.call<{ lines: CaptionLine[]; revision: number; you: string }>('GET', `${path}${query}`, token ? { token } : {});

describe('captions', () => {
  it('are the same lines in the same order for everyone, with the time they were said', async () => {
    const now = clock.now();
    await say('苹果很甜', { at: now - 4_000 });
    await say('each box five kilos', { lang: 'en', source: 'speech' });
    const { lines, revision } = (await read()).body;
    expect(lines.map(({ text, lang, source, at, position, byName }) => [text, lang, source, at - now, position, byName])).toEqual([
      ['苹果很甜', 'zh-CN', 'typed', -4_000, 1, ''],
      ['each box five kilos', 'en', 'speech', 0, 2, ''],
    ]);
    expect(revision).toBe(2);
    expect(lines.map(({ at, endAt }) => endAt - at)).toEqual([4_000, 2_378]);
    expect((await read('', market.hostToken)).body.lines.map(({ byName }) => byName)).toEqual(['Zhang', 'Zhang']);
  });

  it('reach everyone in the show, what is being said before it is a line too', async () => {
    const viewer = await openSocket(test.url);
    await viewer.ask('show.join', { showId: market.show.id });
    await draft('the red');
    await draft('the red ones');
    clock.advance(400);
    expect(await viewer.next('caption.changed')).toMatchObject({ lines: [], draft: { text: 'the red ones', lang: 'en' } });
    await draft('the red ones are sweet');
    await say('the red ones are sweet');
    clock.advance(100);
    expect(await viewer.next('caption.changed')).toMatchObject({ lines: [{ text: 'the red ones are sweet', revision: 1 }], draft: null });
    clock.advance(1_000);
    await viewer.ask('show.join', { showId: market.show.id });
    expect(viewer.events.filter(({ name }) => name === 'caption.changed')).toHaveLength(2);
    expect((await read()).body.lines).toHaveLength(1);
    viewer.close();
  });

  it('come once for one key, however often it is sent', async () => {
    const key = newId('key');
    const answers = await Promise.all([1, 2, 3].map(() => say('once', { key })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await read()).body.lines).toHaveLength(1);
  });

  it('count as said now when they come from a clock that is ahead, and as late when they waited for a network', async () => {
    const now = clock.now();
    await say('from the future', { at: now + 60_000 });
    await say('from under a bridge', { at: now - 90_000 });
    await say('from last year', { at: now - 365 * 24 * 3600_000 });
    expect((await read()).body.lines.map(({ at, endAt }) => [at - now, endAt - at])).toEqual([
      [0, 2_130],
      [-90_000, 8_000],
      [-600_000, 8_000],
    ]);
  });

  it('number lines that come at once without a hole or a double', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => say(`line ${index}`)));
    expect((await read()).body.lines.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('hand who was away just what has changed, in pages, taken-away lines without their text', async () => {
    const first = (await say('first')).body;
    await say('second');
    await say('third');
    await change(first.id, { isRemoved: true });
    const page = (await read('?after=1&limit=2')).body;
    expect(page.lines.map(({ text }) => text)).toEqual(['second', 'third']);
    expect(page.revision).toBe(3);
    expect((await read(`?after=${page.revision}`)).body.lines).toMatchObject([{ id: first.id, text: '', isRemoved: true, revision: 4 }]);
    expect((await read()).body.lines.map(({ text }) => text)).toEqual(['second', 'third']);
    expect((await read('?before=3&limit=1')).body.lines.map(({ text }) => text)).toEqual(['second']);
  });

  it('can be corrected, taken away and put back by any of the staff', async () => {
    const mei = await helper(['captions']);
    const { id } = (await say('ten yuan a box', { token: mei })).body;
    expect((await change(id, { text: 'twelve yuan a box' }, mei)).body).toMatchObject({ text: 'twelve yuan a box', position: 1, revision: 2, byName: 'Mei' });
    expect((await change(id, { isRemoved: true })).body).toMatchObject({ isRemoved: true, text: 'twelve yuan a box' });
    expect((await change(id, { isRemoved: false })).body).toMatchObject({ isRemoved: false, revision: 4 });
    expect((await read()).body.lines).toMatchObject([{ text: 'twelve yuan a box' }]);
    expect((await change(newId('cap'), { text: 'no such line' })).status).toBe(404);
    const other = await openMarket(test);
    expect((await test.call('PATCH', `/api/v1/shows/${other.show.id}/captions/${id}`, { token: other.hostToken, body: { isRemoved: true } })).status).toBe(404);
  });

  it('tell the staff, and nobody else, who is writing', async () => {
    const mei = await helper(['captions']);
    const [host, viewer] = await Promise.all([openSocket(test.url, market.hostToken), openSocket(test.url)]);
    await host.ask('show.join', { showId: market.show.id });
    await viewer.ask('show.join', { showId: market.show.id });
    await draft('', 'typed', mei);
    expect(await host.next('caption.writing')).toMatchObject({ name: 'Mei', source: 'typed', key: (await read('', mei)).body.you });
    clock.advance(1_000);
    await viewer.ask('show.join', { showId: market.show.id });
    expect(viewer.events.filter(({ name }) => name.startsWith('caption.'))).toEqual([]);
    host.close();
    viewer.close();
  });

  it('are written by those who were given the right', async () => {
    const other = await openMarket(test);
    const viewer = await test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
    expect((await say('me', { token: await helper(['chat', 'orders']) })).body).toMatchObject({ code: 'auth.right-missing', params: { right: 'captions' } });
    expect((await say('me', { token: viewer })).status).toBe(403);
    expect((await say('me', { token: other.hostToken })).status).toBe(403);
    expect((await draft('me', 'speech', viewer)).status).toBe(403);
    expect((await read()).body.lines).toEqual([]);
  });

  it('that were taken away are read by those who may write some, and by nobody else', async () => {
    const { id } = (await say('wrong')).body;
    await change(id, { isRemoved: true });
    const texts = async (token: string) => (await read('?after=0', token)).body.lines.map(({ text, byName }: CaptionLine) => [text, byName !== '']);
    expect(await texts(await helper(['captions']))).toEqual([['wrong', true]]);
    expect(await texts(await helper(['chat', 'orders']))).toEqual([['', false]]);
  });

  it.each([
    ['no text', { text: '  ', lang: 'en', source: 'typed' }],
    ['a novel', { text: 'x'.repeat(201), lang: 'en', source: 'typed' }],
    ['two lines', { text: 'one\ntwo', lang: 'en', source: 'typed' }],
    ['an override of direction', { text: 'a\u202eb', lang: 'en', source: 'typed' }],
    ['a language that is none', { text: 'a', lang: 'en"><b>', source: 'typed' }],
    ['a moment that is none', { text: 'a', lang: 'en', source: 'typed', at: 1.5 }],
  ])('refuse %s', async (_, body) => {
    expect((await test.call('POST', path, { token: market.hostToken, body, headers: { 'idempotency-key': newId('key') } })).status).toBe(400);
  });

  it('go with their show', async () => {
    await say('nobody will know');
    expect((await test.call('DELETE', `/api/v1/shows/${market.show.id}`, { token: test.operatorToken })).status).toBe(204);
    const database = new SqliteDatabase(join(test.dataDir, 'fieldcast.sqlite'), { readonly: true });
    expect(database.prepare('select count(*) as count from captions where show_id = ?').get(market.show.id)).toEqual({ count: 0 });
    database.close();
  });

  it('have no file while there is no replay', async () => {
    await say('live only');
    expect((await test.call('GET', `${path}.vtt`)).body.code).toBe('replay.not-found');
  });
});
