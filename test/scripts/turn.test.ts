// Owns the test that the doctor reads addresses of relays as the RFC writes them; what it says of a real one is in the journey behind one port.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { loadScript } from './load.ts';

const { checkRelay, readTurnUri } = await loadScript('doctor/turn.mjs');

test.each([
  ['turn:203.0.113.7', { host: '203.0.113.7', port: 3478, way: 'udp' }],
  ['turn:[2001:db8::7]:3479?transport=tcp', { host: '2001:db8::7', port: 3479, way: 'tcp' }],
  ['turns:turn.coop.example', { host: 'turn.coop.example', port: 5349, way: 'tls' }],
  ['turns:turn.coop.example:443?transport=tcp', { host: 'turn.coop.example', port: 443, way: 'tls' }],
])('%s is read', (uri, read) => {
  expect(readTurnUri(uri)).toEqual(read);
});

test('a relay that is not there is said to be not there', async () => {
  const taken = createSocket('udp4').bind(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  const { ok, text } = await checkRelay(`turn:127.0.0.1:${port}`, { username: '1:a', credential: 'b' });
  expect(ok).toBe(false);
  expect(text).toMatch(new RegExp(`^relay turn:127\\.0\\.0\\.1:${port}: .*Is it running, and its port open\\?$`));
});
