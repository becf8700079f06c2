// Owns what the rest of the server sees of a recording: what is there, and where a moment of the server's clock lies in it.

/** `off` while nothing is written, whatever the reason; `disk-full` goes on by itself as soon as there is space. */
export type RecordingState = 'off' | 'on' | 'disk-full';

export interface ReplayStretch {
  /** Where it begins in the replay, ms. */
  startMs: number;
  durationMs: number;
  /** Server clock of its beginning, ms since epoch. */
  at: number;
  width: number;
  height: number;
}

/**
 * A point is where a segment begins in the replay and on the server's clock, so that a clock which drifts against the phone's over ten
 * hours stays right. Replay time runs over the stretches without the gaps between them.
 */
export interface ReplayClock {
  /** Replay ms of a moment of the server's clock; what fell into a gap is where the next stretch begins; never outside the replay. */
  toReplayMs(serverMs: number): number;
  /** Server clock of a replay ms; the joint of two stretches belongs to the later one; never outside the recording. */
  toServerMs(replayMs: number): number;
}

export interface Recording extends ReplayClock {
  readonly streamId: string;
  /** Server clock of the first picture, ms since epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Of the media files. */
  readonly bytes: number;
  readonly stretches: readonly ReplayStretch[];
  readonly isRecording: boolean;
}
