// One show, two phones: who may send is asked, the newer wins only when told so, and a phone that only lost its socket goes on.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RtpParameters } from '../../../server/protocol/media.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../support/start-app.ts';

let app: TestApp;
let market: Market;
let nextSsrc = 1000;
const open: TestSocket[] = [];

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  market = await openMarket(app);
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => app?.close());

async function phone(): Promise<TestSocket> {
  const socket = await openSocket(app.url, market.hostToken);
  open.push(socket);
  await socket.ask('show.join', { showId: market.show.id });
  return socket;
}

const voice = (): RtpParameters => ({
  mid: '0',
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {}, rtcpFeedback: [] }],
  headerExtensions: [],
  encodings: [{ ssrc: nextSsrc++ }],
  rtcp: { cname: 'phone' },
});

const publish = async (socket: TestSocket, takeOver = false) => (await socket.ask('media.publish', { takeOver })).transport.id;
const produce = (socket: TestSocket, transportId: string) => socket.ask('media.produce', { transportId, kind: 'audio', rtpParameters: voice() });

/** @returns its transport and its producer */
async function send(socket: TestSocket, takeOver = false): Promise<{ transportId: string; producerId: string }> {
  const transportId = await publish(socket, takeOver);
  return { transportId, ...(await produce(socket, transportId)) };
}

const producers = async () => (await (await phone()).ask('show.join', { showId: market.show.id })).stream.producers.map(({ id }) => id);

describe('two phones that host one show', () => {
  it('the second one is asked first, and nothing changes for the first', async () => {
    const first = await phone();
    const { producerId } = await send(first);
    await expect(publish(await phone())).rejects.toThrow('publish.taken');
    expect(await producers()).toEqual([producerId]);
    expect(first.events.filter(({ name }) => name === 'publish.replaced')).toEqual([]);
  });

  it('the newer one wins when it is told to, the older is told, and can take it back', async () => {
    const first = await phone();
    const second = await phone();
    await send(first);
    const taken = await send(second, true);
    await first.next('publish.replaced');
    expect(await producers()).toEqual([taken.producerId]);
    const back = await send(first, true);
    await second.next('publish.replaced');
    expect(await producers()).toEqual([back.producerId]);
  });

  it('the first to send has it, also when both asked before anybody sent', async () => {
    const [first, second] = [await phone(), await phone()];
    const [one, other] = [await publish(first), await publish(second)];
    const { producerId } = await produce(first, one);
    await expect(produce(second, other)).rejects.toThrow('publish.taken');
    expect(await producers()).toEqual([producerId]);
  });

  it('the same connection may always begin anew', async () => {
    const first = await phone();
    await send(first);
    const { producerId } = await send(first, false);
    expect(await producers()).toEqual([producerId]);
  });
});

describe('a phone whose token runs out in the middle of the show', () => {
  it('goes on sending on its socket, and gets in again only with a fresh one', async () => {
    const token = await app.app.issueToken({ role: 'host', identity: market.show.hostId }, 1_000);
    const socket = await openSocket(app.url, token);
    open.push(socket);
    await socket.ask('show.join', { showId: market.show.id });
    const { producerId } = await send(socket);
    await expect.poll(async () => (await app.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token })).status, { timeout: 5_000 }).toBe(401);
    await socket.ask('media.pause-producer', { producerId, paused: true });
    await send(socket);
    await expect(openSocket(app.url, token)).rejects.toMatchObject({ data: { code: 'auth.invalid' } });
  });
});

describe('a phone that lost its socket', () => {
  it('takes what it sends along to the next one, and viewers lose nothing', async () => {
    const before = await phone();
    const { transportId, producerId } = await send(before);
    before.close();
    const after = await phone();
    await after.ask('media.adopt', { transportId });
    expect(await producers()).toEqual([producerId]);
    await after.ask('media.pause-producer', { producerId, paused: true });
    const { iceParameters } = await after.ask('media.restart-ice', { transportId });
    expect(iceParameters.usernameFragment).toBeTruthy();
  });

  it('hears of another phone that takes over on its new socket', async () => {
    const before = await phone();
    const { transportId } = await send(before);
    before.close();
    const after = await phone();
    await after.ask('media.adopt', { transportId });
    await send(await phone(), true);
    expect((await after.next('publish.replaced')).showId).toBe(market.show.id);
  });

  it('is kept from coming back by nothing of its own: what it left is no other phone', async () => {
    const before = await phone();
    await send(before);
    before.close();
    const { producerId } = await send(await phone());
    expect(await producers()).toEqual([producerId]);
  });

  it('gives nothing to a viewer who names its transport', async () => {
    const before = await phone();
    const { transportId } = await send(before);
    before.close();
    const viewer = await openSocket(app.url);
    open.push(viewer);
    await viewer.ask('show.join', { showId: market.show.id });
    await expect(viewer.ask('media.adopt', { transportId })).rejects.toThrow('media.not-found');
  });
});
