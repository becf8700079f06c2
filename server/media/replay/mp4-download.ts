// Owns what is downloaded of a recording, and how much of it at once: packing takes disk, processor and memory that a live show needs.
import { Readable } from 'node:stream';
import { FieldcastError } from '../../platform/errors.ts';
import type { RecordingIndex } from './recording-index.ts';
import { RecordingReader } from './recording-reader.ts';
import { type Places, wholeMp4 } from './whole-mp4.ts';

/** Replay ms, cut at the key frame at or before `fromMs`; without both the whole show. */
export interface Mp4Range {
  fromMs?: number | undefined;
  toMs?: number | undefined;
}

/** One MP4 to send. It has to be read or destroyed; who reads nothing for a minute is cut off. */
export interface Mp4Download {
  stream: Readable;
  contentLength: number;
}

/** Packing takes three times as much memory for a moment. Longer ones are sent like a whole show. */
const CLIP_LIMIT_BYTES = 32 * 1024 * 1024;
/** Of whole shows, and as many of clips that are sent like one: those are for everybody, and may not keep the staff waiting. */
const LONG_AT_ONCE = 2;
const PACKED_AT_ONCE = 2;
/** Of clips on their way. */
const CLIPS_BYTES = 3 * CLIP_LIMIT_BYTES;
const RETRY_AFTER_S = 15;
const STALL_MS = 60_000;
/** Small, so that a slow line is told from one that has stopped: 1 kB/s is enough. */
const CHUNK_BYTES = 64 * 1024;

export class Mp4Downloads {
  readonly #long = { show: 0, clip: 0 };
  #packing = 0;
  #clipBytes = 0;

  async open(folder: string, index: RecordingIndex, range: Mp4Range): Promise<Mp4Download> {
    const places = placesOf(index, range);
    const bytes = bytesOf(index, places);
    const reader = new RecordingReader(folder, index);
    const kind = range.fromMs === undefined && range.toMs === undefined ? 'show' : 'clip';
    if (kind === 'clip' && bytes <= CLIP_LIMIT_BYTES) return this.#clip(index, reader, places, { toMs: range.toMs ?? index.durationMs, bytes });
    return this.#whole(index, reader, places, kind);
  }

  async #whole(index: RecordingIndex, reader: RecordingReader, places: Places, kind: 'show' | 'clip'): Promise<Mp4Download> {
    if (this.#long[kind] >= LONG_AT_ONCE) throw busy();
    this.#long[kind] += 1;
    const end = () => {
      this.#long[kind] -= 1;
      void reader.close();
    };
    try {
      const { bytes, contentLength } = await wholeMp4(index, reader, places);
      return { stream: toStream(bytes, end), contentLength };
    } catch (error) {
      end();
      throw error;
    }
  }

  async #clip(index: RecordingIndex, reader: RecordingReader, places: Places, { toMs, bytes }: { toMs: number; bytes: number }): Promise<Mp4Download> {
    if (this.#packing >= PACKED_AT_ONCE || this.#clipBytes + bytes > CLIPS_BYTES) throw busy();
    this.#packing += 1;
    this.#clipBytes += bytes;
    const end = () => (this.#clipBytes -= bytes);
    try {
      // With the first clip, not with the server: the library is large.
      const { clipMp4 } = await import('./clip-mp4.ts');
      const clip = await clipMp4(index, reader, places, toMs);
      return { stream: toStream([clip], end), contentLength: clip.length };
    } catch (error) {
      end();
      throw error;
    } finally {
      this.#packing -= 1;
      void reader.close();
    }
  }
}

function toStream(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, end: () => unknown): Readable {
  const stream = Readable.from(chunks(), { objectMode: false, highWaterMark: CHUNK_BYTES });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      for (let from = 0; from < piece.length; from += CHUNK_BYTES) {
        const stall = setTimeout(() => stream.destroy(), STALL_MS).unref();
        try {
          yield piece.subarray(from, from + CHUNK_BYTES);
        } finally {
          clearTimeout(stall);
        }
      }
    }
  }
  stream.once('close', end);
  return stream;
}

function busy(): FieldcastError {
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  return new FieldcastError('media.unavailable', 'Other downloads are being made; try again soon.', { headers });
}

function placesOf(index: RecordingIndex, { fromMs = 0, toMs = index.durationMs }: Mp4Range): Places {
  const from = index.placeAt(fromMs);
  if (from === undefined) throw new FieldcastError('not-found', 'There is no replay.');
  if (!(fromMs >= 0 && toMs > fromMs && fromMs < index.durationMs)) {
    throw new FieldcastError('input.invalid', 'The clip has to begin and end in the replay, and to end after it begins.');
  }
  // The segment that `toMs` falls into is part of it, one that only begins there is not.
  return { from: index.keyPlace(from), to: Math.max(from, index.placeAt(toMs - 0.001)!) + 1 };
}

function bytesOf(index: RecordingIndex, { from, to }: Places): number {
  let total = 0;
  for (let place = from; place < to; place += 1) {
    const { video, opus } = index.segment(place);
    total += video.length + opus.length;
  }
  return total;
}
