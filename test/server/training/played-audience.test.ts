// Owns the check of a played audience in the whole server: by the ways that viewers go, marked, for trainers alone, over a restart.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import type { Order } from '../../../server/protocol/order.ts';
import type { PlayedRun, ScenarioSummary } from '../../../server/protocol/played-audience.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { coachOf, openPractice, type Practice } from '../../support/practice.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { startApp, type TestApp } from '../../support/start-app.ts';

const OPUS = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {}, rtcpFeedback: [] };

let dataDir: string;
let test: TestApp;
let practice: Practice;
const sockets: TestSocket[] = [];
let nextSsrc = 5_000;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-played-'));
  test = await startApp({ dataDir });
  practice = await openPractice(test);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await test?.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

async function joined(token: string, showId: string): Promise<TestSocket> {
  const socket = await openSocket(test.url, token);
  sockets.push(socket);
  await socket.ask('show.join', { showId });
  return socket;
}

/** The host goes on the air. */
async function onAir({ hostToken, show }: Practice): Promise<TestSocket> {
  const host = await joined(hostToken, show.id);
  const { transport } = await host.ask('media.publish', {});
  const rtpParameters = { mid: '0', codecs: [OPUS], headerExtensions: [], encodings: [{ ssrc: nextSsrc++ }], rtcp: { cname: 'phone' } };
  await host.ask('media.produce', { transportId: transport.id, kind: 'audio', rtpParameters });
  return host;
}

const audience = (showId: string) => `/api/v1/rehearsals/${showId}/audience`;
const act = async (body: object, { coachToken, show } = practice) => (await test.call<{ run: PlayedRun }>('POST', `${audience(show.id)}/acts?language=en`, { token: coachToken, body })).body.run;
const bring = (file: unknown, token = practice.coachToken) => test.call<ScenarioSummary>('POST', '/api/v1/scenarios', { token, body: file });
const asHost = async <T>(path: string) => (await test.call<T>('GET', `/api/v1/shows/${practice.show.id}${path}`, { token: practice.hostToken })).body;
const shelf = async () => (await asHost<{ shelf: Product[] }>('')).shelf;

