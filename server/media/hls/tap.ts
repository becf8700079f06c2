// Owns how a host's packets come into this process: a transport without a network, and a consumer of every layer for each track.
import type { types } from 'mediasoup';
import type { Source } from './input/host-input.ts';

export interface TapListener {
  /** The track of this kind was opened or replaced; an empty list when it has gone. The smallest layer first. */
  sourcesChanged(kind: types.MediaKind, sources: Source[]): void;
  rtp(packet: Buffer): void;
}

export class Tap {
  readonly #transport: types.DirectTransport;
  readonly #router: types.Router;
  readonly #listener: TapListener;
  readonly #consumers = new Map<types.MediaKind, types.Consumer>();

  private constructor(router: types.Router, transport: types.DirectTransport, listener: TapListener) {
    this.#router = router;
    this.#transport = transport;
    this.#listener = listener;
  }

  static async open(router: types.Router, listener: TapListener): Promise<Tap> {
    return new Tap(router, await router.createDirectTransport(), listener);
  }

  /** Opens and closes consumers until they are those of `producers`. Calls must not overlap. */
  async follow(producers: readonly types.Producer[]): Promise<void> {
    for (const kind of ['video', 'audio'] as const) {
      const producer = producers.find((each) => each.kind === kind);
      const consumer = this.#consumers.get(kind);
      if (consumer && consumer.producerId === producer?.id && !consumer.closed) continue;
      if (consumer) {
        consumer.close();
        this.#consumers.delete(kind);
        this.#listener.sourcesChanged(kind, []);
      }
      if (producer && !producer.closed) await this.#consume(producer);
    }
  }

  /** Of all layers: a consumer of every layer cannot ask one. */
  requestKeyFrame(): void {
    // It fails only when the worker is gone, which ends the tap.
    this.#consumers.get('video')?.requestKeyFrame().catch(() => this.close());
  }

  close(): void {
    this.#transport.close();
  }

  async #consume(producer: types.Producer): Promise<void> {
    const consumer = await this.#transport.consume({
      producerId: producer.id,
      rtpCapabilities: this.#router.rtpCapabilities,
      pipe: true,
      enableRtx: false,
      paused: true,
    });
    this.#consumers.set(producer.kind, consumer);
    const sources = (consumer.rtpParameters.encodings ?? []).map(({ ssrc = 0 }, layer) => ({ ssrc, originSsrc: () => originSsrc(producer, layer) }));
    this.#listener.sourcesChanged(producer.kind, sources);
    consumer.on('rtp', (packet) => this.#listener.rtp(packet));
    await consumer.resume();
  }
}

/** A layer that was announced by name is known by its SSRC only when it has sent. */
function originSsrc(producer: types.Producer, layer: number): number | undefined {
  return producer.rtpParameters.encodings?.[layer]?.ssrc ?? producer.score.find((each) => each.encodingIdx === layer)?.ssrc;
}
