// Helpers over HTTP and sockets: each right opens its own calls and nothing else, other rights hold at once, a revoked link ends everything.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointSpec } from '../../../../server/protocol/endpoint.ts';
import type { Right, Session } from '../../../../server/protocol/access.ts';
import { rights } from '../../../../server/protocol/access.ts';
import * as endpoints from '../../../../server/protocol/endpoints.ts';
import { newId } from '../../../../server/protocol/ids.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';
import { openSocket } from '../../../support/socket.ts';

let test: TestApp;
let market: Market;
beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [10]);
});
afterAll(() => test.close());

interface Helper {
  linkId: string;
  token: string;
  session: Session;
  cookie: string;
}

async function helperWith(given: readonly Right[], name = '小王'): Promise<Helper> {
  const link = await test.call('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'helper', name, rights: given } });
  expect(link.status).toBe(201);
  const code = new URL(link.body.url).hash.slice('#code='.length);
  const opened = await test.call<Session>('POST', '/api/v1/sessions', { body: { code } });
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { linkId: link.body.id, token: opened.body.token, session: opened.body, cookie };
}
const links = async () => (await test.call('GET', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken })).body.links as { id: string; name: string }[];
const guarded = Object.values(endpoints).filter((each): each is typeof each & EndpointSpec & { right: Right } => typeof each === 'object' && 'right' in each);

describe('rights of a helper', () => {
  const withRight = new Map<Right, Helper>();
  const without = new Map<Right, Helper>();
  beforeAll(async () => {
    for (const right of rights) {
      withRight.set(right, await helperWith([right]));
      without.set(right, await helperWith(rights.filter((each) => each !== right)));
    }
  });

  it('guard every call that helpers may make besides watching', () => {
    const open = Object.entries(endpoints).flatMap(([name, each]) =>
      typeof each === 'object' && (each as EndpointSpec).roles.includes('helper') && !(each as EndpointSpec).roles.includes('viewer') && !('right' in each) ? [name] : [],
    );
    // Neither shows or changes what is not public: time for an uplink, and the film of the show.
    expect(open.sort()).toEqual(['openDownload', 'probeUplink']);
  });

  it.each(guarded.map((each) => [`${each.method} ${each.path}`, each] as const))('%s', async (_name, spec) => {
    const path = spec.path.replace('{showId}', market.show.id).replace(/\{\w+\}/g, 'nothing_of_this_name');
    const headers = { 'idempotency-key': newId('key') };
    const send = (helper: Helper | undefined) => test.call(spec.method, path, { token: helper!.token, headers, ...(spec.method === 'GET' || spec.method === 'DELETE' ? {} : { body: {} }) });
    expect(await send(without.get(spec.right))).toMatchObject({ status: 403, body: { code: 'auth.right-missing', params: { right: spec.right } } });
    // Let through to the next check, which is about what was sent.
    expect((await send(withRight.get(spec.right))).body.code).not.toBe('auth.right-missing');
  });

  it('are told with the session and on entering the show', async () => {
    const helper = withRight.get('orders')!;
    expect(helper.session.rights).toEqual(['orders']);
    const socket = await openSocket(test.url, helper.token);
    expect(await socket.ask('show.join', { showId: market.show.id })).toMatchObject({ isStaff: true, rights: ['orders'] });
    socket.close();
    const viewer = await openSocket(test.url);
    expect(await viewer.ask('show.join', { showId: market.show.id })).toMatchObject({ isStaff: false, rights: [] });
    viewer.close();
  });

  it('decide who hears of orders, with masked phone numbers wherever a helper meets them', async () => {
    const [hands, mouth, host] = await Promise.all([withRight.get('orders'), without.get('orders'), { token: market.hostToken }].map((who) => openSocket(test.url, who!.token)));
    for (const socket of [hands, mouth, host]) await socket!.ask('show.join', { showId: market.show.id });
    const placed = await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!), headers: { 'idempotency-key': newId('key') } });
    const { token } = withRight.get('orders')!;
    expect((await host!.next('order.placed')).order.buyer.phone).toBe('13800001234');
    expect((await hands!.next('order.placed')).order.buyer.phone).toBe('138****1234');
    const moved = await test.call('POST', `/api/v1/orders/${placed.body.id}/state`, { token, body: { to: 'confirmed' } });
    expect((await hands!.next('order.changed')).order.buyer.phone).toBe('138****1234');
    const undone = await test.call('POST', `/api/v1/orders/${placed.body.id}/undo`, { token, body: {} });
    const listed = await test.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token });
    const read = await test.call('GET', `/api/v1/orders/${placed.body.id}`, { token });
    const moments = await test.call('GET', `/api/v1/orders/${placed.body.id}/moments`, { token });
    for (const answer of [moved, undone, listed, read, moments]) expect(JSON.stringify(answer.body)).not.toContain('13800001234');
    expect(moved.body.buyer.phone).toBe('138****1234');
    expect(moved.body.history.at(-1)).toMatchObject({ byRole: 'helper', byName: '小王' });
    expect(mouth!.events.some(({ name }) => name.startsWith('order.'))).toBe(false);
    for (const socket of [hands, mouth, host]) socket!.close();
  });
});

