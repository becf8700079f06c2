// Owns how the samples of one rendition and stretch become parts, and parts become segments.
import { fragment } from './mux/fragment.ts';
import type { Sample } from './sample.ts';
import type { PartListener, Piece, Rendition } from './segment.ts';

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
  #open: OpenPiece | undefined;
  #fragments = 0;

  constructor(options: { rendition: Rendition; timescale: number; stretch: number; out: PartListener }) {
    this.#rendition = options.rendition;
    this.#timescale = options.timescale;
    this.#stretch = options.stretch;
    this.#out = options.out;
  }

  begin(sequence: number, at: number): void {
    this.#open = { sequence, at, parts: [], ticks: 0 };
  }

  /** Nothing happens without samples. */
  part(samples: readonly Sample[]): void {
    const open = this.#open;
    const [first] = samples;
    if (!open || !first) return;
    this.#fragments += 1;
    const bytes = fragment(this.#fragments, samples);
    const ticks = samples.reduce((sum, { duration }) => sum + duration, 0);
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

  /** Undefined when there was nothing in it. */
  end(): Piece | undefined {
    const open = this.#open;
    this.#open = undefined;
    if (!open || open.parts.length === 0) return undefined;
    const piece = { bytes: Buffer.concat(open.parts), durationMs: this.#toMs(open.ticks) };
    this.#out.pieceEnded(this.#rendition, open.sequence, piece);
    return piece;
  }

  #toMs(ticks: number): number {
    return (ticks / this.#timescale) * 1000;
  }
}
