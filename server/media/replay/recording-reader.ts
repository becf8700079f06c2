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

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#open).map(({ file }) => file.close()));
  }

  async #read(stretch: StretchEntry, track: RecordedTrack, offset: number, length: number): Promise<Buffer> {
    const name = this.#index.fileOf(stretch, track);
    let opened = this.#open[track];
    if (opened?.name !== name) {
      await opened?.file.close();
      delete this.#open[track];
      opened = this.#open[track] = { name, file: await open(join(this.#folder, name), 'r') };
    }
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await opened.file.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new RangeError('the recording is shorter than its index');
    return bytes;
  }
}
