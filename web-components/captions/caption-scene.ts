// Owns what stands on the picture of one visit, live or in its replay, for the words over it and for the button that asks for them.
import { type Visit, Watchable } from '../show/index.ts';
import { captionChoice } from './caption-choice.ts';
import { CaptionLog } from './caption-log.ts';
import { CaptionTrack } from './caption-track.ts';
import { lastThatFit, type StandingLine, standingLines } from './standing-lines.ts';

const RETRY_MS = 5_000;

export class CaptionScene extends Watchable {
  readonly #visit: Visit;
  readonly #log: CaptionLog;
  #video: HTMLVideoElement | null = null;
  #track: CaptionTrack | null = null;
  /** The replay whose file was asked for. */
  #asked: string | null = null;
  #hasFile = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[] = [];

  constructor(visit: Visit) {
    super();
    this.#visit = visit;
    this.#log = new CaptionLog(visit);
  }

  /** Whether the show has any captions, so that a button for them says something. */
  get hasAny(): boolean {
    return this.#isReplay ? this.#hasFile : this.#log.lines.length > 0 || this.#log.draft !== null;
  }

  /** Oldest first. */
  get standing(): readonly StandingLine[] {
    clearTimeout(this.#timer);
    if (this.#isReplay) return lastThatFit(this.#track?.standing ?? []);
    const { store } = this.#visit;
    const { standing, nextInMs } = standingLines(this.#log.lines, this.#log.draft, { pictureAt: store.pictureNow(), serverNow: store.serverNow(), now: Date.now() });
    if (nextInMs !== null && this.#stops.length > 0) this.#timer = setTimeout(() => this.changed(), nextInMs);
    return standing;
  }

  /** Follows the picture of this element. Called again with another one, it changes over. */
  follow(video: HTMLVideoElement | null): void {
    if (this.#stops.length === 0) {
      const tell = (): void => this.changed();
      this.#stops = [this.#log.subscribe(tell), this.#visit.playhead.subscribe(tell), captionChoice().subscribe(tell)];
    }
    const { replay } = this.#visit.playhead;
    if (!replay) {
      this.#drop();
      // A replay has its file; a live show has its lines.
      this.#log.start();
      return;
    }
    if (video !== this.#video) this.#drop();
    this.#video = video;
    if (video && this.#asked !== replay.showId) void this.#fetch(replay.showId);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#log.stop();
    this.#drop();
    clearTimeout(this.#timer);
  }

  get #isReplay(): boolean {
    return this.#visit.playhead.replay !== null;
  }

  async #fetch(showId: string): Promise<void> {
    this.#asked = showId;
    const { serverUrl, viewer } = this.#visit;
    const token = await viewer.provider();
    const response = await fetch(`${serverUrl}/api/v1/shows/${encodeURIComponent(showId)}/captions.vtt`, token ? { headers: { authorization: `Bearer ${token}` } } : {}).catch(() => null);
    const vtt = response?.ok ? await response.text().catch(() => null) : null;
    if (this.#asked !== showId || this.#stops.length === 0 || !this.#video) return;
    if (vtt === null) {
      // Without a file there is nothing to wait for; without a network there is.
      if (!response || response.status >= 500) this.#retry = setTimeout(() => this.#askAgain(), RETRY_MS);
      return;
    }
    this.#hasFile = vtt.includes('-->');
    if (this.#hasFile) this.#track = new CaptionTrack(this.#video, vtt, { change: () => this.changed(), deviceAsks: () => captionChoice().deviceAsks() });
    this.changed();
  }

  #askAgain(): void {
    this.#asked = null;
    this.changed();
  }

  #drop(): void {
    clearTimeout(this.#retry);
    this.#track?.close();
    this.#track = null;
    this.#video = null;
    this.#asked = null;
    this.#hasFile = false;
  }
}

const scenes = new WeakMap<Visit, CaptionScene>();

/** The scene of a visit; words and button share it. */
export function sceneOf(visit: Visit): CaptionScene {
  let scene = scenes.get(visit);
  if (!scene) scenes.set(visit, (scene = new CaptionScene(visit)));
  return scene;
}
