// Owns reading pieces of a recording: the open files of the stretch that is read, one at a time.
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { timescaleOf } from './boxes.ts';
import type { RecordedTrack } from './layout.ts';
import type { RecordingIndex, SegmentEntry, StretchEntry } from './recording-index.ts';

export class RecordingReader {
  readonly #folder: string;
  readonly #index: RecordingIndex;
  readonly #open: Partial<Record<RecordedTrack, { name: string; file: FileHandle }>> = {};
  #isClosed = false;

  constructor(folder: string, index: RecordingIndex) {
    this.#folder = folder;
    this.#index = index;
  }

  /** @throws Error with code ENOENT when the recording was deleted */
  init(stretch: StretchEntry, track: RecordedTrack): Promise<Buffer> {
    return this.#read(stretch, track, 0, stretch.init[track]);
  }

  piece(segment: SegmentEntry & { stretch: StretchEntry }, track: RecordedTrack): Promise<Buffer> {
    const { offset, length } = segment[track];
    return this.#read(segment.stretch, track, offset, length);
  }

  /** Ticks a second. */
  async timescale(stretch: StretchEntry, track: RecordedTrack): Promise<number> {
    const timescale = timescaleOf(await this.init(stretch, track));
    if (!timescale) throw new RangeError('no timescale');
    return timescale;
  }

  /** Whether the picture is described in more than one way. Each key frame has its parameter sets with it. */
  async isMixed(stretches: readonly StretchEntry[]): Promise<boolean> {
    let first: Buffer | undefined;
    for (const stretch of stretches) {
      const init = await this.init(stretch, 'video');
      first ??= init;
      if (!init.equals(first)) return true;
    }
    return false;
  }

  /** Also in the middle of reading, which then fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(Object.values(this.#open).map(({ file }) => file.close()));
  }

  async #read(stretch: StretchEntry, track: RecordedTrack, offset: number, length: number): Promise<Buffer> {
    const file = await this.#file(this.#index.fileOf(stretch, track), track);
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new RangeError('the recording is shorter than its index');
    return bytes;
  }

  async #file(name: string, track: RecordedTrack): Promise<FileHandle> {
    const opened = this.#open[track];
    if (opened?.name === name) return opened.file;
    delete this.#open[track];
    await opened?.file.close();
    const file = await open(join(this.#folder, name), 'r');
    if (this.#isClosed) {
      await file.close();
      throw new Error('nobody wants it any more');
    }
    this.#open[track] = { name, file };
    return file;
  }
}
