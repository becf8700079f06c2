// Following a seller, being reminded and being forgotten, as devices meet it over HTTP on a whole server.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { ChatPage } from '../../../server/protocol/chat.ts';
import type { RtpCapabilities } from '../../../server/protocol/media.ts';
import type { FollowedSellers, Following, Reminder } from '../../../server/protocol/following.ts';
import { LightPeers, throughSocket } from '../../support/light-peer.ts';
import { PushServiceStandIn } from '../../support/push-service-stand-in.ts';
import { openSocket } from '../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';

let test: TestApp;
let push: PushServiceStandIn;
let market: Market;
let seller: string;
let show: string;

beforeAll(async () => {
  push = await PushServiceStandIn.start();
  test = await startApp({ env: { FIELDCAST_PUSH_TEST_SERVICE: push.origin } });
});
afterAll(async () => {
  await test?.close();
  await push.close();
});
beforeEach(async () => {
  market = await openMarket(test);
  seller = `/api/v1/sellers/${market.show.sellerId}/follow`;
  show = `/api/v1/shows/${market.show.id}`;
});

const viewer = () => test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
const follow = (token?: string) => test.call<Following & { viewerToken: string | null }>('PUT', seller, { ...(token ? { token } : {}), body: {} });
const write = (text: string, token: string, name = 'Li') =>
  test.call('POST', `${show}/messages`, { token, body: { text, name }, headers: { 'idempotency-key': newId('key') } });

describe('following a seller', () => {
  it('needs no account: a device that comes without anything gets its token, and is known by it', async () => {
    const first = await follow();
    expect(first.body).toMatchObject({ sellerName: 'Orchard', followers: 1, isFollowing: true });
    const token = first.body.viewerToken as string;
    expect((await follow(token)).body).toMatchObject({ followers: 1, viewerToken: null });
    expect((await test.call<Following>('GET', seller)).body).toMatchObject({ followers: 1, isFollowing: false });
    const mine = await test.call<FollowedSellers>('GET', '/api/v1/me/following', { token });
    expect(mine.body.sellers).toMatchObject([{ name: 'Orchard', next: { id: market.show.id, title: 'Apples' } }]);
    expect((await test.call<Following>('DELETE', seller, { token })).body).toMatchObject({ followers: 0, isFollowing: false });
    expect((await test.call<FollowedSellers>('GET', '/api/v1/me/following', { token })).body.sellers).toEqual([]);
  });

  it('of a seller that does not exist is refused', async () => {
    expect((await test.call('PUT', '/api/v1/sellers/sel_nobodynobodynobodynobo/follow', { body: {} })).body.code).toBe('not-found');
  });

  it('opens a chat that only followers write in', async () => {
    await test.call('PATCH', `${show}/chat-rules`, { token: market.hostToken, body: { writers: 'followers' } });
    const li = await viewer();
    const refused = await write('你好', li);
    expect(refused.body).toMatchObject({ code: 'chat.closed', params: { writers: 'followers' } });
    await follow(li);
    expect((await write('你好', li)).status).toBe(201);
    await test.call('DELETE', seller, { token: li });
    expect((await write('再见', li)).body.code).toBe('chat.closed');
  });
});

