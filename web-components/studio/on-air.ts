// Owns a host's session in front of the camera: capture, checks, sending, staying awake. No drawing: the element reads and listens.
import { endShow, probeUplink as probeEndpoint } from '../../server/protocol/endpoints.ts';
import {
  Camera, CaptureError, captureFacts, detectInAppBrowser, isHeldUpright, judgePreflight, judgeQuality, keepAwake, lockUpright, MicrophoneWatch, openLevelMeter,
  probeUplink, Publisher, readBattery, watchNetwork, watchUpright,
  type BatteryState, type Check, type LevelMeter, type Loudness, type PreflightFacts, type PublisherState, type Quality, type SenderStats,
} from '../publish/index.ts';
import type { Client, Outcome, ShowStore } from '../show/index.ts';
import { PhoneCare } from './phone-care.ts';
import { keepOwnProducers, readOwnProducers, readSendingMark, type SendingMark, writeSendingMark } from './sending-mark.ts';
import { connectPublisher, showSignalling } from './show-signalling.ts';

export interface OnAirOptions {
  client: Client;
  store: ShowStore;
  /** Called after every change of what can be read here. */
  onChange: () => void;
  /** Called when the other camera does not open. */
  onFlipFailed: () => void;
}

export class OnAir {
  capture: 'off' | 'opening' | 'open' | 'failed' = 'off';
  captureError: CaptureError | null = null;
  loudness: Loudness | null = null;
  /** Tracks that the phone has taken away and not given back. */
  readonly lost = new Set<'audio' | 'video'>();
  /** Tracks that a call or another app keeps from giving anything. */
  readonly held = new Set<'audio' | 'video'>();
  /** The microphone gives nothing but zeros, and opening it anew has not helped yet. */
  isMicrophoneDead = false;
  /** What a long show does to the phone; there while it sends. */
  care: PhoneCare | null = null;
  isUpright = isHeldUpright();
  quality: Quality | null = null;
  stats: SenderStats | null = null;
  readonly publisher: Publisher;
  #camera: Camera | null = null;
  #uplink: PreflightFacts['uplink'] = { state: 'measuring' };
  #battery: BatteryState | null = null;
  #microphone = new MicrophoneWatch();
  #meter: LevelMeter | null = null;
  #awake: (() => void) | null = null;
  #probe: AbortController | null = null;
  #isClosed = false;
  readonly #stops: (() => void)[];
  readonly #options: OnAirOptions;

  constructor(options: OnAirOptions) {
    this.#options = options;
    const { client, store } = options;
    this.publisher = new Publisher({
      signalling: showSignalling(client, store),
      onState: (state) => this.#stateChanged(state),
      onStats: (stats) => this.#measured(stats),
    });
    const seen = (): void => {
      if (document.visibilityState !== 'visible') return;
      void this.#camera?.recover();
      // A page that slept may hold a connection that the server has given up.
      if (this.isSending) void store.resync();
    };
    document.addEventListener('visibilitychange', seen);
    this.#stops = [
      connectPublisher(this.publisher, client, store),
      store.subscribe(() => this.#showChanged()),
      watchNetwork(() => this.publisher.networkChanged()),
      watchUpright((isUpright) => {
        this.isUpright = isUpright;
        this.#options.onChange();
      }),
      () => document.removeEventListener('visibilitychange', seen),
    ];
  }

  get stream(): MediaStream | null {
    return this.#camera?.stream ?? null;
  }

  get isFrontCamera(): boolean {
    return this.#camera?.facing === 'user';
  }

  get canFlip(): boolean {
    return this.#camera?.canFlip ?? false;
  }

  get state(): PublisherState {
    return this.publisher.state;
  }

  get isSending(): boolean {
    return this.state.name === 'connecting' || this.state.name === 'live' || this.state.name === 'reconnecting';
  }

