// GStreamer's webrtcbin sends by WHIP and receives by WHEP: a WebRTC stack that is no browser's.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GstreamerPeer, hasGstreamer } from '../support/gstreamer-peer.ts';
import { type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

const peers: GstreamerPeer[] = [];
let market: TestApp;
let show: Market;

beforeEach(async () => {
  // Its ICE does not use the loopback interface.
  market = await startApp({ env: { FIELDCAST_HOST: '0.0.0.0' } });
  show = await openMarket(market);
});
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.close()));
  await market.close();
});

test.skipIf(!hasGstreamer())('picture and sound go in by WHIP and come out by WHEP', async () => {
  const publisher = new GstreamerPeer('whip', `${market.url}/whip/${show.show.id}`, show.hostToken);
  peers.push(publisher);
  expect(await publisher.until((said) => said.status !== undefined)).toMatchObject({ status: 201 });
  await publisher.until((said) => said.connection === 'connected');
  await expect.poll(async () => (await market.call('GET', `/api/v1/shows/${show.show.id}`)).body.show.status, { timeout: 5_000 }).toBe('live');

  const viewer = new GstreamerPeer('whep', `${market.url}/whep/${show.show.id}`);
  peers.push(viewer);
  const answer = await viewer.until((said) => said.status !== undefined);
  expect(answer).toMatchObject({ status: 201 });
  await viewer.until((said) => (said.packets?.video ?? 0) >= 50 && (said.packets?.audio ?? 0) >= 50);
});
