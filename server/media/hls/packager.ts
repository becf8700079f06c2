// Owns when a stream is packaged: from the first reason to a while after the last, through every change of its host.
import type { types } from 'mediasoup';
import type { Clock } from '../../platform/clock.ts';
import { HostInput, type InputCounts } from './input/host-input.ts';
import type { SenderClock } from './input/sender-clock.ts';
import { KeyFrameCadence } from './key-frame-cadence.ts';
import type { SampleSink } from './sample.ts';
import { Tap } from './tap.ts';

/** A viewer who reloads, or the next one, finds it running. */
const LINGER_MS = 15_000;
const TICK_MS = 50;

/** What packaging needs to know of a stream. */
export interface PackagedStream {
  readonly tracks: readonly types.Producer[];
  /** Of the present host; another one has another object. */
  readonly senderClock: SenderClock | undefined;
  /** The router that the tracks are on. */
  home(): Promise<types.Router>;
  /** Calls `listener` after each change of tracks, pauses or host. Returns how to stop. */
  onChanged(listener: () => void): () => void;
}

export interface PackagerOptions {
  stream: PackagedStream;
  sink: SampleSink;
  clock: Clock;
  /** The present segment should end as soon as a key frame that is asked for now has come, after about `answerMs`. */
  wantsKeyFrame: (answerMs: number) => boolean;
  /** Nobody wants it any more. */
  stopped: () => void;
  /** What has been counted since the last call. */
  counted: (counts: InputCounts) => void;
  failed: (error: unknown) => void;
}

interface Run {
  tap: Tap;
  senderClock: SenderClock;
  input: HostInput;
}

export class Packager {
  readonly #options: PackagerOptions;
  #reasons = 0;
  #cancelStop: (() => void) | undefined;
  #stopFollowing: (() => void) | undefined;
  #run: Run | undefined;
  #cancelTick: (() => void) | undefined;
  #isFollowing = false;
  #hasChanged = false;
  readonly #keyFrames = new KeyFrameCadence();
  #counted: InputCounts = { garbage: 0, lostPackets: 0, droppedPictures: 0, silenceMs: 0 };

  constructor(options: PackagerOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** A reason to package: it goes on until 15 s after the last one was released. Returns how to release this one, once. */
  want(): () => void {
    this.#reasons += 1;
    this.#cancelStop?.();
    this.#cancelStop = undefined;
    if (!this.#stopFollowing) {
      this.#stopFollowing = this.#options.stream.onChanged(() => this.#follow());
      this.#follow();
    }
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#reasons -= 1;
      if (this.#reasons === 0) this.#cancelStop = this.#options.clock.after(LINGER_MS, () => this.#stop());
    };
  }

  /** Ends the present stretch. A later reason starts anew. */
  close(): void {
    this.#cancelStop?.();
    this.#cancelStop = undefined;
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#endRun();
  }

  #stop(): void {
    this.close();
    this.#options.stopped();
  }

  // Changes come while consumers are being made; one round at a time, and another one when something changed meanwhile.
  #follow(): void {
    this.#hasChanged = true;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    void this.#followAll().finally(() => (this.#isFollowing = false));
  }

  async #followAll(): Promise<void> {
    while (this.#hasChanged && this.#stopFollowing) {
      this.#hasChanged = false;
      try {
        await this.#followOnce();
      } catch (error) {
        // A worker that died meanwhile is told as a change; anything else must not end the packaging of later hosts.
        this.#endRun();
        this.#options.failed(error);
      }
    }
    if (!this.#stopFollowing) this.#endRun();
  }

  async #followOnce(): Promise<void> {
    const { stream } = this.#options;
    const { tracks, senderClock } = stream;
    const isPackable = senderClock !== undefined && canPackage(tracks);
    if (this.#run && (!isPackable || this.#run.senderClock !== senderClock)) this.#endRun();
    if (!isPackable) return;
    this.#run ??= await this.#open(await stream.home(), senderClock);
    const { tap, input } = this.#run;
    await tap.follow(tracks);
    const isPaused = (kind: types.MediaKind) => tracks.every((track) => track.kind !== kind || track.paused);
    input.setAbsence({ picture: isPaused('video'), sound: isPaused('audio') });
  }

  async #open(router: types.Router, senderClock: SenderClock): Promise<Run> {
    const { sink, clock } = this.#options;
    const input: HostInput = new HostInput({ clock: senderClock, sink, requestKeyFrame: () => this.#askForKeyFrame() });
    const tap = await Tap.open(router, {
      sourcesChanged(kind, sources) {
        if (kind === 'video') input.setPicture(sources);
        else input.setSound(sources[0]);
      },
      rtp: (packet) => input.rtp(packet, clock.now()),
    });
    this.#tickLater();
    return { tap, senderClock, input };
  }

  #endRun(): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    this.#cancelTick?.();
    run.tap.close();
    run.input.end();
    this.#count(run.input.counts);
    this.#counted = { garbage: 0, lostPackets: 0, droppedPictures: 0, silenceMs: 0 };
    this.#keyFrames.restart();
  }

  #tickLater(): void {
    this.#cancelTick = this.#options.clock.after(TICK_MS, () => {
      const { clock } = this.#options;
      this.#tickLater();
      if (!this.#run) return;
      const now = clock.now();
      this.#run.input.tick(now);
      if (this.#keyFrames.isDue(this.#run.input.keyAt, now, this.#options.wantsKeyFrame)) this.#askForKeyFrame();
      this.#count(this.#run.input.counts);
    });
  }

  #askForKeyFrame(): void {
    if (this.#keyFrames.ask(this.#options.clock.now())) this.#run?.tap.requestKeyFrame();
  }

  #count(counts: InputCounts): void {
    const before = this.#counted;
    this.#counted = counts;
    this.#options.counted({
      garbage: counts.garbage - before.garbage,
      lostPackets: counts.lostPackets - before.lostPackets,
      droppedPictures: counts.droppedPictures - before.droppedPictures,
      silenceMs: counts.silenceMs - before.silenceMs,
    });
  }
}

/** Only H.264 can be played by every player of HLS without being encoded anew; the sound is Opus always. */
export function canPackage(tracks: readonly types.Producer[]): boolean {
  return tracks.some(({ kind, rtpParameters }) => kind === 'video' && rtpParameters.codecs[0]?.mimeType.toLowerCase() === 'video/h264');
}
