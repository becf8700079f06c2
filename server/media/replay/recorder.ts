// Owns recording one stream: a bounded queue between the packager and the disk, and what happens when the disk does not keep up, is
// full, or loses the folder. The packager never waits and never hears of any of it.
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { Segment, Stretch } from '../hls/segment.ts';
import { type Disk, isDiskFull, isGone, ReserveReached } from './disk.ts';
import type { RecordingState } from './recording.ts';
import { RecordingIndex } from './recording-index.ts';
import { RecordingWriter } from './recording-writer.ts';
import { openRecording, type OpenedRecording } from './repair.ts';

/** 30 s of 4 Mbit/s: longer than a disk that is only busy takes, and small beside what a show needs. */
export const QUEUE_LIMIT_BYTES = 16 * 1024 * 1024;
const TRY_AGAIN_MS = 5_000;
/** Above the reserve by this much before it goes on, so that it does not go on and off with each segment. Retention keeps that free too. */
export const RESERVE_MARGIN_BYTES = 16 * 1024 * 1024;
/** A disk that hangs may not hold up the stop of the server. */
const STOP_LIMIT_MS = 3_000;

export interface StreamRecorderDeps {
  streamId: string;
  folder: string;
  /** What the folder holds already, repaired; undefined when there is none. */
  known: OpenedRecording | undefined;
  disk: Disk;
  reserveBytes: number;
  clock: Clock;
  log: Logger;
  stateChanged(state: RecordingState): void;
  /** Segments that are missing in the recording. */
  lost(segments: number): void;
  stopped(): void;
}

interface Job {
  segment: Segment;
  stretch: Stretch;
  /** What was lost before it leaves a gap, so it begins a new stretch in the recording. */
  afterGap: boolean;
}

export class StreamRecorder {
  readonly streamId: string;
  readonly #deps: StreamRecorderDeps;
  readonly #queue: Job[] = [];
  #queuedBytes = 0;
  #index: RecordingIndex;
  #known: OpenedRecording | undefined;
  #writer: RecordingWriter | undefined;
  #source: Stretch | undefined;
  #hasGap = false;
  #state: RecordingState = 'on';
  #tryAgainAt = 0;
  #draining: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(deps: StreamRecorderDeps) {
    this.#deps = deps;
    this.streamId = deps.streamId;
    this.#known = deps.known;
    this.#index = deps.known?.index ?? new RecordingIndex();
  }

  get state(): RecordingState {
    return this.#stopping ? 'off' : this.#state;
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** What is on the disk so far. */
  get index(): RecordingIndex {
    return this.#index;
  }

  stretchStarted(stretch: Stretch): void {
    this.#source = stretch;
  }

  segmentEnded(segment: Segment): void {
    if (this.#stopping || this.#source?.index !== segment.stretch) return;
    const bytes = sizeOf(segment);
    if (this.#queuedBytes + bytes > QUEUE_LIMIT_BYTES) {
      this.#hasGap = true;
      this.#deps.lost(1);
      return;
    }
    this.#queuedBytes += bytes;
    this.#queue.push({ segment, stretch: this.#source, afterGap: this.#hasGap });
    this.#hasGap = false;
    this.#draining ??= this.#drain().finally(() => (this.#draining = undefined));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#deps.clock.after(STOP_LIMIT_MS, resolve);
      void this.#finish().finally(() => {
        cancel();
        resolve();
      });
    });
    this.#deps.stopped();
    this.#deps.stateChanged('off');
  }

  async #finish(): Promise<void> {
    await this.#draining;
    await this.#writer?.close();
    this.#writer = undefined;
  }

  async #drain(): Promise<void> {
    for (let job = this.#queue[0]; job; job = this.#queue[0]) {
      try {
        if (this.#mayTry()) await this.#write(job);
        else this.#deps.lost(1);
      } catch (error) {
        this.#deps.lost(1);
        await this.#failed(error);
      }
      this.#queue.shift();
      this.#queuedBytes -= sizeOf(job.segment);
    }
  }

  #mayTry(): boolean {
    return this.#state === 'on' || this.#deps.clock.now() >= this.#tryAgainAt;
  }

  async #write({ segment, stretch, afterGap }: Job): Promise<void> {
    const writer = await this.#openWriter();
    await this.#checkReserve();
    const newest = this.#index.stretches.at(-1);
    if (afterGap || newest?.source !== stretch.index) await writer.endStretch();
    if (!writer.hasStretch) {
      // Nothing could be shown before the next key frame.
      if (!segment.isIndependent) return this.#deps.lost(1);
      await writer.startStretch(stretch, segment.at);
    }
    await writer.addSegment(segment);
    this.#enter('on');
  }

  async #openWriter(): Promise<RecordingWriter> {
    const { folder, disk, log, streamId } = this.#deps;
    if (this.#writer && !(await this.#writer.isInPlace())) {
      log.error({ streamId }, 'files of a recording were removed while it was written; it goes on with what is left');
      await this.#writer.close();
      this.#writer = undefined;
    }
    if (this.#writer) return this.#writer;
    this.#known ??= await openRecording(folder);
    this.#writer = await RecordingWriter.open(folder, disk, this.#known);
    this.#known = undefined;
    this.#index = this.#writer.index;
    return this.#writer;
  }

  async #checkReserve(): Promise<void> {
    const { disk, folder, reserveBytes } = this.#deps;
    const wanted = reserveBytes + (this.#state === 'on' ? 0 : RESERVE_MARGIN_BYTES);
    if ((await disk.freeBytes(folder)) < wanted) throw new ReserveReached(`less than ${wanted} bytes are free`);
  }

  async #failed(error: unknown): Promise<void> {
    const { clock, log, streamId } = this.#deps;
    const isFull = isDiskFull(error);
    this.#tryAgainAt = clock.now() + TRY_AGAIN_MS;
    if (this.#state === 'on') {
      const words = isFull ? 'the disk is full; recording goes on when there is space, the show is not affected' : 'recording failed; it is tried again';
      log.error({ err: error, streamId }, words);
    }
    // What follows begins a new stretch.
    await this.#writer?.endStretch();
    if (isGone(error) && !this.#writer) this.#known = undefined;
    this.#enter(isFull ? 'disk-full' : 'off');
  }

  #enter(state: RecordingState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#deps.log.info({ streamId: this.streamId, state }, 'recording');
    if (!this.#stopping) this.#deps.stateChanged(state);
  }
}

function sizeOf({ video, opus }: Segment): number {
  return video.bytes.length + opus.bytes.length;
}
