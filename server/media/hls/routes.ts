// Owns the addresses below /hls/: who may have what, what waits for how long, and what a cache may keep.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { WireRoute } from '../../platform/http/route.ts';
import { isLoopback, MinuteLimit } from '../../platform/limits.ts';
import { roles } from '../../protocol/access.ts';
import type { HlsPasses } from './passes.ts';
import { playlistNames, TARGET_DURATION_S } from './playlist.ts';
import { answerFile } from '../replay/file-answer.ts';
import type { Replays } from '../replay/replays.ts';
import { FILES_PATH } from '../replay/vod-playlist.ts';
import { RecentAnswers } from './recent-answers.ts';
import { directivesOf, nothingHere, pieceOf, placeOf, refused } from './request.ts';
import type { Rendition } from './segment.ts';
import type { LiveWindow, RenditionWindow } from './window.ts';

/** What the packager offers to those who watch. */
export interface LiveStreams {
  /** Of a stream that is packaged now, or has ended a moment ago. */
  find(streamId: string): LiveWindow | undefined;
  /**
   * Somebody watches: packaging starts, or goes on for a while.
   * @throws FieldcastError `show.not-live` while nothing is sent; `media.unsupported` for a picture that HLS does not carry
   */
  want(streamId: string, rendition: Rendition): LiveWindow;
}

/** What is known outside of a stream and its viewers. */
export interface HlsAccess {
  /** @throws FieldcastError `not-found` for an unknown stream */
  about(streamId: string): Promise<{ isGated: boolean; isOver: boolean }>;
  /** @throws FieldcastError for who may not, `not-found` for an unknown stream */
  mayWatch(caller: Caller, streamId: string): Promise<void>;
}

export interface HlsRoutesDeps {
  live: LiveStreams;
  access: HlsAccess;
  passes: HlsPasses;
  clock: Clock;
  replays: Pick<Replays, 'vodPlaylist' | 'recordedFile'>;
  /** Fires when the server begins to stop: nobody is kept waiting then. */
  closing: AbortSignal;
}

const PLAYLIST = 'application/vnd.apple.mpegurl';
/** rfc8216bis section 6.2.5.2: nobody is kept waiting longer. */
const LONGEST_WAIT_MS = 3 * TARGET_DURATION_S * 1000;
/** Answers about a stream are asked of the database once in this time, not once a part and viewer. */
const ABOUT_KEPT_MS = 2_000;
const UNKNOWN_PER_MINUTE = 600;

// rfc8216bis appendix B.1. Numbers are never used twice, so a piece never changes; an hour is longer than any player needs it.
const PIECE_CACHE = 'public, max-age=3600, immutable';
const PLAYLIST_CACHE = 'public, max-age=1';
// An answer that was waited for contains what its address asks for, however late it is read.
const BLOCKING_CACHE = 'public, max-age=6';
// A recording can still be written to its end in the seconds after the show, and be deleted later.
const REPLAY_CACHE = 'public, max-age=5';

/** Where the playlists of a recording are: a player that has been live may still ask for the live ones. */
const REPLAY_PATH = 'replay';

