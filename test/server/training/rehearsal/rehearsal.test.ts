// Owns rehearsals from end to end: practice that touches nothing real, going live on purpose and back, coaches by consent, erasure without a trace.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import type { Show } from '../../../../server/protocol/show.ts';
import type { CoachShow, Rehearsal, ShowCoach } from '../../../../server/protocol/training.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openSocket } from '../../../support/socket.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

const DAY_MS = 24 * 3600_000;
const SWEEP_MS = 3600_000;

let test: TestApp;
let market: Market;
const clock = new FakeClock();

beforeAll(async () => {
  test = await startApp({ clock, env: { FIELDCAST_REHEARSAL_DAYS: '7' } });
  market = await openMarket(test, [10, 5, 3]);
});

afterAll(() => test.close());

const started = async (title = 'Practice'): Promise<Rehearsal> => {
  const { status, body } = await test.call<Rehearsal>('POST', '/api/v1/rehearsals', {
    token: market.hostToken,
    body: { sellerId: market.show.sellerId, title, productIds: market.products.map(({ id }) => id) },
    headers: { 'idempotency-key': newId('key') },
  });
  expect([status, body.code]).toEqual([201, undefined]);
  return body;
};

const shelfOf = async (showId: string, token = market.hostToken): Promise<Product[]> => (await test.call('GET', `/api/v1/shows/${showId}`, { token })).body.shelf;
const goLive = (showId: string, body: object, token = market.hostToken) => test.call<Rehearsal>('POST', `/api/v1/rehearsals/${showId}/go-live`, { token, body });
const undo = (showId: string) => test.call<Rehearsal>('POST', `/api/v1/rehearsals/${showId}/go-live/undo`, { token: market.hostToken, body: {} });
const price = async (product: Product): Promise<number | undefined> => (await shelfOf(market.show.id)).find(({ id }) => id === product.id)?.variants[0]?.priceMinor;

describe('a rehearsal', () => {
  it('has the products as copies, with a stock and orders of their own', async () => {
    const graded = await test.call('PATCH', `/api/v1/variants/${market.products[0]?.variants[0]?.id}`, { token: market.hostToken, body: { grade: '一级', specs: [{ name: '果径', value: '80 mm' }] } });
    expect(graded.status).toBe(200);
    const { show } = await started();
    const shelf = await shelfOf(show.id);
    expect(shelf[0]?.variants[0]).toMatchObject({ grade: '一级', specs: [{ name: '果径', value: '80 mm' }] });
    expect(shelf.map(({ name, variants }) => [name, variants[0]?.priceMinor, variants[0]?.stock])).toEqual([['Apples 1', 1000, 10], ['Apples 2', 1000, 5], ['Apples 3', 1000, 3]]);
    expect(shelf.some(({ id }) => market.products.some((product) => product.id === id))).toBe(false);
    const placed = await test.call('POST', `/api/v1/shows/${show.id}/orders`, { token: market.hostToken, body: orderOf(shelf[0]!, 4), headers: { 'idempotency-key': newId('key') } });
    expect([placed.status, placed.body.number]).toEqual([201, 1]);
    expect((await shelfOf(show.id))[0]?.variants[0]?.stock).toBe(6);
    expect((await shelfOf(market.show.id))[0]?.variants[0]?.stock).toBe(10);
    // The first real order still is number one.
    const real = await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[1]!), headers: { 'idempotency-key': newId('key') } });
    expect(real.body.number).toBe(1);
  });

  it('is made once for one key', async () => {
    const options = { token: market.hostToken, body: { sellerId: market.show.sellerId, title: 'Once', productIds: [market.products[0]?.id] }, headers: { 'idempotency-key': 'rehearsal-once' } };
    const [one, two] = await Promise.all([test.call<Rehearsal>('POST', '/api/v1/rehearsals', options), test.call<Rehearsal>('POST', '/api/v1/rehearsals', options)]);
    expect(two.body.show.id).toBe(one.body.show.id);
    expect(two.body.shelf).toHaveLength(1);
  });

  it('is paid on delivery alone, and cannot be set up to take money or to tell a system', async () => {
    const { show } = await started();
    expect((await test.call('GET', `/api/v1/shows/${show.id}`, { token: market.hostToken })).body.ways).toEqual([{ method: 'cod' }]);
    const ways = await test.call('PATCH', `/api/v1/sellers/${show.sellerId}/ways`, { token: market.hostToken, body: {} });
    const webhook = await test.call('PUT', `/api/v1/sellers/${show.sellerId}/webhook`, { token: test.operatorToken, body: { url: 'https://shop.example.org/hook', isOn: true } });
    expect([ways.status, webhook.status]).not.toContain(200);
  });

  it('is started by hosts of that seller alone', async () => {
    const stranger = await openMarket(test);
    const body = { sellerId: market.show.sellerId, title: 'Mine', productIds: [] };
    expect((await test.call('POST', '/api/v1/rehearsals', { token: stranger.hostToken, body })).status).toBe(403);
    const foreign = { sellerId: market.show.sellerId, title: 'Mine', productIds: [stranger.products[0]?.id] };
    expect((await test.call('POST', '/api/v1/rehearsals', { token: market.hostToken, body: foreign })).status).toBe(404);
  });

  it('practises with no rehearsal of a rehearsal', async () => {
    const { show } = await started();
    expect((await test.call('POST', '/api/v1/rehearsals', { token: test.operatorToken, body: { sellerId: show.sellerId, title: 'Deeper', productIds: [], hostId: show.hostId } })).status).toBe(404);
  });
});

