// Owns how the samples of one rendition and stretch become parts, and parts become segments.
import { fragment } from './mux/fragment.ts';
import type { Sample } from './sample.ts';
import { PART_TARGET_MS, type PartListener, type Piece, type Rendition } from './segment.ts';

/** A part that is this long, as a share of the longest, is handed out: waiting for one more picture would make everybody later. */
const LONG_ENOUGH = 0.85;

interface OpenPiece {
  sequence: number;
  at: number;
  parts: Buffer[];
  ticks: number;
}

export class PieceWriter {
  readonly #rendition: Rendition;
  readonly #timescale: number;
  readonly #stretch: number;
  readonly #out: PartListener;
  readonly #mostTicks: number;
  #open: OpenPiece | undefined;
  #part: Sample[] = [];
  #partTicks = 0;
  #fragments = 0;

  constructor(options: { rendition: Rendition; timescale: number; stretch: number; out: PartListener }) {
    this.#rendition = options.rendition;
    this.#timescale = options.timescale;
    this.#stretch = options.stretch;
    this.#out = options.out;
    this.#mostTicks = (PART_TARGET_MS[options.rendition] * options.timescale) / 1000;
  }

  begin(sequence: number, at: number): void {
    this.#open = { sequence, at, parts: [], ticks: 0 };
  }

  /** Nothing happens outside a segment. */
  add(sample: Sample): void {
    if (!this.#open) return;
    if (this.#partTicks + sample.duration > this.#mostTicks) this.#endPart(this.#open);
    this.#part.push(sample);
    this.#partTicks += sample.duration;
    if (this.#partTicks >= LONG_ENOUGH * this.#mostTicks) this.#endPart(this.#open);
  }

  /** Undefined when there was nothing in it. */
  end(): Piece | undefined {
    const open = this.#open;
    if (open) this.#endPart(open);
    this.#open = undefined;
    if (!open || open.parts.length === 0) return undefined;
    const piece = { bytes: Buffer.concat(open.parts), durationMs: this.#toMs(open.ticks) };
    this.#out.pieceEnded(this.#rendition, open.sequence, piece);
    return piece;
  }

  #endPart(open: OpenPiece): void {
    const samples = this.#part;
    const ticks = this.#partTicks;
    const [first] = samples;
    if (!first) return;
    this.#part = [];
    this.#partTicks = 0;
    this.#fragments += 1;
    const bytes = fragment(this.#fragments, samples);
    const index = open.parts.length;
    open.parts.push(bytes);
    open.ticks += ticks;
    this.#out.partEnded({
      rendition: this.#rendition,
      sequence: open.sequence,
      stretch: this.#stretch,
      index,
      at: open.at,
      isIndependent: first.isKey,
      bytes,
      durationMs: this.#toMs(ticks),
    });
  }

  #toMs(ticks: number): number {
    return (ticks / this.#timescale) * 1000;
  }
}
