// Owns the index of a recording: one line a stretch and a segment on the disk, columns of numbers in memory (80 bytes a segment).
import type { ReplayClock, ReplayStretch } from './recording.ts';
import { mediaFile, type RecordedTrack } from './layout.ts';

export interface StretchEntry {
  /** Number in the recording, from 1. */
  n: number;
  /** `Stretch.index` of the packager; a gap in the recording begins a new entry with the same one. */
  source: number;
  at: number;
  codec: string;
  width: number;
  height: number;
  channels: number;
  /** Bytes of `ftyp` and `moov` at the beginning of each file. */
  init: Record<RecordedTrack, number>;
}

export interface SegmentEntry {
  sequence: number;
  at: number;
  /** Begins with a key frame; the first of a stretch always does. */
  isIndependent: boolean;
  video: PieceEntry;
  opus: PieceEntry;
}

export interface PieceEntry {
  ms: number;
  offset: number;
  length: number;
}

/** Parsed line by line; the first line that is not whole ends it. */
export const INDEX_HEADER = '["fieldcast-recording",1]\n';

interface StretchState {
  entry: StretchEntry;
  /** Its first segment's place in the columns. */
  first: number;
  startMs: number;
  durationMs: number;
  bytes: Record<RecordedTrack, number>;
}

type StretchFields = [string, number, number, number, string, number, number, number, number, number];