describe('a reminder', () => {
  it('comes to the browser that asked when the show goes live', async () => {
    const li = await viewer();
    const subscription = push.subscribe(li.slice(-12));
    const { publicKey } = (await test.call<Reminder>('GET', `${show}/reminder`, { token: li })).body;
    expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65);
    expect((await test.call('PUT', '/api/v1/me/push', { token: li, body: { subscription, language: 'en' } })).status).toBe(200);
    expect((await test.call('PUT', `${show}/reminder`, { token: li, body: {} })).status).toBe(200);
    expect((await test.call<Reminder>('GET', `${show}/reminder`, { token: li })).body.isReminded).toBe(true);

    const host = await openSocket(test.url, market.hostToken);
    const joined = await host.ask('show.join', { showId: market.show.id });
    const peers = await LightPeers.open(joined.rtpCapabilities as RtpCapabilities);
    try {
      await peers.publish(throughSocket((name, input) => host.ask(name, input)), { hasAudio: false });
      await push.called(1);
      expect(push.messages.at(-1)).toMatchObject({ signedBy: publicKey, note: { title: 'Apples', body: 'Orchard is live now', url: `${test.url}/demo/shop.html?show=${market.show.id}` } });
      expect((await test.call('PUT', `${show}/reminder`, { token: li, body: {} })).body.code).toBe('show.wrong-state');
    } finally {
      peers.close();
      host.close();
    }
  });

  it.each([
    ['http://push.example.org/a', 'endpoint'],
    ['https://127.0.0.1/a', 'endpoint'],
    ['https://[fd00::1]/a', 'endpoint'],
    ['https://intranet/a', 'endpoint'],
    ['https://push.example.org:22/a', 'endpoint'],
  ])('is not sent to %s', async (endpoint) => {
    const { keys } = push.subscribe('a');
    const answer = await test.call('PUT', '/api/v1/me/push', { body: { subscription: { endpoint, keys }, language: 'en' } });
    expect(answer.body).toMatchObject({ code: 'input.invalid', issues: [{ path: 'body.subscription.endpoint' }] });
  });

  it('is not made with a key that is no point of the curve', async () => {
    const { endpoint, keys } = push.subscribe('b');
    const answer = await test.call('PUT', '/api/v1/me/push', { body: { subscription: { endpoint, keys: { ...keys, p256dh: Buffer.alloc(65, 4).toString('base64url') } }, language: 'en' } });
    expect(answer.body).toMatchObject({ code: 'input.invalid', issues: [{ path: 'body.subscription.keys.p256dh' }] });
  });
});

describe('somebody who wants to be forgotten', () => {
  it('is, in every show at once: words, questions, answers to them, votes, follows, reminders; pages that show them hear of it', async () => {
    const other = await openMarket(test);
    const [li, mei] = [await viewer(), await viewer()];
    const asked = await write('红富士多少钱一斤？', li);
    await write('我也想知道', mei, 'Mei');
    const answer = { text: '只告诉你：八块', replyTo: asked.body.message.id, isPrivate: true };
    await test.call('POST', `${show}/messages`, { token: market.hostToken, body: answer, headers: { 'idempotency-key': newId('key') } });
    await test.call('POST', `/api/v1/shows/${other.show.id}/messages`, { token: li, body: { text: '那边也写过', name: 'Li' }, headers: { 'idempotency-key': newId('key') } });
    await test.call('PUT', '/api/v1/me/push', { token: li, body: { subscription: push.subscribe('forgotten'), language: 'en' } });
    await test.call('PUT', `${show}/reminder`, { token: li, body: {} });
    await follow(li);
    const page = await openSocket(test.url);
    await page.ask('show.join', { showId: market.show.id });
    const questions = async () => (await test.call('GET', `${show}/questions`, { token: market.hostToken })).body.questions.map((each: { text: string }) => each.text);
    expect(await questions()).toEqual(['红富士多少钱一斤？']);

    expect((await test.call('DELETE', '/api/v1/me', { token: li })).status).toBe(204);

    await page.next('chat.changed', ({ messages }) => messages.some(({ id, text }) => id === asked.body.message.id && text === ''));
    page.close();
    const seen = JSON.stringify([
      (await test.call<ChatPage>('GET', `${show}/messages?after=0`, { token: market.hostToken })).body,
      (await test.call<ChatPage>('GET', `/api/v1/shows/${other.show.id}/messages?after=0`, { token: other.hostToken })).body,
      (await test.call('GET', `${show}/questions`, { token: market.hostToken })).body,
      (await test.call('GET', `${show}/moderation`, { token: market.hostToken })).body,
    ]);
    expect(seen).toContain('我也想知道');
    for (const trace of ['多少钱', '只告诉你', '那边也写过', '"Li"']) expect(seen).not.toContain(trace);
    expect((await test.call<Following>('GET', seller, { token: li })).body).toMatchObject({ followers: 0, isFollowing: false });
    expect((await test.call<Reminder>('GET', `${show}/reminder`, { token: li })).body.isReminded).toBe(false);
  });

  it('stays restricted: it is no way around a ban', async () => {
    const li = await viewer();
    const said = await write('坏话', li);
    await test.call('POST', `${show}/restrictions`, { token: market.hostToken, body: { messageId: said.body.message.id, kind: 'ban', minutes: 60 } });
    await test.call('DELETE', '/api/v1/me', { token: li });
    expect((await write('又来了', li)).body.code).toBe('chat.restricted');
    const { restrictions } = (await test.call('GET', `${show}/restrictions`, { token: market.hostToken })).body;
    expect(restrictions).toMatchObject([{ kind: 'ban', author: { name: '' } }]);
  });
});
