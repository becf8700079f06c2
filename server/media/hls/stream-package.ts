// Owns one stream on its way to HLS: packager, segmenter and the window that viewers read, for as long as somebody wants it.
import type { Clock } from '../../platform/clock.ts';
import type { AacEncoders } from './aac/aac-encoders.ts';
import { AacRendition } from './aac/aac-rendition.ts';
import type { InputCounts } from './input/host-input.ts';
import { Packager, type PackagedStream } from './packager.ts';
import type { Numbering, Part, PartListener, Piece, Rendition, SegmentListener, Stretch } from './segment.ts';
import { Segmenter } from './segmenter.ts';
import { LiveWindow } from './window.ts';

export interface StreamPackageDeps {
  stream: PackagedStream;
  clock: Clock;
  encoders: AacEncoders;
  counted: (counts: InputCounts) => void;
  failed: (error: unknown) => void;
}

export class StreamPackage {
  readonly #segmenter: Segmenter;
  readonly #aac: AacRendition;
  readonly #packager: Packager;
  #window: LiveWindow | undefined;

  constructor({ stream, clock, encoders, counted, failed }: StreamPackageDeps) {
    this.#segmenter = new Segmenter({ numbering: numberingAt(clock.now()), parts: this.#toWindow() });
    this.#aac = new AacRendition(this.#segmenter, encoders, clock);
    this.#packager = new Packager({
      stream,
      clock,
      counted,
      failed,
      sink: this.#aac,
      wantsKeyFrame: (answerMs) => this.#segmenter.wantsKeyFrame(answerMs),
      stopped: () => this.#closeWindow(),
    });
  }

  get isRunning(): boolean {
    return this.#packager.isRunning;
  }

  /** Undefined while nobody wants it. */
  get window(): LiveWindow | undefined {
    return this.#window;
  }

  /**
   * A viewer has asked for something: it goes on for a while.
   * @throws FieldcastError `media.unavailable` for AAC, when as many as the machine bears are made
   */
  touch(rendition: Rendition): LiveWindow {
    if (rendition === 'aac') this.#aac.touch();
    this.#packager.want()();
    return (this.#window ??= new LiveWindow());
  }

  /** Packages until the returned function is called. `listener` hears of whole segments. */
  feed(listener: SegmentListener): () => void {
    this.#window ??= new LiveWindow();
    const unlisten = this.#segmenter.listen(listener);
    const release = this.#packager.want();
    return () => {
      release();
      unlisten();
    };
  }

  /** The stream is over. What was packaged can still be had from its window. */
  end(): void {
    this.#packager.close();
    this.#aac.close();
    this.#window?.end();
  }

  #closeWindow(): void {
    this.#window?.end();
    this.#window = undefined;
  }

  #toWindow(): PartListener {
    const window = () => this.#window;
    return {
      stretchStarted: (stretch: Stretch) => window()?.stretchStarted(stretch),
      aacStarted: (stretch: number, init: Uint8Array) => window()?.aacStarted(stretch, init),
      partEnded: (part: Part) => window()?.partEnded(part),
      pieceEnded: (rendition: Rendition, sequence: number, piece: Piece) => window()?.pieceEnded(rendition, sequence, piece),
      stretchEnded: () => window()?.stretchEnded(),
    };
  }
}

/**
 * Segments and stretches are longer than a second, so numbers that begin with the clock's seconds are never used twice, whatever
 * restarts: a cache that still holds an old piece never answers with it.
 */
function numberingAt(now: number): Numbering {
  const seconds = Math.floor(now / 1_000);
  // hls.js 1.7.4 keeps an array as long as the discontinuity sequence and goes through all of it: at 1,700,000,000 a page stands still for
  // ever. Pieces are kept for an hour; 10,000 s are longer.
  return { sequence: seconds, stretch: seconds % 10_000 };
}
