// Owns what the packager's input hands to its output: timed samples of one stretch of a stream, free of RTP and not yet boxed.

/** Ticks a second of `Sample.time` and `Sample.duration`. */
export const VIDEO_TIMESCALE = 90_000;
export const AUDIO_TIMESCALE = 48_000;

export interface VideoFormat {
  /** Parameter sets without start code or length. */
  sps: Uint8Array;
  pps: Uint8Array;
  width: number;
  height: number;
  /** RFC 6381, e.g. `avc1.42e01f`. */
  codec: string;
}

export interface AudioFormat {
  channels: 1 | 2;
}

export interface Sample {
  /** Ticks since the stretch began; grows from sample to sample. Decode and presentation time: the profile has no B-frames. */
  time: number;
  /** Ticks; the next sample of the track begins where this one ends. */
  duration: number;
  /** H.264: NAL units with 4-byte lengths (ISO 14496-15), a key frame's parameter sets first; Opus: one packet. */
  data: Uint8Array;
  /** A key frame; true for all audio. */
  isKey: boolean;
  /** When it was seen and heard by the server's clock, ms since epoch. */
  at: number;
}

/**
 * A stretch is media without a break in format or time. The host's return, another picture size or another publisher begins a new one.
 * Audio has no holes: what was not sent is silence. Video without frames goes on with the last key frame. Of one moment the video comes
 * first, its audio at once or up to a second later; `time` of the two is one time line, which follows the sender's sound card, while `at`
 * follows the server's clock.
 */
export interface SampleSink {
  /** @param at server clock of time 0, ms since epoch */
  startStretch(formats: { video: VideoFormat; audio: AudioFormat }, at: number): void;
  video(sample: Sample): void;
  audio(sample: Sample): void;
  endStretch(): void;
}
