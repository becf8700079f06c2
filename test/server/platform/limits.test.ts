// Rate limits as a caller meets them: by identity, by address, and who is not limited by address.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';
import { openSocket } from '../../support/socket.ts';

let test: TestApp;
let market: Market;

beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test);
});
afterAll(() => test.close());

const tally = async (calls: Promise<{ status: number }>[]) => {
  const statuses = (await Promise.all(calls)).map((answer) => answer.status);
  return { limited: statuses.filter((status) => status === 429).length, other: statuses.filter((status) => status !== 429).length };
};

describe('rate limits', () => {
  it('count an identity over all its addresses', async () => {
    const probe = (index: number) =>
      fetch(`${test.url}/api/v1/probe`, {
        method: 'POST',
        body: new Uint8Array(10),
        headers: { authorization: `Bearer ${market.hostToken}`, 'content-type': 'application/octet-stream', 'x-forwarded-for': `203.0.113.${index}` },
      });
    expect(await tally(Array.from({ length: 40 }, (_, index) => probe(index)))).toEqual({ limited: 10, other: 30 });
    const refused = await probe(99);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'rate.limited', params: { seconds: expect.any(Number) } });
  });

  it('count an address over all its callers, as a proxy on this machine names it', async () => {
    const guess = (address: string) =>
      test.call('POST', '/api/v1/sessions', { body: { operatorSecret: 'wrong-guess' }, headers: { 'x-forwarded-for': address } });
    expect(await tally(Array.from({ length: 35 }, () => guess('198.51.100.7')))).toEqual({ limited: 5, other: 30 });
    expect((await guess('198.51.100.8')).status).toBe(401);
  });

  it('leave a caller on the machine itself alone', async () => {
    const guess = () => test.call('POST', '/api/v1/sessions', { body: { operatorSecret: 'wrong-guess' } });
    expect(await tally(Array.from({ length: 40 }, guess))).toEqual({ limited: 0, other: 40 });
  });

  it('count the commands of one socket', async () => {
    const socket = await openSocket(test.url);
    const answers = await Promise.all(Array.from({ length: 70 }, () => socket.send('show.join', { showId: market.show.id })));
    expect(answers.filter((answer) => !answer.ok && answer.error.code === 'rate.limited')).toHaveLength(10);
    socket.close();
  });
});