describe('going live', () => {
  it('needs the title letter for letter, and carries over shelf, pins and the prices that are named', async () => {
    const { show } = await started('Autumn');
    const [first, second, third] = await shelfOf(show.id);
    await test.call('PUT', `/api/v1/shows/${show.id}/shelf`, { token: market.hostToken, body: { productIds: [third?.id, first?.id] } });
    await test.call('PUT', `/api/v1/shows/${show.id}/pins`, { token: market.hostToken, body: { productIds: [first?.id] } });
    for (const [variant, priceMinor] of [[first?.variants[0], 1200], [third?.variants[0], 900]] as const) {
      expect((await test.call('PATCH', `/api/v1/variants/${variant?.id}`, { token: market.hostToken, body: { priceMinor } })).status).toBe(200);
    }
    const { body: prepared } = await test.call<Rehearsal>('GET', `/api/v1/rehearsals/${show.id}`, { token: market.hostToken });
    const [apples, , pears] = market.products;
    expect(prepared.prices.map(({ productId, nowMinor, practisedMinor }) => [productId, nowMinor, practisedMinor])).toEqual([[pears?.id, 1000, 900], [apples?.id, 1000, 1200]]);
    expect(second).toBeDefined();
    const prices = [{ variantId: apples?.variants[0]?.id, priceMinor: 1200 }];
    expect((await goLive(show.id, { title: 'autumn', prices })).status).toBe(400);
    expect((await goLive(show.id, { title: 'Autumn', prices: [{ ...prices[0], priceMinor: 1300 }] })).body.code).toBe('rehearsal.changed');
    const { status, body: gone } = await goLive(show.id, { title: 'Autumn', prices });
    expect(status).toBe(200);
    const real = gone.wentLive?.show as Show;
    expect(real).toMatchObject({ kind: 'live', status: 'planned', title: 'Autumn', sellerId: market.show.sellerId, hostId: market.show.hostId });
    const snapshot = (await test.call('GET', `/api/v1/shows/${real.id}`)).body;
    expect(snapshot.shelf.map(({ id }: Product) => id)).toEqual([pears?.id, apples?.id]);
    expect(snapshot.pins).toEqual([apples?.id]);
    expect([await price(apples!), await price(pears!)]).toEqual([1200, 1000]);
    expect((await goLive(show.id, { title: 'Autumn' })).body.code).toBe('show.wrong-state');

    const { status: undone, body: back } = await undo(show.id);
    expect([undone, back.wentLive]).toEqual([200, null]);
    expect([(await test.call('GET', `/api/v1/shows/${real.id}`)).status, await price(apples!)]).toEqual([404, 1000]);
    expect((await undo(show.id)).body.code).toBe('show.wrong-state');
  });

  it('into a show that is there puts the practised shelf first, and undone leaves it as it was', async () => {
    const { show } = await started('Into');
    const [, second] = await shelfOf(show.id);
    await test.call('PUT', `/api/v1/shows/${show.id}/shelf`, { token: market.hostToken, body: { productIds: [second?.id] } });
    const before = (await shelfOf(market.show.id)).map(({ id }) => id);
    expect((await goLive(show.id, { title: 'Into', showId: market.show.id })).status).toBe(200);
    expect((await shelfOf(market.show.id)).map(({ id }) => id)).toEqual([before[1], before[0], before[2]]);
    await undo(show.id);
    expect((await shelfOf(market.show.id)).map(({ id }) => id)).toEqual(before);
    const stranger = await openMarket(test);
    expect((await goLive(show.id, { title: 'Into', showId: stranger.show.id })).status).toBe(404);
  });

  it('takes goods that were made while practising over where it names them, with the stock that was put in, and puts them away when undone', async () => {
    const { show } = await started('Made here');
    const made: Product = (await test.call('POST', '/api/v1/products', { token: market.hostToken, body: { sellerId: show.sellerId, name: 'New pears', variants: [{ label: 'box', unit: 'box', priceMinor: 4200, stock: 20, sku: 'NP-1' }] } })).body;
    const copies = await shelfOf(show.id);
    await test.call('PUT', `/api/v1/shows/${show.id}/shelf`, { token: market.hostToken, body: { productIds: [copies[0]?.id, made.id, copies[1]?.id] } });
    await test.call('PUT', `/api/v1/shows/${show.id}/pins`, { token: market.hostToken, body: { productIds: [made.id] } });
    await test.call('POST', `/api/v1/shows/${show.id}/orders`, { token: market.hostToken, body: orderOf(made, 3), headers: { 'idempotency-key': newId('key') } });
    const { body: prepared } = await test.call<Rehearsal>('GET', `/api/v1/rehearsals/${show.id}`, { token: market.hostToken });
    expect([prepared.shelf.length, prepared.made, prepared.staysHere]).toEqual([2, [{ productId: made.id, name: 'New pears', isPinned: true }], []]);
    expect((await goLive(show.id, { title: 'Made here', made: [copies[0]?.id] })).status).toBe(404);

    for (const round of [1, 2]) {
      const real = (await goLive(show.id, { title: 'Made here', made: [made.id] })).body.wentLive?.show as Show;
      const { shelf, pins } = (await test.call('GET', `/api/v1/shows/${real.id}`)).body;
      expect([round, shelf.map(({ name }: Product) => name)]).toEqual([round, ['Apples 1', 'New pears', 'Apples 2']]);
      expect(shelf[1]).toMatchObject({ sellerId: market.show.sellerId, variants: [{ label: 'box', priceMinor: 4200, stock: 20 }] });
      expect(pins).toEqual([shelf[1].id]);
      expect((await undo(show.id)).body).toMatchObject({ wentLive: null, made: [{ productId: made.id }] });
      expect((await test.call('GET', `/api/v1/products/${shelf[1].id}`, { token: market.hostToken })).body.archived).toBe(true);
    }
    // A number that the real shop has already: nothing of it is done.
    await test.call('PATCH', `/api/v1/variants/${market.products[2]?.variants[0]?.id}`, { token: market.hostToken, body: { sku: 'NP-1' } });
    expect((await goLive(show.id, { title: 'Made here', made: [made.id] })).body.code).toBe('input.invalid');
    expect((await test.call<Rehearsal>('GET', `/api/v1/rehearsals/${show.id}`, { token: market.hostToken })).body).toMatchObject({ wentLive: null, made: [{ productId: made.id }] });
  });

  it('is for the host alone: no coach, no helper', async () => {
    const { show } = await started('Theirs');
    const coach = await test.app.issueToken({ role: 'coach', identity: newId('per'), showId: show.id }, 600_000);
    const helper = await test.app.issueToken({ role: 'helper', identity: newId('per'), showId: show.id, rights: ['shelf'] }, 600_000);
    expect([(await goLive(show.id, { title: 'Theirs' }, coach)).status, (await goLive(show.id, { title: 'Theirs' }, helper)).status]).toEqual([403, 403]);
    expect((await test.call('GET', `/api/v1/rehearsals/${show.id}`, { token: coach })).status).toBe(200);
  });
});

