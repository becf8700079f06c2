// Owns one viewer of a stream: one transport, and a consumer for each track that the viewer's device can play.
import type { types } from 'mediasoup';
import { FieldcastError } from '../../platform/errors.ts';
import type { ConsumerInfo, DtlsParameters, Level, RtpCapabilities, RtpParameters, TransportInfo } from '../../protocol/media.ts';
import { layerCount, withoutBandwidthEstimation } from '../codecs.ts';
import type { EndReason } from '../facts.ts';
import { refusing } from '../faults.ts';
import type { ClientTransport, EndListener, TransportReading } from '../transport.ts';
import type { Outlet } from './outlet.ts';

export interface EgressOptions {
  transport: ClientTransport;
  outlet: Outlet;
  rtpCapabilities: RtpCapabilities;
  /** The stream's tracks at this moment. */
  tracks: () => readonly types.Producer[];
  /** No bandwidth is estimated, although there are layers: somebody else picks them. */
  isPinned: boolean;
}

interface Received {
  consumer: types.Consumer;
  info: ConsumerInfo;
}

export class EgressSession {
  readonly transport: TransportInfo;
  readonly #transport: ClientTransport;
  readonly #outlet: Outlet;
  readonly #capabilities: types.RtpCapabilities;
  readonly #lean: types.RtpCapabilities;
  readonly #tracks: () => readonly types.Producer[];
  readonly #isPinned: boolean;
  /** By the id of the stream's producer; a consumer that is being made counts, so that nobody makes it twice. */
  readonly #consumers = new Map<string, Promise<types.Consumer>>();
  readonly #trackEndListeners = new Set<() => void>();
  readonly #byId = new Map<string, Received>();
  /** What the client has started. The picture flows when it is in here and the level has one. */
  readonly #wanted = new Set<string>();
  #level: Level = 'full';

  constructor(options: EgressOptions) {
    this.#transport = options.transport;
    this.transport = options.transport.info;
    this.#outlet = options.outlet;
    this.#capabilities = options.rtpCapabilities as types.RtpCapabilities;
    this.#lean = withoutBandwidthEstimation(this.#capabilities);
    this.#tracks = options.tracks;
    this.#isPinned = options.isPinned;
  }

