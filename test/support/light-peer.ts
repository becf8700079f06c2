// Owns light WebRTC peers: publishers and viewers on a media worker of their own, cheap enough for hundreds, no browser.
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { Stream } from '../../server/media/index.ts';
import type { ConsumerInfo, DtlsParameters, MediaKind, RtpCapabilities, RtpParameters, TransportInfo } from '../../server/protocol/media.ts';
import type { CommandInput, CommandName, CommandResult } from '../../server/protocol/commands.ts';
import { LightLink } from './light-link.ts';
import { LightPublisher, type PublishOptions } from './light-publisher.ts';
import { LightViewer, type ViewOptions } from './light-viewer.ts';

export { LightPublisher, LightViewer };

/** The server as a light peer reaches it; see `throughStream` and `throughSocket`. */
export interface Signalling {
  publish(): Promise<TransportInfo>;
  produce(transportId: string, track: { kind: MediaKind; rtpParameters: RtpParameters }): Promise<string>;
  watch(rtpCapabilities: RtpCapabilities): Promise<{ transport: TransportInfo; consumers: ConsumerInfo[] }>;
  consume(): Promise<ConsumerInfo[]>;
  resume(consumerIds: string[]): Promise<void>;
  connect(transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
}

/** Makes peers. One worker of its own carries all of them. */
export class LightPeers {
  readonly #worker: types.Worker;
  readonly #server: types.WebRtcServer;
  readonly #router: types.Router;
  readonly #peers = new Set<{ close(): void }>();

  private constructor(worker: types.Worker, server: types.WebRtcServer, router: types.Router) {
    this.#worker = worker;
    this.#server = server;
    this.#router = router;
  }

  /** @param rtpCapabilities the server's; peers speak the same codecs and payload types */
  static async open(rtpCapabilities: RtpCapabilities, workerBin = process.env['MEDIASOUP_WORKER_BIN']): Promise<LightPeers> {
    const worker = await mediasoup.createWorker(workerBin ? { workerBin } : {});
    const server = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
    const mediaCodecs = (rtpCapabilities.codecs ?? []).filter((codec) => !codec.mimeType.endsWith('/rtx'));
    const router = await worker.createRouter({ mediaCodecs: mediaCodecs as types.RouterRtpCodecCapability[] });
    return new LightPeers(worker, server, router);
  }

  /** Starts sending; resolves when the server has taken the tracks. */
  async publish(signalling: Signalling, options: PublishOptions = {}): Promise<LightPublisher> {
    return this.#keep(await LightPublisher.open(this.#router, await this.#connect(await signalling.publish(), signalling), signalling, options));
  }

  /** Starts receiving; `firstFrame()` tells when there is a picture. */
  async watch(signalling: Signalling, options: ViewOptions = {}): Promise<LightViewer> {
    const askedAt = performance.now();
    const { transport, consumers } = await signalling.watch(this.rtpCapabilities);
    const viewer = new LightViewer(signalling, options, askedAt);
    const connection = await this.#connect(transport, signalling, (packet) => viewer.count(packet), options.decrypts ?? false);
    await viewer.start(connection, consumers);
    return this.#keep(viewer);
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#router.rtpCapabilities as RtpCapabilities;
  }

  close(): void {
    for (const peer of this.#peers) peer.close();
    this.#worker.close();
  }

  #keep<P extends { close(): void }>(peer: P): P {
    this.#peers.add(peer);
    return peer;
  }

  /** A transport towards the server's, with DTLS on its way; the light peer is the DTLS client, as browsers are. */
  async #connect(far: TransportInfo, signalling: Signalling, onMedia?: (packet: Buffer) => void, passesMedia = true): Promise<Connection> {
    const transport = await this.#router.createWebRtcTransport({ webRtcServer: this.#server, enableTcp: false });
    const link = await LightLink.open({ near: transport, far, passesMedia, ...(onMedia ? { onMedia } : {}) });
    await transport.connect({ dtlsParameters: { ...(far.dtlsParameters as types.DtlsParameters), role: 'server' } });
    await signalling.connect(far.id, { ...(transport.dtlsParameters as DtlsParameters), role: 'client' });
    return { transport, link, far };
  }
}

export interface Connection {
  transport: types.WebRtcTransport;
  link: LightLink;
  far: TransportInfo;
}

/** Signalling by calls in this process. */
export function throughStream(stream: Stream): Signalling {
  let ingest: Awaited<ReturnType<Stream['publish']>> | undefined;
  let egress: Awaited<ReturnType<Stream['watch']>> | undefined;
  const must = <T>(session: T | undefined): T => {
    if (!session) throw new Error('publish or watch first');
    return session;
  };
  return {
    publish: async () => (ingest = await stream.publish({ forceTcp: false })).transport,
    produce: async (_transportId, track) => (await must(ingest).produce(track)).producerId,
    async watch(rtpCapabilities) {
      egress = await stream.watch({ rtpCapabilities, forceTcp: false });
      return { transport: egress.transport, consumers: egress.consumers };
    },
    consume: () => must(egress).consume(),
    resume: (consumerIds) => must(egress).resume(consumerIds),
    connect: (transportId, dtls) => must([ingest, egress].find((each) => each?.transport.id === transportId)).connect(dtls),
  };
}

/** Signalling by socket commands. @param call sends a command and resolves with its value, or rejects with its problem */
export function throughSocket(call: <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<CommandResult<N>>): Signalling {
  return {
    publish: async () => (await call('media.publish', {})).transport,
    produce: async (transportId, track) => (await call('media.produce', { transportId, ...track })).producerId,
    watch: async (rtpCapabilities) => (await call('media.watch', { rtpCapabilities })) as { transport: TransportInfo; consumers: ConsumerInfo[] },
    consume: async () => (await call('media.consume', {})).consumers as ConsumerInfo[],
    resume: async (consumerIds) => void (await call('media.resume', { consumerIds })),
    connect: async (transportId, dtlsParameters) => void (await call('media.connect', { transportId, dtlsParameters })),
  };
}