describe('a coach', () => {
  const coachLink = async (showId: string, token: string): Promise<{ id: string; token: string; identity: string }> => {
    const { body } = await test.call('POST', `/api/v1/shows/${showId}/links`, { token, body: { role: 'coach', name: 'Trainer Wu' } });
    expect(body.url).toContain('/demo/coach.html#code=');
    const session = (await test.call('POST', '/api/v1/sessions', { body: { code: new URL(body.url).hash.slice('#code='.length) } })).body;
    expect([session.role, session.rights]).toEqual(['coach', []]);
    return { id: body.id, token: session.token, identity: session.identity };
  };
  const standing = async (token: string, showId: string): Promise<string | undefined> =>
    (await test.call<{ shows: CoachShow[] }>('GET', '/api/v1/coaching/shows', { token })).body.shows.find(({ show }) => show.id === showId)?.standing;
  const answer = (showId: string, coachId: string, isAllowed: boolean, token = market.hostToken) =>
    test.call<{ coaches: ShowCoach[] }>('PUT', `/api/v1/shows/${showId}/coaching/${coachId}`, { token, body: { isAllowed } });

  it('may be in a rehearsal at once, and in a real show when its host says so, until the host says otherwise', async () => {
    const { show } = await started();
    const coach = await coachLink(show.id, test.operatorToken);
    expect([await standing(coach.token, show.id), await standing(coach.token, market.show.id)]).toEqual(['allowed', 'may-ask']);

    const helper = await test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: ['shelf', 'stock', 'chat', 'orders', 'captions'] }, 600_000);
    const bystanders = await Promise.all([undefined, helper, test.operatorToken].map((token) => openSocket(test.url, token)));
    for (const each of bystanders) await each.ask('show.join', { showId: market.show.id });
    const host = await openSocket(test.url, market.hostToken);
    await host.ask('show.join', { showId: market.show.id });
    expect((await test.call('POST', `/api/v1/shows/${market.show.id}/coaching/ask`, { token: coach.token, body: {} })).body.standing).toBe('asked');
    expect(await host.next('coach.asked')).toMatchObject({ showId: market.show.id, coachId: coach.identity, name: 'Trainer Wu' });

    expect((await answer(market.show.id, coach.identity, true)).body.coaches).toMatchObject([{ coachId: coach.identity, standing: 'allowed' }]);
    const there = await openSocket(test.url, coach.token);
    expect(await there.ask('show.join', { showId: market.show.id })).toMatchObject({ isCoach: true, isStaff: false, snapshot: { viewers: 1 } });
    expect((await test.call('GET', `/api/v1/shows/${market.show.id}/coaching`, { token: market.hostToken })).body.coaches[0].isHere).toBe(true);

    await answer(market.show.id, coach.identity, false);
    expect(await there.next('coach.changed')).toMatchObject({ standing: 'ended' });
    expect(await there.next('admission.ended')).toMatchObject({ showId: market.show.id });
    expect(await there.ask('show.join', { showId: market.show.id })).toMatchObject({ isCoach: false });
    // None of it is for anybody else in the show, the operator who looks on included.
    for (const each of bystanders) expect(each.events.filter(({ name }) => name.startsWith('coach.'))).toEqual([]);
    for (const each of [host, there, ...bystanders]) each.close();
  });

  it('is let in by the link where the host of the show gave it', async () => {
    const coach = await coachLink(market.show.id, market.hostToken);
    await expect.poll(() => standing(coach.token, market.show.id)).toBe('allowed');
    const asked = await coachLink(market.show.id, test.operatorToken);
    expect(await standing(asked.token, market.show.id)).toBe('may-ask');
  });

  it('finds the newest real show of a host whose shows are all over, and opens a rehearsal of it', async () => {
    const over = await openMarket(test, [4]);
    const database = new SqliteDatabase(join(test.dataDir, 'fieldcast.sqlite'), { timeout: 5_000 });
    database.prepare(`update shows set status = 'ended', ended_at = ? where id = ?`).run(clock.now(), over.show.id);
    database.close();
    const coach = await coachLink(over.show.id, test.operatorToken);
    const listed = async () => (await test.call<{ shows: CoachShow[] }>('GET', '/api/v1/coaching/shows', { token: coach.token })).body.shows.map(({ show }) => [show.kind, show.status, show.id === over.show.id]);
    expect(await listed()).toEqual([['live', 'ended', true]]);
    const body = { sellerId: over.show.sellerId, hostId: over.show.hostId, title: 'Once more', productIds: over.products.map(({ id }) => id) };
    expect((await test.call('POST', '/api/v1/rehearsals', { token: coach.token, body })).status).toBe(201);
    expect(await listed()).toEqual([['rehearsal', 'planned', false], ['live', 'ended', true]]);
    // It gives way to one that is to come.
    await test.call('POST', '/api/v1/shows', { token: test.operatorToken, body: { title: 'Next', sellerId: over.show.sellerId, hostId: over.show.hostId } });
    expect(await listed()).toEqual([['rehearsal', 'planned', false], ['live', 'planned', false]]);
  });

  it('is out at once when the link is taken back', async () => {
    const { show } = await started();
    const coach = await coachLink(show.id, market.hostToken);
    const socket = await openSocket(test.url, coach.token);
    await socket.ask('show.join', { showId: show.id });
    expect((await test.call('DELETE', `/api/v1/links/${coach.id}`, { token: market.hostToken })).status).toBe(204);
    await socket.next('access.ended');
    expect((await test.call('GET', '/api/v1/coaching/shows', { token: coach.token })).body.code).toBe('auth.revoked');
    socket.close();
  });

  it('asks nobody of others, and answers for nobody', async () => {
    const stranger = await openMarket(test);
    const { show } = await started();
    const coach = await coachLink(show.id, market.hostToken);
    expect((await test.call('POST', `/api/v1/shows/${stranger.show.id}/coaching/ask`, { token: coach.token, body: {} })).status).toBe(403);
    expect([(await answer(market.show.id, coach.identity, true, coach.token)).status, (await answer(market.show.id, coach.identity, true, stranger.hostToken)).status]).toEqual([403, 403]);
  });
});

