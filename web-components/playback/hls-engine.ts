// Owns receiving the show as low-latency HLS and keeping it going: loaded when it is needed, begun anew where it breaks, quiet while nobody looks.
import type { Engine, EngineKind, EnginePhase, EngineSink, StreamSource } from './engine.ts';
import { canPlayHls, type HlsPlayer, openHlsPlayer, soundUrl } from './hls-player.ts';

const LOOK_MS = 250;
const STALL_MS = 1_000;
const REBUILD_MS = 8_000;
const RETRY_FIRST_MS = 400;
const RETRY_MAX_MS = 5_000;
/** A page that nobody looks at or listens to stops loading after this long. */
const HIDE_MS = 5_000;

class HlsEngine implements Engine {
  #source: StreamSource;
  #sink: EngineSink;
  /** On the screen; it stays there, also when it has broken down, until the next one has something to show. */
  #player: HlsPlayer | null = null;
  #next: HlsPlayer | null = null;
  #video: HTMLVideoElement | null = null;
  #phase: EnginePhase = 'connecting';
  #isRunning = false;
  /** Nobody looks, and may still listen. */
  #isHidden = false;
  #isSoundOnly = false;
  #bytesBefore = 0;
  #isClosed = false;
  #attempt = 0;
  #retryDelayMs = RETRY_FIRST_MS;
  #time = -1;
  #progressAt = 0;
  #looking: ReturnType<typeof setInterval> | undefined;
  #retrying: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(source: StreamSource, sink: EngineSink) {
    this.#source = source;
    this.#sink = sink;
    this.update();
  }

  update(): void {
    const { stream, hlsUrl } = this.#source;
    if (this.#isClosed || !stream) return;
    if (stream.producers.length === 0 || hlsUrl === null) {
      this.#rest();
      this.#say('idle');
    } else if (this.#isHidden && this.#video?.muted !== false) this.#rest();
    else if (!this.#isRunning || this.#isSoundOnly !== this.#wantsSoundOnly()) void this.#begin();
  }

  setVisible(isVisible: boolean): void {
    clearTimeout(this.#hiding);
    this.#isHidden = false;
    if (isVisible) this.update();
    else {
      this.#hiding = setTimeout(() => {
        this.#isHidden = true;
        this.update();
      }, HIDE_MS);
    }
  }

  async receivedBytes(): Promise<number> {
    return this.#bytesBefore + (this.#player?.bytes ?? 0) + (this.#next?.bytes ?? 0);
  }

  pictureAt(): number | null {
    return this.#player?.pictureAt() ?? null;
  }

  close(): void {
    this.#isClosed = true;
    this.#rest();
    clearTimeout(this.#hiding);
    this.#forget(this.#player);
    this.#player = null;
  }

  #forget(player: HlsPlayer | null): void {
    this.#bytesBefore += player?.bytes ?? 0;
    player?.close();
  }

  #wantsSoundOnly(): boolean {
    // Not for a host without a picture: the server then repeats the last one, and the sound goes on without a seam.
    return this.#isHidden || this.#source.wish().picture === 'none';
  }

  /** Loads no more; what is on the screen stays. */
  #rest(): void {
    this.#isRunning = false;
    this.#attempt += 1;
    clearInterval(this.#looking);
    clearTimeout(this.#retrying);
    this.#forget(this.#next);
    this.#next = null;
    this.#player?.stop();
  }

  async #begin(): Promise<void> {
    this.#rest();
    const { hlsUrl } = this.#source;
    if (hlsUrl === null) return;
    const attempt = this.#attempt;
    this.#isRunning = true;
    if (this.#phase === 'idle') this.#say('connecting');
    const isSoundOnly = (this.#isSoundOnly = this.#wantsSoundOnly());
    try {
      const next = await openHlsPlayer(isSoundOnly ? soundUrl(hlsUrl) : hlsUrl, {
        onReady: () => attempt === this.#attempt && this.#sink.onMedia((video) => this.#show(next, video)),
        onFault: (fault) => attempt === this.#attempt && this.#broke(fault),
      });
      if (attempt !== this.#attempt) return next.close();
      this.#next = next;
      next.load();
    } catch {
      if (attempt === this.#attempt) this.#broke('network');
    }
  }

  #show(player: HlsPlayer, video: HTMLVideoElement): void {
    if (this.#next !== player) return;
    this.#next = null;
    this.#forget(this.#player);
    this.#player = player;
    this.#sink.onAllotted({ level: this.#isSoundOnly ? 'sound' : 'full', reason: this.#isSoundOnly ? 'wish' : null });
    this.#video = video;
    this.#time = -1;
    this.#progressAt = performance.now();
    video.srcObject = null;
    player.attach(video);
    clearInterval(this.#looking);
    this.#looking = setInterval(() => this.#look(video), LOOK_MS);
    video.addEventListener('loadeddata', () => this.#look(video), { once: true });
  }

  #look(video: HTMLVideoElement): void {
    if (this.#isClosed || !this.#isRunning) return;
    const now = performance.now();
    // A picture that the browser does not let play yet is there all the same.
    const isAlive = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && (video.currentTime !== this.#time || video.paused);
    if (isAlive) {
      this.#time = video.currentTime;
      this.#progressAt = now;
      this.#retryDelayMs = RETRY_FIRST_MS;
      if (this.#phase !== 'playing') this.#sink.onPath('hls');
      this.#say('playing');
      this.#player?.keepPace();
      return;
    }
    const silentMs = now - this.#progressAt;
    if (silentMs > STALL_MS && this.#phase === 'playing') this.#say('stalled');
    if (silentMs > REBUILD_MS) this.#broke('network');
  }

  #broke(fault: 'network' | 'refused' | 'unsupported'): void {
    this.#rest();
    if (fault === 'unsupported') return this.#say('failed');
    if (this.#phase === 'playing') this.#say('stalled');
    this.#isRunning = true;
    this.#retrying = setTimeout(() => void this.#retry(fault === 'refused'), this.#retryDelayMs * (0.75 + Math.random() / 2));
    this.#retryDelayMs = Math.min(this.#retryDelayMs * 2, RETRY_MAX_MS);
  }

  /** A refused address may be an old one: joining again brings the present one. */
  async #retry(isRefused: boolean): Promise<void> {
    const attempt = this.#attempt;
    if (isRefused) await this.#source.resync();
    if (attempt === this.#attempt) void this.#begin();
  }

  #say(phase: EnginePhase): void {
    if (phase === this.#phase || this.#isClosed) return;
    this.#phase = phase;
    this.#sink.onPhase(phase);
  }
}

/** Low-latency HLS, through hls.js where the browser lets pages feed media, else by the browser itself. */
export const hlsEngine: EngineKind = {
  name: 'hls',
  canPlay: canPlayHls,
  open: (source, sink) => new HlsEngine(source, sink),
};
