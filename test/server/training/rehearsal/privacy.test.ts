// Owns that a rehearsal is not there for others: every route of the whole server answers outsiders as for a show that does not exist.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../../../../server/protocol/access.ts';
import { commands } from '../../../../server/protocol/commands.ts';
import type { CommandSpec, EndpointSpec } from '../../../../server/protocol/endpoint.ts';
import * as endpoints from '../../../../server/protocol/endpoints.ts';
import { newId } from '../../../../server/protocol/ids.ts';
import type { Rehearsal } from '../../../../server/protocol/training.ts';
import { openSocket } from '../../../support/socket.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

let test: TestApp;
let market: Market;
let other: Market;
let rehearsal: Rehearsal;
let outsiders: Record<string, string | undefined>;

beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [10]);
  other = await openMarket(test);
  rehearsal = (await start(market)).body;
  outsiders = {
    nobody: undefined,
    viewer: await test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 600_000),
    'host of another seller': other.hostToken,
    'helper of the real show': await test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: ['shelf', 'stock', 'chat', 'orders', 'captions'] }, 600_000),
    'coach of others': await test.app.issueToken({ role: 'coach', identity: newId('per'), showId: other.show.id }, 600_000),
  };
});

afterAll(() => test.close());

const start = ({ show, products, hostToken }: Market) =>
  test.call<Rehearsal>('POST', '/api/v1/rehearsals', { token: hostToken, body: { sellerId: show.sellerId, title: 'Practice', productIds: products.map(({ id }) => id) } });

const OFFER = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

/** What an endpoint needs to be let past its schema; all others are content with nothing. */
function bodyFor(path: string, variantId: string): unknown {
  if (path.endsWith('/messages')) return { text: 'hello' };
  if (path.endsWith('/quote')) return { lines: [{ variantId, quantity: 1 }] };
  if (path.endsWith('/orders')) return { ...orderOf(market.products[0]!), lines: [{ variantId, quantity: 1 }] };
  if (path.endsWith('/admission')) return { code: 'APPLE-1234' };
  if (path.endsWith('/waits')) return { variantId, quantity: 1 };
  if (path.endsWith('/vote')) return { option: 0 };
  if (path.endsWith('/shelf') || path.endsWith('/pins')) return { productIds: [] };
  if (path.endsWith('/links')) return { role: 'helper' };
  if (path.includes('/coaching/per_')) return { isAllowed: true };
  return {};
}

async function routes(): Promise<{ method: string; path: string; roles: Role[] }[]> {
  const { body } = await test.call<{ paths: Record<string, Record<string, { 'x-roles': Role[] }>> }>('GET', '/openapi.json');
  return Object.entries(body.paths).flatMap(([path, methods]) => (path.includes('{showId}') ? Object.entries(methods).map(([method, spec]) => ({ method: method.toUpperCase(), path, roles: spec['x-roles'] })) : []));
}

