// Owns one publisher of a stream: its transport and its producers.
import type { types } from 'mediasoup';
import { FieldcastError } from '../../platform/errors.ts';
import type { DtlsParameters, MediaKind, PauseReason, RtpParameters, TransportInfo } from '../../protocol/media.ts';
import { KEY_FRAME_REQUEST_DELAY_MS } from '../codecs.ts';
import type { EndReason } from '../facts.ts';
import { refusing } from '../faults.ts';
import { SenderClock, type SenderReport } from '../hls/input/sender-clock.ts';
import type { ClientTransport, EndListener } from '../transport.ts';

/** What a session tells its stream. */
export interface IngestOwner {
  /** A track was added, paused, resumed or replaced. */
  tracksChanged(session: IngestSession): void;
  keyFrameRequested(): void;
  /** ms since epoch. */
  now(): number;
}

export class IngestSession {
  readonly transport: TransportInfo;
  /** When the media of this publisher was captured. Follows its reports from the start, so that it is right when somebody asks. */
  readonly senderClock = new SenderClock();
  readonly #transport: ClientTransport;
  readonly #owner: IngestOwner;
  /** One of a kind: camera and microphone. */
  readonly #producers = new Map<MediaKind, types.Producer>();
  readonly #pausedBy = new Map<string, PauseReason>();

  constructor(transport: ClientTransport, owner: IngestOwner) {
    this.#transport = transport;
    this.#owner = owner;
    this.transport = transport.info;
  }

  get producers(): types.Producer[] {
    return [...this.#producers.values()];
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

  /** Takes a track. @throws FieldcastError `media.unsupported` when the parameters do not fit the stream's codecs */
  async produce(track: { kind: MediaKind; rtpParameters: RtpParameters }): Promise<{ producerId: string }> {
    this.#transport.assertOpen();
    const wrongKind = track.rtpParameters.codecs.find((codec) => !codec.mimeType.startsWith(`${track.kind}/`));
    if (wrongKind) throw new FieldcastError('media.unsupported', `A track of ${track.kind} cannot be ${wrongKind.mimeType}.`);
    this.#transport.expectConnection();
    const producer = await refusing('RTP parameters', () =>
      this.#transport.mediasoup.produce({
        kind: track.kind,
        rtpParameters: track.rtpParameters as types.RtpParameters,
        keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS,
      }),
    );
    // The transport may have gone while the worker answered; its stream must not take a dead track for a live one.
    this.#transport.assertOpen();
    this.#producers.get(track.kind)?.close();
    this.#producers.set(track.kind, producer);
    this.#followReports(producer);
    this.#owner.tracksChanged(this);
    return { producerId: producer.id };
  }

  /** Mutes or unmutes a track for everyone. @throws FieldcastError `media.not-found` */
  async pause(producerId: string, paused: boolean, reason: PauseReason = 'host'): Promise<void> {
    const producer = this.producers.find((each) => each.id === producerId);
    if (!producer) throw new FieldcastError('media.not-found', 'There is no such track.');
    if (producer.paused === paused && (!paused || this.pausedBy(producer) === reason)) return;
    this.#pausedBy.set(producerId, reason);
    await refusing('track', () => (paused ? producer.pause() : producer.resume()));
    this.#owner.tracksChanged(this);
  }

  /** Why a track of this session is paused; null while it is not. */
  pausedBy(producer: types.Producer): PauseReason | null {
    return producer.paused ? (this.#pausedBy.get(producer.id) ?? 'host') : null;
  }

  /** Takes no more than this from now on; null: as much as comes. The client's own estimate follows within a second or two. */
  async limit(kbps: number | null): Promise<void> {
    this.#transport.assertOpen();
    await refusing('limit', () => this.#transport.mediasoup.setMaxIncomingBitrate(kbps === null ? 0 : kbps * 1000));
  }

  restartIce(): Promise<TransportInfo['iceParameters']> {
    return this.#transport.restartIce();
  }

  /** Calls `listener` once with why the session ended: `closed`, `replaced`, `host-gone` or `worker-died`. */
  onClosed(listener: EndListener): () => void {
    return this.#transport.onEnd(listener);
  }

  /** Calls `listener` once when another publisher of the stream has taken over. */
  onReplaced(listener: () => void): () => void {
    return this.onClosed((reason) => (reason === 'replaced' ? listener() : undefined));
  }

  close(reason: EndReason = 'closed'): void {
    this.#transport.close(reason);
  }

  #followReports(producer: types.Producer): void {
    const clockRate = producer.rtpParameters.codecs[0]?.clockRate ?? 90_000;
    producer.on('trace', ({ type, direction, info }) => {
      if (type === 'sr') this.senderClock.report(readReport(info), clockRate, this.#owner.now());
      else if (direction === 'out') this.#owner.keyFrameRequested();
    });
    producer.enableTraceEvent(producer.kind === 'video' ? ['sr', 'pli', 'fir'] : ['sr']).catch(() => this.#transport.close('worker-died'));
  }
}

// mediasoup leaves the fields of a trace untyped.
function readReport(info: Record<string, unknown>): SenderReport {
  const { ssrc, rtpTs, ntpSec, ntpFrac } = info as Record<'ssrc' | 'rtpTs' | 'ntpSec' | 'ntpFrac', number>;
  return { ssrc, timestamp: rtpTs, ntpSeconds: ntpSec, ntpFraction: ntpFrac };
}
