// Owns the AAC of one stream: made from the same samples as the Opus rendition, from the moment that somebody asks until nobody does.
import type { Clock } from '../../../platform/clock.ts';
import type { AudioFormat, Sample, SampleSink, VideoFormat } from '../sample.ts';
import type { AacTrack } from '../segmenter.ts';
import type { AacEncoders, AacJob } from './aac-encoders.ts';
import { AAC_PACKET_TICKS, AAC_PRIMING_TICKS } from './messages.ts';

/** Players ask for the playlist every few seconds at most. */
const LINGER_MS = 15_000;

/** What it adds its rendition to. */
export interface AacOutput extends SampleSink {
  startAac(audioSpecificConfig: Uint8Array): AacTrack | undefined;
}

/** Stands between the packager's input and the segmenter, and listens. */
export class AacRendition implements SampleSink {
  readonly #output: AacOutput;
  readonly #encoders: AacEncoders;
  readonly #clock: Clock;
  #giveBack: (() => void) | undefined;
  #cancelEnd: (() => void) | undefined;
  #channels: 1 | 2 | undefined;
  #job: AacJob | undefined;

  constructor(output: AacOutput, encoders: AacEncoders, clock: Clock) {
    this.#output = output;
    this.#encoders = encoders;
    this.#clock = clock;
  }

  /** Somebody listens: it is made for a while. @throws FieldcastError `media.unavailable` when the machine bears no more */
  touch(): void {
    this.#giveBack ??= this.#encoders.reserve();
    this.#cancelEnd?.();
    this.#cancelEnd = this.#clock.after(LINGER_MS, () => this.close());
  }

  /** Nobody needs it any more. */
  close(): void {
    this.#cancelEnd?.();
    this.#cancelEnd = undefined;
    this.#endJob();
    this.#giveBack?.();
    this.#giveBack = undefined;
  }

  startStretch(formats: { video: VideoFormat; audio: AudioFormat }, at: number): void {
    this.#endJob();
    this.#channels = formats.audio.channels;
    this.#output.startStretch(formats, at);
  }

  video(sample: Sample): void {
    this.#output.video(sample);
  }

  audio(sample: Sample): void {
    this.#output.audio(sample);
    if (!this.#giveBack || this.#channels === undefined) return;
    this.#job ??= this.#open(this.#channels, sample);
    this.#job.encode(sample.data);
  }

  endStretch(): void {
    this.#endJob();
    this.#channels = undefined;
    this.#output.endStretch();
  }

  #endJob(): void {
    this.#job?.end();
    this.#job = undefined;
  }

  #open(channels: 1 | 2, first: Sample): AacJob {
    let track: AacTrack | undefined;
    let ticks = -AAC_PRIMING_TICKS;
    const isCurrent = () => this.#job === job;
    const job = this.#encoders.open(channels, {
      config: (audioSpecificConfig) => {
        // The thread starts slowly; its stretch may have ended meanwhile.
        if (isCurrent()) track = this.#output.startAac(audioSpecificConfig);
      },
      packet(data) {
        track?.audio({ time: first.time + ticks, duration: AAC_PACKET_TICKS, data, isKey: true, at: first.at + ticks / 48 });
        ticks += AAC_PACKET_TICKS;
      },
      ended: () => {
        track?.end();
        // It begins anew with the next sound, if somebody still asks for it.
        if (isCurrent()) this.close();
      },
    });
    return job;
  }
}
