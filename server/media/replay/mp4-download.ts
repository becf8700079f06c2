// Owns what is downloaded of a recording, and how much of it at once: packing takes disk and processor that a live show needs.
import { Readable } from 'node:stream';
import { FieldcastError } from '../../platform/errors.ts';
import { CLIP_LIMIT_BYTES, clipMp4 } from './clip-mp4.ts';
import type { RecordingIndex } from './recording-index.ts';
import { RecordingReader } from './recording-reader.ts';
import { type Places, wholeMp4 } from './whole-mp4.ts';

/** Replay ms, cut at the key frame at or before `fromMs`; without both the whole show. */
export interface Mp4Range {
  fromMs?: number | undefined;
  toMs?: number | undefined;
}

/** One MP4 to send. Ends what it took when `stream` ends or is destroyed, so it has to be read or destroyed. */
export interface Mp4Download {
  stream: Readable;
  contentLength: number;
}

const AT_ONCE = 2;
const RETRY_AFTER_S = 15;

export class Mp4Downloads {
  #running = 0;

  get running(): number {
    return this.#running;
  }

  async open(folder: string, index: RecordingIndex, range: Mp4Range): Promise<Mp4Download> {
    const places = placesOf(index, range);
    if (this.#running >= AT_ONCE) {
      const headers = { 'retry-after': String(RETRY_AFTER_S) };
      throw new FieldcastError('media.unavailable', 'Other downloads are being made; try again soon.', { headers });
    }
    this.#running += 1;
    const reader = new RecordingReader(folder, index);
    const end = () => {
      this.#running -= 1;
      void reader.close();
    };
    try {
      const { stream, contentLength } = await made(index, reader, places, range);
      stream.once('close', end);
      return { stream, contentLength };
    } catch (error) {
      end();
      throw error;
    }
  }
}

async function made(index: RecordingIndex, reader: RecordingReader, places: Places, range: Mp4Range): Promise<Mp4Download> {
  const isClip = range.fromMs !== undefined || range.toMs !== undefined;
  if (!isClip || bytesOf(index, places) > CLIP_LIMIT_BYTES) return wholeMp4(index, reader, places);
  const bytes = await clipMp4(index, reader, places, range.toMs ?? index.durationMs);
  return { stream: Readable.from([bytes], { objectMode: false }), contentLength: bytes.length };
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
