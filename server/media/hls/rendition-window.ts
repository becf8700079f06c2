// Owns the last segments of one rendition in memory: what is there, what comes next, and its playlist.
import { mediaPlaylist, type PlaylistPart, type PlaylistSegment, type RenditionReport } from './playlist.ts';
import type { Part, Piece, Rendition } from './segment.ts';
import { Waiting } from './waiting.ts';

/** 7 segments are 7 to 14 s: a player of plain HLS stays 6 s behind. */
const LISTED = 7;
/** rfc8216bis section 6.2.2: a segment stays as long as the longest playlist that it was in, and its own length, after it left. */
const KEPT = 2 * LISTED + 1;
/** rfc8216bis section 6.2.5.2: how far ahead a request may be. */
const SEGMENTS_AHEAD = 2;
const PARTS_AHEAD = 3;

/** `away`: nothing more comes in this stretch, something may come in another; `ended`: nothing more comes. */
export type LiveState = 'live' | 'away' | 'ended';

/** What a rendition has to know of the stream it belongs to. */
export interface Surroundings {
  readonly state: LiveState;
  reports(asking: Rendition): RenditionReport[];
}

interface KeptPart extends PlaylistPart {
  bytes: Buffer;
}

interface KeptSegment extends PlaylistSegment {
  parts: KeptPart[];
  bytes: Buffer | undefined;
}

/** A position in a playlist; without `part` the whole segment is meant. */
export interface Position {
  sequence: number;
  part: number | undefined;
}

export class RenditionWindow {
  readonly rendition: Rendition;
  readonly waiting = new Waiting();
  readonly #live: Surroundings;
  #segments: KeptSegment[] = [];
  #playlist: Buffer | undefined;

  constructor(rendition: Rendition, live: Surroundings) {
    this.rendition = rendition;
    this.#live = live;
  }

  /** There is a segment to start with. */
  get isReady(): boolean {
    return this.#segments.some(({ bytes }) => bytes);
  }

  get isEnded(): boolean {
    return this.#live.state === 'ended';
  }

  /** The latest part; undefined before there is any. */
  get last(): { sequence: number; part: number } | undefined {
    const segment = this.#segments.at(-1);
    return segment && { sequence: segment.sequence, part: segment.parts.length - 1 };
  }

  /** The stretches that its segments belong to. */
  get stretches(): ReadonlySet<number> {
    return new Set(this.#segments.map(({ stretch }) => stretch));
  }

  /** The same bytes for everybody, until something changes. */
  playlist(): Buffer {
    this.#playlist ??= Buffer.from(mediaPlaylist(this.rendition, this.#listed(), this.#live.reports(this.rendition), this.#live.state));
    return this.#playlist;
  }

  /** Whether the playlist contains it, or something later. */
  has({ sequence, part }: Position): boolean {
    const last = this.#segments.at(-1);
    if (!last) return false;
    if (part === undefined) return last.sequence > sequence || (last.sequence === sequence && last.bytes !== undefined);
    return last.sequence > sequence || (last.sequence === sequence && last.parts.length > part);
  }

  /** No honest client asks for it yet. */
  isTooFar({ sequence, part }: Position): boolean {
    const last = this.#segments.at(-1);
    if (!last) return false;
    const whole = last.bytes ? last.sequence : last.sequence - 1;
    if (sequence > whole + SEGMENTS_AHEAD) return true;
    if (part === undefined || sequence < last.sequence) return false;
    return part >= (sequence === last.sequence ? last.parts.length : 0) + PARTS_AHEAD;
  }

  segment(sequence: number): Buffer | undefined {
    return this.#find(sequence)?.bytes;
  }

  part(sequence: number, index: number): Buffer | undefined {
    return this.#find(sequence)?.parts[index]?.bytes;
  }

  /** Whether it is the part that comes next, as hinted. */
  isNext(sequence: number, index: number): boolean {
    const last = this.#segments.at(-1);
    if (!last || this.#live.state === 'ended') return false;
    return last.bytes ? sequence === last.sequence + 1 && index === 0 : sequence === last.sequence && index === last.parts.length;
  }

  /** Bits per second of each whole segment. */
  bitrates(): number[] {
    return this.#segments.flatMap(({ bytes, durationMs }) => (bytes && durationMs ? [(bytes.length * 8_000) / durationMs] : []));
  }

  partEnded({ sequence, stretch, at, index, bytes, durationMs, isIndependent }: Part): void {
    const last = this.#segments.at(-1);
    if (index === 0) {
      // A rendition that was not made for a while begins anew: a playlist cannot leave segments out.
      if (last && (last.sequence + 1 !== sequence || !last.bytes)) this.#segments = [];
      this.#segments.push({ sequence, stretch, at, parts: [], bytes: undefined, durationMs: undefined });
      if (this.#segments.length > KEPT) this.#segments.shift();
    }
    this.#segments.at(-1)?.parts.push({ bytes, durationMs, isIndependent });
    this.changed();
  }

  pieceEnded(sequence: number, piece: Piece): void {
    const last = this.#segments.at(-1);
    if (last?.sequence !== sequence) return;
    last.bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
    last.durationMs = piece.durationMs;
    // The parts become views of the whole, so that nothing is kept twice.
    let offset = 0;
    for (const part of last.parts) {
      const end = offset + part.bytes.length;
      part.bytes = last.bytes.subarray(offset, end);
      offset = end;
    }
    this.changed();
  }

  changed(): void {
    this.#playlist = undefined;
    this.waiting.look();
  }

  #find(sequence: number): KeptSegment | undefined {
    const [first] = this.#segments;
    return first && this.#segments[sequence - first.sequence];
  }

  #listed(): readonly KeptSegment[] {
    const isOpen = this.#segments.at(-1)?.bytes === undefined;
    return this.#segments.slice(-(LISTED + (isOpen ? 1 : 0)));
  }
}