  get checks(): Check[] {
    const camera: PreflightFacts['camera'] =
      this.capture === 'open' ? { state: 'open' } : this.captureError ? { state: 'failed', reason: this.captureError.reason } : { state: 'opening' };
    return judgePreflight({
      ...captureFacts(),
      inAppBrowser: detectInAppBrowser(navigator.userAgent),
      camera,
      loudness: this.loudness,
      isMicrophoneMuted: this.#camera?.audioTrack?.muted ?? false,
      uplink: this.#uplink,
      battery: this.#battery,
      isUpright: this.isUpright,
    });
  }

  /** Whether this device was the one that sent the show when its page went away. */
  wasSending(): boolean {
    return readSendingMark()?.showId === this.#options.store.showId;
  }

  /** Opens the camera and starts the checks. */
  async openCamera(): Promise<void> {
    if (this.capture === 'opening' || this.capture === 'open') return;
    this.capture = 'opening';
    this.captureError = null;
    this.#options.onChange();
    const camera = new Camera({
      onTrack: (track) => {
        const kind = track.kind as 'audio' | 'video';
        this.lost.delete(kind);
        this.held.delete(kind);
        if (track.kind === 'audio') this.#listen();
        void this.publisher.replaceTrack(track);
        this.#options.onChange();
      },
      onLost: (kind) => this.#lose(kind),
      onHeld: (kind, isHeld) => {
        if (isHeld) this.held.add(kind);
        else this.held.delete(kind);
        this.#options.onChange();
      },
    });
    try {
      await camera.open();
    } catch (error) {
      camera.close();
      this.captureError = error instanceof CaptureError ? error : new CaptureError('failed', error);
      this.capture = 'failed';
      this.#options.onChange();
      return;
    }
    if (this.#isClosed) {
      camera.close();
      return;
    }
    this.#camera = camera;
    this.capture = 'open';
    this.#awake ??= keepAwake();
    void lockUpright();
    this.#listen();
    this.#battery = await readBattery();
    this.#options.onChange();
  }

  /** Measures everything again. */
  async check(): Promise<void> {
    this.isUpright = isHeldUpright();
    if (this.capture === 'failed') await this.openCamera();
    else this.#listen();
    this.#battery = await readBattery();
    await this.measureUplink();
  }

