// Owns playing a replay on one video element: begin, jump, speed, and coming back from a network that failed. No drawing.
import type { OpenRecording } from '../../playback/replay-engine.ts';
import { chapterAt, pinsAt, type Visit } from '../../show/index.ts';
import { fetchReplay } from './fetch-replay.ts';

export type DeckFault = 'network' | 'media';

export interface DeckOptions {
  visit: Visit;
  video: HTMLVideoElement;
  /** Anything that can be read here has changed; also four times a second while it plays. */
  onChange: () => void;
  /** It begins to play: within the tap, which is what allows sound. */
  onStart: () => void;
  /** The browser plays it only without sound. */
  onSoundRefused: () => void;
}

/** A second fault within this time is not an expired pass but a broken way. */
const FAULT_GAP_MS = 10_000;

/** The recording begins at a piece's own time, a little off the one asked for. */
const ARRIVAL_MS = 500;

export class Deck {
  fault: DeckFault | null = null;
  isStarted = false;
  isOver = false;
  isWaiting = false;
  hasPicture = false;
  readonly #options: DeckOptions;
  #open: OpenRecording | null = null;
  #opening: Promise<void> | null = null;
  /** Somebody wants it to play: a pause counts for what is still being opened, too. */
  #isWanted = false;
  #faultAt = -FAULT_GAP_MS;
  #bytesBefore = 0;
  #isClosed = false;
  readonly #unlisten: () => void;

