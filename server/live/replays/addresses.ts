// Owns the addresses of a replay's media: playlist, frames, clips. Those of a gated show carry a pass, because a picture or a link sends no token.
import type { Show } from '../../protocol/show.ts';
import { replayPath } from '../../media/index.ts';

/** Opens the media addresses of a gated show for a while; the same for everybody, so that a cache can share what is behind them. */
export interface ReplayPasses {
  /** Undefined while the show is open to all. */
  passFor(showId: string): Promise<string | undefined>;
  isValid(showId: string, pass: string): boolean;
}

export const FRAME_PATH = '/api/v1/shows/{showId}/replay/frames/{ms}/{width}';
export const CLIP_PATH = '/api/v1/shows/{showId}/replay/clip.mp4';
export const DOWNLOAD_PATH = '/api/v1/shows/{showId}/replay/show.mp4';
export const PIN_LOG_CSV_PATH = '/api/v1/shows/{showId}/pins/log.csv';

/** Width of the frames that stand for a chapter or a moment. */
const THUMBNAIL_WIDTH = 480;

export interface ReplayAddresses {
  hls: string;
  /** With `{ms}` and `{width}`. */
  frames: string;
  /** With `{from}` and `{to}`. */
  clips: string;
  thumbnail(ms: number): string;
  clip(fromMs: number, toMs: number): string;
}

export async function addressesOf(show: Pick<Show, 'id'>, passes: ReplayPasses): Promise<ReplayAddresses> {
  const pass = await passes.passFor(show.id);
  const frames = FRAME_PATH.replace('{showId}', show.id) + (pass === undefined ? '' : `?pass=${pass}`);
  const clips = `${CLIP_PATH.replace('{showId}', show.id)}?from={from}&to={to}${pass === undefined ? '' : `&pass=${pass}`}`;
  return {
    hls: replayPath(show.id, pass),
    frames,
    clips,
    thumbnail: (ms) => frames.replace('{ms}', String(ms)).replace('{width}', String(THUMBNAIL_WIDTH)),
    clip: (fromMs, toMs) => clips.replace('{from}', String(fromMs)).replace('{to}', String(toMs)),
  };
}
