// Owns the cases below and beside the API: addresses that are none, and bytes on the TCP port that are no HTTP.
import type { HttpCase } from '../http-client.ts';

export function pathCases(): HttpCase[] {
  const paths = [
    '/api', '/api/v1', '/api/v2/shows', '/api/v1/shows/', '/api/v1//shows', '/api/v1/shows/a/b/c/d/e', '/api/v1/%2e%2e/%2e%2e/etc/passwd',
    '/demo/..%2f..%2fpackage.json', '/demo/%2e%2e/%2e%2e/package.json', '/chunks/..%2f..%2f..%2fetc%2fpasswd', '/../../etc/passwd', '/%', '/%zz', '/%00', '/%ff%fe',
    '/__proto__', '/constructor', '/.env', '/.git/config', '/data/fieldcast.sqlite', '/server/main.js', '/node_modules/fastify/package.json', '/\u00ff',
    '/hls', '/hls/', '/hls/nobody/index.m3u8', '/hls/nobody/video.m3u8?_HLS_msn=-1', '/hls/nobody/video/0.m4s', '/hls/nobody/video/..%2f..%2f0.m4s', '/hls/nobody/AAAAAAAAAAAAAAAAAAAAAA/video.m3u8',
    '/hls/%2e%2e/index.m3u8', '/hls/__proto__/constructor/0.m4s', '/hls/nobody/replay/recording/..%2f..%2ffieldcast.sqlite', '/hls/nobody/video/%00.m4s',
    `/${'a'.repeat(10_000)}`, `/api/v1/shows?${'a=1&'.repeat(2_000)}`, `/api/v1/shows/${'a/'.repeat(500)}`, '/api/v1/shows;a=1', '/API/V1/SHOWS', '/health', '/health/live/x',
  ];
  return paths.map((path) => ({ what: `GET ${path.slice(0, 50)}`, method: 'GET', path }));
}

export interface RawRequest {
  what: string;
  bytes: string;
}

/** Each is answered with 4xx or not at all, and the connection is closed. */
export function rawRequests(): RawRequest[] {
  const get = 'GET /api/v1/shows HTTP/1.1\r\nHost: a\r\n';
  return [
    { what: 'no HTTP', bytes: 'hello\r\n\r\n' },
    { what: 'a TLS greeting', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + '\x00'.repeat(500) },
    { what: 'zeros', bytes: '\x00'.repeat(2_000) },
    { what: 'HTTP/9.9', bytes: 'GET / HTTP/9.9\r\nHost: a\r\n\r\n' },
    { what: 'a method nobody knows', bytes: 'OBEY / HTTP/1.1\r\nHost: a\r\n\r\n' },
    { what: 'no host', bytes: 'GET /api/v1/shows HTTP/1.1\r\n\r\n' },
    { what: 'a header without a colon', bytes: `${get}nonsense\r\n\r\n` },
    { what: 'a header with a NUL', bytes: `${get}X-A: a\x00b\r\n\r\n` },
    { what: 'a header of 100 kB', bytes: `${get}X-A: ${'a'.repeat(100_000)}\r\n\r\n` },
    { what: '5,000 headers', bytes: `${get}${Array.from({ length: 5_000 }, (_, n) => `X-${n}: 1\r\n`).join('')}\r\n` },
    { what: 'two lengths', bytes: 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}' },
    { what: 'a length and chunks', bytes: 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' },
    { what: 'a length of -1', bytes: 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}' },
    { what: 'a length of 1e9', bytes: 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 1e9\r\n\r\n{}' },
    { what: 'chunks that lie', bytes: 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n' },
    { what: 'an address of 100 kB', bytes: `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n` },
    { what: 'a change to WebSocket that is none', bytes: 'GET /api/v1/shows HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n' },
    { what: 'a change to WebSocket without a key', bytes: 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n' },
  ];
}
