// Owns the addresses of a recording below /hls/: its playlists, and the files that they name.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireRoute } from '../../platform/http/route.ts';
import { answerFile } from '../replay/file-answer.ts';
import type { Replays } from '../replay/replays.ts';
import { FILES_PATH } from '../replay/vod-playlist.ts';
import { PLAYLIST, readable, sendPlaylist } from './answer.ts';
import type { Entrance } from './entrance.ts';
import { REPLAY_PATH } from './passes.ts';
import { playlistNames } from './playlist.ts';
import { nothingHere } from './request.ts';

// A recording can still be written to its end in the seconds after the show, and be deleted later.
const REPLAY_CACHE = 'public, max-age=5';

/** @param base `/hls/{showId}`, with or without a pass */
export function recordedRoutes(base: `/${string}`, entrance: Entrance, replays: Pick<Replays, 'vodPlaylist' | 'recordedFile'>): WireRoute[] {
  async function playlist(name: 'index' | 'video' | 'opus', request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { streamId, isOver } = await entrance.withPass(request);
    const text = isOver ? await replays.vodPlaylist(streamId, name) : undefined;
    if (text === undefined) throw nothingHere();
    return sendPlaylist(reply, text, REPLAY_CACHE);
  }

  async function file(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { streamId, isOver } = await entrance.withPass(request);
    const { file: name = '' } = request.params as Record<string, string | undefined>;
    const found = isOver ? await replays.recordedFile(streamId, name) : undefined;
    if (!found) throw nothingHere();
    return answerFile(request, reply, found);
  }

  return [
    ...(['index', 'video', 'opus'] as const).flatMap((name) =>
      readable({
        path: `${base}/${REPLAY_PATH}/${name === 'index' ? 'index.m3u8' : playlistNames[name]}`,
        summary: 'HLS: playlist of the recording',
        produces: [PLAYLIST],
        isUnlimited: true,
        handle: (request, reply) => playlist(name, request, reply),
      }),
    ),
    ...readable({
      path: `${base}/${REPLAY_PATH}/${FILES_PATH}/{file}`,
      summary: 'HLS: a file of the recording, whole or in part',
      produces: ['video/mp4'],
      isUnlimited: true,
      handle: file,
    }),
  ];
}
