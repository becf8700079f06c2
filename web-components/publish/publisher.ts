// Owns sending a show: going live, and coming back by itself. ICE restart first, then a new transport, then the show anew.
import type { StreamInfo } from '../../server/protocol/index.ts';
import type { DeviceFacts } from './layers.ts';
import { PictureControl } from './picture-control.ts';
import { openSendPath, type ConnectionState, type Kind, type OpenSendPath, type OpusPacketMs, type SendPath } from './send-path.ts';
import { backoffMs, covers, finalCode, NEXT_STEP, type RecoveryStep, STEP_LIMIT_MS } from './recovery-ladder.ts';
import { readSenderStats, type SenderStats, type StatsMark } from './sender-stats.ts';
import type { Joined, Signalling } from './signalling.ts';
import { pause, withLimit } from './time-limit.ts';

/** `replaced`: another phone took over. `taken`: another phone sends, and may only be replaced when the host says so. `refused`: the server will not have it, `code` says why. */
export type PublisherState =
  | { name: 'idle' }
  | { name: 'connecting' }
  | { name: 'live' }
  | { name: 'reconnecting'; step: RecoveryStep; attempt: number }
  | { name: 'stopped'; reason: 'asked' | 'replaced' | 'taken' | 'refused'; code?: string };

export interface PublisherOptions {
  signalling: Signalling;
  onState: (state: PublisherState) => void;
  /** Once a second while live. */
  onStats?: (stats: SenderStats) => void;
  /** Opens the way to the server; mediasoup-client unless a test says otherwise. */
  open?: OpenSendPath;
}

export interface StartOptions {
  /** The host has said that another phone which sends is to be replaced. */
  takeOver?: boolean;
  /** Producers of this page before it was reloaded: they may be replaced without a question. */
  ownProducerIds?: readonly string[];
}

/** One run of going live or coming back. */
interface Recovery {
  step: RecoveryStep;
  phase: 'joining' | 'opening' | 'connecting';
  readonly abort: AbortController;
}

/** Chrome says `disconnected` already after a short hole in the network; most heal within a second. */
const DISCONNECTED_GRACE_MS = 1000;
/** An event of the server that does not name our producers may be older than they are. */
const MISSING_GRACE_MS = 1500;
const STATS_MS = 1000;
/**
 * Sends one host's tracks to one show. `start()` and `stop()`; between them it only reports.
 *
 * The owner passes on what it hears: {@link joined}, {@link streamChanged}, {@link transportClosed}, {@link replaced}, {@link networkChanged}.
 */