describe('a single act', () => {
  it('lets people come, counted like any others', async () => {
    const coach = await joined(practice.coachToken, practice.show.id);
    const run = await act({ act: 'burst', viewers: 7 });
    expect(run).toMatchObject({ viewers: 7, state: 'waiting', scenario: null });
    expect((await asHost<{ viewers: number }>('')).viewers).toBe(7);
    expect((await coach.next('presence.changed', ({ viewers }) => viewers === 7)).viewers).toBe(7);
    await coach.next('played.changed', ({ run: told }) => told.viewers === 7);
  });

  it('writes in the chat as a viewer does, marked, and finds its way to the questions', async () => {
    const host = await joined(practice.hostToken, practice.show.id);
    await act({ act: 'question', text: 'How much is the shipping to Lanzhou?' });
    const told = await host.next('chat.changed', ({ messages }) => messages.some(({ text }) => text.includes('Lanzhou')));
    const message = told.messages.find(({ text }) => text.includes('Lanzhou')) as ChatMessage;
    expect(message).toMatchObject({ isSynthetic: true, author: { role: 'viewer', name: expect.stringMatching(/\S/) } });
    await host.next('questions.changed', ({ questions }) => questions.some(({ text }) => text.includes('Lanzhou')));
  });

  it('leaves what people write without a mark', async () => {
    await test.call('POST', `/api/v1/shows/${practice.show.id}/messages`, { token: practice.hostToken, body: { text: 'Hello all' }, headers: { 'idempotency-key': 'hello-all' } });
    const { messages } = await asHost<{ messages: ChatMessage[] }>('/messages');
    expect(messages.find(({ text }) => text === 'Hello all')).not.toHaveProperty('isSynthetic');
  });

  it('orders what is pinned, for real prices and stock of the practice, marked, and takes nothing from the shop', async () => {
    const [, pinned] = practice.productIds;
    await test.call('PUT', `/api/v1/shows/${practice.show.id}/pins`, { token: practice.hostToken, body: { productIds: [pinned] } });
    const host = await joined(practice.hostToken, practice.show.id);
    const run = await act({ act: 'order', quantity: 3 });
    expect(run.log[0]).toMatchObject({ act: 'order', refusal: null, product: 'Apples 2', amount: 3 });
    const { order } = await host.next('order.placed');
    expect(order).toMatchObject({ isSynthetic: true, totalMinor: 3_000, payment: 'cod', lines: [{ productId: pinned, quantity: 3 }] });
    const { orders } = await asHost<{ orders: Order[] }>('/orders');
    expect(orders.map(({ isSynthetic }) => isSynthetic)).toEqual([true]);
    expect((await shelf())[1]?.variants[0]?.stock).toBe(7);
    const real = await test.call<Product>('GET', `/api/v1/products/${practice.market.products[1]?.id}`);
    expect(real.body.variants[0]?.stock).toBe(10);
  });

  it('likes', async () => {
    await act({ act: 'like', count: 20 });
    expect((await asHost<{ reactions: { heart: number } }>('/stage')).reactions.heart).toBe(20);
  });

  it('is refused as a viewer’s would be: who was muted stays silent', async () => {
    await act({ act: 'troll' });
    const { messages } = await asHost<{ messages: ChatMessage[] }>('/messages');
    const rude = messages.findLast(({ isSynthetic }) => isSynthetic) as ChatMessage;
    await test.call('POST', `/api/v1/shows/${practice.show.id}/restrictions`, { token: practice.hostToken, body: { messageId: rude.id, kind: 'mute', minutes: 10 } });
    expect((await act({ act: 'troll' })).log[0]).toMatchObject({ act: 'troll', refusal: 'chat.restricted', isByHand: true });
    expect((await act({ act: 'praise' })).log[0]?.refusal).toBeNull();
  });

  it('cannot make the line of a host narrow who sends nothing, and says so', async () => {
    expect((await act({ act: 'network-drop' })).log[0]).toMatchObject({ refusal: 'media.not-found' });
  });

  it('makes it narrow for its seconds while they send', async () => {
    const host = await onAir(practice);
    const run = await act({ act: 'network-drop', seconds: 3, kbps: 40 });
    expect(run).toMatchObject({ log: [{ refusal: null, amount: 3 }, ...run.log.slice(1)] });
    expect(run.dropUntil).toBeGreaterThan(Date.now());
    host.close();
  });

  it('sells out and misprices what is pinned, and puts both right when the audience is stopped', async () => {
    await act({ act: 'stock-out' });
    await act({ act: 'wrong-price', percent: 10 });
    expect((await shelf())[1]?.variants[0]).toMatchObject({ stock: 0, priceMinor: 100 });
    const { body } = await test.call<{ run: PlayedRun }>('DELETE', audience(practice.show.id), { token: practice.coachToken });
    expect(body.run).toMatchObject({ state: 'ended', endedBy: 'stopped', viewers: 0, dropUntil: null });
    const stopped = await asHost<{ shelf: Product[]; viewers: number }>('');
    expect(stopped.shelf[1]?.variants[0]).toMatchObject({ stock: 7, priceMinor: 1_000 });
    expect(stopped.viewers).toBe(0);
  });

  it.each([{ act: 'burst', viewers: 5_000 }, { act: 'say' }, { act: 'say', text: 'x'.repeat(301) }, { act: 'network-drop', seconds: 1e9 }, { act: 'format-disk' }, { act: 'like', count: -1 }, { at: '1:00', act: 'like' }])(
    'is refused where it is none: %#',
    async (body) => {
      expect((await test.call('POST', `${audience(practice.show.id)}/acts`, { token: practice.coachToken, body })).status).toBe(400);
    },
  );
});

