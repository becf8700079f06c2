// Owns what every answer below /hls/ has in common: types, what a cache may keep, and that it keeps no error.
import type { FastifyReply } from 'fastify';
import { FieldcastError } from '../../platform/errors.ts';
import type { WireRoute } from '../../platform/http/route.ts';
import { roles } from '../../protocol/access.ts';
import { TARGET_DURATION_S } from './playlist.ts';

export const PLAYLIST = 'application/vnd.apple.mpegurl';

// rfc8216bis appendix B.1. Numbers are never used twice, so a piece never changes; an hour is longer than any player needs it.
export const PIECE_CACHE = 'public, max-age=3600, immutable';
export const PLAYLIST_CACHE = 'public, max-age=1';
// An answer that was waited for contains what its address asks for, however late it is read.
export const BLOCKING_CACHE = 'public, max-age=6';

export function sendPlaylist(reply: FastifyReply, text: string | Buffer, cache: string): FastifyReply {
  return reply.header('cache-control', cache).header('cross-origin-resource-policy', 'cross-origin').type(PLAYLIST).send(text);
}

/** The same for GET and HEAD, and what a browser asks first. */
export function readable(route: Omit<WireRoute, 'kind' | 'method' | 'roles'>): WireRoute[] {
  const handle = uncachedOnError(route.handle);
  return [
    { ...route, kind: 'wire', method: 'GET', roles, handle },
    { ...route, kind: 'wire', method: 'HEAD', roles, handle },
    { ...route, kind: 'wire', method: 'OPTIONS', roles, handle: (_request, reply) => reply.code(204).header('allow', 'GET, HEAD, OPTIONS').send() },
  ];
}

// What is not there now may be there in a moment.
function uncachedOnError(handle: WireRoute['handle']): WireRoute['handle'] {
  return async (request, reply, caller) => {
    try {
      return await handle(request, reply, caller);
    } catch (error) {
      reply.header('cache-control', 'no-store');
      if (error instanceof FieldcastError && error.code === 'show.not-live') reply.header('retry-after', String(TARGET_DURATION_S));
      throw error;
    }
  };
}
