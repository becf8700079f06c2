// Owns the cutting of sound where the picture was cut: sound comes earlier or later than the picture it belongs to.
import { AUDIO_TIMESCALE, type Sample, VIDEO_TIMESCALE } from './sample.ts';
import type { PieceWriter } from './piece-writer.ts';
import type { Piece } from './segment.ts';

type Step = { do: 'begin'; sequence: number; at: number; ticks: number } | { do: 'part'; endTicks: number } | { do: 'end'; sequence: number };

export class FollowingAudio {
  readonly #writer: PieceWriter;
  readonly #pieceEnded: (sequence: number, piece: Piece | undefined) => void;
  readonly #steps: Step[] = [];
  #samples: Sample[] = [];
  #knownTicks = 0;
  #cutTicks = 0;
  #isBegun = false;

  /** @param pieceEnded undefined for a segment without any sound */
  constructor(writer: PieceWriter, pieceEnded: (sequence: number, piece: Piece | undefined) => void) {
    this.#writer = writer;
    this.#pieceEnded = pieceEnded;
  }

  /** Where the sound that is known ends. */
  get knownTicks(): number {
    return this.#knownTicks;
  }

  /** Ticks of sound by which the picture is ahead. */
  get missingTicks(): number {
    return Math.max(0, this.#cutTicks - this.#knownTicks);
  }

  add(sample: Sample): void {
    this.#samples.push(sample);
    this.#knownTicks = sample.time + sample.duration;
    this.#advance(false);
  }

  /** @param videoTicks where the segment begins */
  beginSegment(sequence: number, at: number, videoTicks: number): void {
    this.#steps.push({ do: 'begin', sequence, at, ticks: toAudioTicks(videoTicks) });
    this.#advance(false);
  }

  /** @param videoTicks where the part of the picture ends */
  endPart(videoTicks: number): void {
    this.#cutTicks = toAudioTicks(videoTicks);
    this.#steps.push({ do: 'part', endTicks: this.#cutTicks });
    this.#advance(false);
  }

  endSegment(sequence: number): void {
    this.#steps.push({ do: 'end', sequence });
    this.#advance(false);
  }

  /** No more sound will come. */
  flush(): void {
    this.#advance(true);
  }

  #advance(isFlush: boolean): void {
    for (let step = this.#steps[0]; step; step = this.#steps[0]) {
      if (step.do === 'part' && this.#knownTicks < step.endTicks && !isFlush) return;
      this.#steps.shift();
      if (step.do === 'begin') this.#begin(step);
      else if (step.do === 'end') this.#pieceEnded(step.sequence, this.#writer.end());
      else this.#writer.part(this.#takeUntil(step.endTicks));
    }
  }

  #begin({ sequence, at, ticks }: Extract<Step, { do: 'begin' }>): void {
    // What was heard before the first picture has nowhere to go.
    if (!this.#isBegun) this.#takeUntil(ticks);
    this.#isBegun = true;
    this.#writer.begin(sequence, at);
  }

  /** Samples that begin before `endTicks`. */
  #takeUntil(endTicks: number): Sample[] {
    const end = this.#samples.findIndex(({ time }) => time >= endTicks);
    return this.#samples.splice(0, end === -1 ? this.#samples.length : end);
  }
}

function toAudioTicks(videoTicks: number): number {
  return (videoTicks * AUDIO_TIMESCALE) / VIDEO_TIMESCALE;
}
