// How long the chat of a show is kept: as long as the seller's replays, and as what is going on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPage } from '../../../server/protocol/chat.ts';
import { newId } from '../../../server/protocol/ids.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openMarket, startApp, type TestApp } from '../../support/start-app.ts';

const DAY_MS = 24 * 3600_000;
const clock = new FakeClock();
let test: TestApp;

beforeAll(async () => {
  test = await startApp({ clock, env: { FIELDCAST_RETENTION_DAYS: '30' } });
});
afterAll(() => test?.close());

const operator = () => test.app.issueToken({ role: 'operator', identity: newId('per') }, 3600_000);

async function showWithChat({ retentionDays, isEnded = true }: { retentionDays?: number; isEnded?: boolean } = {}): Promise<string> {
  const { show, hostToken } = await openMarket({ call: test.call, operatorToken: await operator() }, [1]);
  if (retentionDays !== undefined) expect((await test.call('PATCH', `/api/v1/sellers/${show.sellerId}`, { token: await operator(), body: { retentionDays } })).status).toBe(200);
  const written = await test.call('POST', `/api/v1/shows/${show.id}/messages`, { token: hostToken, body: { text: 'Good morning' }, headers: { 'idempotency-key': newId('key') } });
  expect(written.status).toBe(201);
  if (isEnded) expect((await test.call('POST', `/api/v1/shows/${show.id}/end`, { token: hostToken, body: {} })).status).toBe(200);
  return show.id;
}

const messagesOf = async (showId: string) => (await test.call<ChatPage>('GET', `/api/v1/shows/${showId}/messages`, { token: await operator() })).body.messages.length;
/** The clock goes on by hours, as the sweep is looked for by the hour, and its writes end before the next one. */
async function pass(days: number): Promise<void> {
  clock.advance(days * DAY_MS - 3600_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  clock.advance(3600_000);
}

describe('the chat of a show', () => {
  it('goes with its seller’s days, or the server’s, and stays while the show is not over', async () => {
    const [usual, short, none, open] = [await showWithChat(), await showWithChat({ retentionDays: 7 }), await showWithChat({ retentionDays: 0 }), await showWithChat({ isEnded: false })];
    const kept = () => Promise.all([usual, short, none, open].map((showId) => messagesOf(showId)));
    expect(await kept()).toEqual([1, 1, 1, 1]);
    // Not the same evening, even where replays are not kept at all.
    await pass(0.9);
    expect(await kept()).toEqual([1, 1, 1, 1]);
    await pass(0.2);
    await expect.poll(kept).toEqual([1, 1, 0, 1]);
    await pass(6);
    await expect.poll(kept).toEqual([1, 0, 0, 1]);
    await pass(24);
    await expect.poll(kept).toEqual([0, 0, 0, 1]);
  });
});