  constructor(options: DeckOptions) {
    this.#options = options;
    const { video, visit } = options;
    const stops: (() => void)[] = [];
    const hear = (names: readonly string[], listener: () => void): void => {
      for (const name of names) {
        video.addEventListener(name, listener);
        stops.push(() => video.removeEventListener(name, listener));
      }
    };
    hear(['timeupdate', 'seeking'], () => this.#follow());
    hear(['play', 'pause', 'ratechange'], () => this.#say({}));
    hear(['waiting', 'seeking'], () => this.#say({ isWaiting: true }));
    hear(['playing', 'seeked', 'canplay'], () => this.#say({ isWaiting: false }));
    hear(['loadeddata'], () => this.#arrive());
    hear(['ended'], () => this.#say({ isOver: true, isStarted: false }));
    const online = (): void => void (this.fault === 'network' && this.#isWanted && this.retry());
    addEventListener('online', online);
    const { jump } = visit.playhead;
    visit.playhead.jump = (timeMs) => this.jump(timeMs);
    this.#unlisten = () => {
      for (const stop of stops) stop();
      removeEventListener('online', online);
      visit.playhead.jump = jump;
    };
  }

  get isPlaying(): boolean {
    return !this.#options.video.paused;
  }

  get receivedBytes(): number {
    return this.#bytesBefore + (this.#open?.receivedBytes() ?? 0);
  }

  get lengthMs(): number {
    return this.#options.visit.playhead.replay?.durationMs ?? 0;
  }

  /** Plays from where it stands. To be called in a tap, which is what allows sound. */
  async play(): Promise<boolean> {
    const { video } = this.#options;
    this.#isWanted = true;
    if (this.isOver) this.#place(0);
    if (!this.isStarted) this.#options.onStart();
    this.#say({ isStarted: true, isOver: false, fault: null, isWaiting: !this.hasPicture });
    // Within the tap, before anything is awaited: Safari remembers it for this element.
    const played = attempt(video);
    await this.#opened();
    if (this.#isClosed || !this.#open) return false;
    const isPlayed = await played;
    if (!this.#isWanted) return false;
    const name = isPlayed && !video.paused ? null : await refusalOf(video);
    if (name !== 'NotAllowedError') return name === null;
    this.#options.onSoundRefused();
    video.muted = true;
    return (await refusalOf(video)) === null;
  }

  pause(): void {
    this.#isWanted = false;
    this.#options.video.pause();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else void this.play();
  }

  /** Goes to a replay time and plays on. */
  jump(timeMs: number): void {
    this.isOver = false;
    this.#place(timeMs);
    void this.play();
  }

  /** Goes to a replay time, playing or not. */
  seek(timeMs: number): void {
    if (this.isOver) {
      this.jump(timeMs);
      return;
    }
    this.#place(timeMs);
    if (this.isStarted && !this.#open) void this.play();
  }

  set rate(rate: number) {
    this.#options.video.playbackRate = rate;
    this.#options.video.defaultPlaybackRate = rate;
  }

  retry(): void {
    this.#drop();
    void this.play();
  }

  close(): void {
    this.#isClosed = true;
    this.#unlisten();
    this.#drop();
  }

  #place(timeMs: number): void {
    const { video, visit } = this.#options;
    // Not the very end, where there is no picture.
    const at = Math.max(0, Math.min(timeMs, this.lengthMs - 300));
    visit.playhead.timeMs = at;
    if (this.hasPicture) video.currentTime = at / 1000;
    this.#tell();
  }

  /** Somebody may have jumped on while it was being opened. What is being opened stays: taken off now and put on again, Chromium never opens it. */
  #arrive(): void {
    const { video, visit } = this.#options;
    const { timeMs } = visit.playhead;
    if (Math.abs(video.currentTime * 1000 - timeMs) > ARRIVAL_MS) video.currentTime = timeMs / 1000;
    this.#say({ hasPicture: true, isWaiting: false });
  }

  #drop(): void {
    this.#bytesBefore = this.receivedBytes;
    this.#open?.close();
    this.#open = null;
    this.hasPicture = false;
  }

  async #opened(): Promise<void> {
    if (!this.#open) await (this.#opening ??= this.#load().finally(() => (this.#opening = null)));
  }

  async #load(): Promise<void> {
    const { visit, video } = this.#options;
    const { hlsUrl } = visit.playhead.replay ?? {};
    if (!hlsUrl) return;
    const engine = await import('../../playback/replay-engine.ts').catch(() => null);
    if (this.#isClosed) return;
    if (!engine) {
      this.#say({ fault: 'network' });
      return;
    }
    this.#open?.close();
    this.#open = engine.openRecording(video, { url: `${visit.serverUrl}${hlsUrl}`, startMs: visit.playhead.timeMs, onFault: (fault) => void this.#failed(fault) });
  }

  /** A pass that has run out looks like a failed network: with a fresh one it goes on where it was. */
  async #failed(fault: DeckFault): Promise<void> {
    const { visit, video } = this.#options;
    const now = performance.now();
    const isFirst = now - this.#faultAt > FAULT_GAP_MS;
    this.#faultAt = now;
    this.#drop();
    const fresh = fault === 'network' && isFirst ? await fetchReplay(visit) : null;
    if (this.#isClosed) return;
    if (!fresh?.ok) {
      video.pause();
      this.#say({ fault, isWaiting: false });
      return;
    }
    visit.playhead.set({ replay: fresh.value });
    await (this.#isWanted ? this.play() : this.#opened());
  }

  #follow(): void {
    const { visit, video } = this.#options;
    // Without a recording on it the element stands at 0, which is nobody's wish.
    if (!this.#open || !this.hasPicture) return;
    visit.playhead.timeMs = Math.min(video.currentTime * 1000, this.lengthMs);
    this.#tell();
  }

  /** Pins and chapter of the moment, to everybody who shows them. */
  #tell(): void {
    const { playhead } = this.#options.visit;
    if (playhead.replay && this.isStarted) {
      const chapter = chapterAt(playhead.replay, playhead.timeMs);
      const pins = pinsAt(playhead.replay, playhead.timeMs);
      if (chapter !== playhead.chapter || pins.join() !== playhead.pins.join()) playhead.set({ chapter, pins });
    }
    this.#options.onChange();
  }

  #say(part: Partial<Pick<Deck, 'fault' | 'isStarted' | 'isOver' | 'isWaiting' | 'hasPicture'>>): void {
    Object.assign(this, part);
    this.#tell();
  }
}

const attempt = (video: HTMLVideoElement): Promise<boolean> => video.play().then(() => true, () => false);

/** Name of what keeps it from playing, null when it plays. A pause or a new source in between is no refusal. */
async function refusalOf(video: HTMLVideoElement): Promise<string | null> {
  try {
    await video.play();
    return null;
  } catch (fault) {
    return (fault as Error).name;
  }
}
