// Owns what the packager puts out: numbered segments and parts of a stream, each rendition as ready bytes.

/** `aac` is made only while somebody needs it, and is never recorded. */
export type Rendition = 'video' | 'opus' | 'aac';

/**
 * The longest part of each rendition, ms (rfc8216bis section 4.4.4.9: at least 85 % of it, but for the last one of a segment). Pictures of
 * 30, 25, 24, 20, 15 and 12 a second, some jitter included, add up to between 85 and 100 % of 272 ms; packets of 20, 40, 60 and 120 ms
 * of Opus, and of AAC, to that of 240 ms.
 */
export const PART_TARGET_MS: Readonly<Record<Rendition, number>> = { video: 272, opus: 240, aac: 240 };

/** Media between two discontinuities; `index` is its discontinuity sequence (RFC 8216 section 6.2.1). */
export interface Stretch {
  index: number;
  /** Server clock of its first sample, ms since epoch. */
  at: number;
  /** `ftyp` and `moov` of each track. */
  init: { video: Uint8Array; opus: Uint8Array };
  video: { codec: string; width: number; height: number };
  channels: 1 | 2;
}

/** `moof` and `mdat`, once or several times. */
export interface Piece {
  bytes: Uint8Array;
  durationMs: number;
}

export interface Segment {
  /** Media sequence number, the same in all renditions; grows by one, and never falls: after a pause or a restart of the server it is larger. */
  sequence: number;
  /** `Stretch.index`. */
  stretch: number;
  /** Server clock of its first video sample (EXT-X-PROGRAM-DATE-TIME), ms since epoch. */
  at: number;
  /** Begins with a key frame, so that playing can start with it. False where a key frame came too late; never in the first of a stretch. */
  isIndependent: boolean;
  video: Piece;
  opus: Piece;
}

/** Hears of everything once, in order, and must not keep the packager waiting. */
export interface SegmentListener {
  stretchStarted(stretch: Stretch): void;
  segmentEnded(segment: Segment): void;
}

/** One `moof` and `mdat`: what a low-latency player asks for before its segment has ended. */
export interface Part {
  rendition: Rendition;
  sequence: number;
  stretch: number;
  /** Position in its segment, from 0. */
  index: number;
  /** Server clock of the first video sample of its segment, ms since epoch. */
  at: number;
  isIndependent: boolean;
  bytes: Buffer;
  durationMs: number;
}

/** Hears of everything as it comes into being; the renditions do not wait for each other. */
export interface PartListener {
  stretchStarted(stretch: Stretch): void;
  /** AAC begins some time after its stretch. */
  aacStarted(stretch: number, init: Uint8Array): void;
  partEnded(part: Part): void;
  /** @param piece all parts of the segment, one after the other */
  pieceEnded(rendition: Rendition, sequence: number, piece: Piece): void;
  stretchEnded(): void;
}

/** The numbers that come next. */
export interface Numbering {
  sequence: number;
  stretch: number;
}
