// Owns the open files of one recording: appends a stretch or a segment, media before the index line that names it.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment, Stretch } from '../hls/segment.ts';
import { type Disk, unlessGone, type WritableFile, writeAt } from './disk.ts';
import { INDEX, type RecordedTrack } from './layout.ts';
import { INDEX_HEADER, type PieceEntry, RecordingIndex, type SegmentEntry, segmentLine, type StretchEntry, stretchLine } from './recording-index.ts';
import type { OpenedRecording } from './repair.ts';

const TRACKS: readonly RecordedTrack[] = ['video', 'opus'];

interface OpenStretch {
  entry: StretchEntry;
  files: Record<RecordedTrack, WritableFile>;
  sizes: Record<RecordedTrack, number>;
}

export class RecordingWriter {
  readonly index: RecordingIndex;
  readonly #folder: string;
  readonly #inode: number;
  readonly #disk: Disk;
  readonly #lines: WritableFile;
  #lineBytes: number;
  #stretch: OpenStretch | undefined;

  private constructor(parts: { index: RecordingIndex; folder: string; inode: number; disk: Disk; lines: WritableFile; lineBytes: number }) {
    this.index = parts.index;
    this.#folder = parts.folder;
    this.#inode = parts.inode;
    this.#disk = parts.disk;
    this.#lines = parts.lines;
    this.#lineBytes = parts.lineBytes;
  }

  /** @param known what the folder holds and how long its index is, undefined: nothing yet */
  static async open(folder: string, disk: Disk, known: OpenedRecording | undefined): Promise<RecordingWriter> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { ino: inode } = await stat(folder);
    const lines = await disk.open(join(folder, INDEX), known ? 'r+' : 'w');
    try {
      if (!known) await writeAt(lines, Buffer.from(INDEX_HEADER), 0);
    } catch (error) {
      await lines.close();
      throw error;
    }
    const lineBytes = known?.indexBytes ?? INDEX_HEADER.length;
    return new RecordingWriter({ index: known?.index ?? new RecordingIndex(), folder, inode, disk, lines, lineBytes });
  }

  get hasStretch(): boolean {
    return this.#stretch !== undefined;
  }

  /** Whether folder and files are those that are open: removed ones take bytes without a word. */
  async isInPlace(): Promise<boolean> {
    if ((await unlessGone(stat(this.#folder)))?.ino !== this.#inode) return false;
    const media = this.#stretch ? TRACKS.map((track) => this.index.fileOf(this.#stretch!.entry, track)) : [];
    for (const name of [INDEX, ...media]) {
      if ((await unlessGone(stat(join(this.#folder, name)))) === undefined) return false;
    }
    return true;
  }

  /** @param at server clock of the first segment that follows, ms since epoch */
  async startStretch(stretch: Stretch, at: number): Promise<void> {
    await this.endStretch();
    const { codec, width, height } = stretch.video;
    const n = (this.index.stretches.at(-1)?.n ?? 0) + 1;
    const init = { video: stretch.init.video.length, opus: stretch.init.opus.length };
    const entry: StretchEntry = { n, source: stretch.index, at: Math.round(at), codec, width, height, channels: stretch.channels, init };
    const files: Partial<Record<RecordedTrack, WritableFile>> = {};
    try {
      for (const track of TRACKS) {
        // What a broken beginning left under this name is of no use.
        files[track] = await this.#disk.open(join(this.#folder, this.index.fileOf(entry, track)), 'w');
        await writeAt(files[track], stretch.init[track], 0);
      }
      await this.#writeLine(stretchLine(entry));
    } catch (error) {
      await Promise.allSettled(Object.values(files).map((file) => file.close()));
      throw error;
    }
    this.index.addStretch(entry);
    this.#stretch = { entry, files: files as Record<RecordedTrack, WritableFile>, sizes: { ...init } };
  }

  /** In the stretch that was started last. */
  async addSegment(segment: Segment): Promise<void> {
    const stretch = this.#stretch!;
    const entry: SegmentEntry = {
      sequence: segment.sequence,
      at: segment.at,
      isIndependent: segment.isIndependent,
      video: pieceEntry(segment.video, stretch.sizes.video),
      opus: pieceEntry(segment.opus, stretch.sizes.opus),
    };
    for (const track of TRACKS) await writeAt(stretch.files[track], segment[track].bytes, entry[track].offset);
    await this.#writeLine(segmentLine(entry));
    for (const track of TRACKS) stretch.sizes[track] += entry[track].length;
    this.index.addSegment(entry);
  }

  /** Cuts off what a broken write left behind the last whole segment. */
  async endStretch(): Promise<void> {
    const stretch = this.#stretch;
    this.#stretch = undefined;
    if (!stretch) return;
    for (const track of TRACKS) await cutAndClose(stretch.files[track], stretch.sizes[track]);
  }

  async close(): Promise<void> {
    await this.endStretch();
    await cutAndClose(this.#lines, this.#lineBytes);
  }

  async #writeLine(line: string): Promise<void> {
    const bytes = Buffer.from(line);
    await writeAt(this.#lines, bytes, this.#lineBytes);
    this.#lineBytes += bytes.length;
  }
}

// The folder may be gone or the disk broken; whatever stays behind is cut off when the recording is opened again.
async function cutAndClose(file: WritableFile, length: number): Promise<void> {
  await Promise.allSettled([file.truncate(length)]);
  await Promise.allSettled([file.close()]);
}

function pieceEntry({ bytes, durationMs }: Segment['video'], offset: number): PieceEntry {
  return { ms: Math.round(durationMs * 1000) / 1000, offset, length: bytes.length };
}
