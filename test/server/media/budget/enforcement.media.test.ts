// The budget on a whole server with real media: what viewers are sent, who is ahead, who waits, and what survives a worker's death.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Allotment } from '../../../../server/protocol/media.ts';
import { LightPeers, type LightViewer, throughSocket } from '../../../support/light-peer.ts';
import { openSocket, type TestSocket } from '../../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../../support/start-app.ts';
import { workerPids } from '../../../support/test-media.ts';
import { writeOffer } from '../../../support/wire-signalling.ts';

let app: TestApp;
let market: Market;
let host: TestSocket;
let peers: LightPeers;
const open: Guest[] = [];

interface Guest {
  socket: TestSocket;
  /** Takes part again by the same identity. */
  token: string;
  viewer: LightViewer;
  /** What they were told last. */
  allotted(): Allotment;
}

/** Joins the show as somebody new, or as who has `token`. */
async function enter(token?: string): Promise<{ socket: TestSocket; token: string }> {
  const socket = await openSocket(app.url, token);
  const { viewerToken } = await socket.ask('show.join', { showId: market.show.id });
  return { socket, token: viewerToken ?? token ?? '' };
}

async function watch({ socket, token }: { socket: TestSocket; token: string }): Promise<Guest> {
  let first: Allotment | undefined;
  const viewer = await peers.watch(
    throughSocket(async (name, input) => {
      const value = await socket.ask(name, input);
      if (name === 'media.watch') first = (value as { allotted: Allotment }).allotted;
      return value;
    }),
  );
  const guest = { socket, token, viewer, allotted: () => (socket.events.findLast(({ name }) => name === 'media.allotted')?.payload ?? first) as Allotment };
  open.push(guest);
  return guest;
}

async function leave(guest: Guest): Promise<void> {
  open.splice(open.indexOf(guest), 1);
  guest.viewer.close();
  await guest.socket.ask('show.leave', {});
  guest.socket.close();
}

/** Enters until somebody has to wait. */
async function fillUp(): Promise<{ socket: TestSocket; token: string }> {
  for (let n = 0; n < 60; n += 1) {
    const visitor = await enter();
    const outcome = await watch(visitor).catch((error: Error) => error.message);
    if (outcome === 'media.queued') return visitor;
    if (typeof outcome === 'string') throw new Error(outcome);
  }
  throw new Error('there is no end of room');
}

const publish = () => peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: [120, 700] });

beforeAll(async () => {
  app = await startApp({ env: { FIELDCAST_UPLINK_KBPS: '3000', FIELDCAST_RETENTION_DAYS: '0' } });
  market = await openMarket(app);
  host = await openSocket(app.url, market.hostToken);
  const { rtpCapabilities } = await host.ask('show.join', { showId: market.show.id });
  peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
  await publish();
});

afterAll(async () => {
  peers?.close();
  for (const { socket } of open) socket.close();
  host?.close();
  await app?.close();
});

test('a viewer alone gets the large picture, and less of it for the asking', async () => {
  const one = await watch(await enter());
  expect(one.allotted()).toEqual({ level: 'full', reason: null });
  await one.viewer.firstFrame();
  await one.socket.ask('media.want', { picture: 'none', isBuying: false });
  expect(await one.socket.next('media.allotted')).toMatchObject({ showId: market.show.id, level: 'sound', reason: 'wish' });
  const { frames } = one.viewer;
  const { audio } = one.viewer.packets;
  await one.viewer.until(() => one.viewer.packets.audio > audio + 25, 5_000, 'the sound stands still');
  expect(one.viewer.frames - frames).toBeLessThan(20);
  await one.socket.ask('media.want', { picture: 'full', isBuying: false });
  await one.socket.next('media.allotted', ({ level }) => level === 'full');
  await one.viewer.moreFrames();
  await leave(one);
});

test('as more come each gets less, more again when others want none, and the next one waits for a turn', async () => {
  for (let n = 0; n < 8; n += 1) await watch(await enter());
  const buyer = open.at(-1) as Guest;
  expect(buyer.allotted()).toMatchObject({ level: expect.stringMatching(/small|sound/), reason: 'uplink' });
  const others = open.slice(0, -1);
  for (const { socket } of others) await socket.ask('media.want', { picture: 'none', isBuying: false });
  await buyer.socket.ask('media.want', { picture: 'full', isBuying: true });
  await buyer.socket.next('media.allotted', ({ level }) => level === 'full');
  await buyer.viewer.moreFrames();
  for (const { socket } of others) await socket.ask('media.want', { picture: 'full', isBuying: false });
  const waiting = await fillUp();
  expect(open.length).toBeGreaterThan(8);
  expect(open.filter((guest) => guest.allotted().level === 'full').length).toBeLessThan(3);
  const place = await waiting.socket.send('media.watch', { rtpCapabilities: peers.rtpCapabilities });
  expect(place).toMatchObject({ ok: false, error: { code: 'media.queued', status: 503, params: { place: 1 } } });
  // Who waits is in the show all the same.
  expect((await app.call('GET', `/api/v1/shows/${market.show.id}`)).status).toBe(200);
  const offer = writeOffer({ direction: 'recvonly', fingerprint: await peers.fingerprint() });
  const player = await fetch(`${app.url}/whep/${market.show.id}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offer });
  expect([player.status, player.headers.get('retry-after')]).toEqual([503, '15']);
  waiting.socket.close();
  const back = await enter(waiting.token);
  const second = await enter();
  expect(await second.socket.send('media.watch', { rtpCapabilities: peers.rtpCapabilities })).toMatchObject({ error: { code: 'media.queued' } });
  expect(await back.socket.send('media.watch', { rtpCapabilities: peers.rtpCapabilities })).toMatchObject({ error: { params: { place: 1 } } });
  for (const guest of open.slice(1, 5)) await leave(guest);
  await back.socket.next('media.turn', (turn) => turn.place === 0);
  const guest = await watch(back);
  await guest.viewer.until(() => guest.viewer.packets.audio > 5, 5_000, 'no sound');
  second.socket.close();
});

test('a viewer who changes their mind a hundred times in a second is held up, and nobody else notices', async () => {
  const [restless, other] = open as [Guest, Guest];
  const heard = other.viewer.packets.audio;
  const results = await Promise.all(
    Array.from({ length: 300 }, (_, n) => restless.socket.send('media.want', { picture: n % 2 === 0 ? 'none' : 'small', isBuying: n % 3 === 0 })),
  );
  expect(results.filter((result) => !result.ok && result.error.code === 'rate.limited').length).toBeGreaterThan(150);
  await other.viewer.until(() => other.viewer.packets.audio > heard + 50, 5_000, 'the sound of somebody else stands still');
  await restless.viewer.until(() => restless.viewer.packets.audio > heard + 50, 5_000, 'the sound of the restless one stands still');
});

test('a worker that dies costs nobody the seat', async () => {
  const guests = [...open];
  const epochs = guests.map(({ socket }) => socket.next('stream.changed', ({ stream }) => stream.producers.length === 0));
  const [worker] = (await workerPids()).slice(0, 1);
  process.kill(worker as number, 'SIGKILL');
  await Promise.all(epochs);
  await publish();
  const outcomes = await Promise.all(
    guests.map((guest) => watch(guest).then((again) => again.viewer.until(() => again.viewer.packets.audio > 5, 10_000, 'no sound'))),
  );
  expect(outcomes.length).toBe(guests.length);
});
