// Owns what of a live stream can be watched now: the last segments of each rendition in memory, and who waits for the next.
import { mediaPlaylist, multivariantPlaylist, type PlaylistPart, type PlaylistSegment } from './playlist.ts';
import type { Part, PartListener, Piece, Rendition, Stretch } from './segment.ts';
import { Waiting } from './waiting.ts';

/** 7 segments are 7 to 14 s: a player of plain HLS stays 6 s behind. */
const LISTED = 7;
/** rfc8216bis section 6.2.2: a segment stays as long as the longest playlist that it was in, and its own length, after it left. */
const KEPT = 2 * LISTED + 1;
/** Before a whole segment was measured. */
const LEAST_BANDWIDTH = 200_000;
/** BANDWIDTH may not be exceeded, and what comes is not known. */
const BANDWIDTH_RESERVE = 1.25;

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

/** rfc8216bis section 6.2.5.2: how far ahead a request may be. */
const SEGMENTS_AHEAD = 2;
const PARTS_AHEAD = 3;

export class RenditionWindow {
  readonly rendition: Rendition;
  readonly waiting = new Waiting();
  readonly #live: LiveWindow;
  #segments: KeptSegment[] = [];
  #playlist: Buffer | undefined;

  constructor(rendition: Rendition, live: LiveWindow) {
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

/** Lives as long as the stream is packaged without a pause: over the host's absences, until the show ends or nobody wants it. */
export class LiveWindow implements PartListener {
  readonly #renditions: Readonly<Record<Rendition, RenditionWindow>> = {
    video: new RenditionWindow('video', this),
    opus: new RenditionWindow('opus', this),
    aac: new RenditionWindow('aac', this),
  };
  readonly #stretches = new Map<number, Stretch & { aac?: Uint8Array }>();
  #state: 'live' | 'away' | 'ended' = 'away';

  get state(): 'live' | 'away' | 'ended' {
    return this.#state;
  }

  rendition(name: Rendition): RenditionWindow {
    return this.#renditions[name];
  }

  init(rendition: Rendition, stretchIndex: number): Uint8Array | undefined {
    const stretch = this.#stretches.get(stretchIndex);
    return rendition === 'aac' ? stretch?.aac : stretch?.init[rendition];
  }

  /** @param prefix in front of the addresses in it; undefined before there is anything to play */
  multivariant(prefix: string): string | undefined {
    const stretch = [...this.#stretches.values()].at(-1);
    if (!stretch) return undefined;
    const rates = [this.#renditions.video.bitrates(), this.#renditions.opus.bitrates()];
    const total = (of: (rates: number[]) => number) => Math.ceil(Math.max(LEAST_BANDWIDTH, rates.reduce((sum, each) => sum + of(each), 0)));
    const peak = total((each) => Math.max(0, ...each)) * BANDWIDTH_RESERVE;
    const average = total((each) => each.reduce((sum, rate) => sum + rate, 0) / Math.max(1, each.length));
    return multivariantPlaylist({ ...stretch.video, channels: stretch.channels, peak: Math.ceil(peak), average }, prefix);
  }

  reports(asking: Rendition): { rendition: Rendition; sequence: number; part: number }[] {
    return Object.values(this.#renditions).flatMap(({ rendition, last }) => (last && rendition !== asking ? [{ rendition, ...last }] : []));
  }

  stretchStarted(stretch: Stretch): void {
    this.#stretches.set(stretch.index, stretch);
    this.#state = 'live';
    for (const index of this.#stretches.keys()) {
      if (index !== stretch.index && !Object.values(this.#renditions).some(({ stretches }) => stretches.has(index))) this.#stretches.delete(index);
    }
  }

  aacStarted(stretchIndex: number, init: Uint8Array): void {
    const stretch = this.#stretches.get(stretchIndex);
    if (stretch) this.#stretches.set(stretchIndex, { ...stretch, aac: init });
  }

  partEnded(part: Part): void {
    this.#renditions[part.rendition].partEnded(part);
  }

  pieceEnded(rendition: Rendition, sequence: number, piece: Piece): void {
    this.#renditions[rendition].pieceEnded(sequence, piece);
  }

  stretchEnded(): void {
    if (this.#state === 'live') this.#turn('away');
  }

  /** The show is over: playlists say so, and nobody waits any longer. */
  end(): void {
    this.#turn('ended');
  }

  #turn(state: 'away' | 'ended'): void {
    this.#state = state;
    for (const rendition of Object.values(this.#renditions)) rendition.changed();
  }
}
