// Owns sending a recorded file over HTTP: whole, in part (RFC 9110 section 14), or not again (section 13).
import { open } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FieldcastError } from '../../platform/errors.ts';
import { unlessGone } from './disk.ts';

export interface RecordedFile {
  path: string;
  /** Bytes that are whole; the file may be longer while it is written. */
  size: number;
  /** Strong: the same bytes for ever. */
  etag: string;
}

// What lies under a name never changes, but a deleted show has to be gone from caches in bearable time.
const CACHE_CONTROL = 'public, max-age=86400, immutable';

/** @throws FieldcastError `not-found` when it was deleted meanwhile */
export async function answerFile(request: FastifyRequest, reply: FastifyReply, file: RecordedFile): Promise<FastifyReply> {
  const { path, size, etag } = file;
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
  reply.header('accept-ranges', 'bytes').header('etag', etag).header('cache-control', CACHE_CONTROL);
  reply.header('cross-origin-resource-policy', 'cross-origin');
  if (matches(ifNoneMatch, etag)) return reply.code(304).send();

  // A range of something else than what the client has is no range: it gets all.
  const wanted = range === undefined || (ifRange !== undefined && ifRange !== etag) ? 'all' : parseRange(range, size);
  if (wanted === 'none') {
    return reply.code(416).header('content-range', `bytes */${size}`).header('cache-control', 'no-store').send();
  }
  const { start, end } = wanted === 'all' ? { start: 0, end: size - 1 } : wanted;
  reply.type('video/mp4').header('content-length', end - start + 1);
  if (wanted !== 'all') reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  if (request.method === 'HEAD') return reply.send();
  const handle = await unlessGone(open(path, 'r'));
  if (!handle) throw new FieldcastError('not-found', 'There is nothing at this address.');
  return reply.send(handle.createReadStream({ start, end }));
}

/**
 * `all` for what is to be ignored (other units, several ranges, not a range at all), `none` for one outside the file.
 * @param size in bytes, above 0
 */
export function parseRange(header: string, size: number): { start: number; end: number } | 'all' | 'none' {
  const match = /^bytes=[ \t]*(\d{0,16})-(\d{0,16})[ \t]*$/i.exec(header);
  if (!match || (match[1] === '' && match[2] === '')) return 'all';
  if (match[1] === '') {
    const length = Number(match[2]);
    return length === 0 ? 'none' : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return 'all';
  return start >= size ? 'none' : { start, end };
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
