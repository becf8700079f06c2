// What a coach and the host they coach have between them, through the whole server: who may, who is told, and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import { coachOf, openPractice, type Practice } from '../../../support/practice.ts';
import { openSocket, type TestSocket } from '../../../support/socket.ts';
import { openMarket, startApp, type TestApp } from '../../../support/start-app.ts';

let app: TestApp;
let practice: Practice;
let path: string;
let host: TestSocket;
let coach: TestSocket;
let outsiders: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  path = `/api/v1/shows/${practice.show.id}`;
  [host, coach] = await Promise.all([openSocket(app.url, practice.hostToken), openSocket(app.url, practice.coachToken)]);
  await host.ask('show.join', { showId: practice.show.id });
  await coach.ask('show.join', { showId: practice.show.id });
  const other = await openPractice(app);
  const claims = { identity: newId('per'), showId: practice.show.id } as const;
  outsiders = {
    nobody: '',
    viewer: await app.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 60_000),
    helper: await app.app.issueToken({ role: 'helper', rights: ['shelf', 'stock', 'chat', 'orders', 'captions'], ...claims }, 60_000),
    operator: app.operatorToken,
    'another host': other.hostToken,
    'a coach of somebody else': other.coachToken,
  };
});
afterAll(async () => {
  for (const socket of [host, coach]) socket?.close();
  await app?.close();
});

const key = () => ({ 'idempotency-key': newId('key') });

test('nobody but coach and host has anything of it', async () => {
  const calls: [string, string, unknown?][] = [
    ['GET', `${path}/coaching/desk`],
    ['POST', `${path}/cues`, { preset: 'smile' }],
    ['PUT', `${path}/cues/cue_aaaa/seen`],
    ['PUT', `${path}/hand`, { isUp: true }],
    ['PUT', `${path}/demo-pin`, { productId: practice.productIds[0] }],
    ['DELETE', `${path}/demo-pin`],
    ['GET', `${path}/notes`],
    ['POST', `${path}/notes`, { text: 'seen' }],
    ['PATCH', `${path}/notes/nte_aaaa`, { text: 'seen' }],
    ['DELETE', `${path}/notes/nte_aaaa`],
  ];
  for (const [who, token] of Object.entries(outsiders)) {
    for (const [method, address, body] of calls) {
      const answer = await app.call(method, address, { token, headers: key(), ...(body ? { body } : {}) });
      expect([401, 403, 404], `${who}: ${method} ${address}`).toContain(answer.status);
      // A rehearsal of others is not told of by another answer than what is not there.
      const isTold = who === 'a coach of somebody else' && !address.endsWith('/seen') && answer.body.code !== 'not-found';
      expect(isTold, `${who}: ${method} ${address}`).toBe(false);
    }
  }
});

test('the line to the ear is for coaches on one end and the host on the other', async () => {
  const capabilities = { rtpCapabilities: {} };
  const refusals: Record<string, string> = {};
  for (const [who, token] of Object.entries(outsiders)) {
    const socket = await openSocket(app.url, token || undefined);
    await socket.send('show.join', { showId: practice.show.id });
    for (const [name, input] of [['whisper.open', {}], ['whisper.hear', capabilities], ['whisper.talk', { isTalking: true }]] as const) {
      const answer = await socket.send(name, input as never);
      refusals[`${who}: ${name}`] = answer.ok ? 'let in' : answer.error.code;
    }
    socket.close();
  }
  expect(Object.entries(refusals).filter(([, code]) => !['auth.forbidden', 'auth.missing', 'show.wrong-state'].includes(code))).toEqual([]);
  expect(await host.send('whisper.open', {})).toMatchObject({ ok: false, error: { code: 'auth.forbidden' } });
  expect(await coach.send('whisper.hear', capabilities)).toMatchObject({ ok: false, error: { code: 'auth.forbidden' } });
});

test('a cue goes to host and coaches alone, and is answered', async () => {
  const helper = await openSocket(app.url, outsiders['helper']);
  await helper.ask('show.join', { showId: practice.show.id });
  const sent = await app.call('POST', `${path}/cues`, { token: practice.coachToken, body: { preset: 'price' } });
  expect(sent.status).toBe(201);
  expect((await host.next('coach.cue')).cue).toMatchObject({ preset: 'price', text: null, by: 'Li', seenAt: null });
  await app.call('PUT', `${path}/cues/${sent.body.id}/seen`, { token: practice.hostToken });
  expect((await coach.next('coach.cue', ({ cue }) => cue.seenAt !== null)).cue.id).toBe(sent.body.id);
  expect(helper.events.filter(({ name }) => name.startsWith('coach.') || name.startsWith('whisper.'))).toEqual([]);
  helper.close();
  for (const body of [{ preset: 'shout' }, { text: '' }, { text: 'x'.repeat(61) }, { text: 'a\nb' }, { preset: 'price', text: 'both' }]) {
    expect((await app.call('POST', `${path}/cues`, { token: practice.coachToken, body })).body.code).toBe('input.invalid');
  }
});

