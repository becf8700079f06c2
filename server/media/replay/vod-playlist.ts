// Owns the playlists of a recording: byte ranges into its files, merged to segments of about 6 s that begin with a key frame.
import type { RecordedTrack } from './layout.ts';
import type { RecordingIndex } from './recording-index.ts';

/** About 6 s: three segments of at most 2.0 s and what a key frame may come early. */
const LONGEST_MS = 6_500;
const HEADER = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
/** Beside the playlist. */
export const FILES_PATH = 'recording';

export type VodPlaylistName = 'index' | RecordedTrack;

/** Rendered once for everybody: ten hours take 50 ms, and are asked for by whoever likes. */
export class VodPlaylists {
  readonly #kept = new WeakMap<RecordingIndex, Map<VodPlaylistName, { segments: number; prefix: string; text: string }>>();

  /** @param prefix in front of the addresses in `index`: empty, or a pass and a slash */
  text(index: RecordingIndex, name: VodPlaylistName, prefix: string): string {
    let kept = this.#kept.get(index);
    if (!kept) this.#kept.set(index, (kept = new Map()));
    const known = kept.get(name);
    const { segments } = index;
    if (known?.segments === segments && known.prefix === prefix) return known.text;
    const text = name === 'index' ? vodIndex(index, prefix) : vodMedia(index, name);
    kept.set(name, { segments, prefix, text });
    return text;
  }
}

/** Multivariant playlist; names `video.m3u8` and `audio.m3u8`. */
function vodIndex(index: RecordingIndex, prefix: string): string {
  const { stretches, durationMs, bytes } = index;
  const largest = stretches.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  // Who can decode the highest level can decode all; several video codecs in one variant confuse players.
  const codec = stretches.map((each) => each.codec).reduce((a, b) => (b.slice(-2) > a.slice(-2) ? b : a));
  const channels = Math.max(...stretches.map((each) => each.channels));
  const average = Math.ceil((bytes * 8000) / durationMs);
  return lines([
    ...HEADER,
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="opus",NAME="sound",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="${channels}",URI="${prefix}audio.m3u8"`,
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.max(peakRate(index), average)},AVERAGE-BANDWIDTH=${average},CODECS="${codec},opus",` +
      `RESOLUTION=${largest.width}x${largest.height},AUDIO="opus"`,
    `${prefix}video.m3u8`,
  ]);
}

/** Media playlist of one track. */
function vodMedia(index: RecordingIndex, track: RecordedTrack): string {
  const body: string[] = [];
  let longestMs = 0;
  for (let place = 0; place < index.segments; ) {
    const end = index.endOfStretch(place);
    const first = index.segment(place);
    const uri = `${FILES_PATH}/${index.fileOf(first.stretch, track)}`;
    if (place > 0) body.push('#EXT-X-DISCONTINUITY');
    body.push(`#EXT-X-MAP:URI="${uri}",BYTERANGE="${first.stretch.init[track]}@0"`);
    while (place < end) {
      const group = mergedPiece(index, track, place, end);
      longestMs = Math.max(longestMs, group.ms);
      body.push(
        `#EXT-X-PROGRAM-DATE-TIME:${new Date(index.segment(place).at).toISOString()}`,
        `#EXTINF:${(group.ms / 1000).toFixed(3)},`,
        `#EXT-X-BYTERANGE:${group.length}@${group.offset}`,
        uri,
      );
      place = group.end;
    }
  }
  return lines([
    ...HEADER,
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longestMs / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...body,
    '#EXT-X-ENDLIST',
  ]);
}

// Both tracks are merged by the picture's time, so that their segments stay side by side.
function mergedPiece(index: RecordingIndex, track: RecordedTrack, from: number, limit: number): { offset: number; length: number; ms: number; end: number } {
  const { offset } = index.segment(from)[track];
  let videoMs = 0;
  let ms = 0;
  let end = from;
  let lastByte = offset;
  while (end < limit && (end === from || !index.segment(end).isIndependent || videoMs + index.segment(end).video.ms <= LONGEST_MS)) {
    const segment = index.segment(end);
    videoMs += segment.video.ms;
    ms += segment[track].ms;
    lastByte = segment[track].offset + segment[track].length;
    end += 1;
  }
  return { offset, length: lastByte - offset, ms, end };
}

function peakRate(index: RecordingIndex): number {
  let peak = 1;
  for (let place = 0; place < index.segments; ) {
    const end = index.endOfStretch(place);
    const video = mergedPiece(index, 'video', place, end);
    const opus = mergedPiece(index, 'opus', place, end);
    peak = Math.max(peak, Math.ceil(((video.length + opus.length) * 8000) / Math.max(video.ms, 1)));
    place = video.end;
  }
  return peak;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
