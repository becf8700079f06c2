// Owns one receiving transport and its consumers: built once, asked for statistics, closed. When to build another is the engine's choice.
import type { types } from 'mediasoup-client';
import type { CommandResult } from '../../server/protocol/commands.ts';
import type { Allotment } from '../../server/protocol/media.ts';
import type { StreamSource } from './engine.ts';
import { type Reception, readReception } from './reception.ts';
import { ResendRoom } from './resend-room.ts';

type ConsumerInfos = CommandResult<'media.consume'>['consumers'];

/** A step of building failed. `code` is the server's, or `media.unsupported` where this browser cannot take part. */
export class ReceiveError extends Error {
  readonly code: string;
  /** Place in the queue, where there is no room. */
  readonly place: number;

  constructor(code: string, params: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.place = Number(params['place'] ?? 1);
  }
}

export interface ReceiverEvents {
  /** What the server gives; before any track. */
  onAllotted(allotted: Allotment): void;
  onTrack(track: MediaStreamTrack): void;
  onTrackGone(track: MediaStreamTrack): void;
}

export class Receiver {
  #source: StreamSource;
  #transport: types.Transport;
  #events: ReceiverEvents;
  #consumers = new Map<string, types.Consumer>();
  #room = new ResendRoom();
  #roomMs = 0;
  #isClosed = false;

  private constructor(source: StreamSource, transport: types.Transport, events: ReceiverEvents) {
    this.#source = source;
    this.#transport = transport;
    this.#events = events;
  }

  /** Asks for a transport with its consumers, builds them and starts them. Throws {@link ReceiveError}. */
  static async open(device: types.Device, source: StreamSource, forceTcp: boolean, events: ReceiverEvents): Promise<Receiver> {
    const watched = await source.request('media.watch', { rtpCapabilities: device.recvRtpCapabilities as never, forceTcp });
    if (!watched.ok) throw new ReceiveError(watched.error.code, watched.error.params);
    const { transport: info, consumers, allotted } = watched.value;
    events.onAllotted(allotted);
    const transport = device.createRecvTransport({
      id: info.id,
      iceParameters: info.iceParameters as types.IceParameters,
      iceCandidates: info.iceCandidates as types.IceCandidate[],
      dtlsParameters: info.dtlsParameters as types.DtlsParameters,
      iceServers: info.iceServers,
    });
    let connecting: ReturnType<typeof source.request<'media.connect'>> | undefined;
    transport.on('connect', ({ dtlsParameters }, done) => {
      connecting = source.request('media.connect', { transportId: info.id, dtlsParameters: dtlsParameters as never });
      // ICE need not wait for the answer: should DTLS be faster than the command, its first flight is repeated after 50 ms.
      done();
    });
    const receiver = new Receiver(source, transport, events);
    try {
      // Asked for while building, which saves a round trip: nothing is sent before DTLS has finished, and the worker asks for the
      // first key frame only then.
      await Promise.all([receiver.#resume(consumers), receiver.#build(consumers)]);
      const connected = await connecting;
      if (connected?.ok === false) throw new ReceiveError(connected.error.code);
    } catch (fault) {
      receiver.close();
      throw fault;
    }
    return receiver;
  }

  get connectionState(): string {
    return this.#isClosed ? 'closed' : this.#transport.connectionState;
  }

  get id(): string {
    return this.#transport.id;
  }

  /** Follows producers that came or went on the same transport. */
  async follow(producerIds: ReadonlySet<string>): Promise<void> {
    for (const [producerId, consumer] of this.#consumers) {
      if (producerIds.has(producerId)) continue;
      this.#consumers.delete(producerId);
      consumer.close();
      this.#events.onTrackGone(consumer.track);
    }
    if ([...producerIds].every((id) => this.#consumers.has(id))) return;
    const consumed = await this.#source.request('media.consume', {});
    if (!consumed.ok) throw new ReceiveError(consumed.error.code);
    const fresh = consumed.value.consumers.filter(({ producerId }) => !this.#consumers.has(producerId));
    // The transport stands already: a key frame that came before this end is built would be lost.
    await this.#build(fresh);
    await this.#resume(fresh);
  }

  async restartIce(): Promise<boolean> {
    const answer = await this.#source.request('media.restart-ice', { transportId: this.#transport.id }, 2_500);
    if (!answer.ok || this.#isClosed) return false;
    await this.#transport.restartIce({ iceParameters: answer.value.iceParameters as types.IceParameters });
    return true;
  }

  /** To be called again and again, twice a second or so: picture and sound are held back as long as the loss that it finds asks for. */
  async read(): Promise<Reception> {
    const reception = readReception(await this.#transport.getStats());
    this.#roomMs = this.#room.heard(reception.picture, reception.roundTripMs, performance.now());
    for (const { rtpReceiver } of this.#consumers.values()) holdBack(rtpReceiver, this.#roomMs);
    return reception;
  }

  /** Closes this end. `tell` also frees the server's end; after a lost connection there is nothing to free. */
  close(tell = false): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (tell) void this.#source.request('media.close', { transportId: this.#transport.id });
    this.#transport.close();
    for (const { track } of this.#consumers.values()) this.#events.onTrackGone(track);
    this.#consumers.clear();
  }

  async #build(infos: ConsumerInfos): Promise<void> {
    // Both at once: the first one starts ICE and DTLS, the second one only adds its track.
    await Promise.all(
      infos.map(async (info) => {
        const consumer = await this.#transport.consume({
          id: info.id,
          producerId: info.producerId,
          kind: info.kind,
          rtpParameters: info.rtpParameters as types.RtpParameters,
          // One stream id for both would make the browser hold the picture back for the sound.
          streamId: info.kind,
        });
        if (this.#isClosed) return;
        holdBack(consumer.rtpReceiver, this.#roomMs);
        this.#consumers.set(info.producerId, consumer);
        this.#events.onTrack(consumer.track);
      }),
    );
  }

  async #resume(infos: ConsumerInfos): Promise<void> {
    if (infos.length === 0) return;
    const resumed = await this.#source.request('media.resume', { consumerIds: infos.map(({ id }) => id) });
    if (!resumed.ok) throw new ReceiveError(resumed.error.code);
  }
}

/** The least delay to aim for, ms; the browser may still buffer more as the network needs. */
function holdBack(receiver: RTCRtpReceiver | undefined, delayMs: number): void {
  if (!receiver) return;
  const tunable = receiver as RTCRtpReceiver & { jitterBufferTarget?: number | null; playoutDelayHint?: number };
  if ('jitterBufferTarget' in tunable) tunable.jitterBufferTarget = delayMs;
  else if ('playoutDelayHint' in tunable) (tunable as { playoutDelayHint?: number }).playoutDelayHint = delayMs / 1_000;
}
