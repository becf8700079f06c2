// Owns one stream: which worker it is on, its one publisher, where its viewers are, and the facts about it.
import type { types } from 'mediasoup';
import { FieldcastError, ignore } from '../platform/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { MediaKind, RtpCapabilities, StreamInfo } from '../protocol/media.ts';
import type { Home } from './egress/outlet.ts';
import { type Layout, NATIVE_LAYOUT, Outlets } from './egress/outlets.ts';
import { EgressSession } from './egress/webrtc.ts';
import type { EndReason, FactSink } from './facts.ts';
import type { SenderClock } from './hls/input/sender-clock.ts';
import { canPackage } from './hls/packager.ts';
import { IngestSession } from './ingest/webrtc.ts';
import type { Relays } from './relays.ts';
import { ClientTransport } from './transport.ts';
import type { WorkerPool } from './workers.ts';

/** A host's phone that is silent this long, and 3 s more, is away; mediasoup takes no less. */
const HOST_CONSENT_S = 10;
/** A viewer may be in a lift. Their socket, where they have one, tells sooner. */
const VIEWER_CONSENT_S = 30;

export interface StreamOptions {
  id: string;
  pool: WorkerPool;
  bus: FactSink;
  clock: Clock;
  viewersPerWorker: number;
  keyFrameRequested: () => void;
  relays: Relays;
}

interface Placement extends Home {
  outlets: Outlets;
}

export class Stream {
  readonly id: string;
  readonly #options: StreamOptions;
  readonly #ingests = new Set<IngestSession>();
  readonly #egresses = new Set<EgressSession>();
  readonly #changeListeners = new Set<() => void>();
  #placement: Promise<Placement> | undefined;
  /** Whoever sends now. Others of `#ingests` have asked to, and have not sent yet. */
  #publisher: IngestSession | undefined;
  #epoch: number;
  #startedAt: number | undefined;
  #recording: StreamInfo['recording'] = 'off';
  #isClosed = false;
  /** The most that is taken from whoever sends; null without a limit. */
  #narrowKbps: number | null = null;
  /** When a key frame was last asked of the host, ms since epoch; 0 before. */
  keyFrameRequestedAt = 0;

  constructor(options: StreamOptions) {
    this.id = options.id;
    this.#options = options;
    // From the clock, so that a page that outlived a restart of the server does not take the new stream for the old one.
    this.#epoch = options.clock.now();
  }