async function answer(method: string, path: string, showId: string, token: string | undefined): Promise<string> {
  const filled = path
    .replace('{showId}', showId)
    .replace('{variantId}', market.products[0]?.variants[0]?.id ?? '')
    .replace('{productId}', market.products[0]?.id ?? '')
    .replace('{ms}', '1000')
    .replace('{width}', '480')
    .replace(/\{(\w+)\}/g, (_, name: string) => (name.endsWith('Id') ? 'per_aaaaaaaaaaaaaaaaaaaaaa' : 'index.m3u8'));
  const isSdp = /^\/wh[ei]p/.test(path);
  const variantId = market.products[0]?.variants[0]?.id ?? '';
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const response = await fetch(`${test.url}${filled}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(hasBody ? { 'content-type': isSdp ? 'application/sdp' : 'application/json', 'idempotency-key': newId('key') } : {}),
    },
    ...(hasBody ? { body: isSdp ? OFFER : JSON.stringify(bodyFor(filled, variantId)) } : {}),
  });
  const text = await response.text();
  const isProblem = text !== '' && response.headers.get('content-type')?.includes('problem') === true;
  return `${response.status} ${isProblem ? ((JSON.parse(text) as { code?: string }).code ?? '') : ''}`;
}

describe('a rehearsal for those who are not in it', () => {
  it('answers as a show that is not there, on every route and to every role', async () => {
    const missing = newId('shw');
    const told: string[] = [];
    let asked = 0;
    const all = (await routes()).filter(({ method }) => method !== 'OPTIONS');
    for (const [who, token] of Object.entries(outsiders)) {
      // What a role may not call at all is asked below.
      const role = (/^(host|helper|coach) of/.exec(who)?.[1] ?? 'viewer') as Role;
      await Promise.all(
        all.filter(({ roles: may }) => may.includes(role)).map(async ({ method, path }) => {
          const [ofRehearsal, ofNothing] = await Promise.all([answer(method, path, rehearsal.show.id, token), answer(method, path, missing, token)]);
          asked += 1;
          if (ofRehearsal !== ofNothing) told.push(`${who}: ${method} ${path}: ${ofRehearsal}, not ${ofNothing}`);
        }),
      );
    }
    expect(told).toEqual([]);
    expect(asked).toBeGreaterThan(250);
  });

  it('would be told from nothing, were it a real show', async () => {
    const missing = newId('shw');
    const differing = await Promise.all(
      (await routes()).filter(({ method }) => method === 'GET').map(async ({ method, path }) => (await answer(method, path, market.show.id, undefined)) !== (await answer(method, path, missing, undefined))),
    );
    expect(differing.filter(Boolean).length).toBeGreaterThan(10);
  });

  it('is in no list, no programme and no seller of its own is', async () => {
    for (const token of Object.values(outsiders)) {
      const options = token === undefined ? {} : { token };
      for (const path of ['/api/v1/shows', '/api/v1/shows?kind=rehearsal', '/api/v1/shows?mine=true', '/api/v1/programme', `/api/v1/programme?sellerId=${rehearsal.show.sellerId}`]) {
        expect(JSON.stringify((await test.call('GET', path, options)).body)).not.toContain(rehearsal.show.id);
      }
    }
    const sellers = await test.call('GET', '/api/v1/sellers', { token: test.operatorToken });
    expect(JSON.stringify(sellers.body)).not.toContain(rehearsal.show.sellerId);
    expect(JSON.stringify((await test.call('GET', '/api/v1/shows', { token: market.hostToken })).body)).not.toContain(rehearsal.show.id);
  });

  it('lets none of them join by a socket, and its host, a helper of its own and its coach', async () => {
    const join = async (token: string | undefined): Promise<string> => {
      const socket = await openSocket(test.url, token);
      const joined = await socket.send('show.join', { showId: rehearsal.show.id });
      socket.close();
      return joined.ok ? `in${joined.value.isStaff ? ' staff' : ''}${joined.value.isCoach ? ' coach' : ''}` : joined.error.code;
    };
    for (const token of Object.values(outsiders)) expect(await join(token)).toBe('not-found');
    expect(await join(market.hostToken)).toBe('in staff');
    expect(await join(await test.app.issueToken({ role: 'helper', identity: newId('per'), showId: rehearsal.show.id, rights: [] }, 600_000))).toBe('in staff');
    expect(await join(await test.app.issueToken({ role: 'coach', identity: newId('per'), showId: market.show.id }, 600_000))).toBe('in coach');
  });

  it('gives each role what its list has, and nothing else: every call of the server, and every command', async () => {
    const tokens: Record<Role, string> = {
      viewer: outsiders['viewer'] as string,
      host: market.hostToken,
      helper: outsiders['helper of the real show'] as string,
      operator: test.operatorToken,
      coach: await test.app.issueToken({ role: 'coach', identity: newId('per'), showId: market.show.id }, 600_000),
    };
    const wrong: string[] = [];
    let refusals = 0;
    for (const role of roles) {
      const barred = (Object.values(endpoints) as EndpointSpec[]).filter((spec) => typeof spec === 'object' && !spec.roles.includes(role));
      await Promise.all(
        barred.map(async ({ method, path }) => {
          const said = await answer(method, path, rehearsal.show.id, tokens[role]);
          refusals += 1;
          if (said !== '403 auth.forbidden') wrong.push(`${role}: ${method} ${path}: ${said}`);
        }),
      );
      const socket = await openSocket(test.url, tokens[role]);
      for (const { name } of (Object.values(commands) as CommandSpec[]).filter((spec) => !spec.roles.includes(role))) {
        const result = await socket.send(name as never, {} as never);
        if (result.ok || result.error.code !== 'auth.forbidden') wrong.push(`${role}: ${name}`);
      }
      socket.close();
    }
    expect(wrong).toEqual([]);
    expect(refusals).toBeGreaterThan(400);
  });

  it('has no figures, and nothing of it is measured', async () => {
    for (const path of ['live', 'report', 'trend']) {
      expect((await test.call('GET', `/api/v1/analytics/shows/${rehearsal.show.id}/${path}`, { token: market.hostToken })).status).toBe(404);
    }
  });
});
