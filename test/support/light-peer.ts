// Owns light WebRTC peers: publishers and viewers on a media worker of their own, cheap enough for hundreds, no browser.
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { DtlsParameters, RtpCapabilities, TransportInfo } from '../../server/protocol/media.ts';
import type { Connection } from './light-connection.ts';
import { LightLink } from './light-link.ts';
import { LightPublisher, type PublishOptions } from './light-publisher.ts';
import type { Signalling } from './light-signalling.ts';
import { LightViewer, type ViewOptions } from './light-viewer.ts';

export { LightPublisher, LightViewer };
export { type Signalling, throughSocket, throughStream } from './light-signalling.ts';

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

  /** The certificate of all peers here, for signalling that has to name it in an offer. */
  async fingerprint(): Promise<string> {
    const transport = await this.#router.createWebRtcTransport({ webRtcServer: this.#server });
    const print = transport.dtlsParameters.fingerprints.find((each) => each.algorithm === 'sha-256');
    transport.close();
    return print?.value ?? '';
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