  async measureUplink(): Promise<void> {
    this.#probe?.abort();
    const probe = new AbortController();
    this.#probe = probe;
    this.#uplink = { state: 'measuring' };
    this.#options.onChange();
    try {
      const uplinkKbps = await probeUplink({ upload: (bytes, signal) => this.#upload(bytes, signal), signal: probe.signal });
      if (!probe.signal.aborted) this.#uplink = { state: 'measured', uplinkKbps };
    } catch {
      if (!probe.signal.aborted) this.#uplink = { state: 'failed' };
    }
    this.#options.onChange();
  }

  /**
   * Sends what the camera sees, muted and hidden as it was when this device last sent the show.
   * @param takeOver the host has said that another phone which sends is to be replaced; else `taken` is the state when there is one
   */
  async goLive(takeOver = false): Promise<void> {
    if (this.capture !== 'open') await this.openCamera();
    const camera = this.#camera;
    if (!camera || this.capture !== 'open') return;
    // What is still measured would compete with the first pictures.
    this.#probe?.abort();
    this.#meter?.close();
    this.#meter = null;
    const { showId } = this.#options.store;
    const before = readSendingMark();
    const mine = before?.showId === showId ? before : null;
    const isMuted = mine?.isMuted ?? this.publisher.isMuted;
    const isHidden = mine?.isHidden ?? this.publisher.isCameraHidden;
    const uplinkKbps = this.#uplink.state === 'measured' ? this.#uplink.uplinkKbps : (mine?.uplinkKbps ?? null);
    this.#mark({ uplinkKbps, isMuted, isHidden });
    await this.publisher.setPaused('audio', isMuted);
    await this.publisher.setPaused('video', isHidden);
    const { deviceMemory } = navigator as Navigator & { deviceMemory?: number };
    await this.publisher.start(
      { audio: camera.audioTrack, video: camera.videoTrack },
      { uplinkKbps, cores: navigator.hardwareConcurrency, memoryGb: deviceMemory },
      { takeOver, ownProducerIds: readOwnProducers() },
    );
  }

  /** Leaves the show to the other phone, and goes back to the checks. */
  leaveToOther(): void {
    this.publisher.reset();
    this.#listen();
    this.#options.onChange();
  }

  /** The host has read what {@link care} advises. */
  dismissAdvice(): void {
    this.care?.dismiss();
    this.#options.onChange();
  }

  async flip(): Promise<void> {
    const before = this.#camera?.facing;
    try {
      await this.#camera?.flip();
      if (this.#camera?.facing === before) this.#options.onFlipFailed();
    } catch {
      this.#lose('video');
    }
    this.#options.onChange();
  }

  /** Asks the phone again for what it has taken away. */
  async recover(): Promise<void> {
    await this.#camera?.recover();
  }

  #lose(kind: 'audio' | 'video'): void {
    this.lost.add(kind);
    this.#options.onChange();
  }

  async setPaused(kind: 'audio' | 'video', isPaused: boolean): Promise<void> {
    const sent = this.publisher.setPaused(kind, isPaused);
    this.#mark({ isMuted: this.publisher.isMuted, isHidden: this.publisher.isCameraHidden });
    this.#options.onChange();
    await sent;
  }

  /** Ends the show for good. */
  async end(): Promise<Outcome<unknown>> {
    const ended = await this.#options.client.call(endShow, { params: { showId: this.#options.store.showId }, body: {} });
    if (ended.ok) this.#over();
    return ended;
  }

  close(): void {
    this.#isClosed = true;
    this.#probe?.abort();
    for (const stop of this.#stops) stop();
    this.#endCare();
    this.#closeCamera();
    if (this.isSending) this.publisher.stop();
  }

  #endCare(): void {
    this.care?.close();
    this.care = null;
  }

  #closeCamera(): void {
    this.#meter?.close();
    this.#meter = null;
    this.#camera?.close();
    this.#camera = null;
    this.lost.clear();
    this.held.clear();
    this.capture = 'off';
    this.#awake?.();
    this.#awake = null;
  }

  #listen(): void {
    this.#meter?.close();
    this.#meter = null;
    this.loudness = null;
    const track = this.#camera?.audioTrack;
    if (!track || this.isSending) return;
    this.#meter = openLevelMeter(track, (loudness) => {
      this.loudness = loudness;
      this.#options.onChange();
    });
  }

  async #upload(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    const sent = await this.#options.client.call(probeEndpoint, { body: bytes, signal });
    if (!sent.ok) throw new Error(sent.error.code);
  }

  #measured(stats: SenderStats): void {
    const { isCameraHidden, isPictureStopped, isMuted } = this.publisher;
    // The first reading has no second before it to compare with.
    if (this.stats) this.quality = judgeQuality(stats, isCameraHidden ? 'hidden' : isPictureStopped ? 'stopped' : 'sent');
    this.stats = stats;
    const { reopen, isDead } = this.#microphone.read(isMuted ? null : stats.isSoundZero, performance.now());
    this.isMicrophoneDead = isDead;
    if (reopen) void this.#camera?.reopenMicrophone();
    if (this.care) this.publisher.isSparing = this.care.read(stats);
    this.#options.onChange();
  }

  #mark(change: Partial<SendingMark>): void {
    const { showId } = this.#options.store;
    writeSendingMark({ uplinkKbps: null, isMuted: false, isHidden: false, ...readSendingMark(), ...change, showId });
  }

  #stateChanged(state: PublisherState): void {
    if (state.name === 'live') {
      keepOwnProducers(this.publisher.producerIds);
      this.care ??= new PhoneCare();
    } else {
      this.stats = null;
      this.quality = null;
      this.isMicrophoneDead = false;
    }
    if (!this.isSending) this.#endCare();
    if (state.name === 'stopped' && state.reason !== 'asked') writeSendingMark(null);
    this.#options.onChange();
  }

  #showChanged(): void {
    if (this.#options.store.snapshot?.show.status === 'ended' && this.isSending) this.#over();
    this.#options.onChange();
  }

  #over(): void {
    writeSendingMark(null);
    this.publisher.stop();
    this.#closeCamera();
    this.#options.onChange();
  }
}
