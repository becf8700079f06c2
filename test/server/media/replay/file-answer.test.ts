import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerFile, parseRange } from '../../../../server/media/replay/file-answer.ts';

// The file is longer than what is whole of it, as while it is written.
const SIZE = 1_000;
const bytes = Buffer.from(Array.from({ length: SIZE + 100 }, (_, n) => n % 251));
const ETAG = '"abc-rs"';

let http: FastifyInstance;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldcast-file-'));
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  http = fastify();
  for (const method of ['GET', 'HEAD'] as const) {
    http.route({ method, url: '/file', exposeHeadRoute: false, handler: (request, reply) => answerFile(request, reply, { path, size: SIZE, etag: ETAG }) });
  }
});

afterAll(async () => {
  await http.close();
  await rm(folder, { recursive: true });
});

function ask(headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') {
  return http.inject({ method, url: '/file', headers });
}

describe('a recorded file over HTTP', () => {
  it('comes whole, to be kept by caches, and only as far as it is whole', async () => {
    const answer = await ask({});
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'accept-ranges': 'bytes', etag: ETAG, 'content-length': String(SIZE), 'content-type': 'video/mp4' });
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.rawPayload.equals(bytes.subarray(0, SIZE))).toBe(true);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-5', 995, 999],
    ['bytes=-5000', 0, 999],
    ['BYTES=1-2', 1, 2],
  ])('comes in part for %s', async (range, start, end) => {
    const answer = await ask({ range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${start}-${end}/${SIZE}`);
    expect(answer.rawPayload.equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0', 'bytes=9999999999999999-'])('refuses %s with 416 and the size', async (range) => {
    const answer = await ask({ range });
    expect(answer.statusCode).toBe(416);
    expect(answer.headers['content-range']).toBe(`bytes */${SIZE}`);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['bytes=', 'bytes=-', 'bytes=a-b', 'bytes=5-2', 'bytes=0-1,5-6', 'items=0-1', 'bytes=0x1-2', 'bytes=--5', `bytes=${'9'.repeat(400)}-`])(
    'ignores %s',
    async (range) => {
      expect((await ask({ range })).statusCode).toBe(200);
    },
  );

  it('gives a part only of what the client already has', async () => {
    expect((await ask({ range: 'bytes=0-1', 'if-range': ETAG })).statusCode).toBe(206);
    expect((await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).statusCode).toBe(200);
    expect((await ask({ range: 'bytes=0-1', 'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT' })).statusCode).toBe(200);
  });

  it('does not come again to who has it', async () => {
    for (const known of [ETAG, `W/${ETAG}`, `"other", ${ETAG}`, '*']) {
      const answer = await ask({ 'if-none-match': known });
      expect(answer.statusCode).toBe(304);
      expect(answer.rawPayload).toHaveLength(0);
    }
    expect((await ask({ 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('tells of itself without coming', async () => {
    const answer = await ask({ range: 'bytes=0-9' }, 'HEAD');
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-length']).toBe('10');
    expect(answer.rawPayload).toHaveLength(0);
  });

  it('never answers with a range outside the file, whatever the numbers are', () => {
    const numbers = ['', '0', '1', '5', '999', '1000', '1001', '9007199254740993', '0009'];
    for (const from of numbers) {
      for (const to of numbers) {
        const range = parseRange(`bytes=${from}-${to}`, SIZE);
        if (typeof range === 'string') continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThan(SIZE);
        expect(range.start).toBeLessThanOrEqual(range.end);
      }
    }
  });
});