describe('the end of a rehearsal', () => {
  const traces = (needles: readonly string[]): string[] => {
    const database = new SqliteDatabase(join(test.dataDir, 'fieldcast.sqlite'), { readonly: true });
    const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[];
    // What a repeated call would be answered goes by an age of its own.
    const found = tables.filter(({ name }) => name !== 'answers').flatMap(({ name }) => {
      const text = JSON.stringify(database.prepare(`select * from "${name}"`).all());
      return needles.filter((needle) => text.includes(needle)).map((needle) => `${name}: ${needle}`);
    });
    database.close();
    return found;
  };
  const practised = async (): Promise<{ rehearsal: Rehearsal; needles: string[] }> => {
    const rehearsal = await started('To be erased');
    const { show } = rehearsal;
    const shelf = await shelfOf(show.id);
    const { body: order } = await test.call('POST', `/api/v1/shows/${show.id}/orders`, { token: market.hostToken, body: { ...orderOf(shelf[0]!), note: 'leave it at the gate' }, headers: { 'idempotency-key': newId('key') } });
    await test.call('PUT', `/api/v1/shows/${show.id}/pins`, { token: market.hostToken, body: { productIds: [shelf[0]?.id] } });
    await test.call('PATCH', `/api/v1/variants/${shelf[0]?.variants[0]?.id}`, { token: market.hostToken, body: { priceMinor: 1100 } });
    await test.call('POST', `/api/v1/shows/${show.id}/messages`, { token: market.hostToken, body: { text: 'one two three' }, headers: { 'idempotency-key': newId('key') } });
    return { rehearsal, needles: [show.id, show.sellerId, order.id, ...shelf.map(({ id }) => id), ...shelf.flatMap(({ variants }) => variants.map(({ id }) => id))] };
  };

  it('leaves nothing in any table, also with an order that is open', async () => {
    const { rehearsal, needles } = await practised();
    expect(traces(needles).length).toBeGreaterThan(5);
    expect((await test.call('DELETE', `/api/v1/rehearsals/${rehearsal.show.id}`, { token: market.hostToken })).status).toBe(204);
    await expect.poll(() => traces(needles)).toEqual([]);
    expect((await shelfOf(market.show.id)).length).toBe(3);
  });

  it('takes pictures along that were taken for it, and none that the real shop has or shows', async () => {
    const upload = async (colour: string): Promise<string> => {
      const png = await sharp({ create: { width: 200, height: 200, channels: 3, background: colour } }).png().toBuffer();
      const response = await fetch(`${test.url}/api/v1/pictures`, { method: 'POST', headers: { authorization: `Bearer ${market.hostToken}`, 'content-type': 'image/png' }, body: new Uint8Array(png) });
      return ((await response.json()) as { id: string }).id;
    };
    const before = await upload('red');
    clock.advance(1);
    const { show } = await started('With pictures');
    const [practised, both, poster] = [await upload('green'), await upload('blue'), await upload('white')];
    const [copy] = await shelfOf(show.id);
    await test.call('PATCH', `/api/v1/products/${copy?.id}`, { token: market.hostToken, body: { pictures: [before, practised, both] } });
    await test.call('PATCH', `/api/v1/products/${market.products[0]?.id}`, { token: market.hostToken, body: { pictures: [both] } });
    expect((await test.call('PATCH', `/api/v1/shows/${show.id}`, { token: market.hostToken, body: { posterPictureId: poster } })).status).toBe(200);
    expect((await test.call('DELETE', `/api/v1/rehearsals/${show.id}`, { token: market.hostToken })).status).toBe(204);
    const statuses = await Promise.all([before, practised, both, poster].map(async (id) => (await fetch(`${test.url}/api/v1/pictures/${id}/160`)).status));
    expect(statuses).toEqual([200, 404, 200, 404]);
  });

  it('comes by itself, by its own clock, and not before', async () => {
    const { rehearsal, needles } = await practised();
    expect(rehearsal.erasesAt).toBe(clock.now() + 7 * DAY_MS);
    const age = (ms: number): void => {
      // A week of the whole server's alarms would take longer than the rest of this file.
      const database = new SqliteDatabase(join(test.dataDir, 'fieldcast.sqlite'), { timeout: 5_000 });
      database.prepare('update rehearsals set created_at = created_at - ? where show_id = ?').run(ms, rehearsal.show.id);
      database.close();
    };
    age(6 * DAY_MS);
    clock.advance(SWEEP_MS);
    // Those of the test have run out.
    const token = await test.app.issueToken({ role: 'operator', identity: newId('per') }, DAY_MS);
    expect((await test.call('GET', `/api/v1/rehearsals/${rehearsal.show.id}`, { token })).status).toBe(200);
    age(DAY_MS);
    clock.advance(SWEEP_MS);
    await expect.poll(() => traces(needles)).toEqual([]);
  });
});