export function hlsRoutes(deps: HlsRoutesDeps): WireRoute[] {
  const { live, access, passes, clock, replays, closing } = deps;
  const recent = new RecentAnswers((streamId: string) => access.about(streamId), { keptMs: ABOUT_KEPT_MS, clock });
  const unknown = new MinuteLimit(UNKNOWN_PER_MINUTE);
  const leavings = new Set<AbortController>();
  closing.addEventListener('abort', () => leavings.forEach((leaving) => leaving.abort()), { once: true });

  /** @throws FieldcastError for who may not, or when there is no such stream */
  async function enter(request: FastifyRequest): Promise<{ streamId: string; pass: string | undefined; isGated: boolean; isOver: boolean }> {
    const place = placeOf(request);
    // Viewers are not counted by address, since many share one; who looks for streams that are not there, is.
    if (!live.find(place.streamId) && !isLoopback(request.ip)) await unknown.take(request.ip);
    const about = await recent.of(place.streamId);
    if (place.pass !== undefined && !passes.isValid(place.streamId, place.pass)) throw notWithThis();
    return { ...place, ...about };
  }

  async function enterWithPass(request: FastifyRequest): Promise<{ streamId: string; isOver: boolean }> {
    const entered = await enter(request);
    if (entered.isGated && entered.pass === undefined) throw needsPass();
    return entered;
  }

  /**
   * @returns false when nobody is there any more to be answered
   * @throws FieldcastError `media.unavailable` when nothing came in time, `server.closing`
   */
  async function wait(rendition: RenditionWindow, isThere: () => boolean, reply: FastifyReply): Promise<boolean> {
    if (isThere()) return true;
    const leaving = new AbortController();
    leavings.add(leaving);
    reply.raw.once('close', () => leaving.abort());
    const outcome = await rendition.waiting.until(() => isThere() || rendition.isEnded, { clock, limitMs: LONGEST_WAIT_MS, gone: leaving.signal });
    leavings.delete(leaving);
    if (closing.aborted) throw new FieldcastError('server.closing', 'The server is stopping.', { headers: { 'retry-after': '2' } });
    if (outcome === 'late') throw nothingCame();
    return outcome === 'there';
  }

  async function multivariant(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<unknown> {
    const { streamId, pass, isGated, isOver } = await enter(request);
    const isPrivate = isGated && pass === undefined;
    if (isPrivate) await access.mayWatch(caller, streamId);
    const prefix = isPrivate ? `${passes.make(streamId)}/` : '';
    const send = (text: string | undefined) => {
      if (text === undefined) throw nothingHere();
      return sendPlaylist(reply, text, isPrivate ? 'private, no-store' : PLAYLIST_CACHE);
    };
    if (isOver) return send(await replays.vodPlaylist(streamId, 'index', `${prefix}${REPLAY_PATH}/`));
    const window = live.want(streamId, 'video');
    for (const name of ['video', 'opus'] as const) {
      const rendition = window.rendition(name);
      if (!(await wait(rendition, () => rendition.isReady, reply))) return reply.send();
    }
    return send(window.multivariant(prefix));
  }

  async function media(name: Rendition, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { streamId, isOver } = await enterWithPass(request);
    const asked = directivesOf(request);
    const window = isOver ? live.find(streamId) : live.want(streamId, name);
    if (!window) throw nothingHere();
    const rendition = window.rendition(name);
    if (!(await wait(rendition, () => rendition.isReady, reply))) return reply.send();
    if (!rendition.isReady) throw nothingHere();
    if (asked) {
      if (rendition.isTooFar(asked)) throw refused('_HLS_msn', 'no more than two segments and three parts ahead');
      if (!(await wait(rendition, () => rendition.has(asked), reply))) return reply.send();
    }
    return sendPlaylist(reply, rendition.playlist(), asked && !rendition.isEnded ? BLOCKING_CACHE : PLAYLIST_CACHE);
  }

  async function piece(name: Rendition, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const asked = pieceOf(request);
    const { streamId } = await enterWithPass(request);
    const window = live.find(streamId);
    if (!window) throw nothingHere();
    const rendition = window.rendition(name);
    let bytes: Uint8Array | undefined;
    if (asked.kind === 'init') bytes = window.init(name, asked.stretch);
    else if (asked.kind === 'segment') bytes = rendition.segment(asked.sequence);
    else {
      const { sequence, index } = asked;
      if (!(await wait(rendition, () => !rendition.isNext(sequence, index), reply))) return reply.send();
      bytes = rendition.part(sequence, index);
    }
    if (!bytes) throw nothingHere();
    return reply
      .header('cache-control', PIECE_CACHE)
      .header('cross-origin-resource-policy', 'cross-origin')
      .type(name === 'video' ? 'video/mp4' : 'audio/mp4')
      .send(bytes);
  }

  async function recordedPlaylist(name: 'video' | 'opus', request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { streamId, isOver } = await enterWithPass(request);
    const text = isOver ? await replays.vodPlaylist(streamId, name) : undefined;
    if (text === undefined) throw nothingHere();
    return sendPlaylist(reply, text, REPLAY_CACHE);
  }

  async function recordedFile(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { streamId, isOver } = await enterWithPass(request);
    const { file = '' } = request.params as Record<string, string | undefined>;
    const found = isOver ? await replays.recordedFile(streamId, file) : undefined;
    if (!found) throw nothingHere();
    return answerFile(request, reply, found);
  }

  return (['/hls/{showId}', '/hls/{showId}/{pass}'] as const).flatMap((base) => [
    ...both({ path: `${base}/index.m3u8`, summary: 'HLS: multivariant playlist, live or of the recording', produces: [PLAYLIST], handle: multivariant }),
    ...Object.entries(playlistNames).flatMap(([name, file]) => [
      ...both({
        path: `${base}/${file}`,
        summary: 'HLS: live playlist with blocking reload (_HLS_msn, _HLS_part)',
        produces: [PLAYLIST],
        isUnlimited: true,
        handle: (request, reply) => media(name as Rendition, request, reply),
      }),
      ...both({
        path: `${base}/${name}/{file}`,
        summary: 'HLS: a segment, a part, or what they begin with',
        produces: [name === 'video' ? 'video/mp4' : 'audio/mp4'],
        isUnlimited: true,
        handle: (request, reply) => piece(name as Rendition, request, reply),
      }),
    ]),
    ...(['video', 'opus'] as const).flatMap((name) =>
      both({
        path: `${base}/${REPLAY_PATH}/${playlistNames[name]}`,
        summary: 'HLS: playlist of the recording',
        produces: [PLAYLIST],
        isUnlimited: true,
        handle: (request, reply) => recordedPlaylist(name, request, reply),
      }),
    ),
    ...both({
      path: `${base}/${REPLAY_PATH}/${FILES_PATH}/{file}`,
      summary: 'HLS: a file of the recording, whole or in part',
      produces: ['video/mp4'],
      isUnlimited: true,
      handle: recordedFile,
    }),
  ]);
}

function sendPlaylist(reply: FastifyReply, text: string | Buffer, cache: string): FastifyReply {
  return reply.header('cache-control', cache).header('cross-origin-resource-policy', 'cross-origin').type(PLAYLIST).send(text);
}

function both(route: Omit<WireRoute, 'kind' | 'method' | 'roles'>): WireRoute[] {
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

function needsPass(): FieldcastError {
  return new FieldcastError('auth.missing', 'This show is gated: ask for its address with show.join.', { headers: { 'www-authenticate': 'Bearer' } });
}

function notWithThis(): FieldcastError {
  return new FieldcastError('auth.invalid', 'This address has expired: ask for a new one with show.join.');
}

function nothingCame(): FieldcastError {
  return new FieldcastError('media.unavailable', 'Nothing new has come; the host may be away. Try again.', {
    headers: { 'retry-after': String(TARGET_DURATION_S) },
  });
}
