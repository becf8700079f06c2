// Owns the way to everything recorded: record, find, play, download, cut, look at, delete.
import type { Readable } from 'node:stream';
import type { Numbering, SegmentListener } from '../hls/segment.ts';
import type { Recording, RecordingState } from './recording.ts';

/** Takes every segment of a stream until `stop`. Neither of its listener's calls waits or throws. */
export interface Recorder extends SegmentListener {
  readonly streamId: string;
  readonly state: RecordingState;
  /** Where the packager goes on counting. */
  readonly numbering: Numbering;
  /** Writes what is queued and closes the files; the replay is there afterwards. */
  stop(): Promise<void>;
}

/** One MP4 to send. */
export interface Mp4Download {
  stream: Readable;
  /** Known for clips; a whole show is made while it is sent. */
  contentLength: number | undefined;
}

/** Replay ms, cut at the key frame at or before `fromMs`; without both the whole show. */
export interface Mp4Range {
  fromMs?: number;
  toMs?: number;
}

export interface Storage {
  /** Everything recorded. */
  bytes: number;
  /** Free for this server's user on the disk of the data folder. */
  freeBytes: number;
}

export interface Replays {
  /** Begins a stream's recording or goes on with it; the same recorder while it has not stopped. Says `recording.changed`. */
  record(streamId: string): Promise<Recorder>;
  find(streamId: string): Promise<Recording | undefined>;
  /** All of them, oldest first. */
  list(): Promise<Recording[]>;
  /** @returns false when there is none, or it is being recorded */
  remove(streamId: string): Promise<boolean>;
  storage(): Promise<Storage>;
  /** The playlist of a recording (`index` names the others), undefined when there is none. Addresses in it are relative: `recording/{file}`. */
  vodPlaylist(streamId: string, name: 'index' | 'video' | 'opus'): Promise<string | undefined>;
  /**
   * Without encoding anything anew; made while it is read, stops when `stream` is destroyed.
   * @throws FieldcastError `not-found`, `input.invalid` for a range outside the replay, `media.unavailable` with Retry-After while as many
   * as the machine bears are under way
   */
  mp4(streamId: string, range?: Mp4Range): Promise<Mp4Download>;
  /** The key frame at or before `replayMs` as WebP, one of `pictureWidths` wide; undefined where no decoder is installed or nothing is there. */
  frame(streamId: string, replayMs: number, width: number): Promise<Uint8Array | undefined>;
  /** Stops every recorder. */
  close(): Promise<void>;
}
