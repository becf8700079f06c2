// Owns the words of playlists (RFC 8216 and draft-pantos-hls-rfc8216bis): rendered from plain facts, no state.
import { PART_TARGET_MS, type Rendition } from './segment.ts';

/** Segments are at most 2.0 s; a larger value would make players stay that much further behind. */
export const TARGET_DURATION_S = 2;
/** rfc8216bis section 4.4.3.8: at least three parts, of the rendition with the longest ones; at least three target durations. */
const PART_HOLD_BACK_S = 0.82;
const HOLD_BACK_S = 6;
/** rfc8216bis section 4.4.4.9: parts are of use only near the end; the segment that comes into being counts. */
const SEGMENTS_WITH_PARTS = 3;
/** EXT-X-MAP without I-FRAMES-ONLY needs 6. */
const VERSION = 6;

export const playlistNames = { video: 'video.m3u8', opus: 'audio.m3u8', aac: 'aac.m3u8' } as const satisfies Record<Rendition, string>;

/** Addresses relative to the playlist's own. */
export const pieceNames = {
  init: (rendition: Rendition, stretch: number) => `${rendition}/init-${stretch}.mp4`,
  segment: (rendition: Rendition, sequence: number) => `${rendition}/${sequence}.m4s`,
  part: (rendition: Rendition, sequence: number, index: number) => `${rendition}/${sequence}.${index}.m4s`,
};

export interface PlaylistPart {
  durationMs: number;
  isIndependent: boolean;
}

export interface PlaylistSegment {
  sequence: number;
  stretch: number;
  /** ms since epoch */
  at: number;
  parts: readonly PlaylistPart[];
  /** Undefined while it is not whole. */
  durationMs: number | undefined;
}

export interface RenditionReport {
  rendition: Rendition;
  sequence: number;
  part: number;
}

/** @param state `away`: nothing more comes in this stretch, something may come in another; `ended`: nothing more comes */
export function mediaPlaylist(
  rendition: Rendition,
  segments: readonly PlaylistSegment[],
  reports: readonly RenditionReport[],
  state: 'live' | 'away' | 'ended',
): string {
  const [first] = segments;
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${VERSION}`,
    `#EXT-X-TARGETDURATION:${TARGET_DURATION_S}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${PART_HOLD_BACK_S},HOLD-BACK=${HOLD_BACK_S}`,
    `#EXT-X-PART-INF:PART-TARGET=${PART_TARGET_MS[rendition] / 1000}`,
    `#EXT-X-MEDIA-SEQUENCE:${first?.sequence ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${first?.stretch ?? 0}`,
  ];
  const last = segments.at(-1);
  const [nextSequence, nextPart] = last?.durationMs === undefined ? [last?.sequence ?? 0, last?.parts.length ?? 0] : [last.sequence + 1, 0];
  segments.forEach((segment, index) => {
    const previous = segments[index - 1];
    if (previous && previous.stretch !== segment.stretch) lines.push('#EXT-X-DISCONTINUITY');
    if (previous?.stretch !== segment.stretch) lines.push(`#EXT-X-MAP:URI="${pieceNames.init(rendition, segment.stretch)}"`);
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.at).toISOString()}`);
    if (segment.sequence > nextSequence - SEGMENTS_WITH_PARTS) lines.push(...segment.parts.map((part, number) => partLine(rendition, segment.sequence, number, part)));
    if (segment.durationMs !== undefined) lines.push(`#EXTINF:${seconds(segment.durationMs)},`, pieceNames.segment(rendition, segment.sequence));
  });
  if (last && state === 'live') lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${pieceNames.part(rendition, nextSequence, nextPart)}"`);
  for (const report of state === 'ended' ? [] : reports) {
    lines.push(`#EXT-X-RENDITION-REPORT:URI="${playlistNames[report.rendition]}",LAST-MSN=${report.sequence},LAST-PART=${report.part}`);
  }
  if (state === 'ended') lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

export interface Variant {
  /** Of the picture, RFC 6381. */
  codec: string;
  width: number;
  height: number;
  channels: 1 | 2;
  /** Bits per second of picture and Opus together: of the largest segment, and on average. */
  peak: number;
  average: number;
}

/** AAC costs at most this much more than Opus. */
const AAC_BITS = 128_000;

/**
 * The same picture twice, once with each kind of sound. Players that can do both and read from the top (hls.js, ffmpeg) take Opus, which
 * is there anyway; Apple's go by SCORE, and AAC is what all of them play.
 * @param prefix in front of the addresses: empty, or a pass and a slash
 */
export function multivariantPlaylist({ codec, width, height, channels, peak, average }: Variant, prefix: string): string {
  const sound = (group: string, rendition: 'opus' | 'aac') =>
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${group}",NAME="sound",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="${channels}",URI="${prefix}${playlistNames[rendition]}"`;
  const variant = (group: string, audioCodec: string, moreBits: number, score: number) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${peak + moreBits},AVERAGE-BANDWIDTH=${average + moreBits},SCORE=${score}.0,CODECS="${codec},${audioCodec}",` +
      `RESOLUTION=${width}x${height},AUDIO="${group}"`,
    `${prefix}${playlistNames.video}`,
  ];
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${VERSION}`,
    sound('opus', 'opus'),
    sound('aac', 'aac'),
    ...variant('opus', 'opus', 0, 1),
    ...variant('aac', 'mp4a.40.2', AAC_BITS, 2),
  ];
  return `${lines.join('\n')}\n`;
}

function partLine(rendition: Rendition, sequence: number, index: number, { durationMs, isIndependent }: PlaylistPart): string {
  return `#EXT-X-PART:DURATION=${seconds(durationMs)},URI="${pieceNames.part(rendition, sequence, index)}"${isIndependent ? ',INDEPENDENT=YES' : ''}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(5);
}
