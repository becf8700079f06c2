// Owns the ladder once WebRTC has shown nothing for a while: HLS beside it, whichever plays first, and the way back up.
import type { Allotment } from '../../server/protocol/media.ts';
import type { Engine, EngineKind, EnginePath, EnginePhase, EngineSink, Showable, StreamSource } from './engine.ts';
import { hlsEngine } from './hls-engine.ts';
import { Still } from './still.ts';

/** As in the selector: a picture that has stopped gets this long before HLS starts beside it. */
const PATIENCE_MS = 2_200;
/** UDP and then TCP get their time (3 s and 5 s) before WebRTC counts as blocked. */
const TRIAL_MS = 9_000;
/** Between two trials in the background, doubled with each that fails, spread by a quarter. */
const REST_FIRST_MS = 15_000;
const REST_MAX_MS = 300_000;
/** How long WebRTC has to go on before a playing HLS is left for it; doubled with every time that it fell back before. */
const STEADY_MS = 1_000;
const STEADY_MAX_MS = 16_000;
/** After this long without a fall all is forgiven. */
const SETTLED_MS = 60_000;

export interface LadderStart {
  source: StreamSource;
  sink: EngineSink;
  webrtc: EngineKind;
  /** The engine that has been tried so far, what it wanted to show, and the way it came; null where there is none. */
  running: Engine | null;
  media: Showable | null;
  path: EnginePath | null;
  /** Keeps for the session that WebRTC does not get through here, or that it does. */
  rememberBlocked(isBlocked: boolean): void;
  hls?: EngineKind;
}

export interface Ladder {
  engine: Engine;
  /** Where the engine that was running reports from now on. */
  first: EngineSink;
}

interface Rung {
  readonly kind: EngineKind;
  engine: Engine | null;
  phase: EnginePhase;
  media: Showable | null;
  path: EnginePath | null;
  allotted: Allotment | null;
  /** It can never play here. */
  isOut: boolean;
  /** Which opening of the engine this is: what an earlier one still says is not heard. */
  turn: number;
}

type Timer = 'patience' | 'trial' | 'rest' | 'steady' | 'settled';

class TwoWays implements Engine, Ladder {
  readonly engine = this;
  readonly first: EngineSink;
  #source: StreamSource;
  #sink: EngineSink;
  #rememberBlocked: (isBlocked: boolean) => void;
  #webrtc: Rung;
  #hls: Rung;
  /** Whose picture is on the screen. */
  #shown: Rung | null = null;
  #timers = new Map<Timer, ReturnType<typeof setTimeout>>();
  #restMs = REST_FIRST_MS;
  #falls = 0;
  #isFirstTrial = true;
  /** WebRTC has been waited for long enough. */
  #wantsHls = true;
  #hasPlayed = false;
  #isBlocked = false;
  #isVisible = true;
  #still = new Still();
  /** Of engines that were closed. */
  #bytesBefore = 0;
  #said: EnginePhase | null = null;
  #onOnline = () => this.#rest(STEADY_MS);