  /** What the viewer receives. All start paused: before the client has built its end, a key frame would be lost. */
  get consumers(): ConsumerInfo[] {
    return [...this.#byId.values()].map((each) => each.info);
  }

  get isClosed(): boolean {
    return this.#transport.isClosed;
  }

  /** Of the path in use. */
  get protocol(): 'udp' | 'tcp' {
    return this.#transport.protocol;
  }

  /** @throws FieldcastError `media.busy`, `media.unsupported`, `media.not-found` (closed) */
  connect(dtlsParameters: DtlsParameters): Promise<void> {
    return this.#transport.connect(dtlsParameters);
  }

  /** Consumers for tracks that came since the last call. A track that the device cannot play is left out. */
  async consume(): Promise<ConsumerInfo[]> {
    this.#transport.assertOpen();
    const before = new Set(this.#byId.keys());
    const making = this.#tracks().map((track) => {
      let consumer = this.#consumers.get(track.id);
      if (!consumer) {
        consumer = this.#make(track);
        this.#consumers.set(track.id, consumer);
        consumer.catch(() => this.#consumers.delete(track.id));
      }
      return consumer;
    });
    const outcomes = await Promise.allSettled(making);
    this.#transport.assertOpen();
    for (const [index, outcome] of outcomes.entries()) {
      // A track that ended meanwhile is no fault; the stream has told of its end.
      if (outcome.status === 'rejected' && this.#tracks()[index]?.closed === false && !isUnplayable(outcome.reason)) throw outcome.reason;
    }
    return this.consumers.filter((info) => !before.has(info.id));
  }

  /** Starts consumers; video starts with a key frame. @throws FieldcastError `media.not-found` */
  async resume(consumerIds: readonly string[]): Promise<void> {
    const consumers = this.#find(consumerIds);
    for (const { info } of consumers) this.#wanted.add(info.id);
    await Promise.all(consumers.map((each) => this.#settle(each)));
  }

  /** @throws FieldcastError `media.not-found` */
  async pause(consumerIds: readonly string[]): Promise<void> {
    const consumers = this.#find(consumerIds);
    for (const { info } of consumers) this.#wanted.delete(info.id);
    await Promise.all(consumers.map((each) => this.#settle(each)));
  }

  get level(): Level {
    return this.#level;
  }

  /** How much of the picture is sent from now on, also of tracks that come later. The consumers stay. */
  async setLevel(level: Level): Promise<void> {
    if (level === this.#level) return;
    this.#level = level;
    const videos = [...this.#byId.values()].filter(({ consumer }) => consumer.kind === 'video');
    await Promise.all(videos.map((each) => this.#settle(each)));
  }

  get workerId(): string {
    return this.#outlet.worker.id;
  }

  /** The stream's tracks that are sent to this viewer at this moment, and in which layer. */
  sending(): { trackId: string; layer: number }[] {
    const sent: { trackId: string; layer: number }[] = [];
    for (const { consumer, info } of this.#byId.values()) {
      if (consumer.paused || consumer.producerPaused) continue;
      const layer = consumer.type === 'simulcast' ? consumer.currentLayers?.spatialLayer : 0;
      if (layer !== undefined) sent.push({ trackId: info.producerId, layer });
    }
    return sent;
  }

  /** Whether its layers are picked without an estimate of the viewer's link. */
  get isPinned(): boolean {
    return this.#isPinned && [...this.#byId.values()].some(({ info }) => info.layers > 1);
  }

  /** @param withReports of loss and round trip: costs a second question to the worker */
  readTransport(withReports: boolean): Promise<TransportReading> {
    const flowing = [...this.#byId.values()].filter(({ consumer }) => !consumer.paused);
    const told = flowing.find(({ consumer }) => consumer.kind === 'video') ?? flowing[0];
    return this.#transport.read(withReports ? told?.consumer : undefined);
  }

  /** From now on the viewer has to reach the transport within 30 s (WHEP, where no socket tells that they went). */
  expectConnection(): void {
    this.#transport.expectConnection();
  }

  restartIce(): Promise<TransportInfo['iceParameters']> {
    return this.#transport.restartIce();
  }

  /** Calls `listener` once with why the session ended: `closed`, `viewer-gone`, `no-room`, `worker-died` or `outlet-died`. */
  onClosed(listener: EndListener): () => void {
    return this.#transport.onEnd(listener);
  }

  /** Calls `listener` whenever a track that was received has ended. */
  onTrackEnded(listener: () => void): () => void {
    this.#trackEndListeners.add(listener);
    return () => this.#trackEndListeners.delete(listener);
  }

  close(reason: EndReason = 'closed'): void {
    this.#transport.close(reason);
  }

  async #make(track: types.Producer): Promise<types.Consumer> {
    const producer = await refusing('track', () => this.#outlet.producer(track));
    if (!this.#outlet.router.canConsume({ producerId: producer.id, rtpCapabilities: this.#capabilities })) {
      throw new FieldcastError('media.unsupported', `This device cannot play the ${track.kind} of the stream.`);
    }
    const layers = layerCount(producer);
    const consumer = await refusing('RTP capabilities', () =>
      this.#transport.mediasoup.consume({
        producerId: producer.id,
        rtpCapabilities: layers > 1 && !this.#isPinned ? this.#capabilities : this.#lean,
        paused: true,
      }),
    );
    const info = {
      id: consumer.id,
      producerId: track.id,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters as RtpParameters,
      layers,
    };
    this.#byId.set(consumer.id, { consumer, info });
    consumer.once('producerclose', () => {
      this.#byId.delete(consumer.id);
      this.#consumers.delete(track.id);
      for (const listener of this.#trackEndListeners) listener();
    });
    return consumer;
  }

  // Everything is sent before anything is waited for, so that of two calls at once the later one holds.
  async #settle({ consumer, info }: Received): Promise<void> {
    const isVideo = consumer.kind === 'video';
    const flows = this.#wanted.has(consumer.id) && !(isVideo && this.#level === 'sound');
    const top = info.layers - 1;
    const spatialLayer = this.#level === 'full' ? top : 0;
    const isMoved = top > 0 && this.#level !== 'sound' && consumer.preferredLayers?.spatialLayer !== spatialLayer;
    await refusing('consumer', () =>
      Promise.all([isMoved ? consumer.setPreferredLayers({ spatialLayer }) : undefined, flows ? consumer.resume() : consumer.pause()]),
    );
  }

  #find(consumerIds: readonly string[]): Received[] {
    this.#transport.assertOpen();
    return consumerIds.map((id) => {
      const found = this.#byId.get(id);
      if (!found) throw new FieldcastError('media.not-found', 'There is no such consumer.');
      return found;
    });
  }
}

function isUnplayable(reason: unknown): boolean {
  return reason instanceof FieldcastError && reason.code === 'media.unsupported';
}