  info(): StreamInfo {
    return {
      epoch: this.#epoch,
      producers: this.tracks.map((track) => ({ id: track.id, kind: track.kind, paused: track.paused, pausedBy: this.#publisher?.pausedBy(track) ?? null })),
      hls: canPackage(this.tracks),
      recording: this.#recording,
    };
  }

  /** What `info` says of the recording. */
  set recording(recording: StreamInfo['recording']) {
    if (recording === this.#recording) return;
    this.#recording = recording;
    this.#tellChange();
  }

  /** The publisher's producers, on the stream's own router. */
  get tracks(): readonly types.Producer[] {
    return this.#publisher?.producers ?? [];
  }

  /** When the publisher's media was captured; another publisher has another clock. */
  get senderClock(): SenderClock | undefined {
    return this.#publisher?.senderClock;
  }

  /** The router that the tracks are on. @throws FieldcastError `media.unavailable` */
  async home(): Promise<types.Router> {
    return (await this.#place()).router;
  }

  /** Calls `listener` after each change of tracks, pauses or publisher. Returns how to stop. */
  onChanged(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  get viewers(): number {
    return this.#egresses.size;
  }

  /** When the first of the present tracks came, ms since epoch; undefined while there are none. */
  get startedAt(): number | undefined {
    return this.#startedAt;
  }

  /** Whether somebody sends, and not by this session. */
  isSentByAnother(session: IngestSession | undefined): boolean {
    return this.#publisher !== undefined && this.#publisher !== session;
  }

  /** A transport to send on. Its first track takes over from another publisher. @throws FieldcastError `media.unavailable` */
  async publish(options: { forceTcp: boolean }): Promise<IngestSession> {
    const { worker, router } = await this.#place();
    const transport = await ClientTransport.open(
      { router, server: worker.server },
      { ...options, consentTimeoutS: HOST_CONSENT_S, goneReason: 'host-gone', lostReason: 'worker-died', relays: this.#options.relays, clock: this.#options.clock },
    );
    const session = new IngestSession(transport, {
      tracksChanged: (changed) => this.#tracksChanged(changed),
      keyFrameRequested: () => {
        this.keyFrameRequestedAt = this.#options.clock.now();
        this.#options.keyFrameRequested();
      },
      now: () => this.#options.clock.now(),
    });
    this.#ingests.add(session);
    session.onClosed((reason) => this.#ingestClosed(session, reason));
    if (this.#isClosed) session.close();
    return session;
  }

  /**
   * A transport to receive on, with a paused consumer for each track the device can play.
   * @param options.isPinned somebody else picks the layers, so no bandwidth is estimated
   * @param wire what a WHEP viewer's offer dictates: its payload types, and which kinds it has room for
   * @throws FieldcastError `media.unavailable`
   */
  async watch(
    options: { rtpCapabilities: RtpCapabilities; forceTcp: boolean; isPinned?: boolean },
    wire: { layout: Layout; kinds: readonly MediaKind[] } = { layout: NATIVE_LAYOUT, kinds: ['audio', 'video'] },
  ): Promise<EgressSession> {
    const { outlets } = await this.#place();
    const { outlet, leave } = await outlets.place(wire.layout);
    let session: EgressSession | undefined;
    try {
      const transport = await ClientTransport.open(outlet, {
        forceTcp: options.forceTcp,
        consentTimeoutS: VIEWER_CONSENT_S,
        goneReason: 'viewer-gone',
        lostReason: outlet.isOnHomeWorker ? 'worker-died' : 'outlet-died',
        relays: this.#options.relays,
        clock: this.#options.clock,
      });
      session = new EgressSession({
        transport,
        outlet,
        rtpCapabilities: options.rtpCapabilities,
        isPinned: options.isPinned ?? false,
        tracks: () => this.tracks.filter((track) => wire.kinds.includes(track.kind)),
      });
      this.#enter(session, leave);
      await session.consume();
      return session;
    } catch (error) {
      session?.close();
      leave();
      throw error;
    }
  }

  /**
   * Makes the way of whoever sends as narrow as a bad network would, also for a device that takes over; null: as wide as it is.
   * @returns whether anybody sends
   */
  async narrow(kbps: number | null): Promise<boolean> {
    this.#narrowKbps = kbps;
    if (!this.#publisher) return false;
    await this.#publisher.limit(kbps);
    return true;
  }

  /** Ends all sessions and the stream's routers. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const session of [...this.#ingests, ...this.#egresses]) session.close();
    const placement = await this.#placement?.catch(() => undefined);
    placement?.outlets.close();
    placement?.router.close();
  }

  #enter(session: EgressSession, leave: () => void): void {
    this.#egresses.add(session);
    session.onClosed(() => {
      this.#egresses.delete(session);
      leave();
    });
    if (this.#isClosed) session.close();
  }

  #place(): Promise<Placement> {
    if (this.#isClosed) throw new FieldcastError('media.not-found', 'This stream has ended.');
    if (!this.#placement) {
      const placing = this.#openPlacement();
      this.#placement = placing;
      placing.catch(() => {
        if (this.#placement === placing) this.#placement = undefined;
      });
    }
    return this.#placement;
  }

  async #openPlacement(): Promise<Placement> {
    const { pool, viewersPerWorker, clock } = this.#options;
    const worker = await pool.leastLoaded();
    const router = await worker.openRouter(this.id);
    const home = { worker, router };
    const outlets = new Outlets({ streamId: this.id, home, pool, viewersPerWorker, clock });
    const placement = { ...home, outlets };
    router.once('workerclose', () => this.#workerDied(placement));
    return placement;
  }

  // Sessions on this worker have ended by themselves already; those on other workers still hold an empty pipe.
  #workerDied(placement: Placement): void {
    this.#placement = undefined;
    placement.outlets.close();
    for (const session of this.#egresses) session.close('worker-died');
    this.#epoch = Math.max(this.#epoch + 1, this.#options.clock.now());
    this.#tellChange();
  }

  #tracksChanged(session: IngestSession): void {
    const previous = this.#publisher;
    this.#publisher = session;
    // One that goes at once needs none.
    if (previous !== session && this.#narrowKbps !== null) session.limit(this.#narrowKbps).catch(ignore('it has gone'));
    const isFirst = this.#startedAt === undefined;
    this.#startedAt ??= this.#options.clock.now();
    if (previous && previous !== session) {
      this.#options.bus.emit('stream.publisher-replaced', { streamId: this.id });
      previous.close('replaced');
    }
    void this.#placement?.then(({ outlets }) => {
      for (const track of session.producers) outlets.spread(track);
    });
    if (isFirst) this.#options.bus.emit('stream.started', { streamId: this.id });
    this.#tellChange();
  }

  #ingestClosed(session: IngestSession, reason: EndReason): void {
    this.#ingests.delete(session);
    if (this.#publisher !== session) return;
    this.#publisher = undefined;
    this.#startedAt = undefined;
    this.#options.bus.emit('stream.stopped', { streamId: this.id, reason });
    this.#tellChange();
  }

  #tellChange(): void {
    for (const listener of this.#changeListeners) listener();
    this.#options.bus.emit('stream.changed', { streamId: this.id, info: this.info() });
  }
}