export class RecordingIndex implements ReplayClock {
  readonly #stretches: StretchState[] = [];
  // Arrays of doubles take 8 bytes a number: 10 h are 18,000 segments and 1.3 MB.
  readonly #sequence: number[] = [];
  readonly #at: number[] = [];
  readonly #startMs: number[] = [];
  readonly #independent: boolean[] = [];
  readonly #pieces: Record<RecordedTrack, { ms: number[]; offset: number[]; length: number[] }> = {
    video: { ms: [], offset: [], length: [] },
    opus: { ms: [], offset: [], length: [] },
  };
  #durationMs = 0;
  #isBroken = false;

  /** Reads what was written; the rest after a broken line counts as not there. */
  static parse(text: string): RecordingIndex {
    const index = new RecordingIndex();
    let from = INDEX_HEADER.length;
    if (!text.startsWith(INDEX_HEADER)) return index;
    for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
      if (!index.#take(text.slice(from, end))) {
        index.#isBroken = text.includes('\n', end + 1);
        break;
      }
      from = end + 1;
    }
    return index;
  }

  /** Lines follow the one that could not be read: not the end is missing, but something in the middle. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get segments(): number {
    return this.#sequence.length;
  }

  get durationMs(): number {
    return this.#durationMs;
  }

  /** Of the media files. */
  get bytes(): number {
    return this.#stretches.reduce((total, { bytes }) => total + bytes.video + bytes.opus, 0);
  }

  get stretches(): readonly StretchEntry[] {
    return this.#stretches.map(({ entry }) => entry);
  }

  /** Stretches with anything in them, as a replay shows them. */
  replayStretches(): ReplayStretch[] {
    return this.#stretches
      .filter(({ durationMs }) => durationMs > 0)
      .map(({ entry, first, startMs, durationMs }) => ({ startMs, durationMs, at: this.#at[first] ?? entry.at, width: entry.width, height: entry.height }));
  }

  segment(place: number): SegmentEntry & { startMs: number; stretch: StretchEntry } {
    return {
      sequence: this.#sequence[place]!,
      at: this.#at[place]!,
      startMs: this.#startMs[place]!,
      isIndependent: this.#independent[place]!,
      stretch: this.#stretches[this.#stretchOf(place)]!.entry,
      video: this.#piece('video', place),
      opus: this.#piece('opus', place),
    };
  }

  /** Of the segments from one place to another, which is not included. */
  stretchesBetween(from: number, to: number): StretchEntry[] {
    const found: StretchEntry[] = [];
    for (let place = from; place < to; place = this.endOfStretch(place)) found.push(this.segment(place).stretch);
    return found;
  }

  /** First place behind a stretch's segments. */
  endOfStretch(place: number): number {
    return this.#stretches[this.#stretchOf(place) + 1]?.first ?? this.segments;
  }

  /** Place of the segment that a replay ms falls into; the nearest one for a moment outside. Undefined while there is none. */
  placeAt(replayMs: number): number | undefined {
    return this.segments === 0 ? undefined : Math.max(0, upperBound(this.#startMs, replayMs) - 1);
  }

  /** The same place, or the one before it where playing can start. */
  keyPlace(place: number): number {
    let found = place;
    while (found > 0 && !this.#independent[found]) found -= 1;
    return found;
  }

  /** Bytes of a track's file as far as the index knows it. */
  sizeOf(stretch: StretchEntry, track: RecordedTrack): number {
    return this.#stretches.find(({ entry }) => entry === stretch)?.bytes[track] ?? 0;
  }

  fileOf(stretch: StretchEntry, track: RecordedTrack): string {
    return mediaFile(stretch.n, stretch.at, track);
  }

  addStretch(entry: StretchEntry): void {
    this.#stretches.push({ entry, first: this.segments, startMs: this.#durationMs, durationMs: 0, bytes: { ...entry.init } });
  }

  /** Belongs to the newest stretch. */
  addSegment(entry: SegmentEntry): void {
    const stretch = this.#stretches.at(-1)!;
    this.#sequence.push(entry.sequence);
    // The server's clock may have been set back; a moment has to stay findable by halving.
    this.#at.push(Math.max(entry.at, this.#at.at(-1) ?? 0));
    this.#startMs.push(this.#durationMs);
    this.#independent.push(entry.isIndependent);
    for (const track of ['video', 'opus'] as const) {
      const { ms, offset, length } = entry[track];
      this.#pieces[track].ms.push(ms);
      this.#pieces[track].offset.push(offset);
      this.#pieces[track].length.push(length);
      stretch.bytes[track] = Math.max(stretch.bytes[track], offset + length);
    }
    this.#durationMs += entry.video.ms;
    stretch.durationMs += entry.video.ms;
  }

  toReplayMs(serverMs: number): number {
    const place = this.#placeAtServerMs(serverMs);
    if (place < 0) return 0;
    const span = this.#span(place);
    const share = Math.min(1, Math.max(0, (serverMs - this.#at[place]!) / span.serverMs));
    return this.#startMs[place]! + share * span.replayMs;
  }

  toServerMs(replayMs: number): number {
    const place = this.placeAt(replayMs);
    if (place === undefined) return 0;
    const span = this.#span(place);
    const share = Math.min(1, Math.max(0, (replayMs - this.#startMs[place]!) / span.replayMs));
    return this.#at[place]! + share * span.serverMs;
  }

  // From a segment's beginning to the next one's of the same stretch, in both times: this is what keeps a drifting clock right.
  #span(place: number): { replayMs: number; serverMs: number } {
    const replayMs = Math.max(this.#pieces.video.ms[place]!, 0.001);
    const next = place + 1;
    const isJoint = next >= this.endOfStretch(place);
    const serverMs = isJoint ? replayMs : this.#at[next]! - this.#at[place]!;
    return { replayMs, serverMs: Math.max(serverMs, 0.001) };
  }

  #placeAtServerMs(serverMs: number): number {
    return upperBound(this.#at, serverMs) - 1;
  }

  #stretchOf(place: number): number {
    let low = 0;
    let high = this.#stretches.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#stretches[middle]!.first <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  #piece(track: RecordedTrack, place: number): PieceEntry {
    const { ms, offset, length } = this.#pieces[track];
    return { ms: ms[place]!, offset: offset[place]!, length: length[place]! };
  }

  #take(line: string): boolean {
    const fields = parseLine(line);
    if (fields?.[0] === 'stretch' && fields.length === 10 && typeof fields[4] === 'string') {
      const [, n, source, at, codec, width, height, channels, video, opus] = fields as StretchFields;
      if (![n, source, at, width, height, channels, video, opus].every(isCount)) return false;
      this.addStretch({ n, source, at, codec, width, height, channels, init: { video, opus } });
      return true;
    }
    if (fields?.[0] === 'segment' && fields.length === 10 && fields.slice(1).every(isCount) && this.#stretches.length > 0) {
      const [, sequence, at, isIndependent, videoMs, videoOffset, videoLength, opusMs, opusOffset, opusLength] = fields as [string, ...number[]];
      this.addSegment({
        sequence: sequence!,
        at: at!,
        isIndependent: isIndependent === 1,
        video: { ms: videoMs!, offset: videoOffset!, length: videoLength! },
        opus: { ms: opusMs!, offset: opusOffset!, length: opusLength! },
      });
      return true;
    }
    return false;
  }
}

export function stretchLine(entry: StretchEntry): string {
  const { n, source, at, codec, width, height, channels, init } = entry;
  return `${JSON.stringify(['stretch', n, source, at, codec, width, height, channels, init.video, init.opus])}\n`;
}

export function segmentLine({ sequence, at, isIndependent, video, opus }: SegmentEntry): string {
  return `${JSON.stringify(['segment', sequence, at, isIndependent ? 1 : 0, video.ms, video.offset, video.length, opus.ms, opus.offset, opus.length])}\n`;
}

function parseLine(line: string): unknown[] | undefined {
  try {
    const fields: unknown = JSON.parse(line);
    return Array.isArray(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** How many of the ascending numbers are not above `value`. */
function upperBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
