// Owns one WebRTC transport towards one client: how it is made, when its client counts as gone, how it ends.
import type { types } from 'mediasoup';
import { FieldcastError } from '../platform/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { DtlsParameters, IceServer, TransportInfo } from '../protocol/media.ts';
import { INITIAL_OUTGOING_BPS } from './codecs.ts';
import type { EndReason } from './facts.ts';
import { refusing, unavailable } from './faults.ts';
import type { Relays } from './relays.ts';

/** A client that was told of a transport and does not reach it in this time never will. */
const CONNECT_WITHIN_MS = 30_000;
/** A client whose path broke may come back on another one: a TCP connection breaks at once when the network changes. */
const RETURN_WITHIN_MS = 3_000;

export interface TransportPlace {
  router: types.Router;
  server: types.WebRtcServer;
}

export interface TransportOptions {
  /** UDP has been tried and does not pass: offer TCP candidates, and relays where there are any. */
  forceTcp: boolean;
  relays: Relays;
  /** Silence on ICE (RFC 7675) after which the client is gone; 10 to 60 s. */
  consentTimeoutS: number;
  /** The reason told when the client went without a word. */
  goneReason: EndReason;
  /** The reason told when the worker died. */
  lostReason: EndReason;
  clock: Clock;
}

/** What a transport has sent, and what its client says of it. */
export interface TransportReading {
  /** Without UDP and IP. */
  bytesSent: number;
  /** Share of packets that the client missed lately; undefined where it was not asked for. */
  lossShare: number | undefined;
  /** Undefined where it was not asked for, or is not known. */
  roundTripMs: number | undefined;
}

export type EndListener = (reason: EndReason) => void;

export class ClientTransport {
  readonly mediasoup: types.WebRtcTransport;
  readonly info: TransportInfo;
  readonly #clock: Clock;
  readonly #goneReason: EndReason;
  readonly #endListeners = new Set<EndListener>();
  #cancelDeadline: (() => void) | undefined;
  #isConnecting = false;
  #end: EndReason | undefined;

  private constructor(transport: types.WebRtcTransport, iceServers: IceServer[], options: TransportOptions) {
    this.mediasoup = transport;
    this.#clock = options.clock;
    this.#goneReason = options.goneReason;
    this.info = {
      id: transport.id,
      iceParameters: transport.iceParameters,
      iceCandidates: transport.iceCandidates,
      dtlsParameters: transport.dtlsParameters,
      iceServers,
    };
    transport.on('icestatechange', (state) => {
      this.#cancelDeadline?.();
      if (state === 'disconnected') this.#closeUnlessBack(RETURN_WITHIN_MS);
    });
    transport.on('dtlsstatechange', (state) => {
      // `closed` is the client's own goodbye (a closed page), `failed` a handshake that cannot succeed any more.
      if (state === 'closed' || state === 'failed') this.close(this.#goneReason);
    });
    // Owners close transports before routers, so a router that goes first went with its process.
    transport.on('routerclose', () => this.close(options.lostReason));
    transport.on('listenserverclose', () => this.close(options.lostReason));
  }

  /** @throws FieldcastError `media.unavailable` when the worker dies meanwhile */
  static async open(place: TransportPlace, options: TransportOptions): Promise<ClientTransport> {
    const iceServers = options.forceTcp ? options.relays.forOneClient() : [];
    try {
      const transport = await place.router.createWebRtcTransport({
        webRtcServer: place.server,
        // A relay stands on a network of its own and reaches us by UDP.
        enableUdp: !options.forceTcp || iceServers.length > 0,
        enableTcp: true,
        preferUdp: true,
        iceConsentTimeout: options.consentTimeoutS,
        initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BPS,
      });
      return new ClientTransport(transport, iceServers, options);
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  get isClosed(): boolean {
    return this.#end !== undefined;
  }

  /** Of the path in use; before there is one, UDP. */
  get protocol(): 'udp' | 'tcp' {
    return this.mediasoup.iceSelectedTuple?.protocol ?? 'udp';
  }

  /** From now on the client has to reach the transport within 30 s, or it is closed. */
  expectConnection(): void {
    if (this.#cancelDeadline || this.isClosed || this.mediasoup.iceState !== 'new') return;
    this.#closeUnlessBack(CONNECT_WITHIN_MS);
  }

  /** @throws FieldcastError `media.busy` the second time, `media.unsupported` for parameters that cannot be used */
  async connect(dtlsParameters: DtlsParameters): Promise<void> {
    this.assertOpen();
    if (this.#isConnecting) throw new FieldcastError('media.busy', 'This transport is connected already.');
    this.#isConnecting = true;
    try {
      await refusing('DTLS parameters', () => this.mediasoup.connect({ dtlsParameters: dtlsParameters as types.DtlsParameters }));
    } catch (error) {
      this.#isConnecting = false;
      throw error;
    }
  }

  /** New ICE credentials; media of the old path goes on until the client has moved. */
  async restartIce(): Promise<TransportInfo['iceParameters']> {
    this.assertOpen();
    return refusing('transport', () => this.mediasoup.restartIce());
  }

  /** @param consumer whose reports are read too: a second question to the worker. A transport knows of loss only where it estimates. */
  async read(consumer?: types.Consumer): Promise<TransportReading> {
    const [[stats], reports = []] = await Promise.all([this.mediasoup.getStats(), consumer?.getStats()]);
    const report = reports.find((stat) => stat.type === 'outbound-rtp');
    return {
      bytesSent: stats?.bytesSent ?? 0,
      // RFC 3550: a fraction of 256.
      lossShare: report === undefined ? undefined : (report.fractionLost ?? 0) / 256,
      roundTripMs: report?.roundTripTime || undefined,
    };
  }

  assertOpen(): void {
    if (this.isClosed) throw new FieldcastError('media.not-found', 'This transport has been closed.');
  }

  /** Calls `listener` once when the transport ends, at once if it has. Returns how to stop listening. */
  onEnd(listener: EndListener): () => void {
    if (this.#end !== undefined) {
      listener(this.#end);
      return () => undefined;
    }
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  close(reason: EndReason): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    this.#cancelDeadline?.();
    this.mediasoup.close();
    for (const listener of this.#endListeners) listener(reason);
    this.#endListeners.clear();
  }

  #closeUnlessBack(withinMs: number): void {
    this.#cancelDeadline = this.#clock.after(withinMs, () => this.close(this.#goneReason));
  }
}
