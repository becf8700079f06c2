// Owns what the packager puts out: numbered segments of a stream, each with its renditions as ready bytes.

/** `aac` is made only while somebody needs it, and is never recorded. */
export type Rendition = 'video' | 'opus' | 'aac';

/** Media between two discontinuities; `index` is its discontinuity sequence (RFC 8216 section 6.2.1). */
export interface Stretch {
  index: number;
  /** Server clock of its first sample, ms since epoch. */
  at: number;
  /** `ftyp` and `moov` of each track. */
  init: { video: Uint8Array; opus: Uint8Array };
  video: { codec: string; width: number; height: number };
}

/** `moof` and `mdat`, once or several times. */
export interface Piece {
  bytes: Uint8Array;
  durationMs: number;
}

export interface Segment {
  /** Media sequence number, the same in all renditions; grows by one over the whole show, also over a restart of the server. */
  sequence: number;
  /** `Stretch.index`. */
  stretch: number;
  /** Server clock of its first video sample (EXT-X-PROGRAM-DATE-TIME), ms since epoch. */
  at: number;
  /** Begins with a key frame, so any segment can be the first. */
  video: Piece;
  opus: Piece;
}

/** Hears of everything once, in order, and must not keep the packager waiting. */
export interface SegmentListener {
  stretchStarted(stretch: Stretch): void;
  segmentEnded(segment: Segment): void;
}

/** Where numbering goes on after a restart of the server. */
export interface Numbering {
  sequence: number;
  stretch: number;
}