describe('scenarios', () => {
  it('come with the server, easy ones first, and can be read', async () => {
    const { body } = await test.call<{ scenarios: ScenarioSummary[] }>('GET', '/api/v1/scenarios', { token: practice.coachToken });
    const stages = body.scenarios.filter(({ isReadyMade }) => isReadyMade).map(({ stage }) => stage);
    expect(stages).toEqual(['never', 'never', 'streaming', 'streaming', 'steady', 'steady']);
    const file = await test.call<{ stage: string }>('GET', `/api/v1/scenarios/${body.scenarios[0]?.id}/file`, { token: practice.coachToken });
    expect(file.body.stage).toBe('never');
  });

  it('are brought by trainers, and taken away by who brought them', async () => {
    const brought = await bring({ name: 'Mine', stage: 'never' });
    expect([brought.status, brought.body.isOwn, brought.body.name]).toEqual([201, true, { en: 'Mine', 'zh-CN': 'Mine' }]);
    const path = `/api/v1/scenarios/${brought.body.id}`;
    const other = await coachOf(test.call, practice.hostToken, practice.show.id, 'Wang');
    expect((await test.call('DELETE', path, { token: other })).status).toBe(403);
    expect((await test.call('DELETE', '/api/v1/scenarios/1-first-minutes', { token: test.operatorToken })).status).toBe(403);
    expect((await test.call('DELETE', path, { token: practice.coachToken })).status).toBe(204);
    expect((await test.call('GET', `${path}/file`, { token: practice.coachToken })).status).toBe(404);
  });

  it('are refused with the line that is wrong', async () => {
    const raw = async (body: string | Uint8Array) => {
      const answer = await fetch(`${test.url}/api/v1/scenarios`, { method: 'POST', headers: { authorization: `Bearer ${practice.coachToken}`, 'content-type': 'application/json' }, body: body as string });
      return { status: answer.status, ...((await answer.json()) as { code: string; params?: object }) };
    };
    expect(await raw('{\n "name": "x",\n "stage": "never",\n "acts": [{ "at": "soon", "act": "like" }]\n}')).toMatchObject({ status: 422, code: 'scenario.invalid', params: { line: 4, field: 'acts.0.at' } });
    expect(await raw('not json at all')).toMatchObject({ code: 'scenario.invalid', params: { line: 1, fault: 'not-json' } });
    expect(await raw(new Uint8Array([0xff, 0xfe, 0x00, 0x80]))).toMatchObject({ code: 'scenario.invalid' });
    expect(await raw(`"${'x'.repeat(100_000)}"`)).toMatchObject({ status: 413 });
    // No name of a file reaches the disk.
    expect((await test.call('GET', `/api/v1/scenarios/${encodeURIComponent('../../package')}/file`, { token: practice.coachToken })).status).toBe(400);
  });
});

describe('a scenario', () => {
  const quick = {
    name: 'Quick', stage: 'steady', seed: 9, minutes: 1, actsPerMinute: 0, viewers: { start: 4, end: 9 },
    acts: [
      ...['question', 'praise', 'haggle', 'order', 'question', 'like', 'join', 'troll'].map((kind) => ({ at: '0:00', act: kind })),
      ...['question', 'order', 'leave', 'haggle', 'wrong-price', 'order', 'stock-out', 'order'].map((kind) => ({ at: '0:01', act: kind })),
    ],
  };

  async function played(one: Practice, scenarioId: string): Promise<PlayedRun> {
    const coach = await joined(one.coachToken, one.show.id);
    await onAir(one);
    await test.call('PUT', `/api/v1/shows/${one.show.id}/pins`, { token: one.hostToken, body: { productIds: one.productIds.slice(0, 1) } });
    await test.call('PUT', audience(one.show.id), { token: one.coachToken, body: { scenarioId, speed: 2, language: 'zh-CN' } });
    return (await coach.next('played.changed', ({ run }) => run.played === run.acts && run.acts > 10)).run;
  }

  it('does the same in two rehearsals: the same people, words, goods and refusals', async () => {
    const { body } = await bring(quick);
    const runs = await Promise.all((await Promise.all([openPractice(test), openPractice(test)])).map((one) => played(one, body.id)));
    const [first, second] = runs.map(({ log }) => log.map((entry) => ({ ...entry, at: 0 })));
    expect(first).toHaveLength(17);
    expect(first?.filter(({ refusal }) => refusal !== null).map(({ act: kind, refusal }) => [kind, refusal])).toEqual([['order', 'stock.insufficient']]);
    expect(second).toEqual(first);
  });

  it('is taken up again after a restart, where it was', async () => {
    const one = await openPractice(test);
    await joined(one.coachToken, one.show.id);
    await onAir(one);
    const token = one.coachToken;
    // Two trainers at once: one of the two is played, and not both.
    const start = () => test.call('PUT', audience(one.show.id), { token, body: { scenarioId: '6-a-rush', speed: 0.5 } });
    await Promise.all([start(), start()]);
    const before = (await test.call<{ run: PlayedRun }>('PATCH', audience(one.show.id), { token, body: { isPaused: true } })).body.run;
    expect(before).toMatchObject({ state: 'paused', viewers: 20, played: 1 });
    expect((await test.call<{ viewers: number }>('GET', `/api/v1/shows/${one.show.id}`, { token: one.hostToken })).body.viewers).toBe(20);

    for (const socket of sockets.splice(0)) socket.close();
    await test.app.close();
    test = await startApp({ dataDir });
    const after = (await test.call<{ run: PlayedRun }>('GET', audience(one.show.id), { token })).body.run;
    expect(after).toMatchObject({ id: before.id, state: 'paused', viewers: 20, played: 1, log: before.log });
    expect((await test.call<{ run: PlayedRun }>('PATCH', audience(one.show.id), { token, body: { isPaused: false } })).body.run.state).toBe('waiting');
    await test.call('POST', `/api/v1/shows/${one.show.id}/end`, { token: one.hostToken, body: {} });
    expect((await test.call<{ run: PlayedRun }>('GET', audience(one.show.id), { token })).body.run).toMatchObject({ endedBy: 'show-over', viewers: 0 });
    expect((await test.call('POST', `${audience(one.show.id)}/acts`, { token, body: { act: 'like' } })).body.code).toBe('show.wrong-state');
  });
});