  constructor({ source, sink, webrtc, running, media, path, rememberBlocked, hls = hlsEngine }: LadderStart) {
    this.#rememberBlocked = rememberBlocked;
    this.#source = source;
    this.#sink = sink;
    this.#webrtc = { kind: webrtc, engine: running, phase: 'connecting', media, path, allotted: null, isOut: !webrtc.canPlay(), turn: 0 };
    this.#hls = { kind: hls, engine: null, phase: 'connecting', media: null, path: null, allotted: null, isOut: !hls.canPlay(), turn: 0 };
    globalThis.addEventListener?.('online', this.#onOnline);
    if (running) {
      this.#shown = this.#webrtc;
      this.#after('trial', TRIAL_MS, () => this.#endTrial());
    } else {
      this.#isFirstTrial = false;
      this.#rest(REST_FIRST_MS);
      this.#after('patience', PATIENCE_MS, () => this.#hls.phase !== 'playing' && this.#try());
    }
    this.first = this.#listen(this.#webrtc);
    source.followPicture(() => this.pictureAt());
    this.#openHls();
    this.#say();
  }

  update(): void {
    this.#webrtc.engine?.update();
    this.#hls.engine?.update();
    // The host may have come back with a codec that HLS can carry, or with one that it cannot.
    if (this.#source.hlsUrl === null) {
      this.#close(this.#hls);
      if (this.#source.stream) this.#try();
    } else if (this.#wantsHls) this.#openHls();
    this.#say();
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#webrtc.engine?.setVisible(isVisible);
    this.#hls.engine?.setVisible(isVisible);
  }

  async receivedBytes(): Promise<number> {
    const both = await Promise.all([this.#webrtc, this.#hls].map(({ engine }) => engine?.receivedBytes() ?? 0));
    return both.reduce((sum, bytes) => sum + bytes, this.#bytesBefore);
  }

  get isRelayed(): boolean {
    return this.#shown?.engine?.isRelayed ?? false;
  }

  pictureAt(): number | null {
    const isLate = this.#shown === this.#hls && (this.#said === 'playing' || this.#said === 'stalled');
    return (isLate && this.#hls.engine?.pictureAt?.()) || null;
  }

  close(): void {
    globalThis.removeEventListener?.('online', this.#onOnline);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#close(this.#webrtc);
    this.#close(this.#hls);
    this.#still.release();
  }

  #listen(rung: Rung): EngineSink {
    const { turn } = rung;
    return {
      onMedia: (media) => {
        if (turn === rung.turn) this.#offered(rung, media);
      },
      onPath: (path) => {
        if (turn !== rung.turn) return;
        rung.path = path;
        if (rung === this.#shown) this.#sink.onPath(path);
      },
      onAllotted: (allotted) => {
        if (turn !== rung.turn) return;
        rung.allotted = allotted;
        if (rung === this.#shown) this.#sink.onAllotted(allotted);
      },
      onPlace: (place) => turn === rung.turn && this.#sink.onPlace(place),
      onPhase: (phase) => {
        if (turn !== rung.turn || phase === rung.phase) return;
        rung.phase = phase;
        if (phase === 'failed') queueMicrotask(() => this.#out(rung));
        else if (rung === this.#webrtc) this.#webrtcSays(phase);
        else if (phase === 'stalled') this.#rest(PATIENCE_MS);
        this.#say();
      },
    };
  }

  #offered(rung: Rung, media: Showable): void {
    rung.media = media;
    if (rung === this.#shown) this.#put(media);
    // A picture that stands still makes room; one that goes on does not.
    else if (rung === this.#hls && !this.#isWebrtcPlaying()) this.#show(rung);
  }

  #webrtcSays(phase: EnginePhase): void {
    if (phase === 'playing') {
      this.#stop('patience');
      if (this.#shown !== this.#hls) this.#take();
      else this.#after('steady', this.#steadyMs(), () => this.#take());
      return;
    }
    this.#stop('steady');
    this.#stop('settled');
    // Whoever has a picture by HLS keeps it; nobody gets one past the queue.
    if (phase === 'queued') {
      this.#stop('patience');
      this.#stop('trial');
      if (this.#hls.phase === 'playing') queueMicrotask(() => this.#endTrial());
      else this.#close(this.#hls);
    } else if (phase !== 'idle' && this.#shown === this.#webrtc && !this.#hls.engine) this.#waitForWebrtc();
  }

  /** HLS that has not played yet is left at once, and so it is while both are starting. */
  #steadyMs(): number {
    if (this.#hls.phase !== 'playing' || (this.#isFirstTrial && this.#falls === 0)) return 0;
    return Math.min(STEADY_MS * 2 ** this.#falls, STEADY_MAX_MS);
  }

  /** The picture has stopped: not for the first time, if it stops again soon. */
  #waitForWebrtc(): void {
    if (this.#timers.has('patience')) return;
    this.#after('patience', PATIENCE_MS, () => {
      this.#falls += 1;
      this.#wantsHls = true;
      this.#openHls();
      this.#after('trial', TRIAL_MS, () => this.#endTrial());
    });
  }

  /** WebRTC has the screen from here on. */
  #take(): void {
    this.#stop('trial');
    this.#stop('rest');
    this.#wantsHls = false;
    this.#isFirstTrial = false;
    this.#rememberBlocked(false);
    this.#after('settled', SETTLED_MS, () => {
      this.#falls = 0;
      this.#restMs = REST_FIRST_MS;
    });
    if (this.#shown !== this.#webrtc) this.#show(this.#webrtc);
    this.#close(this.#hls);
    this.#say();
  }

  #show(rung: Rung): void {
    const { media, path, allotted } = rung;
    this.#shown = rung;
    if (media) this.#put(media);
    if (path) this.#sink.onPath(path);
    if (allotted) this.#sink.onAllotted(allotted);
  }

  #put(media: Showable): void {
    this.#sink.onMedia((video) => {
      if (typeof media === 'function') {
        this.#still.hold(video);
        media(video);
      } else if (video.srcObject !== media) {
        this.#still.hold(video);
        // Before the new one is on it: what takes its picture off an element would take that with it.
        this.#close(this.#hls);
        video.srcObject = media;
      }
    });
  }

  #openHls(): void {
    const { engine, isOut } = this.#hls;
    if (engine || isOut || this.#source.hlsUrl === null || this.#isWebrtcPlaying() || this.#isQueued()) return;
    this.#open(this.#hls);
  }

  #open(rung: Rung): void {
    rung.turn += 1;
    Object.assign(rung, { phase: 'connecting', media: null, path: null, allotted: null });
    rung.engine = rung.kind.open(this.#source, this.#listen(rung));
    if (!this.#isVisible) rung.engine.setVisible(false);
  }

  #close(rung: Rung): void {
    const { engine } = rung;
    rung.turn += 1;
    rung.engine = null;
    rung.phase = 'connecting';
    void engine?.receivedBytes().then((bytes) => (this.#bytesBefore += bytes));
    engine?.close();
  }

  /** This way is of no use on this device. */
  #out(rung: Rung): void {
    if (rung.phase !== 'failed') return;
    this.#close(rung);
    rung.isOut = true;
    if (rung === this.#hls && this.#shown === rung) this.#shown = null;
    if (rung === this.#hls && !this.#webrtc.engine) this.#try();
    else if (rung === this.#webrtc) {
      this.#wantsHls = true;
      this.#openHls();
    }
    this.#say();
  }

  #endTrial(): void {
    this.#isFirstTrial = false;
    if (this.#isWebrtcPlaying()) return;
    if (this.#shown === this.#hls && this.#hls.phase === 'playing') {
      this.#close(this.#webrtc);
      this.#rememberBlocked(true);
      this.#rest(this.#restMs * (0.75 + Math.random() / 2));
      this.#restMs = Math.min(this.#restMs * 2, REST_MAX_MS);
    } else {
      // Neither has come yet: both go on, and the viewer is told.
      this.#isBlocked = !this.#hasPlayed && this.#source.stream !== null && this.#source.stream.producers.length > 0;
      this.#after('trial', TRIAL_MS, () => this.#endTrial());
    }
    this.#say();
  }

  #rest(delayMs: number): void {
    if (!this.#webrtc.engine && !this.#webrtc.isOut) this.#after('rest', delayMs, () => this.#try());
  }

  /** A trial beside HLS, which nobody sees: not for a page that nobody sees either, and not while nothing is sent. */
  #try(): void {
    if (this.#webrtc.engine || this.#webrtc.isOut) return;
    if (!this.#isVisible || !this.#source.stream?.producers.length) {
      this.#rest(REST_FIRST_MS);
      return;
    }
    this.#open(this.#webrtc);
    this.#after('trial', TRIAL_MS, () => this.#endTrial());
  }

  #isWebrtcPlaying(): boolean {
    return this.#webrtc.engine !== null && this.#webrtc.phase === 'playing';
  }

  #isQueued(): boolean {
    return this.#webrtc.engine !== null && this.#webrtc.phase === 'queued';
  }

  #say(): void {
    const phase = this.#phase();
    if (phase === 'playing') {
      this.#hasPlayed = true;
      this.#isBlocked = false;
    }
    if (phase === this.#said) return;
    this.#said = phase;
    if (phase === 'idle' || phase === 'failed') this.#still.release();
    this.#sink.onPhase(phase);
  }

  #phase(): EnginePhase {
    if (this.#shown?.engine && this.#shown.phase === 'playing') return 'playing';
    if (this.#isQueued()) return 'queued';
    const open = [this.#webrtc, this.#hls].filter(({ engine }) => engine !== null);
    if (open.length > 0 && open.every(({ phase }) => phase === 'idle')) return 'idle';
    if (this.#webrtc.isOut && (this.#hls.isOut || (this.#source.stream !== null && this.#source.hlsUrl === null))) return 'failed';
    if (this.#isBlocked) return 'blocked';
    return this.#hasPlayed ? 'stalled' : 'connecting';
  }

  #after(timer: Timer, delayMs: number, task: () => void): void {
    this.#stop(timer);
    this.#timers.set(
      timer,
      setTimeout(() => {
        this.#timers.delete(timer);
        task();
      }, delayMs),
    );
  }

  #stop(timer: Timer): void {
    clearTimeout(this.#timers.get(timer));
    this.#timers.delete(timer);
  }
}

/** Starts HLS beside what is running, or alone where nothing is. */
export function openLadder(start: LadderStart): Ladder {
  return new TwoWays(start);
}