describe('the host’s list of helpers', () => {
  let helper: Helper;
  beforeEach(async () => {
    helper = await helperWith(['shelf'], '小李');
  });

  it('tells who is here, who was when, and never a code', async () => {
    const mine = async () => (await links()).find(({ id }) => id === helper.linkId);
    expect(await mine()).toMatchObject({ name: '小李', rights: ['shelf'], isOnline: false, seenAt: expect.any(Number), revokedAt: null });
    const socket = await openSocket(test.url, helper.token);
    await socket.ask('show.join', { showId: market.show.id });
    expect(await mine()).toMatchObject({ isOnline: true });
    expect(JSON.stringify(await links())).not.toContain('#code=');
    socket.close();
  });

  it('gives other rights at once, to the same token and the same connection', async () => {
    const socket = await openSocket(test.url, helper.token);
    await socket.ask('show.join', { showId: market.show.id });
    const orders = () => test.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token: helper.token });
    expect((await orders()).body.code).toBe('auth.right-missing');
    const changed = await test.call('PATCH', `/api/v1/links/${helper.linkId}`, { token: market.hostToken, body: { rights: ['orders'] } });
    expect(changed.body).toMatchObject({ id: helper.linkId, rights: ['orders'] });
    expect((await socket.next('access.changed')).rights).toEqual(['orders']);
    expect((await orders()).status).toBe(200);
    expect((await test.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: helper.token, body: { productIds: [] } })).body.code).toBe('auth.right-missing');
    await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0]!), headers: { 'idempotency-key': newId('key') } });
    expect((await socket.next('order.placed')).order.buyer.phone).toBe('138****1234');
    socket.close();
  });

  it('ends sessions, tokens and connections of a revoked link, and of no other', async () => {
    const other = await helperWith(['shelf'], '小张');
    const [socket, theirs] = await Promise.all([openSocket(test.url, helper.token), openSocket(test.url, other.token)]);
    for (const each of [socket, theirs]) await each.ask('show.join', { showId: market.show.id });
    const gone = new Promise<void>((resolve) => socket.raw.once('disconnect', () => resolve()));
    expect((await test.call('DELETE', `/api/v1/links/${helper.linkId}`, { token: market.hostToken })).status).toBe(204);
    await socket.next('access.ended');
    await gone;
    expect((await test.call('GET', `/api/v1/shows/${market.show.id}`, { token: helper.token })).body.code).toBe('auth.revoked');
    expect((await test.call('POST', '/api/v1/sessions/token', { headers: { cookie: helper.cookie } })).body.code).toBe('auth.revoked');
    await expect(openSocket(test.url, helper.token)).rejects.toMatchObject({ data: { code: 'auth.revoked' } });
    expect(theirs.raw.connected).toBe(true);
    expect((await test.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: other.token, body: { productIds: [] } })).status).toBe(200);
    theirs.close();
  });

  it('is the host’s own: another host and a helper change nothing in it', async () => {
    const stranger = await openMarket(test, [1]);
    for (const token of [stranger.hostToken, helper.token]) {
      expect((await test.call('PATCH', `/api/v1/links/${helper.linkId}`, { token, body: { rights: [...rights] } })).status).toBe(403);
      expect((await test.call('DELETE', `/api/v1/links/${helper.linkId}`, { token })).status).toBe(403);
    }
    expect((await links()).find(({ id }) => id === helper.linkId)).toMatchObject({ rights: ['shelf'], revokedAt: null });
  });

  it('takes each right once and no unknown one', async () => {
    const patch = (body: unknown) => test.call('PATCH', `/api/v1/links/${helper.linkId}`, { token: market.hostToken, body });
    expect((await patch({ rights: ['orders', 'shelf', 'orders'] })).body.rights).toEqual(['shelf', 'orders']);
    expect((await patch({ rights: ['everything'] })).status).toBe(400);
    expect((await patch({ rights: [] })).body.rights).toEqual([]);
  });
});
