// Owns receiving the show over WebRTC and keeping it going: ICE restart first, then a new transport (TCP where UDP is swallowed), then a full rejoin.
import type { types } from 'mediasoup-client';
import type { Allotment } from '../../server/protocol/media.ts';
import { createDevice, loadMediasoup } from './device.ts';
import type { Engine, EngineKind, EnginePath, EnginePhase, EngineSink, StreamSource } from './engine.ts';
import { ReceiveError, Receiver } from './receiver.ts';

/** Until the first picture the path is looked at often, then just often enough to say within 3 s that it is gone. */
const LOOK_FIRST_MS = 100;
const LOOK_MS = 500;
const UDP_PATIENCE_MS = 3_000;
const TCP_PATIENCE_MS = 5_000;
const STALL_MS = 1_500;
const DISCONNECTED_MS = 1_000;
const RESTART_ICE_MS = 2_000;
const REBUILD_MS = 5_000;
const RETRY_FIRST_MS = 300;
const RETRY_MAX_MS = 3_000;
const HIDE_MS = 5_000;
/** Of those in the queue, should their turn not be heard. */
const ASK_AGAIN_MS = 30_000;
/** What the server takes for granted on a new connection. */
const USUAL_WISH = 'full,false';

class WebRtcEngine implements Engine {
  isRelayed = false;
  #source: StreamSource;
  #sink: EngineSink;
  #media = new MediaStream();
  #device: { forCapabilities: string; ready: Promise<types.Device> } | null = null;
  #receiver: Receiver | null = null;
  /** Connection and epoch that the receiver was built for. */
  #builtFor = '';
  #builtEpoch = -1;
  #allotted: Allotment = { level: 'full', reason: null };
  /** What the server was last told on which connection, so that nothing is said twice. */
  #told = '';
  #attempt = 0;
  #isBuilding = false;
  #phase: EnginePhase = 'idle';
  #path: EnginePath | null = null;
  #forceTcp = false;
  #retryDelayMs = RETRY_FIRST_MS;
  #isClosed = false;
  #picture: MediaStreamTrack | null = null;
  #isVisible = true;
  #isHidden = false;
  #packets = 0;
  #bytes = 0;
  /** Of receivers that are gone. */
  #bytesBefore = 0;
  #progressAt = 0;
  #builtAt = 0;
  #wasConnected = false;
  #disconnectedAt = 0;
  #hasRestartedIce = false;
  #stops: (() => void)[];
  #looking: ReturnType<typeof setTimeout> | undefined;
  #retrying: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(source: StreamSource, sink: EngineSink) {
    this.#source = source;
    this.#sink = sink;
    void loadMediasoup().catch(() => undefined);
    this.#stops = [
      source.on('transport.closed', ({ transportId }) => {
        if (transportId === this.#receiver?.id && !this.#isBuilding) void this.#build();
      }),
      source.on('media.allotted', (allotted) => this.#allot(allotted)),
      source.on('media.turn', ({ place }) => {
        if (this.#phase !== 'queued') return;
        if (place === 0) void this.#build();
        else this.#sink.onPlace(place);
      }),
    ];
    this.update();
  }

  update(): void {
    const stream = this.#source.stream;
    if (this.#isClosed || !stream) return;
    if (stream.producers.length === 0) {
      this.#attempt += 1;
      this.#isBuilding = false;
      clearTimeout(this.#retrying);
      this.#drop();
      this.#say('idle');
      return;
    }
    this.#want();
    this.#showPicture();
    const target = this.#target();
    if (target !== this.#builtFor) {
      this.#builtFor = target;
      this.#retryDelayMs = RETRY_FIRST_MS;
      // Of a socket that was lost alone the media goes on, when this is said in time.
      if (this.#receiver && this.#phase === 'playing' && stream.epoch === this.#builtEpoch) void this.#adopt(this.#receiver);
      else void this.#build();
    } else if (this.#receiver) {
      this.#receiver.follow(new Set(stream.producers.map(({ id }) => id))).catch((fault: unknown) => this.#failed(fault));
    }
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    clearTimeout(this.#hiding);
    if (!isVisible) this.#hiding = setTimeout(() => this.#hide(true), HIDE_MS);
    else if (this.#isHidden) this.#hide(false);
  }

  async receivedBytes(): Promise<number> {
    const { bytes } = (await this.#receiver?.read().catch(() => null)) ?? { bytes: this.#bytes };
    this.#bytes = bytes;
    return this.#bytesBefore + bytes;
  }

  close(): void {
    this.#isClosed = true;
    this.#attempt += 1;
    for (const stop of this.#stops) stop();
    for (const timer of [this.#looking, this.#retrying, this.#hiding]) clearTimeout(timer);
    this.#receiver?.close(true);
    this.#receiver = null;
  }

  #target(): string {
    return `${this.#source.connectionCount}:${this.#source.stream?.epoch}`;
  }

  async #build(): Promise<void> {
    const attempt = (this.#attempt += 1);
    clearTimeout(this.#retrying);
    this.#isBuilding = true;
    if (this.#phase === 'idle') this.#say('connecting');
    const epoch = this.#source.stream?.epoch ?? -1;
    const old = this.#receiver;
    try {
      const device = await this.#loadDevice();
      if (attempt !== this.#attempt) return;
      const receiver = await Receiver.open(device, this.#source, this.#forceTcp, {
        onAllotted: (allotted) => attempt === this.#attempt && this.#allot(allotted),
        onTrack: (track) => this.#show(track),
        onTrackGone: (track) => this.#media.removeTrack(track),
      });
      if (attempt !== this.#attempt) {
        receiver.close(true);
        return;
      }
      this.#receiver = receiver;
      old?.close();
      this.#isBuilding = false;
      this.#builtEpoch = epoch;
      this.#builtAt = this.#progressAt = performance.now();
      this.#packets = 0;
      this.#bytesBefore += this.#bytes;
      this.#bytes = 0;
      this.#wasConnected = this.#hasRestartedIce = false;
      if (this.#phase === 'queued') this.#say('connecting');
      this.#disconnectedAt = 0;
      if (!this.#isVisible) this.setVisible(false);
      this.#lookAfter(LOOK_FIRST_MS);
      // Producers may have come or gone while the answer was on its way.
      this.update();
    } catch (fault) {
      if (attempt === this.#attempt) this.#failed(fault);
    }
  }

  /** Takes the receiver along to a new connection. What is too late for that is built anew. */
  async #adopt(receiver: Receiver): Promise<void> {
    const attempt = (this.#attempt += 1);
    const adopted = await this.#source.request('media.adopt', { transportId: receiver.id });
    if (attempt !== this.#attempt || receiver !== this.#receiver) return;
    if (!adopted.ok) return void this.#build();
    this.#allot(adopted.value.allotted);
    this.update();
  }

  #allot({ level, reason }: Allotment): void {
    // The picture may have a way to go before it is here again.
    this.#progressAt = performance.now();
    this.#allotted = { level, reason };
    this.#sink.onAllotted(this.#allotted);
    this.#showPicture();
  }

  #want(): void {
    const { connectionCount } = this.#source;
    const wish = this.#source.wish();
    const picture = this.#isHidden ? 'none' : wish.picture;
    const says = `${picture},${wish.isBuying}`;
    const before = this.#told.startsWith(`${connectionCount}:`) ? this.#told : `${connectionCount}:${USUAL_WISH}`;
    this.#told = `${connectionCount}:${says}`;
    if (this.#told !== before) void this.#source.request('media.want', { picture, isBuying: wish.isBuying });
  }

  #loadDevice(): Promise<types.Device> {
    const forCapabilities = JSON.stringify(this.#source.rtpCapabilities);
    if (this.#device?.forCapabilities !== forCapabilities) {
      this.#device = { forCapabilities, ready: createDevice(this.#source.rtpCapabilities) };
      this.#device.ready.catch(() => {
        this.#device = null;
      });
    }
    return this.#device.ready;
  }

  #failed(fault: unknown): void {
    this.#isBuilding = false;
    if (this.#isClosed) return;
    const code = fault instanceof ReceiveError ? fault.code : (fault as Error | null)?.name;
    if (code === 'media.unsupported' || code === 'UnsupportedError' || code === 'media.use-hls') {
      this.#say('failed');
      return;
    }
    // The next `stream.changed` builds again.
    if (code === 'show.not-live' || code === 'not-found') return;
    if (code === 'media.queued') {
      this.#drop();
      this.#builtFor = this.#target();
      this.#say('queued');
      this.#sink.onPlace((fault as ReceiveError).place);
      this.#rebuild(ASK_AGAIN_MS * (0.75 + Math.random() / 2));
      return;
    }
    if (this.#phase === 'playing') this.#say('stalled');
    this.#rebuild(this.#retryDelayMs * (0.75 + Math.random() / 2));
    this.#retryDelayMs = Math.min(this.#retryDelayMs * 2, RETRY_MAX_MS);
  }

  #rebuild(delayMs: number): void {
    clearTimeout(this.#retrying);
    clearTimeout(this.#looking);
    this.#retrying = setTimeout(() => {
      if (this.#source.stream?.producers.length) void this.#build();
    }, delayMs);
  }

  /** A new track takes the place of the old one of its kind, so that the last picture stays until there is a new one. */
  #show(track: MediaStreamTrack): void {
    // Chromium plays no sound of a stream before its picture has come, so a picture that is not on its way is left out.
    if (track.kind === 'video') {
      this.#picture = track;
      if (!this.#expectsVideo()) return;
    }
    for (const old of this.#media.getTracks()) if (old.kind === track.kind && old !== track) this.#media.removeTrack(old);
    this.#media.addTrack(track);
    // A stream that has been empty has ended for its video element, which must be told to play again.
    this.#sink.onMedia(this.#media);
  }

  #showPicture(): void {
    const picture = this.#picture;
    if (picture?.readyState === 'live' && this.#expectsVideo() && !this.#media.getTracks().includes(picture)) this.#show(picture);
  }

  #drop(): void {
    clearTimeout(this.#looking);
    this.#receiver?.close(true);
    this.#receiver = null;
    this.#builtFor = '';
    this.#path = null;
  }

  #lookAfter(delayMs: number): void {
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => void this.#look(), delayMs);
  }

  async #look(): Promise<void> {
    const receiver = this.#receiver;
    if (!receiver || this.#isClosed || this.#isBuilding) return;
    const state = receiver.connectionState;
    const { packets, framesDecoded, bytes, path, isRelayed } = await receiver.read().catch(() => ({ packets: 0, framesDecoded: 0, bytes: this.#bytes, path: null, isRelayed: this.isRelayed }));
    if (receiver !== this.#receiver || this.#isClosed) return;
    this.isRelayed = isRelayed;
    this.#bytes = bytes;
    const now = performance.now();
    if (state === 'connected') this.#wasConnected = true;
    if (state !== 'disconnected') this.#disconnectedAt = 0;
    else if (this.#disconnectedAt === 0) this.#disconnectedAt = now;
    if (packets > this.#packets || this.#isQuiet()) {
      this.#progressAt = now;
      this.#packets = packets;
      this.#hasRestartedIce = false;
      if (framesDecoded > 0 || !this.#expectsVideo()) {
        this.#retryDelayMs = RETRY_FIRST_MS;
        this.#say('playing');
      }
    }
    if (path && path !== this.#path) {
      this.#path = path;
      this.#sink.onPath(path);
    }
    this.#climb(receiver, state, now);
    this.#lookAfter(this.#phase === 'playing' ? LOOK_MS : LOOK_FIRST_MS);
  }

  /** The next step of the ladder, if one is due. */
  #climb(receiver: Receiver, state: string, now: number): void {
    if (!this.#wasConnected) {
      const patienceMs = this.#forceTcp ? TCP_PATIENCE_MS : UDP_PATIENCE_MS;
      if (state !== 'failed' && now - this.#builtAt < patienceMs) return;
      this.#forceTcp = !this.#forceTcp;
      void this.#source.resync();
      void this.#build();
      return;
    }
    const silentMs = now - this.#progressAt;
    if (silentMs > STALL_MS) this.#say('stalled');
    if (state === 'failed' || state === 'closed' || silentMs > REBUILD_MS) {
      void this.#source.resync();
      this.#rebuild(Math.random() * RETRY_FIRST_MS);
      return;
    }
    const isDisconnected = this.#disconnectedAt > 0 && now - this.#disconnectedAt > DISCONNECTED_MS;
    if (!this.#hasRestartedIce && (isDisconnected || silentMs > RESTART_ICE_MS)) {
      this.#hasRestartedIce = true;
      // A connection that does not answer is made anew by resync, and the new one builds everything.
      void receiver.restartIce().then((done) => (done ? undefined : this.#source.resync()));
    }
  }

  /** Nothing is expected: the host has muted everything that is received. */
  #isQuiet(): boolean {
    return (this.#source.stream?.producers ?? []).every(({ kind, paused }) => paused || (kind === 'video' && this.#allotted.level === 'sound'));
  }

  #expectsVideo(): boolean {
    return (this.#source.stream?.producers ?? []).some(({ kind, paused }) => kind === 'video' && !paused) && this.#allotted.level !== 'sound';
  }

  #hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
    this.#want();
  }

  #say(phase: EnginePhase): void {
    if (phase === this.#phase || (this.#phase === 'connecting' && phase === 'stalled')) return;
    this.#phase = phase;
    this.#sink.onPhase(phase);
  }
}

/** WebRTC through mediasoup-client. */
export const webrtcEngine: EngineKind = {
  name: 'webrtc',
  canPlay: () => typeof RTCPeerConnection === 'function',
  open: (source, sink) => new WebRtcEngine(source, sink),
};
