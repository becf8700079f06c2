// Who is still signed in, and what is still known, after a show was deleted for good.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

let test: TestApp;
let market: Market;
const erase = (showId: string) => test.call('DELETE', `/api/v1/shows/${showId}`, { token: test.operatorToken });

beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test);
});
afterAll(() => test.close());

/** A device that came in by a link of the show. @returns whether it is still signed in */
async function signIn(showId: string, role: 'host' | 'helper'): Promise<() => Promise<number>> {
  const { body: link } = await test.call('POST', `/api/v1/shows/${showId}/links`, { token: test.operatorToken, body: { role, name: 'Li' } });
  const session = await test.call('POST', '/api/v1/sessions', { body: { code: new URL(link.url).hash.slice('#code='.length) } });
  const cookie = (session.headers.get('set-cookie') as string).split(';')[0] as string;
  return async () => (await test.call('POST', '/api/v1/sessions/token', { headers: { cookie } })).status;
}

describe('a show that is deleted', () => {
  it('takes its helpers with it, and its host only with the last show', async () => {
    const { show } = market;
    const body = { title: 'Next', sellerId: show.sellerId, hostId: show.hostId };
    const { body: next } = await test.call('POST', '/api/v1/shows', { token: test.operatorToken, body });
    const [host, helper] = [await signIn(show.id, 'host'), await signIn(show.id, 'helper')];
    const late = await signIn(next.id, 'host');
    expect((await erase(show.id)).status).toBe(204);
    expect([await host(), await helper(), await late()]).toEqual([200, 401, 200]);
    expect((await test.call('GET', `/api/v1/shows/${show.id}/links`, { token: test.operatorToken })).body.code).toBe('not-found');
    expect((await erase(next.id)).status).toBe(204);
    expect(await late()).toBe(401);
  });

  it('leaves nothing of its buyers in the database, and no order can slip in behind it', async () => {
    const { show, products } = await openMarket(test, [50]);
    const place = () => test.call('POST', `/api/v1/shows/${show.id}/orders`, { body: { ...orderOf(products[0]!), note: 'Ring twice' }, headers: { 'idempotency-key': newId('key') } });
    const { body: order } = await place();
    await test.call('POST', `/api/v1/orders/${order.id}/state`, { token: test.operatorToken, body: { to: 'cancelled', note: 'Li Mei called' } });
    const [gone, ...late] = await Promise.all([erase(show.id), place(), place()]);
    const placed = late.filter(({ status }) => status === 201).length;
    // Either an order came first and the show stays, or the show went and nobody could order.
    expect(gone.status).toBe(placed > 0 ? 409 : 204);
    for (const each of late.filter(({ status }) => status === 201)) await test.call('POST', `/api/v1/orders/${each.body.id}/cancel`, { body: {} });
    expect((await erase(show.id)).status).toBe(placed > 0 ? 204 : 404);

    expect((await place()).body.code).toBe('not-found');
    const { body: left } = await test.call('GET', `/api/v1/orders/${order.id}`);
    expect(left).toMatchObject({ state: 'cancelled', totalMinor: 1000, note: '', buyer: { name: '', phone: '', address: '' } });
    expect((await test.call('GET', `/api/v1/orders/${order.id}`, { token: test.operatorToken })).status).toBe(200);
    expect((await test.call('GET', `/api/v1/orders/${order.id}/moments`)).body).toMatchObject({ moments: [], reason: 'deleted' });
    expect(JSON.stringify(left)).not.toContain('Li Mei');
  });

  it('is deleted by the operator only, and a replay only where there is one', async () => {
    const { show, hostToken } = await openMarket(test);
    expect((await test.call('DELETE', `/api/v1/shows/${show.id}`, { token: hostToken })).body.code).toBe('auth.forbidden');
    expect((await test.call('DELETE', `/api/v1/shows/${show.id}/replay`, { token: hostToken })).body.code).toBe('replay.not-found');
  });
});
