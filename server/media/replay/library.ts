// Owns the recordings on the disk: which there are, their indexes in memory as far as they are needed, and deleting one.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, unlessGone } from './disk.ts';
import { folderOf } from './layout.ts';
import type { Recording } from './recording.ts';
import type { RecordingIndex } from './recording-index.ts';
import { openRecording, type OpenedRecording } from './repair.ts';

/** 14 MB, 110 hours: more than the default space for recordings holds. */
const CACHED_SEGMENTS = 200_000;
// No stream id has a dot, so a folder that is on its way out is nobody's.
const REMOVED = '.removed';

export class Library {
  readonly #dir: string;
  /** By stream id, the one used last at the end. */
  readonly #opened = new Map<string, Promise<OpenedRecording | undefined>>();
  readonly #segments = new Map<string, number>();
  readonly #recorded: (streamId: string) => RecordingIndex | undefined;

  /** @param recorded the index of a stream that is being recorded: only its recorder touches that folder */
  constructor(dir: string, recorded: (streamId: string) => RecordingIndex | undefined) {
    this.#dir = dir;
    this.#recorded = recorded;
  }

  /** Makes the folder, and finishes the deletions that the last run did not. */
  async open(): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#dir)) {
      if (name.endsWith(REMOVED)) await rm(join(this.#dir, name), { recursive: true, force: true });
    }
  }

  folder(streamId: string): string | undefined {
    return folderOf(this.#dir, streamId);
  }

  /** Repaired where it has to be; kept in memory while there is room. */
  async load(streamId: string): Promise<OpenedRecording | undefined> {
    const folder = this.folder(streamId);
    if (folder === undefined) return undefined;
    const opening = this.#opened.get(streamId) ?? openRecording(folder);
    this.#opened.delete(streamId);
    this.#opened.set(streamId, opening);
    try {
      const opened = await opening;
      if (opened === undefined) this.forget(streamId);
      else this.#remember(streamId, opened.index.segments);
      return opened;
    } catch (error) {
      this.forget(streamId);
      // Deleted while it was read.
      if (isGone(error) && (await unlessGone(stat(folder))) === undefined) return undefined;
      throw error;
    }
  }

  /** What is on the disk may have changed. */
  forget(streamId: string): void {
    this.#opened.delete(streamId);
    this.#segments.delete(streamId);
  }

  async index(streamId: string): Promise<RecordingIndex | undefined> {
    return this.#recorded(streamId) ?? (await this.load(streamId))?.index;
  }

  async find(streamId: string): Promise<Recording | undefined> {
    const index = await this.index(streamId);
    return index && index.segments > 0 ? this.#recording(streamId, index) : undefined;
  }

  async list(): Promise<Recording[]> {
    const found: Recording[] = [];
    for (const name of (await unlessGone(readdir(this.#dir))) ?? []) {
      const recording = await this.find(name);
      if (recording) found.push(recording);
    }
    return found.sort((a, b) => a.startedAt - b.startedAt);
  }

  async remove(streamId: string): Promise<boolean> {
    const folder = this.folder(streamId);
    if (folder === undefined || this.#recorded(streamId)) return false;
    this.forget(streamId);
    // Renamed first: from here on nobody finds it, however long the deletion takes.
    const leaving = `${folder}-${process.hrtime.bigint()}${REMOVED}`;
    const isThere = (await unlessGone(rename(folder, leaving).then(() => true))) ?? false;
    if (isThere) await rm(leaving, { recursive: true, force: true });
    return isThere;
  }

  #recording(streamId: string, index: RecordingIndex): Recording {
    const stretches = index.replayStretches();
    return {
      streamId,
      startedAt: stretches[0]?.at ?? 0,
      durationMs: index.durationMs,
      bytes: index.bytes,
      stretches,
      isRecording: this.#recorded(streamId) !== undefined,
      toReplayMs: (serverMs) => index.toReplayMs(serverMs),
      toServerMs: (replayMs) => index.toServerMs(replayMs),
    };
  }

  #remember(streamId: string, segments: number): void {
    this.#segments.set(streamId, segments);
    let total = [...this.#segments.values()].reduce((sum, each) => sum + each, 0);
    for (const oldest of this.#opened.keys()) {
      if (total <= CACHED_SEGMENTS || oldest === streamId) break;
      total -= this.#segments.get(oldest) ?? 0;
      this.forget(oldest);
    }
  }
}
