// Bytes that leave by HTTP and sockets, and the address of a cache in front of HLS, on a whole server.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { HttpTraffic } from '../../../server/platform/http/traffic.ts';
import { openSocket } from '../../support/socket.ts';
import { openMarket, startApp } from '../../support/start-app.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('counts what open and closed connections have written', async () => {
  const traffic = new HttpTraffic();
  const server = createServer((_request, response) => response.end('x'.repeat(100_000)));
  traffic.follow(server, false);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close(), () => server.closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(traffic.bytes).toBe(0);
  await (await fetch(url)).arrayBuffer();
  expect(traffic.bytes).toBeGreaterThan(100_000);
  expect(traffic.bytes).toBeLessThan(101_000);
  await (await fetch(url, { headers: { connection: 'close' } })).arrayBuffer();
  server.closeAllConnections();
  await new Promise((resolve) => setImmediate(resolve));
  expect(traffic.bytes).toBeGreaterThan(200_000);
});

test('the playlist of a show is at the cache where one is set', async () => {
  const app = await startApp({ env: { FIELDCAST_UPLINK_KBPS: '20000', FIELDCAST_HLS_BASE_URL: 'https://cdn.example.org/' } });
  closing.push(() => app.close());
  const market = await openMarket(app);
  const socket = await openSocket(app.url);
  closing.unshift(() => socket.close());
  const { hlsUrl } = await socket.ask('show.join', { showId: market.show.id });
  expect(hlsUrl).toBe(`https://cdn.example.org/hls/${market.show.id}/index.m3u8`);
});
