// Owns what of a live stream can be watched now: its renditions, what they begin with, and whether more will come.
import { multivariantPlaylist, type RenditionReport } from './playlist.ts';
import { type LiveState, RenditionWindow, type Surroundings } from './rendition-window.ts';
import type { Part, PartListener, Piece, Rendition, Stretch } from './segment.ts';

/** Before a whole segment was measured. */
const LEAST_BANDWIDTH = 200_000;
/** BANDWIDTH may not be exceeded, and what comes is not known. */
const BANDWIDTH_RESERVE = 1.25;

/** Lives as long as the stream is packaged without a pause: over the host's absences, until the show ends or nobody wants it. */
export class LiveWindow implements PartListener, Surroundings {
  readonly #renditions: Readonly<Record<Rendition, RenditionWindow>> = {
    video: new RenditionWindow('video', this),
    opus: new RenditionWindow('opus', this),
    aac: new RenditionWindow('aac', this),
  };
  readonly #stretches = new Map<number, Stretch & { aac?: Uint8Array }>();
  #state: LiveState = 'away';

  get state(): LiveState {
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

  reports(asking: Rendition): RenditionReport[] {
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