export class Publisher {
  #state: PublisherState = { name: 'idle' };
  #path: SendPath | null = null;
  #joined: Joined | null = null;
  #latest: StreamInfo | null = null;
  /** Epoch in which the server has named our producers; null until it has. */
  #epoch: number | null = null;
  #recovery: Recovery | null = null;
  /** The path was made on a connection with the server that is gone. */
  #isOrphan = false;
  /** Counts the paths, so that a late event of a closed one is known as such. */
  #generation = 0;
  #mark: StatsMark | null = null;
  #timers: { disconnected?: ReturnType<typeof setTimeout>; missing?: ReturnType<typeof setTimeout>; stats?: ReturnType<typeof setInterval> } = {};
  #waiter: { resolve: () => void; reject: (error: Error) => void } | null = null;
  readonly #tracks: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #picture = new PictureControl();
  #isMuted = false;
  #opusPacketMs: OpusPacketMs = 20;
  /** Every producer that this page has had: what the server still has of them is not somebody else's. */
  #ownIds = new Set<string>();
  #mayTakeOver = false;
  #wasLive = false;
  /** The last path never came to be: the next one is tried over TCP, or over UDP again. */
  #forceTcp = false;
  readonly #options: PublisherOptions;
  readonly #open: OpenSendPath;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#open = options.open ?? openSendPath;
  }

  get state(): PublisherState {
    return this.#state;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  get isCameraHidden(): boolean {
    return this.#picture.isHidden;
  }

  /** Whether the uplink is too thin for a picture now: the voice goes on, and the picture comes back by itself. */
  get isPictureStopped(): boolean {
    return this.#picture.pausedBy === 'network';
  }

  /** Ids of what is sent now. */
  get producerIds(): readonly string[] {
    return this.#path?.producerIds ?? [];
  }

  /**
   * Goes live. Resolves when the media flows or when recovery has taken over; the state says which.
   * @param device what decides the layers: the measured uplink and the phone
   */
  async start(tracks: Readonly<Record<Kind, MediaStreamTrack | null>>, device: DeviceFacts, { takeOver = false, ownProducerIds = [] }: StartOptions = {}): Promise<void> {
    if (this.#isSending()) return;
    Object.assign(this.#tracks, tracks);
    this.#picture.start(device);
    for (const id of ownProducerIds) this.#ownIds.add(id);
    this.#mayTakeOver = takeOver;
    this.#wasLive = false;
    this.#forceTcp = false;
    this.#timers.stats = setInterval(() => void this.#report(), STATS_MS);
    await this.#run('rejoin', { name: 'connecting' });
  }

  /** Stops sending. The show itself goes on as paused until it is ended. */
  stop(): void {
    this.#halt({ name: 'stopped', reason: 'asked' });
  }

  /** After it has stopped: as if it had never started. */
  reset(): void {
    if (this.#state.name === 'stopped') this.#set({ name: 'idle' });
  }

  /** Goes on with another track of the same kind, without a new producer. */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const kind = track.kind as Kind;
    this.#tracks[kind] = track;
    const path = this.#path;
    if (!path) return;
    await path.replaceTrack(kind, track).catch(() => this.#recover('transport'));
    if (path !== this.#path || path.producerIds.every((id) => this.#ownIds.has(id))) return;
    // It was away when the path was made, and is sent only now.
    this.#remember(path);
    if (kind === 'audio' && this.#isMuted) await this.setPaused('audio', true);
    if (kind === 'video') await this.#picture.repeat(path).catch(() => undefined);
  }

  /** Mutes (`audio`) or hides (`video`) for everyone. Kept through reconnects; takes effect on the phone at once. */
  async setPaused(kind: Kind, isPaused: boolean): Promise<void> {
    if (kind === 'video') await this.#picture.hide(isPaused, this.#path);
    else {
      this.#isMuted = isPaused;
      // A command lost with its socket is made good: the next transport starts with this state.
      await this.#path?.setPaused('audio', isPaused ? 'host' : null).catch(() => undefined);
    }
  }

  /** The server told what would suit those who watch: `publish.advice`. */
  async advised(maxVideoKbps: number | null, opusPacketMs: OpusPacketMs): Promise<void> {
    this.#picture.largeCapKbps = maxVideoKbps;
    const isOther = opusPacketMs !== this.#opusPacketMs;
    this.#opusPacketMs = opusPacketMs;
    const path = this.#path;
    if (!path || this.#state.name !== 'live') return;
    await this.#picture.apply(path);
    if (!isOther) return;
    await path.packSound(opusPacketMs).catch(() => this.#recover('transport'));
    this.#remember(path);
  }

  /** A hot phone or an empty battery sends less. */
  set isSparing(isSparing: boolean) {
    this.#picture.isSparing = isSparing;
  }

  /** The socket is back and in the show again. The transport is taken along where it still carries; else a new one is made. */
  joined(joined: Joined): void {
    this.#joined = joined;
    this.#latest = joined.stream;
    // A run that waits for this very answer goes on with it.
    if (!this.#isSending() || this.#recovery?.phase === 'joining') return;
    this.#isOrphan = true;
    this.#recover(this.#path?.connection === 'connected' ? 'ice' : 'transport', true);
  }

  /** The server told what the stream carries now. */
  streamChanged(stream: StreamInfo): void {
    clearTimeout(this.#timers.missing);
    this.#latest = stream;
    if (!this.#isMissing()) {
      if (this.#state.name === 'live') this.#epoch = stream.epoch;
    } else if (this.#epoch !== null && stream.epoch !== this.#epoch) {
      this.#recover('rejoin', true);
    } else {
      this.#timers.missing = setTimeout(() => this.#isMissing() && this.#recover('transport'), MISSING_GRACE_MS);
    }
  }

  /** The server has closed a transport while the stream lives on. */
  transportClosed(transportId: string): void {
    if (this.#path?.transportId === transportId) this.#recover('transport');
  }

  /** The phone is on another network. */
  networkChanged(): void {
    this.#forceTcp = false;
    if (this.#state.name === 'live') this.#recover('ice');
  }

  /** Another phone of this host sends now. It is not taken back by itself, or two phones would take it from each other for ever. */
  replaced(): void {
    // While a new transport is asked for, it is our own old one that is replaced.
    if (this.#isSending() && this.#recovery?.phase !== 'opening') this.#halt({ name: 'stopped', reason: 'replaced' });
  }

  #isSending(): boolean {
    return this.#state.name === 'connecting' || this.#state.name === 'live' || this.#state.name === 'reconnecting';
  }

  #isMissing(): boolean {
    if (this.#state.name !== 'live' || !this.#path || !this.#latest) return false;
    const { producers } = this.#latest;
    return this.#path.producerIds.some((id) => !producers.some((producer) => producer.id === id));
  }

  #set(state: PublisherState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #halt(state: PublisherState): void {
    this.#recovery?.abort.abort();
    this.#recovery = null;
    clearTimeout(this.#timers.disconnected);
    clearTimeout(this.#timers.missing);
    clearInterval(this.#timers.stats);
    this.#closePath();
    this.#set(state);
  }

  #closePath(): void {
    this.#generation += 1;
    this.#epoch = null;
    this.#path?.close();
    this.#path = null;
    this.#mark = null;
  }

  #remember(path: SendPath): void {
    for (const id of path.producerIds) this.#ownIds.add(id);
  }

  /** Whether the server has a publisher, and it is this page as it was before the network or a reload tore it off. */
  #isOwn({ producers }: StreamInfo): boolean {
    return producers.length > 0 && producers.every(({ id }) => this.#ownIds.has(id));
  }

  /** Starts recovery, or moves it on to a later step. @param isForced starts it anew even at the same step */
  #recover(step: RecoveryStep, isForced = false): void {
    if (!this.#isSending()) return;
    if (this.#recovery && !isForced && covers(this.#recovery.step, step)) return;
    void this.#run(step, null);
  }

  async #run(first: RecoveryStep, opening: PublisherState | null): Promise<void> {
    this.#recovery?.abort.abort();
    const abort = new AbortController();
    const recovery: Recovery = { step: first, phase: 'connecting', abort };
    this.#recovery = recovery;
    const { signal } = abort;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      this.#set(opening && attempt === 1 ? opening : { name: 'reconnecting', step: recovery.step, attempt });
      try {
        await withLimit(this.#step(recovery), STEP_LIMIT_MS[recovery.step], signal);
        if (signal.aborted) return;
        this.#recovery = null;
        this.#mayTakeOver = false;
        this.#wasLive = true;
        this.#set({ name: 'live' });
        // What the server told of our tracks came before we knew that they arrive.
        if (this.#latest && !this.#isMissing()) this.#epoch = this.#latest.epoch;
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (recovery.step !== 'ice' && recovery.phase === 'connecting') this.#forceTcp = !this.#forceTcp;
        const code = finalCode(error);
        if (recovery.step === 'rejoin' && code) {
          const isTaken = code === 'publish.taken';
          this.#halt({ name: 'stopped', reason: !isTaken ? 'refused' : this.#wasLive ? 'replaced' : 'taken', code });
          return;
        }
        if (recovery.step === 'rejoin') await pause(backoffMs(attempt), signal);
        recovery.step = NEXT_STEP[recovery.step];
      }
    }
  }

  async #step(recovery: Recovery): Promise<void> {
    const { signal } = recovery.abort;
    if (recovery.step === 'ice') {
      if (!this.#path) throw new Error('no transport to restart');
      if (this.#isOrphan) await this.#adopt(this.#path);
      // Also after a connection was only lost for a moment: it may have been lost with the network.
      await this.#path?.restartIce();
    } else {
      let joined = this.#joined;
      if (recovery.step === 'rejoin' || !joined) {
        recovery.phase = 'joining';
        joined = await this.#options.signalling.join();
        if (signal.aborted) return;
        this.#joined = joined;
        this.#latest = joined.stream;
      }
      recovery.phase = 'opening';
      await this.#openPath(joined, signal);
    }
    if (signal.aborted) return;
    recovery.phase = 'connecting';
    await this.#connected();
  }

  async #adopt(path: SendPath): Promise<void> {
    await path.adopt();
    if (path !== this.#path) return;
    this.#isOrphan = false;
    // What was muted or hidden meanwhile the server has not heard.
    await path.setPaused('audio', this.#isMuted ? 'host' : null);
    await this.#picture.repeat(path);
  }

  async #openPath(joined: Joined, signal: AbortSignal): Promise<void> {
    this.#closePath();
    const generation = this.#generation;
    const tracks = { ...this.#tracks };
    const { plan, pausedBy } = this.#picture.opening();
    const wasMuted = this.#isMuted;
    const path = await this.#open({
      signalling: this.#options.signalling,
      rtpCapabilities: joined.rtpCapabilities,
      tracks,
      paused: { audio: wasMuted ? 'host' : null, video: pausedBy },
      plan,
      opusPacketMs: () => this.#opusPacketMs,
      forceTcp: this.#forceTcp,
      takeOver: this.#mayTakeOver || this.#isOwn(this.#latest ?? joined.stream),
      onConnection: (state) => {
        if (generation === this.#generation) this.#connectionChanged(state);
      },
    });
    if (signal.aborted || generation !== this.#generation) {
      path.close();
      return;
    }
    this.#path = path;
    this.#isOrphan = false;
    this.#remember(path);
    // The camera may have been flipped while the transport was on its way.
    for (const kind of ['audio', 'video'] as const) {
      const track = this.#tracks[kind];
      if (track && track !== tracks[kind]) await path.replaceTrack(kind, track);
    }
    if (this.#isMuted !== wasMuted) await path.setPaused('audio', this.#isMuted ? 'host' : null);
    await this.#picture.apply(path);
  }

  #connectionChanged(state: ConnectionState): void {
    clearTimeout(this.#timers.disconnected);
    if (state === 'connected') {
      this.#waiter?.resolve();
    } else if (state === 'disconnected') {
      this.#timers.disconnected = setTimeout(() => this.#recover('ice'), DISCONNECTED_GRACE_MS);
    } else if (state === 'failed') {
      this.#waiter?.reject(new Error('the connection failed'));
      this.#recover('ice');
    }
  }

  #connected(): Promise<void> {
    if (this.#path?.connection === 'connected') return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  async #report(): Promise<void> {
    const path = this.#path;
    if (!path || this.#state.name !== 'live') return;
    try {
      const { stats, mark } = readSenderStats(await path.stats(), this.#mark);
      if (path !== this.#path) return;
      this.#mark = mark;
      await this.#picture.read(stats, path);
      this.#options.onStats?.(stats);
    } catch {
      // The transport was closed while it was being asked.
    }
  }
}