test('the host puts a hand up, and a coach can only put it down', async () => {
  await app.call('PUT', `${path}/hand`, { token: practice.hostToken, body: { isUp: true } });
  expect((await coach.next('hand.changed')).hand.raisedAt).toBeGreaterThan(0);
  expect((await app.call('PUT', `${path}/hand`, { token: practice.coachToken, body: { isUp: true } })).body.code).toBe('auth.forbidden');
  await app.call('PUT', `${path}/hand`, { token: practice.coachToken, body: { isUp: false } });
  expect((await host.next('hand.changed', ({ hand }) => hand.raisedAt === null)).hand).toEqual({ raisedAt: null });
});

test('a shown pin comes back as it was, and the host\'s own pin wins', async () => {
  const [first, second] = practice.productIds as [string, string];
  const pins = async () => (await app.call('GET', path, { token: practice.hostToken })).body.pins;
  await app.call('PUT', `${path}/pins`, { token: practice.hostToken, body: { productIds: [first] } });
  await app.call('PUT', `${path}/demo-pin`, { token: practice.coachToken, body: { productId: second } });
  expect((await host.next('demo.changed')).demo).toEqual({ by: 'Li', productId: second });
  expect(await pins()).toEqual([second]);
  const another = await coachOf(app.call, practice.hostToken, practice.show.id, 'Zhao');
  expect((await app.call('PUT', `${path}/demo-pin`, { token: another, body: { productId: first } })).body).toMatchObject({ code: 'coach.demo-taken', params: { name: 'Li' } });
  await app.call('DELETE', `${path}/demo-pin`, { token: practice.hostToken });
  expect(await pins()).toEqual([first]);
  await app.call('PUT', `${path}/demo-pin`, { token: practice.coachToken, body: { productId: second } });
  await app.call('PUT', `${path}/pins`, { token: practice.hostToken, body: { productIds: [] } });
  await host.next('demo.changed', ({ demo }) => demo === null);
  await app.call('DELETE', `${path}/demo-pin`, { token: practice.coachToken });
  expect(await pins()).toEqual([]);
});

test('notes are the coaches\' own, stand at their moment, and are not too long', async () => {
  const write = (token: string, body: unknown, headers = key()) => app.call('POST', `${path}/notes`, { token, body, headers });
  const once = key();
  const note = await write(practice.coachToken, { text: '价格说得清楚' }, once);
  expect((await write(practice.coachToken, { text: '价格说得清楚' }, once)).body.id).toBe(note.body.id);
  // A phone an hour ahead.
  const late = await write(practice.coachToken, { text: 'later', at: Date.now() + 3600_000 });
  expect(late.body.at).toBeLessThanOrEqual(Date.now());
  const another = await coachOf(app.call, practice.hostToken, practice.show.id, 'Zhao');
  const listed = (await app.call('GET', `${path}/notes`, { token: another })).body.notes;
  expect(listed.map(({ text, by, isOwn }: Record<string, unknown>) => ({ text, by, isOwn }))).toEqual([
    { text: '价格说得清楚', by: 'Li', isOwn: false },
    { text: 'later', by: 'Li', isOwn: false },
  ]);
  expect((await app.call('PATCH', `${path}/notes/${note.body.id}`, { token: another, body: { text: 'mine' } })).body.code).toBe('auth.forbidden');
  expect((await app.call('GET', `${path}/notes`, { token: practice.hostToken })).status).toBe(403);

  const long = await write(practice.coachToken, { text: 'x'.repeat(100_000) });
  expect([long.status, long.body.code]).toEqual([400, 'input.invalid']);
  expect(long.body.issues).toEqual([{ path: 'body.text', message: expect.stringContaining('1000') }]);
  expect([400, 413]).toContain((await write(practice.coachToken, { text: '字'.repeat(100_000) })).status);
  expect((await write(practice.coachToken, { text: 'x'.repeat(1_000) })).status).toBe(201);
});

test('a coach of a real show is in it by its host\'s word alone, and out of the line with it', async () => {
  const real = await openMarket(app);
  const token = await app.app.issueToken({ role: 'coach', identity: newId('per'), showId: real.show.id, name: 'Sun' }, 60_000);
  const address = `/api/v1/shows/${real.show.id}`;
  expect((await app.call('POST', `${address}/cues`, { token, body: { preset: 'good' } })).body.code).toBe('auth.forbidden');
  await app.call('POST', `${address}/coaching/ask`, { token, body: {} });
  const { coaches } = (await app.call('GET', `${address}/coaching`, { token: real.hostToken })).body;
  await app.call('PUT', `${address}/coaching/${coaches[0].coachId}`, { token: real.hostToken, body: { isAllowed: true } });
  const socket = await openSocket(app.url, token);
  expect((await socket.ask('show.join', { showId: real.show.id })).isCoach).toBe(true);
  await socket.ask('whisper.open', {});
  expect((await app.call('GET', `${address}/coaching/desk`, { token: real.hostToken })).body).toMatchObject({ whisper: { coach: 'Sun' }, coaches: ['Sun'] });
  await app.call('PUT', `${address}/coaching/${coaches[0].coachId}`, { token: real.hostToken, body: { isAllowed: false } });
  expect((await app.call('GET', `${address}/coaching/desk`, { token: real.hostToken })).body).toMatchObject({ whisper: { coach: null }, coaches: [] });
  expect(await socket.send('whisper.open', {})).toMatchObject({ ok: false });
  socket.close();
});
