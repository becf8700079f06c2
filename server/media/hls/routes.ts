// Owns the addresses below /hls/ of a stream that is live: what each answers, and what waits for how long.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { WireRoute } from '../../platform/http/route.ts';
import type { Replays } from '../replay/replays.ts';
import { BLOCKING_CACHE, PIECE_CACHE, PLAYLIST, PLAYLIST_CACHE, readable, sendPlaylist } from './answer.ts';
import { Entrance, type HlsAccess } from './entrance.ts';
import { type HlsPasses, REPLAY_PATH } from './passes.ts';
import { playlistNames, TARGET_DURATION_S } from './playlist.ts';
import { recordedRoutes } from './recorded-routes.ts';
import type { RenditionWindow } from './rendition-window.ts';
import { directivesOf, nothingHere, pieceOf, refused } from './request.ts';
import type { Rendition } from './segment.ts';
import type { LiveWindow } from './window.ts';

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

export interface HlsRoutesDeps {
  live: LiveStreams;
  access: HlsAccess;
  passes: HlsPasses;
  clock: Clock;
  replays: Pick<Replays, 'vodPlaylist' | 'recordedFile'>;
  /** Fires when the server begins to stop: nobody is kept waiting then. */
  closing: AbortSignal;
}

/** rfc8216bis section 6.2.5.2: nobody is kept waiting longer. */
const LONGEST_WAIT_MS = 3 * TARGET_DURATION_S * 1000;

export function hlsRoutes(deps: HlsRoutesDeps): WireRoute[] {
  const { live, access, passes, clock, replays, closing } = deps;
  const entrance = new Entrance({ access, passes, clock, stateOf: (streamId) => live.find(streamId)?.state });
  const leavings = new Set<AbortController>();
  closing.addEventListener('abort', () => leavings.forEach((leaving) => leaving.abort()), { once: true });

  /**
   * @returns false when nobody is there any more to be answered
   * @throws FieldcastError `media.unavailable` when nothing came in time, `server.closing`
   */
  async function wait(rendition: RenditionWindow, isThere: () => boolean, reply: FastifyReply): Promise<boolean> {
    if (isThere()) return true;
    const leaving = new AbortController();
    // Who has gone, or comes when the server is stopping already, hears of it no more.
    if (closing.aborted || reply.raw.closed) leaving.abort();
    leavings.add(leaving);
    const onClose = () => leaving.abort();
    reply.raw.once('close', onClose);
    const outcome = await rendition.waiting.until(() => isThere() || rendition.isEnded, { clock, limitMs: LONGEST_WAIT_MS, gone: leaving.signal });
    leavings.delete(leaving);
    // Every answer ends in a close, and an abort that nobody waits for costs as much as a part.
    reply.raw.off('close', onClose);
    if (closing.aborted) throw new FieldcastError('server.closing', 'The server is stopping.', { headers: { 'retry-after': '2' } });
    if (outcome === 'late') throw nothingCame();
    return outcome === 'there';
  }

  async function multivariant(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<unknown> {
    const { streamId, pass, isGated, isOver } = await entrance.anybody(request);
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
    const { streamId, isOver } = await entrance.withPass(request);
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
    const { streamId } = await entrance.withPass(request);
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

  return (['/hls/{showId}', '/hls/{showId}/{pass}'] as const).flatMap((base) => [
    ...readable({ path: `${base}/index.m3u8`, summary: 'HLS: multivariant playlist, live or of the recording', produces: [PLAYLIST], handle: multivariant }),
    ...Object.entries(playlistNames).flatMap(([name, file]) => [
      ...readable({
        path: `${base}/${file}`,
        summary: 'HLS: live playlist with blocking reload (_HLS_msn, _HLS_part)',
        produces: [PLAYLIST],
        isUnlimited: true,
        handle: (request, reply) => media(name as Rendition, request, reply),
      }),
      ...readable({
        path: `${base}/${name}/{file}`,
        summary: 'HLS: a segment, a part, or what they begin with',
        produces: [name === 'video' ? 'video/mp4' : 'audio/mp4'],
        isUnlimited: true,
        handle: (request, reply) => piece(name as Rendition, request, reply),
      }),
    ]),
    ...recordedRoutes(base, entrance, replays),
  ]);
}

function nothingCame(): FieldcastError {
  return new FieldcastError('media.unavailable', 'Nothing new has come; the host may be away. Try again.', {
    headers: { 'retry-after': String(TARGET_DURATION_S) },
  });
}
