// Owns the way to everything recorded: record, find, play, download, cut, look at, delete.
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { FactSink } from '../facts.ts';
import type { SegmentListener } from '../hls/segment.ts';
import { type Disk, realDisk } from './disk.ts';
import type { RecordedFile } from './file-answer.ts';
import { Frames } from './frames.ts';
import { parseMediaFile, RECORDINGS } from './layout.ts';
import { Library } from './library.ts';
import { type Mp4Download, Mp4Downloads, type Mp4Range } from './mp4-download.ts';
import { StreamRecorder } from './recorder.ts';
import type { Recording, RecordingState } from './recording.ts';
import { type VodPlaylistName, VodPlaylists } from './vod-playlist.ts';

/** Takes every segment of a stream until `stop`. Neither of its listener's calls waits or throws. */
export interface Recorder extends SegmentListener {
  readonly streamId: string;
  readonly state: RecordingState;
  /** Writes what is queued and closes the files; the replay is there afterwards. */
  stop(): Promise<void>;
}

export interface Storage {
  /** Everything recorded. */
  bytes: number;
  /** Free for this server's user on the disk of the data folder. */
  freeBytes: number;
}

export interface Replays {
  /**
   * Begins a stream's recording or goes on with it; the same recorder while it has not stopped. Says `recording.changed`.
   * @throws what the disk says when a recording is there that cannot be read: nothing of it is touched then
   */
  record(streamId: string): Promise<Recorder>;
  find(streamId: string): Promise<Recording | undefined>;
  /** All of them, oldest first. */
  list(): Promise<Recording[]>;
  /** @returns false when there is none, or it is being recorded */
  remove(streamId: string): Promise<boolean>;
  storage(): Promise<Storage>;
  /**
   * The playlist of a recording, undefined when there is none. `index` names `video.m3u8` and `audio.m3u8` behind `prefix` (empty, or a pass
   * and a slash); these name `recording/{file}` beside them.
   */
  vodPlaylist(streamId: string, name: VodPlaylistName, prefix?: string): Promise<string | undefined>;
  /** A file that `vodPlaylist` names, for `answerFile`; undefined for any other name. */
  recordedFile(streamId: string, name: string): Promise<RecordedFile | undefined>;
  /**
   * Without encoding anything anew; made while it is read.
   * @throws FieldcastError `not-found`, `input.invalid` for a range outside the replay, `media.unavailable` with Retry-After while as many
   * as the machine bears are under way
   */
  mp4(streamId: string, range?: Mp4Range): Promise<Mp4Download>;
  /** The key frame at or before `replayMs` as WebP, one of `pictureWidths` wide; undefined where no decoder is installed or nothing is there. */
  frame(streamId: string, replayMs: number, width: number): Promise<Uint8Array | undefined>;
  /** Stops every recorder. */
  close(): Promise<void>;
}

export interface ReplaysDeps {
  dataDir: string;
  /** Bytes of the disk that recordings leave free. */
  reserveBytes: number;
  bus: FactSink;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Tests hand in one that fails. */
  disk?: Disk;
  /** Program that decodes a frame, by name or path. */
  ffmpeg?: string;
}

export async function openReplays(deps: ReplaysDeps): Promise<Replays> {
  const { dataDir, reserveBytes, bus, clock, log, metrics, disk = realDisk, ffmpeg } = deps;
  const recorders = new Map<string, StreamRecorder>();
  const library = new Library(join(dataDir, RECORDINGS), (streamId) => recorders.get(streamId)?.index);
  await library.open();
  const playlists = new VodPlaylists();
  const downloads = new Mp4Downloads();
  const frames = new Frames(log, ffmpeg);
  const lost = metrics.counter('fieldcast_recording_segments_lost_total', 'Segments that are missing in recordings');
  metrics.gauge('fieldcast_recordings_active', 'Streams that are being recorded', () => recorders.size);

  async function record(streamId: string): Promise<Recorder> {
    const folder = library.folder(streamId);
    if (folder === undefined) throw new TypeError('not a stream id');
    // A recorder that stops still writes; the next one begins behind it.
    while (recorders.get(streamId)?.isStopping) await recorders.get(streamId)?.stop();
    const known = await library.load(streamId);
    const running = recorders.get(streamId);
    if (running) return running;
    library.forget(streamId);
    const recorder = new StreamRecorder({
      streamId,
      folder,
      known,
      disk,
      reserveBytes,
      clock,
      log,
      stateChanged: (state) => bus.emit('recording.changed', { streamId, state }),
      lost: (segments) => lost.inc(segments),
      stopped: () => recorders.delete(streamId),
    });
    recorders.set(streamId, recorder);
    bus.emit('recording.changed', { streamId, state: recorder.state });
    return recorder;
  }

  return {
    record,
    find: (streamId) => library.find(streamId),
    list: () => library.list(),
    remove: (streamId) => library.remove(streamId),
    async storage() {
      const recordings = await library.list();
      return { bytes: recordings.reduce((total, { bytes }) => total + bytes, 0), freeBytes: await disk.freeBytes(dataDir) };
    },
    async vodPlaylist(streamId, name, prefix = '') {
      const index = await library.index(streamId);
      if (!index || index.segments === 0) return undefined;
      return playlists.text(index, name, prefix);
    },
    async recordedFile(streamId, name) {
      const parsed = parseMediaFile(name);
      const index = parsed && (await library.index(streamId));
      const stretch = index?.stretches.find((each) => index.fileOf(each, parsed!.track) === name);
      if (!index || !stretch || !parsed) return undefined;
      const size = index.sizeOf(stretch, parsed.track);
      return { path: join(library.folder(streamId)!, name), size, etag: `"${stretch.at.toString(36)}-${size.toString(36)}"` };
    },
    async mp4(streamId, range = {}) {
      const index = await library.index(streamId);
      if (!index) throw new FieldcastError('not-found', 'There is no replay.');
      return downloads.open(library.folder(streamId)!, index, range);
    },
    async frame(streamId, replayMs, width) {
      const index = await library.index(streamId);
      return index && frames.frame(library.folder(streamId)!, index, replayMs, width);
    },
    async close() {
      await Promise.all([...recorders.values()].map((recorder) => recorder.stop()));
    },
  };
}