describe('the audience is played by trainers alone', () => {
  const calls = (showId: string): [method: string, path: string, body?: object][] => [
    ['GET', audience(showId)],
    ['PUT', audience(showId), { scenarioId: '1-first-minutes' }],
    ['PATCH', audience(showId), { isPaused: true }],
    ['DELETE', audience(showId)],
    ['POST', `${audience(showId)}/acts`, { act: 'like' }],
  ];
  const statuses = async (showId: string, token?: string) => {
    const answers = await Promise.all(calls(showId).map(([method, path, body]) => test.call(method, path, { ...(token ? { token } : {}), ...(body ? { body } : {}) })));
    return [...new Set(answers.map(({ status }) => status))];
  };

  it('refuses viewers, helpers, and hosts and coaches of others', async () => {
    const { show, hostToken } = practice;
    const other = await openPractice(test);
    const link = await test.call<{ url: string }>('POST', `/api/v1/shows/${show.id}/links`, { token: hostToken, body: { role: 'helper', name: 'Li' } });
    const helper = await test.call<{ token: string }>('POST', '/api/v1/sessions', { body: { code: new URL(link.body.url).hash.slice('#code='.length) } });
    const viewer = await test.app.issueToken({ role: 'viewer', identity: 'vwr_somebody' }, 60_000);
    expect(await statuses(show.id)).toEqual([401]);
    expect(await statuses(show.id, viewer)).toEqual([403]);
    expect(await statuses(show.id, helper.body.token)).toEqual([403]);
    expect(await statuses(show.id, other.hostToken)).toEqual([404]);
    expect(await statuses(show.id, other.coachToken)).toEqual([404]);
    for (const token of [viewer, helper.body.token, hostToken]) expect((await bring({ name: 'x', stage: 'never' }, token)).status).toBe(403);
  });

  it('is never played in a real show, whoever asks', async () => {
    const { market, hostToken, coachToken } = practice;
    expect(await statuses(market.show.id, hostToken)).toEqual([409]);
    expect(await statuses(market.show.id, test.operatorToken)).toEqual([409]);
    expect(await statuses(market.show.id, coachToken)).toEqual([403]);
  });

  it('is gone with its rehearsal', async () => {
    const { show, hostToken } = await openPractice(test);
    await test.call('POST', `${audience(show.id)}/acts`, { token: hostToken, body: { act: 'burst', viewers: 3 } });
    expect((await test.call('DELETE', `/api/v1/rehearsals/${show.id}`, { token: hostToken })).status).toBe(204);
    expect(await statuses(show.id, hostToken)).toEqual([404]);
  });
});
