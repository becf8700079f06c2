// Owns the cutting of sound where the picture was cut: sound comes earlier or later than the picture it belongs to.
import { AUDIO_TIMESCALE, type Sample, VIDEO_TIMESCALE } from './sample.ts';
import type { PieceWriter } from './piece-writer.ts';
import type { Piece } from './segment.ts';

type Cut = { do: 'begin'; sequence: number; at: number; ticks: number } | { do: 'end'; sequence: number; ticks: number };

export class FollowingAudio {
  readonly #writer: PieceWriter;
  readonly #pieceEnded: (sequence: number, piece: Piece | undefined) => void;
  readonly #cuts: Cut[] = [];
  #samples: Sample[] = [];
  #knownTicks = 0;
  #pictureTicks = 0;
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
    return Math.max(0, this.#pictureTicks - this.#knownTicks);
  }

  add(sample: Sample): void {
    this.#samples.push(sample);
    this.#knownTicks = sample.time + sample.duration;
    this.#advance(false);
  }

  /** @param videoTicks where the segment begins */
  beginSegment(sequence: number, at: number, videoTicks: number): void {
    this.#cuts.push({ do: 'begin', sequence, at, ticks: toAudioTicks(videoTicks) });
    this.#advance(false);
  }

  /** @param videoTicks where the picture that is known ends: nothing before it will be cut any more */
  pictureUntil(videoTicks: number): void {
    this.#pictureTicks = toAudioTicks(videoTicks);
    this.#advance(false);
  }

  /** Cuts where the picture that is known ends. */
  endSegment(sequence: number): void {
    this.#cuts.push({ do: 'end', sequence, ticks: this.#pictureTicks });
    this.#advance(false);
  }

  /** No more sound will come. */
  flush(): void {
    this.#advance(true);
  }

  #advance(isFlush: boolean): void {
    for (let cut = this.#cuts[0]; cut; cut = this.#cuts[0]) {
      if (cut.do === 'begin') this.#begin(cut);
      else {
        this.#writeUntil(cut.ticks);
        if (this.#knownTicks < cut.ticks && !isFlush) return;
        this.#pieceEnded(cut.sequence, this.#writer.end());
      }
      this.#cuts.shift();
    }
    if (this.#isBegun) this.#writeUntil(this.#pictureTicks);
  }

  #begin({ sequence, at, ticks }: Extract<Cut, { do: 'begin' }>): void {
    // What was heard before the first picture has nowhere to go.
    if (!this.#isBegun) this.#takeUntil(ticks);
    this.#isBegun = true;
    this.#writer.begin(sequence, at);
  }

  #writeUntil(endTicks: number): void {
    for (const sample of this.#takeUntil(endTicks)) this.#writer.add(sample);
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
